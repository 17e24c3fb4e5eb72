"""Reading files: every format, every error of a file, nothing lost because of one."""

from __future__ import annotations

from pathlib import Path

import pytest

from spacegov.errors import InputError
from spacegov.validate.inputs import find_files, load

N_QUADS = "<http://e/s> <http://e/p> <http://e/o> <http://e/g> .\n"
SAME = {
    "d.ttl": "<http://e/s> <http://e/p> <http://e/o> .",
    "d.trig": "<http://e/g> { <http://e/s> <http://e/p> <http://e/o> }",
    "d.nt": "<http://e/s> <http://e/p> <http://e/o> .",
    "d.nq": N_QUADS,
    "d.jsonld": '{"@id": "http://e/s", "http://e/p": {"@id": "http://e/o"}}',
    "d.rdf": '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://e/">'
    '<rdf:Description rdf:about="http://e/s"><e:p rdf:resource="http://e/o"/></rdf:Description></rdf:RDF>',
}


@pytest.mark.parametrize("name", sorted(SAME))
def test_each_format_gives_the_same_statement(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(SAME[name])
    loaded = load(find_files([tmp_path]))
    assert [(q.subject.value, q.predicate.value, q.object.value) for q in loaded.store] == [  # type: ignore[union-attr]
        ("http://e/s", "http://e/p", "http://e/o")
    ]
    assert loaded.statements == 1


def test_folders_are_searched_in_order_and_hidden_ones_are_not(tmp_path: Path) -> None:
    for name in ("b/z.ttl", "a.nt", ".hidden/x.ttl", "b/notes.md", "b/.x.ttl"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("")
    assert [file.path.name for file in find_files([tmp_path])] == ["a.nt", "z.ttl"]


def test_a_file_named_twice_is_read_once(tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text("")
    assert len(find_files([tmp_path, tmp_path / "a.ttl"])) == 1


def test_a_named_file_of_another_kind_is_refused_with_those_that_are_read(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_text("")
    with pytest.raises(InputError, match=r"a\.docx: not a kind of file that is read .*\.ttl"):
        find_files([tmp_path / "a.docx"])


def test_json_is_read_as_json_ld_when_it_is_named(tmp_path: Path) -> None:
    (tmp_path / "d.json").write_text(SAME["d.jsonld"])
    assert find_files([tmp_path]) == []
    assert load(find_files([tmp_path / "d.json"])).statements == 1


def test_each_broken_line_of_n_quads_is_told_and_the_others_are_read(tmp_path: Path) -> None:
    (tmp_path / "d.nq").write_text("nonsense\n" + N_QUADS + "<http://e/s> <p> 1 .\n" + N_QUADS.replace("/s>", "/t>"))
    loaded = load(find_files([tmp_path]))
    assert [(f.rule, f.line) for f in loaded.findings] == [("SYN-001", 1), ("SYN-001", 3)]
    assert loaded.statements == 2


def test_turtle_is_taken_up_again_after_an_error(tmp_path: Path) -> None:
    text = "@prefix e: <http://e/> .\ne:a e:p 1 .\ne:b e:p ;\n  e:q 2 .\n\ne:c e:p 3 .\ne:d e:p x:y .\ne:f e:p 5 .\n"
    (tmp_path / "d.ttl").write_text(text)
    loaded = load(find_files([tmp_path]))
    assert [f.line for f in loaded.findings] == [3, 7]
    assert sorted(q.subject.value[-1] for q in loaded.store) == ["a", "c", "f"]  # type: ignore[union-attr]


def test_the_columns_after_an_error_are_those_of_the_file(tmp_path: Path) -> None:
    (tmp_path / "d.ttl").write_text("@prefix e: <http://e/> .\n\ne:b e:p ; .\ne:d e:p x:y .\n")
    findings = load(find_files([tmp_path])).findings
    assert [(f.line, f.column) for f in findings] == [(3, 9), (4, 9)]


def test_a_broken_file_does_not_hide_another(tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text("nonsense")
    (tmp_path / "b.ttl").write_text(SAME["d.ttl"])
    loaded = load(find_files([tmp_path]))
    assert [file.broken for file in loaded.files] == [True, False]
    assert loaded.statements == 1


def test_a_file_that_is_not_utf_8_is_told_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "d.ttl").write_bytes(b"\n\n<http://e/s> <http://e/p> '\xe9' .")
    (finding,) = load(find_files([tmp_path])).findings
    assert (finding.rule, finding.line) == ("SYN-005", 3)


def test_broken_json_is_told_with_line_and_column(tmp_path: Path) -> None:
    (tmp_path / "d.jsonld").write_text('{\n  "@id": }')
    (finding,) = load(find_files([tmp_path])).findings
    assert (finding.rule, finding.line, finding.column) == ("SYN-001", 2, 10)


def test_blank_nodes_of_two_files_stay_apart_and_bear_the_same_names_each_time(tmp_path: Path) -> None:
    for name in ("a.ttl", "b.ttl"):
        (tmp_path / name).write_text("_:x <http://e/p> [ <http://e/q> 1 ] .")
    first = {str(quad) for quad in load(find_files([tmp_path])).store}
    assert len(first) == 4
    assert {str(quad) for quad in load(find_files([tmp_path])).store} == first


def test_rows_in_a_folder_are_read_only_where_they_are_rows_of_stances(tmp_path: Path) -> None:
    (tmp_path / "notes.jsonl").write_text('{"doc": "d", "rows": []}\n')
    (tmp_path / "stances.jsonl").write_text('{"doc": "d", "holders": [], "act": "supports", "targets": []}\n')
    assert [file.path.name for file in find_files([tmp_path])] == ["stances.jsonl"]
