"""From texts to stances: each document on its own, in as many processes as asked for.

A document that cannot be read or does not fit the vocabulary is put aside with the reason; the rest goes on.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from spacegov import resources
from spacegov.build.authorless import is_authorless, remark_on
from spacegov.build.cache import Cache, Found, key
from spacegov.errors import MissingPiece, SpacegovError
from spacegov.model import Document, Stance, Vocabulary
from spacegov.stances import in_order

if TYPE_CHECKING:
    from spacegov.build.extractor import FairExtractor

WORTH_A_PROCESS: Final = 24
"""Documents for each further process: starting one costs about two seconds."""

Ticker = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Broken:
    """A document, or one stance of it, that was put aside."""

    path: str
    error: str
    """Class of the error, e.g. UnreadableDocument."""
    reason: str
    stance: str | None = None
    """Id of the stance, where only one stance was put aside."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a worker needs to know."""

    language_model: str | None = None
    cache: Path | None = None
    neural: bool = True
    """Whether the neural reader is heard; without it extraction is some twenty times as fast and less often right."""
    authors: tuple[str, ...] = ()
    """Ids of the authors of those documents whose metadata name none; they count more than what a text shows."""
    fresh: bool = False
    """Read nothing from the cache (what is found is still kept there)."""


def load_vocabulary() -> Vocabulary:
    """The shipped vocabulary."""
    from spacegov.rdf.vocabulary import load_vocabulary as load

    return load(resources.folder("data"), resources.folder("ontology"))


def make_extractor(vocabulary: Vocabulary, language_model: str | None = None, *, neural: bool = True) -> FairExtractor:
    """The extractor that builds use: rules with the shipped weights.

    Raises:
        MissingPiece: the language model is not there.
    """
    from spacegov.build.extractor import FairExtractor
    from spacegov.extract.language_model import DEFAULT_MODEL, verify_model
    from spacegov.extract.learned import load_models
    from spacegov.extract.reader import load_reader

    chosen = language_model or DEFAULT_MODEL
    verify_model(chosen)
    weights = resources.folder("data") / "weights"
    reader = load_reader(weights / "reader") if neural else None
    return FairExtractor(vocabulary, models=load_models(weights), reader=reader, language_model=chosen)


class Reader:
    """Reads and extracts one document after another."""

    def __init__(self, vocabulary: Vocabulary, settings: Settings) -> None:
        self.vocabulary = vocabulary
        self.settings = settings
        self.cache = Cache(settings.cache)
        self._extractor: FairExtractor | None = None

    def read(self, path: Path) -> Found | Broken:
        """What a document gives, or why it gives nothing.

        Raises:
            MissingPiece: something is missing that every document needs.
        """
        try:
            return self._read(path)
        except MissingPiece:
            raise
        except SpacegovError as error:
            return Broken(path=str(path), error=type(error).__name__, reason=str(error))
        except Exception as error:  # one odd document must not stop a build of thousands
            reason = f"{path}: {type(error).__name__} while extracting: {error} (please report this)"
            return Broken(path=str(path), error=type(error).__name__, reason=" ".join(reason.split()))

    def _read(self, path: Path) -> Found:
        name = key(
            path,
            vocabulary_hash=self.vocabulary.hash,
            model=f"{self.settings.language_model or ''}|{self.settings.neural}|{' '.join(self.settings.authors)}",
        )
        kept = None if self.settings.fresh else self.cache.get(name)
        if kept is not None:
            return kept
        from spacegov.sources import read_document

        document = read_document(path, vocabulary=self.vocabulary, authors=self.settings.authors)
        if self._extractor is None:
            self._extractor = make_extractor(self.vocabulary, self.settings.language_model, neural=self.settings.neural)
        stances = tuple(in_order(with_pages(self._extractor.extract(document), document)))
        found = Found(
            path=str(path),
            metadata=document.metadata,
            source=document.source,
            sha256=document.sha256,
            words=len(document.text.split()),
            stances=stances,
            remarks=(*document.remarks, *self._on_authors(document, len(stances))),
        )
        self.cache.put(name, found)
        return found

    def _on_authors(self, document: Document, rows: int) -> tuple[str, ...]:
        """What is to be said of a document whose author is not known."""
        if self._extractor is None or not is_authorless(document.metadata):
            return ()
        remark = remark_on(Path(document.path or document.metadata.doc), unheld=self._extractor.unheld, rows=rows)
        return (remark,) if remark else ()


def with_pages(stances: Iterable[Stance], document: Document) -> list[Stance]:
    """The same stances, each with the page on which its passage begins, where the document has pages."""
    if not document.pages:
        return list(stances)
    return [replace(s, evidence=replace(s.evidence, page=document.page_of(s.evidence.start))) for s in stances]


# --- processes ----------------------------------------------------------------------------------------

_reader: Reader | None = None


def _start_worker(settings: Settings) -> None:
    global _reader
    _reader = Reader(load_vocabulary(), settings)


def _work(path: Path) -> Found | Broken:
    assert _reader is not None
    return _reader.read(path)


def read_all(
    paths: Sequence[Path],
    vocabulary: Vocabulary,
    settings: Settings,
    *,
    jobs: int = 1,
    tick: Ticker = lambda done, total, label: None,
) -> list[Found | Broken]:
    """What each document gives, in the order of the paths, whatever the number of processes.

    Args:
        jobs: processes; 0 for as many as the machine and the number of documents are worth.
        tick: told of each document that is done.
    """
    results: dict[Path, Found | Broken] = {}
    workers = min(jobs or _worthwhile(len(paths)), max(1, len(paths)))
    steps = _in_this_process(paths, vocabulary, settings) if workers == 1 else _pool(paths, settings, workers)
    for path, result in steps:
        results[path] = result
        tick(len(results), len(paths), path.name)
    return [results[path] for path in paths]


def _worthwhile(documents: int) -> int:
    return max(1, min(os.cpu_count() or 1, documents // WORTH_A_PROCESS))


def _in_this_process(
    paths: Sequence[Path], vocabulary: Vocabulary, settings: Settings
) -> Iterator[tuple[Path, Found | Broken]]:
    reader = Reader(vocabulary, settings)
    for path in paths:
        yield path, reader.read(path)


def _pool(paths: Sequence[Path], settings: Settings, workers: int) -> Iterator[tuple[Path, Found | Broken]]:
    """The documents by several processes; one that kills its process is found and put aside."""
    left = dict.fromkeys(paths)
    try:
        for path, result in _run_pool(list(left), settings, workers):
            del left[path]
            yield path, result
    except BrokenProcessPool:
        for path in list(left):
            try:
                yield from _run_pool([path], settings, 1)
            except BrokenProcessPool:
                reason = f"{path}: its process was killed (out of memory?): split the document"
                yield path, Broken(path=str(path), error="BrokenProcessPool", reason=reason)


def _run_pool(paths: Sequence[Path], settings: Settings, workers: int) -> Iterator[tuple[Path, Found | Broken]]:
    # spawn: a forked copy of a process with threads may hang
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=context, initializer=_start_worker, initargs=(settings,)) as pool:
        waiting = {pool.submit(_work, path): path for path in paths}
        try:
            for future in as_completed(waiting):
                yield waiting[future], future.result()
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
