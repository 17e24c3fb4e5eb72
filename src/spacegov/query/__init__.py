"""Questions to a graph: the catalogue, its parameters, safe running, answers."""
