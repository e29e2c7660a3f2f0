"""Word the hours of each week: what the payer counts, what the rules ask, what would mend a week."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from iop_sessions.calendars import Closure, closures, hours
from iop_sessions.curriculum import Curriculum
from iop_sessions.findings import Finding, WeekHours, find, hours_by_week
from iop_sessions.pages.common import month_day, ranges
from iop_sessions.plans import Plan
from iop_sessions.programs import Program
from iop_sessions.references import Rule


@dataclass(frozen=True)
class Week:
    """One week with its hours, its closed days, and every rule held against it."""

    number: int
    minutes: WeekHours
    closed: tuple[Closure, ...]
    findings: tuple[Finding, ...]

    @property
    def broken(self) -> list[Finding]:
        """List the rules that the week breaks."""
        return [finding for finding in self.findings if finding.state == "broken"]


def week_hours(curriculum: Curriculum, program: Program, plan: Plan) -> list[Week]:
    """Gather what is known of the hours of every week of a plan."""
    found = find(curriculum, program, plan)
    return [
        Week(
            minutes.week,
            minutes,
            tuple(closed_days(program, plan.sheet.start + timedelta(days=7 * (minutes.week - 1)))),
            tuple(finding for finding in found if finding.week == minutes.week),
        )
        for minutes in hours_by_week(program, plan)
    ]


def closed_days(program: Program, first: date) -> list[Closure]:
    """List the days of a week on which groups would meet, were they not closed."""
    weekdays = {slot.weekday for slot in program.slots}
    found = closures(program, first, first + timedelta(days=6))
    return [closure for day, closure in found.items() if day.weekday() in weekdays]


def closures_words(closed: Sequence[Closure]) -> str:
    """Say which days are closed, and why where a reason is known; empty for none."""
    days = (month_day(each.day) + (f" ({each.name})" if each.name != "Closed" else "") for each in closed)
    return f"Closed: {', '.join(days)}." if closed else ""


def week_words(numbers: Iterable[int]) -> str:
    """Name weeks: Week 3, Weeks 3, 7."""
    listed = list(numbers)
    return f"{'Week' if len(listed) == 1 else 'Weeks'} {ranges(listed)}"


def limit_words(rule: Rule) -> str:
    """Write a rule's limit: 9 h or more."""
    return f"{hours(round(rule.value * 60))} or {'more' if rule.operator == '>=' else 'less'}"


def missing(finding: Finding) -> str:
    """Write the hours between a week and the rule that it breaks."""
    return hours(round(abs(finding.rule.value - finding.value) * 60))


def finding_words(finding: Finding) -> str:
    """Say how a week stands against a rule: 9 h or more, falls short by 3 h."""
    limit = limit_words(finding.rule)
    if finding.state == "kept":
        return f"{limit}, kept"
    if finding.state == "excused":
        return f"{limit}, excused: {finding.reason}"
    return f"{limit}, {'falls short' if finding.rule.operator == '>=' else 'too long'} by {missing(finding)}"


def rule_words(findings: Iterable[Finding]) -> list[str]:
    """Say how a week stands against each of its rules, those that are not kept first."""
    return [finding_words(each) for each in sorted(findings, key=lambda each: each.state == "kept")]


def remedy(week: Week, finding: Finding) -> str:
    """Say what would mend a week that breaks a rule."""
    if finding.rule.operator == "<=":
        return f"Take {missing(finding)} of group out of the week."
    add = f"Add {missing(finding)} of group"
    if week.closed and "holiday" in finding.rule.reason_codes:
        return f"{add} on another day, or give the week the reason code 'holiday' in the program file."
    breaks = week.minutes.seat > week.minutes.counted
    return f"{add} to the week; breaks do not count." if breaks else f"{add} to the week."
