"""What stands around a governing word: negation, modality, condition, time; and polarity by parity."""

from __future__ import annotations

import pytest

from conftest import Clauses
from spacegov.extract.records import Scope
from spacegov.extract.scope import is_negative, parity, scope_of

FLAGS = ("negated", "question", "future", "perfect", "past", "passive", "imperative", "progressive")


def scope(clauses: Clauses, sentence: str) -> Scope:
    return scope_of(clauses(sentence)[0])


@pytest.mark.parametrize(
    ("sentence", "modal", "flags"),
    [
        ("We support the treaty.", None, ""),
        ("We do not support the treaty.", None, "negated"),
        ("We don't support the treaty.", None, "negated"),
        ("We have never supported the treaty.", None, "negated perfect"),
        ("None of us tested such weapons.", None, "negated past"),
        ("Nobody wants a war in orbit.", None, "negated"),
        ("No State should place weapons in orbit.", "should", "negated"),
        ("We can hardly accept the draft.", "can", "negated"),
        ("We will not accept the draft.", "will", "negated future"),
        ("We should not ignore the danger.", "should", "negated"),
        ("It should never be used for war.", "should", "negated passive"),
        ("States should not test or deploy such weapons.", "should", "negated"),
        ("We won't register our objects.", "will", "negated future"),
        ("We can't register our objects.", "can", "negated"),
        ("States should register their objects.", "should", ""),
        ("States must register their objects.", "must", ""),
        ("States ought to register their objects.", "must", ""),
        ("States need to register their objects.", "must", ""),
        ("States have to register their objects.", "must", ""),
        ("States shall register their objects.", "shall", "future"),
        ("States may register their objects.", "may", ""),
        ("States might register their objects.", "might", ""),
        ("States can register their objects.", "can", ""),
        ("States could register their objects.", "could", ""),
        ("We will register our objects.", "will", "future"),
        ("We'll register our objects.", "will", "future"),
        ("We would register our objects.", "would", ""),
        ("We registered our objects.", None, "past"),
        ("We have registered our objects.", None, "perfect"),
        ("We had registered our objects.", None, "perfect past"),
        ("The objects were registered.", None, "past passive"),
        ("The objects are registered by the State.", None, "passive"),
        ("The objects have been registered.", None, "perfect passive"),
        ("We are registering our objects.", None, "progressive"),
        ("Will others register their objects?", "will", "question future"),
        ("Register your objects in time.", None, "imperative"),
    ],
)
def test_the_surroundings_of_a_verb_are_read(clauses: Clauses, sentence: str, modal: str | None, flags: str) -> None:
    found = scope(clauses, sentence)
    assert found.modal == modal
    assert {name for name in FLAGS if getattr(found, name)} == set(flags.split())


@pytest.mark.parametrize(
    ("sentence", "condition"),
    [
        ("We support the treaty if it is verifiable.", "if it is verifiable"),
        ("We cannot sign unless the text is amended.", "unless the text is amended"),
        ("We support it until a treaty is concluded.", "until a treaty is concluded"),
        ("We support the treaty because it is verifiable.", None),
        ("We support the treaty.", None),
    ],
)
def test_a_condition_is_kept_in_its_words(clauses: Clauses, sentence: str, condition: str | None) -> None:
    assert scope(clauses, sentence).condition == condition


@pytest.mark.parametrize(
    ("verb", "not_", "shifter", "polarity"),
    [
        # does the verb reject? does a negation stand over it? does a shifter ('ban on') stand before the target?
        (False, False, False, "for"),
        (False, False, True, "against"),
        (False, True, False, "against"),
        (False, True, True, "for"),
        (True, False, False, "against"),
        (True, False, True, "for"),
        (True, True, False, "for"),
        (True, True, True, "against"),
    ],
)
def test_polarity_is_the_parity_of_what_turns_it(verb: bool, not_: bool, shifter: bool, polarity: str) -> None:
    assert parity(verb, not_, shifter) == polarity


@pytest.mark.parametrize("word", ["not", "Never", "no", "neither", "cannot", "n't"])
def test_a_word_that_negates_is_known_as_such(word: str) -> None:
    assert is_negative(word)


@pytest.mark.parametrize("word", ["note", "now", "nothingness", "knot"])
def test_a_word_that_only_looks_like_it_does_not_negate(word: str) -> None:
    assert not is_negative(word)


def test_each_step_to_a_negation_is_told(clauses: Clauses) -> None:
    assert scope(clauses, "We do not support the treaty.").steps == ("'not' negates 'support'",)


def test_the_negation_of_a_fixed_form_belongs_to_the_form(clauses: Clauses) -> None:
    assert not scope(clauses, "We are not in a position to support the draft.").negated


def test_the_negation_of_the_verb_above_is_not_that_of_the_clause_below(clauses: Clauses) -> None:
    above, below = clauses("He did not know that the treaty works.")[:2]
    assert (scope_of(above).negated, scope_of(below).negated) == (True, False)
