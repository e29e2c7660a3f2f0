"""Say what a client handout says, and bind handouts into one paper of numbered parts.

Word cannot know the page of a handout before it lays the paper out, and it frightens people with a question
when a file asks it to count on opening. So a contents list names a part's number, which no layout changes.
"""

from __future__ import annotations

from collections.abc import Iterable

from iop_sessions.curriculum.library import Curriculum
from iop_sessions.curriculum.records import Handout, Topic
from iop_sessions.ground.blocks import Block, Heading, NewPart, Page, Paragraph, line
from iop_sessions.ground.errors import NotFound, ProblemsFound, UsageError
from iop_sessions.pages import common
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


def handout_page(
    curriculum: Curriculum,
    program: Program | None,
    handout_id: str,
    language: str = "en",
    *,
    large_print: bool = False,
) -> Page:
    """Make the page of one handout.

    Parameters
    ----------
    program
        Whose paper, after-hours line and name to use; None prints on Letter without them.

    Raises
    ------
    NotFound
        When the curriculum holds no such handout, or no text of it in this language.
    """
    handout = handout_of(curriculum, handout_id)
    group_type = group_type_of(curriculum, handout_id)
    review = common.review_of(curriculum, "handout", handout, language)
    code = common.code_line(curriculum, handout.handout_id, handout.version, review, language)
    return Page(
        "handout",
        curriculum.handout_title(handout_id, language),
        (
            *handout_blocks(curriculum, handout, language),
            *family_note(curriculum, program, handout, language),
        ),
        common.client_footer(curriculum, program, code, language),
        common.LOCALES[language],
        common.paper_of(program),
        group_type=group_type,
        color=common.color_of(curriculum, group_type),
        large_print=large_print,
        template=handout.kind,
    )


def family_note(
    curriculum: Curriculum, program: Program | None, handout: Handout, language: str = "en"
) -> tuple[Block, ...]:
    """Return what a program for young people says below a page that relatives get."""
    return () if handout.audience == "clients" else common.consent_note(curriculum, program, language)


def handout_of(curriculum: Curriculum, handout_id: str) -> Handout:
    """Return a handout; a wrong id is named with the nearest right one."""
    if handout_id not in curriculum.handout_by_id:
        raise NotFound("handout", handout_id, curriculum.handout_by_id)
    return curriculum.handout_by_id[handout_id]


def handout_blocks(curriculum: Curriculum, handout: Handout, language: str = "en") -> tuple[Block, ...]:
    """Return the blocks of a handout, its title first."""
    key = f"{language}/{handout.handout_id}"
    if faults := curriculum.broken.get(f"handouts/{key}.md"):
        raise ProblemsFound(faults)
    if key not in curriculum.sheets:
        raise NotFound("handout text", key, curriculum.sheets)
    document = curriculum.sheets[key]
    badge = group_type_of(curriculum, handout.handout_id)
    return (
        Heading(1, curriculum.handout_title(handout.handout_id, language), badge),
        *_draft_note(curriculum, handout, language),
        *_stay_note(curriculum, handout, language),
        Paragraph(line(document.purpose), "purpose"),
        *document.blocks,
    )


def group_type_of(curriculum: Curriculum, handout_id: str) -> str:
    """Return the group type whose topic uses a handout, the first where several do."""
    used = (each.topic_id for each in curriculum.topic_handouts if each.handout_id == handout_id)
    topics = (curriculum.topic_by_id.get(topic_id) for topic_id in used)
    return next((topic.group_type for topic in topics if topic is not None), "")


def _draft_note(curriculum: Curriculum, handout: Handout, language: str) -> tuple[Block, ...]:
    """Put the draft words on top of a safety page; elsewhere the small print has them."""
    if not handout.safety or common.review_of(curriculum, "handout", handout, language):
        return ()
    return (Paragraph(line(common.review_sentence(curriculum, None, language)), "note"),)


def _stay_note(curriculum: Curriculum, handout: Handout, language: str) -> tuple[Block, ...]:
    """Say on a page that could harm at home that it stays on site."""
    if handout.take_home:
        return ()
    return (Paragraph(line(curriculum.speech(language)("shared.stays")), "note"),)
