"""Which documents gave unusually few or many stances."""

from __future__ import annotations

from spacegov.analysis.density import unusual

USUAL = [(f"u{n}", 1000, 10) for n in range(9)]


def test_the_oddest_document_comes_first_with_what_was_expected() -> None:
    found = unusual([*USUAL, ("dense", 1000, 30), ("dumb", 3000, 0)])
    assert [d.document for d in found] == ["dumb", "dense"]
    dumb = found[0]
    assert (dumb.words, dumb.stances, dumb.per_thousand) == (3000, 0, 0.0)
    assert dumb.expected == 3000 * 120 / 13000
    assert dumb.deviation < 0 < found[1].deviation


def test_a_short_document_without_stances_is_nothing_unusual() -> None:
    assert unusual([*USUAL, ("short", 100, 0)]) == ()


def test_where_all_documents_differ_much_a_difference_is_nothing_unusual() -> None:
    spread = [(f"d{n}", 1000, 4 * n) for n in range(1, 12)]
    assert unusual(spread) == ()
    assert [d.document for d in unusual([*USUAL, *spread[-1:]])] == ["d11"]


def test_without_words_there_is_nothing_to_say() -> None:
    assert unusual([]) == unusual([("empty", 0, 0)]) == ()


def test_a_build_without_any_stance_has_no_odd_document() -> None:
    assert unusual([("a", 100, 0), ("b", 100_000, 0)]) == ()
