"""Word what a plan covers for the command line: plain lines for people, plain dictionaries for scripts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from iop_sessions.choosing import not_promised, wanted_topics
from iop_sessions.covering import Coverage, worst_of
from iop_sessions.dates import capital, hours, long_day
from iop_sessions.findings import Finding, find
from iop_sessions.pages.common import ranges

Facts = dict[str, Any]

MOST_FINDINGS = 30
"""Findings that a person reads one by one."""


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
    } | _wanted_facts(first)


def _wanted_facts(coverage: Coverage) -> Facts:
    """Return the topics a program waits for; nothing where it waits for none."""
    wanted = wanted_topics(coverage.curriculum, coverage.program)
    open_core = [each.objective_id for each in not_promised(coverage.curriculum, coverage.program)]
    topics = [{"topic_id": each.topic_id, "title": each.title} for each in wanted]
    return ({"wanted": topics} if topics else {}) | ({"not_promised": open_core} if open_core else {})


def _wanted_lines(coverage: Coverage) -> list[str]:
    wanted = wanted_topics(coverage.curriculum, coverage.program)
    lines = [f"Topics still to be written: {len(wanted)}."] if wanted else []
    lines += [f"  - {each.topic_id} {each.title}" for each in wanted]
    open_core = [each.statement for each in not_promised(coverage.curriculum, coverage.program)]
    return lines + (
        [f"Core objectives that no topic teaches yet: {'; '.join(open_core)}."] if open_core else []
    )


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
    return lines + _wanted_lines(coverages[0]) + _hours_lines(coverages[0])


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


def _hours_lines(coverage: Coverage) -> list[str]:
    packs, findings = coverage.program.rules.packs, _findings(coverage)
    if not packs:
        return ["Hours: the program names no rule pack."]
    if not findings:
        return ["Hours: no rule of these packs applies."]
    lines = _finding_lines(coverage, [each for each in findings if each.state != "kept"])
    if any(each.state == "broken" for each in findings):
        return lines
    tail = "; a week that is excused counts as kept" if lines else ""
    return [f"Hours: every week keeps the rules of {', '.join(packs)}{tail}.", *lines]


def _finding_lines(coverage: Coverage, findings: Sequence[Finding]) -> list[str]:
    """Word each finding; where there are too many to read, those alike but for the week share a line."""
    if len(findings) <= MOST_FINDINGS:
        return [_finding_line(coverage, each, f"Week {each.week}") for each in findings]
    found: dict[str, list[Finding]] = {}
    for each in findings:
        found.setdefault(_finding_line(coverage, each, ""), []).append(each)
    weeks = ([each.week for each in alike] for alike in found.values())
    named = (f"Week{'s' if len(numbers) > 1 else ''} {ranges(numbers)}" for numbers in weeks)
    return [
        _finding_line(coverage, alike[0], when) for when, alike in zip(named, found.values(), strict=True)
    ]


def _finding_line(coverage: Coverage, finding: Finding, weeks: str) -> str:
    counted = finding.rule.minutes or coverage.program.minutes.count
    excuse = f", excused: {finding.reason.rstrip('.')}" if finding.state == "excused" else ""
    value = hours(round(finding.value * 60))
    when = ", ".join(text for text in (weeks, finding.who) if text)
    return f"{when}: {value} {counted}; {finding.rule.title} ({finding.rule.source}){excuse}."
