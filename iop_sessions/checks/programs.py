"""Check a program against its curriculum: topics chosen, names, times, hours, promises kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from math import ceil
from typing import Final

from iop_sessions.coverage.rules import override_of, rules_for
from iop_sessions.curriculum.library import Curriculum
from iop_sessions.curriculum.records import Objective, Rule, Topic
from iop_sessions.ground.english import counted
from iop_sessions.ground.errors import Place, Problem, no_such
from iop_sessions.ground.speech import hours
from iop_sessions.program.calendar import MAIN
from iop_sessions.program.choosing import chosen, not_promised, wanted_topics
from iop_sessions.program.journeys import Journey, journeys, of_track, tracks
from iop_sessions.program.program import Program
from iop_sessions.program.sections import people_of
from iop_sessions.program.settings import Slot
from iop_sessions.program.zones import EXAMPLE

LARGEST_GROUP: Final = {"counseling": 12, "education": 12, "support": 12}
"""People in one group, by what the payer calls it: the strictest limit found for counseling (9 CCR 10345,
California opioid clinics, 2 to 12), taken for the others where no rule pack says more. Family groups have no
limit here: Texas exempts them (25 TAC 448.901). States differ; no number here was read in every state's rule.
"""


def check_choices_are_known(curriculum: Curriculum, program: Program, file: str) -> list[Problem]:
    """Every collection and topic that a program names exists."""
    collections = {topic.collection for topic in curriculum.topics}
    topics = set(curriculum.topic_by_id)
    named = [
        *(("collection", "collection", name, collections) for name in program.collection),
        *(("only_topics", "topic", name, topics) for name in program.only_topics),
        *(("leave_out", "topic", name, topics) for name in program.leave_out),
    ]
    return [
        unknown(Place(file, 0, key), noun, name, known)
        for key, noun, name, known in named
        if name not in known and known and not curriculum.lost("topics", _COLUMNS[noun], name)
    ]


_COLUMNS: Final = {"collection": "collection", "topic": "topic_id"}


def check_what_a_topic_builds_on_is_chosen(
    curriculum: Curriculum, program: Program, file: str
) -> list[Problem]:
    """Warn of a topic that builds on one that the program does not teach."""
    taught = chosen(curriculum, program)
    key = "leave_out" if program.leave_out else "only_topics" if program.only_topics else "collection"
    return [
        Problem(
            Place(file, 0, key),
            f"{topic.topic_id} builds on {before}, which this program does not teach",
            f"teach {before} too, or leave out {topic.topic_id}",
            "warning",
        )
        for topic in taught.topics
        for before in topic.after
        if before in curriculum.topic_by_id and before not in taught.topic_by_id
    ]


def check_the_clock_is_known(curriculum: Curriculum, program: Program, file: str) -> list[Problem]:
    """Warn where a program does not say by which clock it meets: no calendar is written without."""
    del curriculum
    place, example = Place(file, 0, "time_zone"), f'time_zone = "{EXAMPLE}"'
    message = "is missing, so no calendar for phones can be written"
    found = Problem(place, message, f"add the zone of your clinic: {example}", "warning")
    return [] if program.time_zone else [found]


def check_wanted_topics_are_there(curriculum: Curriculum, program: Program, file: str) -> list[Problem]:
    """Warn of each topic that the program needs and the library lacks, by name."""
    return [
        Problem(
            Place(file, 0, f"wanted.{each.topic_id}"),
            f"'{each.title}' is not in the library yet"
            + (f": {_has(each.topic_id, each.why)}" if each.why else ""),
            "write it, or take it out of the list",
            "warning",
        )
        for each in wanted_topics(curriculum, program)
    ]


def _has(topic_id: str, why: str) -> str:
    return f"{topic_id} there is of {why}"


def check_core_is_taught(curriculum: Curriculum, program: Program, file: str) -> list[Problem]:
    """Warn of the core objectives that no topic the program chose can teach to its ages."""
    names = [each.objective_id for each in not_promised(curriculum, program)]
    if not names:
        return []
    key = "wanted" if program.wanted else "leave_out"
    count = counted(len(names), "core objective is not promised", "core objectives are not promised")
    message = f"{count}, for no topic of this program teaches {'it' if len(names) == 1 else 'them'}"
    return [
        Problem(
            Place(file, 0, key),
            f"{message}: {', '.join(names)}",
            "teach them one to one until then",
            "warning",
        )
    ]


def check_groups_are_not_too_large(curriculum: Curriculum, program: Program, file: str) -> list[Problem]:
    """Warn of a group to which more people come than it may hold, with the sections it needs."""
    return [
        problem
        for slot in program.slots
        for problem in _too_large(
            curriculum,
            slot,
            people_of(program, slot.track),
            slot_place(program, slot, "sections", file),
        )
    ]


def _too_large(curriculum: Curriculum, slot: Slot, people: int, place: Place) -> Iterator[Problem]:
    known = curriculum.group_type_by_id.get(slot.group_type)
    limit = LARGEST_GROUP.get(known.service_kind) if known and slot.kind in ("group", "open") else None
    if known is not None and limit is not None and people > limit * slot.sections:
        held = counted(slot.sections, "section")
        kind = f"{'an' if known.service_kind == 'education' else 'a'} {known.service_kind} group"
        message = f"{slot.id} holds {people} people in {held}: {limit} are the most in {kind}"
        remedy = f"write sections = {ceil(people / limit)}, if your state's limit is the same"
        yield Problem(place, message, remedy, "warning")


def slot_place(program: Program, slot: Slot, key: str, file: str) -> Place:
    """Return where a setting of a slot stands."""
    number = next(number for number, each in enumerate(program.slots, 1) if each is slot)
    return Place(file, 0, f"slots[{number}].{key}")


def check_ids_are_unique(_: Curriculum, program: Program, file: str) -> list[Problem]:
    """Slots, phases, paths, rooms and facilitators have ids of their own."""
    lists: dict[str, list[str] | list[int]] = {
        "slots": [slot.id for slot in program.slots],
        "phases": [phase.number for phase in program.phases],
        "paths": [path.id for path in program.paths],
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
    """Group types, leaders, rooms, calendars, tracks, rule packs and reasons that a program names exist."""
    types = set(curriculum.group_type_by_id)
    calendars = {MAIN, *(slot.site for slot in program.slots if slot.site)}
    packs = {rule.pack for rule in curriculum.rules}
    reasons = {code for rule in curriculum.rules for code in rule.reason_codes}
    named = [
        *_names_of_slots(program, types, file),
        *_names_of_people(program, types, file),
        *((Place(file, 0, f"spacing.{name}"), "group type", name, types) for name in program.spacing),
        *((Place(file, 0, f"calendar.{name}"), "calendar", name, calendars) for name in program.calendar),
        *(
            (Place(file, 0, f"census.{name}"), "track", name, tracks(program))
            for name in program.census.tracks
        ),
        *((Place(file, 0, "rules.packs"), "rule pack", name, packs) for name in program.rules.packs),
        *(
            (Place(file, 0, f"week_notes[{number}].reason_code"), "reason", note.reason_code, reasons)
            for number, note in enumerate(program.week_notes, 1)
        ),
    ]
    return [unknown(*each) for each in named if each[2] not in each[3] and not _lost(curriculum, *each[1:3])]


Named = tuple[Place, str, str, Collection[str]]
"""Where a program names something, what it is, its name, and the names there are."""


def _names_of_slots(program: Program, types: Collection[str], file: str) -> Iterator[Named]:
    rooms, people = {room.code for room in program.rooms}, {each.code for each in program.facilitators}
    for slot in program.slots:
        if slot.kind == "group" and slot.group_type:
            yield slot_place(program, slot, "group_type", file), "group type", slot.group_type, types
        for name in slot.lead:
            yield slot_place(program, slot, "lead", file), "facilitator", name, people
        if slot.room:
            yield slot_place(program, slot, "room", file), "room", slot.room, rooms


def _names_of_people(program: Program, types: Collection[str], file: str) -> Iterator[Named]:
    others = {slot.group_type for slot in program.slots if slot.kind != "group"}
    for number, each in enumerate(program.facilitators, 1):
        for name in each.group_types:
            yield Place(file, 0, f"facilitators[{number}].group_types"), "group type", name, {*types, *others}


def _lost(curriculum: Curriculum, noun: str, name: str) -> bool:
    tables = {
        "group type": ("group_types", "group_type"),
        "rule pack": ("rules", "pack"),
        "reason": ("rules", "reason_codes"),
    }
    return noun in tables and curriculum.lost(*tables[noun], name)


def unknown(place: Place, noun: str, name: str, known: Collection[str]) -> Problem:
    """Say that a name stands for nothing, with the nearest one that does, or all there are."""
    return Problem(place, *no_such(noun, name, known, "" if known else "there is none yet: add it"))


def check_tracks_add_up(_: Curriculum, program: Program, file: str) -> list[Problem]:
    """Warn where the people of the tracks are not those of the program, who come to groups of every track."""
    census = program.census
    everybody, named = census.people, sum(each.people for each in census.tracks.values())
    whole = set(tracks(program)) <= set(census.tracks)
    if not census.tracks or named == everybody or (named < everybody and not whole):
        return []
    message = f"the tracks hold {named} people, and the program {everybody}"
    remedy = f"write under [census] how many come in all: en = {census.en + named - everybody}"
    return [Problem(Place(file, 0, "census"), message, remedy, "warning")]


def check_groups_have_a_type(_: Curriculum, program: Program, file: str) -> list[Problem]:
    """Slots of the kind group say of which type; other kinds need none."""
    return [
        Problem(
            slot_place(program, slot, "group_type", file),
            "is missing",
            f"add it, or write under kind what {slot.id} is, if no group",
        )
        for slot in program.slots
        if slot.kind == "group" and not slot.group_type
    ]


def check_slots_end_before_midnight(_: Curriculum, program: Program, file: str) -> list[Problem]:
    """Every meeting ends on the day it starts."""
    return [
        Problem(
            slot_place(program, slot, "minutes", file),
            f"{slot.id} would end after midnight",
            "start earlier",
        )
        for slot in program.slots
        if slot.past_midnight
    ]


def check_weekly_hours(curriculum: Curriculum, program: Program, file: str) -> list[Problem]:
    """Warn of a full week that breaks a rule of the program's packs by itself, before any day is closed."""
    place = Place(file, 0, "slots")
    levels = {phase.number: phase.level for phase in program.phases}
    rules = rules_for(curriculum, program)
    return [
        problem
        for each in _first_weeks(program)
        for rule in rules
        if (levels.get(each.phases[0]) or program.level_of_care) == rule.applies_to
        for problem in _hour_faults(program, each, rule, place)
    ]


