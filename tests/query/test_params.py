from __future__ import annotations

import pytest
from pyoxigraph import Literal, NamedNode, Store

from spacegov.errors import InputError, UnknownName
from spacegov.namespaces import PREFIXES, iri
from spacegov.query.catalogue import Param, catalogue
from spacegov.query.params import Resolver


@pytest.mark.parametrize(
    "name",
    ["united-states", "United States", "the united  states", "USA", "us", iri("actor", "united-states")],
)
def test_a_thing_is_found_by_any_of_its_names(store: Store, name: str) -> None:
    assert Resolver(store).thing("actor", name) == NamedNode(iri("actor", "united-states"))


def test_a_forum_is_found_by_its_acronym_and_by_its_name(store: Store) -> None:
    for name in ("cd", "CD", "Conference on Disarmament"):
        assert Resolver(store).thing("forum", name) == NamedNode(iri("forum", "cd"))


def test_a_name_of_another_kind_is_not_taken(store: Store) -> None:
    with pytest.raises(UnknownName, match="no actor is called 'cd'"):
        Resolver(store).thing("actor", "cd")


def test_a_misspelt_name_is_answered_with_the_nearest_one(store: Store) -> None:
    with pytest.raises(UnknownName, match="did you mean 'united-states'"):
        Resolver(store).thing("actor", "Untied States")


def test_a_name_of_several_things_is_answered_with_all_of_them(store: Store) -> None:
    with pytest.raises(UnknownName, match=r"names 2 things \(forum\): gge-1, gge-2"):
        Resolver(store).thing("forum", "GGE")


def test_a_text_that_is_no_iri_is_a_name_that_nothing_bears(store: Store) -> None:
    for name in ("x> } DELETE {", "", "\u202e", "a\nb"):
        with pytest.raises(UnknownName):
            Resolver(store).thing("actor", name)


@pytest.mark.parametrize(
    ("name", "said", "day"),
    [("since", "2008", "2008-01-01"), ("until", "2008", "2008-12-31"), ("until", "2008-02", "2008-02-29")],
)
def test_a_partial_date_opens_at_its_first_day_and_closes_at_its_last(
    store: Store, name: str, said: str, day: str
) -> None:
    param = Param(name=name, type="date", required=False)
    datatype = NamedNode(PREFIXES["xsd"] + "date")
    assert Resolver(store).term(param, said) == Literal(day, datatype=datatype)


def test_a_missing_and_an_unknown_parameter_are_named(store: Store) -> None:
    question = catalogue()["position-over-time"]
    with pytest.raises(InputError, match="needs --actor"):
        Resolver(store).bind(question, {})
    with pytest.raises(InputError, match="no parameter 'forum': it takes actor, topic"):
        Resolver(store).bind(question, {"actor": "china", "forum": "cd"})
    with pytest.raises(InputError, match="--since: not a date: 'soon'"):
        Resolver(store).bind(question, {"actor": "china", "since": "soon"})
