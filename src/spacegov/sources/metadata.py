"""What is known of a document: from its sidecar, its front matter, and last from its text."""

from __future__ import annotations

import difflib
import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final

from spacegov.dates import date_range
from spacegov.errors import MetadataError
from spacegov.model import Metadata, Vocabulary
from spacegov.sources.reading import shown

FIELDS: Final = (
    "doc", "title", "date", "author", "speaker", "forum", "kind", "language", "symbol", "address", "basis",
)  # fmt: skip
DOCUMENT_KINDS: Final = (
    "statement", "speech", "working-paper", "joint-statement", "resolution", "treaty", "guidelines",
    "fact-sheet", "press-briefing", "press-release", "news", "report", "law",
)  # fmt: skip
SIDECAR: Final = ".meta.json"

_SLUG: Final = re.compile(r"[a-z0-9][a-z0-9._-]{0,119}", re.IGNORECASE | re.ASCII)
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", re.ASCII)
_ADDRESS: Final = re.compile(r"https?://[^\s<>\"{}|\\^`]+", re.IGNORECASE)
_MAY_BE: Final[Mapping[str, tuple[str, ...]]] = {
    "author": ("actor", "forum"),
    "speaker": ("person",),
    "forum": ("forum", "meeting", "actor"),
}


def sidecar_of(path: Path) -> Path:
    """The place of a document's sidecar, whether or not there is one.

    >>> sidecar_of(Path("texts/cd-1839.txt")).name
    'cd-1839.meta.json'
    """
    return path.with_name(path.name.removesuffix(path.suffix) + SIDECAR)


def read_sidecar(path: Path) -> dict[str, object]:
    """The fields of a sidecar; none where there is no such file.

    Raises:
        MetadataError: it is no JSON, or no object.
    """
    try:
        with path.open("rb") as stream:
            fields = json.loads(stream.read(1_000_000).decode("utf-8-sig"))
    except FileNotFoundError:
        return {}
    except json.JSONDecodeError as error:
        raise MetadataError(f"{shown(path)}:{error.lineno}: not JSON ({error.msg}); mend it") from None
    except (UnicodeDecodeError, RecursionError) as error:
        raise MetadataError(f"{shown(path)}: not JSON in UTF-8 ({type(error).__name__}); mend it") from None
    except OSError as error:
        raise MetadataError(f"{shown(path)}: cannot be opened ({error.strerror or error}); check it") from None
    if not isinstance(fields, dict):
        raise MetadataError(f'{shown(path)}:1: no JSON object; write {{"title": "…"}}')
    return fields


def metadata_from(path: Path, sidecar: Mapping[str, object], front: Mapping[str, object] | None = None) -> Metadata:
    """Metadata as they are given; the sidecar wins over the front matter.

    Raises:
        MetadataError: an unknown field, or a value that cannot be meant.
    """
    place = shown(sidecar_of(path))
    given = Metadata(doc=slug_of(path.name.removesuffix(path.suffix)), origin={"doc": "found: file name"})
    given = _with_fields(given, front or {}, shown(path), "front matter")
    return _with_fields(given, sidecar, place, "sidecar")


