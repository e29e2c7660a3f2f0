"""Check people and rooms of a program: nobody in two places, and leaders who can lead."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from iop_sessions.checks.programs import slot_place, unknown
from iop_sessions.curriculum.library import Curriculum
from iop_sessions.ground.english import counted, joined
from iop_sessions.ground.errors import Level, Place, Problem
from iop_sessions.ground.speech import ENGLISH
from iop_sessions.plans.facts import Hindrance, hindrance_words
from iop_sessions.plans.leaders import kinds_that_lead, misfit, service_of
from iop_sessions.program.journeys import Journey, journeys
from iop_sessions.program.program import Program
from iop_sessions.program.sections import section_size
from iop_sessions.program.settings import Facilitator, Room, Slot


def check_slots_do_not_overlap(_: Curriculum, program: Program, file: str) -> list[Problem]:
    """No two meetings to which the same people come run at the same time."""
    ways = journeys(program)
    return [
        Problem(
            slot_place(program, second, "start", file),
            f"{second.id} starts at {second.start:%H:%M}, "
            f"{first.id} ends at {first.end:%H:%M} on the same {first.day}",
            "move one of them",
        )
        for first, second in _overlapping(program)
        if _share_people(ways, first, second)
    ]


def _overlapping(program: Program) -> Iterator[tuple[Slot, Slot]]:
    for first, second in combinations(sorted(program.slots, key=lambda slot: slot.start), 2):
        if first.day == second.day and second.first_minute < first.last_minute:
            yield first, second


def _share_people(ways: Sequence[Journey], first: Slot, second: Slot) -> bool:
    """Say whether anybody comes to both in the same week of a stay."""
    return any({first.id, second.id} <= week for way in ways for week in way.slots)


def check_nobody_is_in_two_places(_: Curriculum, program: Program, file: str) -> list[Problem]:
    """No leader and no room is named in two meetings that overlap."""
    ways = journeys(program)
    return [
        problem
        for first, second in _overlapping(program)
        if not _share_people(ways, first, second)  # these are told to move already
        for problem in _double_bookings(program, first, second, file)
    ]


def _double_bookings(program: Program, first: Slot, second: Slot, file: str) -> Iterator[Problem]:
    when = f"{first.id} ends at {first.end:%H:%M}, {second.id} starts at {second.start:%H:%M}"
    for name in dict.fromkeys(second.lead):
        if name in first.lead:
            message = f"{name} would be in two places on {first.day}: {when}"
            place = slot_place(program, second, "lead", file)
            yield Problem(place, message, "name another leader, or move one of them")
    if second.room and second.room == first.room:
        message = f"room {second.room} would hold two meetings on {first.day}: {when}"
        place = slot_place(program, second, "room", file)
        yield Problem(place, message, "name another room, or move one of them")


def check_working_hours(_: Curriculum, program: Program, file: str) -> list[Problem]:
    """Working days begin before they end."""
    return [
        Problem(
            Place(file, 0, f"facilitators[{number}].to"),
            f"{each.code} would work from {each.start:%H:%M} to {each.end:%H:%M}",
            "write an end after the start",
        )
        for number, each in enumerate(program.facilitators, 1)
        if each.start is not None and each.end is not None and each.start >= each.end
    ]


def check_slots_have_a_leader(curriculum: Curriculum, program: Program, file: str) -> list[Problem]:
    """Leaders of a slot can lead it: one leads its type and works then, and counseling has a counselor."""
    people = program.facilitator_by_code
    found: list[Problem] = []
    for slot in program.slots:
        if slot.lead and people.keys() >= set(slot.lead):  # an unknown leader is told of by its name
            leaders = [people[code] for code in dict.fromkeys(slot.lead)]
            found += _leader_faults(
                curriculum, program, slot, leaders, slot_place(program, slot, "lead", file)
            )
    return found


def _leader_faults(
    curriculum: Curriculum, program: Program, slot: Slot, leaders: Sequence[Facilitator], place: Place
) -> Iterator[Problem]:
    able = [each for each in leaders if not _hindrance(each, slot)]
    service = service_of(curriculum, slot.kind, slot.group_type)
    kinds = kinds_that_lead(program, service) if service else ()
    if not able:
        found = (_hindrance(each, slot) for each in leaders)
        reasons = ", and ".join(hindrance_words(each, ENGLISH) for each in found if each)
        yield Problem(place, f"nobody can lead {slot.id}: {reasons}", "name a leader who can")
    elif service and all(each.kind not in kinds for each in able):
        named = joined(f"{each.code} ({each.kind})" for each in able)
        wanted = joined((f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}" for kind in kinds), "or")
        message = f"{slot.id} is {service}, which {named} may not lead without {wanted}"
        yield Problem(place, message, f"add {wanted} who works then")


def _hindrance(leader: Facilitator, slot: Slot) -> Hindrance | None:
    """Find out why somebody cannot lead a slot; None where they can."""
    return misfit(leader, slot.group_type, slot.day, slot.start, slot.last_minute)


def check_rooms_of_slots(_: Curriculum, program: Program, file: str) -> list[Problem]:
    """Rooms of slots are at their site, for their ages, and hold a section; one too small is only said."""
    rooms = program.room_by_code
    return [
        Problem(slot_place(program, slot, "room", file), *found)
        for slot in program.slots
        if slot.room in rooms
        for found in _room_faults(program, slot, rooms[slot.room])
    ]


def _room_faults(program: Program, slot: Slot, room: Room) -> Iterator[tuple[str, str, Level]]:
    if room.site and room.site != slot.site:
        yield (
            f"room {room.code} is at {room.site}, {slot.id} at {slot.site or 'no site'}",
            "name one there",
            "error",
        )
    if not room.is_for(program.ages):
        message = f"room {room.code} is for ages '{room.ages}', the program for ages '{program.ages}'"
        yield message, "no room is shared with adults: name another one", "error"
    elif program.ages == "youth" and room.ages == "both":
        remedy = 'write ages = "youth" beside the room once it is so'
        yield f"room {room.code} may be shared with adults, which {slot.id} may not", remedy, "warning"
    size = section_size(program, slot)
    if room.seats < size and slot.mode != "telehealth":
        seats = counted(room.seats, "seat")
        message = f"room {room.code} has {seats}, {size} people come to a section of {slot.id}"
        yield message, "name a larger one, or write more sections", "warning"


def check_sites_of_rooms(_: Curriculum, program: Program, file: str) -> list[Problem]:
    """Sites of rooms are those of slots."""
    sites = sorted({slot.site for slot in program.slots if slot.site})
    return [
        unknown(Place(file, 0, f"rooms[{number}].site"), "site", room.site, sites)
        for number, room in enumerate(program.rooms, 1)
        if room.site and room.site not in sites
    ]


def check_every_service_has_a_leader(_: Curriculum, program: Program, file: str) -> list[Problem]:
    """Where a program says who leads what, somebody does, and no guest does so alone."""
    return [
        Problem(
            Place(file, 0, f"people.leads.{service}"),
            "names nobody who may lead",
            "name a kind, or remove it",
        )
        for service, kinds in program.people.leads.items()
        if not set(kinds) - {"guest"}
    ]
