"""Bind what a client missed: the topics, when each comes again, and the handouts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from iop_sessions.blocks import Block, Cell, Heading, Page, Paragraph, Table, WriteLines, cell, line
from iop_sessions.calendars import clock, short_day
from iop_sessions.curriculum import Curriculum
from iop_sessions.errors import UsageError
from iop_sessions.pages import common
from iop_sessions.pages.papers.parts import bound, client_page
from iop_sessions.plans import Plan
from iop_sessions.programs import Program
from iop_sessions.records import Handout, Topic

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
    topics = [common.topic_of(curriculum, topic_id) for topic_id in dict.fromkeys(topic_ids)]
    used = (handout for topic in topics for handout, _ in curriculum.handouts_of(topic.topic_id))
    handouts = [each for each in dict.fromkeys(used) if _is_bound(curriculum, each)]
    blocks: list[Block] = [
        _missed(curriculum, plan, topics, since),
        Heading(2, "What I take from these pages"),
        Paragraph(line("Write one thing you learned and one thing you will do. Show it to your counselor.")),
        WriteLines(4),
    ]
    for handout in handouts:
        blocks += bound(curriculum, handout)
    purpose = "Use these pages to learn what the group did while you were away."
    return client_page(curriculum, program, PAPER, blocks, purpose=purpose, large_print=large_print)


def _is_bound(curriculum: Curriculum, handout: Handout) -> bool:
    """Say whether a client may take a handout home, and its text is here."""
    return handout.take_home and f"en/{handout.handout_id}" in curriculum.sheets


def _missed(curriculum: Curriculum, plan: Plan, topics: Sequence[Topic], since: date) -> Table:
    header = (cell("What the group did"), cell("Your pages"), cell("Next time"))
    rows = tuple(
        (
            cell(topic.title, badge=topic.group_type, header=True),
            _pages(curriculum, topic),
            cell(_next_words(plan, topic, since)),
        )
        for topic in topics
    )
    return Table("What you missed", header, rows, "plain", (2.8, 2.4, 1.8))


def _pages(curriculum: Curriculum, topic: Topic) -> Cell:
    found = [handout for handout, _ in curriculum.handouts_of(topic.topic_id)]
    shelf = "(ask your counselor)"
    texts = [each.title if _is_bound(curriculum, each) else f"{each.title} {shelf}" for each in found]
    return cell(*texts or ["None"])


def _next_words(plan: Plan, topic: Topic, since: date) -> str:
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
        return "Not planned yet. Ask your counselor."
    return f"{short_day(found[0].date)}, {clock(found[0].start)}"
