"""Every error that a user can cause, each with the exit code that it ends a command with.

SpacegovError                1 or more lines that say what, where, what was seen, what to do
├── InputError        (2)    bad usage, or input that cannot be read
│   ├── UnreadableDocument   a text that gives no text: empty, binary, too large, foreign
│   ├── MetadataError        a sidecar or front matter that cannot be used
│   ├── RowError             a line of stances.jsonl that is no stance
│   ├── VocabularyError      reference data or lexicon that does not fit its shapes
│   ├── UnknownName          a name on the command line that nothing in the graph bears
│   └── OutputError          a folder or file that cannot be written
├── FindingsError     (1)    findings at or above the level asked for
└── MissingPiece      (3)    a model, an extra or a server that is needed is not there
"""

from __future__ import annotations


class SpacegovError(Exception):
    """A mistake that is reported as one line, never as a traceback."""

    exit_code = 2


class InputError(SpacegovError):
    """Bad usage, or input that cannot be read."""


class UnreadableDocument(InputError):
    """A document that gives no text."""


class MetadataError(InputError):
    """A sidecar or front matter that cannot be used."""


class RowError(InputError):
    """A line of a row file that is no stance."""


class VocabularyError(InputError):
    """Reference data or lexicon that does not fit together."""


class UnknownName(InputError):
    """A name that nothing in the graph bears."""


class OutputError(InputError):
    """A place that cannot be written."""


class FindingsError(SpacegovError):
    """Findings at or above the level asked for."""

    exit_code = 1


class MissingPiece(SpacegovError):
    """A model, an extra or a server that is needed is not there."""

    exit_code = 3