def _first_weeks(program: Program) -> list[Journey]:
    """List one journey a track: its first phase is the one with all its hours, later ones step down."""
    by_track: dict[str, Journey] = {}
    for journey in journeys(program):
        if journey.slots:
            by_track.setdefault(journey.track, journey)
    return list(by_track.values())


def _hour_faults(program: Program, journey: Journey, rule: Rule, place: Place) -> Iterator[Problem]:
    slots = [slot for slot in program.slots if slot.id in journey.slots[0] and slot.counted != "none"]
    clinical = sum(slot.minutes for slot in slots if slot.counted == "clinical")
    seat = sum(_seat(slots, day) for day in {slot.day for slot in slots})
    way = rule.minutes or program.minutes.count
    minutes = seat if way == "seat" else clinical
    override = override_of(program, rule.rule_id, program.start)
    limit = override.value if override else rule.value
    both = f"{hours(clinical)} clinical, {hours(seat)} seat"
    phase = f" of phase {journey.phases[0]}" if journey.phases[0] else ""
    track = f" in the {journey.track} track" if journey.track else ""
    words = f"a full week{phase}{track} holds {hours(minutes)} {way} ({both})"
    by = rule.rule_id if rule.verified else f"{rule.rule_id}, unverified"
    if rule.operator == ">=" and minutes < limit * 60:
        lacking = counted(ceil(limit * 60) - minutes, "minute")
        remedy = f"{limit:g} hours are the least ({by}): add {lacking}"
        yield Problem(place, words, remedy, "warning")
    if rule.operator == "<=" and minutes > limit * 60:
        yield Problem(place, words, f"{limit:g} hours are the most ({by})", "warning")


