"""Hold the weeks of a plan against its rules, in words and as facts, with what would mend a week."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from iop_sessions.coverage.rules import Finding, WeekHours, find, hours_by_week
from iop_sessions.ground.speech import Speech
from iop_sessions.pages.wording.hours import Held, findings_words, options_words, rules_words
from iop_sessions.plans.case import Case
from iop_sessions.program.calendar import Meeting, all_meetings

Facts = dict[str, Any]


@dataclass(frozen=True)
class Holding:
    """A plan held against the rules of its program, with what would mend each week that breaks one."""

    case: Case
    held: tuple[Held, ...]

    @property
    def findings(self) -> list[Finding]:
        """List the findings alone."""
        return [finding for finding, _ in self.held]

    @property
    def broken(self) -> list[Held]:
        """List the findings of rules that must be kept and are not."""
        return [each for each in self.held if each[0].falls_short]


def hold(case: Case) -> Holding:
    """Hold a plan against its rules, and look for what would mend each week that breaks one."""
    weeks = {(week.week, week.whom): week for week in hours_by_week(case.program, case.plan)}
    say = case.curriculum.speech("en")
    return Holding(
        case,
        tuple(
            (each, _options(case, each, weeks[each.week, each.whom], say) if each.state == "broken" else ())
            for each in find(case)
        ),
    )


def _options(case: Case, finding: Finding, week: WeekHours, say: Speech) -> tuple[str, ...]:
    is_shut = not any(each.takes_place for each in case.plan.in_week(week.week))
    return options_words(say, finding, week, {} if is_shut else _fallen_out(case, week))


def _fallen_out(case: Case, week: WeekHours) -> dict[date, list[Meeting]]:
    """List by day the meetings of these people that the timetable has in a week and the plan has not."""
    plan = case.plan
    first = plan.sheet.start + timedelta(days=7 * (week.week - 1))
    days = [first + timedelta(days=number) for number in range(7)]
    there = {each.session_id for each in plan.sessions if each.takes_place and each.date in days}
    found: dict[date, list[Meeting]] = {}
    for each in all_meetings(case.program, first, 1):
        counts = each.slot.id in week.slots and each.slot.counted != "none"
        if counts and each.meeting_id not in there:
            found.setdefault(each.day, []).append(each)
    return found


def rule_facts(holding: Holding) -> list[Facts]:
    """Return every finding, as a script reads it."""
    return [_facts(*each) for each in holding.held]


def _facts(finding: Finding, options: tuple[str, ...]) -> Facts:
    rule, override = finding.rule, finding.override
    facts: Facts = {
        "rule_id": rule.rule_id, "state": finding.state, "week": finding.week,
        "value": round(finding.value, 2), "limit": rule.value, "source": rule.source,
        "severity": rule.severity,
    }  # fmt: skip
    if finding.who:
        facts["who"] = finding.who
    if finding.reason:
        facts["reason"] = finding.reason
    if override:
        facts["override"] = {
            "by": override.by, "reason": override.reason, "until": override.until.isoformat(),
        }  # fmt: skip
    return facts | ({"options": list(options)} if options else {})


def rule_lines(holding: Holding, *, mended: bool = True) -> list[str]:
    """Return how the weeks stand against the rules, as a person reads it.

    Parameters
    ----------
    mended
        Whether to say what would mend a week that breaks one.
    """
    say, sheet = holding.case.curriculum.speech("en"), holding.case.plan.sheet
    held = holding.held if mended else tuple((each, ()) for each in holding.findings)
    told = rules_words(say, holding.case.program.rules.packs, holding.findings, sheet.weeks)
    return [*told, *findings_words(say, held)]
