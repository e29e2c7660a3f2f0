"""Word what it means to take a change back: what is as it was, what stays and why, whom to tell."""

from __future__ import annotations

from iop_sessions.doors.reports import Facts
from iop_sessions.doors.reports.replan import (
    agenda_line,
    broken_lines,
    difference_line,
    hour_lines,
    promise_lines,
    proposal_facts,
    section,
    tell_line,
)
from iop_sessions.ground.speech import ENGLISH
from iop_sessions.jobs.undo import Undoing


def undone_lines(undoing: Undoing) -> list[str]:
    """Return a change that is taken back as a person reads it."""
    curriculum, name = undoing.case.curriculum, undoing.kept.name
    if not undoing.found:
        return [f"Plan {name}: its last change is taken back; no session changes.", *_staying(undoing)]
    return [
        f"Plan {name}: {_what(undoing)} is taken back.",
        *section("Changes:", [difference_line(curriculum, each) for each in undoing.found]),
        *_staying(undoing),
        *_gone_by(undoing),
        *section("Breaks a rule of planning:", broken_lines(undoing)),
        *promise_lines(undoing),
        *hour_lines(undoing),
        tell_line(undoing),
        agenda_line(undoing),
    ]


def _what(undoing: Undoing) -> str:
    made_on = next((each.made_on for each in undoing.log), None)
    day = f" of {ENGLISH.short_day(made_on)}" if made_on else ""
    return f"the change{day}" + (f" ({undoing.reason})" if undoing.reason else "")


def _staying(undoing: Undoing) -> list[str]:
    """Name the sessions that the change had changed and that are not as they were before it, and why."""
    happened, edited = (", ".join(each) for each in (undoing.way.happened, undoing.way.by_hand))
    lines = [f"Stays as it is, for what became of it was marked since: {happened}."] if happened else []
    return lines + ([f"Edited since, and what was written then stays: {edited}."] if edited else [])


def _gone_by(undoing: Undoing) -> list[str]:
    """Name the sessions of days gone by that are as they were planned: nobody knows if they were held."""
    names = ", ".join(undoing.gone_by)
    plan = undoing.kept.name
    return [f"Of days gone by: {names}. Say what became of each: held {plan} SESSION."] if names else []


def undone_facts(undoing: Undoing) -> Facts:
    """Return a change that is taken back as a script reads it."""
    return proposal_facts(undoing) | {
        "stays": [*undoing.way.happened],
        "edited": [*undoing.way.by_hand],
        "gone_by": [*undoing.gone_by],
    }
