"""Bind the pages of one day, session or topic: a packet for the clients, another for the leader."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count

from iop_sessions.curriculum.library import Curriculum
from iop_sessions.curriculum.records import Handout
from iop_sessions.ground.blocks import (
    Block,
    Cell,
    Heading,
    ItemList,
    Page,
    PageBreak,
    Paragraph,
    Table,
    cell,
    line,
)
from iop_sessions.ground.colors import INK
from iop_sessions.ground.speech import capital
from iop_sessions.pages import common
from iop_sessions.pages.guide import guide_blocks
from iop_sessions.pages.handout import bound, held, is_written, part_name, written_length
from iop_sessions.pages.last_time import last_time
from iop_sessions.pages.meetings import aim_words, copy_words, has_tracks, place_words, session_title
from iop_sessions.pages.wording.coverage import track_words
from iop_sessions.plans.plan import Session
from iop_sessions.program.program import Program


def client_packet(
    curriculum: Curriculum,
    program: Program,
    sessions: Sequence[Session],
    *,
    language: str = "en",
    large_print: bool = False,
    track: str = "",
) -> Page:
    """Bind the handouts of some sessions of one day, in the order they are given out, each a part of its own.

    It is printed once for each client, so how many stands in the leader's packet.

    Parameters
    ----------
    track
        Whose sessions they are, where there are several tracks; it stands in the title.

    Raises
    ------
    UsageError
        When no group meets.
    """
    meeting = held(sessions)
    speech, name = curriculum.speech(language), _name(curriculum, meeting, language)
    name = f"{name}, {track_words(speech, track)}" if track else name
    title = speech("packet.clients", name=name)
    found = [(session, each) for session in meeting for each, _ in curriculum.handouts_of(session.topic_id)]
    inside = [handout for _, handout in found if is_written(curriculum, handout, language)]
    blocks = (
        Heading(1, title),
        _contents(curriculum, found, language),
        *bound(curriculum, program, inside, language),
    )
    return Page(
        "handout",  # client paper: large type, its own small print
        title,
        blocks,
        common.client_footer(curriculum, program, title, language),
        common.LOCALES[language],
        program.paper,
        group_type=meeting[0].group_type,
        color=_color(curriculum, meeting),
        large_print=large_print,
    )


def leader_packet(
    curriculum: Curriculum,
    program: Program,
    sessions: Sequence[Session],
    *,
    copies: int | None = None,
    notes: tuple[Block, ...] = (),
    every: Sequence[Session] = (),
) -> Page:
    """Bind the day's agenda and the guide of each session, each on a new sheet.

    Parameters
    ----------
    notes
        What staff read before the agenda, such as which of its rows are not sound.
    every
        The sessions of the plan and of those before it: what was taught the last time.

    Raises
    ------
    UsageError
        When no group meets.
    """
    meeting = held(sessions)
    say = curriculum.speech("en")
    title = say("packet.leader", name=_name(curriculum, meeting))
    day = say.long_day(meeting[0].date)
    blocks: list[Block] = [Heading(1, title), *notes, *_day_agenda(curriculum, program, meeting, copies)]
    for session in meeting:
        topic = curriculum.topic_by_id.get(session.topic_id)
        if topic is not None and not curriculum.guide_faults(topic.topic_id):
            length = written_length(topic, session.planned_minutes)
            last = last_time(curriculum, every, session)
            guide = guide_blocks(
                curriculum, topic, length, start=session.start, leads=session.facilitators, last=last
            )
            blocks += [PageBreak(), *common.deeper(guide)]
    return Page(
        "packet",
        title,
        tuple(blocks),
        (f"{program.title} · {_name(curriculum, meeting) if _is_of_days(meeting) else day}",),
        paper=program.paper,
        group_type=meeting[0].group_type,
        color=_color(curriculum, meeting),
    )


def _name(curriculum: Curriculum, sessions: Sequence[Session], language: str = "en") -> str:
    speech = curriculum.speech(language)
    day = capital(speech.long_day(sessions[0].date))
    if _is_of_days(sessions):
        return speech("packet.days", first=day, last=speech.long_day(sessions[-1].date))
    if len(sessions) > 1:
        return day
    return speech("packet.name", day=day, group=session_title(curriculum, sessions[0], language=language))


def _is_of_days(sessions: Sequence[Session]) -> bool:
    """Say whether a packet is for more than one day, so that a time alone does not tell which group."""
    return sessions[0].date != sessions[-1].date


def _color(curriculum: Curriculum, sessions: Sequence[Session]) -> str:
    """Return the group's colour; ink where several groups share the packet."""
    types = {session.group_type for session in sessions}
    return common.color_of(curriculum, sessions[0].group_type) if len(types) == 1 else INK


