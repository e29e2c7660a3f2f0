"""The verbs of the command line, and what each needs: workspace, a word on what goes on, a way to print."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from iop_sessions.doors.verbs.waiting import WATCH
from iop_sessions.ground.errors import CannotWrite, IopError, Problem, errors_of
from iop_sessions.ground.workspace import Workspace, find_workspace

STOPPED = 130
Json = Annotated[bool, typer.Option("--json", help="Print the result as JSON, for scripts.")]
NoPerson = Annotated[
    bool, typer.Option("--no-person-meant", help="What looks like a person is none; changes.csv says so.")
]
PlanName = Annotated[str, typer.Argument(metavar="PLAN", help="A plan: its name in plans/, or its folder.")]


def workspace() -> Workspace:
    """Find the workspace of the folder the user is in."""
    return find_workspace(Path.cwd())


def today() -> date:
    """Return the day on which the user asks."""
    return date.today()


def tell(line: str) -> None:
    """Say what goes on, apart from the result."""
    WATCH.said(line)
    say(line)


def say(line: str) -> None:
    """Print a line beside the result."""
    print(f"{line}\n", end="", file=sys.stderr, flush=True)  # at once, for two threads may speak


def end(problems: Iterable[Problem]) -> None:
    """End with the code of a user's mistake where something is wrong, once all that is sound was shown.

    Raises
    ------
    typer.Exit
        If one of the problems is an error.
    """
    if errors_of(problems):
        raise typer.Exit(IopError.exit_code)


def show(lines: Sequence[str], facts: object, *, as_json: bool) -> None:
    """Print a result, as lines or as JSON."""
    if as_json:
        import json

        _print(json.dumps(facts, indent=2, ensure_ascii=False))
    else:
        _print("\n".join(lines))


def _print(text: str) -> None:
    """Print a result at once, so that a place that does not take it is named with its reason.

    Raises
    ------
    CannotWrite
        If it is full, say.
    typer.Exit
        If whoever was to read the result has gone, as `head` does: that is no fault.
    """
    try:
        print(text, flush=True)
    except OSError as fault:
        sys.stdout = io.StringIO()  # else Python tries once more at its end, and complains
        if isinstance(fault, BrokenPipeError):
            raise typer.Exit(1) from None
        reason = fault.strerror or type(fault).__name__
        raise CannotWrite("the result", reason, "let it be printed to another place") from None