def slug_of(name: str) -> str:
    """A file's name as the id of a document.

    >>> slug_of("Statement of Chîna (2024)")
    'statement-of-china-2024'
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-zA-Z0-9._-]+", "-", plain).strip("-._")
    return (slug if slug == name else slug.lower())[:120] or "document"


def _with_fields(metadata: Metadata, fields: Mapping[str, object], place: str, origin: str) -> Metadata:
    changes: dict[str, object] = {}
    origins = dict(metadata.origin)
    for field, value in fields.items():
        if field not in FIELDS:
            raise MetadataError(f"{place}: no field {field!r}{_suggest(field, FIELDS)}")
        if value is None or value == []:
            continue
        if field == "author":
            changes["authors"] = _texts(value, place, field)
        elif field == "basis":
            changes["basis"] = "; ".join(_texts(value, place, field))
        else:
            changes[field] = _checked(_text(value, place, field), place, field)
        origins[field] = origin
    return replace(metadata, **changes, origin=origins)  # type: ignore[arg-type]  # fields checked one by one


def _checked(value: str, place: str, field: str) -> str:
    if field == "date":
        try:
            date_range(value)
        except ValueError as error:
            raise MetadataError(f"{place}: date: {error}") from None
    elif field == "kind" and value not in DOCUMENT_KINDS:
        raise MetadataError(f"{place}: kind: no kind of document {value!r}{_suggest(value, DOCUMENT_KINDS)}")
    elif field == "doc" and not _SLUG.fullmatch(value):
        raise MetadataError(f"{place}: doc: {value!r} is no id; use letters, digits, '-', '.' and '_' only")
    elif field == "language" and not _LANGUAGE.fullmatch(value):
        raise MetadataError(f"{place}: language: {value!r} is no language tag; write 'en'")
    elif field == "address" and not _ADDRESS.fullmatch(value):
        raise MetadataError(f"{place}: address: {value!r} is no web address; write 'https://…'")
    return value


def _text(value: object, place: str, field: str) -> str:
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)  # "date": 2016
    if not isinstance(value, str) or not value.strip() or any(ord(character) < 32 for character in value.strip()):
        raise MetadataError(f"{place}: {field}: one line of text was expected, not {_short(value)}")
    return value.strip()


def _texts(value: object, place: str, field: str) -> tuple[str, ...]:
    if isinstance(value, (list, tuple)):
        return tuple(dict.fromkeys(_text(item, place, field) for item in value))
    return (_text(value, place, field),)


def _short(value: object) -> str:
    shown_value = repr(value)
    return shown_value if len(shown_value) < 60 else f"{shown_value[:57]}..."


def _suggest(value: str, known: tuple[str, ...] | list[str]) -> str:
    near = difflib.get_close_matches(value, known, n=1, cutoff=0.6)
    return f"; did you mean {near[0]!r}?" if near else f"; known: {', '.join(known)}" if len(known) < 20 else ""


def with_known_speaker(metadata: Metadata, vocabulary: Vocabulary) -> tuple[Metadata, tuple[str, ...]]:
    """The metadata without a speaker whom the vocabulary does not know, and the line that says so.

    A text is not worse for a speaker whom nobody knows: persons are many, and nobody's stance hangs on one.
    """
    speaker = metadata.speaker
    if speaker is None or vocabulary.kind(speaker) in _MAY_BE["speaker"]:
        return metadata, ()
    place = metadata.origin.get("speaker", "given")
    remark = f"speaker ({place}): left out, since {_unknown('speaker', speaker, vocabulary)}"
    origin = {field: note for field, note in metadata.origin.items() if field != "speaker"}
    return replace(metadata, speaker=None, origin=origin), (remark,)


def check_ids(metadata: Metadata, vocabulary: Vocabulary, path: Path) -> None:
    """Make sure that the vocabulary knows the ids of authors and forum.

    Raises:
        MetadataError: it does not, or knows them as something else.
    """
    given = [("author", author) for author in metadata.authors]
    given += [("forum", metadata.forum)] if metadata.forum else []
    for field, value in given:
        if vocabulary.kind(value) in _MAY_BE[field]:
            continue
        origin = metadata.origin.get(field)
        place = shown(sidecar_of(path) if origin == "sidecar" else path)
        raise MetadataError(f"{place}: {field}: {_unknown(field, value, vocabulary)}")


def _unknown(field: str, value: str, vocabulary: Vocabulary) -> str:
    wanted = " or ".join(_MAY_BE[field][:2])
    known = [entry.id for entry in vocabulary.entries.values() if entry.kind in _MAY_BE[field]]
    hint = _suggest(value, known) or f"; use the id of one of the {len(known)} known, or leave it out"
    return f"no {wanted} has the id {value!r}{hint}"
