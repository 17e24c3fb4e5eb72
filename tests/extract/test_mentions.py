"""Names of known things in a text: borders, capitals, the longest match, UN symbols."""

from __future__ import annotations

import pytest

from conftest import Find
from spacegov.extract.mentions import Gazetteer
from spacegov.model import Entry, Name, Vocabulary


def ids(gazetteer: Gazetteer, text: str, kind: str | None = None) -> list[str]:
    return [m.id for m in gazetteer.find(text) if (kind is None or m.kind == kind) and not m.cue]


@pytest.mark.parametrize(
    ("text", "actors"),
    [
        ("The US supports it.", ["united-states"]),
        ("It concerns all of us.", []),
        ("Let us act.", []),
        ("China and Russia agree.", ["china", "russia"]),
        ("He ate from fine china.", []),
        ("The turkey was eaten.", []),
        ("The NATO summit", ["nato"]),
        ("Oman spoke; the woman listened.", ["oman"]),
        ("the United States of America", ["united-states"]),
        ("the non-aligned countries met", ["nam"]),
        ("a non-aligned Movement", ["nam"]),
    ],
)
def test_an_actor_is_found_by_its_name_and_capitals(gazetteer: Gazetteer, text: str, actors: list[str]) -> None:
    assert ids(gazetteer, text, "actor") == actors


@pytest.mark.parametrize(
    ("text", "actors"),
    [
        ("Ottawa will send the bill.", ["canada"]),
        ("Seoul's envoy was unimpressed.", ["republic-of-korea"]),
        ("The speech called on Tokyo to avoid tests.", ["japan"]),
        ("London and Lima were of one mind.", ["united-kingdom", "peru"]),
        ("He complained that New Delhi wants a seat.", ["india"]),
        ("But Tokyo said no.", ["japan"]),
        ("In Tokyo said to be safe, it was not.", []),
        ("It was signed at London, Lima and Tokyo on Monday.", []),
        ("The meeting in Ottawa went on.", []),
        ("The Ottawa Convention bans mines.", []),
        ("OTTAWA is what the sign said.", []),
        ("A London-based firm launched it.", []),
        ("Talks between Lima and Tokyo failed.", []),
        ("They left Tokyo today.", []),
        ("President Lima spoke.", []),
    ],
)
def test_a_capital_stands_for_its_state_where_somebody_acts(gazetteer: Gazetteer, text: str, actors: list[str]) -> None:
    assert ids(gazetteer, text, "actor") == actors


def test_a_demonym_is_marked_as_one(gazetteer: Gazetteer) -> None:
    (soviet,) = [m for m in gazetteer.find("the Soviet proposal") if m.kind == "actor"]
    assert (soviet.id, soviet.adjective) == ("ussr", True)


@pytest.mark.parametrize(
    ("text", "instrument"),
    [
        ("under resolution 75/36", "a-res-75-36"),
        ("under General Assembly resolution 75/36", "a-res-75-36"),
        ("as in A/RES/69/32 of that year", "a-res-69-32"),
        ("its resolution (A/RES/69/32).", "a-res-69-32"),
        ("resolution 1884 (XVIII)", "a-res-1884-xviii"),
        ("see 1884(XVIII)", "a-res-1884-xviii"),
        ("document CD/1839", "ppwt-2008"),
        ("document CD/1985", "ppwt-2014"),
        ("Security Council draft S/2024/302", "s-2024-302"),
        ("the Outer Space Treaty", "outer-space-treaty"),
        ("the Artemis Accords", "artemis-accords"),
        ("the Treaty of Moscow", "ptbt"),
        ("the Hague Code", "hcoc"),
        ("the ABM Treaty of 1972", "abm-treaty"),
    ],
)
def test_an_instrument_is_found_by_name_or_symbol(gazetteer: Gazetteer, text: str, instrument: str) -> None:
    assert instrument in ids(gazetteer, text, "instrument")


@pytest.mark.parametrize("text", ["resolution 75/3600", "CD/18390", "75/36 of the shares", "A/RES/999/999"])
def test_a_symbol_that_nothing_bears_gives_nothing(gazetteer: Gazetteer, text: str) -> None:
    assert ids(gazetteer, text, "instrument") == []


