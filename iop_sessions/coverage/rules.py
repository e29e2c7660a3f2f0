"""Hold the hours of each week against the rules, and count how many each leader leads."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any, Literal

from iop_sessions.coverage.covering import clinical_minutes, seat_minutes, start_dates
from iop_sessions.coverage.excuses import shown_reasons
from iop_sessions.curriculum.library import Curriculum
from iop_sessions.curriculum.records import Rule
from iop_sessions.ground.english import counted
from iop_sessions.ground.speech import hours
from iop_sessions.plans.case import Case
from iop_sessions.plans.plan import Plan, Session
from iop_sessions.program.journeys import Journey, journeys
from iop_sessions.program.program import Program
from iop_sessions.program.sections import GROUPS
from iop_sessions.program.settings import COUNTS, RuleOverride


@dataclass(frozen=True)
class Load:
    """What one facilitator leads, a number for each week of a plan."""

    code: str
    kind: str
    groups: tuple[int, ...]
    minutes: tuple[int, ...]
    max_week: int | None = None


def loads(program: Program, plan: Plan) -> list[Load]:
    """Add up what everybody leads in each week; minutes are those of all they lead, groups or not.

    Somebody the program does not name, as a row edited by hand may, comes last.
    """
    known = program.facilitator_by_code
    named = {code for session in plan.sessions for code in session.facilitators}
    codes = (*sorted(known), *sorted(named - known.keys()))
    weeks = [
        [each for each in plan.in_week(week + 1) if each.takes_place] for week in range(plan.sheet.weeks)
    ]
    return [
        Load(
            code,
            str(known[code].kind) if code in known else "not in the program",
            tuple(sum(each.kind in GROUPS for each in _led(code, week)) for week in weeks),
            tuple(sum(each.minutes for each in _led(code, week)) for week in weeks),
            known[code].max_week if code in known else None,
        )
        for code in codes
    ]


def _led(code: str, sessions: Sequence[Session]) -> list[Session]:
    return [each for each in sessions if code in each.facilitators]


def unled(plan: Plan) -> list[Session]:
    """List the groups that nobody leads."""
    return [
        each for each in plan.sessions if each.takes_place and each.kind in GROUPS and not each.facilitators
    ]


def load_lines(program: Program, plan: Plan) -> list[str]:
    """Return what everybody leads, as a person reads it."""
    found = loads(program, plan)
    if not found:
        return ["The program names no facilitators."]
    width = max(len(each.code) for each in found)
    lines = [f"{each.code:{width}}  {_words(each)}" for each in found]
    alone = unled(plan)
    lacks = counted(len(alone), "group has no leader", "groups have no leader")
    return [*lines, f"{lacks}: {_listed(alone)}"] if alone else lines


def _words(load: Load) -> str:
    if not any(load.minutes):
        return f"{load.kind}: leads nothing"
    limit = f" (max_week = {load.max_week})" if load.max_week is not None else ""
    groups = _range([str(number) for number in _least_and_most(load.groups)], f"{_mean(load.groups):.1f}")
    time = _range([hours(each) for each in _least_and_most(load.minutes)], hours(round(_mean(load.minutes))))
    return f"{load.kind}: groups a week {groups}{limit}; hours a week {time}"


def _least_and_most(weeks: Sequence[int]) -> tuple[int, int]:
    return min(weeks), max(weeks)


def _mean(weeks: Sequence[int]) -> float:
    return sum(weeks) / len(weeks)


def _range(ends: Sequence[str], mean: str) -> str:
    least, most = ends
    return least if least == most else f"{least} to {most}, {mean} on average"


def _listed(sessions: Sequence[Session]) -> str:
    names = [each.session_id for each in sessions[:5]]
    more = len(sessions) - len(names)
    return ", ".join(names) + (f" and {more} more" if more else "")


def load_facts(program: Program, plan: Plan) -> dict[str, Any]:
    """Return what everybody leads, as a script reads it."""
    people = [
        {
            "code": each.code, "kind": each.kind, "max_week": each.max_week,
            "groups": _numbers(each.groups), "minutes": _numbers(each.minutes),
        }
        for each in loads(program, plan)
    ]  # fmt: skip
    return {"people": people, "unled": [each.session_id for each in unled(plan)]}


def _numbers(weeks: Sequence[int]) -> dict[str, object]:
    return {
        "least": min(weeks), "mean": round(_mean(weeks), 2), "most": max(weeks),
        "weeks": list(weeks),
    }  # fmt: skip


FindingState = Literal["kept", "broken", "excused"]


@dataclass(frozen=True)
class Whom:
    """People whose weeks are alike, those of one track in one phase; what needs no telling is empty."""

    phase: int = 0
    track: str = ""

    def __str__(self) -> str:
        """Name them: phase 2, evening track."""
        pieces = (f"phase {self.phase}" if self.phase else "", f"{self.track} track" if self.track else "")
        return ", ".join(piece for piece in pieces if piece)


@dataclass(frozen=True)
class Minutes:
    """The minutes of some sessions, counted both ways."""

    clinical: int = 0
    seat: int = 0

    def counted(self, way: str) -> int:
        """Return the minutes that a rule or a payer looks at: clinical or seat."""
        return self.seat if way == "seat" else self.clinical

    def without(self, other: Minutes) -> Minutes:
        """Return what is left where others are taken away."""
        return Minutes(self.clinical - other.clinical, self.seat - other.seat)


@dataclass(frozen=True)
class WeekHours:
    """The minutes of one client's week, both counts, and the one the payer looks at."""

    week: int
    clinical: int
    seat: int
    counted: int
    whom: Whom = Whom()
    level: str = ""  # of care
    slots: frozenset[str] = field(default=frozenset(), repr=False)  # to which these people come
    held: Minutes = Minutes()  # of those, what is known to have been held
    unconfirmed: Minutes = Minutes()  # and what has passed and nobody confirmed


