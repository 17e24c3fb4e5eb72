"""The way over the wire: a server of a few lines on this machine that speaks the OpenAI-compatible protocol."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

import pytest

from spacegov.errors import MissingPiece
from spacegov.extract.llm import LlmExtractor, open_model
from spacegov.model import Vocabulary

ONE = "China supports the draft treaty on the prevention of an arms race in outer space."


class Server(HTTPServer):
    """Gives `arguments` as the call of the first tool, and keeps what it was sent."""

    arguments = "{}"
    status = 200

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.sent: list[tuple[str | None, dict[str, Any]]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/v1"


class _Handler(BaseHTTPRequestHandler):
    server: Server

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.sent.append((self.headers["Authorization"], body))
        call = {
            "id": "c", "type": "function",
            "function": {"name": body["tools"][0]["function"]["name"], "arguments": self.server.arguments},
        }  # fmt: skip
        answer = {
            "id": "a", "object": "chat.completion", "created": 0, "model": body["model"],
            "choices": [{
                "index": 0, "finish_reason": "tool_calls",
                "message": {"role": "assistant", "content": None, "tool_calls": [call]},
            }],
            "usage": {"prompt_tokens": 1000, "completion_tokens": 50, "total_tokens": 1050},
        }  # fmt: skip
        data = json.dumps(answer).encode()
        self.send_response(self.server.status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: tests are quiet."""


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    pytest.importorskip("pydantic_ai", reason="the extra [llm] is not installed")
    for name in ("SPACEGOV_LLM_KEY", "SPACEGOV_LLM_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("OPENAI_API_KEY", "made-for-openai")
    with Server() as made:
        thread = Thread(target=made.serve_forever, daemon=True)
        thread.start()
        yield made
        made.shutdown()
        thread.join()


def test_a_server_of_ones_own_is_asked_and_believed_like_any_model(
    server: Server, vocabulary: Vocabulary, document: Callable[..., Any], row: Callable[..., Any]
) -> None:
    server.arguments = json.dumps({"rows": [row(), row(quote="an invented quotation")]})
    asked = LlmExtractor(vocabulary, open_model("small", server.url))
    (stance,) = asked.extract(document(ONE))
    assert stance.evidence.exact == "China supports the draft treaty"
    assert stance.extractor.startswith("llm:small@")
    assert asked.spent == 1050
    ((key, body),) = server.sent
    assert key == "Bearer none"
    assert body["temperature"] == 0.0
    by_role = {message["role"]: message["content"] for message in body["messages"]}
    assert ONE in by_role["user"] and ONE not in by_role["system"]
    shown = body["tools"][0]["function"]["parameters"]["properties"]["rows"]["items"]["properties"]
    assert "expresses-concern" in shown["act"]["enum"]


def test_a_server_that_refuses_is_one_line_and_the_key_is_not_in_it(
    server: Server, vocabulary: Vocabulary, document: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SPACEGOV_LLM_KEY", "made-for-this-one")
    server.status = 401
    with pytest.raises(MissingPiece, match="does not answer") as caught:
        LlmExtractor(vocabulary, open_model("small", server.url)).extract(document(ONE))
    assert server.sent[0][0] == "Bearer made-for-this-one"
    assert "made-for-this-one" not in str(caught.value) and "\n" not in str(caught.value)
