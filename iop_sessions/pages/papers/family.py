"""Tell relatives when family groups meet and under which titles, in words that may hang on a kitchen wall."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from iop_sessions.curriculum.library import Curriculum
from iop_sessions.ground.blocks import Block, Heading, Page, Paragraph, Table, cell, line
from iop_sessions.ground.speech import Speech, capital
from iop_sessions.pages import common
from iop_sessions.pages.fitting import CALENDAR_ROWS
from iop_sessions.pages.meetings import ONE_TO_ONE, has_tracks, is_private, place_words
from iop_sessions.pages.papers.parts import ClientPaper, client_page, home_title, is_family, week_sessions
from iop_sessions.pages.shelf import Kind, Shelf
from iop_sessions.pages.wording.coverage import track_words
from iop_sessions.plans.case import Case
from iop_sessions.plans.plan import Session
from iop_sessions.program.calendar import all_meetings
from iop_sessions.program.program import Program

PAPER: Final = ClientPaper("family-agenda", "information", audience="relatives")


def family_agenda(case: Case, week: int, *, language: str = "en", large_print: bool = False) -> Page:
    """Make the week's agenda for relatives.

    Raises
    ------
    NotFound
        When the plan has no such week.
    """
    curriculum, program, plan = case.curriculum, case.program, case.plan
    speech = curriculum.speech(language)
    here = week_sessions(plan, week)
    every = family_sessions(case)
    now = [each for each in every if each in here]
    next_week = plan.sheet.start + timedelta(weeks=week)
    later = [each for each in every if each not in here and each.date >= next_week][:1]
    none = Paragraph(line(speech("family-agenda.none")))
    blocks: tuple[Block, ...] = (
        _week_table(curriculum, program, speech, now) if now else none,
        *(Paragraph(line(_next_words(curriculum, speech, session))) for session in later),
        Paragraph(line(speech("family-agenda.private"))),
        *common.consent_note(curriculum, program, language),
    )
    day = speech.month_day(plan.sheet.start + timedelta(weeks=week - 1))
    return client_page(
        curriculum, program, PAPER, blocks, language=language, large_print=large_print, day=day
    )


def _next_words(curriculum: Curriculum, speech: Speech, session: Session) -> str:
    day, hours = speech.weekday_month_day(session.date), speech.span(session.start, session.end)
    title = home_title(curriculum, session, speech.language)
    return speech("family-agenda.next", day=day, hours=hours, title=title)


def _week_table(curriculum: Curriculum, program: Program, speech: Speech, sessions: list[Session]) -> Table:
    rows = tuple(
        (
            cell(
                capital(speech.weekday_month_day(session.date)),
                speech.span(session.start, session.end),
                header=True,
            ),
            cell(home_title(curriculum, session, speech.language), *family_track(program, speech, session)),
            cell(family_place(curriculum, session, speech.language)),
        )
        for session in sessions
    )
    header = tuple(cell(speech(f"family-agenda.{column}")) for column in ("when", "what", "where"))
    return Table(speech("family-agenda.table"), header, rows, "plain", (2.6, 3.0, 1.4))


def family_calendar(case: Case, *, language: str = "en", large_print: bool = False) -> Page:
    """Make the calendar of the family groups of a plan.

    It has no topics and no help lines: a page on the wall must not tell who lives there.
    """
    curriculum, program = case.curriculum, case.program
    speech = curriculum.speech(language)
    sessions = family_sessions(case)
    title, without = speech("family-calendar.title"), _without(case, speech)
    blocks: tuple[Block, ...] = (
        Heading(1, title),
        Paragraph(line(speech("family-calendar.purpose")), "purpose"),
        *_months(curriculum, program, speech, sessions),
        *((Paragraph(line(without)),) if without else ()),
        *common.consent_note(curriculum, program, language),
    )
    name = common.clinic_name(program)
    footer = (title, *([name] if name else []))
    return Page(
        "handout",
        title,
        blocks,
        footer,
        common.LOCALES[language],
        program.paper,
        large_print=large_print,
        template="schedule",
    )


def family_sessions(case: Case) -> list[Session]:
    """List the family groups of a plan that take place, in order."""
    found = (each for each in case.plan.sessions if each.takes_place and _is_open_to(case.curriculum, each))
    return sorted(found, key=lambda session: session.order)


def has_family_groups(case: Case) -> bool:
    """Say whether relatives are ever asked to come: by the program, or by a plan that was made before."""
    usual = (each.group_type for each in case.program.slots if each.kind not in ONE_TO_ONE)
    asked = any(is_family(case.curriculum, group_type) for group_type in usual)
    return asked or any(_is_open_to(case.curriculum, each) for each in case.plan.sessions)


def _is_open_to(curriculum: Curriculum, session: Session) -> bool:
    """Say whether relatives in general are asked to a session; a visit of one family is its own business."""
    return is_family(curriculum, session.group_type) and not is_private(session)


def family_place(curriculum: Curriculum, session: Session, language: str) -> str:
    """Say where relatives come, or that they should ask."""
    place = place_words(session, leads=False, language=language, own=curriculum.labels)
    return place or curriculum.speech(language)("family-calendar.ask")


def _months(
    curriculum: Curriculum, program: Program, speech: Speech, sessions: Sequence[Session]
) -> tuple[Block, ...]:
    if not sessions:
        return (Paragraph(line(speech("family-calendar.none"))),)
    if len(sessions) > CALENDAR_ROWS:
        return _same_times(curriculum, program, speech, sessions)
    months: dict[str, list[Session]] = {}
    for session in sessions:
        months.setdefault(capital(speech.month(session.date)), []).append(session)
    return tuple(
        block
        for month, held in months.items()
        for block in (Heading(2, month), _calendar_table(curriculum, program, speech, month, held))
    )


def _calendar_table(
    curriculum: Curriculum, program: Program, speech: Speech, month: str, sessions: Sequence[Session]
) -> Table:
    rows = tuple(
        (
            cell(capital(speech.weekday_month_day(session.date)), header=True),
            cell(speech.span(session.start, session.end), *family_track(program, speech, session)),
            cell(family_place(curriculum, session, speech.language)),
        )
        for session in sessions
    )
    header = tuple(cell(speech(f"family-calendar.{column}")) for column in ("day", "time", "where"))
    return Table(speech("family-calendar.table", month=month), header, rows, "plain", (3.6, 2.3, 1.3))


def _same_times(
    curriculum: Curriculum, program: Program, speech: Speech, sessions: Sequence[Session]
) -> tuple[Block, ...]:
    """List the dates of each weekly time by month: a row for each would take four sheets for a year."""
    times: dict[str, list[Session]] = {}
    for each in sessions:
        track = family_track(program, speech, each)
        place = family_place(curriculum, each, speech.language)
        pieces = (capital(speech.weekday(each.date)), speech.span(each.start, each.end), *track, place)
        times.setdefault(", ".join(pieces), []).append(each)
    header = tuple(cell(speech(f"family-calendar.{column}")) for column in ("month", "days"))
    blocks: list[Block] = []
    for name, found in times.items():
        months: dict[str, list[str]] = {}
        for each in found:
            months.setdefault(capital(speech.month(each.date)), []).append(str(each.date.day))
        rows = tuple((cell(month, header=True), cell(", ".join(days))) for month, days in months.items())
        blocks += [Heading(2, name), Table(name, header, rows, "plain", (2.6, 4.6))]
    return tuple(blocks)


def family_track(program: Program, speech: Speech, session: Session) -> list[str]:
    """Say which track's relatives are asked, where there are several."""
    named = has_tracks(program) and session.track
    return [capital(track_words(speech, session.track))] if named else []


