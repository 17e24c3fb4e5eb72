"""Baselines: the findings that are known already, so that a run fails only on what is new."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from spacegov.errors import InputError
from spacegov.files import write_atomically
from spacegov.validate.findings import Finding


def read_baseline(path: Path) -> frozenset[str]:
    """The fingerprints of a baseline file.

    Raises:
        InputError: there is no such file, or it is none that `--write-baseline` made.
    """
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
        return frozenset(entry["fingerprint"] for entry in document["findings"])
    except OSError as error:
        raise InputError(f"{path}: no baseline ({error.strerror}); make one with --write-baseline") from None
    except (ValueError, KeyError, TypeError):
        raise InputError(f"{path}: not a baseline; make one with --write-baseline") from None


def write_baseline(path: Path, findings: Iterable[Finding]) -> None:
    """Write the findings of now as known, in order, with enough beside each for a reader of diffs.

    Raises:
        OutputError: the place cannot be written.
    """
    entries = {
        finding.fingerprint: {
            "fingerprint": finding.fingerprint,
            "rule": finding.rule,
            "focus": finding.focus,
            "message": finding.message,
        }
        for finding in findings
    }
    ordered = sorted(entries.values(), key=lambda entry: (entry["rule"], entry["focus"], entry["fingerprint"]))
    write_atomically(path, json.dumps({"version": 1, "findings": ordered}, ensure_ascii=False, indent=1) + "\n")
