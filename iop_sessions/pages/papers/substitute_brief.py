"""Tell a colleague who steps in all that one group needs, on one page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from iop_sessions.curriculum.library import Curriculum
from iop_sessions.curriculum.records import Segment, Topic
from iop_sessions.ground.blocks import (
    Cell,
    Heading,
    ItemList,
    Page,
    Paragraph,
    Span,
    Table,
    cell,
    line,
    plain,
    walk,
)
from iop_sessions.ground.speech import Speech, capital
from iop_sessions.pages import common
from iop_sessions.pages.fitting import CAUTION_WORDS, SAID_WORDS
from iop_sessions.pages.handout import written_length
from iop_sessions.pages.meetings import aim_words, copy_words, place_words, session_title
from iop_sessions.pages.papers.parts import excerpt
from iop_sessions.pages.runsheet import GuideText
from iop_sessions.pages.shelf import Kind
from iop_sessions.plans.plan import Session
from iop_sessions.program.program import Program

_SAID: Final = 3
_SOURCES: Final = re.compile(r"\s*\((?:source|fuente)s?: [^)]*\)")  # what a guide's own text says
_SAMPLES: Final = ("Sample:", "Ejemplo:")


def substitute_brief(
    curriculum: Curriculum, program: Program, session: Session, *, language: str = "en"
) -> Page:
    """Make the page for a colleague who runs a session at short notice."""
    say = curriculum.speech(language)
    topic = curriculum.topic_by_id.get(session.topic_id)
    guide = GuideText.of(curriculum, session.topic_id, say)
    title = session_title(curriculum, session, language=language)
    aim = aim_words(curriculum, session, language=language) or say("brief.no-aim")
    rows = (
        _row(say("guide.aim"), [line(aim, bold=True)]),
        *(_segment_rows(curriculum, session, topic, guide) if topic else ()),
        *(_guide_rows(curriculum, session, topic, guide) if topic and guide.text else ()),
    )
    what = (
        "brief.what-in-english" if guide.is_borrowed else "run-sheet.what"
    )  # a note would not fit the sheet
    header = (cell(say("brief.part")), cell(say(what)))
    filled = tuple(row for row in rows if row[1].lines)
    blocks = (
        Heading(1, say("brief.title", title=title), session.group_type),
        Paragraph(line(_facts(curriculum, program, session, say))),
        Table(say("brief.table"), header, filled, "run_sheet", (1, 6)),
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


def _row(label: str, lines: Iterable[tuple[Span, ...]], *, small: bool = False) -> tuple[Cell, Cell]:
    return (cell(label, header=True), Cell(tuple(each for each in lines if each), small=small))


def _length(session: Session, topic: Topic) -> int:
    return written_length(topic, session.planned_minutes)


def _segment_rows(
    curriculum: Curriculum, session: Session, topic: Topic, guide: GuideText
) -> tuple[tuple[Cell, Cell], ...]:
    """List the parts with their clock times, those that must be done first."""
    say = guide.say
    must: list[tuple[Span, ...]] = []
    rest: list[tuple[Span, ...]] = []
    minute = 0
    for segment in curriculum.segments_of(topic.topic_id, _length(session, topic)):
        start = say.clock(common.after(session.start, minute))
        title = f"{start} {guide.title_of(segment)}, {segment.minutes} min."
        (must if segment.must_do else rest).append(common.lead(title, guide.activity_of(segment)))
        minute += segment.minutes
    return (_row(say("run-sheet.must-do"), must), _row(say("brief.if-time"), rest, small=True))


def _guide_rows(
    curriculum: Curriculum, session: Session, topic: Topic, guide: GuideText
) -> tuple[tuple[Cell, Cell], ...]:
    say = guide.say
    segments = curriculum.segments_of(topic.topic_id, _length(session, topic))
    cautions = [excerpt(_without_sources(text), CAUTION_WORDS) for text in _items(guide, "Cautions")]
    chart = [text.rstrip(".") for text in _items(guide, "What to chart") if not text.startswith(_SAMPLES)]
    return (
        _row(say("run-sheet.say"), [line(text) for text in _said(segments, guide)]),
        _row(say("brief.cautions"), map(line, cautions), small=True),
        _row(say("brief.chart"), [line(f"{'; '.join(chart)}." if chart else "")], small=True),
    )


def _items(guide: GuideText, title: str) -> list[str]:
    """List the lines that stand under a heading of a guide, list items and paragraphs alike."""
    section = guide.sections.get(title)
    texts: list[str] = []
    for block in walk(section.blocks if section else ()):
        if isinstance(block, ItemList):
            texts += [plain(item) for item in block.items]
        elif isinstance(block, Paragraph):
            texts.append(plain(block.text))
    return texts


def _said(segments: Sequence[Segment], guide: GuideText) -> list[str]:
    """Return the first words to say of three parts, those that must be done first."""
    ordered = sorted(segments, key=lambda segment: (not segment.must_do, segment.order))
    sections = (guide.part(segment) for segment in ordered)
    found = (_first_said(section.blocks, guide) for section in sections if section)
    return [excerpt(text, SAID_WORDS) for text in found if text][:_SAID]


def _first_said(blocks: Iterable[object], guide: GuideText) -> str:
    for block in blocks:
        opening = block.text[0].text.strip() if isinstance(block, Paragraph) and block.text else ""
        if isinstance(block, Paragraph) and guide.opening(opening.rstrip(".")) == guide.say("run-sheet.say"):
            return _without_sources(plain(block.text[1:])).strip()
    return ""


def _without_sources(text: str) -> str:
    return _SOURCES.sub("", text)


BRIEF: Final = Kind("brief", "one page a group, for whoever steps in", "staff", template="brief")