def _without(case: Case, speech: Speech) -> str:
    """Name the days on which relatives would come in vain."""
    curriculum, plan = case.curriculum, case.plan
    held = {session.date for session in family_sessions(case)}
    usual = all_meetings(case.program, plan.sheet.start, plan.sheet.weeks)
    slots = (each for each in usual if each.slot.kind not in ONE_TO_ONE)
    days = {each.day for each in slots if is_family(curriculum, each.slot.group_type)}
    days |= {each.date for each in plan.sessions if _is_open_to(curriculum, each)}
    missing: list[date] = sorted(days - held)
    return (
        speech("family-calendar.without", days=", ".join(map(speech.month_day, missing))) if missing else ""
    )


def family(shelf: Shelf) -> dict[str, Page]:
    """Make the calendar of family groups, and what relatives need of a week; nothing without such groups."""
    if not has_family_groups(shelf.case):
        return {}
    made = {f"{shelf.folder('family')}/family-calendar.docx": family_calendar(shelf.case, **shelf.edition)}
    if not family_sessions(shelf.case):
        return made
    weeks = shelf.weekly("family", "family", lambda week: family_agenda(shelf.case, week, **shelf.edition))
    return made | weeks


FAMILY: Final = Kind(
    "family", "the calendar of family groups, and what relatives need of each week", "relatives", family,
    large_print=True,
)  # fmt: skip
