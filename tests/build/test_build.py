from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from pyoxigraph import Quad

from spacegov.build import Settings, build, documents
from spacegov.build.cache import Cache, key
from spacegov.build.run import Violations
from spacegov.cli import main
from spacegov.errors import InputError, MissingPiece, OutputError
from spacegov.export import export_rows
from spacegov.export.flat import tables
from spacegov.graph import Graph
from spacegov.reason import Inconsistency
from spacegov.stances import read_jsonl
from spacegov.store import load, open_store
from spacegov.validate import Finding

MADE = {
    "stances.jsonl",
    "stances.csv",
    "graph.trig",
    "inferred.trig",
    "store",
    "build.json",
    "quarantine.jsonl",
    "review.html",
}


def put_aside(out: Path) -> dict[str, str]:
    lines = (out / "quarantine.jsonl").read_text(encoding="utf-8").splitlines()
    return {Path(item["path"]).name: item["error"] for item in map(json.loads, lines)}


def test_texts_become_a_folder_with_rows_graph_store_and_report(texts: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    report = build([texts], out)
    assert {path.name for path in out.iterdir()} == MADE
    assert len(report.documents) == len(report.stances) == len(read_jsonl(out / "stances.jsonl")) == 2
    assert set(open_store(out)) == set(load(out))
    written = json.loads((out / "build.json").read_text(encoding="utf-8"))
    assert written["counts"]["stances by act"]["supports"] == 2
    assert written["versions"]["vocabulary"] == "00" * 32


def test_the_same_texts_give_the_same_bytes_apart_from_timings(texts: Path, tmp_path: Path) -> None:
    for name in ("a", "b"):
        build([texts], tmp_path / name, settings=Settings(fresh=True))
    for file in MADE - {"store", "build.json"}:
        assert (tmp_path / "a" / file).read_bytes() == (tmp_path / "b" / file).read_bytes(), file
    one, other = (json.loads((tmp_path / n / "build.json").read_text(encoding="utf-8")) for n in ("a", "b"))
    del one["timings"], other["timings"]
    assert one == other


def test_a_graph_beside_its_texts_is_not_read_as_one_of_them(texts: Path) -> None:
    """The page for reviewers is HTML and full of quotations."""
    for _ in range(2):
        report = build([texts], texts / "graph")
        assert [Path(d.path).name for d in report.documents] == ["one.txt", "two.txt"]


def test_the_page_for_reviewers_names_what_was_put_aside_and_what_gold_rows_miss(texts: Path, tmp_path: Path) -> None:
    (texts / "crash.txt").write_text("crash", encoding="utf-8")
    row = {"doc": "one", "quote": "A note.", "holders": ["china"], "act": "opposes", "polarity": "against"}
    (tmp_path / "one.gold.jsonl").write_text(json.dumps(row | {"targets": ["cd"]}) + "\n", encoding="utf-8")
    build([texts], tmp_path / "out", gold=[tmp_path])
    page = (tmp_path / "out" / "review.html").read_text(encoding="utf-8")
    assert "Documents put aside (1)" in page and "crash.txt" in page
    assert "<td>opposes" in page and "“A note.”" in page and "Conference on Disarmament" in page
    build([texts], tmp_path / "out")
    assert "A note." not in (tmp_path / "out" / "review.html").read_text(encoding="utf-8")


def test_the_command_ends_by_naming_the_page(texts: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "one.gold.jsonl").write_text('{"doc": "one", "act": "opposes", "quote": "A note."}', encoding="utf-8")
    out = tmp_path / "out"
    assert main(["build", str(texts), "--out", str(out), "--jobs", "1", "--gold", str(tmp_path)]) == 0
    assert f"look at {out / 'review.html'}" in capsys.readouterr().out.splitlines()[-1]
    assert "A note." in (out / "review.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("content", ["", '{"act": "supports"}', "no json"])
def test_a_fault_in_the_gold_rows_is_told_before_any_work(
    texts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str
) -> None:
    if content:
        (tmp_path / "one.gold.jsonl").write_text(content, encoding="utf-8")
    monkeypatch.setattr("spacegov.build.run.read_all", lambda *a, **o: pytest.fail("worked in vain"))
    with pytest.raises(InputError, match="gold"):
        build([texts], tmp_path / "out", gold=[tmp_path])


def test_a_broken_document_is_put_aside_and_the_rest_goes_on(texts: Path, tmp_path: Path) -> None:
    (texts / "crash.txt").write_text("crash", encoding="utf-8")
    (texts / "mistake.txt").write_text("mistake. China supports the Outer Space Treaty.", encoding="utf-8")
    report = build([texts], tmp_path / "out")
    assert put_aside(tmp_path / "out") == {"crash.txt": "RuntimeError", "mistake.txt": "VocabularyError"}
    assert len(report.documents) == len(report.stances) == 2
    assert all(
        ("\n" not in item.reason and item.path in item.reason) or "mistake" in item.reason for item in report.broken
    )


def test_an_unknown_id_in_the_metadata_puts_the_document_aside(texts: Path, tmp_path: Path) -> None:
    (texts / "one.meta.json").write_text('{"author": "chna", "forum": "cd"}', encoding="utf-8")
    report = build([texts], tmp_path / "out")
    assert put_aside(tmp_path / "out") == {"one.txt": "MetadataError"}
    assert "author: no actor or forum has the id 'chna'; did you mean 'china'?" in report.broken[0].reason


def test_an_unknown_speaker_is_a_finding_on_the_document_which_is_read(texts: Path, tmp_path: Path) -> None:
    (texts / "one.meta.json").write_text('{"author": "china", "speaker": "jane-doe"}', encoding="utf-8")
    settings = Settings(cache=tmp_path / "cache")
    for _ in ("read", "taken from what was kept"):
        report = build([texts], tmp_path / "out", settings=settings)
        (finding,) = report.findings
        assert (finding.rule, finding.severity, finding.focus_label) == ("REF-008", "warning", "one")
        assert finding.focus == "https://w3id.org/spacegov/id/document/one"
        assert finding.message.startswith("Speaker (sidecar): left out, since no person has the id 'jane-doe'")
        assert (len(report.documents), len(report.broken), len(report.stances)) == (2, 0, 2)
        assert [d.metadata.speaker for d in report.documents] == [None, None]


def test_a_text_without_an_author_is_a_finding_if_something_was_lost(texts: Path, tmp_path: Path) -> None:
    (texts / "one.txt").write_text("We agree. We go on. China supports the Outer Space Treaty.", encoding="utf-8")
    settings = Settings(cache=tmp_path / "cache")
    for _ in ("read", "taken from what was kept"):
        report = build([texts], tmp_path / "out", settings=settings)
        (finding,) = report.findings
        assert (finding.rule, finding.severity, finding.focus_label) == ("REF-009", "warning", "one")
        assert finding.message.startswith('No author given or found; 2 clauses of "we" have no holder')
        assert (len(report.documents), len(report.broken), len(report.stances)) == (2, 0, 2)


def test_a_text_without_an_author_that_gives_no_row_is_never_silent(texts: Path, tmp_path: Path) -> None:
    (texts / "none.txt").write_text("The meeting was opened in the morning and closed at noon.", encoding="utf-8")
    (finding,) = build([texts], tmp_path / "out").findings
    assert (finding.rule, finding.focus_label) == ("REF-009", "none")


@pytest.mark.parametrize("field", ['"author": "china"', '"kind": "resolution"'])
def test_a_text_with_an_author_or_with_a_body_behind_it_is_no_finding(texts: Path, tmp_path: Path, field: str) -> None:
    (texts / "one.txt").write_text("China supports the Outer Space Treaty. It said so again.", encoding="utf-8")
    (texts / "one.meta.json").write_text(f"{{{field}}}", encoding="utf-8")
    assert build([texts], tmp_path / "out").findings == ()


def test_authors_that_are_given_are_part_of_what_is_kept(texts: Path, tmp_path: Path) -> None:
    kept = tmp_path / "cache"
    (texts / "one.txt").write_text("We agree. China supports the Outer Space Treaty.", encoding="utf-8")
    assert len(build([texts], tmp_path / "out", settings=Settings(cache=kept)).findings) == 1
    report = build([texts], tmp_path / "out", settings=Settings(cache=kept, authors=("china",)))
    assert report.findings == ()
    assert {d.metadata.authors for d in report.documents} == {("china",)}


def test_two_documents_under_one_id_are_not_mixed(texts: Path, tmp_path: Path) -> None:
    (texts / "two.meta.json").write_text('{"doc": "one"}', encoding="utf-8")
    report = build([texts], tmp_path / "out")
    assert [d.metadata.doc for d in report.documents] == ["one"]
    assert "is that of" in report.broken[0].reason


def test_where_no_document_can_be_read_nothing_is_made(tmp_path: Path) -> None:
    (tmp_path / "crash.txt").write_text("crash", encoding="utf-8")
    with pytest.raises(InputError, match="crash"):
        build([tmp_path / "crash.txt"], tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_where_no_document_fits_the_vocabulary_the_old_graph_stays(texts: Path, tmp_path: Path) -> None:
    build([texts], tmp_path / "out")
    before = (tmp_path / "out" / "stances.jsonl").read_bytes()
    (tmp_path / "mistake.txt").write_text("mistake. China supports the Outer Space Treaty.", encoding="utf-8")
    with pytest.raises(InputError, match="mistake"):
        build([tmp_path / "mistake.txt"], tmp_path / "out")
    assert (tmp_path / "out" / "stances.jsonl").read_bytes() == before


def test_a_folder_without_texts_is_refused(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match="no texts here"):
        build([tmp_path / "empty"], tmp_path / "out")


def test_a_violation_stops_the_build_and_the_old_graph_stays(
    texts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    build([texts], out)
    before = {path.name: path.read_bytes() for path in out.iterdir() if path.is_file()}
    bad = Finding(rule="EV-001", severity="violation", focus="x", message="no evidence")
    monkeypatch.setattr("spacegov.build.run.check", lambda quads, **options: [bad])
    with pytest.raises(Violations, match=r"1 violation: the old graph stays .*EV-001"):
        build([texts], out)
    assert {path.name: path.read_bytes() for path in out.iterdir() if path.is_file()} == before
    with pytest.raises(Violations, match="nothing was written"):
        build([texts], tmp_path / "other")
    assert sorted(path.name for path in tmp_path.iterdir() if path.name != "cache") == ["out", "texts"]


def test_a_warning_stops_nothing(texts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mild = Finding(rule="ST-009", severity="warning", focus="x", message="odd")
    monkeypatch.setattr("spacegov.build.run.check", lambda quads, **options: [mild])
    assert build([texts], tmp_path / "out").findings == (mild,)


def test_an_implausible_stance_is_kept_out_and_the_build_goes_on(
    texts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A treaty that is named before it existed is a misreading of the text, not a fault of the graph."""
    focus = "https://w3id.org/spacegov/id/stance/"

    def check_dates(quads: list[Quad], **options: object) -> list[Finding]:
        found = sorted({q.subject.value for q in quads if str(q.subject).startswith(f"<{focus}one-")})
        return [Finding(rule="DIP-013", severity="violation", focus=f, message="too early") for f in found]

    monkeypatch.setattr("spacegov.build.run.check", check_dates)
    report = build([texts], tmp_path / "out")
    assert [s.evidence.doc for s in report.stances] == ["two"]
    assert [item.reason for item in report.implausible] == ["DIP-013: too early"]
    assert put_aside(tmp_path / "out") == {"one.txt": "Implausible"}
    assert report.findings == ()


def test_a_fault_of_form_in_a_stance_still_stops_the_build(
    texts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stance = build([texts], tmp_path / "first").stances[0]
    iri = f"https://w3id.org/spacegov/id/stance/{stance.id}"
    bad = Finding(rule="STA-002", severity="violation", focus=iri, message="no holder")
    monkeypatch.setattr("spacegov.build.run.check", lambda quads, **options: [bad])
    with pytest.raises(Violations, match="STA-002"):
        build([texts], tmp_path / "out")


def test_a_contradiction_found_by_reasoning_is_a_violation(
    texts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from spacegov.build import run

    closure = run._reason([])
    wrong = Inconsistency(rule="cax-dw", focus="<x>", message="is in two disjoint classes")
    monkeypatch.setattr(
        run,
        "_reason",
        lambda quads: type(closure)(quads=(), inconsistencies=(wrong,), unsupported=(), rounds=1),
    )
    with pytest.raises(Violations, match="OWL-cax-dw"):
        build([texts], tmp_path / "out")


# --- pages ----------------------------------------------------------------------------------------------


@pytest.fixture
def paper(texts: Path, tmp_path: Path, pdf: Callable[..., bytes]) -> Path:
    """The built folder of two texts and of a PDF whose second page holds the sentence."""
    first = ["The delegation said that it was grateful for the", "work that had been done in the meeting."]
    (texts / "paper.pdf").write_bytes(
        pdf([first, ["It went on to say this.", "China supports the Outer Space Treaty."]])
    )
    build([texts], tmp_path / "out", settings=Settings(cache=tmp_path / "kept"))
    return tmp_path / "out"


def test_a_passage_of_a_pdf_has_its_page_in_rows_and_flat_tables_and_others_have_none(paper: Path) -> None:
    pages = {"one": "", "paper": "2", "two": ""}
    for content in ((paper / "stances.csv").read_bytes(), export_rows(paper, "csv")):
        assert {row["doc"]: row["page"] for row in csv.DictReader(io.StringIO(content.decode()))} == pages
    positions = tables(Graph.open(paper))["positions"]
    assert {row["document"]: row["page"] for row in positions} == {"one": None, "paper": 2, "two": None}


def test_a_page_is_kept_with_what_is_kept_between_builds(paper: Path, texts: Path, tmp_path: Path) -> None:
    rows = (paper / "stances.jsonl").read_bytes()
    build([texts], paper, settings=Settings(cache=tmp_path / "kept"))
    assert (paper / "stances.jsonl").read_bytes() == rows


# --- the place ------------------------------------------------------------------------------------------


def test_a_folder_that_no_build_made_is_never_replaced(texts: Path, tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "letter.txt").write_text("dear", encoding="utf-8")
    with pytest.raises(OutputError, match="holds files that no build made"):
        build([texts], tmp_path / "home")
    assert (tmp_path / "home" / "letter.txt").read_text(encoding="utf-8") == "dear"


def test_the_working_folder_and_a_link_can_be_the_place(
    texts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("here", "there"):
        (tmp_path / name).mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "there")
    monkeypatch.chdir(tmp_path / "here")
    build([texts], Path())
    build([texts], tmp_path / "link")
    assert {path.name for path in (tmp_path / "here").iterdir()} == MADE
    assert {path.name for path in (tmp_path / "there").iterdir()} == MADE
    assert (tmp_path / "link").is_symlink()


def test_a_file_in_the_place_of_the_folder_is_refused(texts: Path, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("x", encoding="utf-8")
    with pytest.raises(OutputError, match="is a file"):
        build([texts], tmp_path / "out")


def test_a_place_that_cannot_be_written_is_found_before_any_work(
    texts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*args: object, **options: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("spacegov.build.folder.tempfile.TemporaryFile", refuse)
    monkeypatch.setattr("spacegov.build.run.read_all", lambda *a, **o: pytest.fail("worked in vain"))
    with pytest.raises(OutputError, match=r"cannot be written .Permission denied."):
        build([texts], tmp_path / "out")


def test_a_second_build_replaces_the_first_whole(texts: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    build([texts], out)
    (texts / "two.txt").unlink()
    build([texts], out)
    assert len(read_jsonl(out / "stances.jsonl")) == 1
    assert {path.name for path in out.iterdir()} == MADE


# --- what is kept between builds -------------------------------------------------------------------------


def test_a_document_that_did_not_change_is_not_extracted_again(
    texts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = Settings(cache=tmp_path / "cache")
    first = build([texts], tmp_path / "out", settings=settings)
    monkeypatch.setattr(documents, "make_extractor", lambda *a, **o: pytest.fail("extracted again"))
    again = build([texts], tmp_path / "out", settings=settings)
    assert again.documents == first.documents


@pytest.mark.parametrize("change", ["text", "sidecar", "vocabulary", "model"])
def test_what_a_result_depends_on_is_in_its_key(texts: Path, change: str) -> None:
    file = texts / "one.txt"
    about = {"vocabulary_hash": "v", "model": "m"}
    before = key(file, **about)
    if change == "text":
        file.write_text("other", encoding="utf-8")
    elif change == "sidecar":
        file.with_name("one.meta.json").write_text("{}", encoding="utf-8")
    else:
        about["vocabulary_hash" if change == "vocabulary" else "model"] = "other"
    assert key(file, **about) != before


def test_a_cache_that_cannot_be_used_is_no_error(texts: Path, tmp_path: Path) -> None:
    (tmp_path / "blocked").write_text("x", encoding="utf-8")
    report = build([texts], tmp_path / "out", settings=Settings(cache=tmp_path / "blocked" / "cache"))
    assert len(report.stances) == 2


def test_a_damaged_entry_of_the_cache_is_passed_over(texts: Path, tmp_path: Path) -> None:
    settings = Settings(cache=tmp_path / "cache")
    build([texts], tmp_path / "out", settings=settings)
    for entry in (tmp_path / "cache").iterdir():
        entry.write_text('{"path": 1}', encoding="utf-8")
        assert Cache(tmp_path / "cache").get(entry.stem) is None
    assert len(build([texts], tmp_path / "out", settings=settings).stances) == 2


# --- the model --------------------------------------------------------------------------------------------


def test_a_missing_model_stops_the_build_at_once(texts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(*args: object, **options: object) -> None:
        raise MissingPiece("the language model is not there")

    monkeypatch.setattr(documents, "make_extractor", missing)
    with pytest.raises(MissingPiece):
        build([texts], tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_each_document_is_told_of_once(texts: Path, tmp_path: Path) -> None:
    told: list[tuple[int, int, str]] = []
    build([texts], tmp_path / "out", tick=lambda *step: told.append(step))
    assert told == [(1, 2, "one.txt"), (2, 2, "two.txt")]
