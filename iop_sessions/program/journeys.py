"""Say who comes to which slot: a journey is one path through the phases in one track, never a person."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from iop_sessions.program.calendar import WEEK
from iop_sessions.program.program import Program
from iop_sessions.program.settings import Path, Phase, Slot


@dataclass(frozen=True)
class Journey:
    """One way through the program, week by week."""

    path: str
    track: str
    phases: tuple[int, ...]  # of each week of the stay; 0 where the program has no phases
    slots: tuple[frozenset[str], ...]  # to which people come, in each week of the stay
    known: frozenset[str]  # every slot of the program

    @property
    def weeks(self) -> int:
        """Return how long a stay is."""
        return len(self.slots)

    @property
    def name(self) -> str:
        """Name the journey; empty where the program has only one."""
        pieces = (f"path {self.path}" if self.path else "", f"{self.track} track" if self.track else "")
        return ", ".join(piece for piece in pieces if piece)

    def end(self, start: date) -> date:
        """Return the first day after a stay that starts on a date."""
        return start + self.weeks * WEEK

    def comes(self, slot_id: str, track: str, start: date, day: date) -> bool:
        """Say whether somebody who started on a date comes to a slot on a day.

        To a make-up group comes who would have come to the group that it makes up for, and is still there. A
        slot that the program no longer has, in an old plan, is judged by its track alone.
        """
        week = (day - start).days // 7
        if not 0 <= week < self.weeks:
            return False
        missed = None if slot_id in self.known else made_up(slot_id, self.known)
        if missed is not None:
            return self.comes(missed[1], track, start, missed[0])
        return slot_id in self.slots[week] if slot_id in self.known else track in ("", self.track)


_MEETING: Final = re.compile("([0-9]{4}-[0-9]{2}-[0-9]{2})-(.+)")


def made_up(slot_id: str, known: Collection[str]) -> tuple[date, str] | None:
    """Return the day and the slot of the meeting whose id a make-up group names in the place of a slot."""
    found = _MEETING.fullmatch(slot_id)
    if found is None or found[2] not in known:
        return None
    try:
        return date.fromisoformat(found[1]), found[2]
    except ValueError:
        return None


def journeys(program: Program) -> tuple[Journey, ...]:
    """List every way through a program: each path in each track."""
    return tuple(
        _journey(program, path, track) for path in _paths(program) for track in (tracks(program) or ("",))
    )


def tracks(program: Program) -> tuple[str, ...]:
    """List the tracks of a program, in the order of its slots."""
    return tuple(dict.fromkeys(slot.track for slot in program.slots if slot.track))


def of_track(slots: Iterable[Slot], track: str) -> list[Slot]:
    """List the slots to which people of a track come."""
    return [slot for slot in slots if slot.serves(track)]


def _paths(program: Program) -> tuple[Path | None, ...]:
    """List the paths; without any, everybody goes through the phases in their order."""
    if program.paths:
        return program.paths
    steps = tuple((phase.number, phase.length) for phase in _in_order(program))
    return (Path.model_construct(id="", phases=steps),) if steps else (None,)


def _in_order(program: Program) -> list[Phase]:
    return sorted(program.phases, key=lambda phase: phase.weeks[0])


def _journey(program: Program, path: Path | None, track: str) -> Journey:
    here = of_track(program.slots, track)
    phases = {phase.number: phase for phase in program.phases}
    steps = path.phases if path else ((0, program.stay),)
    numbers = tuple(number for number, weeks in steps for _ in range(weeks))
    coming = {
        number: frozenset(slot.id for slot in here if number not in phases or phases[number].holds(slot))
        for number in set(numbers)
    }
    known = frozenset(slot.id for slot in program.slots)
    return Journey(path.id if path else "", track, numbers, tuple(coming[each] for each in numbers), known)
