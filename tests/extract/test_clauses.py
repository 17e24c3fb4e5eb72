"""Sentences cut into the clauses that an analyst would quote."""

from __future__ import annotations

import pytest

from conftest import Clauses, Parse
from spacegov.extract.clauses import subject_of, subjects


def kinds(clauses: Clauses, sentence: str) -> list[tuple[str, str]]:
    return [(c.kind, c.head.text) for c in clauses(sentence)]


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("Brazil supports the treaty.", [("root", "supports")]),
        ("Brazil supports the treaty and opposes the test.", [("root", "supports"), ("conj", "opposes")]),
        ("Brazil said that it supports the treaty.", [("root", "said"), ("ccomp", "supports")]),
        ("We back the text, which Cuba submitted.", [("root", "back"), ("relcl", "submitted")]),
        ("We sign because it works.", [("root", "sign"), ("advcl", "works")]),
        ("We welcome the Soviet proposal.", [("root", "welcome"), ("nominal", "proposal")]),
    ],
)
def test_every_governing_word_has_its_clause(clauses: Clauses, sentence: str, found: list[tuple[str, str]]) -> None:
    assert kinds(clauses, sentence) == found


def test_an_initiative_in_a_name_is_nobodys_initiative(clauses: Clauses) -> None:
    assert ("nominal", "Initiative") not in kinds(clauses, "We fear the American Strategic Defense Initiative.")


def test_a_coordinate_clause_is_cut_out_of_the_one_before(clauses: Clauses) -> None:
    sentence = "Brazil supports the treaty and opposes the test."
    quotes = [sentence[c.start : c.end] for c in clauses(sentence)]
    assert quotes == ["Brazil supports the treaty", "opposes the test"]


@pytest.mark.parametrize(
    "sentence", ["And Brazil supports the treaty.", "“Brazil supports the treaty,”", "Brazil supports the treaty;"]
)
def test_marks_and_joining_words_at_the_ends_are_no_part_of_a_quote(clauses: Clauses, sentence: str) -> None:
    first = clauses(sentence)[0]
    assert sentence[first.start : first.end] == "Brazil supports the treaty"


@pytest.mark.parametrize(
    ("sentence", "subject"),
    [
        ("Brazil supports the treaty.", "Brazil"),
        ("The treaty was signed.", "treaty"),
        ("Sign the treaty.", None),
    ],
)
def test_the_subject_of_a_clause_is_its_verbs(clauses: Clauses, sentence: str, subject: str | None) -> None:
    found = clauses(sentence)[0].subject
    assert (found.text if found else None) == subject


def test_a_coordinate_verb_shares_the_subject(clauses: Clauses) -> None:
    second = clauses("Brazil supports the treaty and opposes the test.")[1]
    assert second.subject is not None
    assert second.subject.text == "Brazil"


def test_a_relative_clause_has_the_noun_it_hangs_on_as_subject(clauses: Clauses) -> None:
    below = clauses("We thank the country that submitted the text.")[1]
    assert below.subject is not None
    assert below.subject.text == "country"


def test_joint_subjects_are_all_given(parse: Parse) -> None:
    root = parse("China, Cuba and Russia submitted the text.").root
    assert [t.text for t in subjects(root)] == ["China", "Cuba", "Russia"]


def test_a_sentence_without_verb_has_no_subject(parse: Parse) -> None:
    assert subject_of(parse("A treaty.").root) is None


def test_a_clause_knows_the_one_above(clauses: Clauses) -> None:
    above, below = clauses("Brazil said that it supports the treaty.")
    assert (above.parent, below.parent) == (None, above)
