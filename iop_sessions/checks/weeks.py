"""Check the weeks of a program: its calendar, notes, themes and sequences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise

from iop_sessions.checks.programs import unknown
from iop_sessions.curriculum.library import Curriculum, id_order
from iop_sessions.curriculum.records import Topic
from iop_sessions.ground.cells import shown
from iop_sessions.ground.english import joined
from iop_sessions.ground.errors import Place, Problem, did_you_mean
from iop_sessions.program.calendar import calendar_of, closures, federal_holidays, meetings, plain_name
from iop_sessions.program.program import Program
from iop_sessions.program.settings import Calendar, DaySpan, HalfDay


def check_closed_days_lie_in_the_plan(_: Curriculum, program: Program, file: str) -> list[Problem]:
    """Warn of closed days, half days and leave that the plan never reaches, often a wrong year."""
    last = program.start + timedelta(days=7 * program.weeks - 1)
    return [
        Problem(Place(file, 0, key), f"{_shown(span)} lies outside the plan", "is the year right?", "warning")
        for key, span in dict.fromkeys(_spans(program))
        if span.last < program.start or span.first > last
    ]


def _spans(program: Program) -> Iterator[tuple[str, DaySpan]]:
    for name, calendar in program.calendar.items():
        yield from ((f"calendar.{name}.closed", span) for span in calendar.closed)
        yield from ((f"calendar.{name}.half_days", _one(half.date)) for half in calendar.half_days)
    for number, each in enumerate(program.facilitators, 1):
        yield from ((f"facilitators[{number}].leave", span) for span in each.leave)


def _one(day: date) -> DaySpan:
    return DaySpan(first=day, last=day)


def _shown(span: DaySpan) -> str:
    return f"{span.first}" if span.first == span.last else f"{span.first}..{span.last}"


def check_half_days_are_open(_: Curriculum, program: Program, file: str) -> list[Problem]:
    """Half days open before they close, and each is said once."""
    return [
        problem
        for name, calendar in program.calendar.items()
        for problem in _half_day_faults(calendar.half_days, f"calendar.{name}.half_days", file)
    ]


def _half_day_faults(halves: tuple[HalfDay, ...], key: str, file: str) -> Iterator[Problem]:
    whole = HalfDay(date=date.min)
    for number, half in enumerate(halves, 1):
        if (half.start, half.end) == (whole.start, whole.end):
            message = f"{half.date} says neither when the doors open nor when they close"
            yield Problem(
                Place(file, 0, f"{key}[{number}]"), message, 'add start or end, such as end = "12:00"'
            )
        if half.start >= half.end:
            message = f"on {half.date} the doors open at {half.start:%H:%M} and close at {half.end:%H:%M}"
            yield Problem(Place(file, 0, f"{key}[{number}].end"), message, "write an end after the start")
    for day, count in Counter(half.date for half in halves).items():
        if count > 1:
            message = f"{day} stands {count} times"
            yield Problem(Place(file, 0, key), message, "write one row a day, with the hours it is open")


def check_half_days_leave_a_group(_: Curriculum, program: Program, file: str) -> list[Problem]:
    """Warn of a half day on which no group fits, often an evening hour written as one of the morning."""
    return [
        problem
        for name, calendar in program.calendar.items()
        for number, half in enumerate(calendar.half_days, 1)
        for problem in _half_day_without(
            program, calendar, half, Place(file, 0, f"calendar.{name}.half_days[{number}]")
        )
    ]


def _half_day_without(program: Program, calendar: Calendar, half: HalfDay, place: Place) -> Iterator[Problem]:
    here = [
        slot
        for slot in program.slots
        if slot.weekday == half.date.weekday() and calendar_of(program, slot.site) is calendar
    ]
    closed = any(half.date in closures(program, half.date, half.date, slot.site) for slot in here)
    fits = any(half.start <= slot.start and slot.end <= half.end for slot in here)
    if here and not closed and not fits and half.start < half.end:
        first, last = min(slot.start for slot in here), max(slot.end for slot in here)
        message = (
            f"on {half.date} the doors are open {half.start:%H:%M} to {half.end:%H:%M}, "
            f"and no group fits: they meet {first:%H:%M} to {last:%H:%M}"
        )
        yield Problem(place, message, "is the hour right? else write the day under closed", "warning")


def check_holidays_are_known(_: Curriculum, program: Program, file: str) -> list[Problem]:
    """Federal holidays that a calendar names exist under that name."""
    end = program.start + timedelta(days=7 * program.weeks)
    named = [
        (Place(file, 0, f"calendar.{name}.us_federal"), holiday)
        for name, calendar in program.calendar.items()
        if not isinstance(calendar.us_federal, bool)
        for holiday in calendar.us_federal
    ]
    if not named:  # the table of holidays is slow to load
        return []
    known = {plain_name(name) for _, name in federal_holidays(program.start.year, end.year + 1)}
    remedy = f"there are: {', '.join(sorted(known))}; write another day under closed"
    strange = [(place, name) for place, name in named if name not in known]
    return [Problem(place, f"no federal holiday {shown(name)}", remedy) for place, name in strange]


def check_some_day_is_open(_: Curriculum, program: Program, file: str) -> list[Problem]:
    """At least one meeting of the plan falls on an open day."""
    if meetings(program, program.start, program.weeks):
        return []
    message = "every day of the plan is closed"
    return [
        Problem(Place(file, 0, "calendar.main.closed"), message, "take some days out, or plan more weeks")
    ]


def check_week_notes_lie_in_the_plan(_: Curriculum, program: Program, file: str) -> list[Problem]:
    """Warn of a reason for a week that the plan never reaches: it excuses nothing."""
    message, remedy = "the plan has weeks 1 to {}, not {}", "count the weeks from the start of the plan"
    return [
        Problem(
            Place(file, 0, f"week_notes[{number}].week"),
            message.format(program.weeks, note.week),
            remedy,
            "warning",
        )
        for number, note in enumerate(program.week_notes, 1)
        if note.week > program.weeks
    ]


def check_themes_are_known(curriculum: Curriculum, program: Program, file: str) -> list[Problem]:
    """Every theme of a week is one that a topic carries."""
    known = sorted({each.tag for each in curriculum.topic_tags if each.scheme == "theme"})
    if curriculum.lost("topic_tags", "scheme", "theme"):
        return []
    return [
        Problem(
            Place(file, 0, f"good_weeks.themes[{number}]"),
            f"no topic carries the theme '{theme}'",
            did_you_mean(theme, known) or "add it to topic_tags.csv, or choose another",
        )
        for number, theme in enumerate(program.good_weeks.themes, 1)
        if theme and theme not in known
    ]


def check_themes_weigh_something(_: Curriculum, program: Program, file: str) -> list[Problem]:
    """Warn of themes that no plan would heed."""
    if not any(program.good_weeks.themes) or program.weights.themes:
        return []
    message = "is 0, so that no plan heeds [good_weeks] themes"
    return [Problem(Place(file, 0, "weights.themes"), message, "write what a missed one costs: 2", "warning")]


def check_sequences_are_of_known_groups(curriculum: Curriculum, program: Program, file: str) -> list[Problem]:
    """Every group type of [sequence] exists."""
    types = set(curriculum.group_type_by_id)
    return [
        unknown(Place(file, 0, f"sequence.{name}"), "group type", name, types)
        for name in program.sequence
        if name not in types and not curriculum.lost("group_types", "group_type", name)
    ]


def check_sequences_can_be_held(curriculum: Curriculum, program: Program, file: str) -> list[Problem]:
    """Refuse an order of ids that slots, a series, or in a cohort what topics build on cannot follow."""
    asked = [name for name, order in program.sequence.items() if order != "free"]
    return [
        Problem(Place(file, 0, f"sequence.{name}"), message, remedy)
        for name in asked
        for message, remedy in _faults(curriculum, program, name)
    ]


Fault = tuple[str, str]
"""What is wrong, and what to do."""


def _faults(curriculum: Curriculum, program: Program, group_type: str) -> Iterator[Fault]:
    slots = [each for each in program.slots if (each.group_type, each.kind) == (group_type, "group")]
    lengths = sorted({slot.minutes for slot in slots})
    topics = [
        topic
        for topic in curriculum.topics_of_type(group_type)
        if set(lengths) & set(topic.lengths)
        and (program.ages == "both" or topic.ages in ("both", program.ages))
    ]
    topics.sort(key=lambda topic: id_order(topic.topic_id))
    yield from (fault for topic in topics for fault in _unwritten(topic, lengths))
    yield from _series_apart(topics, group_type)
    if program.admission == "cohort" and program.sequence[group_type] == "fixed":
        yield from _too_early(topics)


def _unwritten(topic: Topic, lengths: Sequence[int]) -> Iterator[Fault]:
    lacking = joined((minutes for minutes in lengths if minutes not in topic.lengths), "or")
    if lacking:
        message = f"{topic.topic_id} is not written for {lacking} minutes, and is due in any slot"
        yield message, f'write it for each length, or write {topic.group_type} = "free"'


def _series_apart(topics: Sequence[Topic], group_type: str) -> Iterator[Fault]:
    """Name parts of a series that the order of ids does not put next to each other."""
    for topic, after in pairwise([*topics, *topics[:1]]):
        parts = {other.part: other for other in topics if topic.series and other.series == topic.series}
        wanted = parts.get(topic.part + 1)
        if wanted is not None and wanted is not after:
            message = (
                f"the series '{topic.series}' asks for {wanted.topic_id} after {topic.topic_id}, "
                f"the order of ids for {after.topic_id}"
            )
            yield message, f'number the parts one after the other, or write {group_type} = "free"'


def _too_early(topics: Sequence[Topic]) -> Iterator[Fault]:
    places = {topic.topic_id: place for place, topic in enumerate(topics)}
    for place, topic in enumerate(topics):
        late = [each for each in topic.after if places.get(each, -1) > place]
        if late:
            message = f"{topic.topic_id} builds on {', '.join(late)}, but the order of ids puts it first"
            yield message, f'change the ids, or write {topic.group_type} = "free"'