@pytest.mark.parametrize(
    "text",
    [
        "weaponization of outer space",
        "weaponisation of outer space",
        "outer space weaponization",
        "WEAPONIZATION OF SPACE",
    ],
)
def test_spellings_of_a_topic_are_one(gazetteer: Gazetteer, text: str) -> None:
    assert "weaponization-of-outer-space" in ids(gazetteer, text, "topic")


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("a new theatre of war above our heads", "space-as-war-fighting-domain"),
        ("a springboard for war", "space-as-war-fighting-domain"),
        ("the rule of unanimity", "consensus"),
        ("It was decided that there be no majority rule.", "consensus"),
        ("places given out first-come, first-served", "equitable-access"),
        ("two tracking stations on the island", "tracking-facilities"),
        ("a tracking station on the island", "tracking-facilities"),
        ("Outer space is the common heritage of all.", "province-of-all-mankind"),
        ("an anti-satellite weapon", "anti-satellite-weapons"),
    ],
)
def test_a_topic_is_found_by_the_ways_of_naming_it(gazetteer: Gazetteer, text: str, topic: str) -> None:
    assert topic in {m.id for m in gazetteer.find(text) if m.kind == "topic" and not m.cue}


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("We acted in conjunction with our neighbours.", "collision-avoidance"),
        ("A fund was set up for orphans.", "expert-group-establishment"),
        ("the sovereignty of islands", "non-appropriation"),
        ("interference in internal affairs", "cyber-threats-to-space-systems"),
        ("the first use of nuclear weapons", "no-first-placement"),
    ],
)
def test_words_of_other_matters_name_no_topic(gazetteer: Gazetteer, text: str, topic: str) -> None:
    assert topic not in {m.id for m in gazetteer.find(text) if not m.cue}


def test_the_place_of_a_mention_is_that_of_its_words(gazetteer: Gazetteer) -> None:
    text = "We praise the Outer Space Treaty’s wisdom — and China’s."
    for mention in gazetteer.find(text):
        assert text[mention.start : mention.end] == mention.text


@pytest.mark.parametrize("text", ["", "   ", "\n", "…", "No names here."])
def test_a_text_without_names_has_no_mentions(gazetteer: Gazetteer, text: str) -> None:
    assert ids(gazetteer, text) == []


# --- a small vocabulary, built by hand -----------------------------------------------------------------


def entry(identifier: str, kind: str, *names: str, type: str = "Thing", acronym: bool = False) -> Entry:
    return Entry(
        id=identifier, kind=kind, type=type, label=names[0], names=tuple(Name(text=n, acronym=acronym) for n in names)
    )


@pytest.fixture(scope="module")
def find() -> Find:
    entries = (
        entry("guinea", "actor", "Guinea", type="State"),
        entry("guinea-bissau", "actor", "Guinea-Bissau", type="State"),
        entry("debris", "topic", "debris", type="Topic"),
        entry("debris-removal", "topic", "debris removal", type="Topic"),
        entry("debris-pact", "instrument", "Pact on Debris Removal", type="Treaty"),
        entry("council", "forum", "Council of Mars", type="Forum"),
        entry("mars", "actor", "Mars", type="State"),
        entry("it", "actor", "IT", type="State", acronym=True),
        entry("powers", "actor", "the powers", type="GenericActor"),
    )
    return Gazetteer(Vocabulary(entries={e.id: e for e in entries}, frames=())).find


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Guinea-Bissau spoke.", ["guinea-bissau"]),
        ("Guinea spoke.", ["guinea"]),
        ("Equatorial-Guinea spoke.", []),
        ("debris removal", ["debris-removal"]),
        ("debris, removal", ["debris"]),
        ("the Pact on Debris Removal", ["debris-pact"]),
        ("the Council of Mars", ["council"]),
        ("Mars and the Council of Mars", ["mars", "council"]),
        ("Marsh", []),
        ("IT spoke, and it was heard.", ["it"]),
        ("It spoke.", []),
        ("the powers agree", ["powers"]),
    ],
)
def test_the_longest_name_between_borders_is_taken(find: Find, text: str, found: list[str]) -> None:
    assert [m.id for m in find(text)] == found
