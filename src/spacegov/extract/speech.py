"""Verbs with which somebody is told to say or to think something."""

from __future__ import annotations

from typing import Final

SPEECH_VERBS: Final = frozenset(
    [
        "say", "state", "note", "stress", "underline", "underscore", "emphasize", "emphasise", "point", "add",
        "declare", "announce", "remark", "observe", "tell", "comment", "argue", "assert", "believe", "maintain",
        "recall", "reiterate", "affirm", "warn", "explain", "conclude", "write", "hope",
    ]
)  # fmt: skip
"""Verbs whose content clause is what a speaker holds."""
TELLING: Final = SPEECH_VERBS | {
    "answer", "reply", "respond", "retort", "contend", "insist", "caution", "complain", "promise", "suggest",
    "propose", "protest", "rejoin", "counter", "report", "dismiss", "denounce", "deny", "concede", "confirm", "claim",
    "charge", "disclose", "reveal", "vow",
}  # fmt: skip
"""Verbs that make their subject the speaker of a report."""
SAYING: Final = TELLING | {
    "consider", "think", "feel", "hold", "agree", "recommend", "decide", "urge", "demand", "request", "ask", "express",
    "fear", "find", "admit", "reaffirm", "pledge", "regret", "doubt", "object", "hint", "recount", "grant", "reckon",
    "describe", "expect",
}  # fmt: skip
"""Verbs whose content clause is their subject's: said, thought or wished."""
