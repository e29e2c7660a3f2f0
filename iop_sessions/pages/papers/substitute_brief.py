"""Tell a colleague who steps in all that one group needs, on one page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from iop_sessions.blocks import (
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
from iop_sessions.calendars import clock, long_day
from iop_sessions.curriculum import Curriculum
from iop_sessions.pages import common
from iop_sessions.pages.meetings import aim_words, copy_words, place_words, session_title
from iop_sessions.pages.papers.excerpts import excerpt
from iop_sessions.pages.papers.parts import time_words, written_length
from iop_sessions.pages.runsheet import section_of
from iop_sessions.passages import Document
from iop_sessions.plans import Session
from iop_sessions.programs import Program
from iop_sessions.records import Segment, Topic

_SAID: Final = 3
_SAID_WORDS, _CAUTION_WORDS = 22, 20  # so that the busiest topic stays on one page
_SOURCES: Final = re.compile(r"\s*\(sources?: [^)]*\)")


def substitute_brief(curriculum: Curriculum, program: Program, session: Session) -> Page:
    """Make the page for a colleague who runs a session at short notice."""
    topic = curriculum.topic_by_id.get(session.topic_id)
    guide = curriculum.guides.get(f"en/{session.topic_id}")
    title = session_title(curriculum, session)
    color = common.color_of(curriculum, session.group_type)
    rows = (
        _row("Aim", [line(aim_words(curriculum, session) or "None is written.", bold=True)]),
        *(_segment_rows(curriculum, session, topic) if topic else ()),
        *(_guide_rows(curriculum, session, topic, guide) if topic and guide else ()),
    )
    header = (cell("Part"), cell("What to do and say"))
    blocks = (
        Heading(1, f"Stepping in: {title}", session.group_type),
        Paragraph(line(_facts(curriculum, program, session))),
        Table("Brief for the group", header, tuple(row for row in rows if row[1].lines), "run_sheet", (1, 6)),
    )
    footer = _footer(curriculum, program, topic)
    return Page(
        "guide", title, blocks, footer, paper=program.paper, group_type=session.group_type, color=color
    )


def _facts(curriculum: Curriculum, program: Program, session: Session) -> str:
    when = f"{long_day(session.date)}, {time_words(session.start, session.end)}"
    copies = copy_words(curriculum, program, session) or "Nothing to copy"
    return " · ".join(text for text in (when, place_words(session), copies) if text)


def _footer(curriculum: Curriculum, program: Program, topic: Topic | None) -> tuple[str, ...]:
    review = common.review_of(curriculum, "topic", topic, "en") if topic else None
    first = common.code_line(f"{topic.topic_id} brief", topic.version, review) if topic else program.title
    return tuple(text for text in (first, common.help_sentence(curriculum, program)) if text)


def _row(label: str, lines: Iterable[tuple[Span, ...]], *, small: bool = False) -> tuple[Cell, Cell]:
    return (cell(label, header=True), Cell(tuple(each for each in lines if each), small=small))


def _length(session: Session, topic: Topic) -> int:
    return written_length(topic, session.planned_minutes)


def _segment_rows(curriculum: Curriculum, session: Session, topic: Topic) -> tuple[tuple[Cell, Cell], ...]:
    """List the parts with their clock times, those that must be done first."""
    must: list[tuple[Span, ...]] = []
    rest: list[tuple[Span, ...]] = []
    minute = 0
    for segment in curriculum.segments_of(topic.topic_id, _length(session, topic)):
        start = clock(common.after(session.start, minute))
        words = common.lead(f"{start} {segment.title}, {segment.minutes} min.", segment.activity)
        (must if segment.must_do else rest).append(words)
        minute += segment.minutes
    return (_row("Must do", must), _row("If time allows", rest, small=True))


def _guide_rows(
    curriculum: Curriculum, session: Session, topic: Topic, guide: Document
) -> tuple[tuple[Cell, Cell], ...]:
    segments = curriculum.segments_of(topic.topic_id, _length(session, topic))
    cautions = [excerpt(_without_sources(text), _CAUTION_WORDS) for text in _items(guide, "Cautions")]
    chart = [text.rstrip(".") for text in _items(guide, "What to chart") if not text.startswith("Sample:")]
    return (
        _row("Say", [line(text) for text in _said(segments, guide)]),
        _row("Cautions, in short", map(line, cautions), small=True),
        _row("Chart", [line(f"{'; '.join(chart)}." if chart else "")], small=True),
    )


def _items(guide: Document, title: str) -> list[str]:
    """List the lines that stand under a heading of a guide, list items and paragraphs alike."""
    section = guide.section(title)
    texts: list[str] = []
    for block in walk(section.blocks if section else ()):
        if isinstance(block, ItemList):
            texts += [plain(item) for item in block.items]
        elif isinstance(block, Paragraph):
            texts.append(plain(block.text))
    return texts


def _said(segments: Sequence[Segment], guide: Document) -> list[str]:
    """Return the first words to say of three parts, those that must be done first."""
    ordered = sorted(segments, key=lambda segment: (not segment.must_do, segment.order))
    sections = (section_of(segment, guide) for segment in ordered)
    found = (_first_said(section.blocks) for section in sections if section)
    return [excerpt(text, _SAID_WORDS) for text in found if text][:_SAID]


def _first_said(blocks: Iterable[object]) -> str:
    for block in blocks:
        if isinstance(block, Paragraph) and block.text and block.text[0].text.strip() == "Say.":
            return _without_sources(plain(block.text[1:])).strip()
    return ""


def _without_sources(text: str) -> str:
    return _SOURCES.sub("", text)
