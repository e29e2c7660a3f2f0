"""Lay the segments of a group out as a run sheet: the clock at the left, what to do and say at the right."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import time
from typing import Final

from iop_sessions.curriculum.library import Curriculum
from iop_sessions.curriculum.markdown.shapes import GUIDE_END, GUIDE_START
from iop_sessions.curriculum.passages import Document, Section
from iop_sessions.curriculum.records import Review, Segment, Topic
from iop_sessions.ground.blocks import (
    Block,
    Box,
    Cell,
    Heading,
    ItemList,
    Line,
    Paragraph,
    Span,
    Table,
    cell,
    line,
    plain,
)
from iop_sessions.ground.colors import tint
from iop_sessions.ground.errors import ProblemsFound
from iop_sessions.ground.speech import Speech
from iop_sessions.pages import common
from iop_sessions.pages.common import after
from iop_sessions.pages.fitting import ROW_WORDS

FIXED: Final = (*GUIDE_START, *GUIDE_END)


@dataclass(frozen=True)
class GuideText:
    """A topic's guide as a page of one language prints it."""

    text: Document | None  # in the page's language, else in English
    english: Document | None
    say: Speech

    @classmethod
    def of(cls, curriculum: Curriculum, topic_id: str, say: Speech) -> GuideText:
        """Return the guide of a topic for pages of a language."""
        english = curriculum.guides.get(f"en/{topic_id}")
        return cls(curriculum.guides.get(f"{say.language}/{topic_id}", english), english, say)

    @classmethod
    def faultless(cls, curriculum: Curriculum, topic_id: str, say: Speech) -> GuideText:
        """Return the guide of a topic for a page that prints its words.

        Raises
        ------
        ProblemsFound
            When its text has a fault: what it says to keep people safe may be lost.
        """
        if faults := curriculum.guide_faults(topic_id):
            raise ProblemsFound(faults)
        return cls.of(curriculum, topic_id, say)

    @property
    def is_translated(self) -> bool:
        """Say whether the text is a translation."""
        return self.text is not None and self.say.language != "en" and self.text is not self.english

    @property
    def is_borrowed(self) -> bool:
        """Say whether the text is the English one on a page of another language."""
        return self.text is not None and self.say.language != "en" and self.text is self.english

    def review(self, curriculum: Curriculum, topic: Topic) -> Review | None:
        """Find the review of the topic in this language; a translation whose English changed is a draft."""
        old = self.text and self.english and self.text.translated_from != self.english.digest
        if self.is_translated and old:
            return None
        return common.review_of(curriculum, "topic", topic, self.say.language)

    def part(self, segment: Segment) -> Section | None:
        """Find the words for a segment; the English heading and the segment bear the same title."""
        found = _same_title(segment, self.english)
        if not self.is_translated:
            return found
        number = found.number if found else segment.order
        return next((each for each in _guide_parts(self.text) if each.number == number), None)

    def unused(self, segments: Iterable[Segment]) -> list[Section]:
        """List the parts that a group has no time for at this length."""
        used = {id(self.part(segment)) for segment in segments}
        return [section for section in _guide_parts(self.text) if id(section) not in used]

    def title_of(self, segment: Segment) -> str:
        """Return what a segment is called, in the words of the translation where there is one."""
        found = self.part(segment) if self.is_translated else None
        return found.title if found else segment.title

    def activity_of(self, segment: Segment) -> str:
        """Return what happens in a segment; the table has it in English alone, a translation tells it all."""
        return "" if self.is_translated and self.part(segment) else segment.activity

    @property
    def sections(self) -> dict[str, Section]:
        """Return what stands beside the parts, by its English heading where that is a fixed one."""
        known = {self.heading(title): title for title in FIXED}
        found = (each for each in (self.text.sections if self.text else ()) if not each.number)
        return {known.get(each.title, each.title): each for each in found}

    def whole(self, titles: Iterable[str]) -> tuple[Block, ...]:
        """Return some sections as they were written, each below its heading."""
        found = [(title, self.sections[title]) for title in titles if title in self.sections]
        headed = ((Heading(2, self.heading(title)), *section.blocks) for title, section in found)
        return tuple(block for blocks in headed for block in blocks)

    def heading(self, title: str) -> str:
        """Return a fixed heading in the page's language; any other stays as it is."""
        return self.say(f"guide.section-{title.casefold().replace(' ', '-')}") if title in FIXED else title

    def opening(self, words: str) -> str:
        """Return the page's word for one that opens a paragraph, Do, Say or Ask; empty for any other."""
        ours = {name: self.say(f"run-sheet.{name.casefold()}") for name in ("Do", "Say", "Ask")}
        return ours.get(words) or (words if words in ours.values() else "")


def _guide_parts(guide: Document | None) -> Sequence[Section]:
    return [each for each in guide.sections if each.number] if guide else []


def _same_title(segment: Segment, guide: Document | None) -> Section | None:
    named = [each for each in _guide_parts(guide) if each.title == segment.title]
    return next((each for each in named if each.number == segment.order), named[0] if named else None)


_WIDTHS: Final = (1.0, 5.2)  # the left holds '12:30 pm' at 12 pt


@dataclass(frozen=True)
class RunSheet:
    """The run sheet of a guide, and what of the guide could not stand in its cells."""

    table: Table
    beside: tuple[Block, ...]


CellPart = Paragraph | ItemList
"""What a cell can hold: words, or a list; steps stay whole, so that their numbers run on."""


