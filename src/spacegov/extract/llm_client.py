"""Asking a model through pydantic-ai. Only this module knows that library, and only on demand.

The extra `[llm]` brings it; `llm.py` imports this module when the first document is read.
"""

from __future__ import annotations

import os
from typing import Annotated, Any, Final, Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, ValidationError, WithJsonSchema
from pydantic_ai import Agent
from pydantic_ai.exceptions import (
    AgentRunError,
    ModelAPIError,
    UnexpectedModelBehavior,
    UsageLimitExceeded,
)
from pydantic_ai.models import Model
from pydantic_ai.usage import UsageLimits

from spacegov.errors import InputError, MissingPiece
from spacegov.extract.llm_records import Answer, RawRow

MOST_ROWS: Final = 16
"""Rows of one passage; what comes after is put aside."""
MOST_IDS: Final = 12
KEY: Final = "SPACEGOV_LLM_KEY"
URL: Final = "SPACEGOV_LLM_URL"


class Row(BaseModel):
    """One position that the passage states."""

    model_config = ConfigDict(strict=True, extra="ignore", frozen=True)

    quote: str
    act: Literal[
        "proposes", "supports", "opposes", "calls-for", "criticises", "expresses-concern", "commits", "reports"
    ]
    polarity: Literal["for", "against", "neutral"]
    holders: Annotated[list[str], Field(max_length=MOST_IDS)]
    targets: Annotated[list[str], Field(max_length=MOST_IDS)]
    addressees: Annotated[list[str], Field(max_length=MOST_IDS)] = []
    speaker: str | None = None
    forum: str | None = None
    date: str | None = None


class Rows(BaseModel):
    """The positions that the passage states; an empty list where it states none."""

    # the model is shown the form of a row; what it sends is checked row by row, so that one bad row costs one row
    rows: Annotated[
        list[Any],
        WithJsonSchema({"type": "array", "maxItems": MOST_ROWS, "items": Row.model_json_schema()}),
    ]


class BudgetSpent(Exception):
    """The model used more than what was left."""


class AnswerUnusable(Exception):
    """The model answered with something that is no list of rows."""


def open_model(name: str, url: str | None = None) -> Model:
    """A model behind an OpenAI-compatible address.

    The address is `url`, else $SPACEGOV_LLM_URL, else OpenAI's own. $SPACEGOV_LLM_KEY is sent to any of them,
    $OPENAI_API_KEY only to OpenAI's own: a key never goes to a server that it was not made for.

    Raises:
        InputError: the address is no http or https address.
        MissingPiece: OpenAI's own address was meant and there is no key.
    """
    from pydantic_ai.models.openai import OpenAIChatModel
    from pydantic_ai.providers.openai import OpenAIProvider

    address = url or os.environ.get(URL)
    key = os.environ.get(KEY)
    if address is None:
        key = key or os.environ.get("OPENAI_API_KEY")
        if not key:
            raise MissingPiece(f"--llm {name}: no key: set {KEY}, or name a server of your own with --llm-url")
        return OpenAIChatModel(name, provider=OpenAIProvider(base_url="https://api.openai.com/v1", api_key=key))
    if urlsplit(address).scheme not in {"http", "https"} or not urlsplit(address).hostname:
        raise InputError(f"--llm-url {address}: not an address: write http://localhost:8080/v1, for instance")
    return OpenAIChatModel(name, provider=OpenAIProvider(base_url=address, api_key=key or "none"))


class Client:
    """One model with one set of instructions."""

    def __init__(self, model: Model, instructions: str, *, max_output: int) -> None:
        self._agent = Agent(
            model, output_type=Rows, instructions=instructions, retries=0,
            model_settings={"temperature": 0.0, "max_tokens": max_output, "timeout": 120.0},
        )  # fmt: skip
        self._name = model.model_name

    def ask(self, message: str, *, at_most: int) -> Answer:
        """The model's rows for one passage; one request, never a second one.

        Raises:
            BudgetSpent: question and answer took more than `at_most` tokens.
            AnswerUnusable: the answer is no list of rows.
            MissingPiece: the model does not answer.
        """
        try:
            result = self._agent.run_sync(
                message, usage_limits=UsageLimits(request_limit=1, total_tokens_limit=max(1, at_most))
            )
        except UsageLimitExceeded as error:
            raise BudgetSpent(str(error)) from None
        except UnexpectedModelBehavior as error:
            raise AnswerUnusable(_line(error)) from None
        except ModelAPIError as error:
            raise MissingPiece(f"the model {self._name} does not answer: {_line(error)}") from None
        except AgentRunError as error:
            raise AnswerUnusable(_line(error)) from None
        rows, malformed = _rows(result.output.rows)
        return Answer(rows=rows, malformed=malformed, tokens=result.usage.total_tokens)


def _rows(given: list[Any]) -> tuple[tuple[RawRow, ...], tuple[str, ...]]:
    rows: list[RawRow] = []
    malformed: list[str] = []
    for item in given[:MOST_ROWS]:
        try:
            row = Row.model_validate(item)
        except ValidationError as error:
            first = error.errors(include_url=False, include_input=False)[0]
            malformed.append(f"{'.'.join(map(str, first['loc'])) or 'row'}: {first['msg'].lower()}")
            continue
        rows.append(
            RawRow(
                quote=row.quote,
                act=row.act,
                polarity=row.polarity,
                holders=tuple(row.holders),
                targets=tuple(row.targets),
                addressees=tuple(row.addressees),
                speaker=row.speaker,
                forum=row.forum,
                date=row.date,
            )
        )
    if len(given) > MOST_ROWS:
        malformed.append(f"{len(given) - MOST_ROWS} rows beyond the {MOST_ROWS} that one passage may have")
    return tuple(rows), tuple(malformed)


def _line(error: Exception) -> str:
    said = " ".join(str(error).split())
    return said if len(said) <= 200 else said[:199] + "…"
