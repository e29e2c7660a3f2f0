"""Tell a colleague who steps in all that one group needs: what keeps people safe whole, and first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from iop_sessions.curriculum.library import Curriculum
from iop_sessions.curriculum.records import Segment, Topic
from iop_sessions.ground.blocks import (
    Block,
    Heading,
    ItemList,
    Line,
    Page,
    Paragraph,
    Span,
    line,
    plain,
    walk,
)
from iop_sessions.ground.speech import Speech, capital
from iop_sessions.pages import common
from iop_sessions.pages.handout import written_length
from iop_sessions.pages.last_time import last_time
from iop_sessions.pages.meetings import aim_words, copy_words, place_words, session_title
from iop_sessions.pages.runsheet import GuideText
from iop_sessions.pages.shelf import Kind
from iop_sessions.plans.plan import Session
from iop_sessions.program.program import Program

_SAFE: Final = ("Before group", "Cautions")
"""Sections that stand as they were written: a sentence left out may be the one that says to call 911."""
_SAMPLES: Final = ("Sample:", "Ejemplo:", '"', "“", "«")


def substitute_brief(
    curriculum: Curriculum,
    program: Program,
    session: Session,
    *,
    language: str = "en",
    every: Sequence[Session] = (),
) -> Page:
    """Make the page for a colleague who runs a session at short notice.

    Parameters
    ----------
    every
        The sessions of the plan and of those before it: what was taught the last time.
    """
    say = curriculum.speech(language)
    topic = curriculum.topic_by_id.get(session.topic_id)
    guide = GuideText.faultless(curriculum, session.topic_id, say)
    title = session_title(curriculum, session, language=language)
    aim = aim_words(curriculum, session, language=language) or say("brief.no-aim")
    blocks = (
        Heading(1, say("brief.title", title=title), session.group_type),
        Paragraph(line(_facts(curriculum, program, session, say))),
        *((Paragraph(line(say("guide.in-english")), "small"),) if guide.is_borrowed else ()),
        Paragraph(common.lead(say("guide.aim"), aim)),
        *guide.whole(_SAFE),
        *(_run_sheet(curriculum, session, topic, guide) if topic else ()),
        *_last_time(say, last_time(curriculum, every, session, language)),
        *_chart(guide),
    )
    return Page(
        "guide",
        title,
        blocks,
        _footer(curriculum, program, topic, guide),
        common.LOCALES[language],
        program.paper,
        group_type=session.group_type,
        color=common.color_of(curriculum, session.group_type),
        template="brief",
    )


def _facts(curriculum: Curriculum, program: Program, session: Session, say: Speech) -> str:
    when = f"{capital(say.weekday_month_day(session.date))}, {say.span(session.start, session.end)}"
    place = place_words(session, language=say.language, own=curriculum.labels)
    manual = common.manual_words(curriculum, session.topic_id, say.language)
    copied = copy_words(curriculum, program, session, language=say.language)
    copies = copied or manual or say("brief.no-copies")
    return " · ".join(text for text in (when, place, copies) if text)


def _footer(
    curriculum: Curriculum, program: Program, topic: Topic | None, guide: GuideText
) -> tuple[str, ...]:
    say, first = guide.say, program.title
    if topic:
        code = say("brief.code", topic=topic.topic_id)
        review = guide.review(curriculum, topic)
        first = common.code_line(curriculum, code, topic.version, review, say.language)
    return tuple(text for text in (first, common.help_sentence(curriculum, program, say.language)) if text)


def _run_sheet(curriculum: Curriculum, session: Session, topic: Topic, guide: GuideText) -> Iterator[Block]:
    """Lay out the parts by the clock; no table, whose rows would not split and leave a third side."""
    segments = curriculum.segments_of(topic.topic_id, written_length(topic, session.planned_minutes))
    if segments:
        yield Heading(2, guide.say("guide.run-sheet"))
    minute = 0
    for segment in segments:
        yield from _part(segment, guide, guide.say.clock(common.after(session.start, minute)))
        minute += segment.minutes


def _part(segment: Segment, guide: GuideText, start: str) -> tuple[Block, ...]:
    title = f"{start} {guide.title_of(segment)}, {segment.minutes} min."
    activity = guide.activity_of(segment)
    if not segment.must_do:
        return (Paragraph(common.lead(title, activity), "small"),)
    section, must = guide.part(segment), guide.say("run-sheet.must-do")
    said = tuple(_said(section.blocks, guide)) if section else ()
    first = common.lead(title, f"{must}. {activity}")
    if said and isinstance(said[0], Paragraph):  # in one paragraph, for each more would cost a line
        return (Paragraph((*first, Span(" "), *said[0].text)), *said[1:])
    return (Paragraph(first), *said)


def _said(blocks: Iterable[Block], guide: GuideText) -> Iterator[Paragraph | ItemList]:
    """Yield the first thing to say and every numbered step, each whole: half a list of steps is none."""
    said = [each for each in blocks if isinstance(each, Paragraph) and _is_said(each, guide)][:1]
    for block in blocks:
        if block in said or (isinstance(block, ItemList) and block.kind == "steps"):
            yield block


def _is_said(block: Paragraph, guide: GuideText) -> bool:
    opening = block.text[0].text.strip() if block.text else ""
    return guide.opening(opening.rstrip(".")) == guide.say("run-sheet.say")


def _last_time(say: Speech, last: Line) -> tuple[Block, ...]:
    named = Span(f"{say('run-sheet.last')}, ", bold=True)
    return (Paragraph((named, *last), "small"),) if last else ()


def _chart(guide: GuideText) -> tuple[Block, ...]:
    section = guide.sections.get("What to chart")
    lists = (each for each in walk(section.blocks if section else ()) if isinstance(each, ItemList))
    texts = [plain(item).rstrip(".") for each in lists for item in each.items]
    kept = "; ".join(text for text in texts if not text.startswith(_SAMPLES))
    return (Paragraph(common.lead(guide.say("brief.chart"), f"{kept}."), "small"),) if kept else ()


BRIEF: Final = Kind("brief", "what one group needs, for whoever steps in", "staff", template="brief")
