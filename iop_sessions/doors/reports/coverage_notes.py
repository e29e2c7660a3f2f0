"""Word what else is to be known of a coverage: topics to come, hours, where there is no slack, the cost."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from iop_sessions.coverage.covering import Coverage
from iop_sessions.coverage.rules import Finding, find
from iop_sessions.coverage.slack import hinges
from iop_sessions.ground.dates import hours, month_day
from iop_sessions.judge.pricing import flaws, price
from iop_sessions.pages.common import ranges
from iop_sessions.program.choosing import not_promised, wanted_topics

SHOWN_HINGES: Final = 3
SHOWN_STARTS: Final = 3
"""What a person reads of where a plan has no slack; scripts get it all."""
MOST_FINDINGS: Final = 30
"""Findings that a person reads one by one."""


def notes(coverages: Sequence[Coverage]) -> list[str]:
    """Return what stands below the counts of a coverage, as a person reads it."""
    first = coverages[0]
    return [
        *_wanted_lines(first),
        *_tried_lines(first),
        *_hours_lines(first),
        *_slack_lines(coverages),
        *_bill_lines(first),
    ]


def remedies(coverage: Coverage) -> list[str]:
    """List what was tried when the plan was made, and would help; each once."""
    return list(coverage.plan.sheet.remedies)


def _wanted_lines(coverage: Coverage) -> list[str]:
    """Say which topics and objectives wait for topics that are not written yet."""
    wanted = wanted_topics(coverage.curriculum, coverage.program)
    lines = [f"Topics still to be written: {len(wanted)}."] if wanted else []
    lines += [f"  - {each.topic_id} {each.title}" for each in wanted]
    open_core = [each.statement for each in not_promised(coverage.curriculum, coverage.program)]
    return lines + (
        [f"Core objectives that no topic teaches yet: {'; '.join(open_core)}."] if open_core else []
    )


def _hours_lines(coverage: Coverage) -> list[str]:
    packs = coverage.program.rules.packs
    findings = find(coverage.curriculum, coverage.program, coverage.plan)
    if not packs:
        return ["Hours: the program names no rule pack."]
    if not findings:
        return ["Hours: no rule of these packs applies."]
    lines = _finding_lines(coverage, [each for each in findings if each.state != "kept"])
    agreed = dict.fromkeys((each.rule.rule_id, each.override) for each in findings if each.override)
    lines = [*(f"Hours: {rule_id} {override}." for rule_id, override in agreed), *lines]
    if any(each.falls_short for each in findings):
        return lines
    tail = (
        "; a week that is excused counts as kept" if any(each.state == "excused" for each in findings) else ""
    )
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


def _tried_lines(coverage: Coverage) -> list[str]:
    tried = remedies(coverage)
    return ["Tried when the plan was made:", *(f"  - {each}" for each in tried)] if tried else []


def _bill_lines(coverage: Coverage) -> list[str]:
    """Say what the plan costs by name, and where a week could be better."""
    bill = price(coverage.curriculum, coverage.program, coverage.plan)
    found = [
        each
        for every in flaws(coverage.curriculum, coverage.program, coverage.plan).values()
        for each in every
    ]
    return [*bill.lines, *(f"  - {each.message}" for each in found)]
