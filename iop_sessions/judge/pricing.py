"""Work out what a plan costs from its sessions alone: what it lacks, and what its weeks hold amiss."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from types import MappingProxyType
from typing import Literal

from iop_sessions.coverage.covering import Stay, core_objectives, cover_all
from iop_sessions.curriculum.records import Objective
from iop_sessions.judge import people
from iop_sessions.judge.bench import Bench
from iop_sessions.plans.case import Case
from iop_sessions.plans.facts import Fact, Newcomers
from iop_sessions.plans.plan import Session


class Flaw(Fact):
    """Something that a week would be better without, by its wish, and how often it is to be paid for."""

    kind: Literal["lectures", "practice", "repeats", "themes"]
    times: int = 1
    day: date | None = None
    topics: tuple[str, ...] = ()
    minutes: int = 0  # of practice
    held: int = 0  # how often, while the same people are there
    least: int = 0  # minutes asked for
    most: int = 0  # times asked for
    who: Newcomers | None = None
    week: int = 0
    group_type: str = ""
    theme: str = ""


def _days(bench: Bench) -> list[tuple[Session, ...]]:
    """List each day of the plan as each kind of people has it, in order; the same day only once."""
    days: dict[date, list[Session]] = {}
    for session in sorted(bench.sessions, key=lambda each: each.order):
        if session.takes_place:
            days.setdefault(session.date, []).append(session)
    found = [
        tuple(filter(stay.has, sessions)) for day, sessions in days.items() for stay in bench.anybody(day)
    ]
    unique = {tuple(each.session_id for each in day): day for day in found}
    return sorted(unique.values(), key=lambda day: [each.order for each in day])


def lectures_in_a_row(bench: Bench) -> list[Flaw]:
    """Find neighboring sessions of somebody's day that both hold a lecture."""
    pairs = {
        (one.session_id, other.session_id): (one, other)
        for day in _days(bench)
        for one, other in pairwise(day)
    }
    return [
        Flaw(kind="lectures", day=one.date, topics=(one.topic_id, other.topic_id))
        for one, other in pairs.values()
        if _is_lecture(bench, one) and _is_lecture(bench, other)
    ]


def _is_lecture(bench: Bench, session: Session) -> bool:
    topic = bench.topic(session)
    return topic is not None and topic.format == "lecture" and bench.needs_topic(session)


def days_short_of_practice(bench: Bench) -> list[Flaw]:
    """Find days on which people practice for less than the share asked for."""
    planned = (tuple(filter(bench.needs_topic, day)) for day in _days(bench))
    unique = {tuple(each.session_id for each in day): day for day in planned}
    return [flaw for day in unique.values() for flaw in _short_of_practice(bench, day)]


