"""Check a program against its curriculum: names, times, hours, and whether its promises can be kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from datetime import timedelta
from itertools import combinations

from iop_sessions.calendars import meetings
from iop_sessions.cells import shown
from iop_sessions.curriculum import Curriculum
from iop_sessions.dates import hours
from iop_sessions.errors import Place, Problem, did_you_mean
from iop_sessions.programs import Program, Slot
from iop_sessions.records import Objective, Topic

LEAST_HOURS = {"adult": 9, "youth": 6, "both": 9}
"""Hours a week of an intensive outpatient program (SAMHSA advisory 2021)."""
MOST_HOURS = 19


def _slot_place(program: Program, slot: Slot, key: str, file: str) -> Place:
    number = next(number for number, each in enumerate(program.slots, 1) if each is slot)
    return Place(file, 0, f"slots[{number}].{key}")


def check_ids_are_unique(_: Curriculum, program: Program, file: str) -> list[Problem]:
    """Slots, rooms and facilitators have ids of their own."""
    lists = {
        "slots": [slot.id for slot in program.slots],
        "rooms": [room.code for room in program.rooms],
        "facilitators": [each.code for each in program.facilitators],
    }
    return [
        Problem(Place(file, 0, key), f"'{name}' stands {count} times", "give each its own id")
        for key, names in lists.items()
        for name, count in Counter(names).items()
        if count > 1
    ]


def check_names_are_known(curriculum: Curriculum, program: Program, file: str) -> list[Problem]:
    """Group types, leaders, rooms, calendars, rule packs and reasons that a program names exist."""
    types = set(curriculum.group_type_by_id)
    packs = {rule.pack for rule in curriculum.rules}
    reasons = {code for rule in curriculum.rules for code in rule.reason_codes}
    named = [
        *_names_of_slots(program, types, file),
        *((Place(file, 0, f"spacing.{name}"), "group type", name, types) for name in program.spacing),
        *((Place(file, 0, f"calendar.{name}"), "calendar", name, {"main"}) for name in program.calendar),
        *((Place(file, 0, "rules.packs"), "rule pack", name, packs) for name in program.rules.packs),
        *(
            (Place(file, 0, f"week_notes[{number}].reason_code"), "reason", note.reason_code, reasons)
            for number, note in enumerate(program.week_notes, 1)
        ),
    ]
    return [_unknown(*each) for each in named if each[2] not in each[3] and not _lost(curriculum, *each[1:3])]


Named = tuple[Place, str, str, Collection[str]]
"""Where a program names something, what it is, its name, and the names there are."""


def _names_of_slots(program: Program, types: Collection[str], file: str) -> Iterator[Named]:
    rooms, people = {room.code for room in program.rooms}, {each.code for each in program.facilitators}
    for slot in program.slots:
        yield _slot_place(program, slot, "group_type", file), "group type", slot.group_type, types
        for name in slot.lead:
            yield _slot_place(program, slot, "lead", file), "facilitator", name, people
        if slot.room:
            yield _slot_place(program, slot, "room", file), "room", slot.room, rooms


def _lost(curriculum: Curriculum, noun: str, name: str) -> bool:
    tables = {
        "group type": ("group_types", "group_type"),
        "rule pack": ("rules", "pack"),
        "reason": ("rules", "reason_codes"),
    }
    return noun in tables and curriculum.lost(*tables[noun], name)


def _unknown(place: Place, noun: str, name: str, known: Collection[str]) -> Problem:
    names = sorted(known)
    listed = f"there are: {', '.join(names)}" if names else "there is none yet: add it"
    return Problem(place, f"no {noun} {shown(name)}", did_you_mean(name, names) or listed)


def check_slots_do_not_overlap(_: Curriculum, program: Program, file: str) -> list[Problem]:
    """No two meetings of a day run at the same time."""
    return [
        Problem(
            _slot_place(program, second, "start", file),
            f"{second.id} starts at {second.start:%H:%M}, "
            f"{first.id} ends at {first.end:%H:%M} on the same {first.day}",
            "move one of them",
        )
        for first, second in combinations(sorted(program.slots, key=lambda slot: slot.start), 2)
        if first.day == second.day and second.first_minute < first.last_minute
    ]


def check_slots_end_before_midnight(_: Curriculum, program: Program, file: str) -> list[Problem]:
    """Every meeting ends on the day it starts."""
    return [
        Problem(
            _slot_place(program, slot, "minutes", file),
            f"{slot.id} would end after midnight",
            "start earlier",
        )
        for slot in program.slots
        if slot.past_midnight
    ]


def check_stay_fits_the_plan(_: Curriculum, program: Program, file: str) -> list[Problem]:
    """No stay is longer than the plan, or nothing about it can be promised."""
    if program.stay <= program.weeks:
        return []
    message = f"a stay of {program.stay} weeks is longer than the plan of {program.weeks}"
    return [Problem(Place(file, 0, "stay_weeks"), message, f"plan {program.stay} weeks or more")]


def check_weekly_hours(_: Curriculum, program: Program, file: str) -> list[Problem]:
    """Warn of an intensive outpatient week outside 9 to 19 hours (6 for youth), as the payer counts."""
    if program.level_of_care != "IOP":
        return []
    clinical = sum(slot.minutes for slot in program.slots)
    seat = sum(_seat(program, day) for day in {slot.day for slot in program.slots})
    counted = seat if program.minutes.count == "seat" else clinical
    least, place = LEAST_HOURS[program.ages], Place(file, 0, "slots")
    both = f"{hours(clinical)} clinical, {hours(seat)} seat"
    words = f"a full week holds {hours(counted)} {program.minutes.count} ({both})"
    if counted < least * 60:
        remedy = f"{least} hours are the least for this level of care: add {least * 60 - counted} minutes"
        return [Problem(place, words, remedy, "warning")]
    if counted > MOST_HOURS * 60:
        return [Problem(place, words, f"{MOST_HOURS} hours are the most for this level of care", "warning")]
    return []


def _seat(program: Program, day: str) -> int:
    slots = [slot for slot in program.slots if slot.day == day]
    return max(slot.last_minute for slot in slots) - min(slot.first_minute for slot in slots)


def _fitting(curriculum: Curriculum, program: Program, slot: Slot) -> list[Topic]:
    topics = curriculum.topics_of_type(slot.group_type)
    ages = ("both", program.ages)
    return [
        each
        for each in topics
        if slot.minutes in each.lengths and (each.ages in ages or program.ages == "both")
    ]


def check_slots_have_topics(curriculum: Curriculum, program: Program, file: str) -> list[Problem]:
    """Every slot that needs a topic has one that fits its minutes and ages."""
    return [
        Problem(
            _slot_place(program, slot, "minutes", file),
            f"no {slot.group_type} topic is written for {slot.minutes} minutes and ages '{program.ages}'",
            "change the minutes, or add a topic",
        )
        for slot in program.slots
        if curriculum.needs_topic(slot.group_type)
        and not _fitting(curriculum, program, slot)
        and not curriculum.lost("topics", "group_type", slot.group_type)
    ]


def check_spacing_leaves_a_choice(curriculum: Curriculum, program: Program, file: str) -> list[Problem]:
    """Every group type has more topics than its spacing, or some meetings must stay empty."""
    found = []
    for group_type, distance in program.spacing.items():
        slots = [slot for slot in program.slots if slot.group_type == group_type]
        topics = {topic.topic_id for slot in slots for topic in _fitting(curriculum, program, slot)}
        if slots and curriculum.needs_topic(group_type) and len(topics) <= distance:
            message = f"{len(topics)} {group_type} topics cannot fill meetings that are {distance} apart"
            remedy = f"write {max(len(topics) - 1, 0)} or less, or add topics"
            found.append(Problem(Place(file, 0, f"spacing.{group_type}"), message, remedy))
    return found


def check_essentials_can_recur(curriculum: Curriculum, program: Program, file: str) -> list[Problem]:
    """Refuse an essential that only one topic can meet, when its spacing keeps that topic away too long."""
    if program.admission == "cohort":
        return []
    return [
        problem for each in curriculum.objectives for problem in _starved(curriculum, program, each, file)
    ]


def _starved(curriculum: Curriculum, program: Program, objective: Objective, file: str) -> Iterator[Problem]:
    topics = curriculum.topics_of_objective[objective.objective_id]
    single = topics[0] if len(topics) == 1 and topics[0].delivery == "group" else None
    lost = curriculum.lost("topic_objectives", "objective_id", objective.objective_id)
    if single is None or lost or not objective.within_weeks:
        return
    weekly = sum(slot.group_type == single.group_type for slot in program.slots)
    window, distance = weekly * objective.within_weeks, program.spacing.get(single.group_type, 0)
    if weekly and window <= distance:
        weeks = objective.within_weeks
        message = (
            f"'{objective.objective_id}' hangs on {single.topic_id} alone within {weeks} weeks: "
            f"{weekly} x {weeks} = {window} {single.group_type} meetings, but spacing keeps "
            f"{distance} meetings between two runs"
        )
        remedy = f"let a second topic meet it, allow more weeks, or write {max(window - 1, 0)} or less"
        yield Problem(Place(file, 0, f"spacing.{single.group_type}"), message, remedy)


def check_closed_days_lie_in_the_plan(_: Curriculum, program: Program, file: str) -> list[Problem]:
    """Warn of closed days that the plan never reaches, often a wrong year."""
    end = program.start + timedelta(days=7 * program.weeks)
    return [
        Problem(
            Place(file, 0, f"calendar.{name}.closed"),
            f"{day} lies outside the plan",
            "is the year right?",
            "warning",
        )
        for name, calendar in program.calendar.items()
        for day in dict.fromkeys(calendar.closed)
        if not program.start <= day < end
    ]


def check_some_day_is_open(_: Curriculum, program: Program, file: str) -> list[Problem]:
    """At least one meeting of the plan falls on an open day."""
    if meetings(program, program.start, program.weeks):
        return []
    message = "every day of the plan is closed"
    return [
        Problem(Place(file, 0, "calendar.main.closed"), message, "take some days out, or plan more weeks")
    ]
