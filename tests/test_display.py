from __future__ import annotations

import pytest

from spacegov.display import one_line, visible


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("red \x1b[31malert", "red \\x1b[31malert"),
        ("title \x1b]0;owned\x07", "title \\x1b]0;owned\\x07"),
        ("back\x08space\x7f", "back\\x08space\\x7f"),
        ("c1 \x9b31m", "c1 \\x9b31m"),
        ("turned \u202egnp", "turned \\x202egnp"),
        ("tab\tand\nline", "tab\tand\nline"),
        ("“quotes” – 中文", "“quotes” – 中文"),
    ],
)
def test_control_characters_are_shown_and_never_obeyed(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_a_message_of_several_lines_becomes_one() -> None:
    assert one_line("first\r\n  second\x1b") == "first second\\x1b"
