"""Say what became of the groups of a day, in words and for scripts; short, for a day is soon told."""

from __future__ import annotations

from typing import Any

from iop_sessions.ground.speech import ENGLISH
from iop_sessions.jobs.held import Marked


def held_lines(marked: Marked) -> list[str]:
    """Return what was marked, as a person reads it."""
    lines = [f"Held on {ENGLISH.long_day(marked.day)}: {', '.join(marked.held) or 'nothing'}."]
    state = {each.session_id: each.state for each in marked.kept.plan.sessions}
    left = [name + (f" ({state[name]})" if state[name] != "planned" else "") for name in marked.left]
    return lines + ([f"Not marked as held: {', '.join(left)}."] if left else [])


def held_facts(marked: Marked) -> dict[str, Any]:
    """Return what was marked, as a script reads it."""
    return {"plan": marked.kept.name, "day": marked.day.isoformat(), "held": [*marked.held]} | {
        "left": [*marked.left]
    }
