"""Turtle becomes the records that extraction works with."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from spacegov.errors import VocabularyError
from spacegov.model import Frame, Name, Tenure, Vocabulary
from spacegov.rdf.vocabulary import load_vocabulary

PREFIXES = "".join(
    f"@prefix {name}: <{space}> .\n"
    for name, space in {
        "sg": "https://w3id.org/spacegov/ontology#",
        "skos": "http://www.w3.org/2004/02/skos/core#",
        "dcterms": "http://purl.org/dc/terms/",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
        "lex": "https://w3id.org/spacegov/lexicon/",
        "act": "https://w3id.org/spacegov/id/act/",
        **{
            kind: f"https://w3id.org/spacegov/id/{kind}/"
            for kind in (
                "actor",
                "forum",
                "instrument",
                "topic",
                "person",
                "post",
                "membership",
                "submission",
            )
        },
    }.items()
)
TOPICS = """
topic:space-security a sg:Topic ; skos:prefLabel "Space security"@en .
topic:arms-race a sg:Topic ; skos:prefLabel "Arms race in outer space"@en ; skos:altLabel "PAROS"@en ,
    "course aux armements"@fr ; skos:broader topic:space-security .
"""
ACTORS = """
actor:russia a sg:State ; skos:prefLabel "Russian Federation"@en ; sg:acronym "RF" ; sg:demonym "Russian" .
actor:ussr a sg:State , sg:HistoricalState ; skos:prefLabel "Soviet Union"@en ;
    sg:isSucceededBy actor:russia ; sg:from "1922-12-30"^^xsd:date ; sg:until "1991"^^xsd:gYear .
actor:china a sg:State ; skos:prefLabel "China"@en .
actor:arf a sg:Organisation ; skos:prefLabel "ASEAN Regional Forum"@en .
forum:arf a sg:Forum ; skos:prefLabel "ASEAN Regional Forum"@en ; sg:isPartOf actor:arf .
forum:cd a sg:Forum ; skos:prefLabel "Conference on Disarmament"@en .
person:li-song a sg:Person ; skos:prefLabel "Li Song"@en .
post:li-song-china a sg:Post ; sg:isPostOf person:li-song ; sg:represents actor:china ;
    sg:roleTitle "Permanent representative" ; sg:from "2023"^^xsd:gYear .
membership:m1 a sg:Membership ; sg:isMembershipOf actor:china ; sg:isMembershipIn forum:cd ;
    sg:hasRole "member" .
"""
INSTRUMENTS = """
instrument:ppwt-2008 a sg:DraftTreaty ; skos:prefLabel "Draft treaty of 2008"@en ; skos:altLabel "08/1"@en .
instrument:ppwt-2014 a sg:DraftTreaty ; skos:prefLabel "Draft treaty of 2014"@en ; sg:symbol "CD/1985" ;
    sg:supersedes instrument:ppwt-2008 ; dcterms:subject topic:arms-race .
submission:s1 a sg:Submission ; sg:submits instrument:ppwt-2014 ;
    sg:isSubmittedBy actor:russia , actor:china ; sg:isSubmittedIn forum:cd ;
    sg:onDate "2014-06-10"^^xsd:date ; sg:submissionAct "updated" .
submission:s2 a sg:Submission ; sg:submits instrument:ppwt-2014 ; sg:isSubmittedBy actor:ussr ;
    sg:submissionAct "opposed" .
"""
LEXICON = """
lex:oppose sg:frameForm "oppose" ; sg:framePos "verb" ; sg:frameRole "act" ; sg:frameAct act:opposes ;
    sg:frameEffect "against" ; sg:frameSubject "holder" ; sg:frameWeight 0.9 ;
    skos:example "We oppose it."@en ; sg:counterExample "As opposed to it."@en .
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A small vocabulary on disk; its last folder is the cache's."""
    for name, content in {
        "ontology/topics": TOPICS,
        "data/reference/actors": ACTORS,
        "data/reference/instruments": INSTRUMENTS,
        "data/lexicon/acts": LEXICON,
    }.items():
        file = tmp_path / f"{name}.ttl"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(PREFIXES + content)
    return tmp_path


