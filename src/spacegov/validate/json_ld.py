"""JSON-LD without the net: contexts are written out from what is bundled, or the document is refused."""

from __future__ import annotations

import json
from typing import Any

from spacegov.rdf.json_ld import CONTEXT, CONTEXT_IRI


class ForeignContext(ValueError):
    """The document names contexts that would have to be fetched."""

    def __init__(self, addresses: list[str]) -> None:
        super().__init__(", ".join(addresses))
        self.addresses = addresses


def bundled_contexts() -> dict[str, Any]:
    """The contexts that JSON-LD may name by address."""
    return {CONTEXT_IRI: dict(CONTEXT)}


def with_contexts(text: str) -> bytes:
    """The document with bundled contexts written out.

    Raises:
        json.JSONDecodeError: it is not JSON.
        ForeignContext: it asks for any other context.
    """
    foreign: list[str] = []
    document = _written_out(json.loads(text), foreign)
    if foreign:
        raise ForeignContext(list(dict.fromkeys(foreign)))
    return json.dumps(document).encode()


def _written_out(value: Any, foreign: list[str]) -> Any:
    if isinstance(value, list):
        return [_written_out(item, foreign) for item in value]
    if not isinstance(value, dict):
        return value
    return {
        key: _context(item, foreign) if key == "@context" else _written_out(item, foreign)
        for key, item in value.items()
    }


def _context(value: Any, foreign: list[str]) -> Any:
    if isinstance(value, str):
        known = bundled_contexts()
        if value not in known:
            foreign.append(value)
        return known.get(value)
    if isinstance(value, list):
        return [_context(item, foreign) for item in value]
    if isinstance(value, dict) and isinstance(value.get("@import"), str):
        foreign.append(value["@import"])
    return _written_out(value, foreign) if isinstance(value, dict) else value
