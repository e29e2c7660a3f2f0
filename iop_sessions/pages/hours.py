"""Gather the hours of each week: what is counted, which days are closed, which rules are held against it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from iop_sessions.coverage.rules import Finding, WeekHours, find, hours_by_week
from iop_sessions.plans.case import Case
from iop_sessions.program.calendar import Closure, closures
from iop_sessions.program.program import Program


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


def week_hours(case: Case) -> list[Week]:
    """Gather what is known of the hours of every week of a plan, for those of each track in each phase."""
    found, program, first = find(case), case.program, case.plan.sheet.start
    return [
        Week(
            minutes.week,
            minutes,
            tuple(closed_days(program, first + timedelta(days=7 * (minutes.week - 1)), minutes.slots)),
            tuple(each for each in found if (each.week, each.whom) == (minutes.week, minutes.whom)),
        )
        for minutes in hours_by_week(program, case.plan)
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
