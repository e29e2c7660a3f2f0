"""Word the hours of each week: what the payer counts, what the rules ask, what would mend a week."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from iop_sessions.coverage.rules import Finding, WeekHours, find, hours_by_week
from iop_sessions.curriculum.library import Curriculum
from iop_sessions.curriculum.records import Rule
from iop_sessions.ground.speech import Speech, hours
from iop_sessions.pages.wording import holiday_words
from iop_sessions.plans.case import Case
from iop_sessions.plans.plan import Plan
from iop_sessions.program.calendar import Closure, closures
from iop_sessions.program.program import Program

NO_REASON: Final = "Closed"
"""What a calendar calls a day that is closed for no reason it knows."""


@dataclass(frozen=True)
class Week:
    """One week of some people, with its hours, its closed days, and every rule held against it."""

    number: int
    minutes: WeekHours
    closed: tuple[Closure, ...]
    findings: tuple[Finding, ...]

    @property
    def broken(self) -> list[Finding]:
        """List the rules that the week breaks; what is only recommended is none."""
        return [finding for finding in self.findings if finding.falls_short]


def week_hours(curriculum: Curriculum, program: Program, plan: Plan) -> list[Week]:
    """Gather what is known of the hours of every week of a plan, for those of each track in each phase."""
    found = find(Case(curriculum, program, plan))
    return [
        Week(
            minutes.week,
            minutes,
            tuple(
                closed_days(program, plan.sheet.start + timedelta(days=7 * (minutes.week - 1)), minutes.slots)
            ),
            tuple(each for each in found if (each.week, each.whom) == (minutes.week, minutes.whom)),
        )
        for minutes in hours_by_week(program, plan)
    ]


def closed_days(program: Program, first: date, slot_ids: Collection[str] = ()) -> list[Closure]:
    """List the days of a week on which groups would meet, were not every site of theirs closed.

    Parameters
    ----------
    slot_ids
        The slots of the people it is about. Default: every slot.
    """
    slots = [slot for slot in program.slots if not slot_ids or slot.id in slot_ids]
    sites = {slot.site for slot in slots}
    found = {site: closures(program, first, first + timedelta(days=6), site) for site in sites}
    meeting: dict[date, set[str]] = {}
    for slot in slots:
        day = first + timedelta(days=(slot.weekday - first.weekday()) % 7)
        meeting.setdefault(day, set()).add(slot.site)
    return [
        found[min(here)][day]
        for day, here in sorted(meeting.items())
        if all(day in found[site] for site in here)
    ]


def closure_name(say: Speech, closure: Closure) -> str:
    """Return why a day is closed, where a reason is known; a holiday that has no other name keeps its own."""
    return "" if closure.name == NO_REASON else holiday_words(closure.name, say)


def closures_words(say: Speech, closed: Sequence[Closure]) -> str:
    """Say which days are closed, and why where a reason is known; empty for none."""
    days = ", ".join(_closed_day(say, closure) for closure in closed)
    return say("agenda.closed-days", days=days) if closed else ""


def _closed_day(say: Speech, closure: Closure) -> str:
    day, name = say.month_day(closure.day), closure_name(say, closure)
    return say("agenda.closed-day", day=day, name=name) if name else day


def limit_words(say: Speech, rule: Rule) -> str:
    """Write a rule's limit: 9 h or more."""
    limit = hours(round(rule.value * 60))
    return say("hours.at-least" if rule.operator == ">=" else "hours.at-most", limit=limit)


def missing(finding: Finding) -> str:
    """Write the hours between a week and the rule that it breaks."""
    return hours(round(abs(finding.rule.value - finding.value) * 60))


def finding_words(say: Speech, finding: Finding) -> str:
    """Say how a week stands against a rule: 9 h or more, falls short by 3 h."""
    said = override_words(say, finding)
    return f"{_plain_words(say, finding)}; {said}" if said else _plain_words(say, finding)


def override_words(say: Speech, finding: Finding) -> str:
    """Say what a limit comes from that is not the rule's own; empty where it is."""
    if finding.override is None:
        return ""
    limit, until = hours(round(finding.rule.value * 60)), say.full_day(finding.override.until)
    reason = finding.override.reason.rstrip(".")
    return say("hours.overridden", limit=limit, until=until, by=finding.override.by, reason=reason)


def _plain_words(say: Speech, finding: Finding) -> str:
    limit = limit_words(say, finding.rule)
    if finding.state == "kept":
        return say("hours.kept", limit=limit)
    if finding.state == "excused":
        return say("hours.excused", limit=limit, reason=finding.reason)
    if finding.misses_advice:
        key = "hours.advised-more" if finding.rule.operator == ">=" else "hours.advised-less"
        return say(key, limit=limit, gap=missing(finding))
    key = "hours.too-short" if finding.rule.operator == ">=" else "hours.too-long"
    return say(key, limit=limit, gap=missing(finding))


def rule_words(say: Speech, findings: Iterable[Finding]) -> list[str]:
    """Say how a week stands against each of its rules, those that are not kept first."""
    return [finding_words(say, each) for each in sorted(findings, key=lambda each: each.state == "kept")]


def remedy(say: Speech, week: Week, finding: Finding) -> str:
    """Say what would mend a week that breaks a rule."""
    gap = missing(finding)
    if finding.rule.operator == "<=":
        return say("hours.take-out", gap=gap)
    if week.closed and "holiday" in finding.rule.reason_codes:
        return say("hours.add-or-excuse", gap=gap)
    breaks = week.minutes.seat > week.minutes.counted
    return say("hours.add-no-breaks" if breaks else "hours.add", gap=gap)


def payer_words(say: Speech, program: Program) -> str:
    """Say which hours the payer counts."""
    return say(f"hours.payer-{program.minutes.count}")
