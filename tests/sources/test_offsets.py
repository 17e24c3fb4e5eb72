"""Every character of the normalised text can be traced to the source."""

from __future__ import annotations

import re
import string
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spacegov.model import Document, Metadata
from spacegov.sources import document_from_text
from spacegov.sources.offsets import Mapped, join

METADATA = Metadata(doc="d")

# text as it occurs: words, and all the marks and spaces that layouts are made of
_PIECES = st.sampled_from(
    [
        "outer", "space", "Treaty", "dis-", "armament", "and", "the", "The", "co", " ", " ", "  ", "\n", "\n\n",
        " \n \n", "\t", "\u00a0", "\u2003", "\u00ad", "\u00ad\n", "\u200b", "\ufeff", "\ufb01", "e\u0301", ".", ",",
        ":", ";", "-", "—", "12. ", "(a) ", "• ", "- ", "II. ", "Q: ", "MR. PRICE: ", "# ", "**", "*", "&amp;",
        "[text](https://a.org/b)", "<b>", "\\", "“", "”", "\f", "\r\n", "\r", "A/79/26", "17 10-55264",
        "[1208th meeting, para. 4]", "外层空间", "¬\n", "3", "1967",
    ]
)  # fmt: skip
layouts = st.lists(_PIECES, max_size=60).map("".join)
anything = st.text(st.characters(codec="utf-8"), max_size=200) | layouts


def normalised(source: str) -> Document:
    return document_from_text(source, METADATA)


def same(character: str, origin: str, document: Document, place: int) -> bool:
    """Whether a character may stand where that of the source stood."""
    if character == origin or character in " \n":
        return True
    if character in unicodedata.normalize("NFKC", origin):  # ligatures, wide letters, hyphen variants
        return True
    following = document.source[place : place + 10]
    return (
        character == unicodedata.normalize("NFC", following)[:1]  # base and accent
        or (origin == "&" and re.match(r"&#?\w+;", document.source[place : place + 12]) is not None)
        or (origin in "\u2010\u2011" and character == "-")
    )


@given(anything)
@settings(max_examples=300, deadline=None)
def test_offsets_are_one_more_than_characters_and_never_go_back(source: str) -> None:
    document = normalised(source)
    assert len(document.offsets) == len(document.text) + 1
    assert all(a <= b for a, b in zip(document.offsets, document.offsets[1:], strict=False))
    assert all(0 <= place <= len(source) for place in document.offsets)


@given(anything)
@settings(max_examples=300, deadline=None)
def test_each_character_comes_from_the_same_character_or_a_variant(source: str) -> None:
    document = normalised(source)
    for character, place in zip(document.text, document.offsets, strict=False):
        origin = source[place : place + 1]
        assert same(character, origin, document, place), (character, origin)


@given(anything)
@settings(max_examples=200, deadline=None)
def test_the_source_slice_of_a_word_holds_the_letters_of_the_word(source: str) -> None:
    document = normalised(source)
    for match in re.finditer(r"[a-zA-Z]+", document.text):
        start, end = document.source_span(*match.span())
        slice_of_source = unicodedata.normalize("NFKC", source[start:end])
        assert end > start
        remaining = iter(slice_of_source)
        assert all(letter in remaining for letter in match[0])


@given(anything)
@settings(max_examples=200, deadline=None)
def test_blocks_tile_the_text_with_an_empty_line_between(source: str) -> None:
    document = normalised(source)
    assert "\n\n".join(document.text[block.start : block.end] for block in document.blocks) == document.text
    for place, block in enumerate(document.blocks):
        assert block.end > block.start
        assert block.head is None or 0 <= block.head < place
        assert block.kind == "item" or block.head is None


_sentences = st.lists(st.text(string.ascii_lowercase, min_size=2, max_size=9), min_size=3, max_size=12).map(
    lambda words: " ".join(words).capitalize() + "."
)
_clean = st.lists(st.lists(_sentences, min_size=1, max_size=4).map(" ".join), min_size=1, max_size=5).map("\n\n".join)


@given(_clean)
@settings(max_examples=200, deadline=None)
def test_clean_text_stays_as_it_is(source: str) -> None:
    document = normalised(source)
    assert document.text == source
    assert document.offsets == tuple(range(len(source) + 1))


@given(anything)
@settings(max_examples=100, deadline=None)
def test_the_source_and_its_hash_do_not_change(source: str) -> None:
    document = normalised(source)
    assert document.source == source
    assert document.sha256 == normalised(source).sha256
    assert len(document.sha256) == 64


def test_offsets_hold_in_chinese() -> None:
    source = "中国坚决反对外空军备竞赛。\u3000各国应当\u00a0遵守《外空条约》。\n\n第二，加强合作。"
    document = normalised(source)
    at = document.text.index("外空条约")
    start, end = document.source_span(at, at + 4)
    assert source[start:end] == "外空条约"


def test_a_joined_word_is_quoted_with_its_line_end() -> None:
    source = "They support general and complete dis-\narmament in outer space."
    document = normalised(source)
    at = document.text.index("disarmament")
    start, end = document.source_span(at, at + len("disarmament"))
    assert source[start:end] == "dis-\narmament"


def test_a_word_that_ends_in_an_accent_keeps_it() -> None:
    source = "The communique\u0301 was adopted."
    document = normalised(source)
    assert "communiqué" in document.text
    at = document.text.index("communiqué")
    start, end = document.source_span(at, at + len("communiqué"))
    assert source[start:end] == "communique\u0301"


def test_mapped_text_cuts_and_joins_with_its_places() -> None:
    text = Mapped.of("  a b ").strip()
    assert (text.text, text.places) == ("a b", [2, 3, 4])
    joined = join([("", text.cut(0, 1)), ("\n\n", text.cut(2))])
    assert (joined.text, joined.places) == ("a\n\nb", [2, 3, 4, 4])


@pytest.mark.shared
def test_all_shared_texts_can_be_traced(shared: Path) -> None:
    files = sorted((shared / "corpus").rglob("*.txt"))
    assert files
    for path in files:
        source = path.read_text("utf-8-sig")
        document = normalised(source)
        for match in re.finditer(r"[A-Za-z]{3,}", document.text):
            start, end = document.source_span(*match.span())
            letters = re.sub(r"[^A-Za-z]", "", unicodedata.normalize("NFKC", source[start:end]))
            assert letters == match[0], (path.name, source[start:end])


def test_a_place_lies_on_the_page_that_began_last_before_it() -> None:
    source = "one\n\ftwo\n\fthree"
    document = document_from_text(source, METADATA, pages=(0, 5, 10))
    assert [document.page_of(place) for place in (0, 4, 5, 9, 10, 14)] == [1, 1, 2, 2, 3, 3]


def test_a_source_without_pages_has_no_page() -> None:
    assert normalised("one").page_of(0) is None
