"""Take a change of a plan back, and make up for a group that somebody missed."""

from __future__ import annotations

from typing import Annotated

import typer

from iop_sessions.doors.verbs import Json, PlanName, show, tell, today, workspace
from iop_sessions.doors.verbs.surprises import Look, Who, read_time, tell_accepted
from iop_sessions.ground.workspace import read_when

verbs = typer.Typer()


@verbs.command(epilog="Example: iop-sessions undo evening-12-week")
def undo(plan: PlanName, who: Who = "", look: Look = False, as_json: Json = False) -> None:
    """Take the last change of a plan back; to have it again, undo once more."""
    from iop_sessions.doors.reports.undo import undone_facts, undone_lines
    from iop_sessions.jobs import undo as undoing
    from iop_sessions.jobs.putting_back import put_back
    from iop_sessions.jobs.replan import accept

    here = workspace()
    if not look:
        put_back(here, plan, tell)
    proposal = undoing.undo(here, plan, today(), who, tell)
    accepted = None if look else accept(here, proposal)
    show(undone_lines(proposal), undone_facts(proposal), as_json=as_json)
    if accepted is None:
        tell("Nothing is changed yet: the same without --look changes the plan.")
    else:
        tell_accepted(here, proposal, accepted, f"to have the change again: undo {plan}")


@verbs.command(epilog="Example: iop-sessions makeup evening-12-week today 16:00 RP-01")
def makeup(  # noqa: PLR0913, PLR0917  # typer makes each argument a word or option of the verb
    plan: PlanName,
    day: Annotated[str, typer.Argument(metavar="DAY", help="today, tomorrow or a date.")],
    start: Annotated[str, typer.Argument(metavar="TIME", help="When it begins: 16:00.")],
    missed: Annotated[
        str, typer.Argument(metavar="SESSION", help="The group that was missed, or its topic: the last one.")
    ],
    lead: Annotated[
        list[str] | None, typer.Option(metavar="CODE", help="Who leads it; else who led the other.")
    ] = None,
    room: Annotated[str, typer.Option(metavar="CODE", help="Where; else where the other met.")] = "",
    minutes: Annotated[
        int | None, typer.Option(metavar="NUMBER", min=1, max=480, help="How long; else as the other.")
    ] = None,
    who: Who = "",
    look: Look = False,
    as_json: Json = False,
) -> None:
    """Add a make-up group for those who missed one; no rule of order is about it."""
    from iop_sessions.doors.reports.makeup import makeup_facts, makeup_lines
    from iop_sessions.jobs.makeup import MakeUpRequest, make_up
    from iop_sessions.jobs.putting_back import put_back
    from iop_sessions.jobs.replan import accept

    here = workspace()
    if not look:
        put_back(here, plan, tell)
    wanted = MakeUpRequest(
        plan, today(), read_when(day, today()), read_time(start), missed,
        minutes=minutes, lead=tuple(lead or ()), room=room, who=who,
    )  # fmt: skip
    proposal = make_up(here, wanted, tell)
    accepted = None if look else accept(here, proposal)
    show(makeup_lines(proposal), makeup_facts(proposal), as_json=as_json)
    if accepted is None:
        tell("Nothing is changed yet: the same without --look changes the plan.")
    else:
        tell_accepted(here, proposal, accepted, f"to take the change back: undo {plan}")
