"""Say how much everybody leads: groups and hours a week, least, mean and most."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from iop_sessions.ground.speech import hours
from iop_sessions.plans.plan import Plan, Session
from iop_sessions.program.program import Program
from iop_sessions.program.sections import GROUPS


@dataclass(frozen=True)
class Load:
    """What one facilitator leads, a number for each week of a plan."""

    code: str
    kind: str
    groups: tuple[int, ...]
    minutes: tuple[int, ...]
    max_week: int | None = None


def loads(program: Program, plan: Plan) -> list[Load]:
    """Add up what everybody leads in each week; minutes are those of all they lead, groups or not.

    Somebody the program does not name, as a row edited by hand may, comes last.
    """
    known = {each.code: each for each in program.facilitators}
    named = {code for session in plan.sessions for code in session.facilitators}
    codes = (*sorted(known), *sorted(named - known.keys()))
    weeks = [
        [each for each in plan.in_week(week + 1) if each.takes_place] for week in range(plan.sheet.weeks)
    ]
    return [
        Load(
            code,
            str(known[code].kind) if code in known else "not in the program",
            tuple(sum(each.kind in GROUPS for each in _led(code, week)) for week in weeks),
            tuple(sum(each.minutes for each in _led(code, week)) for week in weeks),
            known[code].max_week if code in known else None,
        )
        for code in codes
    ]


def _led(code: str, sessions: Sequence[Session]) -> list[Session]:
    return [each for each in sessions if code in each.facilitators]


def unled(plan: Plan) -> list[Session]:
    """List the groups that nobody leads."""
    return [
        each for each in plan.sessions if each.takes_place and each.kind in GROUPS and not each.facilitators
    ]


def load_lines(program: Program, plan: Plan) -> list[str]:
    """Return what everybody leads, as a person reads it."""
    found = loads(program, plan)
    if not found:
        return ["The program names no facilitators."]
    width = max(len(each.code) for each in found)
    lines = [f"{each.code:{width}}  {_words(each)}" for each in found]
    alone = unled(plan)
    noun = "group has" if len(alone) == 1 else "groups have"
    return [*lines, f"{len(alone)} {noun} no leader: {_listed(alone)}"] if alone else lines


def _words(load: Load) -> str:
    if not any(load.minutes):
        return f"{load.kind}: leads nothing"
    limit = f" (max_week = {load.max_week})" if load.max_week is not None else ""
    groups = _range([str(number) for number in _least_and_most(load.groups)], f"{_mean(load.groups):.1f}")
    time = _range([hours(each) for each in _least_and_most(load.minutes)], hours(round(_mean(load.minutes))))
    return f"{load.kind}: groups a week {groups}{limit}; hours a week {time}"


def _least_and_most(weeks: Sequence[int]) -> tuple[int, int]:
    return min(weeks), max(weeks)


def _mean(weeks: Sequence[int]) -> float:
    return sum(weeks) / len(weeks)


def _range(ends: Sequence[str], mean: str) -> str:
    least, most = ends
    return least if least == most else f"{least} to {most}, {mean} on average"


def _listed(sessions: Sequence[Session]) -> str:
    names = [each.session_id for each in sessions[:5]]
    more = len(sessions) - len(names)
    return ", ".join(names) + (f" and {more} more" if more else "")


def load_facts(program: Program, plan: Plan) -> dict[str, Any]:
    """Return what everybody leads, as a script reads it."""
    people = [
        {
            "code": each.code, "kind": each.kind, "max_week": each.max_week,
            "groups": _numbers(each.groups), "minutes": _numbers(each.minutes),
        }
        for each in loads(program, plan)
    ]  # fmt: skip
    return {"people": people, "unled": [each.session_id for each in unled(plan)]}


def _numbers(weeks: Sequence[int]) -> dict[str, object]:
    return {
        "least": min(weeks), "mean": round(_mean(weeks), 2), "most": max(weeks),
        "weeks": list(weeks),
    }  # fmt: skip
