"""What a clause is about."""

from __future__ import annotations

from dataclasses import replace

import pytest

from conftest import Clauses
from spacegov.extract.mentions import Gazetteer
from spacegov.extract.references import references
from spacegov.extract.targets import MOST, Target, candidate_phrase, choose, described, target_features
from spacegov.model import Act, Vocabulary


@pytest.fixture
def targets(clauses: Clauses, gazetteer: Gazetteer, vocabulary: Vocabulary):  # type: ignore[no-untyped-def]
    """Targets of the first clause of a sentence by names alone, without the learnt component."""

    def find(sentence: str, before: str = "", act: Act = "supports", holders: tuple[str, ...] = ()) -> list[Target]:
        clause = clauses(sentence)[0]
        inside = gazetteer.find(sentence)
        near = gazetteer.find(before)
        return choose(
            clause, act, {}, inside, near, vocabulary.entries, date="2020-01-01", holders=holders
        )  # fmt: skip

    return find


@pytest.mark.parametrize(
    ("sentence", "target"),
    [
        ("We support the Outer Space Treaty.", "outer-space-treaty"),
        ("We support resolution 75/36.", "a-res-75-36"),
        ("We fear the weaponization of outer space.", "weaponization-of-outer-space"),
    ],
)
def test_what_a_clause_names_is_its_target(targets, sentence: str, target: str) -> None:  # type: ignore[no-untyped-def]
    assert targets(sentence)[0].id == target


def test_an_instrument_goes_before_a_topic(targets) -> None:  # type: ignore[no-untyped-def]
    found = targets("The Outer Space Treaty forbids the weaponization of outer space.")
    assert [t.id for t in found] == ["outer-space-treaty", "weaponization-of-outer-space"]


def test_this_treaty_points_back_to_the_one_before(targets) -> None:  # type: ignore[no-untyped-def]
    found = targets("This Treaty deserves our support.", before="The Moon Agreement is old.")
    assert found[0].id == "moon-agreement"
    assert found[0].source.startswith("pointed back to")


def test_a_noun_without_pointer_does_not_point_back(targets) -> None:  # type: ignore[no-untyped-def]
    found = targets("Peace deserves our support.", before="The Moon Agreement is old.")
    assert "moon-agreement" not in [t.id for t in found]


def test_what_nothing_fits_becomes_a_candidate_with_its_phrase(targets) -> None:  # type: ignore[no-untyped-def]
    (found,) = targets("We propose a Martian postal service.")
    assert found.id == "new:martian-postal-service"


def test_a_target_says_where_it_came_from(targets) -> None:  # type: ignore[no-untyped-def]
    assert targets("We support the Outer Space Treaty.")[0].source == "named: 'Outer Space Treaty'"


def test_every_instrument_that_a_clause_names_is_a_target(targets) -> None:  # type: ignore[no-untyped-def]
    found = targets("We support the Outer Space Treaty, the Moon Agreement and the Rescue Agreement.")
    assert {"outer-space-treaty", "moon-agreement", "rescue-agreement"} <= {t.id for t in found}


@pytest.mark.parametrize(
    ("holders", "target"),
    [
        (("peru", "fiji"), "bilateral-cooperation"),
        (("peru",), "international-cooperation"),
        (("peru", "fiji", "ghana"), "international-cooperation"),
        (("peru", "g77"), "international-cooperation"),
    ],
)
def test_what_two_states_do_together_is_bilateral(targets, holders: tuple[str, ...], target: str) -> None:  # type: ignore[no-untyped-def]
    found = targets("We shall deepen international cooperation.", act="commits", holders=holders)
    assert [t.id for t in found] == [target]


def test_targets_are_few_and_each_stands_once(targets) -> None:  # type: ignore[no-untyped-def]
    names = "the Outer Space Treaty, the Moon Agreement, the Rescue Agreement, the Liability Convention and the NPT"
    found = [t.id for t in targets(f"We support {names} and {names}.")]
    assert 0 < len(found) == len(set(found)) <= MOST


@pytest.mark.parametrize(
    ("sentence", "phrase"),
    [
        ("We propose a Martian postal service.", "martian-postal-service"),
        ("We rely on Martian law.", "martian-law"),
    ],
)
def test_a_candidates_name_is_the_objects_phrase(clauses: Clauses, sentence: str, phrase: str) -> None:
    assert candidate_phrase(clauses(sentence)[0]) == phrase


