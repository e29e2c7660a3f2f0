"""Bind what a client missed: the topics, when each comes again, and the handouts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from iop_sessions.curriculum.library import Curriculum
from iop_sessions.curriculum.records import Handout, Topic
from iop_sessions.ground.blocks import (
    Block,
    Cell,
    Heading,
    Page,
    Paragraph,
    Table,
    WriteLines,
    cell,
    line,
)
from iop_sessions.ground.errors import UsageError
from iop_sessions.ground.speech import Speech
from iop_sessions.pages import common
from iop_sessions.pages.binding import bound, is_written, part_name
from iop_sessions.pages.papers.parts import client_page, stays_on_site
from iop_sessions.plans.plan import Plan
from iop_sessions.program.program import Program

PAPER: Final = Handout(
    handout_id="make-up-packet",
    title="What you missed",
    kind="information",
    rights="CC BY 4.0",
    version="1",
)


def make_up_packet(
    curriculum: Curriculum,
    program: Program,
    plan: Plan,
    topic_ids: Sequence[str],
    *,
    since: date,
    language: str = "en",
    large_print: bool = False,
) -> Page:
    """Make the packet of some missed topics.

    Parameters
    ----------
    since
        The day from which a topic's next date counts.

    Raises
    ------
    NotFound
        When there is no such topic.
    UsageError
        When no topic is named.
    """
    if not topic_ids:
        raise UsageError("no topic was missed — name the topics to bind")
    speech = curriculum.speech(language)
    topics = [common.topic_of(curriculum, topic_id) for topic_id in dict.fromkeys(topic_ids)]
    used = (handout for topic in topics for handout, _ in curriculum.handouts_of(topic.topic_id))
    handouts = [each for each in dict.fromkeys(used) if _is_bound(curriculum, each, language)]
    parts = {each: part_name(curriculum, number, language) for number, each in enumerate(handouts, 1)}
    blocks: list[Block] = [
        _missed(curriculum, speech, plan, topics, since, parts),
        Heading(2, speech("make-up-packet.take")),
        Paragraph(line(speech("make-up-packet.write"))),
        WriteLines(4),
    ]
    blocks += bound(curriculum, program, handouts, language)
    return client_page(curriculum, program, PAPER, blocks, language=language, large_print=large_print)


def _is_bound(curriculum: Curriculum, handout: Handout, language: str) -> bool:
    """Say whether a client may take a handout home, and its text is here in that language."""
    return handout.take_home and is_written(curriculum, handout, language)


def _missed(
    curriculum: Curriculum,
    speech: Speech,
    plan: Plan,
    topics: Sequence[Topic],
    since: date,
    parts: Mapping[Handout, str],
) -> Table:
    header = tuple(cell(speech(f"make-up-packet.{column}")) for column in ("did", "pages", "next"))
    rows = tuple(
        (
            cell(_title(curriculum, speech, topic), badge=topic.group_type, header=True),
            _pages(curriculum, speech, topic, parts),
            cell(_next_words(speech, plan, topic, since)),
        )
        for topic in topics
    )
    return Table(speech("make-up-packet.table"), header, rows, "plain", (2.6, 2.3, 2.1))


def _title(curriculum: Curriculum, speech: Speech, topic: Topic) -> str:
    """Name a topic; one whose page stays on site, by its group alone, for the packet goes home."""
    if stays_on_site(curriculum, topic.topic_id):
        return curriculum.group_title(topic.group_type, speech.language)
    return curriculum.topic_title(topic.topic_id, speech.language)


def _pages(curriculum: Curriculum, speech: Speech, topic: Topic, parts: Mapping[Handout, str]) -> Cell:
    found = (handout for handout, _ in curriculum.handouts_of(topic.topic_id))
    texts = [_page_words(curriculum, speech, handout, parts) for handout in found]
    return cell(*texts or [speech("make-up-packet.none")])


def _page_words(
    curriculum: Curriculum, speech: Speech, handout: Handout, parts: Mapping[Handout, str]
) -> str:
    if not handout.take_home:
        return speech("make-up-packet.on-site")
    title = curriculum.handout_title(handout.handout_id, speech.language)
    if handout in parts:
        return speech("binding.titled", part=parts[handout], title=title)
    return speech("make-up-packet.ask", title=title)


def _next_words(speech: Speech, plan: Plan, topic: Topic, since: date) -> str:
    """Say when a topic comes again; what is past its date is no help."""
    found = sorted(
        (
            each
            for each in plan.sessions
            if each.topic_id == topic.topic_id and each.takes_place and each.date >= since
        ),
        key=lambda session: session.order,
    )
    if not found:
        return speech("make-up-packet.unplanned")
    return f"{speech.short_day(found[0].date)}, {speech.clock(found[0].start)}"