def load(home: Path) -> Vocabulary:
    return load_vocabulary(home / "data", home / "ontology", cache=home / "cache")


def test_a_state_has_its_names_with_the_label_first(home: Path) -> None:
    russia = load(home).entries["russia"]

    assert (russia.kind, russia.type, russia.label) == ("actor", "State", "Russian Federation")
    assert russia.names == (Name(text="Russian Federation", preferred=True), Name(text="RF", acronym=True))
    assert russia.demonyms == ("Russian",)


def test_what_is_only_wished_for_is_of_no_day(home: Path) -> None:
    place = home / "data/reference/instruments.ttl"
    place.write_text(place.read_text() + 'instrument:ppwt-2014 sg:status "proposed" .')
    assert load(home).entries["ppwt-2014"].since is None


def test_the_most_special_class_counts(home: Path) -> None:
    ussr = load(home).entries["ussr"]

    assert (ussr.type, ussr.successors, ussr.since, ussr.until) == (
        "HistoricalState",
        ("russia",),
        "1922-12-30",
        "1991",
    )


def test_an_acronym_among_the_names_is_seen_as_one(home: Path) -> None:
    topic = load(home).entries["arms-race"]

    assert topic.broader == ("space-security",)
    assert Name(text="PAROS", acronym=True) in topic.names
    assert Name(text="course aux armements", language="fr") in topic.names


def test_a_bare_number_is_no_name_in_running_text(home: Path) -> None:
    assert [name.text for name in load(home).entries["ppwt-2008"].names] == ["Draft treaty of 2008"]


def test_an_instrument_knows_its_sponsors_and_where_it_was_submitted(home: Path) -> None:
    draft = load(home).entries["ppwt-2014"]

    assert draft.sponsors == ("china", "russia")
    assert (draft.forum, draft.since, draft.symbol) == ("cd", "2014-06-10", "CD/1985")
    assert (draft.supersedes, draft.about) == (("ppwt-2008",), ("arms-race",))


def test_an_id_of_two_kinds_has_two_entries(home: Path) -> None:
    entries = load(home).entries

    assert entries["arf"].kind == "actor"
    assert (entries["forum/arf"].id, entries["forum/arf"].kind) == ("arf", "forum")


def test_posts_and_memberships_are_dated(home: Path) -> None:
    vocabulary = load(home)

    assert vocabulary.posts == (Tenure(of="li-song", at="china", role="Permanent representative", since="2023"),)
    assert vocabulary.memberships == (Tenure(of="china", at="cd", role="member"),)


def test_a_frame_is_read_whole(home: Path) -> None:
    assert load(home).frames == (
        Frame(
            id="oppose", form="oppose", pos="verb", role="act", act="opposes", effect="against",
            subject="holder", weight=0.9,
            examples=("We oppose it.",), counter_examples=("As opposed to it.",),
        ),
    )  # fmt: skip


