"""Make the sheets that people sign: a table a session, every name still blank."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from iop_sessions.curriculum.library import Curriculum
from iop_sessions.ground.blocks import (
    Block,
    Heading,
    Page,
    PageBreak,
    Paragraph,
    Table,
    line,
)
from iop_sessions.ground.speech import Speech
from iop_sessions.pages import common
from iop_sessions.pages.binding import held
from iop_sessions.pages.meetings import is_group, place_words, session_title
from iop_sessions.pages.papers.parts import blank_rows, staff_page
from iop_sessions.pages.parallel import Part, parts_of, places
from iop_sessions.pages.whom import has_tracks, track_words
from iop_sessions.plans.plan import Session
from iop_sessions.program.program import Program

_COLUMNS: Final = ("time-in", "name", "signature", "time-out")
_LEADER_COLUMNS: Final = ("number", "name", "credential", "signature")


def sign_in_sheet(
    curriculum: Curriculum, program: Program, sessions: Sequence[Session], *, language: str = "en"
) -> Page:
    """Make a blank sign-in sheet for each group and each section of it, each on a sheet of its own.

    What is between one client and staff has none, nor has a mutual-help meeting, whose people stay unnamed.

    Raises
    ------
    UsageError
        When no group takes place.
    """
    say = curriculum.speech(language)
    found = held(each for each in sessions if is_group(each))
    blocks: list[Block] = []
    for part in (part for each in found for part in parts_of(curriculum, program, each)):
        blocks += [*([PageBreak()] if blocks else []), *_sheet(curriculum, program, part, say)]
    days = common.days_words(say, found[0].date, found[-1].date)
    footer = (say("sign-in.record"), program.title)
    return staff_page(program, say("sign-in.title", days=days), blocks, footer, language, template="sign-in")


def _sheet(curriculum: Curriculum, program: Program, part: Part, say: Speech) -> tuple[Block, ...]:
    session = part.session
    title = session_title(curriculum, session, language=say.language)
    if part.letter:
        title = say("sign-in.section", group=title, letter=part.letter)
    minutes = say.count(session.minutes, "guide.minutes")
    when = f"{say.long_day(session.date)}, {say.span(session.start, session.end)}, {minutes}"
    track = track_words(say, session.track) if has_tracks(program) else ""
    place = place_words(session, language=say.language, own=curriculum.labels)
    where = " · ".join(text for text in (track, place) if text)
    return (
        Heading(2, title, session.group_type),
        Paragraph(line(f"{when}{f' · {where}' if where else ''}")),
        _blank(say, "sign-in.table", title, _COLUMNS, places(program, session), (1.0, 2.6, 2.6, 1.1)),
        Heading(3, say("sign-in.leader")),
        _blank(say, "sign-in.leader-table", title, _LEADER_COLUMNS, 1, (1.2, 2.2, 1.5, 2.4)),
    )


def _blank(
    say: Speech, name: str, title: str, columns: Sequence[str], count: int, widths: tuple[float, ...]
) -> Table:
    header = [say(f"sign-in.{column}") for column in columns]
    return blank_rows(say(name, group=title), header, count, widths)
