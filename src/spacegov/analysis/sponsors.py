"""Who joins whom in sponsoring proposals, as a network.

Nodes are actors; an edge says how many proposals two actors sponsored together (`times`), and how closely
(`weight`): each proposal adds `1 / (n - 1)` for its n sponsors, since a text of two binds more than a text
of forty (M. E. J. Newman, 'Scientific collaboration networks II', Physical Review E 64, 2001). The rows come
from the fact tables' submissions, so that each is one act of sponsoring, not one mention of it.
"""

from __future__ import annotations

import io
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any

from spacegov.extras import needed
from spacegov.query.catalogue import catalogue
from spacegov.query.labels import Labels
from spacegov.query.run import ask

if TYPE_CHECKING:
    from pyoxigraph import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """Two actors that sponsored together."""

    actor: str
    other: str
    times: int
    weight: float
    proposals: tuple[str, ...]


def proposals(store: Store) -> dict[str, tuple[str, ...]]:
    """Sponsors of each submission of the fact tables, ids as slugs."""
    found: dict[str, tuple[str, ...]] = {}
    for row in ask(store, catalogue()["who-proposed"], {}).rows:
        if row["basis"] == "reference":
            holders = row["holders"]
            assert isinstance(holders, tuple)
            found[str(row["fact"])] = tuple(str(holder) for holder in holders)
    return dict(sorted(found.items()))


def ties(sponsors: Mapping[str, Iterable[str]]) -> tuple[Tie, ...]:
    """Every pair that sponsored together, in the order of names."""
    together: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    weight: defaultdict[tuple[str, str], float] = defaultdict(float)
    for proposal, names in sorted(sponsors.items()):
        members = sorted(set(names))
        for pair in combinations(members, 2):
            together[pair].append(proposal)
            weight[pair] += 1 / (len(members) - 1)
    return tuple(
        Tie(actor=a, other=b, times=len(found), weight=round(weight[a, b], 6), proposals=tuple(found))
        for (a, b), found in sorted(together.items())
    )


def network(found: Iterable[Tie], label: Labels | None = None) -> Any:
    """The ties as a networkx graph.

    Raises:
        MissingPiece: networkx is not installed.
    """
    nx = needed("networkx", extra="analysis")
    from pyoxigraph import NamedNode

    from spacegov.namespaces import iri

    graph = nx.Graph(name="co-sponsors of proposals on outer space")
    for tie in found:
        for actor in (tie.actor, tie.other):
            name = label(NamedNode(iri("actor", actor))) if label else actor
            graph.add_node(actor, label=name)
        graph.add_edge(tie.actor, tie.other, times=tie.times, weight=tie.weight, proposals="|".join(tie.proposals))
    return graph


def to_graphml(graph: Any) -> bytes:
    """The network as GraphML."""
    import networkx as nx

    stream = io.BytesIO()
    nx.write_graphml_xml(graph, stream)
    return stream.getvalue()


def to_gexf(graph: Any) -> bytes:
    """The network as GEXF 1.2, without the date and version that networkx puts in: same ties, same bytes."""
    import networkx as nx

    text = "\n".join(nx.generate_gexf(graph))
    text = re.sub(r'<meta lastmodifieddate="[^"]*">', "<meta>", text)
    text = re.sub(r"<creator>[^<]*</creator>", "<creator>spacegov</creator>", text)
    return text.encode() + b"\n"
