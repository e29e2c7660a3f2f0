"""Say what a facilitator guide says: aim, objectives, run sheet, prompts and cautions, sources."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import time

from iop_sessions.blocks import Block, Heading, ItemList, Page, PageBreak, Paragraph, Span, line
from iop_sessions.calendars import clock
from iop_sessions.curriculum import Curriculum
from iop_sessions.errors import NotFound
from iop_sessions.markdown.shapes import GUIDE_END, GUIDE_START
from iop_sessions.pages import common
from iop_sessions.pages.runsheet import run_sheet, unused_sections
from iop_sessions.passages import Document, Section
from iop_sessions.programs import Program
from iop_sessions.records import Objective, Segment, Topic
from iop_sessions.references import Source

NO_GUIDE = "This topic has no written guide."
RUN_SHEET_ALONE = "The run sheet below is all there is."
TOLD = {"clients": "clients", "relatives": "relatives", "both": "clients and relatives"}


def guide_page(
    curriculum: Curriculum,
    program: Program | None,
    topic_id: str,
    length: int,
    *,
    start: time | None = None,
    leads: Sequence[str] = (),
) -> Page:
    """Make the guide of one topic for a group of some length.

    Parameters
    ----------
    length
        Minutes of the group; the topic must be written for it.
    start
        When the group starts, for a running clock; None counts minutes from 0.
    leads
        Codes of the leaders.

    Raises
    ------
    NotFound
        When there is no such topic, or it is not written for this length.
    """
    topic = common.topic_of(curriculum, topic_id)
    review = common.review_of(curriculum, "topic", topic, "en")
    footer = (
        common.code_line(f"{topic.topic_id} guide", topic.version, review),
        program.title if program else "",
    )
    return Page(
        "guide",
        topic.title,
        guide_blocks(curriculum, topic, length, start=start, leads=leads),
        tuple(text for text in footer if text),
        paper=common.paper_of(program),
        group_type=topic.group_type,
        color=common.color_of(curriculum, topic.group_type),
    )


def guide_blocks(
    curriculum: Curriculum, topic: Topic, length: int, *, start: time | None = None, leads: Sequence[str] = ()
) -> tuple[Block, ...]:
    """Return the blocks of a guide, its title first."""
    segments = curriculum.segments_of(topic.topic_id, length)
    if not segments and not _is_bare_outline(curriculum, topic):
        raise NotFound(
            f"length of {topic.topic_id}", f"{length} minutes", (f"{each} minutes" for each in topic.lengths)
        )
    guide = curriculum.guides.get(f"en/{topic.topic_id}")
    sections = {each.title: each for each in guide.sections if not each.number} if guide else {}
    return (
        *_opening(curriculum, topic, guide, _when(length, start, leads), has_sheet=bool(segments)),
        *_sections(sections, GUIDE_START),
        *(_run_sheet(curriculum, topic, segments, guide, start) if segments else ()),
        *_left_out(segments, guide, length),
        *_sections(
            sections, (*GUIDE_END, *(title for title in sections if title not in (*GUIDE_START, *GUIDE_END)))
        ),
        *_sources(curriculum, topic, guide),
    )


def _is_bare_outline(curriculum: Curriculum, topic: Topic) -> bool:
    """Say whether a topic is an outline that has no run sheet of any length."""
    return topic.content == "outline" and all(each.topic_id != topic.topic_id for each in curriculum.segments)


def _run_sheet(
    curriculum: Curriculum,
    topic: Topic,
    segments: Sequence[Segment],
    guide: Document | None,
    start: time | None,
) -> tuple[Block, ...]:
    sheet = run_sheet(segments, guide, start, common.color_of(curriculum, topic.group_type))
    return (
        PageBreak(),  # the run sheet starts a sheet of its own, to be held in group
        Heading(2, "Run sheet"),
        *_must_do_line(segments),
        sheet.table,
        *sheet.beside,
    )


def _when(length: int, start: time | None, leads: Sequence[str]) -> str:
    when = f"{clock(start)} to {clock(common.after(start, length))}" if start else ""
    pieces = (when, f"{length} minutes", f"Lead {' and '.join(leads)}" if leads else "")
    return " · ".join(piece for piece in pieces if piece)


def _opening(
    curriculum: Curriculum, topic: Topic, guide: Document | None, when: str, *, has_sheet: bool
) -> tuple[Block, ...]:
    """Say what the topic is about, and where no guide is written, whether a run sheet follows."""
    missing = f"{NO_GUIDE} {RUN_SHEET_ALONE}" if has_sheet else NO_GUIDE
    state = common.review_sentence(common.review_of(curriculum, "topic", topic, "en"))
    group = f"{common.group_title(curriculum, topic.group_type)} · {when}"
    purpose = (Paragraph(line(guide.purpose)),) if guide else (Paragraph(line(missing), "note"),)
    return (
        Heading(1, topic.title, topic.group_type),
        Paragraph(line(state), "note"),
        Paragraph(line(group)),
        Heading(2, "Aim"),
        Paragraph(line(f"{topic.aim.rstrip('.')}.")),
        *purpose,
        *_objectives(curriculum.objectives_of(topic.topic_id)),
    )


def _objectives(objectives: Sequence[Objective]) -> tuple[Block, ...]:
    """List the objectives by whom they are said to; they are written as said, to "you"."""
    blocks: list[Block] = []
    for audience, told in TOLD.items():
        said = tuple(f"{each.statement.rstrip('.')}." for each in objectives if each.audience == audience)
        if said:
            items = ItemList("bullets", tuple(line(text) for text in said))
            blocks += [Heading(2, f"Objectives, as said to {told}"), items]
    return tuple(blocks)


def _must_do_line(segments: Iterable[Segment]) -> tuple[Block, ...]:
    if not any(segment.must_do for segment in segments):
        return ()
    return (
        Paragraph((Span("Short of time? Keep the parts marked "), Span("Must do", bold=True), Span("."))),
    )


def _sections(sections: dict[str, Section], titles: Iterable[str]) -> tuple[Block, ...]:
    found = [sections[title] for title in titles if title in sections]
    return tuple(block for each in found for block in (Heading(2, each.title), *each.blocks))


def _left_out(segments: Sequence[Segment], guide: Document | None, length: int) -> tuple[Block, ...]:
    """Keep what the guide has for other lengths on the page, apart from the run sheet."""
    unused = unused_sections(segments, guide) if guide else []
    if not unused:
        return ()
    blocks = (block for each in unused for block in (Heading(3, each.title), *each.blocks))
    return (Heading(2, f"Left out of a group of {length} minutes"), *blocks)


def _sources(curriculum: Curriculum, topic: Topic, guide: Document | None) -> tuple[Block, ...]:
    """List the sources of topic and handouts, and every other one that the guide cites by its id."""
    named = {
        *topic.source_ids,
        *(each for handout, _ in curriculum.handouts_of(topic.topic_id) for each in handout.source_ids),
    }
    words = {word for unit in (guide.units if guide else ()) for word in re.findall(r"[\w-]+", unit.text)}
    found = [source for source in curriculum.sources if source.source_id in named | words]
    if not found:
        return ()
    checked = "; ".join(source_words(each) for each in found if each.verified)
    memory = "; ".join(source_words(each) for each in found if not each.verified)
    parts = (
        f"{checked}." if checked else "",
        f"Cited from memory, to be checked: {memory}." if memory else "",
    )
    # small print without a heading: it need not fill a last sheet by itself
    return (Paragraph(common.lead("Sources.", " ".join(part for part in parts if part)), "small"),)


def source_words(source: Source) -> str:
    """Name a source: the id that the guide cites it by, its title, who, and when."""
    who = ", ".join(each for each in (source.authors, source.publisher, source.number, source.year) if each)
    return f"{source.source_id}, {source.title}{f' ({who})' if who else ''}"
