"""Tell staff what changed in the plan: what was, what is, why, and who decided."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from iop_sessions.blocks import Page, Paragraph, Table, cell, line
from iop_sessions.errors import UsageError
from iop_sessions.pages import common
from iop_sessions.pages.papers.parts import staff_page
from iop_sessions.programs import Program
from iop_sessions.references import Label
from iop_sessions.speech import speech

_COLUMNS: Final = ("day", "before", "now", "why", "who")


@dataclass(frozen=True)
class Change:
    """One change of a session; reason and who are codes or plain words, never about a client."""

    session_id: str
    date: date
    before: str
    after: str
    reason: str
    who: str


def change_notice(
    program: Program, changes: Sequence[Change], *, language: str = "en", own: Iterable[Label] = ()
) -> Page:
    """Make the notice of some changes, the first day on top.

    Parameters
    ----------
    own
        A curriculum's own labels.

    Raises
    ------
    UsageError
        When nothing changed.
    """
    if not changes:
        raise UsageError("nothing changed — there is no notice to print")
    say = speech(language, own)
    ordered = sorted(changes, key=lambda change: (change.date, change.session_id))
    rows = tuple(
        (
            cell(say.short_day(change.date), header=True),
            cell(change.before),
            cell(change.after),
            cell(change.reason),
            cell(change.who),
        )
        for change in ordered
    )
    header = tuple(cell(say(f"change-notice.{name}")) for name in _COLUMNS)
    first, last = say.full_day(ordered[0].date), say.full_day(ordered[-1].date)
    days = first if first == last else say("staff.days", first=first, last=last)
    sessions = ", ".join(change.session_id for change in ordered)
    return staff_page(
        program,
        say("change-notice.title", days=days),
        (
            Paragraph(line(f"{say.count(len(ordered), 'change-notice.changes')} {say('change-notice.do')}")),
            Table(say("change-notice.table"), header, rows, "plain", (1.3, 2.0, 2.0, 1.4, 0.7)),
            common.small(say("change-notice.sessions", sessions=sessions)),
        ),
        (program.title,),
        language,
        template="change-notice",
    )
