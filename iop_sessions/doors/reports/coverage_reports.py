"""Word what a plan covers for the command line: plain lines for people, plain dictionaries for scripts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from iop_sessions.coverage.covering import Coverage, worst_of
from iop_sessions.coverage.rules import Finding, find
from iop_sessions.coverage.slack import Hinge, hinges
from iop_sessions.doors.reports.coverage_notes import notes, remedies
from iop_sessions.ground.dates import capital, long_day
from iop_sessions.judge.pricing import flaws, price
from iop_sessions.judge.weeks import Flaw
from iop_sessions.program.choosing import not_promised, wanted_topics

Facts = dict[str, Any]


def coverage_facts(name: str, coverages: Sequence[Coverage]) -> Facts:
    """Return what a plan covers, as a script reads it; a count is that of all ways through the program."""
    first, worst = coverages[0], worst_of(coverages)
    several = len(coverages) > 1
    return {
        "plan": name,
        "objectives": [_objective_facts(coverages, each.objective_id) for each in first.objectives],
        "admissions": [
            _admission_facts(each, start, several=several) for each in coverages for start in each.starts
        ],
        "worst": _admission_facts(*worst, several=several) if worst else None,
        "weeks": [
            {
                "rule_id": each.rule.rule_id,
                "state": each.state,
                "week": each.week,
                "value": round(each.value, 2),
            }
            | {"limit": each.rule.value, "source": each.rule.source}
            | ({"who": each.who} if each.who else {})
            for each in _findings(first)
        ],
        "no_slack": [_hinge_facts(each, several=several) for each in hinges(coverages)],
        "bill": price(first.curriculum, first.program, first.plan).by_name,
        "flaws": [
            {"wish": name, "message": each.message, "times": each.times}
            for name, found in _flaws(first).items()
            for each in found
        ],
        "remedies": remedies(first),
    } | _wanted_facts(first)


def _wanted_facts(coverage: Coverage) -> Facts:
    """Return the topics a program waits for; nothing where it waits for none."""
    wanted = wanted_topics(coverage.curriculum, coverage.program)
    open_core = [each.objective_id for each in not_promised(coverage.curriculum, coverage.program)]
    topics = [{"topic_id": each.topic_id, "title": each.title} for each in wanted]
    return ({"wanted": topics} if topics else {}) | ({"not_promised": open_core} if open_core else {})


def _flaws(coverage: Coverage) -> dict[str, list[Flaw]]:
    return flaws(coverage.curriculum, coverage.program, coverage.plan)


def _findings(coverage: Coverage) -> list[Finding]:
    return find(coverage.curriculum, coverage.program, coverage.plan)


def _objective_facts(coverages: Sequence[Coverage], objective_id: str) -> Facts:
    objective = coverages[0].curriculum.objective_by_id[objective_id]
    answers = [each.answer(objective_id, start) for each in coverages for start in each.starts]
    waits = [(each.first - each.start).days for each in answers if each.first is not None]
    counts = {state: sum(each.state == state for each in answers) for state in ("met", "missed", "undecided")}
    weeks = coverages[0].weeks_of(objective_id)
    return {
        "objective_id": objective_id, "statement": objective.statement, "level": objective.level,
        "within_weeks": objective.within_weeks or None, "weeks": weeks, **counts,
        "longest_wait_days": max(waits, default=None),
    }  # fmt: skip


def _hinge_facts(hinge: Hinge, *, several: bool) -> Facts:
    return {
        "session_id": hinge.session.session_id,
        "week": hinge.week,
        "objective_id": hinge.objective_id,
        "starts": [start.isoformat() for start in hinge.starts],
    } | ({"journey": hinge.journey} if several else {})


def _admission_facts(coverage: Coverage, start: date, *, several: bool) -> Facts:
    decided = coverage.decided(start)
    waits = [(each.first - start).days for each in decided if each.first is not None]
    return {
        "start": start.isoformat(),
        "met": sum(each.state == "met" for each in decided),
        "missed": [each.objective_id for each in coverage.missed(start)],
        "undecided": len(coverage.objectives) - len(decided),
        "longest_wait_days": max(waits, default=None),
    } | ({"journey": coverage.journey.name} if several else {})


def coverage_lines(name: str, coverages: Sequence[Coverage]) -> list[str]:
    """Return what a plan covers, as a person reads it."""
    worst = worst_of(coverages)
    lines = _one_way(name, coverages[0]) if len(coverages) == 1 else _ways(name, coverages)
    if worst is not None:
        whose = f" ({worst[0].journey.name})" if len(coverages) > 1 else ""
        lines.append(_worst_line(*worst, whose))
    return [*lines, *notes(coverages)]


def _counts(coverage: Coverage) -> tuple[int, int, int]:
    """Return how many start dates there are, are decided, and are taught everything in time."""
    taught = sum(coverage.teaches_all(start) for start in coverage.starts)
    return (
        len(coverage.starts),
        taught + sum(bool(coverage.missed(start)) for start in coverage.starts),
        taught,
    )


def _one_way(name: str, coverage: Coverage) -> list[str]:
    if not coverage.objectives:
        return [f"Plan {name}: no core objective is promised, for no topic of the program teaches one yet."]
    starts, decided, taught = _counts(coverage)
    return [
        f"Plan {name}: {len(coverage.objectives)} core objectives, {starts} start dates.",
        f"Decided for {decided} of them; {taught} are taught everything in time.",
        f"Not yet decided for {starts - decided}: their stay ends after the plan.",
    ]


def _ways(name: str, coverages: Sequence[Coverage]) -> list[str]:
    core = len(coverages[0].objectives)
    lines = [f"Plan {name}: {core} core objectives, {len(coverages)} ways through the program."]
    for each in coverages:
        starts, decided, taught = _counts(each)
        lines.append(
            f"{capital(each.journey.name)}: {starts} start dates, decided for {decided}; "
            f"{taught} are taught everything in time."
        )
    return lines


def _worst_line(coverage: Coverage, worst: date, whose: str) -> str:
    missed = [
        coverage.curriculum.objective_by_id[each.objective_id].statement for each in coverage.missed(worst)
    ]
    who = f"Worst newcomer: {long_day(worst)}{whose}"
    if missed:
        return f"{who}; not taught in time: {'; '.join(missed)}."
    waits = [((each.first - worst).days, each) for each in coverage.decided(worst) if each.first is not None]
    days, last = max(waits, key=lambda pair: pair[0])
    statement = coverage.curriculum.objective_by_id[last.objective_id].statement
    return f"{who}; nothing missed; waits longest, {days} days, for: {statement}."
