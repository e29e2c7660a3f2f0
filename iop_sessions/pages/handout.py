"""Say what a client handout says, with its state of review and whom to call."""

from __future__ import annotations

from iop_sessions.curriculum.library import Curriculum
from iop_sessions.curriculum.records import Handout
from iop_sessions.ground.blocks import (
    Block,
    Heading,
    Page,
    Paragraph,
    line,
)
from iop_sessions.ground.errors import NotFound
from iop_sessions.pages import common
from iop_sessions.program.program import Program


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