def _contents(
    curriculum: Curriculum, found: Sequence[tuple[Session, Handout]], language: str
) -> Table | Paragraph:
    """List what is inside, and what the clinic gives from its own shelf."""
    speech = curriculum.speech(language)
    if not found:
        return Paragraph(line(speech("packet.none")))
    numbers, dated = count(1), _is_of_days([session for session, _ in found])
    rows = tuple(
        (
            cell(
                *([capital(speech.short_day(session.date))] if dated else []),
                speech.clock(session.start),
                header=True,
            ),
            cell(f"{handout.handout_id} {curriculum.handout_title(handout.handout_id, language)}"),
            cell(
                part_name(curriculum, next(numbers), language)
                if is_written(curriculum, handout, language)
                else speech("packet.shelf")
            ),
        )
        for session, handout in found
    )
    header = tuple(cell(speech(f"packet.{column}")) for column in ("at", "handout", "where"))
    return Table(speech("packet.inside"), header, rows, "plain", (1.6, 3.6, 1.8))


def _day_agenda(
    curriculum: Curriculum, program: Program, sessions: Sequence[Session], copies: int | None
) -> tuple[Block, ...]:
    say = curriculum.speech("en")
    header = tuple(cell(say(f"packet.{column}")) for column in ("time", "group", "where-and-who", "copies"))
    dated = _is_of_days(sessions)
    rows = tuple(_day_row(curriculum, program, session, copies, dated=dated) for session in sessions)
    open_groups = [session for session in sessions if session.topic_id not in curriculum.topic_by_id]
    titles = dict.fromkeys(session_title(curriculum, each) for each in open_groups)
    broken = [each.topic_id for each in sessions if curriculum.guide_faults(each.topic_id)]
    without = (
        *(line(say("packet.no-guide", title=title)) for title in titles),
        *(line(say("packet.broken-guide", topic=each)) for each in dict.fromkeys(broken)),
    )
    return (
        Table(say("packet.groups"), header, rows, "plain", (1.3, 2.9, 1.4, 1.9)),
        *((ItemList("bullets", without),) if without else ()),
    )


def _day_row(
    curriculum: Curriculum, program: Program, session: Session, copies: int | None, *, dated: bool
) -> tuple[Cell, ...]:
    say, parted = curriculum.speech("en"), has_tracks(program) and session.track
    title = line(session_title(curriculum, session), bold=True)
    aim = aim_words(curriculum, session)
    color = common.color_of(curriculum, session.group_type)
    return (
        cell(
            *([say.short_day(session.date)] if dated else []),
            say("packet.days", first=say.clock(session.start), last=say.clock(session.end)),
            *([capital(track_words(say, session.track))] if parted else []),
            header=True,
        ),
        Cell((title, *((line(aim),) if aim else ())), badge=session.group_type, color=color),
        cell(place_words(session, own=curriculum.labels), *([session.note] if session.note else [])),
        cell(
            copy_words(curriculum, program, session, copies)
            or common.manual_words(curriculum, session.topic_id)
            or say("packet.no-copies")
        ),
    )
