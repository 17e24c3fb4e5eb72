"""Stances out of texts: components that only add to what they are handed, listed in `pipeline`."""

from spacegov.extract.pipeline import Extractor

__all__ = ["Extractor"]
