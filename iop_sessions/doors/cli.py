"""The command line: its verbs, in the order of their work, and the one place where errors become words."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence
from typing import NoReturn

import typer

from iop_sessions.doors.verbs import STOPPED, corrections, papers, places, plans, say, surprises
from iop_sessions.doors.verbs.waiting import WATCH
from iop_sessions.ground.errors import IopError, UsageError

BUG = 70

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Week-by-week group plans for intensive outpatient programs, from tables to Word.",
    epilog="Example: iop-sessions plan evening-12-week",
)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a verb; a user's mistake ends in words and an exit code, a bug in its traceback and 70."""
    _speak_utf8()
    gc.set_threshold(200_000, 20, 50)  # what a verb reads lives to its end; to look through it costs a tenth
    try:
        with WATCH.over(say):
            code = app(
                args=list(arguments) if arguments is not None else None,
                prog_name="iop-sessions",
                standalone_mode=False,
            )
    except IopError as fault:
        print(fault, file=sys.stderr)
        sys.exit(fault.exit_code)
    except (KeyboardInterrupt, typer.Abort):
        code = STOPPED
    except Exception as fault:  # noqa: BLE001  # the last door: a bug ends here, with its traceback
        _end(fault)
    if code == STOPPED:  # typer turns Ctrl-C into this code, and a verb's own Exit into its code
        print("Stopped; nothing was left half done.", file=sys.stderr)
    if code:
        sys.exit(code)


def _end(fault: Exception) -> NoReturn:
    """End with usage words for a word that means nothing, and with a traceback for a bug."""
    show = getattr(fault, "show", None)
    if show is not None:
        show()
        sys.exit(UsageError.exit_code)
    if isinstance(fault, ModuleNotFoundError) and not str(fault.name).startswith("iop_sessions"):
        remedy = "run: python3 start.py, which mends it (set up without it: install iop_sessions anew)"
        print(f"the package '{fault.name}' is gone from the set-up — {remedy}", file=sys.stderr)
        sys.exit(IopError.exit_code)
    import traceback

    traceback.print_exception(fault)
    print("\nThis is a bug in iop-sessions. Please report the lines above.", file=sys.stderr)
    sys.exit(BUG)


def _speak_utf8() -> None:
    """Print accents and dashes on every console, Windows' included."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")


for _verbs in (plans.verbs, surprises.verbs, corrections.verbs, papers.verbs, places.verbs):
    app.add_typer(_verbs)
app.add_typer(places.template, name="template")
