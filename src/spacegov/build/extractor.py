"""The extractor that builds use: it gives nobody the words of a text without an author."""

from __future__ import annotations

from collections.abc import Iterator

from spacegov.build.authorless import NOBODY, is_authorless, with_stand_in
from spacegov.extract.candidate import Candidate
from spacegov.extract.pipeline import Extractor, Outcome
from spacegov.model import Document


class FairExtractor(Extractor):
    """An extractor that leaves out what only an unknown author can hold, and counts it."""

    unheld = 0
    """Stances of the last document that were left out, since nobody is known to hold them."""

    def candidates(self, document: Document, *, gated: bool = True) -> Iterator[Candidate]:
        """Every clause with its features, in a text without an author as if a stand-in had written it."""
        if is_authorless(document.metadata):
            document = with_stand_in(document, self._vocabulary)
        return super().candidates(document, gated=gated)

    def explain(self, document: Document) -> list[Outcome]:
        """The stances of `extract` in the same order, each with what led to it."""
        outcomes = super().explain(document)
        held = [outcome for outcome in outcomes if NOBODY not in outcome.stance.holders]
        self.unheld = len(outcomes) - len(held)
        return held
