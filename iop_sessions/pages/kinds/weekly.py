"""Make the documents of each week: agendas, sign-in sheets, chart paragraphs, print lists, family pages."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from iop_sessions import pages
from iop_sessions.ground.blocks import Page
from iop_sessions.pages import papers
from iop_sessions.pages.kinds.shelves import Shelf
from iop_sessions.pages.meetings import is_group
from iop_sessions.pages.papers.parts import week_sessions


def agendas(shelf: Shelf) -> dict[str, Page]:
    """Make the agenda of every week."""
    return {
        f"{shelf.folder('agendas')}/week-{week:02}-agenda.docx": pages.week_agenda(
            shelf.curriculum, shelf.program, shelf.plan, week, language=shelf.language
        )
        for week in range(1, shelf.plan.sheet.weeks + 1)
    }


def wall(shelf: Shelf) -> dict[str, Page]:
    """Make the agenda of every week for the wall: no leaders, no copies, no hours."""
    return _weekly(shelf, "wall", partial(pages.week_agenda, wall=True))


def sign_in(shelf: Shelf) -> dict[str, Page]:
    """Make blank sign-in sheets, one file a week."""
    plan = shelf.plan
    weeks = {week: week_sessions(plan, week) for week in range(1, plan.sheet.weeks + 1)}
    return {
        f"{shelf.folder('sign-in')}/week-{week:02}-sign-in.docx": papers.sign_in_sheet(
            shelf.curriculum, shelf.program, sessions, language=shelf.language
        )
        for week, sessions in weeks.items()
        if any(each.takes_place and is_group(each) for each in sessions)
    }


def chart(shelf: Shelf) -> dict[str, Page]:
    """Make the neutral paragraphs for the chart, one file a week."""
    return _weekly(shelf, "chart", papers.group_content)


def print_runs(shelf: Shelf) -> dict[str, Page]:
    """Make the list of what to print, one file a week."""
    return _weekly(shelf, "print-runs", papers.print_run)


def family(shelf: Shelf) -> dict[str, Page]:
    """Make the calendar of family groups, and what relatives need of a week; nothing without such groups."""
    folder, given = shelf.folder("family"), (shelf.curriculum, shelf.program, shelf.plan)
    if not papers.has_family_groups(*given):
        return {}
    made = {f"{folder}/family-calendar.docx": papers.family_calendar(*given, **shelf.look)}
    if not papers.family_sessions(shelf.curriculum, shelf.plan):
        return made
    return made | {
        f"{folder}/week-{week:02}-family.docx": papers.family_agenda(*given, week, **shelf.look)
        for week in range(1, shelf.plan.sheet.weeks + 1)
    }


def _weekly(shelf: Shelf, kind: str, make: Callable[..., Page]) -> dict[str, Page]:
    """Make one page a week, each in its own file."""
    given = (shelf.curriculum, shelf.program, shelf.plan)
    name = {"print-runs": "print-run"}.get(kind, kind)
    return {
        f"{shelf.folder(kind)}/week-{week:02}-{name}.docx": make(*given, week, language=shelf.language)
        for week in range(1, shelf.plan.sheet.weeks + 1)
    }