@dataclass(frozen=True)
class Finding:
    """One rule held against one week of some people."""

    rule: Rule  # with the limit that counts in this week
    week: int
    state: FindingState
    value: float  # hours
    reason: str = ""
    claimed: str = ""  # a reason code that the program gives for the week, and that does not hold
    offers: tuple[str, ...] = ()  # reason codes of the rule that would hold
    whom: Whom = Whom()
    override: RuleOverride | None = None  # what its limit comes from, where it is not the rule's own
    counted: str = "clinical"  # or seat: which minutes the rule looks at
    held: float = 0.0  # hours of its value that are known to have been held
    unconfirmed: float = 0.0  # hours of its value that have passed and nobody confirmed

    @property
    def who(self) -> str:
        """Say whom it is about; empty where the program has one phase and one track."""
        return str(self.whom)

    @property
    def falls_short(self) -> bool:
        """Say whether the week breaks a rule that must be kept."""
        return self.state == "broken" and self.rule.severity == "must"

    @property
    def is_unsure(self) -> bool:
        """Say whether a week keeps the rule only if what nobody confirmed was held."""
        is_least = self.rule.operator == ">="
        return self.state == "kept" and is_least and self.value - self.unconfirmed < self.rule.value

    @property
    def misses_advice(self) -> bool:
        """Say whether the week does not follow a rule that should be kept, and need not."""
        return self.state == "broken" and self.rule.severity == "should"


@dataclass(frozen=True)
class _People:
    """Those of one track in one phase, and the slots to which they come."""

    whom: Whom
    level: str
    phase: int
    journey: Journey
    slots: frozenset[str]

    def come(self, session: Session) -> bool:
        """Say whether they come to a session; one of a slot that is no more is judged by its track."""
        if session.slot_id in self.journey.known:
            return session.slot_id in self.slots
        return not self.journey.track or session.serves(self.journey.track)


def hours_by_week(program: Program, plan: Plan, as_of: date = date.min) -> list[WeekHours]:
    """Add up each week's clinical and seat minutes of a client, for those of each track in each phase.

    A session counts in the week of its date, and as its slot says: as clinical, as seat time, or not at all.
    One planned before ``as_of`` counts, and is told apart. A make-up group counts as the group it makes up
    for, where that one fell out for everybody; else those who were there have its hours already.
    """
    found = []
    rows = _made_up((*plan.own.sessions, *(plan.sequel.sessions if plan.sequel else ())), plan.lived)
    for week in range(1, plan.own.sheet.weeks + 1):
        first = plan.sheet.start + timedelta(days=7 * (week - 1))
        sessions = [each for each in rows if first <= each.date < first + timedelta(days=7)]
        found += [
            _hours(program, week, people, [each for each in sessions if people.come(each)], as_of)
            for people in _there(program, plan, first)
        ]
    return found


def _hours(
    program: Program, week: int, people: _People, sessions: Sequence[Session], as_of: date
) -> WeekHours:
    every = _minutes(program, sessions)
    sure = [each for each in sessions if each.state != "planned" or each.date >= as_of]
    return WeekHours(
        week, every.clinical, every.seat, every.counted(program.minutes.count),
        whom=people.whom, level=people.level, slots=people.slots,
        held=_minutes(program, [each for each in sessions if each.was_held]),
        unconfirmed=every.without(_minutes(program, sure)),
    )  # fmt: skip


def _made_up(sessions: Sequence[Session], lived: Iterable[Session]) -> list[Session]:
    """Return the sessions that may count, a make-up group in the slot of the group that fell out."""
    fallen = {each.session_id: each for each in (*lived, *sessions) if not each.takes_place}
    counting = (each for each in sessions if not each.is_make_up or each.slot_id in fallen)
    return [
        each.model_copy(update={"slot_id": fallen[each.slot_id].slot_id}) if each.is_make_up else each
        for each in counting
    ]


def _minutes(program: Program, sessions: Sequence[Session]) -> Minutes:
    clinical = clinical_minutes(_counted(program, sessions, "clinical"))
    seated = _counted(program, sessions, "clinical", "seat")
    again = [each for each in seated if each.is_make_up]  # a gap beside it is no time in a seat
    return Minutes(
        clinical, seat_minutes(each for each in seated if each not in again) + clinical_minutes(again)
    )


