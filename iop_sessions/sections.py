"""Say what a slot needs: how many sit in each of its sections, and how many leaders and rooms that takes."""

from __future__ import annotations

from math import ceil
from typing import Final

from iop_sessions.journeys import tracks
from iop_sessions.programs import Program
from iop_sessions.timetable import Slot

GROUPS: Final = ("group", "open")
"""The kinds of meetings that are groups: they count for `max_week` and `co_leader_from`."""

LED: Final = (*GROUPS, "individual", "orientation", "case_management")
"""The kinds of meetings that need a leader. Tests, medication and mutual help have staff of their own."""

ROOMY: Final = (*GROUPS, "mutual_help")
"""The kinds of meetings to which the whole group comes; the others are one to one."""


def section_size(program: Program, slot: Slot) -> int:
    """Return how many people are in each section of a slot: the census, shared out among tracks and sections.

    One to one, it is one.
    """
    if slot.kind not in ROOMY:
        return 1
    census = program.census
    everybody = census.en + census.es + census.large_print
    shares = slot.sections * (len(tracks(program)) if slot.track else 1)
    return max(ceil(everybody / shares), 1)


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
