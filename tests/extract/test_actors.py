"""Whom a noun phrase stands for."""

from __future__ import annotations

import pytest

from conftest import Parse
from spacegov.extract.actors import Names, crowd_of, firm_names, subject_actors
from spacegov.extract.clauses import subjects
from spacegov.extract.mentions import Gazetteer
from spacegov.model import Vocabulary


@pytest.mark.parametrize(
    ("sentence", "actors"),
    [
        ("Fiji signed it.", ("fiji",)),
        ("NASA signed it.", ("united-states",)),
        ("The Foreign Minister of Peru signed it.", ("peru",)),
        ("President Osei of Ghana and Prime Minister Rabuka of Fiji signed it.", ("ghana", "fiji")),
        ("The Soviet delegation signed it.", ("ussr",)),
        # companies, whatever stands before the word
        ("Japanese companies signed it.", ("private-sector",)),
        ("The Kenyan company Acme Orbit signed it.", ("private-sector",)),
        ("Orbex Launch Ltd signed it.", ("private-sector",)),
        ("The Kenya Space Agency and Orbex Launch Ltd signed it.", ("kenya", "private-sector")),
        # no actors
        ("The treaty with Peru works.", ()),
        ("The text, which Peru signed, works.", ()),
        ("My delegation, which Peru answered, signed it.", ()),
    ],
)
def test_a_subject_is_the_actors_that_it_names(
    parse: Parse, gazetteer: Gazetteer, vocabulary: Vocabulary, sentence: str, actors: tuple[str, ...]
) -> None:
    names = Names.of(sentence, sentence, gazetteer.find(sentence), vocabulary.entries)
    assert subject_actors(parse(sentence).root, names) == actors


def test_a_company_named_before_is_known_by_its_name_later(
    parse: Parse, gazetteer: Gazetteer, vocabulary: Vocabulary
) -> None:
    before, sentence = "The Kenyan company Acme Orbit was founded in 2019. ", "Acme signed it."
    mentions = gazetteer.find(sentence)
    root = parse(sentence).root
    assert subject_actors(root, Names.of(before + sentence, sentence, mentions, vocabulary.entries)) == (
        "private-sector",
    )
    assert subject_actors(root, Names.of(sentence, sentence, mentions, vocabulary.entries)) == ()


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The operator Acme Orbit signed.", {"Acme Orbit", "Acme"}),
        ("Acme Orbit, a Kenyan launch company, signed.", {"Acme Orbit", "Acme"}),
        ("Orbex PBC signed.", {"Orbex"}),
        ("The company signed with Peru.", set()),
        ("The Government of Peru signed.", set()),
    ],
)
def test_names_of_companies_are_those_that_a_text_calls_so(text: str, names: set[str]) -> None:
    assert firm_names(text) == names


def test_names_of_another_block_are_not_taken_for_names_here(gazetteer: Gazetteer, vocabulary: Vocabulary) -> None:
    elsewhere = gazetteer.find("Cuba signed it.")
    assert Names.of("", "They signed it.", elsewhere, vocabulary.entries).mentions == ()


@pytest.mark.parametrize(
    ("sentence", "crowd"),
    [
        ("Many delegations agreed.", ("unnamed-states",)),
        ("Five States agreed.", ("unnamed-states",)),
        ("One delegation agreed.", ("unnamed-state",)),
        ("The delegation agreed.", ()),
        ("Many engineers agreed.", ()),
    ],
)
def test_states_without_names_are_counted(parse: Parse, sentence: str, crowd: tuple[str, ...]) -> None:
    assert crowd_of(next(subjects(parse(sentence).root))) == crowd
