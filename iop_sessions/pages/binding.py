"""Bind handouts into one paper: each is a numbered part, with a footer and page numbers of its own.

Word cannot know the page of a handout before it lays the paper out, and it frightens people with a question
when a file asks it to count on opening. So a contents list names a part's number, which no layout changes.
"""

from __future__ import annotations

from collections.abc import Iterable

from iop_sessions.curriculum.library import Curriculum
from iop_sessions.curriculum.records import Handout, Topic
from iop_sessions.ground.blocks import Block, NewPart
from iop_sessions.ground.errors import UsageError
from iop_sessions.pages import common
from iop_sessions.pages.handout import family_note, handout_blocks
from iop_sessions.plans.plan import Session
from iop_sessions.program.program import Program


def held(sessions: Iterable[Session]) -> list[Session]:
    """List the sessions that take place, in order; none is refused."""
    found = sorted((each for each in sessions if each.takes_place), key=lambda session: session.order)
    if not found:
        raise UsageError("no group meets then — choose another date or session")
    return found


def written_length(topic: Topic, minutes: int) -> int:
    """Return the longest length of a topic that there is time for; the shortest where there is none."""
    return max((length for length in topic.lengths if length <= minutes), default=min(topic.lengths))


def is_written(curriculum: Curriculum, handout: Handout, language: str = "en") -> bool:
    """Say whether the curriculum holds a handout's text in a language; a clinic has others on its shelf."""
    return f"{language}/{handout.handout_id}" in curriculum.sheets


def part_name(curriculum: Curriculum, number: int, language: str = "en") -> str:
    """Name a part, in its footer and in a contents list: Part 3."""
    return curriculum.speech(language)("binding.part", number=number)


def bound(
    curriculum: Curriculum, program: Program, handouts: Iterable[Handout], language: str = "en"
) -> tuple[Block, ...]:
    """Bind handouts as parts, counted from 1; each footer has the handout's own code and whom to call."""
    return tuple(
        block
        for number, handout in enumerate(handouts, 1)
        for block in _part(curriculum, program, handout, number, language)
    )


def _part(
    curriculum: Curriculum, program: Program, handout: Handout, number: int, language: str
) -> tuple[Block, ...]:
    review = common.review_of(curriculum, "handout", handout, language)
    code = common.code_line(curriculum, handout.handout_id, handout.version, review, language)
    footer = common.client_footer(curriculum, program, code, language)
    name = part_name(curriculum, number, language)
    text = (
        *handout_blocks(curriculum, handout, language),
        *family_note(curriculum, program, handout, language),
    )
    return (NewPart(name, footer), *common.deeper(text))