@pytest.mark.parametrize(
    ("sentence", "said", "date", "instrument"),
    [
        ("China and Russia submitted a draft treaty.", "2008", "2020", "ppwt-2008"),
        ("China and Russia submitted a draft treaty.", "2014", "2020", "ppwt-2014"),
        ("China and Russia submitted a draft treaty.", None, "2010-01-01", "ppwt-2008"),
        ("China and Russia submitted a draft treaty.", None, "2020-01-01", "ppwt-2014"),
        ("China and Russia submitted a draft treaty.", None, "2001-01-01", None),
        ("Peru and Ghana submitted a draft treaty.", None, "2020-01-01", None),
        ("China and Russia met.", None, "2020-01-01", None),
    ],
)
def test_a_draft_is_known_by_its_sponsors_and_date(
    clauses: Clauses,
    gazetteer: Gazetteer,
    vocabulary: Vocabulary,
    sentence: str,
    said: str | None,
    date: str,
    instrument: str | None,
) -> None:
    clause = clauses(sentence)[0]
    found = described(clause, "proposes", (), said, date, gazetteer.find(sentence), (), vocabulary.entries)
    assert found == instrument


@pytest.mark.parametrize(
    ("before", "sentence", "day", "instrument"),
    [
        ("Russia has tabled a new text.", "Belarus backs that draft resolution.", "2024-05-06", "s-2024-383"),
        ("Russia has tabled a new text.", "Belarus backs that draft resolution.", "2024-03-01", None),
        ("Peru has tabled a new text.", "Belarus backs that draft resolution.", "2024-05-06", None),
        ("China and Russia have tabled a text.", "Belarus backs this draft treaty.", "2010-01-01", "ppwt-2008"),
        ("China and Russia have tabled a text.", "Belarus backs a draft treaty.", "2010-01-01", None),
        ("Russia has tabled a new text.", "Belarus backs that treaty.", "2024-05-06", None),
    ],
)
def test_that_draft_is_of_the_actor_named_last(
    clauses: Clauses, gazetteer: Gazetteer, vocabulary: Vocabulary, before: str, sentence: str, day: str,
    instrument: str | None,
) -> None:  # fmt: skip
    clause, inside = clauses(sentence)[0], gazetteer.find(sentence)
    near = [replace(m, start=m.start - 200, end=m.end - 200) for m in gazetteer.find(before)]
    assert described(clause, "supports", (), None, day, inside, near, vocabulary.entries) == instrument


def test_the_features_of_a_target_name_words_names_and_neighbours(clauses: Clauses, gazetteer: Gazetteer) -> None:
    clause = clauses("We support the Outer Space Treaty.")[0]
    inside, near = gazetteer.find("We support the Outer Space Treaty."), gazetteer.find("The Moon Agreement is old.")
    names = {n for n, _ in target_features(clause.tokens, inside, near, [("w:support", 1.0), ("head:support", 1.0)])}
    assert {"bias", "w:support", "m:outer-space-treaty", "n:moon-agreement"} <= names
    assert "head:support" not in names


def test_a_target_beside_the_best_needs_a_fair_share_of_its_score(
    clauses: Clauses, gazetteer: Gazetteer, vocabulary: Vocabulary
) -> None:
    sentence = "We support the Outer Space Treaty."
    clause, inside = clauses(sentence)[0], gazetteer.find(sentence)

    def ids(chance: float) -> list[str]:
        learnt = {"outer-space-treaty": 0.3, "peaceful-uses": chance}
        return [t.id for t in choose(clause, "supports", learnt, inside, (), vocabulary.entries, date=None)]

    assert ids(0.3) == ["outer-space-treaty"]
    assert ids(0.5) == ["outer-space-treaty", "peaceful-uses"]


def test_a_short_reference_is_a_target_with_its_words(
    clauses: Clauses, gazetteer: Gazetteer, vocabulary: Vocabulary
) -> None:
    text = "The Moon Agreement is old. We support the Agreement."
    sentence = "We support the Agreement."
    (meant,) = references(text, gazetteer.find(text), vocabulary.entries)
    (found,) = choose(
        clauses(sentence)[0], "supports", {}, (), (), vocabulary.entries, date=None, referring=[meant]
    )  # fmt: skip
    assert (found.id, found.source) == ("moon-agreement", "refers back: 'the Agreement'")


@pytest.mark.parametrize(
    ("sentence", "day", "found"),
    [
        ("We support it.", "2009", ["ppwt-2008", "peaceful-uses"]),
        ("We support it.", None, ["ppwt-2008", "peaceful-uses"]),
        ("We support it.", "1966", ["peaceful-uses"]),
        ("We support the PPWT of 2008.", "1966", ["peaceful-uses", "ppwt-2008"]),  # named: it is no guess
    ],
)
def test_nothing_is_about_an_instrument_of_a_later_day_that_it_does_not_name(
    clauses: Clauses, gazetteer: Gazetteer, vocabulary: Vocabulary, sentence: str, day: str | None, found: list[str]
) -> None:
    learnt = {"ppwt-2008": 0.7, "peaceful-uses": 0.6}
    inside = [m for m in gazetteer.find(sentence) if m.id == "ppwt-2008"]
    targets = choose(clauses(sentence)[0], "supports", learnt, inside, (), vocabulary.entries, date=day)
    assert [t.id for t in targets] == found
