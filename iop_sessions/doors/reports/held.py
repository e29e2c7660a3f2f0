"""Say what became of the groups of a day, in words and for scripts; short, for a day is soon told."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from iop_sessions.ground.speech import ENGLISH
from iop_sessions.jobs.held import MARKS, Marked
from iop_sessions.plans.plan import Session


def held_lines(marked: Marked) -> list[str]:
    """Return what was marked, as a person reads it."""
    day = ENGLISH.long_day(marked.day)
    if marked.marking.undo:
        return [f"Taken back on {day}: {_listed(marked.freed) or 'nothing, for nothing was marked'}."]
    partly = ", ".join(f"{each.session_id} ({each.held_minutes} minutes)" for each in marked.of("partly"))
    told = {
        "Held partly": partly,
        "Not held": _listed(marked.of("not held")),
        "Cancelled": _listed(marked.of("cancelled")),
        "Topic taught": ", ".join(f"{topic} in {name}" for name, topic in marked.marking.topics),
    }
    held = f"Held on {day}: {_listed(marked.of('held')) or 'nothing'}."
    return [held, *(f"{what}: {names}." for what, names in told.items() if names)]


def _listed(sessions: Iterable[Session]) -> str:
    return ", ".join(each.session_id for each in sessions)


def held_facts(marked: Marked) -> dict[str, Any]:
    """Return what the sessions are now, as a script reads it."""
    states = (*MARKS, "cancelled", "planned")
    return {
        "plan": marked.kept.name,
        "day": marked.day.isoformat(),
        **{state.replace(" ", "_"): [each.session_id for each in marked.of(state)] for state in states},
        "held_minutes": {each.session_id: each.minutes for each in marked.after if each.was_held},
        "topics": dict(marked.marking.topics),
        "taken_back": [each.session_id for each in marked.freed],
    }
