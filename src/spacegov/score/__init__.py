"""How good the rows are: extracted rows against rows that people made.

The definition is that of the gold rows' guidelines: rows of one document are paired one to one on
shared words, and each pair reaches a level: span, act, holder, stance. Everything is counted by document
first, so that intervals can be taken by drawing documents (Efron's percentile bootstrap).
"""

from spacegov.score.measures import Counts, Scores, score
from spacegov.score.rows import GoldRow, load_gold, load_rows, texts_folder

__all__ = ["Counts", "GoldRow", "Scores", "load_gold", "load_rows", "score", "texts_folder"]
