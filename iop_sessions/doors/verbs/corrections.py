"""Take a change of a plan back; short, for the verbs that make changes stand in surprises.py."""

from __future__ import annotations

import typer

from iop_sessions.doors.verbs import Json, PlanName, show, tell, today, workspace
from iop_sessions.doors.verbs.surprises import Look, Who, tell_files

verbs = typer.Typer()


@verbs.command(epilog="Example: iop-sessions undo evening-12-week")
def undo(plan: PlanName, who: Who = "", look: Look = False, as_json: Json = False) -> None:
    """Take the last change of a plan back; to have it again, undo once more."""
    from iop_sessions.doors.reports.undo import undone_facts, undone_lines
    from iop_sessions.jobs import undo as undoing
    from iop_sessions.jobs.replan import accept

    here = workspace()
    proposal = undoing.undo(here, plan, today(), who, tell)
    accepted = None if look else accept(here, proposal)
    show(undone_lines(proposal), undone_facts(proposal), as_json=as_json)
    if accepted is None:
        tell("Nothing is changed yet: the same without --look changes the plan.")
    else:
        tell_files(here, accepted, f"to have the change again: undo {plan}")
