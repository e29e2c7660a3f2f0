"""Check what a program chooses of the library: collections, topics by name, and topics it still wants."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil
from typing import Final

from iop_sessions.checks.programs import slot_place, unknown
from iop_sessions.curriculum.library import Curriculum
from iop_sessions.ground.errors import Place, Problem
from iop_sessions.program.choosing import (
    chosen,
    not_promised,
    wanted_topics,
)
from iop_sessions.program.program import Program
from iop_sessions.program.sections import people_of
from iop_sessions.program.timetable import Slot

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
    count = f"{len(names)} core {'objective is' if len(names) == 1 else 'objectives are'} not promised"
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
        held = f"{slot.sections} section{'' if slot.sections == 1 else 's'}"
        kind = f"{'an' if known.service_kind == 'education' else 'a'} {known.service_kind} group"
        message = f"{slot.id} holds {people} people in {held}: {limit} are the most in {kind}"
        remedy = f"write sections = {ceil(people / limit)}, if your state's limit is the same"
        yield Problem(place, message, remedy, "warning")
