"""The optional extractor that asks a language model, behind the interface of `Extractor`.

Passage by passage: cache → budget → model → checks (`llm_checks.py`). The instructions are a file of this
package and the labels of the topics; the document's words are only ever in the user message, as data.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Final

from spacegov.errors import MissingPiece
from spacegov.extract.gate import names_domain
from spacegov.extract.llm_cache import AnswerCache, question_key
from spacegov.extract.llm_checks import RowCheck
from spacegov.extract.llm_records import Answer, Dropped, LlmReading, Passage
from spacegov.extract.mentions import Gazetteer
from spacegov.extract.records import Mention
from spacegov.model import Document, Stance, Vocabulary
from spacegov.stances import in_order

if TYPE_CHECKING:
    from pydantic_ai.models import Model

    from spacegov.extract.llm_client import Client

FORM: Final = "1"
"""Raised when the form of questions or kept answers changes."""
MAX_OUTPUT: Final = 2000
LONGEST_PASSAGE: Final = 6000
BYTES_A_TOKEN: Final = 3
"""English has about 4.5: asking stops rather early than late."""
FORM_TOKENS: Final = 600
"""For the form of a row, which goes with every question."""
_TO_A_MACHINE: Final = re.compile(
    r"\b(?:ignore|disregard|forget|override)\b[^.]{0,40}\b(?:instructions?|prompts?)\b|\bsystem prompt\b"
    r"|\byou are (?:now )?(?:an? )?(?:AI|language model|chatbot|assistant)\b"
    r"|</?(?:passage|document|introduced-by|ids)\b",
    re.IGNORECASE,
)


class LlmExtractor:
    """Stances of documents as a language model reads them, each row checked against text and vocabulary.

    Args:
        model: a model of pydantic-ai (`open_model` makes one from a name and an address).
        budget_tokens: tokens that all documents together may take; then nothing more is asked.
        cache_dir: where answers are kept; None keeps none.
    """

    def __init__(
        self, vocabulary: Vocabulary, model: Model, *, budget_tokens: int = 200_000, cache_dir: Path | None = None
    ) -> None:
        self._vocabulary = vocabulary
        self._gazetteer = Gazetteer(vocabulary)
        self._cache = AnswerCache(cache_dir)
        self._instructions = instructions(vocabulary)
        self._model_name = f"{model.system}:{model.model_name}:{model.base_url or ''}"
        self._client = _client(model, self._instructions)
        self.budget_tokens = budget_tokens
        self.spent = 0
        self.name = f"llm:{model.model_name}@{hashlib.sha256(self._instructions.encode()).hexdigest()[:16]}"
        """What stands as extractor in rows and graph: the model, and the hash of its instructions."""

    def extract(self, document: Document) -> list[Stance]:
        """Stances in reading order; every quote stands letter by letter at its offsets."""
        return list(self.read(document).stances)

    def read(self, document: Document) -> LlmReading:
        """The stances, and with them all that was dropped and why, what was read and what it took."""
        mentions = self._gazetteer.find(document.text)
        named = {m.id for m in mentions if not m.cue}
        check = RowCheck(document, self._vocabulary, named, self.name)
        stances: list[Stance] = []
        dropped: list[Dropped] = []
        read: list[tuple[int, int]] = []
        calls = kept = 0
        before = self.spent
        stopped: str | None = None
        for passage in self._passages(document, mentions):
            span = document.source_span(passage.start, passage.end)
            words = f"{passage.introduced_by}\n{document.text[passage.start : passage.end]}"
            if _TO_A_MACHINE.search(words):
                dropped.append(_dropped(document, span[0], "the passage speaks to a machine: not sent"))
                continue
            message = self._message(document, passage, mentions)
            key = question_key(FORM, self._instructions, self._model_name, str(MAX_OUTPUT), message)
            answer = self._cache.get(key)
            if answer is not None:
                kept += 1
            else:
                stopped = self._too_dear(message)
                if stopped:
                    break
                calls += 1
                asked = self._ask(message)
                if isinstance(asked, str):
                    dropped.append(_dropped(document, span[0], asked))
                    continue
                answer = asked
                self._cache.put(key, answer)
            read.append(span)
            found, left_out = _believe(answer, passage, check)
            stances += found
            dropped += [_dropped(document, span[0], reason, quote) for reason, quote in left_out]
        return LlmReading(
            stances=tuple(in_order(stances)), dropped=tuple(dropped), read=tuple(read), calls=calls, kept=kept,
            tokens=self.spent - before, stopped=stopped,
        )  # fmt: skip

    # --- asking -------------------------------------------------------------------------------------

    def _estimate(self, message: str) -> int:
        size = len(self._instructions.encode()) + len(message.encode())
        return size // BYTES_A_TOKEN + 1 + FORM_TOKENS + MAX_OUTPUT

    def _too_dear(self, message: str) -> str | None:
        need = self._estimate(message)
        if self.spent + need <= self.budget_tokens:
            return None
        return (
            f"the budget of {self.budget_tokens} tokens ends here: {self.spent} are spent, "
            f"the next passage may take {need}; what follows was not read by the model"
        )

    def _ask(self, message: str) -> Answer | str:
        """The answer, or why there is none; what it took is booked either way."""
        from spacegov.extract.llm_client import AnswerUnusable, BudgetSpent

        estimate = self._estimate(message)
        try:
            answer = self._client.ask(message, at_most=self.budget_tokens - self.spent)
        except (AnswerUnusable, BudgetSpent) as error:
            self.spent += estimate  # the library does not say what a failed answer took
            return f"the answer cannot be used: {error}"
        self.spent += answer.tokens or estimate  # a server that counts nothing must not run for ever
        return answer

    # --- what is shown ------------------------------------------------------------------------------

    def _passages(self, document: Document, mentions: Sequence[Mention]) -> Iterator[Passage]:
        """Paragraphs and list items that touch the domain; long ones in parts."""
        for block in document.blocks:
            if block.kind not in {"paragraph", "item"}:
                continue
            head = document.blocks[block.head] if block.head is not None else None
            before = document.text[head.start : head.end] if head else ""
            above = {m.id for m in mentions if head and head.start <= m.start < head.end and not m.cue}
            for start, end in _parts(document.text, block.start, block.end):
                inside = [m for m in mentions if start <= m.start and m.end <= end]
                if names_domain(document.text[start:end]) or any(m.kind in {"instrument", "topic"} for m in inside):
                    named = above | {m.id for m in inside if not m.cue}
                    yield Passage(start=start, end=end, introduced_by=before, named=frozenset(named))

    def _message(self, document: Document, passage: Passage, mentions: Sequence[Mention]) -> str:
        """The user message: data in tags whose key is the hash of the data, so that no text can close its own."""
        meta, entries = document.metadata, self._vocabulary.entries
        facts = "\n".join(
            f"{name}: {' '.join(value.split())}"
            for name, value in (
                ("title", meta.title), ("authors", ", ".join(meta.authors)), ("speaker", meta.speaker),
                ("forum", meta.forum), ("date", meta.date), ("kind", meta.kind),
            ) if value
        )  # fmt: skip
        hinted = {m.id for m in mentions if passage.start <= m.start and m.end <= passage.end}
        given = {*meta.authors, meta.speaker or "", meta.forum or "", *passage.named, *hinted}
        ids = "\n".join(f"{i}: {entries[i].kind}, {entries[i].label}" for i in sorted(given) if i in entries)
        text = document.text[passage.start : passage.end]
        mark = hashlib.sha256("\0".join((facts, passage.introduced_by, text)).encode()).hexdigest()[:32]
        parts = (("document", facts), ("ids", ids), ("introduced-by", passage.introduced_by), ("passage", text))
        return "\n".join(f"<{tag} {mark}>\n{body}\n</{tag} {mark}>" for tag, body in parts if body)


def prompt() -> str:
    """The instructions that every model gets, as shipped."""
    return files("spacegov.extract").joinpath("llm_prompt.txt").read_text(encoding="utf-8")


def instructions(vocabulary: Vocabulary) -> str:
    """The prompt and the topics of a vocabulary: of our own making, the same for every passage."""
    generic = {"GenericActor", "UnnamedActor"}
    listed = sorted((e.id, e.label) for e in vocabulary.entries.values() if e.kind == "topic" or e.type in generic)
    return f"{prompt()}\nIds that may always be used:\n" + "\n".join(f"{i}: {label}" for i, label in listed)


def open_model(name: str, url: str | None = None) -> Model:
    """A model behind an OpenAI-compatible address; keys are read from the environment (`llm_client.open_model`).

    Raises:
        InputError: the address is none.
        MissingPiece: the extra `[llm]` or a key is missing.
    """
    try:
        from spacegov.extract.llm_client import open_model as opened

        return opened(name, url)
    except ImportError:
        raise MissingPiece(f"--llm {name}: an extra is missing: pip install 'spacegov[llm]'") from None


def _client(model: Model, text: str) -> Client:
    # whoever has a model has the library
    from spacegov.extract.llm_client import Client

    return Client(model, text, max_output=MAX_OUTPUT)


def _believe(answer: Answer, passage: Passage, check: RowCheck) -> tuple[list[Stance], list[tuple[str, str]]]:
    """The stances of an answer, and (reason, quote) for all that was left out of it."""
    stances: list[Stance] = []
    left_out = [(reason, "") for reason in answer.malformed]
    for row in answer.rows:
        stance, reasons = check.stance(row, passage)
        left_out += [(reason, row.quote) for reason in reasons]
        if stance is not None:
            stances.append(stance)
    return stances, left_out


def _parts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A block in parts that are short enough, cut behind a full stop where there is one."""
    while end - start > LONGEST_PASSAGE:
        stop = text.rfind(". ", start + 1, start + LONGEST_PASSAGE)
        cut = stop + 1 if stop > 0 else start + LONGEST_PASSAGE
        yield start, cut
        start = cut
    if end > start:
        yield start, end


def _dropped(document: Document, start: int, reason: str, quote: str = "") -> Dropped:
    return Dropped(doc=document.metadata.doc, start=start, reason=reason, quote=" ".join(quote.split())[:120])
