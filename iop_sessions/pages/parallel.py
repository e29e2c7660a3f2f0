"""Part a group that runs in several sections: each has its leaders, its room and its share of the people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from string import ascii_uppercase

from iop_sessions.curriculum.library import Curriculum
from iop_sessions.plans import leaders as people
from iop_sessions.plans.plan import Session
from iop_sessions.program.program import Program
from iop_sessions.program.sections import census_of


@dataclass(frozen=True)
class Part:
    """One section of a session: its letter, empty where there is only one, and the session as it sees it."""

    letter: str
    session: Session


def sections_of(program: Program, session: Session) -> int:
    """Return in how many rooms a session runs side by side; one where the program no longer has its slot."""
    return next((slot.sections for slot in program.slots if slot.id == session.slot_id), 1)


def parts_of(curriculum: Curriculum, program: Program, session: Session) -> list[Part]:
    """Part a session into its sections.

    Those who may lead alone take the sections in the order in which they are listed, as the planner does; the
    others are beside them.
    """
    count = sections_of(program, session)
    if count == 1:
        return [Part("", session)]
    alone, beside = _leaders(curriculum, program, session)
    helpers = [*alone[count:], *beside]
    parts = []
    for number, letter in enumerate(ascii_uppercase[:count]):
        leaders = (*alone[number : number + 1], *helpers[number::count])
        room = "; ".join(session.rooms[number : number + 1])
        part = session.model_copy(update={"facilitators": leaders, "room": room})
        parts.append(Part(letter, part))
    return parts


def _leaders(curriculum: Curriculum, program: Program, session: Session) -> tuple[list[str], list[str]]:
    """Part the leaders of a session into those who may lead alone and the others."""
    known = {each.code: each for each in program.facilitators}
    alone = [
        code
        for code in session.facilitators
        if code not in known or people.leads_alone(curriculum, program, known[code], session)
    ]
    return alone, [code for code in session.facilitators if code not in alone]


def places(program: Program, session: Session) -> int:
    """Return how many lines a sign-in sheet of one section has: its people, and some to spare."""
    census = census_of(program, session.track)
    return shared(census.people, sections_of(program, session)) + census.spare


def shared(number: int, sections: int) -> int:
    """Return how many of some people may sit in each section."""
    return ceil(number / sections)


def sheets(program: Program, sessions: Sequence[Session]) -> int:
    """Count the sign-in sheets that some groups need, one for each section."""
    return sum(sections_of(program, each) for each in sessions)
