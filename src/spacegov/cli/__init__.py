"""The command line: `spacegov build`, `ask`, `validate` and the rest.

Exit codes: 0 done; 1 findings at or above the level asked for; 2 bad usage, or input that could not be read;
3 something that is needed is missing. Every error is one line on standard error.
"""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Annotated, Final

import typer

from spacegov import __version__
from spacegov.display import one_line
from spacegov.errors import SpacegovError

# each module has `register(app)`; what is heavy, it imports when its command runs
COMMAND_MODULES: Final = (
    "build",
    "extract",
    "validate",
    "ask",
    "export",
    "score",
    "explain",
    "verify",
    "info",
    "train",
    "report",
    "analyse",
)

EXIT_CODES: Final = """Exit codes: 0 done; 1 findings at or above the level asked for; 2 bad usage or
input that could not be read; 3 something needed is missing (model, extra, server)."""


def program() -> typer.Typer:
    """The program with all its commands."""
    app = typer.Typer(
        name="spacegov",
        help=f"Who proposed what about outer space, where, when, and in which words.\n\n{EXIT_CODES}",
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback(invoke_without_command=True)(_top)
    for name in COMMAND_MODULES:
        import_module(f"spacegov.cli.{name}").register(app)
    return app


def _top(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Print the version and stop.")] = False,
) -> None:
    if version:
        print(__version__)
        raise typer.Exit
    if context.invoked_subcommand is None:
        print(context.get_help())


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code."""
    try:
        code = _run(sys.argv[1:] if arguments is None else list(arguments))
        sys.stdout.flush()
    except SpacegovError as error:
        return _complain(str(error), error.exit_code)
    except (typer.Abort, KeyboardInterrupt):
        return _complain("stopped", 130)
    except BrokenPipeError:
        return _no_reader()
    except OSError as error:
        return _complain(f"{error.filename or 'system'}: {error.strerror or error}", 2)
    except Exception as error:
        if isinstance(error, typer.exceptions.TyperException):
            return _complain(f"{error.format_message()} (see 'spacegov --help')", 2)
        return _bug(error)
    return code


def _run(arguments: list[str]) -> int:
    command = typer.main.get_command(program())
    try:
        # not command.main(): that one has its own way with interrupts and closed pipes
        with command.make_context("spacegov", arguments) as context:
            command.invoke(context)
    except typer.Exit as ending:
        return ending.exit_code
    return 0


def _bug(error: Exception) -> int:
    """A fault of ours: one line as well, with the place; the rest for who asks for it."""
    if os.environ.get("SPACEGOV_TRACEBACK"):
        raise error
    place = traceback.extract_tb(error.__traceback__)[-1]
    at = f"{Path(place.filename).name}:{place.lineno}"
    said = f"{type(error).__name__}: {error} at {at}"
    return _complain(f"a fault in spacegov, please report it: {said} (SPACEGOV_TRACEBACK=1 shows more)", 70)


def _no_reader() -> int:
    """The reader of our output ('| head') has gone: no reason to complain, nor to flush into nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 141


def _complain(message: str, code: int) -> int:
    print(f"spacegov: {one_line(message)}", file=sys.stderr)
    return code