@dataclass(frozen=True)
class _Row:
    label: str
    parts: tuple[CellPart, ...]


def run_sheet(
    segments: Sequence[Segment], guide: GuideText, start: time | None, color: str, last: Line = ()
) -> RunSheet:
    """Lay the segments out in time.

    Parameters
    ----------
    start
        When the group starts; None counts minutes from 0.
    last
        What the last group of this kind was about and its task, where it is known.
    """
    say = guide.say
    rows: list[tuple[Cell, ...]] = []
    beside: list[Block] = []
    minute = 0
    for segment in segments:
        section = guide.part(segment)
        rows.append((_time_cell(segment, minute, start, color, say), _title_cell(segment, guide, color)))
        inside, outside = _parted(section.blocks if section else (), guide)
        if last and segment.kind == "review":
            rows.append((cell(say("run-sheet.last"), header=True), Cell((last,))))
        rows += [(Cell((line(row.label),), header=True), _words_cell(row)) for row in inside]
        if outside:
            title = say("run-sheet.for-part", number=segment.order, title=guide.title_of(segment))
            beside += [Heading(3, title), *outside]
        minute += segment.minutes
    header = (cell(say("run-sheet.time" if start else "run-sheet.minutes")), cell(say("run-sheet.what")))
    return RunSheet(Table(say("guide.run-sheet"), header, tuple(rows), "run_sheet", _WIDTHS), tuple(beside))


def _time_cell(segment: Segment, minute: int, start: time | None, color: str, say: Speech) -> Cell:
    end = minute + segment.minutes
    first = say.clock(after(start, minute)) if start else say("shared.span", start=minute, end=end)
    return Cell((line(first, bold=True), line(f"{segment.minutes} min")), tint=tint(color), header=True)


def _title_cell(segment: Segment, guide: GuideText, color: str) -> Cell:
    title = line(f"{segment.order} {guide.title_of(segment)}", bold=True)
    must = line(f"{guide.say('run-sheet.must-do')}. ", bold=True) if segment.must_do else ()
    about = (*must, *line(guide.activity_of(segment)))
    return Cell((title, *((about,) if about else ())), tint=tint(color))


def _words_cell(row: _Row) -> Cell:
    """Make the right cell of a row; plain lines where there is no list."""
    if any(isinstance(part, ItemList) for part in row.parts):
        return Cell(parts=_joined(row.parts))
    return Cell(tuple(part.text for part in row.parts if isinstance(part, Paragraph)))


def _joined(parts: tuple[CellPart, ...]) -> tuple[CellPart, ...]:
    """Join items of one list that came apart and met again in one cell."""
    joined: list[CellPart] = []
    for part in parts:
        last = joined[-1] if joined else None
        if isinstance(part, ItemList) and isinstance(last, ItemList) and part.kind == last.kind != "steps":
            joined[-1] = ItemList(last.kind, (*last.items, *part.items))
        else:
            joined.append(part)
    return tuple(joined)


def _parted(blocks: Iterable[Block], guide: GuideText) -> tuple[list[_Row], list[Block]]:
    """CellPart the words that fit in cells from the tables and lines that need the page's width."""
    rows: list[_Row] = []
    outside: list[Block] = []
    for block in blocks:
        parts = _parts(block)
        if parts is None:
            outside.append(block)
            continue
        label, parts = _labelled(parts, guide)
        if label or not rows:
            rows.append(_Row(label, ()))
        for part in parts:
            _append(rows, part)
    return rows, outside


def _append(rows: list[_Row], part: CellPart) -> None:
    """Add words to the last row, or to a new one of the same label before it grows too high."""
    last = rows[-1]
    full = sum(map(_words, (*last.parts, part))) > ROW_WORDS
    if full and last.parts:
        rows.append(_Row(last.label, (part,)))
    else:
        rows[-1] = _Row(last.label, (*last.parts, part))


def _words(part: CellPart) -> int:
    texts = part.items if isinstance(part, ItemList) else (part.text,)
    return sum(len(plain(text).split()) for text in texts)


def _labelled(parts: tuple[CellPart, ...], guide: GuideText) -> tuple[str, tuple[CellPart, ...]]:
    """Take the opening word Do, Say or Ask out of a paragraph, to stand at the left, in sight."""
    first = parts[0] if parts else None
    if not isinstance(first, Paragraph) or len(first.text) < 2:
        return "", parts
    opening, following = first.text[0], first.text[1]
    words = opening.text.strip()
    label = guide.opening(words[:-1]) if opening.bold and words.endswith(".") else ""
    if not label:
        return "", parts
    rest = (Span(following.text.lstrip(), following.bold), *first.text[2:])
    return label, (Paragraph(rest), *parts[1:])


def _parts(block: Block) -> tuple[CellPart, ...] | None:
    """Return a block as the parts of a cell; None where it needs the page's width."""
    if isinstance(block, Paragraph):
        return (block,) if plain(block.text).strip() else ()
    if isinstance(block, Heading):
        return (Paragraph(line(block.text, bold=True)),)
    if isinstance(block, ItemList):
        return (
            (block,)
            if block.kind == "steps"
            else tuple(ItemList(block.kind, (each,)) for each in block.items)
        )
    if isinstance(block, Box) and block.kind != "card":
        inside = [_parts(each) for each in block.blocks]
        if any(each is None for each in inside):
            return None
        title = (Paragraph(line(block.title, bold=True)),) if block.title else ()
        return (*title, *(each for some in inside for each in some or ()))
    return None
