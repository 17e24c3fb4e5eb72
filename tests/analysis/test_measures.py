from __future__ import annotations

import math
from itertools import combinations
from random import Random

import networkx as nx
import pytest
from scipy.stats import binomtest

from spacegov.analysis.alignment import alignment, wilson
from spacegov.analysis.coalitions import coalitions, ordered
from spacegov.analysis.polarisation import dispersion, polarisation
from spacegov.analysis.sides import sides
from spacegov.analysis.sponsors import network, ties, to_gexf, to_graphml
from spacegov.query.stances import StanceFacts


def stance(holder: str, polarity: str, target: str, *, act: str = "supports", year: str = "2010") -> StanceFacts:
    return StanceFacts(
        id=f"{holder}-{target}-{polarity}-{year}", holders=(holder,), act=act, polarity=polarity,
        targets=(target,), addressees=(), forum="", date=year, earliest=f"{year}-01-01" if year else "",
        latest=f"{year}-12-31" if year else "", speaker="", on_behalf_of="", condition="", may_allude=(),
        confidence=0.9, review="unreviewed", passages=(),
    )  # fmt: skip


def test_a_side_is_what_an_actor_mostly_says() -> None:
    said = [stance("a", "for", "t"), stance("a", "for", "t"), stance("a", "against", "t")]
    assert sides(said) == {"a": {"t": 1}}


def test_equal_weights_neutral_words_and_deeds_are_no_side() -> None:
    said = [
        stance("a", "for", "t"),
        stance("a", "against", "t"),
        stance("b", "neutral", "t"),
        stance("c", "for", "t", act="reports"),
    ]
    assert sides(said) == {}
    assert sides(said, deeds=True) == {"c": {"t": 1}}


def test_agreement_is_counted_over_the_targets_that_both_took_a_side_on() -> None:
    taken = {"a": {"t1": 1, "t2": -1, "t3": 1}, "b": {"t1": 1, "t2": 1, "t4": 1}}
    (pair,) = alignment(taken, min_shared=1)
    assert (pair.actor, pair.other, pair.shared, pair.agree, pair.share) == ("a", "b", 2, 1, 0.5)


def test_pairs_with_too_few_shared_targets_are_left_out() -> None:
    assert alignment({"a": {"t1": 1}, "b": {"t1": 1}}, min_shared=2) == ()


@pytest.mark.parametrize(("successes", "trials"), [(0, 1), (1, 1), (8, 10), (50, 100), (3, 1000)])
def test_the_interval_is_that_of_scipy(successes: int, trials: int) -> None:
    theirs = binomtest(successes, trials).proportion_ci(method="wilson")
    assert wilson(successes, trials) == pytest.approx((theirs.low, theirs.high))


def test_alignment_by_matrices_is_alignment_counted_one_by_one() -> None:
    chance = Random(7)
    taken = {
        f"actor-{n:02}": {f"t{m}": chance.choice((-1, 1)) for m in range(30) if chance.random() < 0.4}
        for n in range(20)
    }
    expected = {}
    for a, b in combinations(sorted(taken), 2):
        shared = [t for t in taken[a] if t in taken[b]]
        if len(shared) >= 3:
            expected[a, b] = (len(shared), sum(taken[a][t] == taken[b][t] for t in shared))
    assert {(p.actor, p.other): (p.shared, p.agree) for p in alignment(taken)} == expected


def _two_camps() -> dict[str, dict[str, int]]:
    camp = {f"t{n}": 1 for n in range(6)}
    other = {f"t{n}": -1 for n in range(6)}
    return {"a": camp, "x": other, "b": {**camp, "t0": -1}, "y": {**other, "t1": 1}, "c": camp}


def test_actors_that_agree_are_one_coalition_and_stand_side_by_side() -> None:
    pairs = alignment(_two_camps())
    assert coalitions(pairs) == (("a", "b", "c"), ("x", "y"))
    order = ordered(pairs)
    assert {order[:2], order[:2][::-1], order[3:], order[3:][::-1]} & {("x", "y"), ("y", "x")}


def test_without_agreement_everybody_stands_alone() -> None:
    taken = {"a": {"t1": 1, "t2": 1, "t3": 1}, "b": {"t1": -1, "t2": -1, "t3": -1}}
    assert coalitions(alignment(taken)) == (("a",), ("b",))


def test_polarisation_is_the_variance_of_positions() -> None:
    chance = Random(3)
    for _ in range(20):
        positions = [chance.choice((1, -1, 0)) for _ in range(9)]
        mean = math.fsum(positions) / 9
        variance = math.fsum((p - mean) ** 2 for p in positions) / 9
        counted = dispersion(positions.count(1), positions.count(-1), positions.count(0))
        assert counted == pytest.approx(variance)


def test_an_actor_counts_once_a_year_and_two_voices_are_no_debate() -> None:
    said = [stance("a", "for", "t"), stance("a", "for", "t"), stance("b", "against", "t"),
            stance("c", "against", "t", year="2011"), stance("d", "for", "t", year="")]  # fmt: skip
    first, second = polarisation(said, min_actors=2)
    assert (first.year, first.in_favour, first.against, first.polarisation) == (2010, 1, 1, 1.0)
    assert (second.year, second.actors, second.polarisation) == (2011, 1, None)


SPONSORS = {"p1": ("china", "russia"), "p2": ("china", "russia", "brazil"), "p3": ("china",)}


def test_a_text_of_two_binds_more_than_a_text_of_three() -> None:
    found = {(tie.actor, tie.other): (tie.times, tie.weight) for tie in ties(SPONSORS)}
    assert found == {("brazil", "china"): (1, 0.5), ("brazil", "russia"): (1, 0.5), ("china", "russia"): (2, 1.5)}


def test_the_weights_are_those_of_networkx_for_collaboration_networks() -> None:
    both = nx.Graph((proposal, actor) for proposal, actors in SPONSORS.items() for actor in actors)
    actors = {actor for names in SPONSORS.values() for actor in names}
    theirs = nx.bipartite.collaboration_weighted_projected_graph(both, actors)
    ours = network(ties(SPONSORS))
    assert set(map(frozenset, ours.edges)) == set(map(frozenset, theirs.edges))
    for a, b in ours.edges:
        assert ours[a][b]["weight"] == pytest.approx(theirs[a][b]["weight"])


def test_the_network_leaves_as_graphml_and_gexf_without_a_clock() -> None:
    import io

    graph = network(ties(SPONSORS))
    assert nx.read_graphml(io.BytesIO(to_graphml(graph)))["china"]["russia"]["times"] == 2
    gexf = to_gexf(graph)
    assert nx.read_gexf(io.BytesIO(gexf))["china"]["russia"]["times"] == 2
    assert b"lastmodifieddate" not in gexf and b"NetworkX" not in gexf