def _short_of_practice(bench: Bench, day: tuple[Session, ...]) -> Iterator[Flaw]:
    taught = [each for each in day if bench.topic(each) is not None]
    practice = sum(_practice(bench, each) for each in taught)
    asked = sum(_share(bench, each.group_type) * each.planned_minutes for each in taught)
    if 100 * practice < asked:
        topics = tuple(each.topic_id for each in taught)
        yield Flaw(kind="practice", day=day[0].date, topics=topics, minutes=practice, least=-(-asked // 100))


def _practice(bench: Bench, session: Session) -> int:
    rows = bench.curriculum.segments_of(session.topic_id, session.planned_minutes)
    return sum(row.minutes for row in rows if row.kind == "practice")


def _share(bench: Bench, group_type: str) -> int:
    asked = bench.program.good_weeks.practice_share
    return (
        asked if asked is not None else bench.curriculum.group_type_by_id[group_type].practice_share_min or 0
    )


def repeats_in_a_stay(bench: Bench) -> list[Flaw]:
    """Find topics that the plan holds more often than asked for while the same people are there."""
    most, sheet = bench.program.good_weeks.most_repeats, bench.plan.sheet
    stays = (Stay(start, journey) for journey, starts in bench.starts.items() for start in starts)
    decided = (stay for stay in stays if sheet.start < stay.by(0) <= sheet.end)
    return [flaw for stay in decided for flaw in _repeats(bench, stay, most)]


def _repeats(bench: Bench, stay: Stay, most: int) -> Iterator[Flaw]:
    met = [each for each in bench.held if each.topic_id and stay.has(each) and not each.is_make_up]
    counted = Counter(each.topic_id for each in met)
    past = Counter(each.topic_id for each in met if not bench.is_new(each))
    for topic_id, count in counted.items():
        beyond = count - max(most, past[topic_id])
        if beyond > 0:
            who = Newcomers(path=stay.journey.path, track=stay.journey.track, starts=(stay.start,))
            yield Flaw(kind="repeats", times=beyond, topics=(topic_id,), held=count, most=most, who=who)


def missed_themes(bench: Bench) -> list[Flaw]:
    """Find group types that have a topic on the theme of their week and hold none in it."""
    weeks: dict[tuple[int, str], list[Session]] = {}
    for session in bench.sessions:
        if session.takes_place and bench.needs_topic(session):
            weeks.setdefault((bench.plan.week_of(session), session.group_type), []).append(session)
    return [
        Flaw(kind="themes", week=week, group_type=group_type, theme=theme)
        for (week, group_type), sessions in sorted(weeks.items(), key=lambda each: each[0])
        for theme in (bench.program.good_weeks.theme(week),)
        if theme and _misses(bench, theme, sessions)
    ]


def _misses(bench: Bench, theme: str, sessions: list[Session]) -> bool:
    tagged = {
        each.topic_id for each in bench.curriculum.topic_tags if (each.scheme, each.tag) == ("theme", theme)
    }
    topics = [
        each for each in bench.curriculum.topics if each.topic_id in tagged and each.delivery == "group"
    ]
    possible = any(bench.fits(topic, session) for topic in topics for session in sessions)
    return possible and not any(session.topic_id in tagged for session in sessions)


FLAWS: Mapping[str, Callable[[Bench], list[Flaw]]] = MappingProxyType(
    {
        "lectures": lectures_in_a_row,
        "practice": days_short_of_practice,
        "repeats": repeats_in_a_stay,
        "themes": missed_themes,
    }
)
"""Each by the name of its weight in [weights]."""


@dataclass(frozen=True)
class Bill:
    """The cost of a plan by name: what is missing, what was wished for, and who and where it lacks."""

    by_name: Mapping[str, int]

    @property
    def total(self) -> int:
        """Return the whole cost."""
        return sum(self.by_name.values())


def price(case: Case) -> Bill:
    """Price a plan."""
    return bill_of(Bench(case))


def bill_of(bench: Bench) -> Bill:
    """Price the plan on a bench."""
    curriculum, weights = bench.curriculum, bench.program.weights
    promised = core_objectives(curriculum, bench.program)
    wished = [each for each in curriculum.objectives if each.level == "full" and each not in promised]
    rolling = bench.program.admission == "rolling"
    missing = {
        "empty": weights.empty * _empty(bench),
        "shortfalls": weights.shortfall * _missed(bench, promised),
        "full_core": weights.full_core * _missed(bench, wished),
        "openings": weights.opening * _role_missed(bench, "opening") if rolling else 0,
        "closings": weights.closing * _role_missed(bench, "closing") if rolling else 0,
    }
    return Bill({**missing, **_weeks(bench), **_staff(bench)})


def _weeks(bench: Bench) -> dict[str, int]:
    """Price what the weeks would be better without; a wish that weighs nothing costs nothing."""
    times = {name: sum(each.times for each in every) for name, every in _flaws(bench).items()}
    return {name: getattr(bench.program.weights, name) * times.get(name, 0) for name in FLAWS}


def _staff(bench: Bench) -> dict[str, int]:
    """Price the leaders and rooms that sessions lack."""
    curriculum, program, weights = bench.curriculum, bench.program, bench.program.weights
    slots = program.slot_by_id
    there = (each for each in bench.plan.sessions if each.takes_place)
    held = [(each, slots[each.slot_id]) for each in there if each.slot_id in slots]
    leaders = sum(people.missing_leaders(curriculum, program, *pair) for pair in held)
    beside = sum(people.missing_co_leaders(curriculum, program, *pair) for pair in held)
    rooms = sum(people.missing_rooms(program, *pair) for pair in held)
    return {
        "leaders": weights.leader * leaders,
        "co_leaders": weights.co_leader * beside,
        "rooms": weights.room * rooms,
    }


def _empty(bench: Bench) -> int:
    meetings = (each for each in bench.sessions if each.takes_place and not each.topic_id)
    return sum(map(bench.needs_topic, meetings))


def _missed(bench: Bench, wanted: Sequence[Objective]) -> int:
    """Count objectives missed, once a start date; windows that end before the plan are not its doing."""
    alone = bench.case.with_plan(replace(bench.plan, sequel=None))  # its cost is its own
    covered = cover_all(alone, wanted) if wanted else []
    answers = (answer for each in covered for answer in each.answers)
    return sum(answer.state == "missed" and answer.due > bench.plan.sheet.start for answer in answers)


def _role_missed(bench: Bench, role: str) -> int:
    """Count the newcomers who miss an opening in their first week, or a closing in their last two."""
    groups = {each.group_type for each in bench.program.slots if each.kind == "group"}
    types = {name for name in groups if bench.curriculum.needs_topic(name)}
    topics = [each for each in bench.curriculum.topics if each.role == role and each.group_type in types]
    sheet = bench.plan.sheet
    return sum(
        not _held_between(stay, bench.held, topic.topic_id, first, due)
        for topic in topics
        if topic.delivery == "group"
        for journey, starts in bench.starts.items()
        for stay in (Stay(start, journey) for start in starts)
        for first, due in (_stretch(stay, role),)
        if sheet.start < due <= sheet.end
    )


def _stretch(stay: Stay, role: str) -> tuple[date, date]:
    if role == "opening":
        return stay.start, stay.start + timedelta(days=7)
    end = stay.by(0)
    return end - timedelta(days=14), end


def _held_between(stay: Stay, sessions: Sequence[Session], topic_id: str, first: date, due: date) -> bool:
    found = (each for each in sessions if each.topic_id == topic_id and first <= each.date < due)
    return any(stay.has(session) for session in found)


def flaws(case: Case) -> dict[str, list[Flaw]]:
    """Find what the weeks would be better without, by name; what weighs nothing is left out."""
    return _flaws(Bench(case))


def _flaws(bench: Bench) -> dict[str, list[Flaw]]:
    return {name: find(bench) for name, find in FLAWS.items() if getattr(bench.program.weights, name)}
