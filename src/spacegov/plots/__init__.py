"""Pictures of a graph: Vega-Lite charts that are drawn offline, as PNG or SVG."""

from spacegov.plots.charts import (
    alignment_heat_map,
    life_lines,
    polarisation_lines,
    sponsor_network,
    stance_timeline,
    topic_heat_map,
)
from spacegov.plots.draw import save, to_png, to_svg

__all__ = [
    "alignment_heat_map",
    "life_lines",
    "polarisation_lines",
    "save",
    "sponsor_network",
    "stance_timeline",
    "to_png",
    "to_svg",
    "topic_heat_map",
]
