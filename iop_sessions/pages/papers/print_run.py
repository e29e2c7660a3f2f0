"""List what to print for a week: each handout, how many copies, in which language and size."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Final

from iop_sessions.curriculum.library import Curriculum
from iop_sessions.ground.blocks import (
    Block,
    Cell,
    Heading,
    ItemList,
    Page,
    Paragraph,
    Table,
    cell,
    line,
)
from iop_sessions.ground.colors import INK, tint
from iop_sessions.ground.dates import capital
from iop_sessions.ground.speech import Speech
from iop_sessions.pages import common
from iop_sessions.pages.agenda import plan_footer
from iop_sessions.pages.binding import is_written
from iop_sessions.pages.copies import Pile, english_instead, piles
from iop_sessions.pages.meetings import is_group
from iop_sessions.pages.papers.parts import staff_page, week_sessions
from iop_sessions.pages.parallel import sections_of, sheets
from iop_sessions.pages.whom import has_tracks, track_words
from iop_sessions.plans.plan import Plan, Session
from iop_sessions.program.program import Program
from iop_sessions.program.sections import census_of
from iop_sessions.program.timetable import Census

_COLUMNS: Final = ("handout", "language", "size", "copies")
_WIDTHS: Final = (3.8, 1.0, 1.1, 0.8)


def print_run(
    curriculum: Curriculum, program: Program, plan: Plan, week: int, *, language: str = "en"
) -> Page:
    """Make the print list of one week: by day and group, then the totals.

    Raises
    ------
    NotFound
        When the plan has no such week.
    """
    say = curriculum.speech(language)
    sessions = [each for each in week_sessions(plan, week) if each.takes_place]
    found = [piles(curriculum, program, session) for session in sessions]
    totals = sum(found, Counter[Pile]())
    again = sum(map(len, found)) > len(totals)
    counted = _totals(curriculum, program, totals, say, again=again) if totals else ()
    blocks = (*_days(curriculum, program, sessions, say), *counted)
    nothing = (Paragraph(line(say("print-run.nothing"))),)
    signed = sheets(program, [each for each in sessions if is_group(each)])
    sign_in = (Paragraph(line(say.count(signed, "print-run.sign-in"))),) if signed else ()
    manual = _from_a_manual(curriculum, sessions, say)
    footer = plan_footer(curriculum, program, plan, week, language=language)
    title = say("print-run.title", week=week)
    return staff_page(
        program,
        title,
        (*(blocks if totals or manual else nothing), *manual, *sign_in),
        footer,
        language,
        template="print-run",
    )


def _days(
    curriculum: Curriculum, program: Program, sessions: Iterable[Session], say: Speech
) -> Iterable[Block]:
    """Make one table of all days, for a week of five days shall stand on one sheet with its totals."""
    days: dict[date, list[Session]] = {}
    for session in sessions:
        days.setdefault(session.date, []).append(session)
    rows: list[tuple[Cell, ...]] = []
    for day, meetings in days.items():
        found = [
            (
                _when(program, session, say),
                *_cells(curriculum, census_of(program, session.track), pile, number, say)[:-1],
                _copies(pile, number, sections_of(program, session), say),
            )
            for session in meetings
            for pile, number in piles(curriculum, program, session).items()
        ]
        rows += [_day_row(say, day), *found] if found else []
    if rows:
        yield Table(say("print-run.days"), _header(say, "group-at"), tuple(rows), "grid", (1.15, *_WIDTHS))


def _day_row(say: Speech, day: date) -> tuple[Cell, ...]:
    ground = tint(INK)
    first = cell(say.short_day(day), tint=ground, small=True, header=True)
    return (first, *(Cell(tint=ground, small=True) for _ in _COLUMNS))


def _from_a_manual(curriculum: Curriculum, sessions: Iterable[Session], say: Speech) -> tuple[Block, ...]:
    """List the sessions whose handouts stand in a published manual; how many each has is not known here."""
    lines = tuple(
        line(f"{say.short_day(each.date)}, {each.topic_id} {title}. {manual}.")
        for each in sessions
        if (manual := common.manual_words(curriculum, each.topic_id, say.language))
        for title in (curriculum.topic_title(each.topic_id, say.language),)
    )
    return (Heading(2, say("print-run.manual")), ItemList("bullets", lines)) if lines else ()


def _when(program: Program, session: Session, say: Speech) -> Cell:
    track = [capital(track_words(say, session.track))] if has_tracks(program) and session.track else []
    sections = sections_of(program, session)
    split = [say("print-run.sections", number=sections)] if sections > 1 else []
    return cell(say.clock(session.start), *track, *split, small=True, header=True)


def _header(say: Speech, *before: str) -> tuple[Cell, ...]:
    return tuple(cell(say(f"print-run.{name}"), small=True) for name in (*before, *_COLUMNS))


def _cells(curriculum: Curriculum, census: Census, pile: Pile, number: int, say: Speech) -> tuple[Cell, ...]:
    handout, size = pile.handout.handout_id, "large" if pile.large_print else "standard"
    title = f"{handout} {curriculum.handout_title(handout, pile.language)}"
    return (
        cell(title, *_notes(curriculum, census, pile, say), small=True),
        cell(say(f"print-run.language-{pile.language}"), small=True),
        cell(say(f"print-run.size-{size}"), small=True),
        cell(str(number), small=True),
    )


def _copies(pile: Pile, number: int, sections: int, say: Speech) -> Cell:
    """Count the copies, and those for each section; in which one large print is read, nobody knows here."""
    split = sections > 1 and not pile.large_print
    each = [say("print-run.each", sections=sections, number=number // sections)] if split else []
    return cell(str(number), *each, small=True)


def _notes(curriculum: Curriculum, census: Census, pile: Pile, say: Speech) -> Iterable[str]:
    """Say where a handout is that is not ours, and who gets the English one for want of another."""
    if not is_written(curriculum, pile.handout):
        yield say("print-run.shelf")
    people = english_instead(curriculum, census, pile)
    if people:
        yield say.count(people, "print-run.no-spanish")


def _totals(
    curriculum: Curriculum, program: Program, totals: Counter[Pile], say: Speech, *, again: bool
) -> tuple[Block, ...]:
    """Sum the copies up; in a table where something is used again, for else the list by day says all."""
    ordered = sorted(totals, key=lambda pile: (pile.handout.handout_id, pile.large_print, pile.language))
    rows = tuple(_cells(curriculum, program.census, pile, totals[pile], say) for pile in ordered)
    names = dict.fromkeys(_draft_name(pile, say) for pile in ordered if _is_draft(curriculum, pile))
    drafts = (Paragraph(line(say("print-run.drafts", handouts=", ".join(names)))),) if names else ()
    return (
        Heading(2, say.count(totals.total(), "print-run.totals")),
        *((Table(say("print-run.totals-table"), _header(say), rows, "plain", _WIDTHS),) if again else ()),
        *drafts,
    )


def _is_draft(curriculum: Curriculum, pile: Pile) -> bool:
    here = is_written(curriculum, pile.handout, pile.language)
    return here and common.review_of(curriculum, "handout", pile.handout, pile.language) is None


def _draft_name(pile: Pile, say: Speech) -> str:
    handout = pile.handout.handout_id
    return handout if pile.language == "en" else say(f"print-run.draft-{pile.language}", handout=handout)
