"""Say what a facilitator guide says: aim, objectives, run sheet, prompts and cautions, sources."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import time
from typing import Final

from iop_sessions.curriculum.library import Curriculum
from iop_sessions.curriculum.markdown.shapes import GUIDE_END, GUIDE_START
from iop_sessions.curriculum.records import Objective, Segment, Source, Topic
from iop_sessions.ground.blocks import Block, Heading, ItemList, Line, Page, PageBreak, Paragraph, Span, line
from iop_sessions.ground.errors import NotFound
from iop_sessions.ground.speech import Speech
from iop_sessions.pages import common
from iop_sessions.pages.meetings import lead_words
from iop_sessions.pages.runsheet import GuideText, run_sheet
from iop_sessions.program.program import Program

_TOLD: Final = ("clients", "relatives", "both")


def guide_page(
    curriculum: Curriculum,
    program: Program | None,
    topic_id: str,
    length: int,
    *,
    start: time | None = None,
    leads: Sequence[str] = (),
    language: str = "en",
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
    language
        Language of headings and titles; the guide's text is English where it has no other.

    Raises
    ------
    NotFound
        When there is no such topic, or it is not written for this length.
    ProblemsFound
        When its text has a fault: what it says to keep people safe may be lost.
    """
    topic = common.topic_of(curriculum, topic_id)
    say = curriculum.speech(language)
    review = GuideText.of(curriculum, topic_id, say).review(curriculum, topic)
    name = say("guide.code", topic=topic.topic_id)
    footer = (
        common.code_line(curriculum, name, topic.version, review, language),
        program.title if program else "",
    )
    return Page(
        "guide",
        curriculum.topic_title(topic_id, language),
        guide_blocks(curriculum, topic, length, start=start, leads=leads, language=language),
        tuple(text for text in footer if text),
        common.LOCALES[language],
        common.paper_of(program),
        group_type=topic.group_type,
        color=common.color_of(curriculum, topic.group_type),
    )


def guide_blocks(
    curriculum: Curriculum,
    topic: Topic,
    length: int,
    *,
    start: time | None = None,
    leads: Sequence[str] = (),
    language: str = "en",
    last: Line = (),
) -> tuple[Block, ...]:
    """Return the blocks of a guide, its title first.

    Parameters
    ----------
    last
        What the last group of this kind was about and its task, where it is known.
    """
    segments = curriculum.segments_of(topic.topic_id, length)
    if not segments and not _has_no_run_sheet(curriculum, topic):
        raise NotFound(
            f"length of {topic.topic_id}", f"{length} minutes", (f"{each} minutes" for each in topic.lengths)
        )
    say = curriculum.speech(language)
    guide = GuideText.faultless(curriculum, topic.topic_id, say)
    others = (title for title in guide.sections if title not in (*GUIDE_START, *GUIDE_END))
    return (
        *_opening(curriculum, topic, guide, _when(length, start, leads, say), has_sheet=bool(segments)),
        *guide.whole(GUIDE_START),
        *(_run_sheet(curriculum, topic, segments, guide, start, last) if segments else ()),
        *_left_out(segments, guide, length),
        *guide.whole((*GUIDE_END, *others)),
        *_sources(curriculum, topic, guide),
    )


def _has_no_run_sheet(curriculum: Curriculum, topic: Topic) -> bool:
    """Say whether a topic, as an outline or a paper of a clinic's own, has no run sheet of any length."""
    return topic.content != "full" and all(each.topic_id != topic.topic_id for each in curriculum.segments)


def _run_sheet(
    curriculum: Curriculum,
    topic: Topic,
    segments: Sequence[Segment],
    guide: GuideText,
    start: time | None,
    last: Line,
) -> tuple[Block, ...]:
    sheet = run_sheet(segments, guide, start, common.color_of(curriculum, topic.group_type), last)
    return (
        PageBreak(),  # the run sheet starts a sheet of its own, to be held in group
        Heading(2, guide.say("guide.run-sheet")),
        *_must_do_line(segments, guide.say),
        sheet.table,
        *sheet.beside,
    )


def _when(length: int, start: time | None, leads: Sequence[str], say: Speech) -> str:
    end = say.clock(common.after(start, length)) if start else ""
    when = say("shared.span", start=say.clock(start), end=end) if start else ""
    pieces = (when, say.count(length, "guide.minutes"), lead_words(say, leads))
    return " · ".join(piece for piece in pieces if piece)


