"""Word what a plan covers for the command line: plain lines for people, plain dictionaries for scripts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from iop_sessions.covering import Answer, Coverage, worst_of
from iop_sessions.dates import capital, hours, long_day, month_day, short_day
from iop_sessions.errors import UsageError
from iop_sessions.findings import Finding, find
from iop_sessions.slack import Hinge, hinges

Facts = dict[str, Any]

SHOWN_HINGES = 3
SHOWN_STARTS = 3
"""What a person reads of where a plan has no slack; scripts get it all."""


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
    } | ({"remedies": _remedies(first)} if _remedies(first) else {})


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
    return [*lines, *_tried_lines(coverages[0]), *_hours_lines(coverages[0]), *_slack_lines(coverages)]


def newcomer_lines(coverages: Sequence[Coverage], start: date) -> list[str]:
    """Return what somebody who starts on a date is taught and when, as a person reads it.

    Raises
    ------
    UsageError
        If nobody can start on that day.
    """
    theirs = [each for each in coverages if start in each.starts]
    if not theirs:
        days = sorted({day for each in coverages for day in each.starts})
        after = next((day for day in days if day > start), None)
        remedy = f"the next start is on {long_day(after)}" if after else "the plan ends before"
        raise UsageError(f"nobody can start on {long_day(start)} — {remedy}")
    return [line for each in theirs for line in _newcomer(each, start)]


def _newcomer(coverage: Coverage, start: date) -> list[str]:
    answers = [coverage.answer(each.objective_id, start) for each in coverage.objectives]
    ordered = sorted(answers, key=lambda each: (each.first is None, each.first or each.due))
    whose = f", {coverage.journey.name}" if coverage.journey.name else ""
    title = f"Somebody who starts on {long_day(start)} and stays {coverage.journey.weeks} weeks{whose}:"
    return [title, *(f"  - {_answer_line(coverage, each)}" for each in ordered)]


def _answer_line(coverage: Coverage, answer: Answer) -> str:
    statement = coverage.curriculum.objective_by_id[answer.objective_id].statement
    if answer.state == "missed":
        return f"not in time: {statement} — teach it one to one"
    if answer.first is None:
        return f"not yet decided: {statement}"
    return f"{short_day(answer.first)}: {statement}"


def _remedies(coverage: Coverage) -> list[str]:
    """List what was tried when the plan was made, and would help; each once."""
    every = (remedy for each in coverage.plan.sheet.shortfalls for remedy in each.remedies)
    return list(dict.fromkeys(every))


def _tried_lines(coverage: Coverage) -> list[str]:
    tried = _remedies(coverage)
    return ["Tried when the plan was made:", *(f"  - {each}" for each in tried)] if tried else []


def _counts(coverage: Coverage) -> tuple[int, int, int]:
    """Return how many start dates there are, are decided, and are taught everything in time."""
    taught = sum(coverage.teaches_all(start) for start in coverage.starts)
    return (
        len(coverage.starts),
        taught + sum(bool(coverage.missed(start)) for start in coverage.starts),
        taught,
    )


def _one_way(name: str, coverage: Coverage) -> list[str]:
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
    lines = [_finding_line(coverage, each) for each in findings if each.state != "kept"]
    agreed = dict.fromkeys((each.rule.rule_id, each.override) for each in findings if each.override)
    lines = [*(f"Hours: {rule_id} {override}." for rule_id, override in agreed), *lines]
    if any(each.falls_short for each in findings):
        return lines
    tail = (
        "; a week that is excused counts as kept" if any(each.state == "excused" for each in findings) else ""
    )
    return [f"Hours: every week keeps the rules of {', '.join(packs)}{tail}.", *lines]


def _finding_line(coverage: Coverage, finding: Finding) -> str:
    counted = finding.rule.minutes or coverage.program.minutes.count
    excuse = f", excused: {finding.reason.rstrip('.')}" if finding.state == "excused" else ""
    value = hours(round(finding.value * 60))
    when = ", ".join(text for text in (f"Week {finding.week}", finding.who) if text)
    advice = "recommended, not required: " if finding.misses_advice else ""
    return f"{when}: {value} {counted}; {advice}{finding.rule.title} ({finding.rule.source}){excuse}."


def _slack_lines(coverages: Sequence[Coverage]) -> list[str]:
    """Say on which sessions a promise hangs alone, those first that most start dates need."""
    found = hinges(coverages)
    if not found:
        return []
    alike: dict[tuple[str, int, tuple[date, ...], str], list[str]] = {}
    for each in found:
        statement = coverages[0].curriculum.objective_by_id[each.objective_id].statement
        key = (each.session.session_id, each.week, each.starts, each.journey)
        alike.setdefault(key, []).append(statement)
    worst = sorted(alike.items(), key=lambda pair: -len(pair[0][2]) * len(pair[1]))[:SHOWN_HINGES]
    count = len({each.session.session_id for each in found})
    head = "1 session carries" if count == 1 else f"{count} sessions carry"
    more = len(alike) - len(worst)
    return [
        f"No slack: {head} a promise alone.",
        *(_hinge_line(*key, statements) for key, statements in worst),
        *([f"  … and {more} more; --json lists all."] if more else []),
    ]


def _hinge_line(
    session_id: str, week: int, starts: Sequence[date], journey: str, statements: Sequence[str]
) -> str:
    days = ", ".join(month_day(start) for start in starts[:SHOWN_STARTS])
    more = len(starts) - SHOWN_STARTS
    days += f" and {more} other days" if more > 1 else " and one other day" if more == 1 else ""
    who = f"people who start on {days}" + (f" ({journey})" if journey else "")
    return f"  Week {week}: if {session_id} falls out, {who} miss: {'; '.join(statements)}."