def _seat(slots: Iterable[Slot], day: str) -> int:
    here = [slot for slot in slots if slot.day == day]
    return max(slot.last_minute for slot in here) - min(slot.first_minute for slot in here)


def _fitting(curriculum: Curriculum, program: Program, slot: Slot) -> list[Topic]:
    topics = curriculum.topics_of_type(slot.group_type)
    ages = ("both", program.ages)
    return [
        each
        for each in topics
        if slot.minutes in each.lengths and (each.ages in ages or program.ages == "both")
    ]


def check_slots_have_topics(curriculum: Curriculum, program: Program, file: str) -> list[Problem]:
    """Every slot that needs a topic has one that fits its minutes and ages; only groups need any."""
    return [
        Problem(
            slot_place(program, slot, "minutes", file),
            f"no {slot.group_type} topic is written for {slot.minutes} minutes and ages '{program.ages}'",
            "change the minutes, or add a topic",
            "warning" if program.wanted else "error",  # it says which topics are still to come
        )
        for slot in program.slots
        if slot.kind == "group"
        and curriculum.needs_topic(slot.group_type)
        and not _fitting(curriculum, program, slot)
        and not curriculum.lost("topics", "group_type", slot.group_type)
    ]


def check_spacing_leaves_a_choice(curriculum: Curriculum, program: Program, file: str) -> list[Problem]:
    """Every group type has more topics than its spacing, or some meetings must stay empty."""
    found = []
    for group_type, distance in program.spacing.items():
        slots = _groups(program, group_type)
        topics = {topic.topic_id for slot in slots for topic in _fitting(curriculum, program, slot)}
        if slots and curriculum.needs_topic(group_type) and len(topics) <= distance:
            message = f"{len(topics)} {group_type} topics cannot fill meetings that are {distance} apart"
            remedy = f"write {max(len(topics) - 1, 0)} or less, or add topics"
            found.append(Problem(Place(file, 0, f"spacing.{group_type}"), message, remedy))
    return found


def _groups(program: Program, group_type: str) -> list[Slot]:
    return [slot for slot in program.slots if slot.kind == "group" and slot.group_type == group_type]


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
    groups = _groups(program, single.group_type)
    weekly = min(len(of_track(groups, track)) for track in tracks(program) or ("",))
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
