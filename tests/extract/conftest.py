"""One extractor with the shipped weights for all tests here, and parsed sentences to look at."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from spacy.tokens import Span

from spacegov.build.documents import load_vocabulary, make_extractor
from spacegov.extract import Extractor
from spacegov.extract.clauses import find_clauses
from spacegov.extract.frames import FrameMatcher
from spacegov.extract.language_model import load_model
from spacegov.extract.mentions import Gazetteer
from spacegov.extract.records import Clause, Mention
from spacegov.model import Vocabulary

sys.path.insert(0, str(Path(__file__).parent))

Parse = Callable[[str], Span]
Clauses = Callable[[str], list[Clause]]
Find = Callable[[str], list[Mention]]


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    """The shipped vocabulary."""
    return load_vocabulary()


@pytest.fixture(scope="session")
def extractor(vocabulary: Vocabulary) -> Extractor:
    """The extractor that builds use."""
    return make_extractor(vocabulary)


@pytest.fixture(scope="session")
def gazetteer(vocabulary: Vocabulary) -> Gazetteer:
    """All shipped names."""
    return Gazetteer(vocabulary)


@pytest.fixture(scope="session")
def parse() -> Parse:
    """The first sentence of a text, parsed."""
    nlp = load_model()
    return lambda text: next(iter(nlp(text).sents))


@pytest.fixture(scope="session")
def clauses(vocabulary: Vocabulary, parse: Parse) -> Clauses:
    """The clauses of a sentence with the shipped frames found in them, the outermost first."""
    matcher = FrameMatcher(vocabulary.frames)

    def cut(text: str) -> list[Clause]:
        found = find_clauses(parse(text), 0)
        for clause in found:
            clause.frames = matcher.match(clause.tokens)
        return found

    return cut
