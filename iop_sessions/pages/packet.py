"""Bind the pages of one day, session or topic: a packet for the clients, another for the leader."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from iop_sessions.blocks import Block, Cell, Heading, ItemList, Page, PageBreak, Paragraph, Table, cell, line
from iop_sessions.calendars import clock, long_day
from iop_sessions.colors import INK
from iop_sessions.curriculum import Curriculum
from iop_sessions.errors import UsageError
from iop_sessions.pages import common
from iop_sessions.pages.guide import guide_blocks
from iop_sessions.pages.handout import handout_blocks
from iop_sessions.pages.meetings import aim_words, copy_words, place_words, session_title
from iop_sessions.plans import Session
from iop_sessions.programs import Program
from iop_sessions.records import Handout, Topic


def client_packet(
    curriculum: Curriculum,
    program: Program,
    sessions: Sequence[Session],
    *,
    language: str = "en",
    large_print: bool = False,
) -> Page:
    """Bind the handouts of some sessions of one day, in the order they are given out, each on a new sheet.

    It is printed once for each client, so how many stands in the leader's packet.

    Raises
    ------
    UsageError
        When no group meets.
    """
    held = _held(sessions)
    title = f"{_name(curriculum, held)}: handouts"
    found = [each for session in held for each in curriculum.handouts_of(session.topic_id)]
    blocks: list[Block] = [Heading(1, title), *_contents(curriculum, held, language)]
    for handout, _ in found:
        blocks += _bound_handout(curriculum, handout, language)
    return Page(
        "handout",  # client paper: large type, its own small print
        title,
        tuple(blocks),
        common.client_footer(curriculum, program, title, language),
        common.LOCALES[language],
        program.paper,
        group_type=held[0].group_type,
        color=_color(curriculum, held),
        large_print=large_print,
    )


def leader_packet(
    curriculum: Curriculum, program: Program, sessions: Sequence[Session], *, copies: int | None = None
) -> Page:
    """Bind the day's agenda and the guide of each session, each on a new sheet.

    Raises
    ------
    UsageError
        When no group meets.
    """
    held = _held(sessions)
    title = f"{_name(curriculum, held)}: for the leader"
    blocks: list[Block] = [Heading(1, title), *_day_agenda(curriculum, program, held, copies)]
    for session in held:
        topic = curriculum.topic_by_id.get(session.topic_id)
        if topic is not None:
            length = _written_length(topic, session.planned_minutes)
            guide = guide_blocks(curriculum, topic, length, start=session.start, leads=session.facilitators)
            blocks += [PageBreak(), *common.deeper(guide)]
    return Page(
        "packet",
        title,
        tuple(blocks),
        (f"{program.title} · {long_day(held[0].date)}",),
        paper=program.paper,
        group_type=held[0].group_type,
        color=_color(curriculum, held),
    )


def _written_length(topic: Topic, minutes: int) -> int:
    """Return the longest length of a topic that a session has time for; the shortest where it has none."""
    return max((length for length in topic.lengths if length <= minutes), default=min(topic.lengths))


def _held(sessions: Iterable[Session]) -> list[Session]:
    held = sorted((session for session in sessions if session.takes_place), key=lambda session: session.order)
    if not held:
        raise UsageError("no group meets then — choose another date or session")
    return held


def _name(curriculum: Curriculum, sessions: Sequence[Session]) -> str:
    day = long_day(sessions[0].date)
    return f"{day}, {session_title(curriculum, sessions[0])}" if len(sessions) == 1 else day


def _color(curriculum: Curriculum, sessions: Sequence[Session]) -> str:
    """Return the group's colour; ink where several groups share the packet."""
    types = {session.group_type for session in sessions}
    return common.color_of(curriculum, sessions[0].group_type) if len(types) == 1 else INK


def _contents(curriculum: Curriculum, sessions: Sequence[Session], language: str) -> tuple[Block, ...]:
    """List what is inside, and what the clinic gives from its own shelf."""
    found = [(session, each) for session in sessions for each, _ in curriculum.handouts_of(session.topic_id)]
    if not found:
        return (Paragraph(line("No handout is used on this day.")),)
    rows = tuple(
        (
            cell(clock(session.start), header=True),
            cell(f"{handout.handout_id} {handout.title}", *_shelf(curriculum, handout, language)),
        )
        for session, handout in found
    )
    return (Table("What is inside", (cell("Group at"), cell("Handout")), rows, "plain", (1.2, 5.8)),)


def _shelf(curriculum: Curriculum, handout: Handout, language: str) -> tuple[str, ...]:
    inside = f"{language}/{handout.handout_id}" in curriculum.sheets
    return () if inside else ("Not in this packet: your counselor has it.",)


def _bound_handout(curriculum: Curriculum, handout: Handout, language: str) -> list[Block]:
    """Put a handout on a new sheet, its code and state of review at its end."""
    if f"{language}/{handout.handout_id}" not in curriculum.sheets:
        return []
    review = common.review_of(curriculum, "handout", handout, language)
    code = common.code_line(handout.handout_id, handout.version, review, language)
    return [PageBreak(), *common.deeper(handout_blocks(curriculum, handout, language)), Paragraph(line(code))]


def _day_agenda(
    curriculum: Curriculum, program: Program, sessions: Sequence[Session], copies: int | None
) -> tuple[Block, ...]:
    header = (cell("Time"), cell("Group"), cell("Where and who"), cell("Copies"))
    rows = tuple(_day_row(curriculum, program, session, copies) for session in sessions)
    open_groups = [session for session in sessions if session.topic_id not in curriculum.topic_by_id]
    without = tuple(line(f"{session_title(curriculum, each)}: no guide.") for each in open_groups)
    return (
        Table("Groups of the day", header, rows, "plain", (1.3, 2.9, 1.4, 1.9)),
        *((ItemList("bullets", without),) if without else ()),
    )


def _day_row(
    curriculum: Curriculum, program: Program, session: Session, copies: int | None
) -> tuple[Cell, ...]:
    title = line(session_title(curriculum, session), bold=True)
    aim = aim_words(curriculum, session)
    color = common.color_of(curriculum, session.group_type)
    return (
        cell(f"{clock(session.start)} to {clock(session.end)}", header=True),
        Cell((title, *((line(aim),) if aim else ())), badge=session.group_type, color=color),
        cell(place_words(session)),
        cell(copy_words(curriculum, program, session, copies) or "None"),
    )
