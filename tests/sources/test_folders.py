"""Documents are found below folders, and nothing else is."""

from __future__ import annotations

from pathlib import Path

import pytest

from spacegov.errors import InputError
from spacegov.sources import find_documents


def touch(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("text", "utf-8")
    return path


def test_documents_of_all_kinds_are_found_sorted(tmp_path: Path) -> None:
    names = ["a/z.txt", "b.MD", "c.html", "d.htm", "e.pdf", "f.docx"]
    files = [touch(tmp_path / name) for name in reversed(names)]
    assert find_documents([tmp_path]) == sorted(files)


@pytest.mark.parametrize("name", ["a.meta.json", "notes.csv", ".hidden.txt", ".git/a.txt", "README.md", "readme.txt"])
def test_other_files_are_left_alone(name: str, tmp_path: Path) -> None:
    touch(tmp_path / name)
    assert find_documents([tmp_path]) == []


def test_what_a_build_made_is_no_text(tmp_path: Path) -> None:
    text = touch(tmp_path / "a.txt")
    for name in ("build.json", "stances.jsonl", "review.html", "sub/page.html"):
        touch(tmp_path / "graph" / name)
    assert find_documents([tmp_path]) == [text]
    (tmp_path / "graph" / "stances.jsonl").unlink()
    assert len(find_documents([tmp_path])) == 3


def test_a_file_that_is_named_is_taken_whatever_its_kind(tmp_path: Path) -> None:
    path = touch(tmp_path / "README.md")
    assert find_documents([path]) == [path]


def test_a_file_named_twice_is_found_once(tmp_path: Path) -> None:
    path = touch(tmp_path / "a.txt")
    assert find_documents([tmp_path, path, tmp_path / "." / "a.txt"]) == [path]


def test_links_that_lead_out_of_the_folder_are_not_followed(tmp_path: Path) -> None:
    outside = touch(tmp_path / "outside" / "secret.txt")
    inside = touch(tmp_path / "inside" / "a.txt")
    (tmp_path / "inside" / "file.txt").symlink_to(outside)
    (tmp_path / "inside" / "folder").symlink_to(outside.parent)
    (tmp_path / "inside" / "loop").symlink_to(tmp_path / "inside")
    assert find_documents([tmp_path / "inside"]) == [inside]


def test_a_place_where_nothing_is_gives_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file or folder"):
        find_documents([tmp_path / "none"])


def test_names_with_odd_characters_are_found(tmp_path: Path) -> None:
    files = [touch(tmp_path / name) for name in ("-rf.txt", "a b.txt", "line\nend.txt", "外空.txt")]
    assert find_documents([tmp_path]) == sorted(files)
