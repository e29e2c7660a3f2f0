"""Word what every page shares: review states, help lines, dates, times, colours, footers."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, time
from itertools import takewhile
from typing import Final, Literal

from iop_sessions.curriculum.library import Curriculum
from iop_sessions.curriculum.records import Handout, Review, Scenario, Topic
from iop_sessions.ground.blocks import Block, Box, Heading, Line, Paragraph, Span, line
from iop_sessions.ground.colors import INK
from iop_sessions.ground.errors import NotFound
from iop_sessions.ground.speech import Speech
from iop_sessions.program.program import Program

Paper = Literal["letter", "a4"]
DEEPEST: Final = 3  # the drawers know three levels of headings
LOCALES: Final = {"en": "en-US", "es": "es-US"}


def topic_of(curriculum: Curriculum, topic_id: str) -> Topic:
    """Return a topic; a wrong id is named with the nearest right one."""
    if topic_id not in curriculum.topic_by_id:
        raise NotFound("topic", topic_id, curriculum.topic_by_id)
    return curriculum.topic_by_id[topic_id]


def color_of(curriculum: Curriculum, group_type: str) -> str:
    """Return the colour of a group type, ink where it is unknown."""
    known = curriculum.group_type_by_id.get(group_type)
    return known.color if known else INK


def manual_words(curriculum: Curriculum, topic_id: str, language: str = "en", *, short: bool = False) -> str:
    """Send the leader to the manual that holds an outline's session; empty for a topic of ours.

    Parameters
    ----------
    short
        True for a cell of an agenda, where the words else take a second line.
    """
    topic = curriculum.topic_by_id.get(topic_id)
    if topic is None or not topic.is_in_a_manual:
        return ""
    say, number = curriculum.speech(language), re.search(r"\d+$", topic_id)
    if number:
        return say("meeting.manual-short" if short else "meeting.manual", number=int(number[0]))
    return say("meeting.manual-title", title=curriculum.topic_title(topic_id, language))


def consent_note(curriculum: Curriculum, program: Program | None, language: str = "en") -> tuple[Block, ...]:
    """Tell relatives of young people that each state has its own rules on consent; no advice on the law."""
    if program is None or program.ages != "youth":
        return ()
    return (Paragraph(line(curriculum.speech(language)("family-paper.consent")), "note"),)


def review_of(
    curriculum: Curriculum, kind: str, item: Topic | Handout | Scenario, language: str
) -> Review | None:
    """Find the review of the very version of a topic, handout or scenario in a language; None while a draft.

    A text that changed since it was read is a draft again; so is a translation whose English text changed.
    """
    item_id = item.identity()[0]
    if kind == "handout" and curriculum.is_stale(item_id, language):
        return None
    english = curriculum.scenario_by_key.get((item_id, "en"), item) if kind == "scenario" else item
    wanted = (kind, item_id, language, english.version, "reviewed")
    rows = (
        row
        for row in curriculum.reviews
        if (row.kind, row.id, row.language, row.version, row.state) == wanted
        and not curriculum.is_of_another_text(row)
    )
    return next(rows, None)


def review_sentence(curriculum: Curriculum, review: Review | None, language: str = "en") -> str:
    """Say who reviewed a text and when, or that nobody did."""
    speech = curriculum.speech(language)
    if review is None or review.reviewed_on is None:
        return speech("shared.draft")
    return speech("shared.reviewed", credential=review.credential, day=review.reviewed_on.isoformat())


def code_line(
    curriculum: Curriculum, item_id: str, version: str, review: Review | None, language: str = "en"
) -> str:
    """Write a sheet's code, version and review state in one line of small print."""
    state = review_sentence(curriculum, review, language).rstrip(".")
    numbered = curriculum.speech(language)("shared.version", version=version)
    return f"{item_id} · {numbered} · {state[0].lower()}{state[1:]}"


def help_sentence(curriculum: Curriculum, program: Program | None, language: str = "en") -> str:
    """Write whom to call, from the table of help lines and the clinic's own line."""
    lines = [row for row in curriculum.help_lines if row.language == language]
    pieces = [piece for row in lines for piece in _calls(row.call, row.text)]
    own = program.clinic.after_hours.strip().rstrip(".") if program else ""
    speech = curriculum.speech(language)
    return " ".join([*pieces, *([speech("shared.after_hours", line=own)] if own else [])])


def _calls(call: str, text: str) -> list[str]:
    """Leave the way to text out where the call already names it."""
    said, more = (set(re.findall(r"\w+", each.casefold())) for each in (call, text))
    return [call] if more <= said else [call, text]


def clinic_name(program: Program | None) -> str:
    """Return the clinic's name where the program lets pages carry it."""
    return program.clinic.name if program and program.clinic.show_name else ""


def client_footer(
    curriculum: Curriculum, program: Program | None, first: str, language: str = "en"
) -> tuple[str, ...]:
    """Write a client page's footer: code or title, whom to call, and the clinic only where it may stand."""
    lines = (first, help_sentence(curriculum, program, language), clinic_name(program))
    return tuple(text for text in lines if text)


def paper_of(program: Program | None) -> Paper:
    """Return the program's paper; letter without a program."""
    return program.paper if program else "letter"


def minute_of(moment: time) -> int:
    """Return the minutes since midnight."""
    return moment.hour * 60 + moment.minute


def after(moment: time, minutes: int) -> time:
    """Return the time of day so many minutes later."""
    total = minute_of(moment) + minutes
    return time(total // 60 % 24, total % 60)


def days_words(say: Speech, first: date, last: date) -> str:
    """Name some days, what the first and the last share said once: January 4 to 10, 2027."""
    if first == last:
        return say.full_day(first)
    start, end = (say.full_day(day).split() for day in (first, last))
    ending = len(start) - _alike(reversed(start), reversed(end))
    opening = _alike(start, end)
    return say("agenda.days", first=" ".join(start[:ending]).rstrip(","), last=" ".join(end[opening:]))


def _alike(words: Iterable[str], others: Iterable[str]) -> int:
    """Count the words that two texts open with alike."""
    return len(list(takewhile(lambda pair: pair[0] == pair[1], zip(words, others, strict=False))))


def lead(title: str, text: str) -> Line:
    """Make a line that opens with bold words."""
    return (Span(title, bold=True), Span(f" {text}")) if text else (Span(title, bold=True),)


def small(text: str) -> Paragraph:
    """Make a paragraph of small print."""
    return Paragraph(line(text), "small")


def ranges(numbers: Iterable[int]) -> str:
    """Write numbers in order with runs drawn together: 1, 3, 5-8."""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)


def deeper(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Move headings one level down, so that a page can stand within another.

    A box's title becomes a heading inside it, for a drawer would set it at its own level.
    """
    return tuple(_deeper(block) for block in blocks)


def _deeper(block: Block) -> Block:
    if isinstance(block, Heading):
        return replace(block, level=min(block.level + 1, DEEPEST))
    if isinstance(block, Box) and block.kind == "remember" and block.title:
        return Box(block.kind, "", (Heading(DEEPEST, block.title), *deeper(block.blocks)))
    return replace(block, blocks=deeper(block.blocks)) if isinstance(block, Box) else block
