"""Word how the weeks of a plan stand against its rules, and what would mend a week that falls short."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from iop_sessions.coverage.rules import Finding, WeekHours, find, hours_by_week
from iop_sessions.ground.speech import ENGLISH, hours
from iop_sessions.pages import common
from iop_sessions.plans.case import Case
from iop_sessions.plans.plan import Plan
from iop_sessions.program.calendar import Meeting, all_meetings
from iop_sessions.program.program import Program
from iop_sessions.program.settings import RuleOverride

Facts = dict[str, Any]


@dataclass(frozen=True)
class Held:
    """One finding with its options; those of a week that keeps the rule or is excused are none."""

    finding: Finding
    counted: str  # clinical or seat
    options: tuple[str, ...] = ()


@dataclass(frozen=True)
class Holding:
    """A plan held against the rules of its program."""

    program: Program
    plan: Plan
    held: tuple[Held, ...]

    @property
    def broken(self) -> list[Held]:
        """List the findings of rules that must be kept and are not."""
        return [each for each in self.held if each.finding.falls_short]

    @property
    def overrides(self) -> list[RuleOverride]:
        """List what counts in place of a rule in some week."""
        return list(dict.fromkeys(each.finding.override for each in self.held if each.finding.override))


def hold(case: Case) -> Holding:
    """Hold a plan against its rules, and look for what would mend each week that breaks one."""
    program, plan = case.program, case.plan
    weeks = {(week.week, week.whom): week for week in hours_by_week(program, plan)}
    return Holding(
        program,
        plan,
        tuple(
            Held(
                each,
                each.rule.minutes or program.minutes.count,
                options(program, plan, each, weeks[each.week, each.whom]) if each.state == "broken" else (),
            )
            for each in find(case)
        ),
    )


def options(program: Program, plan: Plan, finding: Finding, week: WeekHours) -> tuple[str, ...]:
    """Say in words what would mend a week that breaks a rule: move, add, or write why."""
    gap = hours(round(abs(finding.rule.value - finding.value) * 60))
    excuse = _excuse(finding)
    if finding.rule.operator == "<=":
        return (f"move {gap} of group to another week, or leave it out", *excuse)
    breaks = "; breaks do not count" if week.seat > week.counted else ""
    is_shut = not any(each.takes_place for each in plan.in_week(week.week))
    fallen_out = {} if is_shut else _fallen_out(program, plan, week)
    moves = [
        f"move: hold on another day of the week what falls out on {ENGLISH.weekday_month_day(day)} "
        f"({', '.join(each.slot.id for each in lost)}; {hours(sum(each.slot.minutes for each in lost))})"
        for day, lost in fallen_out.items()
    ]
    return (*moves, f"add a session: {gap} of group{breaks}", *excuse)


def _excuse(finding: Finding) -> list[str]:
    codes = " or ".join(f'"{code}"' for code in finding.rule.reason_codes)
    where = f"under [[week_notes]] of the program: week = {finding.week}, reason_code = {codes}"
    return [f"write a reason code {where}"] if codes else []


def _fallen_out(program: Program, plan: Plan, week: WeekHours) -> dict[date, list[Meeting]]:
    """List by day the meetings of these people that the timetable has in a week and the plan has not."""
    first = plan.sheet.start + timedelta(days=7 * (week.week - 1))
    days = [first + timedelta(days=number) for number in range(7)]
    there = {each.session_id for each in plan.sessions if each.takes_place and each.date in days}
    found: dict[date, list[Meeting]] = {}
    for each in all_meetings(program, first, 1):
        counts = each.slot.id in week.slots and each.slot.counted != "none"
        if counts and each.meeting_id not in there:
            found.setdefault(each.day, []).append(each)
    return found


def rule_facts(holding: Holding) -> list[Facts]:
    """Return every finding, as a script reads it."""
    return [_facts(each) for each in holding.held]


def _facts(held: Held) -> Facts:
    finding = held.finding
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
    return facts | ({"options": list(held.options)} if held.options else {})


def rule_lines(holding: Holding) -> list[str]:
    """Return how the weeks stand against the rules, as a person reads it."""
    packs = holding.program.rules.packs
    if not packs:
        return ["The program names no rule pack."]
    if not holding.held:
        return [f"No rule of {', '.join(packs)} applies."]
    lines = [_summary(holding, packs), *(f"{each.rule_id}: {each}." for each in holding.overrides)]
    alike: dict[tuple[str, tuple[str, ...]], list[int]] = {}
    for held in holding.held:
        if held.finding.state != "kept":
            alike.setdefault((_about(held), held.options), []).append(held.finding.week)
    for (about, said), weeks in alike.items():
        lines.append(f"{'Week' if len(weeks) == 1 else 'Weeks'} {common.ranges(weeks)}{about}")
        lines += [f"  - {option}" for option in said]
    return lines


def _summary(holding: Holding, packs: Sequence[str]) -> str:
    findings = [each.finding for each in holding.held]
    named = f"Rules of {', '.join(packs)}"
    if all(each.state == "kept" for each in findings):
        return f"{named}: every week keeps them."
    short = len({each.week for each in findings if each.falls_short})
    excused = len({each.week for each in findings if each.state == "excused"})
    advice = len({each.week for each in findings if each.misses_advice})
    weeks = holding.plan.sheet.weeks
    parts = (
        f"{short} of {weeks} weeks {'breaks' if short == 1 else 'break'} one"
        if short
        else "no week breaks one",
        f"{excused} excused" if excused else "",
        f"{advice} beside a recommendation, which need not be kept" if advice else "",
    )
    return f"{named}: {', '.join(part for part in parts if part)}."


def _about(held: Held) -> str:
    """Say what a finding says beside its week."""
    finding = held.finding
    rule, who = finding.rule, f", {finding.who}" if finding.who else ""
    gap = hours(round(abs(rule.value - finding.value) * 60))
    limit = f"{rule.value:g} hours or {'more' if rule.operator == '>=' else 'fewer'}"
    side = "short of" if rule.operator == ">=" else "above"
    kind = "required" if rule.severity == "must" else "recommended"
    text = (
        f"{who}: {hours(round(finding.value * 60))} {held.counted}, {gap} {side} the {limit} that are {kind}"
    )
    text += f" by {rule.rule_id} ({rule.source})"
    if finding.state == "excused":
        return f"{text}; excused in week_notes: {finding.reason.rstrip('.')}."
    return f"{text}."
