"""Characters and inline markup are made plain."""

from __future__ import annotations

import pytest

from spacegov.sources.characters import plain, without_markup


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("outer\u00a0space\u2003treaty\t1967", "outer space treaty 1967"),
        ("a   b", "a b"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("dis\u00adarmament", "disarmament"),
        ("dis\u00ad\narmament", "disarmament"),
        ("dis\u00ad armament", "disarmament"),
        ("ad\u00acdressing the ses\u00ac\nsion", "addressing the session"),
        ("di\ufb03cult \ufb01eld", "difficult field"),
        ("non\u2011proliferation", "non-proliferation"),
        ("Franc\u0327ois", "François"),
        ("\uff21\uff0f\uff17\uff19", "A/79"),
        ("“quoted” – and ’kept’ — as it is", "“quoted” – and ’kept’ — as it is"),
        ("hidden\U000e0041\U000e0042 tags", "hidden tags"),
        ("\u202eright to left\u202c", "right to left"),
    ],
)
def test_odd_characters_become_plain_ones(source: str, expected: str) -> None:
    assert plain(source).text == expected


def test_marks_of_footnotes_are_dropped_where_there_are_several() -> None:
    source = "Recalling the Convention on Space Objects3 and the Treaty,4\nit notes the report.5"
    assert plain(source).text == "Recalling the Convention on Space Objects and the Treaty,\nit notes the report."


def test_a_single_number_behind_a_word_is_no_footnote() -> None:
    assert plain("The covid19 crisis.").text == "The covid19 crisis."


def test_a_date_behind_a_comma_is_no_footnote() -> None:
    source = "Held at Geneva,19 March, and at Vienna,6 April."
    assert plain(source).text == source


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("the **draft** treaty", "the draft treaty"),
        ("*Dialogue: ** experts", "Dialogue: experts"),
        ("the 21<sup>st</sup> century", "the 21st century"),
        ("a [meeting](https://example.org/a) in May", "a meeting in May"),
        ("35\\. Beyond", "35. Beyond"),
        ("research &amp; development&nbsp;&#8212; both", "research & development — both"),
        ("said [1208th meeting, paras. 184 and 185.] that", "said that"),
        ("the report [A/4141] and [resolution 1348 (XIII)]", "the report [A/4141] and [resolution 1348 (XIII)]"),
        ("2 * 3 and a*b", "2 * 3 and a*b"),
        ("x < y and y > z", "x < y and y > z"),
        ("AT&T stays", "AT&T stays"),
    ],
)
def test_inline_markup_is_taken_away(source: str, expected: str) -> None:
    assert without_markup(plain(source)).text == expected


def test_underlines_are_emphasis_in_markdown_only() -> None:
    source = plain("the _draft_ of a_b and a\\_c")
    assert without_markup(source).text == "the _draft_ of a_b and a_c"
    assert without_markup(source, markdown=True).text == "the draft of a_b and a_c"
