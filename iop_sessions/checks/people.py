"""Check people and rooms of a program: nobody in two places, and leaders who can lead."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Final

from iop_sessions.checks.programs import slot_place
from iop_sessions.curriculum import Curriculum
from iop_sessions.errors import Place, Problem
from iop_sessions.journeys import Journey, journeys
from iop_sessions.programs import Program
from iop_sessions.timetable import Facilitator, Slot

LEADS_COUNSELING: Final = "counselor"
"""The kind of leader without whom no counseling group meets; an educator alone leads education only."""


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
    people = {each.code: each for each in program.facilitators}
    found: list[Problem] = []
    for slot in program.slots:
        if slot.lead and people.keys() >= set(slot.lead):  # an unknown leader is told of by its name
            leaders = [people[code] for code in dict.fromkeys(slot.lead)]
            found += _leader_faults(curriculum, slot, leaders, slot_place(program, slot, "lead", file))
    return found


def _leader_faults(
    curriculum: Curriculum, slot: Slot, leaders: Sequence[Facilitator], place: Place
) -> Iterator[Problem]:
    able = [each for each in leaders if not _hindrance(each, slot)]
    if not able:
        reasons = ", and ".join(_hindrance(each, slot) for each in leaders)
        yield Problem(place, f"nobody can lead {slot.id}: {reasons}", "name a leader who can")
    elif _is_counseling(curriculum, slot) and all(each.kind != LEADS_COUNSELING for each in able):
        named = " and ".join(f"{each.code} ({each.kind})" for each in able)
        message = f"{slot.id} is counseling, which {named} may not lead without a counselor"
        yield Problem(place, message, "add a counselor who works then")


def _is_counseling(curriculum: Curriculum, slot: Slot) -> bool:
    known = curriculum.group_type_by_id.get(slot.group_type)
    return slot.kind in ("group", "open") and known is not None and known.service_kind == "counseling"


def _hindrance(leader: Facilitator, slot: Slot) -> str:
    """Say why somebody cannot lead a slot; empty where they can."""
    if slot.group_type and not leader.may_lead(slot.group_type):
        return f"{leader.code} leads {', '.join(leader.group_types)} only, not {slot.group_type}"
    if leader.days and slot.day not in leader.days:
        return f"{leader.code} does not work on {slot.day}"
    if leader.start is not None and slot.start < leader.start:
        return f"{leader.code} starts work at {leader.start:%H:%M}"
    if leader.end is not None and slot.last_minute > leader.end.hour * 60 + leader.end.minute:
        return f"{leader.code} works until {leader.end:%H:%M}"
    return ""
