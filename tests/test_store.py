from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, serialize

from spacegov.errors import InputError, OutputError
from spacegov.store import build_store, load, open_store, put_in_place


def quad(number: int) -> Quad:
    name = NamedNode(f"https://example.org/{number}")
    return Quad(name, name, Literal(number), NamedNode("https://example.org/graph"))


def test_a_built_store_gives_back_its_quads(tmp_path: Path) -> None:
    build_store([quad(1), quad(2)], tmp_path / "store")
    assert set(open_store(tmp_path)) == {quad(1), quad(2)}


def test_a_second_build_replaces_the_first_and_leaves_no_other_folder(tmp_path: Path) -> None:
    build_store([quad(1)], tmp_path / "store")
    build_store([quad(2)], tmp_path / "store")
    assert set(open_store(tmp_path / "store")) == {quad(2)}
    assert [path.name for path in tmp_path.iterdir()] == ["store"]


def test_a_load_that_fails_leaves_the_old_store_as_it_was(tmp_path: Path) -> None:
    build_store([quad(1)], tmp_path / "store")

    def broken() -> object:
        yield quad(2)
        raise RuntimeError("cut off")

    with pytest.raises(RuntimeError, match="cut off"):
        build_store(broken(), tmp_path / "store")  # type: ignore[arg-type]
    assert set(open_store(tmp_path)) == {quad(1)}
    assert [path.name for path in tmp_path.iterdir()] == ["store"]


def test_an_opened_store_cannot_be_written(tmp_path: Path) -> None:
    build_store([quad(1)], tmp_path / "store")
    with pytest.raises(RuntimeError):
        open_store(tmp_path).add(quad(2))


def test_two_readers_may_open_one_store(tmp_path: Path) -> None:
    build_store([quad(1)], tmp_path / "store")
    one, other = open_store(tmp_path), open_store(tmp_path)
    assert set(one) == set(other)


def test_where_no_graph_was_built_the_error_says_how_to_build_one(tmp_path: Path) -> None:
    for opened in (open_store, load):
        with pytest.raises(InputError, match="run 'spacegov build"):
            opened(tmp_path)
    assert list(tmp_path.iterdir()) == [], "looking for a store must not make one"


def test_a_damaged_store_is_one_line(tmp_path: Path) -> None:
    build_store([quad(1)], tmp_path / "store")
    (tmp_path / "store" / "CURRENT").write_text("nonsense", encoding="utf-8")
    with pytest.raises(InputError, match="cannot be opened") as caught:
        open_store(tmp_path)
    assert "\n" not in str(caught.value)


def test_a_place_that_is_no_folder_is_an_output_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(OutputError, match="cannot be written"):
        build_store([quad(1)], tmp_path / "file" / "store")


def test_a_graph_in_memory_holds_what_was_asserted_and_what_follows(tmp_path: Path) -> None:
    for name, content in (("graph.trig", [quad(1)]), ("inferred.trig", [quad(2)])):
        (tmp_path / name).write_bytes(serialize(content, format=RdfFormat.TRIG) or b"")
    assert set(load(tmp_path)) == {quad(1), quad(2)}


def test_a_file_that_is_not_trig_is_named_with_the_place(tmp_path: Path) -> None:
    (tmp_path / "graph.trig").write_text("<a> <b> .", encoding="utf-8")
    with pytest.raises(InputError, match=r"graph\.trig: not TriG .*line 1"):
        load(tmp_path)


def test_a_folder_that_cannot_take_the_place_leaves_the_old_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, fresh = tmp_path / "store", tmp_path / "fresh"
    old.mkdir()
    (old / "kept").touch()
    fresh.mkdir()
    replace = Path.replace

    def failing(self: Path, target: Path) -> Path:
        if self == fresh:
            raise OSError("no space")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", failing)
    with pytest.raises(OSError, match="no space"):
        put_in_place(fresh, old)
    assert (old / "kept").is_file()


def test_the_store_is_only_a_cache_of_the_files(tmp_path: Path) -> None:
    (tmp_path / "graph.trig").write_bytes(serialize([quad(1)], format=RdfFormat.TRIG) or b"")
    build_store([quad(1)], tmp_path / "store")
    assert set(open_store(tmp_path)) == set(load(tmp_path))
    assert isinstance(load(tmp_path), Store)