def test_without_a_lexicon_there_are_no_frames(home: Path) -> None:
    (home / "data/lexicon/acts.ttl").unlink()

    assert load(home).frames == ()


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        (
            "data/reference/actors.ttl",
            'skos:prefLabel "China"@en',
            "skos:note 1",
            r"actors\.ttl:\d+: china: no English",
        ),
        ("data/reference/actors.ttl", '"China"@en', '"China"@en , "PRC"@en', "china: more than one English"),
        (
            "data/reference/actors.ttl",
            "actor:arf .",
            "actor:afr .",
            r"arf: isPartOf points to .*/afr, which no file",
        ),
        ("data/reference/actors.ttl", "a sg:Person ;", "", "li-song: no class of the ontology"),
        ("data/reference/actors.ttl", "sg:isMembershipIn forum:cd ;", "", "m1: .* need one value each"),
        ("data/reference/actors.ttl", "sg:State ;", "sg:State ,;", r"actors\.ttl:\d+:\d+: not Turtle"),
        (
            "data/lexicon/acts.ttl",
            '"verb"',
            '"verbal"',
            "oppose: sg:framePos is 'verbal'; use one of adjective",
        ),
        ("data/lexicon/acts.ttl", "act:opposes", "act:op", "oppose: sg:frameAct is op; give one of proposes"),
        ("data/lexicon/acts.ttl", "act:opposes", "act:opposes, act:supports", "is opposes and supports; give one of"),
        ("data/lexicon/acts.ttl", "0.9", '"much"', "oppose: sg:frameWeight is 'much'; write a decimal number"),
    ],
)
def test_what_does_not_fit_is_one_line_with_its_place(home: Path, file: str, old: str, new: str, message: str) -> None:
    path = home / file
    path.write_text(path.read_text().replace(old, new, 1))

    with pytest.raises(VocabularyError, match=message) as caught:
        load(home)
    assert "\n" not in str(caught.value)


def test_the_line_is_the_one_on_which_the_thing_begins(home: Path) -> None:
    path = home / "data/reference/actors.ttl"
    path.write_text(path.read_text().replace('skos:prefLabel "China"@en', "skos:note 1"))
    line = path.read_text().splitlines().index("actor:china a sg:State ; skos:note 1 .") + 1

    with pytest.raises(VocabularyError, match=rf"actors\.ttl:{line}: china"):
        load(home)


def test_a_folder_without_reference_data_is_refused(tmp_path: Path) -> None:
    with pytest.raises(VocabularyError, match=r"no reference/\*\.ttl"):
        load_vocabulary(tmp_path, tmp_path)


def test_missing_topics_are_refused(home: Path) -> None:
    (home / "ontology/topics.ttl").unlink()

    with pytest.raises(VocabularyError, match=r"topics\.ttl: cannot be read"):
        load(home)


# --- the cache ---


def test_the_cache_gives_back_what_was_read(home: Path) -> None:
    first = load(home)
    assert len(list((home / "cache").iterdir())) == 1

    assert load(home) == first


def test_the_hash_follows_the_content(home: Path) -> None:
    before = load(home).hash
    path = home / "data/reference/actors.ttl"
    path.write_text(path.read_text().replace("China", "Chine"))

    changed = load(home)
    assert changed.entries["china"].label == "Chine"
    assert changed.hash != before


@pytest.mark.parametrize("damage", [b"", b"{}", b"null", b"\xff\x00", None])
def test_a_damaged_cache_is_built_anew(home: Path, damage: bytes | None) -> None:
    first = load(home)
    (kept,) = (home / "cache").iterdir()
    whole = kept.read_bytes()
    kept.write_bytes(whole.replace(b"Russian Federation", b"Rushian Federation") if damage is None else damage)

    assert load(home) == first
    assert kept.read_bytes() == whole


def test_a_cache_that_cannot_be_written_is_no_error(home: Path) -> None:
    (home / "cache").write_text("a file where a folder is wanted")

    assert load(home).entries["china"].label == "China"


def test_old_files_leave_the_cache(home: Path) -> None:
    path = home / "data/reference/actors.ttl"
    for year in range(7):
        path.write_text(path.read_text() + f"# {year}\n")
        load(home)

    assert len(list((home / "cache").iterdir())) == 4


def test_the_shipped_vocabulary_is_there_quickly(tmp_path: Path) -> None:
    began = time.perf_counter()
    first = load_vocabulary(cache=tmp_path)
    built = time.perf_counter() - began
    again = load_vocabulary(cache=tmp_path)
    read = time.perf_counter() - began - built

    assert again == first
    assert {"china", "cd", "ppwt-2014", "space-debris", "li-song"} <= first.entries.keys()
    # 0.6 s and 0.06 s on an idle core; the limits leave room for a busy one
    assert built < 6
    assert read < 1