def _counted(program: Program, sessions: Iterable[Session], *ways: str) -> list[Session]:
    """Leave out the sessions whose minutes count another way."""
    slots = {slot.id: slot.counted for slot in program.slots}
    return [each for each in sessions if slots.get(each.slot_id, COUNTS.get(each.kind, "clinical")) in ways]


def _there(program: Program, plan: Plan, first: date) -> list[_People]:
    """List who may be in the program in a week; a cohort is in one phase after the other."""
    everybody = _people(program)
    if program.admission == "rolling" or not program.phases:
        return everybody
    week = [first + timedelta(days=number) for number in range(7)]
    return [each for each in everybody if each.phase in _phases_lived(program, plan, each.journey, week)]


def _phases_lived(program: Program, plan: Plan, journey: Journey, days: Iterable[date]) -> set[int]:
    """List the phases in which a cohort of a track is on some days, whatever its path."""
    ways = [each for each in journeys(program) if each.track == journey.track]
    return {
        way.phases[(day - start).days // 7]
        for way in ways
        for start in start_dates(program, plan, way)
        for day in days
        if start <= day < way.end(start)
    }


def _people(program: Program) -> list[_People]:
    """List the tracks with the phases through which some path leads."""
    ways = journeys(program)
    found = {
        (way.track, phase): (way, slots)
        for way in reversed(ways)
        for phase, slots in zip(way.phases, way.slots, strict=True)
    }
    tracks = tuple(dict.fromkeys(track for track, _ in found))
    phases = {phase for _, phase in found}
    levels = {phase.number: phase.level for phase in program.phases}
    made = [
        _People(
            Whom(phase if len(phases) > 1 else 0, track if len(tracks) > 1 else ""),
            levels.get(phase) or program.level_of_care,
            phase,
            way,
            slots,
        )
        for (track, phase), (way, slots) in found.items()
    ]
    order = list(dict.fromkeys(way.track for way in ways))
    return sorted(made, key=lambda each: (order.index(each.journey.track), each.phase))


def rules_for(curriculum: Curriculum, program: Program) -> list[Rule]:
    """List the rules of the program's packs that apply to its kinds of care, its ages and its weeks."""
    levels = {each.level for each in _people(program)}
    weeks = [program.start + timedelta(days=7 * number) for number in range(program.weeks)]
    return [
        rule
        for rule in curriculum.rules
        if rule.pack in program.rules.packs
        and rule.applies_to in levels
        and (program.ages == "both" or rule.target in ("", program.ages))
        and any(in_force(rule, first) for first in weeks)
    ]


def in_force(rule: Rule, first: date) -> bool:
    """Say whether a rule judges a week: what is in force on its first day does."""
    begun = rule.in_force_from is None or rule.in_force_from <= first
    return begun and (rule.in_force_to is None or rule.in_force_to >= first)


def find(case: Case) -> list[Finding]:
    """Hold every rule of a program against every week in force of those whose level of care it is about."""
    weeks = hours_by_week(case.program, case.plan, case.as_of)
    return [
        _finding(case, rule, week, first)
        for rule in rules_for(case.curriculum, case.program)
        for week in weeks
        if week.level == rule.applies_to
        and in_force(rule, first := case.plan.sheet.start + timedelta(days=7 * (week.week - 1)))
    ]


def _finding(case: Case, rule: Rule, week: WeekHours, first: date) -> Finding:
    program = case.program
    override = override_of(program, rule.rule_id, first)
    if override is not None:
        rule = rule.model_copy(update={"value": override.value})
    way = rule.minutes or program.minutes.count
    value = Minutes(week.clinical, week.seat).counted(way) / 60
    kept = value >= rule.value if rule.operator == ">=" else value <= rule.value
    found = Finding(
        rule, week.week, "kept" if kept else "broken", value, whom=week.whom, override=override, counted=way,
        held=week.held.counted(way) / 60, unconfirmed=week.unconfirmed.counted(way) / 60,
    )  # fmt: skip
    return found if kept else _excused(case, found, week, first)


def _excused(case: Case, finding: Finding, week: WeekHours, first: date) -> Finding:
    """Excuse a week by a reason that the program gives, that the rule takes, and that something shows."""
    notes = [note for note in case.program.week_notes if note.week == week.week]
    shown = (
        shown_reasons(case, first, week.slots, week.whom.phase, week.whom.track)
        if finding.rule.operator == ">="
        else ()
    )
    offers = tuple(code for code in finding.rule.reason_codes if code in shown)
    note = next((note for note in notes if note.reason_code in offers), None)
    if note is not None:
        return replace(finding, state="excused", reason=note.note or note.reason_code)
    return replace(finding, claimed=notes[0].reason_code if notes else "", offers=offers)


def override_of(program: Program, rule_id: str, first: date) -> RuleOverride | None:
    """Return what is agreed upon in place of a rule in the week that begins on a day, up to its last day."""
    found = (each for each in program.rules.override if each.rule_id == rule_id and first <= each.until)
    return min(found, key=lambda each: each.until, default=None)
