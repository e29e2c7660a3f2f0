"""Say what a plan covers and how its weeks stand against the rules: lines for people, facts for scripts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from iop_sessions.coverage.covering import CLAIMS, Answer, Claim, Coverage, worst_of
from iop_sessions.coverage.rules import Finding, WeekHours, find, hours_by_week
from iop_sessions.coverage.slack import Hinge, hinges
from iop_sessions.doors.reports import Facts
from iop_sessions.doors.reports.plan import bill_lines
from iop_sessions.ground.english import counted
from iop_sessions.ground.errors import UsageError
from iop_sessions.ground.speech import ENGLISH, Speech
from iop_sessions.judge.pricing import flaws, price
from iop_sessions.pages.wording import remedy_words
from iop_sessions.pages.wording.coverage import (
    STATES,
    each_way,
    states_words,
    taught_words,
    undecided_words,
    wanted_words,
    worst_words,
)
from iop_sessions.pages.wording.hours import Held, caveats_words, findings_words, options_words, rules_words
from iop_sessions.pages.wording.lacking import flaw_words
from iop_sessions.plans.case import Case
from iop_sessions.program.calendar import Meeting, all_meetings
from iop_sessions.program.choosing import not_promised, wanted_topics


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
    weeks = {(week.week, week.whom): week for week in hours_by_week(case.program, case.plan, case.as_of)}
    say = case.curriculum.speech("en")
    return Holding(
        case,
        tuple(
            (each, _options(case, each, weeks[each.week, each.whom], say) if each.state == "broken" else ())
            for each in find(case)
        ),
    )


def _options(case: Case, finding: Finding, week: WeekHours, say: Speech) -> tuple[str, ...]:
    over = case.plan.sheet.start + timedelta(days=7 * week.week - 1) <= case.as_of
    is_shut = not any(each.takes_place for each in case.plan.in_week(week.week))
    return options_words(say, finding, week, {} if is_shut else _fallen_out(case, week), over=over)


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
        "severity": rule.severity, "verified": rule.verified,
        "held": round(finding.held, 2), "not_confirmed": round(finding.unconfirmed, 2),
    }  # fmt: skip
    if finding.who:
        facts["who"] = finding.who
    if finding.reason:
        facts["reason"] = finding.reason
    if finding.claimed:
        facts["reason_that_does_not_hold"] = finding.claimed
    if rule.unchecked:
        facts["not_checked"] = list(rule.unchecked)
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
    return [*told, *findings_words(say, held), *caveats_words(say, holding.findings)]


SHOWN_HINGES: Final = 3
SHOWN_STARTS: Final = 3
"""What a person reads of where a plan has no slack; scripts get it all."""


def remedies(coverage: Coverage) -> list[str]:
    """Word what was tried when the plan was made, and would help; each once."""
    offered = coverage.case.plan.sheet.remedies_after(coverage.case.as_of)
    return remedy_words(offered, coverage.case.curriculum.speech("en"))


def _slack_lines(coverages: Sequence[Coverage]) -> list[str]:
    """Say on which sessions a promise hangs alone, those first that most start dates need."""
    found = hinges(coverages)
    if not found:
        return []
    alike: dict[tuple[str, int, tuple[date, ...], str], list[str]] = {}
    for each in found:
        statement = coverages[0].case.curriculum.objective_by_id[each.objective_id].statement
        key = (each.session.session_id, each.week, each.starts, each.journey)
        alike.setdefault(key, []).append(statement)
    worst = sorted(alike.items(), key=lambda pair: -len(pair[0][2]) * len(pair[1]))[:SHOWN_HINGES]
    head = counted(len({each.session.session_id for each in found}), "session carries", "sessions carry")
    more = len(alike) - len(worst)
    return [
        f"No slack: {head} a promise alone.",
        *(_hinge_line(*key, statements) for key, statements in worst),
        *([f"  … and {more} more; --json lists all."] if more else []),
    ]


def _hinge_line(
    session_id: str, week: int, starts: Sequence[date], journey: str, statements: Sequence[str]
) -> str:
    days = ", ".join(ENGLISH.month_day(start) for start in starts[:SHOWN_STARTS])
    more = len(starts) - SHOWN_STARTS
    days += f" and {more} other days" if more > 1 else " and one other day" if more == 1 else ""
    who = f"people who start on {days}" + (f" ({journey})" if journey else "")
    return f"  Week {week}: if {session_id} falls out, {who} miss: {'; '.join(statements)}."


def _bill_lines(coverage: Coverage) -> list[str]:
    """Say what the plan costs by name, and where a week could be better."""
    say = coverage.case.curriculum.speech("en")
    found = [each for every in flaws(coverage.case).values() for each in every]
    return [*bill_lines(price(coverage.case)), *(f"  - {flaw_words(each, say)}" for each in found)]


def coverage_facts(name: str, coverages: Sequence[Coverage]) -> Facts:
    """Return what a plan covers, as a script reads it; a count is that of all ways through the program."""
    first, worst = coverages[0], worst_of(coverages)
    several, say = len(coverages) > 1, first.case.curriculum.speech("en")
    return {
        "plan": name,
        "sessions": _state_facts(first.case),
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
            | {"limit": each.rule.value, "source": each.rule.source, "verified": each.rule.verified}
            | {"held": round(each.held, 2), "not_confirmed": round(each.unconfirmed, 2)}
            | ({"who": each.who} if each.who else {})
            for each in _findings(first)
        ],
        "no_slack": [_hinge_facts(each, several=several) for each in hinges(coverages)],
        "bill": price(first.case).by_name,
        "flaws": [
            {"wish": name, "message": flaw_words(each, say), "times": each.times}
            for name, found in flaws(first.case).items()
            for each in found
        ],
        "remedies": remedies(first),
    } | _wanted_facts(first)


def _wanted_facts(coverage: Coverage) -> Facts:
    """Return the topics a program waits for; nothing where it waits for none."""
    wanted = wanted_topics(coverage.case.curriculum, coverage.case.program)
    open_core = [each.objective_id for each in not_promised(coverage.case.curriculum, coverage.case.program)]
    topics = [{"topic_id": each.topic_id, "title": each.title} for each in wanted]
    return ({"wanted": topics} if topics else {}) | ({"not_promised": open_core} if open_core else {})


def _findings(coverage: Coverage) -> list[Finding]:
    return find(coverage.case)


def _objective_facts(coverages: Sequence[Coverage], objective_id: str) -> Facts:
    objective = coverages[0].case.curriculum.objective_by_id[objective_id]
    answers = [each.answer(objective_id, start) for each in coverages for start in each.starts]
    waits = [each.wait for each in answers if each.first is not None]
    counts = {state: sum(each.state == state for each in answers) for state in ("met", "missed", "undecided")}
    weeks = coverages[0].weeks_of(objective_id)
    return {
        "objective_id": objective_id, "statement": objective.statement, "level": objective.level,
        "within_weeks": objective.within_weeks or None, "weeks": weeks, **counts,
        "longest_wait_days": max(waits, default=None), "claims": _claims(coverages[0].claims(answers)),
    }  # fmt: skip


def _claims(counts: Counter[Claim]) -> Facts:
    """Count what the promises that are met rest on."""
    return {claim.replace(" ", "_"): counts[claim] for claim in CLAIMS}


def _state_facts(case: Case) -> Facts:
    """Name the sessions by what became of them; those held, cancelled and to come are only counted."""
    by_state = {
        state: [each.session_id for each in case.plan.sessions if case.state_of(each) == state]
        for state in STATES
    }
    return {
        "counts": {state.replace(" ", "_"): len(names) for state, names in by_state.items()},
        **{state.replace(" ", "_"): by_state[state] for state in ("partly", "not held", "not confirmed")},
    }


def _hinge_facts(hinge: Hinge, *, several: bool) -> Facts:
    return {
        "session_id": hinge.session.session_id,
        "week": hinge.week,
        "objective_id": hinge.objective_id,
        "starts": [start.isoformat() for start in hinge.starts],
    } | ({"journey": hinge.journey} if several else {})


def _admission_facts(coverage: Coverage, start: date, *, several: bool) -> Facts:
    decided = coverage.decided(start)
    waits = [each.wait for each in decided if each.first is not None]
    return {
        "start": start.isoformat(),
        "met": sum(each.state == "met" for each in decided),
        "missed": [each.objective_id for each in coverage.missed(start)],
        "undecided": len(coverage.objectives) - len(decided),
        "longest_wait_days": max(waits, default=None),
        "claims": _claims(coverage.claims(decided)),
    } | ({"journey": coverage.journey.name} if several else {})


def coverage_lines(name: str, coverages: Sequence[Coverage]) -> list[str]:
    """Return what a plan covers, as a person reads it."""
    first, say = coverages[0], coverages[0].case.curriculum.speech("en")
    several = say.count(len(coverages), "coverage.ways") if len(coverages) > 1 else ""
    starts = several or say.count(len(first.starts), "coverage.starts")
    core = say.count(len(first.objectives), "coverage.core")
    open_core = [each.statement for each in not_promised(first.case.curriculum, first.case.program)]
    told = (
        say("coverage.plan", name=name, objectives=core, starts=starts),
        *each_way(coverages, say, taught_words),
        *each_way(coverages, say, undecided_words),
        worst_words(coverages, say),
        *states_words(first.case, say),
        _to_confirm(name, first.case),
        *wanted_words(first, say),
        f"  - {'; '.join(open_core)}" if open_core else "",
    )
    tried = remedies(first)
    return [
        *filter(None, told),
        *([say("coverage.tried"), *(f"  - {each}" for each in tried)] if tried else []),
        *rule_lines(hold(first.case), mended=False),
        *_slack_lines(coverages),
        *_bill_lines(first),
    ]


def _to_confirm(name: str, case: Case) -> str:
    """Say how a person confirms what was held; empty where nothing is left to confirm."""
    days = [each.date for each in case.plan.sessions if case.state_of(each) == "not confirmed"]
    return f"  To say what became of them: held {name} {min(days)}, and so for each day." if days else ""


def newcomer_lines(name: str, coverages: Sequence[Coverage], start: date) -> list[str]:
    """Return what somebody who starts on a date is taught and when, as a person reads it.

    Raises
    ------
    UsageError
        If nobody can start on that day.
    """
    theirs = _of_start(coverages, start)
    lines = [line for each in theirs for line in _newcomer(each, start)]
    sheet = theirs[0].case.plan.sheet
    if any(each.state == "undecided" for one in theirs for each in _answers(one, start)):
        sequel = theirs[0].case.plan.sequel
        last = sequel.starts[-1][0] if sequel else name
        lines.append(f"Not yet decided is what lies after this plan: plan {sheet.program} --after {last}.")
    return lines


def newcomer_facts(name: str, coverages: Sequence[Coverage], start: date) -> Facts:
    """Return what somebody who starts on a date is taught and when, as a script reads it.

    Raises
    ------
    UsageError
        If nobody can start on that day.
    """
    theirs = _of_start(coverages, start)
    return {
        "plan": name,
        "start": start.isoformat(),
        "ways": [_newcomer_facts(each, start) for each in theirs],
    }


def _newcomer_facts(coverage: Coverage, start: date) -> Facts:
    rows = [
        {
            "objective_id": each.objective_id,
            "state": each.state,
            "claim": each.claim,
            "first": each.first.isoformat() if each.first else None,
            "due": each.due.isoformat(),
        }
        for each in _answers(coverage, start)
    ]
    return {"journey": coverage.journey.name, "weeks": coverage.journey.weeks, "objectives": rows}


def _of_start(coverages: Sequence[Coverage], start: date) -> list[Coverage]:
    theirs = [each for each in coverages if start in each.starts]
    if not theirs:
        if not any(each.objectives for each in coverages):
            raise UsageError(
                "this plan promises nothing yet: no topic of its program teaches a core objective"
            )
        days = sorted({day for each in coverages for day in each.starts})
        after = next((day for day in days if day > start), None)
        remedy = f"the next start is on {ENGLISH.long_day(after)}" if after else "the plan ends before"
        raise UsageError(f"nobody can start on {ENGLISH.long_day(start)} — {remedy}")
    return theirs


def _answers(coverage: Coverage, start: date) -> list[Answer]:
    """List the answers, the first taught first."""
    answers = [coverage.answer(each.objective_id, start) for each in coverage.objectives]
    return sorted(answers, key=lambda each: (each.first is None, each.first or each.due))


def _newcomer(coverage: Coverage, start: date) -> list[str]:
    whose = f", {coverage.journey.name}" if coverage.journey.name else ""
    weeks = counted(coverage.journey.weeks, "week")
    title = f"Somebody who starts on {ENGLISH.long_day(start)} and stays {weeks}{whose}:"
    return [title, *(f"  - {_answer_line(coverage, each)}" for each in _answers(coverage, start))]


def _answer_line(coverage: Coverage, answer: Answer) -> str:
    statement = coverage.case.curriculum.objective_by_id[answer.objective_id].statement
    if answer.state == "missed":
        return f"not in time: {statement} — teach it one to one"
    if answer.first is None:
        return f"not yet decided: {statement}"
    if answer.claim == "by appointment":
        return f"by appointment: {statement}"
    return f"{answer.claim}, {ENGLISH.short_day(answer.first)}: {statement}"
