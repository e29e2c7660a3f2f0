"""Tell staff what changed in the plan: what was, what is, why, and whom to tell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from iop_sessions.blocks import Block, Cell, Heading, ItemList, Page, Paragraph, Table, cell, line
from iop_sessions.changelog import TOGETHER, Change
from iop_sessions.errors import UsageError
from iop_sessions.pages import common
from iop_sessions.pages.papers.parts import staff_page
from iop_sessions.programs import Program
from iop_sessions.references import Label
from iop_sessions.speech import Speech, speech

_COLUMNS: Final = ("day", "before", "now", "why", "tell")


def change_notice(
    program: Program,
    changes: Sequence[Change],
    *,
    moved: Sequence[str] = (),
    fell_out: Sequence[str] = (),
    weeks: Sequence[int] = (),
    language: str = "en",
    own: Iterable[Label] = (),
) -> Page:
    """Make the notice of some changes, the first day on top.

    Parameters
    ----------
    moved, fell_out
        What became of the topics that lost a meeting, a line each.
    weeks
        The weeks whose agenda is to be printed again.
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
    ordered = sorted(changes, key=lambda change: (change.date, change.start, change.session_id))
    header = tuple(cell(say(f"change-notice.{name}")) for name in _COLUMNS)
    rows = tuple(_row(say, change) for change in ordered)
    first, last = say.full_day(ordered[0].date), say.full_day(ordered[-1].date)
    days = first if first == last else say("staff.days", first=first, last=last)
    return staff_page(
        program,
        say("change-notice.title", days=days),
        (
            Paragraph(line(f"{say.count(len(ordered), 'change-notice.changes')} {say('change-notice.do')}")),
            Table(say("change-notice.table"), header, rows, "plain", (1.3, 2.0, 2.0, 1.3, 1.0)),
            *_listed(say("change-notice.moved"), moved),
            *_listed(say("change-notice.fell-out"), fell_out),
            *_weeks(say, weeks),
            *_decided(say, ordered),
        ),
        (program.title,),
        language,
        template="change-notice",
    )


def _row(say: Speech, change: Change) -> tuple[Cell, ...]:
    when = f"{say.short_day(change.date)}, {say.clock(change.start)}"
    return (
        cell(when, header=True),
        cell(change.before),
        cell(change.after),
        cell(change.reason),
        cell(", ".join(_told(say, each) for each in change.tell)),
    )


def _told(say: Speech, who: str) -> str:
    return say(f"change-notice.{who}") if who in TOGETHER else who


def _listed(title: str, lines: Sequence[str]) -> tuple[Block, ...]:
    return (Heading(2, title), ItemList("bullets", tuple(line(each) for each in lines))) if lines else ()


def _decided(say: Speech, changes: Iterable[Change]) -> tuple[Block, ...]:
    who = [each for each in dict.fromkeys(change.who for change in changes) if each]
    return (Paragraph(line(say("change-notice.decided", who=say.listed(who)))),) if who else ()


def _weeks(say: Speech, weeks: Sequence[int]) -> tuple[Block, ...]:
    label = "change-notice.weeks.one" if len(weeks) == 1 else "change-notice.weeks.many"
    return (Paragraph(line(say(label, weeks=common.ranges(weeks)))),) if weeks else ()
