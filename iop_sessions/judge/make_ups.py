"""Check that make-up groups make up for a group, and hold what it held; short, for they are few."""

from __future__ import annotations

from collections.abc import Iterator

from iop_sessions.ground.errors import Problem, did_you_mean
from iop_sessions.judge.bench import Bench, at
from iop_sessions.plans.plan import Session


def check_make_ups_make_up_for_a_group(bench: Bench) -> list[Problem]:
    """Check that a make-up group comes after a group of the plan, or of one before it, and holds its topic.

    The rules of order and spacing are not about it: those who come missed what the others had. Leaders,
    rooms, minutes, closed days and trigger content are judged as those of every group.
    """
    rows = (*bench.plan.history, *bench.plan.sessions)
    groups = {each.session_id: each for each in rows if not each.is_make_up}
    found = (each for each in bench.plan.sessions if each.is_make_up and each.takes_place)
    return [problem for session in found for problem in _faults(session, groups)]


def _faults(session: Session, groups: dict[str, Session]) -> Iterator[Problem]:
    name, missed = session.session_id, groups.get(session.slot_id)
    if missed is None:
        hint = did_you_mean(session.slot_id, groups) or "write the id of the group that was missed"
        yield Problem(at(session, "slot_id"), f"{name} makes up for no group: '{session.slot_id}'", hint)
        return
    for column in ("topic_id", "group_type", "track", "site"):
        here, there = getattr(session, column), getattr(missed, column)
        if here != there:
            message = f"{name} says {here or 'nothing'}, the group it makes up for says {there or 'nothing'}"
            yield Problem(at(session, column), message, f"write {there}" if there else "empty the cell")
    if session.order <= missed.order:
        message = f"{name} comes before {missed.session_id}, for which it makes up"
        yield Problem(at(session, "date"), message, "move it to a later day")


def check_somebody_leads_make_ups(bench: Bench) -> list[Problem]:
    """Warn of a make-up group that nobody leads; those of the program are priced instead."""
    return [
        Problem(at(each, "facilitators"), f"nobody leads {each.session_id}", "name a leader", "warning")
        for each in bench.plan.sessions
        if each.is_make_up and each.takes_place and not each.facilitators and bench.program.facilitators
    ]
