"""Gather the hours of each week and how they stand against the rules, and word each finding once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from iop_sessions.coverage.excuses import NO_REASON, SHOWN_BY
from iop_sessions.coverage.rules import Finding, WeekHours, Whom, find, hours_by_week
from iop_sessions.ground.speech import Speech, capital, hours
from iop_sessions.pages.common import ranges
from iop_sessions.pages.wording.coverage import whom_words
from iop_sessions.pages.wording.lacking import holiday_words
from iop_sessions.plans.case import Case
from iop_sessions.program.calendar import Closure, Meeting, closures
from iop_sessions.program.program import Program
from iop_sessions.program.settings import RuleOverride


@dataclass(frozen=True)
class Week:
    """One week of some people, with its hours, its closed days, and every rule held against it."""

    number: int
    minutes: WeekHours
    closed: tuple[Closure, ...]
    findings: tuple[Finding, ...]
    over: bool = False  # its last day is past, or today

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
            over=first + timedelta(days=7 * minutes.week - 1) <= case.as_of,
        )
        for minutes in hours_by_week(program, case.plan, case.as_of)
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


def finding_words(say: Speech, finding: Finding) -> str:
    """Say how a week stands against a rule: 9 h or more, falls short by 3 h."""
    rule, is_least = finding.rule, finding.rule.operator == ">="
    limit = say("hours.at-least" if is_least else "hours.at-most", limit=_hours(rule.value))
    if finding.state == "kept":
        return say("hours.kept-unsure" if finding.is_unsure else "hours.kept", limit=limit)
    if finding.state == "excused":
        return say("hours.excused", limit=limit, reason=finding.reason.rstrip("."))
    told = say(_broken_key(finding), limit=limit, gap=missing(finding))
    return f"{told}; {_claim_words(say, finding)}" if finding.claimed else told


def _broken_key(finding: Finding) -> str:
    """Return the words for a limit that is not kept; one that nobody verified is never called required."""
    is_least = finding.rule.operator == ">="
    if not finding.misses_advice:
        return f"hours.too-{'short' if is_least else 'long'}"
    advised = f"hours.advised-{'more' if is_least else 'less'}"
    return advised if finding.rule.verified else f"{advised}-unverified"


def _claim_words(say: Speech, finding: Finding) -> str:
    """Say why the reason that the program gives for a week does not excuse it."""
    code = finding.claimed
    if code not in finding.rule.reason_codes or code not in SHOWN_BY:
        return say("hours.no-excuse", code=code)
    known = code if code in ("holiday", "taper") else "surprise"
    return say(f"hours.unshown-{known}", code=code)


def stand_words(say: Speech, finding: Finding) -> str:
    """Say what a week has and how it stands against a rule: 6 h clinical; 9 h or more, falls short by 3 h."""
    held = say(f"hours.{finding.counted}", hours=_hours(finding.value))
    if finding.unconfirmed:
        held = say("hours.partly-unsure", held=held, gap=_hours(finding.unconfirmed))
    return say("hours.stands", held=held, result=finding_words(say, finding))


def sourced_words(say: Speech, finding: Finding) -> str:
    """Say what a week has, how it stands against a rule, and whose rule it is."""
    rule = finding.rule
    key = "hours.by" if rule.verified else "hours.by-unverified"
    return say(key, said=stand_words(say, finding), rule=rule.rule_id, source=rule.source)


def override_words(say: Speech, override: RuleOverride) -> str:
    """Say what counts in place of a rule, until when, who stands for it, and why."""
    limit, until, reason = _hours(override.value), say.full_day(override.until), override.reason.rstrip(".")
    return say("hours.overridden", limit=limit, until=until, by=override.by, reason=reason)


def rule_words(say: Speech, findings: Iterable[Finding]) -> list[str]:
    """Say how a week stands against each of its rules, those that are not kept first."""
    return [
        "; ".join(
            (finding_words(say, each), *([override_words(say, each.override)] if each.override else []))
        )
        for each in sorted(findings, key=lambda each: each.state == "kept")
    ]


def missing(finding: Finding) -> str:
    """Write the hours between a week and the rule that it breaks."""
    return _hours(abs(finding.rule.value - finding.value))


def remedy(say: Speech, finding: Finding, week: WeekHours, *, over: bool = False) -> str:
    """Say in a sentence what would mend a week that breaks a rule; one that is over can only be explained."""
    if over:
        said = excuse_words(say, finding, [week.week])
        return f"{capital(said)}." if said else ""
    gap = missing(finding)
    if finding.rule.operator == "<=":
        return say("hours.take-out", gap=gap)
    if finding.offers:
        return say("hours.add-or-excuse", gap=gap, codes=_codes(say, finding))
    return say("hours.add-no-breaks" if week.seat > week.counted else "hours.add", gap=gap)


def options_words(
    say: Speech,
    finding: Finding,
    week: WeekHours,
    fallen_out: dict[date, list[Meeting]],
    *,
    over: bool = False,
) -> tuple[str, ...]:
    """List all that would mend a week that breaks a rule: move, add, or write why; once it is over, only why.

    Parameters
    ----------
    fallen_out
        By day, the meetings that the timetable has in the week and the plan has not.
    """
    gap, why = missing(finding), excuse_words(say, finding, [finding.week])
    excuse = [why] if why else []
    if over:
        return tuple(excuse)
    if finding.rule.operator == "<=":
        return (say("hours.move-out", gap=gap), *excuse)
    moves = (
        say(
            "hours.move",
            day=say.weekday_month_day(day),
            slots=", ".join(each.slot.id for each in lost),
            hours=hours(sum(each.slot.minutes for each in lost)),
        )
        for day, lost in fallen_out.items()
    )
    return (
        *moves,
        say("hours.add-session-no-breaks" if week.seat > week.counted else "hours.add-session", gap=gap),
        *excuse,
    )


def excuse_words(say: Speech, finding: Finding, weeks: Sequence[int]) -> str:
    """Say where the reason is written for weeks that break a rule; empty where none would hold."""
    codes = _codes(say, finding)
    if not codes:
        return ""
    one = "hours.write-code" if len(weeks) == 1 else "hours.write-codes"
    return say(one, week=ranges(weeks), codes=codes)


def _codes(say: Speech, finding: Finding) -> str:
    """Name the reason codes that would hold."""
    return say.listed([f'"{code}"' for code in finding.offers], "shared.or")


def weeks_words(say: Speech, weeks: Sequence[int], said: str, whom: Whom | None = None) -> str:
    """Say of which weeks of whom something is true: Weeks 1-3, phase 2: 6 h clinical."""
    key = "coverage.in-week" if len(set(weeks)) == 1 else "coverage.in-weeks"
    named = ", ".join(text for text in (ranges(weeks), whom_words(say, whom) if whom else "") if text)
    return say(key, weeks=named, about=said)


def split_words(say: Speech, week: WeekHours, count: str) -> list[str]:
    """Say how much of a week was held, is not confirmed and is planned; nothing where all is planned."""
    held, unsure = week.held.counted(count), week.unconfirmed.counted(count)
    parts = {"held": held, "not-confirmed": unsure, "planned": week.counted - held - unsure}
    told = [f"{hours(minutes)} {say(f'hours.is-{name}')}" for name, minutes in parts.items() if minutes]
    return [", ".join(told)] if held or unsure else []


def payer_words(say: Speech, program: Program) -> str:
    """Say which hours the payer counts."""
    return say(f"hours.payer-{program.minutes.count}")


def _hours(number: float) -> str:
    return hours(round(number * 60))


Held = tuple[Finding, tuple[str, ...]]
"""A finding, and what would mend the week, in words."""


def findings_words(say: Speech, held: Iterable[Held]) -> list[str]:
    """Say a line for each finding that is not kept, all its options below; weeks alike share it."""
    alike: dict[tuple[str, Whom, str, bool], list[Held]] = {}
    for finding, options in held:
        if finding.state != "kept" or finding.is_unsure:
            only_why = set(options) <= {excuse_words(say, finding, [finding.week])}  # of a week that is over
            key = (sourced_words(say, finding), finding.whom, _codes(say, finding), only_why)
            alike.setdefault(key, []).append((finding, options))
    return [
        text
        for (said, whom, _, _), same in alike.items()
        for text in (
            weeks_words(say, [finding.week for finding, _ in same], said, whom),
            *(f"  - {option}" for option in _options_of(say, same)),
        )
    ]


def _options_of(say: Speech, same: Sequence[Held]) -> Iterator[str]:
    """Yield each option of weeks alike once: those of one week, those of all, and where to write a reason."""
    whys = {finding.week: excuse_words(say, finding, [finding.week]) for finding, _ in same}
    named = [(finding.week, option) for finding, options in same for option in options]
    others = dict.fromkeys(option for week, option in named if option != whys[week])
    yield from sorted(others, key=lambda option: all(option in options for _, options in same))
    excused = [week for week, option in named if option == whys[week]]
    if excused:
        yield excuse_words(say, same[0][0], excused)


def rules_words(say: Speech, packs: Sequence[str], findings: Sequence[Finding], weeks: int) -> list[str]:
    """Say how a plan stands against the rules of its packs, and what is agreed upon in place of one."""
    named = ", ".join(packs)
    if not packs or not findings:
        return [say("rules.none-applies", packs=named) if packs else say("rules.no-pack")]
    agreed = dict.fromkeys(
        (each.rule.rule_id, override) for each in findings if (override := each.override) is not None
    )
    told = (
        say("rules.override", rule=rule_id, said=override_words(say, override))
        for rule_id, override in agreed
    )
    return [_summary(say, named, findings, weeks), *told]


def caveats_words(say: Speech, findings: Sequence[Finding]) -> list[str]:
    """Say which rules nobody verified, and what of the source of a pack is not checked."""
    rules = list({each.rule.rule_id: each.rule for each in findings}.values())
    unsure = [rule.rule_id for rule in rules if not rule.verified]
    told = [say("rules.unverified", rules=", ".join(unsure))] if unsure else []
    for pack in dict.fromkeys(rule.pack for rule in rules if rule.unchecked):
        here = [rule for rule in rules if rule.pack == pack]
        others = [each for rule in here for each in rule.unchecked]
        count = {"number": len(here), "whole": len(here) + len(others)}
        told.append(say("rules.checked", pack=pack, others="; ".join(others), **count))
    return told


def _summary(say: Speech, packs: str, findings: Sequence[Finding], weeks: int) -> str:
    if all(each.state == "kept" for each in findings):
        unsure = any(each.is_unsure for each in findings)
        return say("rules.kept-unsure" if unsure else "rules.kept", packs=packs)
    short = len({each.week for each in findings if each.falls_short})
    parts = [say.count(short, "rules.broken", weeks=weeks) if short else say("rules.none-broken")]
    excused = len({each.week for each in findings if each.state == "excused"})
    advice = len({each.week for each in findings if each.misses_advice})
    parts += [say("rules.excused", number=excused)] if excused else []
    parts += [say("rules.advice", number=advice)] if advice else []
    return say("rules.summary", packs=packs, said=", ".join(parts))
