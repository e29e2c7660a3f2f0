"""Bind the pages of one day, session or topic: a packet for the clients, another for the leader."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from iop_sessions.blocks import Block, Heading, ItemList, Page, PageBreak, Paragraph, Table, cell, line
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
    copies: int | None = None,
    language: str = "en",
    large_print: bool = False,
) -> Page:
    """Bind the handouts of some sessions of one day, in the order they are given out, each on a new sheet.

    Raises
    ------
    UsageError
        When no group meets.
    """
    held = _held(sessions)
    title = f"{_name(curriculum, held)}: handouts"
    found = [each for session in held for each in curriculum.handouts_of(session.topic_id)]
    blocks: list[Block] = [Heading(1, title), *_contents(curriculum, program, held, copies, language)]
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
            length = _written_length(topic, common.minute_of(session.end) - common.minute_of(session.start))
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


def topic_packet(
    curriculum: Curriculum, program: Program | None, topic_id: str, length: int = 0, *, language: str = "en"
) -> Page:
    """Bind the guide and the handouts of one topic, without a plan.

    Parameters
    ----------
    length
        Minutes of the group; 0 takes the longest the topic is written for.
    """
    topic = common.topic_of(curriculum, topic_id)
    title = f"{topic_id}: guide and handouts"
    guide = guide_blocks(curriculum, topic, length or max(topic.lengths))
    blocks: list[Block] = [Heading(1, title), *common.deeper(guide)]
    for handout, _ in curriculum.handouts_of(topic_id):
        blocks += _bound_handout(curriculum, handout, language)
    return Page(
        "packet",
        title,
        tuple(blocks),
        common.client_footer(curriculum, program, title, language),
        paper=common.paper_of(program),
        group_type=topic.group_type,
        color=common.color_of(curriculum, topic.group_type),
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


def _contents(
    curriculum: Curriculum, program: Program, sessions: Sequence[Session], copies: int | None, language: str
) -> tuple[Block, ...]:
    """List what is inside and how many to print, and what the clinic takes from its own shelf."""
    found = [(session, *each) for session in sessions for each in curriculum.handouts_of(session.topic_id)]
    if not found:
        return (Paragraph(line("No handout is used on this day.")),)
    rows = tuple(
        (
            cell(clock(session.start), header=True),
            cell(f"{handout.handout_id} {handout.title}", *_shelf(curriculum, handout, language)),
            cell(_copies(program, copies, each)),
        )
        for session, handout, each in found
    )
    header = (cell("Group at"), cell("Handout"), cell("Copies"))
    return (Table("What is inside", header, rows, "plain", (1.2, 4.2, 1.6)),)


def _shelf(curriculum: Curriculum, handout: Handout, language: str) -> tuple[str, ...]:
    inside = f"{language}/{handout.handout_id}" in curriculum.sheets
    return () if inside else ("Not in this packet: take it from the clinic's shelf.",)


def _copies(program: Program, copies: int | None, each: int) -> str:
    large = program.census.large_print * each
    return f"{common.copies_for(program, copies, each)}" + (f", and {large} in large print" if large else "")


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
    rows = tuple(
        (
            cell(f"{clock(session.start)} to {clock(session.end)}", header=True),
            cell(session_title(curriculum, session), aim_words(curriculum, session), badge=session.group_type,
                 color=common.color_of(curriculum, session.group_type)),
            cell(place_words(session)),
            cell(copy_words(curriculum, program, session, copies) or "None"),
        )
        for session in sessions
    )  # fmt: skip
    open_groups = [session for session in sessions if session.topic_id not in curriculum.topic_by_id]
    without = ItemList(
        "bullets", tuple(line(f"{session_title(curriculum, each)}: no guide.") for each in open_groups)
    )
    return (
        Table("Groups of the day", header, rows, "plain", (1.4, 3.2, 1.5, 1.5)),
        *((without,) if open_groups else ()),
    )
