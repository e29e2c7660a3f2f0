"""The command line: each verb reads its words, calls the pipeline once, and prints."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from iop_sessions.errors import IopError, NotFound, UsageError, errors_of
from iop_sessions.workspace import Workspace, find_workspace, new_workspace, read_when

BUG = 70
STOPPED = 130

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Week-by-week group plans for intensive outpatient programs, from tables to Word.",
    epilog="Example: iop-sessions plan evening-12-week",
)

Json = Annotated[bool, typer.Option("--json", help="Print the result as JSON, for scripts.")]
PlanName = Annotated[str, typer.Argument(help="A plan: its name in plans/, or its folder.")]


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a verb; a user's mistake ends in words and an exit code, a bug in its traceback and 70."""
    _speak_utf8()
    try:
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


def _workspace() -> Workspace:
    return find_workspace(Path.cwd())


def _tell(line: str) -> None:
    """Say what goes on, apart from the result."""
    print(line, file=sys.stderr, flush=True)


def _show(lines: Sequence[str], facts: object, *, as_json: bool) -> None:
    if as_json:
        import json

        print(json.dumps(facts, indent=2, ensure_ascii=False))
    else:
        print("\n".join(lines))


@app.command(epilog="Example: iop-sessions check")
def check(
    curriculum: Annotated[
        Path | None, typer.Argument(help="A curriculum folder. Default: the workspace's.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Name every problem of your tables and texts."""
    from iop_sessions import pipeline, reports

    problems = pipeline.check(curriculum or _workspace().curriculum, date.today())
    _show(reports.problem_lines(problems), reports.problem_facts(problems), as_json=as_json)
    if errors_of(problems):
        raise typer.Exit(IopError.exit_code)


@app.command(epilog="Example: iop-sessions plan evening-12-week --start 2027-01-04")
def plan(
    program: Annotated[str, typer.Argument(help="A program: its name in curriculum/programs/, or its file.")],
    start: Annotated[str, typer.Option(help="First day. Default: the program's.")] = "",
    weeks: Annotated[
        int | None, typer.Option(min=1, max=52, help="Weeks to plan. Default: the program's.")
    ] = None,
    after: Annotated[str, typer.Option(help="A plan that this one continues.")] = "",
    name: Annotated[str, typer.Option(help="Name of the plan. Default: the program's.")] = "",
    replace: Annotated[
        bool, typer.Option("--replace", help="Replace a plan in use; a copy is kept.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Plan a program, and prove how good the plan is."""
    from iop_sessions import pipeline, reports

    first = read_when(start, date.today()) if start else None
    request = pipeline.PlanRequest(program, first, weeks, after, name, replace)
    made = pipeline.make_plan(_workspace(), request, _tell)
    _show(reports.plan_lines(made), reports.plan_facts(made), as_json=as_json)


@app.command(epilog="Example: iop-sessions verify evening-12-week")
def verify(plan: PlanName, as_json: Json = False) -> None:
    """Judge a plan anew, also one edited in Excel."""
    from iop_sessions import pipeline, reports

    kept, verdict = pipeline.verify(_workspace(), plan)
    problems = (*kept.warnings, *verdict.problems)
    verdict = type(verdict)(problems, verdict.cost, verdict.edited)
    _show(
        reports.verdict_lines(kept.name, verdict), reports.verdict_facts(kept.name, verdict), as_json=as_json
    )
    if errors_of(problems):
        raise typer.Exit(IopError.exit_code)


@app.command(epilog="Example: iop-sessions coverage evening-12-week")
def coverage(plan: PlanName, as_json: Json = False) -> None:
    """Say what a plan teaches, to whom, by when."""
    from iop_sessions import pipeline, reports

    kept, covered = pipeline.cover(_workspace(), plan)
    lines = reports.coverage_lines(kept.name, covered)
    _show(lines, reports.coverage_facts(kept.name, covered), as_json=as_json)


@app.command(epilog="Example: iop-sessions export evening-12-week --only agendas,handouts")
def export(
    plan: PlanName,
    only: Annotated[
        str,
        typer.Option(
            help="Kinds to write, with commas: agendas, handouts, guides, coverage (these by default); "
            "wall, sign-in, chart, print-runs, family, forms."
        ),
    ] = "",
    language: Annotated[str, typer.Option(help="en, or es for client handouts in Spanish.")] = "en",
    large_print: Annotated[
        bool, typer.Option("--large-print", help="Client handouts in 18-point type.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Write the Word documents of a plan."""
    from iop_sessions import pipeline, reports

    workspace = _workspace()
    kinds = tuple(kind.strip() for kind in only.split(",") if kind.strip())
    if language not in ("en", "es"):
        raise NotFound("language", language, ("en", "es"))
    request = pipeline.ExportRequest(plan, kinds, language, large_print)
    exported, untranslated = pipeline.export(workspace, request, _tell)
    shown = workspace.shown(exported.folder)
    lines = reports.export_lines(shown, exported, untranslated)
    _show(lines, reports.export_facts(shown, exported, untranslated), as_json=as_json)


@app.command(name="print", epilog="Example: iop-sessions print evening-12-week tomorrow")
def print_(
    what: Annotated[str, typer.Argument(help="A plan, or a topic such as RP-04.")],
    when: Annotated[str, typer.Argument(help="today, tomorrow, a date, or a session's id.")] = "",
    newcomer: Annotated[bool, typer.Option("--newcomer", help="The pack of who starts that day.")] = False,
    brief: Annotated[bool, typer.Option("--brief", help="One page a group, for whoever steps in.")] = False,
    as_json: Json = False,
) -> None:
    """Write what one evening needs, or one topic."""
    from iop_sessions import printing

    if (newcomer or brief) and not when:
        raise UsageError("which day? — write today, tomorrow or a date after the plan's name")
    workspace, today = _workspace(), date.today()
    if newcomer:
        made = printing.print_newcomer(workspace, what, when, today)
    elif brief:
        made = printing.print_briefs(workspace, what, when, today)
    elif when:
        made = printing.print_day(workspace, what, when, today)
    else:
        made = printing.print_topic(workspace, what)
    written, kept = (
        [workspace.shown(made.folder / name) for name in names] for names in (made.written, made.kept)
    )
    lines = [f"Ready to print: {name}" for name in written]
    lines += [f"You had changed a file; it is kept as {name}" for name in kept]
    _show(lines, {"written": written, "kept": kept}, as_json=as_json)


@app.command(epilog="Example: iop-sessions find craving")
def find(
    words: Annotated[list[str], typer.Argument(help="What it is about.")], as_json: Json = False
) -> None:
    """List topics and handouts about something."""
    from iop_sessions import finding, pipeline, reports

    asked = " ".join(words)
    hits = finding.find(pipeline.read_curriculum(_workspace()), asked)
    _show(reports.hit_lines(asked, hits), reports.hit_facts(hits), as_json=as_json)


@app.command(epilog="Example: iop-sessions new my-program")
def new(
    folder: Annotated[Path, typer.Argument(help="A folder that does not exist yet.")], as_json: Json = False
) -> None:
    """Make a workspace of your own."""
    made = new_workspace(folder)
    there = f'"{made.root}"' if " " in str(made.root) else str(made.root)
    lines = [f"Made {made.root}. Next: cd {there}, then: iop-sessions plan evening-12-week"]
    _show(lines, {"workspace": made.root.as_posix()}, as_json=as_json)


@app.command(epilog="Example: iop-sessions lab")
def lab() -> None:
    """Open the notebooks in JupyterLab."""
    import importlib.util
    import subprocess

    if importlib.util.find_spec("jupyterlab") is None:
        raise UsageError("JupyterLab is not installed — run: python3 start.py lab")
    quiet = "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate"
    code = subprocess.call(
        [sys.executable, "-m", "jupyter", "lab", quiet], cwd=_workspace().root / "notebooks"
    )
    raise typer.Exit(code)


@app.command(hidden=True)
def start() -> None:
    """Plan the sample program if no plan exists, and write its Word documents."""
    from iop_sessions import pipeline, reports

    workspace = _workspace()
    name = pipeline.SAMPLE
    if not (workspace.plans / name / "plan.csv").exists():
        made = pipeline.make_plan(workspace, pipeline.PlanRequest(name), _tell)
        print("\n".join(reports.plan_lines(made)))
    exported, untranslated = pipeline.export(workspace, pipeline.ExportRequest(name), _tell)
    print("\n".join(reports.export_lines(workspace.shown(exported.folder), exported, untranslated)))
    print("Next: open the documents in Word, or see what else there is: python3 start.py --help")
