"""Good and bad files as tests of rules: each bad one must fail for exactly the reasons it names.

A file says what it expects in its first comment lines, one finding a line:

    # expect: ex:s1 sgsh:Stance-isEvidencedBy sh:MinCountConstraintComponent sh:Violation

that is focus node, shape (or rule id), constraint component (`query` for a check), severity; the last two
may be left out.
A file without such a line must have no finding. Every file must give some shape or check a target.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from spacegov.errors import InputError
from spacegov.namespaces import PREFIXES
from spacegov.validate.context import Background, Rules, Settings
from spacegov.validate.findings import Finding
from spacegov.validate.inputs import find_files
from spacegov.validate.pipeline import validate_paths
from spacegov.validate.wording import compact

_EXPECT: Final = re.compile(r"^#\s*expect:\s*(.*?)\s*$", re.MULTILINE)
_PREFIX: Final = re.compile(r"^\s*(?:@prefix|PREFIX)\s+([\w.-]*):\s*<([^>]*)>", re.MULTILINE | re.IGNORECASE)
_STAGES: Final = ("syntax", "terms", "shapes", "checks")


@dataclass(slots=True)
class Outcome:
    """What a folder of pairs gave."""

    lines: list[str] = field(default_factory=list)
    passed: int = 0
    failed: int = 0


def run_pairs(place: Path, settings: Settings | None = None, *, rules: Rules | None = None) -> Outcome:
    """Try every file of a folder against the rules.

    Files see the ontology, but not the shipped reference data: what they need they must say themselves.

    Raises:
        InputError: the folder holds no file.
    """
    settings = replace(settings or Settings(), background=False)
    rules = rules or Rules(settings)
    background = Background(settings, lean=True)
    files = [file for file in find_files([place]) if file.ending != ".jsonl"]
    if not files:
        raise InputError(f"{place}: no file to test")
    outcome = Outcome()
    for file in files:
        problems = try_file(file.path, settings, rules, background)
        outcome.passed += not problems
        outcome.failed += bool(problems)
        outcome.lines += [f"{file.path}: {problem}" for problem in problems]
    outcome.lines.append(f"{outcome.passed} of {len(files)} files gave what they should.")
    return outcome


def try_file(path: Path, settings: Settings, rules: Rules, background: Background) -> list[str]:
    """What a file gives that it should not, and what it should give and does not."""
    text = path.read_text(encoding="utf-8", errors="replace")
    wanted = [line.split() for line in _EXPECT.findall(text) if line not in ("", "nothing")]
    try:
        found = validate_paths([path], settings, rules=rules, background=background).findings
    except InputError as error:
        return [str(error)]
    named = {words[1] for words in wanted if len(words) > 1}
    found = [f for f in found if (f.stage in _STAGES and f.rule != "SHP-001") or f.rule in named]
    prefixes = dict(PREFIXES) | dict(_PREFIX.findall(text))
    problems = []
    for words in wanted:
        match = next((finding for finding in found if _fits(finding, words, prefixes)), None)
        if match is None:
            problems.append(f"expected and not found: {' '.join(words)}")
        else:
            found.remove(match)
    problems += [
        f"found and not expected: {compact(f.focus)} {compact(f.shape or f.rule)} "
        f"{compact(f.component or '')} {f.severity}: {f.message}"
        for f in found
    ]
    return problems


def _fits(finding: Finding, words: list[str], prefixes: dict[str, str]) -> bool:
    """Whether a finding is the one that a line expects."""
    focus, *rest = [_expanded(word, prefixes) for word in words]
    if focus not in (finding.focus, "-") and not (focus == "_:" and finding.focus.startswith("_:")):
        return False
    if rest and rest[0] not in (finding.shape, finding.rule, _expanded(finding.rule, prefixes)):
        return False
    component = finding.component or ("query" if finding.stage == "checks" else "")
    if len(rest) > 1 and rest[1] not in (component, "-"):
        return False
    return len(rest) < 3 or rest[2].rsplit("#", 1)[-1].lower() == finding.severity


def _expanded(word: str, prefixes: dict[str, str]) -> str:
    if word.startswith("<"):
        return word.strip("<>")
    prefix, colon, local = word.partition(":")
    return prefixes[prefix] + local if colon and prefix in prefixes else word
