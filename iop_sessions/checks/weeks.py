"""Check the weeks of a program: calendars, themes, sequences, phases, paths, and rules put in place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Final

from iop_sessions.checks.programs import slot_place, unknown
from iop_sessions.curriculum.library import Curriculum, id_order
from iop_sessions.curriculum.records import Topic
from iop_sessions.ground.cells import shown
from iop_sessions.ground.errors import Place, Problem, did_you_mean
from iop_sessions.ground.speech import joined
from iop_sessions.program.calendar import calendar_of, closures, federal_holidays, meetings, plain_name
from iop_sessions.program.journeys import Journey, journeys
from iop_sessions.program.program import Program
from iop_sessions.program.settings import Calendar, DaySpan, HalfDay, Phase, RuleOverride


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


LONGEST: Final = 52
"""Weeks that a plan can have at most."""


def check_phases_and_slots_are_known(_: Curriculum, program: Program, file: str) -> list[Problem]:
    """Slots that a phase names, and phases that a path or a slot names, exist."""
    slots, phases = {slot.id for slot in program.slots}, {str(phase.number) for phase in program.phases}
    of_slots = [(slot_place(program, slot, "phases", file), slot.phases) for slot in program.slots]
    of_paths = [
        (Place(file, 0, f"paths[{number}].phases"), tuple(dict.fromkeys(phase for phase, _ in path.phases)))
        for number, path in enumerate(program.paths, 1)
    ]
    return [
        *(
            unknown(_phase_place(number, "slots", file), "slot", name, slots)
            for number, phase in enumerate(program.phases, 1)
            for name in phase.slots
            if name not in slots
        ),
        *(
            unknown(place, "phase", str(number), phases)
            for place, numbers in (*of_paths, *of_slots)
            for number in numbers
            if str(number) not in phases
        ),
    ]


def _phase_place(number: int, key: str, file: str) -> Place:
    return Place(file, 0, f"phases[{number}].{key}")


def check_phases_name_days_with_slots(_: Curriculum, program: Program, file: str) -> list[Problem]:
    """Warn of a day that a phase names and on which nothing meets."""
    days = {slot.day for slot in program.slots}
    return [
        Problem(
            _phase_place(number, "days", file),
            f"phase {phase.number} names {day}, and no slot meets then",
            "take the day out, or add its slots",
            "warning",
        )
        for number, phase in enumerate(program.phases, 1)
        for day in phase.days
        if day not in days
    ]


def check_phases_hold_the_slots_they_name(_: Curriculum, program: Program, file: str) -> list[Problem]:
    """Warn of a slot that a phase names and then shuts out by its days, or that is for other phases."""
    slots = program.slot_by_id
    return [
        Problem(
            _phase_place(number, "slots", file),
            f"phase {phase.number} names {name}, but {_shut_out(phase, slots[name].day)}",
            "take it out, or change the other setting",
            "warning",
        )
        for number, phase in enumerate(program.phases, 1)
        for name in phase.slots
        if name in slots and not phase.holds(slots[name])
    ]


def _shut_out(phase: Phase, day: str) -> str:
    return f"its days leave {day} out" if phase.days and day not in phase.days else "that slot names others"


def check_phases_follow_each_other(_: Curriculum, program: Program, file: str) -> list[Problem]:
    """Phases end after they begin; without paths they follow each other from week 1, no week left out."""
    backward = [
        Problem(
            _phase_place(number, "weeks", file),
            f"phase {phase.number} would end in week {phase.weeks[-1]}, before its first, {phase.weeks[0]}",
            "write the first week, then the last",
        )
        for number, phase in enumerate(program.phases, 1)
        if phase.length < 1
    ]
    return backward or ([] if program.paths else list(_gaps(program, file)))


def _gaps(program: Program, file: str) -> Iterator[Problem]:
    numbered = sorted(enumerate(program.phases, 1), key=lambda each: each[1].weeks[0])
    expected = 1
    for number, phase in numbered:
        if phase.weeks[0] != expected:
            message = f"phase {phase.number} starts in week {phase.weeks[0]}, not in week {expected}"
            remedy = "let phases follow each other from week 1, or write [[paths]]"
            yield Problem(_phase_place(number, "weeks", file), message, remedy)
        expected = phase.weeks[-1] + 1


def check_every_week_has_a_slot(_: Curriculum, program: Program, file: str) -> list[Problem]:
    """Warn of a phase in which the people of a track come to nothing."""
    empty = dict.fromkeys(
        (number, journey.track)
        for journey in journeys(program)
        for number, slots in zip(journey.phases, journey.slots, strict=True)
        if not slots
    )
    places = {phase.number: f"phases[{number}]" for number, phase in enumerate(program.phases, 1)}
    return [
        Problem(
            Place(file, 0, places[number]),
            f"nobody in phase {number}{f' of the {track} track' if track else ''} comes to any slot",
            "add a slot, or change the days or slots of the phase",
            "warning",
        )
        for number, track in empty
    ]


def check_stay_fits_the_plan(_: Curriculum, program: Program, file: str) -> list[Problem]:
    """No stay is longer than the plan, or nothing about it can be promised."""
    stays = {journey.path: journey for journey in journeys(program)}
    return [
        Problem(
            _stay_place(program, journey, file),
            f"a stay of {journey.weeks} weeks is longer than the plan of {program.weeks}",
            f"plan {journey.weeks} weeks or more" if journey.weeks <= LONGEST else "shorten the stay",
        )
        for journey in stays.values()
        if journey.weeks > program.weeks
    ]


def _stay_place(program: Program, journey: Journey, file: str) -> Place:
    numbers = {path.id: number for number, path in enumerate(program.paths, 1)}
    if journey.path in numbers:
        return Place(file, 0, f"paths[{numbers[journey.path]}].phases")
    return Place(file, 0, "phases" if program.phases else "stay_weeks")


def check_stay_is_that_of_the_phases(_: Curriculum, program: Program, file: str) -> list[Problem]:
    """Warn where stay_weeks says something else than phases and paths, which are what counts."""
    if not program.phases and not program.paths:
        return []
    weeks = sorted({journey.weeks for journey in journeys(program)})
    found = list(dict.fromkeys((weeks[0], weeks[-1])))
    if found == sorted(set(program.stay_weeks)) or not weeks[0]:
        return []
    said, made = (" to ".join(map(str, each)) for each in (sorted(set(program.stay_weeks)), found))
    message = f"says {said} weeks, but {'paths' if program.paths else 'phases'} make a stay of {made}"
    return [Problem(Place(file, 0, "stay_weeks"), message, f"write stay_weeks = {found}", "warning")]


ROLES: Final = (
    "administrator", "clinical director", "clinical supervisor", "compliance officer", "curriculum lead",
    "director", "licensing", "medical director", "payer", "program director", "supervisor",
)  # fmt: skip
"""Who may stand for an override beside the leaders: a role, never a name."""


def _overrides(program: Program, key: str, file: str) -> Iterator[tuple[RuleOverride, Place]]:
    for number, each in enumerate(program.rules.override, 1):
        yield each, Place(file, 0, f"rules.override[{number}].{key}")


def check_overrides_name_a_rule(curriculum: Curriculum, program: Program, file: str) -> list[Problem]:
    """Each override is of a rule there is, in a pack that judges the program, once for each date."""
    packs = {rule.rule_id: rule.pack for rule in curriculum.rules}
    found = []
    for each, place in _overrides(program, "rule_id", file):
        if each.rule_id not in packs:
            if not curriculum.lost("rules", "rule_id", each.rule_id):
                found.append(unknown(place, "rule", each.rule_id, packs))
        elif packs[each.rule_id] not in program.rules.packs:
            message = (
                f"{each.rule_id} is of the pack {packs[each.rule_id]}, which does not judge this program"
            )
            found.append(
                Problem(place, message, "name the pack under rules.packs, or remove this", "warning")
            )
    return found + _doubles(program, file)


def _doubles(program: Program, file: str) -> list[Problem]:
    counts = Counter((each.rule_id, each.until) for each in program.rules.override)
    return [
        Problem(Place(file, 0, "rules.override"), f"{rule_id} stands {count} times until {until}", "keep one")
        for (rule_id, until), count in counts.items()
        if count > 1
    ]


def check_somebody_stands_for_overrides(_: Curriculum, program: Program, file: str) -> list[Problem]:
    """Each override is by a leader's code or a role, for no name stands in any file."""
    known = [*(each.code for each in program.facilitators), *ROLES]
    return [
        unknown(place, "leader and no role", each.by, known)
        for each, place in _overrides(program, "by", file)
        if each.by not in known
    ]


def check_overrides_reach_the_plan(_: Curriculum, program: Program, file: str) -> list[Problem]:
    """Warn of an override that is over before the first week."""
    return [
        Problem(
            place,
            f"{each.until} lies before the plan's first day, {program.start}: {each.rule_id} counts as it is",
            "give it a later date, or remove it",
            "warning",
        )
        for each, place in _overrides(program, "until", file)
        if each.until < program.start
    ]


def check_overrides_are_not_over(program: Program, file: str, today: date) -> list[Problem]:
    """Warn of an override that reached the plan and has ended since."""
    return [
        Problem(
            place,
            f"{each.until} is past: {each.rule_id} counts as it is again",
            "give it a later date, or remove it",
            "warning",
        )
        for each, place in _overrides(program, "until", file)
        if program.start <= each.until < today
    ]