def _opening(
    curriculum: Curriculum, topic: Topic, guide: GuideText, when: str, *, has_sheet: bool
) -> tuple[Block, ...]:
    """Say what the topic is about, and where no guide is written, whether a run sheet follows."""
    say = guide.say
    state = common.review_sentence(curriculum, guide.review(curriculum, topic), say.language)
    borrowed = (Paragraph(line(say("guide.in-english")), "note"),) if guide.is_borrowed else ()
    group = f"{curriculum.group_title(topic.group_type, say.language)} · {when}"
    return (
        Heading(1, curriculum.topic_title(topic.topic_id, say.language), topic.group_type),
        *((Paragraph(line(state), "note"),) if guide.text or not topic.is_in_a_manual else ()),
        *borrowed,
        Paragraph(line(group)),
        Heading(2, say("guide.aim")),
        Paragraph(line(curriculum.topic_aim(topic.topic_id, say.language))),
        _purpose(guide, common.manual_words(curriculum, topic.topic_id, say.language), has_sheet=has_sheet),
        *_objectives(curriculum, curriculum.objectives_of(topic.topic_id), say),
    )


def _purpose(guide: GuideText, manual: str, *, has_sheet: bool) -> Paragraph:
    if guide.text:
        return Paragraph(line(guide.text.purpose))
    if manual and not has_sheet:
        return Paragraph(line(guide.say("guide.manual", manual=manual)), "note")
    alone = (guide.say("guide.run-sheet-alone"),) if has_sheet else ()
    return Paragraph(line(" ".join([guide.say("guide.no-guide"), *alone])), "note")


def _objectives(curriculum: Curriculum, objectives: Sequence[Objective], say: Speech) -> tuple[Block, ...]:
    """List the objectives by whom they are said to; they are written as said, to "you"."""
    blocks: list[Block] = []
    for audience in _TOLD:
        ids = (each.objective_id for each in objectives if each.audience == audience)
        said = tuple(line(f"{curriculum.statement(each, say.language)}.") for each in ids)
        if said:
            blocks += [Heading(2, say(f"guide.objectives-{audience}")), ItemList("bullets", said)]
    return tuple(blocks)


def _must_do_line(segments: Iterable[Segment], say: Speech) -> tuple[Block, ...]:
    if not any(segment.must_do for segment in segments):
        return ()
    mark = say("run-sheet.must-do")
    before, _, after = say("guide.short-of-time", mark=mark).partition(mark)
    return (Paragraph((Span(before), Span(mark, bold=True), Span(after))),)


def _left_out(segments: Sequence[Segment], guide: GuideText, length: int) -> tuple[Block, ...]:
    """Keep what the guide has for other lengths on the page, apart from the run sheet."""
    unused = guide.unused(segments)
    if not unused:
        return ()
    blocks = (block for each in unused for block in (Heading(3, each.title), *each.blocks))
    return (Heading(2, guide.say("guide.left-out", minutes=length)), *blocks)


def _sources(curriculum: Curriculum, topic: Topic, guide: GuideText) -> tuple[Block, ...]:
    """List the sources of topic and handouts, and every other one that the guide cites by its id."""
    named = {
        *topic.source_ids,
        *(each for handout, _ in curriculum.handouts_of(topic.topic_id) for each in handout.source_ids),
    }
    units = guide.text.units if guide.text else ()
    words = {word for unit in units for word in re.findall(r"[\w-]+", unit.text)}
    found = [source for source in curriculum.sources if source.source_id in named | words]
    if not found:
        return ()
    checked = "; ".join(source_words(each) for each in found if each.verified)
    memory = "; ".join(source_words(each) for each in found if not each.verified)
    told = [f"{checked}."] if checked else []
    told += [guide.say("guide.from-memory", sources=memory)] if memory else []
    # small print without a heading: it need not fill a last sheet by itself
    return (Paragraph(common.lead(guide.say("guide.sources"), " ".join(told)), "small"),)


def source_words(source: Source) -> str:
    """Name a source: the id that the guide cites it by, its title, who, and when."""
    who = ", ".join(each for each in (source.authors, source.publisher, source.number, source.year) if each)
    return f"{source.source_id}, {source.title}{f' ({who})' if who else ''}"
