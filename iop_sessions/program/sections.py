"""Say what a slot needs: how many sit in each of its sections, and how many leaders and rooms that takes."""

from __future__ import annotations

from math import ceil
from typing import Final

from iop_sessions.program.journeys import tracks
from iop_sessions.program.program import Program
from iop_sessions.program.settings import Census, Slot

GROUPS: Final = ("group", "open")
"""The kinds of meetings that are groups: they count for `max_week` and `co_leader_from`."""

LED: Final = (*GROUPS, "individual", "orientation", "case_management")
"""The kinds of meetings that need a leader. Tests, medication and mutual help have staff of their own."""

ROOMY: Final = (*GROUPS, "mutual_help")
"""The kinds of meetings to which the whole group comes; the others are one to one."""


def census_of(program: Program, track: str) -> Census:
    """Return how many people of a track there are to print for; of no track, those of all.

    Where some tracks have a census of their own, the others share the rest. Where none has, it is not known
    who of the census comes when, and there is a copy for everybody.
    """
    census = program.census
    if not track or not census.tracks:
        return census
    own = census.tracks.get(track)
    if own is not None:
        spare = census.spare if own.spare is None else own.spare
        return Census(en=own.en, es=own.es, large_print=own.large_print, spare=spare)
    others = sum(name not in census.tracks for name in tracks(program)) or 1
    taken = census.tracks.values()

    def rest(everybody: int, theirs: int) -> int:
        return ceil(max(everybody - theirs, 0) / others)

    return Census(
        en=rest(census.en, sum(each.en for each in taken)),
        es=rest(census.es, sum(each.es for each in taken)),
        large_print=rest(census.large_print, sum(each.large_print for each in taken)),
        spare=census.spare,
    )


def people_of(program: Program, track: str) -> int:
    """Return how many people of a track come: those of its census, or an even share of everybody."""
    if track and not program.census.tracks:
        return ceil(program.census.people / (len(tracks(program)) or 1))
    return census_of(program, track).people


def section_size(program: Program, slot: Slot) -> int:
    """Return how many people are in each section of a slot: those of its track, shared out among sections.

    One to one, it is one.
    """
    if slot.kind not in ROOMY:
        return 1
    return max(ceil(people_of(program, slot.track) / slot.sections), 1)


def co_leaders_needed(program: Program, slot: Slot) -> int:
    """Return how many leaders a slot wants beside those who lead its sections."""
    size = program.people.co_leader_from
    asked = size is not None and slot.kind in GROUPS and section_size(program, slot) >= size
    return slot.sections if asked and program.facilitators else 0


def leaders_needed(program: Program, slot: Slot) -> int:
    """Return how many leaders a slot needs, one for each section; none where nobody is named."""
    return slot.sections if slot.kind in LED and program.facilitators else 0


def rooms_needed(program: Program, slot: Slot) -> int:
    """Return how many rooms a slot needs: one for each section, where a room is named or a group meets."""
    meets = slot.kind in ROOMY and slot.mode != "telehealth"
    return slot.sections if program.rooms and (slot.room or meets) else 0
