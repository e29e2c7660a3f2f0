"""Show an auditor what was held for each requirement: dates, topics, minutes and leaders, and no client."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from iop_sessions.curriculum.library import Curriculum
from iop_sessions.ground.blocks import Block, Heading, Page, Paragraph, Table, cell, line
from iop_sessions.ground.errors import UsageError
from iop_sessions.ground.speech import Speech, hours
from iop_sessions.pages import common
from iop_sessions.pages.agenda import plan_footer
from iop_sessions.pages.meetings import session_title
from iop_sessions.pages.papers.parts import staff_page
from iop_sessions.plans.plan import Plan, Session
from iop_sessions.program.program import Program

_COLUMNS: Final = ("day", "group", "minutes", "leader")
_WIDTHS: Final = (1.6, 3.6, 0.9, 1.1)


@dataclass(frozen=True)
class Evidence:
    """One requirement, who asks it, and the sessions that meet it."""

    requirement: str
    source: str
    sessions: tuple[Session, ...]


def audit_sheet(
    curriculum: Curriculum,
    program: Program,
    plan: Plan,
    evidence: Sequence[Evidence],
    *,
    language: str = "en",
) -> Page:
    """Make the sheet, a requirement after another in the order given.

    Raises
    ------
    UsageError
        When no requirement is named.
    """
    if not evidence:
        raise UsageError("no requirement is named — name the rules or topics to show")
    say = curriculum.speech(language)
    blocks: list[Block] = [Paragraph(line(say("audit.note")), "note")]
    for each in evidence:
        blocks += _requirement(curriculum, say, each)
    footer = plan_footer(curriculum, program, plan, language=language)
    return staff_page(program, say("audit.title"), blocks, footer, language, template="audit")


def _requirement(curriculum: Curriculum, say: Speech, evidence: Evidence) -> list[Block]:
    """Give a requirement its source, its sessions, and what they come to."""
    held = sorted((each for each in evidence.sessions if each.takes_place), key=lambda each: each.order)
    blocks: list[Block] = [
        Heading(2, evidence.requirement),
        common.small(say("audit.source", source=evidence.source.rstrip("."))),
    ]
    if not held:
        return [*blocks, Paragraph(line(say("audit.nothing")))]
    rows = tuple(
        (
            cell(say.short_day(each.date), header=True),
            cell(f"{each.topic_id} {session_title(curriculum, each, language=say.language)}".strip()),
            cell(str(each.minutes)),
            cell(say.listed(each.facilitators)),
        )
        for each in held
    )
    header = tuple(cell(say(f"audit.{name}")) for name in _COLUMNS)
    total = hours(sum(each.minutes for each in held))
    sums = say("audit.sum", groups=say.count(len(held), "audit.groups"), hours=total)
    return [*blocks, Table(evidence.requirement, header, rows, "plain", _WIDTHS), Paragraph(line(sums))]
