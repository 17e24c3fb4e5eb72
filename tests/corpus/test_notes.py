"""The position notes in `data/corpus`: their form, their ids, their ground, and that nothing is copied.

What a note claims to rest on, and whether it copies, can be checked only where the shared texts lie
beside the checkout; the rest is checked everywhere.
"""

from __future__ import annotations

import csv
import io
import re
import tarfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
import yaml

FOLDER = Path(__file__).resolve().parents[2] / "data" / "corpus"
GRAM = 8
"""Words in a row that no note may share with a text it may have been drawn from."""
FIELDS = {"title", "author", "speaker", "date", "forum", "kind", "symbol", "address", "language", "basis"}
KINDS = {
    "statement", "speech", "working-paper", "joint-statement", "resolution", "treaty", "guidelines",
    "fact-sheet", "press-briefing", "news", "report", "law",
}  # fmt: skip
PARTIAL_DATE = re.compile(r"(\d{4})(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Note:
    """One note: its slug, front matter and text."""

    slug: str
    fields: dict[str, object]
    body: str

    @property
    def authors(self) -> tuple[str, ...]:
        """Author ids; a single one and a list are written differently."""
        author = self.fields.get("author")
        return tuple(author) if isinstance(author, list) else (str(author),) if author else ()

    @property
    def basis(self) -> tuple[str, ...]:
        """The texts and fact rows that it rests on."""
        basis = self.fields["basis"]
        assert isinstance(basis, list)
        return tuple(map(str, basis))


def parse_note(slug: str, text: str) -> Note:
    """A note from its file's text."""
    _, front, body = text.split("---\n", 2)
    fields = yaml.safe_load(front)
    assert isinstance(fields, dict)
    return Note(slug, fields, body.strip())


@cache
def notes() -> tuple[Note, ...]:
    """All notes, by slug."""
    files = sorted(path for path in FOLDER.glob("*.md") if path.name != "README.md")
    return tuple(parse_note(path.stem, path.read_text(encoding="utf-8")) for path in files)


def words(text: str) -> list[str]:
    """The words of a text, case-folded, without punctuation."""
    return WORD.findall(text.casefold())


def grams(text: str) -> Iterator[tuple[str, ...]]:
    """Every run of `GRAM` words, line breaks and punctuation ignored."""
    run = words(text)
    return zip(*(run[start:] for start in range(GRAM)), strict=False)


def copied(bodies: Iterable[tuple[str, str]], sources: Iterable[tuple[str, str]]) -> list[str]:
    """Runs of words that a body shares with a source, each as 'note: words (source)'."""
    owner = {gram: slug for slug, body in bodies for gram in grams(body)}
    found = {
        f"{owner[gram]}: {' '.join(gram)} ({name})"
        for name, text in sources
        for gram in set(grams(text))
        if gram in owner
    }
    return sorted(found)


def shared_texts(shared: Path) -> Iterator[tuple[str, str]]:
    """Every text of the shared corpus and of the archive of debates, as name and text."""
    for path in sorted((shared / "corpus").rglob("*.txt")):
        yield path.name, path.read_text(encoding="utf-8")
    for archive in sorted((shared / "scale").glob("*.tar.xz")):
        with tarfile.open(archive) as members:
            for member in members:
                stream = members.extractfile(member)
                if stream is not None:
                    yield member.name, io.TextIOWrapper(stream, "utf-8", errors="replace").read()


@cache
def table(path: Path) -> frozenset[str]:
    """The ids of a fact table."""
    with path.open(encoding="utf-8", newline="") as stream:
        return frozenset(row["id"] for row in csv.DictReader(stream))


def known_ids(shared: Path) -> dict[str, frozenset[str]]:
    """Ids of the fact tables, by the front-matter field in which they may stand."""
    reference = shared / "reference"
    actors = ("states", "historical_states", "organisations")
    return {
        "author": frozenset[str]().union(*(table(reference / f"{name}.csv") for name in actors)),
        "forum": table(reference / "forums.csv"),
        "speaker": table(reference / "persons.csv"),
    }


def shipped_ids(root: Path) -> dict[str, set[str]]:
    """Ids of the reference Turtle, by the front-matter field in which they may stand."""
    kinds = {"author": "actor", "forum": "forum", "speaker": "person"}
    turtle = "".join(path.read_text(encoding="utf-8") for path in sorted((root / "data/reference").glob("*.ttl")))
    return {
        field: set(re.findall(rf"https://w3id\.org/spacegov/id/{kind}/([\w-]+)", turtle))
        | set(re.findall(rf"(?<![\w/]){kind}:([\w-]+)", turtle))
        for field, kind in kinds.items()
    }


def unknown(known: dict[str, frozenset[str]] | dict[str, set[str]]) -> list[str]:
    """Front-matter ids that `known` does not hold."""
    return [
        f"{note.slug}: {field} {value}"
        for note in notes()
        for field, ids in known.items()
        for value in (note.authors if field == "author" else (note.fields.get(field),))
        if value and value not in ids
    ]


# --- the collection --------------------------------------------------------------------------------


def test_the_notes_are_as_many_and_as_varied_as_promised() -> None:
    years = {str(note.fields["date"])[:4] for note in notes()}
    assert len(notes()) >= 60
    assert len({author for note in notes() for author in note.authors}) >= 25
    assert len({note.fields["forum"] for note in notes() if note.fields.get("forum")}) >= 10
    assert min(years) == "1958"
    assert max(years) == "2025"


def test_no_two_notes_are_about_the_same_document() -> None:
    heads = [(str(note.fields["title"]), str(note.fields["date"]), note.authors) for note in notes()]
    assert [head for head in heads if heads.count(head) > 1] == []


def test_the_page_about_the_corpus_counts_right(root: Path) -> None:
    page = (root / "docs/corpus.md").read_text(encoding="utf-8")
    decades = Counter(f"{str(note.fields['date'])[:3]}0s" for note in notes())
    authors = {author for note in notes() for author in note.authors}
    forums = {note.fields["forum"] for note in notes() if note.fields.get("forum")}
    assert {decade: int(count) for decade, count in re.findall(r"\| (\d{4}s) \| (\d+) \|", page)} == decades
    assert f"{len(authors)} authors" in page
    assert f"{len(forums)} forums" in page


# --- each note -------------------------------------------------------------------------------------


@pytest.mark.parametrize("note", notes(), ids=lambda note: note.slug)
def test_a_note_has_complete_front_matter_and_40_to_200_words(note: Note) -> None:
    assert set(note.fields) <= FIELDS
    assert {"title", "date", "kind", "language", "basis"} <= set(note.fields)
    assert note.fields["kind"] in KINDS
    assert note.fields["language"] == "en"
    assert isinstance(note.fields["date"], str), "a date stands in quotation marks: YAML would change 1963"
    assert PARTIAL_DATE.fullmatch(note.fields["date"])
    assert note.basis
    assert 40 <= len(note.body.split()) <= 200


@pytest.mark.parametrize("note", notes(), ids=lambda note: note.slug)
def test_a_note_is_made_of_whole_sentences(note: Note) -> None:
    assert "\t" not in note.body
    assert all(paragraph.rstrip().endswith(".") for paragraph in note.body.split("\n\n"))
    assert not re.search(r"^(#|[-*] |\d+\. )", note.body, re.MULTILINE)


def test_every_id_in_the_front_matter_is_in_the_fact_tables(shared: Path) -> None:
    assert unknown(known_ids(shared)) == []


def test_every_id_in_the_front_matter_is_in_the_shipped_reference_data(root: Path) -> None:
    known = shipped_ids(root)
    if not all(known.values()):
        pytest.skip("the reference Turtle is not in this checkout")
    assert unknown(known) == []


# --- ground and originality ------------------------------------------------------------------------


def test_every_note_rests_on_texts_or_rows_that_exist(shared: Path) -> None:
    missing = []
    for note in notes():
        for ground in note.basis:
            path, _, row = ground.partition("#")
            file = shared / path
            if not file.is_file() or bool(row) != (file.suffix == ".csv") or (row and row not in table(file)):
                missing.append(f"{note.slug}: {ground}")
    assert missing == []


def test_no_note_repeats_eight_words_in_a_row_of_a_shared_text(shared: Path) -> None:
    bodies = [(note.slug, note.body) for note in notes()]
    assert copied(bodies, shared_texts(shared)) == []


def test_a_copied_sentence_is_found_whatever_its_case_breaks_and_commas() -> None:
    source = ("a-speech", "We call on all states,\nlarge and small, to keep outer space free of weapons.")
    body = ("a-note", "It said: “Call on ALL states large and small to keep” the peace.")
    assert copied([body], [source]) == [
        "a-note: call on all states large and small to (a-speech)",
        "a-note: on all states large and small to keep (a-speech)",
    ]


def test_seven_words_in_a_row_are_no_copy() -> None:
    source = ("a-speech", "Peace in outer space is our aim today.")
    assert copied([("a-note", "Peace in outer space is our aim forever.")], [source]) == []
