"""Sidecars and front matter are believed; what they lack is looked for in the text."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from spacegov.errors import MetadataError
from spacegov.model import Metadata, Vocabulary
from spacegov.sources import read_document
from spacegov.sources.metadata import slug_of

WORDS = "The delegation said that it would support the draft guidelines, and that it was grateful for the work."


def metadata(folder: Path, text: str, vocabulary: Vocabulary | None = None, **sidecar: object) -> Metadata:
    """Metadata of a text with a sidecar."""
    path = folder / "a.txt"
    path.write_text(text, "utf-8")
    if sidecar:
        (folder / "a.meta.json").write_text(json.dumps(sidecar), "utf-8")
    return read_document(path, vocabulary=vocabulary).metadata


def test_every_field_of_a_sidecar_is_used(tmp_path: Path) -> None:
    fields = {
        "doc": "cd-1839", "title": "Draft treaty", "date": "2008-02-12", "speaker": "li-baodong", "forum": "cd",
        "kind": "working-paper", "language": "en", "symbol": "CD/1839", "address": "https://example.org/cd-1839",
    }  # fmt: skip
    found = metadata(tmp_path, WORDS, **fields, author=["china", "russia"])
    assert found.authors == ("china", "russia")
    assert {field: getattr(found, field) for field in fields} == fields
    assert set(found.origin.values()) == {"sidecar"}


def test_one_author_is_a_list_of_one(tmp_path: Path) -> None:
    assert metadata(tmp_path, WORDS, author="china").authors == ("china",)


def test_null_is_the_same_as_nothing(tmp_path: Path) -> None:
    found = metadata(tmp_path, WORDS, author=None, speaker=None, date=2016)
    assert (found.authors, found.speaker, found.date) == ((), None, "2016")


def test_the_sidecar_wins_over_front_matter(tmp_path: Path) -> None:
    (tmp_path / "n.md").write_text(f"---\ntitle: A\ndate: '2001'\n---\n{WORDS}\n", "utf-8")
    (tmp_path / "n.meta.json").write_text('{"title": "B"}', "utf-8")
    found = read_document(tmp_path / "n.md").metadata
    assert (found.title, found.date) == ("B", "2001")
    assert (found.origin["title"], found.origin["date"]) == ("sidecar", "front matter")


@pytest.mark.parametrize(
    ("sidecar", "reason"),
    [
        ('{"titel": "A"}', "no field 'titel'; did you mean 'title'?"),
        ('{"kind": "statment"}', "no kind of document 'statment'; did you mean 'statement'?"),
        ('{"date": "2024-13-01"}', "date: no such day in the calendar"),
        ('{"date": "May 2024"}', "date: not a date"),
        ('{"title": 3.5}', "title: one line of text was expected, not 3.5"),
        ('{"title": "a\\nb"}', "title: one line of text was expected"),
        ('{"author": [{"id": "china"}]}', "author: one line of text was expected"),
        ('{"doc": "a b"}', "doc: 'a b' is no id"),
        ('{"address": "javascript:alert(1)"}', "no web address"),
        ('{"language": "English!"}', "no language tag"),
        ("[1, 2]", "no JSON object"),
    ],
)
def test_a_bad_sidecar_is_named_with_field_and_value(sidecar: str, reason: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(WORDS, "utf-8")
    (tmp_path / "a.meta.json").write_text(sidecar, "utf-8")
    with pytest.raises(MetadataError) as caught:
        read_document(tmp_path / "a.txt")
    assert str(caught.value).startswith(f"{tmp_path / 'a.meta.json'}:")
    assert reason in str(caught.value)
    assert "\n" not in str(caught.value)


def test_broken_json_is_named_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(WORDS, "utf-8")
    (tmp_path / "a.meta.json").write_text('{\n "title": "A",\n oops\n}', "utf-8")
    with pytest.raises(MetadataError, match=r"a\.meta\.json:3: not JSON"):
        read_document(tmp_path / "a.txt")


@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [
        ("author", "chyna", "author: no actor or forum has the id 'chyna'; did you mean 'china'?"),
        ("forum", "coupos", "forum: no forum or meeting has the id 'coupos'; did you mean 'copuos'?"),
    ],
)
def test_ids_that_the_vocabulary_does_not_know_are_refused(
    field: str, value: str, reason: str, tmp_path: Path, vocabulary: Vocabulary
) -> None:
    with pytest.raises(MetadataError) as caught:
        metadata(tmp_path, WORDS, vocabulary, **{field: value})
    assert str(caught.value).startswith(f"{tmp_path / 'a.meta.json'}: ")
    assert reason in str(caught.value)


@pytest.mark.parametrize(
    ("speaker", "said"),
    [
        ("fu-kong", "no person has the id 'fu-kong'; did you mean 'fu-cong'?"),
        ("china", "no person has the id 'china'; known: fu-cong"),
    ],
)
def test_a_speaker_whom_nobody_knows_is_left_out_and_named(
    speaker: str, said: str, tmp_path: Path, vocabulary: Vocabulary
) -> None:
    (tmp_path / "a.txt").write_text(f"Statement by Ambassador Fu Cong\n\n{WORDS}", "utf-8")
    (tmp_path / "a.meta.json").write_text(json.dumps({"speaker": speaker, "author": "china"}), "utf-8")
    document = read_document(tmp_path / "a.txt", vocabulary=vocabulary)
    # nor is another one looked for in the text: the sidecar speaks of somebody
    assert (document.metadata.speaker, document.metadata.authors) == (None, ("china",))
    assert "speaker" not in document.metadata.origin
    assert document.remarks == (f"speaker (sidecar): left out, since {said}",)


def test_a_known_speaker_is_worth_no_remark(tmp_path: Path, vocabulary: Vocabulary) -> None:
    (tmp_path / "a.md").write_text(f"---\nspeaker: fu-cong\n---\n{WORDS}\n", "utf-8")
    document = read_document(tmp_path / "a.md", vocabulary=vocabulary)
    assert (document.metadata.speaker, document.remarks) == ("fu-cong", ())


def test_ids_are_not_checked_without_a_vocabulary(tmp_path: Path) -> None:
    assert metadata(tmp_path, WORDS, author="anybody").authors == ("anybody",)


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("cn-2016", "cn-2016"),
        ("Statement of Chîna (2024)", "statement-of-china-2024"),
        ("外空", "document"),
        ("..", "document"),
    ],
)
def test_file_names_become_ids(name: str, slug: str) -> None:
    assert slug_of(name) == slug


# --- what the text says -------------------------------------------------------------------------------


def test_the_first_heading_is_the_title(tmp_path: Path) -> None:
    found = metadata(tmp_path, f"Views on Space Debris\n\n{WORDS}\n")
    assert (found.title, found.origin["title"]) == ("Views on Space Debris", "found: first heading")


@pytest.mark.parametrize(
    ("text", "date", "where"),
    [
        (f"Remarks\n\n2024-05-06 12:30\n\n{WORDS}", "2024-05-06", "line with a date"),
        (f"Opening of a Workshop\n\nOn November 30, 2015, a workshop began. {WORDS}", "2015-11-30", "dateline"),
        (f"Geneva, 12 February 2008\n\n{WORDS}", "2008-02-12", "line with a date"),
        (f"GENEVA, 12 February 2008 – {WORDS}", "2008-02-12", "dateline"),
        (f"BEIJING, May 6 (Xinhua) -- {WORDS} It was held in 2024.", "2024-05-06", "dateline"),
        (f"Resolution 59/115 of 10 December 2004\n\n{WORDS}", "2004-12-10", "line with a date"),
        (f"Statement on the peaceful uses of outer space made on 3 June 2021\n\n{WORDS}", "2021-06-03", "heading"),
    ],
)
def test_dates_are_found_where_texts_bear_them(text: str, date: str, where: str, tmp_path: Path) -> None:
    found = metadata(tmp_path, text)
    assert (found.date, found.origin["date"]) == (date, f"found: {where}")


@pytest.mark.parametrize(
    "text",
    [
        f"{WORDS} The treaty was signed on 27 January 1967 in three capitals.",
        f"On 15 January 1986 the Soviet Union made a proposal. {WORDS}",
        f"BEIJING, May 6 (Xinhua) -- {WORDS} It follows talks in 2022 and 2023.",
        f"OTTAWA, Jan. 28 (Reuters) -- {WORDS} The convention of 1972 applies.",
        f"OTTAWA, Jan. 28 (Reuters) -- {WORDS} The 1967 Treaty applies.",
        WORDS,
    ],
)
def test_dates_of_other_things_are_not_the_date_of_the_text(text: str, tmp_path: Path) -> None:
    assert metadata(tmp_path, text).date is None


def test_a_symbol_on_a_line_of_its_own_is_found(tmp_path: Path) -> None:
    found = metadata(tmp_path, f"A/AC.105/C.2/L.317/Rev.1\n\nViews on Space Debris\n\n{WORDS}")
    assert (found.symbol, found.origin["symbol"]) == ("A/AC.105/C.2/L.317/Rev.1", "found: line with a symbol")


def test_a_symbol_in_a_sentence_is_not_that_of_the_text(tmp_path: Path) -> None:
    assert metadata(tmp_path, f"We refer to the document CD/1839 of that year. {WORDS}").symbol is None


def test_speaker_author_and_forum_are_found_by_name(tmp_path: Path, vocabulary: Vocabulary) -> None:
    text = f"Statement by Ambassador Fu Cong at the Legal Subcommittee of COPUOS\n\n2024-05-06\n\n{WORDS}"
    found = metadata(tmp_path, text, vocabulary)
    assert (found.speaker, found.authors, found.forum) == ("fu-cong", ("china",), "copuos-lsc")
    assert found.kind == "statement"


def test_joint_authors_are_found_by_name(tmp_path: Path, vocabulary: Vocabulary) -> None:
    text = f"Working paper submitted by China and the Russian Federation\n\n{WORDS}"
    found = metadata(tmp_path, text, vocabulary)
    assert (found.authors, found.kind) == (("china", "russia"), "working-paper")


def test_a_state_that_is_only_spoken_of_is_no_author(tmp_path: Path, vocabulary: Vocabulary) -> None:
    assert metadata(tmp_path, f"A draft treaty was submitted by China last year. {WORDS}", vocabulary).authors == ()


def test_a_body_that_is_only_spoken_of_is_no_forum(tmp_path: Path, vocabulary: Vocabulary) -> None:
    assert metadata(tmp_path, f"The work of the Legal Subcommittee is of importance. {WORDS}", vocabulary).forum is None


def test_the_forum_of_reported_remarks_is_found(tmp_path: Path, vocabulary: Vocabulary) -> None:
    text = f"He made the remarks at the 64th session of the Legal Subcommittee on Monday. {WORDS}"
    assert metadata(tmp_path, text, vocabulary).forum == "copuos-lsc"


def test_what_the_sidecar_says_is_not_looked_for(tmp_path: Path, vocabulary: Vocabulary) -> None:
    text = f"Statement by Ambassador Fu Cong\n\n2024-05-06\n\n{WORDS}"
    found = metadata(tmp_path, text, vocabulary, date="2023", title="Another", author="russia")
    assert (found.date, found.title, found.authors) == ("2023", "Another", ("russia",))


@pytest.mark.parametrize(
    ("opening", "kind"),
    [
        ("The States Parties to this Treaty,", "treaty"),
        ("Parties to the present Convention agree as follows.", "treaty"),
        ("The Contracting Parties,", "treaty"),
        ("The General Assembly,", "resolution"),
        ("The General Assembly met on Monday.", None),
        ("We thank the Parties to this Treaty.", None),
    ],
)
def test_treaties_and_resolutions_are_known_by_their_opening_words(
    opening: str, kind: str | None, tmp_path: Path
) -> None:
    found = metadata(tmp_path, f"Outer space\n\n{opening}\n\n{WORDS}\n")
    assert (found.kind, found.origin.get("kind")) == (kind, "found: its opening words" if kind else None)
