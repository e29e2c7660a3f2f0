"""Find what the weeks of a plan would be better without, and say it in words; none of it is a fault."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from types import MappingProxyType

from iop_sessions.coverage.covering import Stay
from iop_sessions.ground.dates import short_day
from iop_sessions.judge.case import Case
from iop_sessions.plans.plan import Session


@dataclass(frozen=True)
class Flaw:
    """Something that a week would be better without, and how often it is to be paid for."""

    message: str
    times: int = 1


def _days(case: Case) -> list[tuple[Session, ...]]:
    """List each day of the plan as each kind of people has it, in order; the same day only once."""
    days: dict[date, list[Session]] = {}
    for session in sorted(case.plan.sessions, key=lambda each: each.order):
        if session.takes_place:
            days.setdefault(session.date, []).append(session)
    found = [
        tuple(filter(stay.has, sessions)) for day, sessions in days.items() for stay in case.anybody(day)
    ]
    unique = {tuple(each.session_id for each in day): day for day in found}
    return sorted(unique.values(), key=lambda day: [each.order for each in day])


def lectures_in_a_row(case: Case) -> list[Flaw]:
    """Find neighboring sessions of somebody's day that both hold a lecture."""
    pairs = {
        (one.session_id, other.session_id): (one, other)
        for day in _days(case)
        for one, other in pairwise(day)
    }
    return [
        Flaw(f"{short_day(one.date)}: {one.topic_id} and {other.topic_id} are two lectures in a row")
        for one, other in pairs.values()
        if _is_lecture(case, one) and _is_lecture(case, other)
    ]


def _is_lecture(case: Case, session: Session) -> bool:
    topic = case.topic(session)
    return topic is not None and topic.format == "lecture" and case.needs_topic(session)


def days_short_of_practice(case: Case) -> list[Flaw]:
    """Find days on which people practice for less than the share asked for."""
    planned = (tuple(filter(case.needs_topic, day)) for day in _days(case))
    unique = {tuple(each.session_id for each in day): day for day in planned}
    return [flaw for day in unique.values() for flaw in _short_of_practice(case, day)]


def _short_of_practice(case: Case, day: tuple[Session, ...]) -> Iterator[Flaw]:
    taught = [each for each in day if case.topic(each) is not None]
    practice = sum(_practice(case, each) for each in taught)
    asked = sum(_share(case, each.group_type) * each.planned_minutes for each in taught)
    if 100 * practice < asked:
        topics = ", ".join(each.topic_id for each in taught)
        minutes = f"{practice} minutes of practice, not {-(-asked // 100)}"
        yield Flaw(f"{short_day(day[0].date)}: {topics} hold {minutes}")


def _practice(case: Case, session: Session) -> int:
    rows = case.curriculum.segments_of(session.topic_id, session.planned_minutes)
    return sum(row.minutes for row in rows if row.kind == "practice")


def _share(case: Case, group_type: str) -> int:
    asked = case.program.good_weeks.practice_share
    return (
        asked if asked is not None else case.curriculum.group_type_by_id[group_type].practice_share_min or 0
    )


def repeats_in_a_stay(case: Case) -> list[Flaw]:
    """Find topics that the plan holds more often than asked for while the same people are there."""
    most, sheet = case.program.good_weeks.most_repeats, case.plan.sheet
    stays = (Stay(start, journey) for journey, starts in case.starts.items() for start in starts)
    decided = (stay for stay in stays if sheet.start < stay.by(0) <= sheet.end)
    return [flaw for stay in decided for flaw in _repeats(case, stay, most)]


def _repeats(case: Case, stay: Stay, most: int) -> Iterator[Flaw]:
    met = [each for each in case.held if each.topic_id and stay.has(each)]
    counted = Counter(each.topic_id for each in met)
    past = Counter(each.topic_id for each in met if not case.is_new(each))
    for topic_id, count in counted.items():
        beyond = count - max(most, past[topic_id])
        if beyond > 0:
            whose = f" ({stay.journey.name})" if stay.journey.name else ""
            who = f"those who start on {short_day(stay.start)}{whose}"
            yield Flaw(f"{topic_id} is held {count} times for {who}, not {most} at most", beyond)


def missed_themes(case: Case) -> list[Flaw]:
    """Find group types that have a topic on the theme of their week and hold none in it."""
    weeks: dict[tuple[int, str], list[Session]] = {}
    for session in case.plan.sessions:
        if session.takes_place and case.needs_topic(session):
            weeks.setdefault((case.plan.week_of(session), session.group_type), []).append(session)
    return [
        Flaw(f"week {week}: no {group_type} group holds a topic on the theme '{theme}'")
        for (week, group_type), sessions in sorted(weeks.items(), key=lambda each: each[0])
        for theme in (case.program.good_weeks.theme(week),)
        if theme and _misses(case, theme, sessions)
    ]


def _misses(case: Case, theme: str, sessions: list[Session]) -> bool:
    tagged = {
        each.topic_id for each in case.curriculum.topic_tags if (each.scheme, each.tag) == ("theme", theme)
    }
    topics = [each for each in case.curriculum.topics if each.topic_id in tagged and each.delivery == "group"]
    possible = any(case.fits(topic, session) for topic in topics for session in sessions)
    return possible and not any(session.topic_id in tagged for session in sessions)


FLAWS: Mapping[str, Callable[[Case], list[Flaw]]] = MappingProxyType(
    {
        "lectures": lectures_in_a_row,
        "practice": days_short_of_practice,
        "repeats": repeats_in_a_stay,
        "themes": missed_themes,
    }
)
"""Each by the name of its weight in [weights]."""
