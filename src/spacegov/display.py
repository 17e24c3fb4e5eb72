"""Text made safe to show: nothing that a document says may steer a terminal."""

from __future__ import annotations


def visible(text: str) -> str:
    """A text that cannot steer a terminal: control characters are written out, line breaks and tabs kept.

    >>> visible("red \\x1b[31malert")
    'red \\\\x1b[31malert'
    """
    return "".join(c if c in "\n\t" or not _steers(c) else f"\\x{ord(c):02x}" for c in text)


def one_line(text: str) -> str:
    """The same, on one line.

    >>> one_line("not\\n  found")
    'not found'
    """
    return visible(" ".join(text.split()))


def _steers(character: str) -> bool:
    # C0, DEL, C1, and the marks that turn the direction of writing (CVE-2021-42574)
    code = ord(character)
    return code < 0x20 or 0x7F <= code < 0xA0 or 0x202A <= code <= 0x202E or 0x2066 <= code <= 0x2069
