"""A small world for builds: real ids of the reference data, and an extractor that knows one sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from spacegov.build import documents
from spacegov.model import Document, Entry, Stance, Vocabulary
from spacegov.stances import evidence_at, with_id

SENTENCE = "China supports the Outer Space Treaty."


class OneSentence:
    """Finds SENTENCE, and nothing else; a 'we' in the text is held by nobody."""

    unheld = 0

    def extract(self, document: Document) -> list[Stance]:
        start = document.source.find(SENTENCE)
        self.unheld = document.source.count("We ") if not document.metadata.authors else 0
        if "crash" in document.source:
            raise RuntimeError("a bug")
        if start < 0:
            return []
        evidence = evidence_at(
            document.source, start, start + len(SENTENCE), doc=document.metadata.doc, sha256=document.sha256
        )
        target = "no-such-thing" if "mistake" in document.source else "outer-space-treaty"
        return [
            with_id(
                Stance(
                    id="",
                    evidence=evidence,
                    holders=("china",),
                    act="supports",
                    polarity="for",
                    targets=(target,),
                )
            )
        ]


VOCABULARY = Vocabulary(
    entries={
        "china": Entry(id="china", kind="actor", type="State", label="China"),
        "outer-space-treaty": Entry(id="outer-space-treaty", kind="instrument", type="Treaty", label="OST"),
        "cd": Entry(id="cd", kind="forum", type="Forum", label="Conference on Disarmament"),
    },
    frames=(),
    hash="00" * 32,
)


@pytest.fixture(autouse=True)
def small_world(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Every test here: the small vocabulary, the small extractor, and a cache of its own."""
    monkeypatch.setattr(documents, "make_extractor", lambda vocabulary, language_model=None, neural=True: OneSentence())
    monkeypatch.setattr(documents, "load_vocabulary", lambda: VOCABULARY)
    monkeypatch.setattr("spacegov.build.run.load_vocabulary", lambda: VOCABULARY)
    # the small world has two documents: what validation says of them is tested in test_end_to_end.py
    monkeypatch.setattr("spacegov.build.run.check", lambda quads, **options: [])
    monkeypatch.setattr("spacegov.build.run._shipped", list)
    monkeypatch.setenv("SPACEGOV_CACHE", str(tmp_path / "cache"))


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    """A folder with two good texts."""
    folder = tmp_path / "texts"
    folder.mkdir()
    for name in ("one", "two"):
        (folder / f"{name}.txt").write_text(f"A note.\n\n{SENTENCE}\n", encoding="utf-8")
    return folder
