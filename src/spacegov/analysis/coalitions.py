"""Groups of actors that agree more with each other than with the rest.

Two actors are tied by what their agreement exceeds chance, `2 * share - 1`, where it is positive. Groups are
the communities of greatest modularity found by greedy merging (A. Clauset, M. E. J. Newman, C. Moore,
'Finding community structure in very large networks', Physical Review E 70, 2004), as networkx computes them.
The order for a heat map is that of average linkage on `1 - share` with leaves turned so that neighbours are
alike (Z. Bar-Joseph, D. K. Gifford, T. S. Jaakkola, 'Fast optimal leaf ordering for hierarchical clustering',
Bioinformatics 17, 2001), as SciPy computes it.
"""

from __future__ import annotations

from collections.abc import Sequence

from spacegov.analysis.alignment import Agreement
from spacegov.errors import MissingPiece
from spacegov.extras import needed

_FAR = 0.5
"""Distance of two actors that share too few targets: neither near nor far."""


def coalitions(pairs: Sequence[Agreement]) -> tuple[tuple[str, ...], ...]:
    """The groups, largest first, members in order; actors without a tie are groups of one.

    Raises:
        MissingPiece: networkx is not installed.
    """
    nx = needed("networkx", extra="analysis")
    graph = nx.Graph()
    graph.add_nodes_from(_actors(pairs))
    graph.add_weighted_edges_from((p.actor, p.other, 2 * p.share - 1) for p in pairs if p.share > 0.5)
    if not graph.number_of_edges():
        return tuple((actor,) for actor in _actors(pairs))
    found = nx.community.greedy_modularity_communities(graph, weight="weight")
    groups = [tuple(sorted(group)) for group in found]
    return tuple(sorted(groups, key=lambda group: (-len(group), group)))


def ordered(pairs: Sequence[Agreement]) -> tuple[str, ...]:
    """The actors in an order in which those that agree stand side by side.

    Raises:
        MissingPiece: SciPy is not installed.
    """
    actors = _actors(pairs)
    if len(actors) < 3:
        return actors
    try:
        import numpy as np
        from scipy.cluster.hierarchy import leaves_list, linkage
        from scipy.spatial.distance import squareform
    except ImportError:
        raise MissingPiece("SciPy is not installed: pip install 'spacegov[analysis]'") from None
    place = {actor: n for n, actor in enumerate(actors)}
    distance = np.full((len(actors), len(actors)), _FAR)
    np.fill_diagonal(distance, 0.0)
    for pair in pairs:
        i, j = place[pair.actor], place[pair.other]
        distance[i, j] = distance[j, i] = 1 - pair.share
    tree = linkage(squareform(distance), method="average", optimal_ordering=True)
    return tuple(actors[n] for n in leaves_list(tree))


def _actors(pairs: Sequence[Agreement]) -> tuple[str, ...]:
    return tuple(sorted({p.actor for p in pairs} | {p.other for p in pairs}))
