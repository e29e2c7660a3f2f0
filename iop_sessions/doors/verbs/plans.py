"""Make plans, judge them, and say what they cover."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from iop_sessions.doors.verbs import STOPPED, Json, NoPerson, PlanName, end, show, tell, today, workspace
from iop_sessions.ground.english import counted
from iop_sessions.ground.errors import IopError
from iop_sessions.ground.workspace import read_when

verbs = typer.Typer()


@verbs.command(epilog="Example: iop-sessions check")
def check(
    what: Annotated[
        str,
        typer.Argument(
            metavar="PROGRAM", help="One program, or another curriculum folder. Default: all that is here."
        ),
    ] = "",
    as_json: Json = False,
) -> None:
    """Name every problem of your tables and texts."""
    from iop_sessions.doors.reports import plan as reports
    from iop_sessions.jobs import read

    is_folder = Path(what).is_dir() or len(Path(what).parts) > 1
    folder = Path(what) if what and is_folder else workspace().curriculum
    named = workspace().program_file(what) if what and not is_folder else None
    problems = read.check(folder, today(), named)
    show(reports.problem_lines(problems), reports.problem_facts(problems), as_json=as_json)
    end(problems)


@verbs.command(epilog="Example: iop-sessions plan evening-12-week --start 2027-01-04")
def plan(  # noqa: PLR0913, PLR0917  # typer makes each argument a word or option of the verb
    program: Annotated[
        str,
        typer.Argument(metavar="PROGRAM", help="A program: its name in curriculum/programs/, or its file."),
    ],
    start: Annotated[str, typer.Option(metavar="DAY", help="First day. Default: the program's.")] = "",
    weeks: Annotated[
        int | None, typer.Option(min=1, max=52, metavar="N", help="Weeks to plan. Default: the program's.")
    ] = None,
    after: Annotated[str, typer.Option(metavar="PLAN", help="A plan that this one continues.")] = "",
    name: Annotated[str, typer.Option(metavar="NAME", help="Name of the plan. Default: the program's.")] = "",
    replace: Annotated[
        bool, typer.Option("--replace", help="Replace a plan in use; a copy is kept.")
    ] = False,
    no_person_meant: NoPerson = False,
    as_json: Json = False,
) -> None:
    """Plan a program, and prove how good the plan is."""
    from iop_sessions.doors.reports import plan as reports
    from iop_sessions.jobs.plan import PlanRequest, make_plan

    first = read_when(start, today()) if start else None
    request = PlanRequest(
        program, first, weeks, after, name, replace, no_person_on=today() if no_person_meant else None
    )
    made = make_plan(workspace(), request, tell)
    show(reports.plan_lines(made), reports.plan_facts(made), as_json=as_json)
    if made.stopped:
        tell("The best plan so far was written; planning again goes on to the end.")
        raise typer.Exit(STOPPED)


@verbs.command(epilog="Example: iop-sessions verify evening-12-week")
def verify(plan: PlanName, as_json: Json = False) -> None:
    """Judge a plan anew, also one edited in Excel."""
    from iop_sessions.doors.reports import plan as reports
    from iop_sessions.jobs import read

    kept, verdict = read.verify(workspace(), plan)
    lines = reports.verdict_lines(kept.name, verdict, kept.warnings)
    show(lines, reports.verdict_facts(kept.name, verdict, kept.warnings), as_json=as_json)
    end(verdict.problems)


@verbs.command(epilog="Example: iop-sessions coverage evening-12-week")
def coverage(
    plan: PlanName,
    start: Annotated[str, typer.Option(metavar="DAY", help="Only for somebody who starts on this day.")] = "",
    as_json: Json = False,
) -> None:
    """Say what a plan teaches, to whom, by when."""
    from iop_sessions.doors.reports import coverage as reports
    from iop_sessions.jobs import read

    opened, covered = read.cover(workspace(), plan, tell, today())
    kept = opened.kept
    if start:
        day = read_when(start, today())
        lines = reports.newcomer_lines(kept.name, covered, day)
        facts = reports.newcomer_facts(kept.name, covered, day)
    else:
        lines = reports.coverage_lines(kept.name, covered)
        facts = reports.coverage_facts(kept.name, covered)
    show(lines, facts, as_json=as_json)
    end(opened.problems)


@verbs.command(epilog="Example: iop-sessions people evening-12-week")
def people(plan: PlanName, as_json: Json = False) -> None:
    """Say who leads how much, by week."""
    from iop_sessions.coverage import rules as loads
    from iop_sessions.jobs.read import read_plan

    opened = read_plan(workspace(), plan, tell, documents=False)
    name, own = opened.kept.name, opened.own
    lines = [
        f"Plan {name}, {counted(own.plan.sheet.weeks, 'week')}:",
        *loads.load_lines(own.program, own.plan),
    ]
    show(lines, {"plan": name} | loads.load_facts(own.program, own.plan), as_json=as_json)
    end(opened.problems)


@verbs.command(epilog="Example: iop-sessions explain evening-12-week")
def explain(plan: PlanName, as_json: Json = False) -> None:
    """Say what a plan lacks, why, and which changes would help."""
    from iop_sessions.doors.reports import plan as reports
    from iop_sessions.jobs.explain import explain as explain_plan

    explained = explain_plan(workspace(), plan, tell, today())
    for warning in explained.kept.warnings:
        tell(str(warning))
    show(reports.explain_lines(explained), reports.explain_facts(explained), as_json=as_json)
    end(explained.problems)


@verbs.command(epilog="Example: iop-sessions rules evening-12-week")
def rules(plan: PlanName, as_json: Json = False) -> None:
    """Hold every week against the rules, and say what would mend a short one."""
    from iop_sessions.doors.reports import coverage as reports
    from iop_sessions.jobs.read import read_plan

    opened = read_plan(workspace(), plan, tell, documents=False, as_of=today())
    held = reports.hold(opened.own)
    show(reports.rule_lines(held), reports.rule_facts(held), as_json=as_json)
    if held.broken:
        raise typer.Exit(IopError.exit_code)
    end(opened.problems)
