"""Make what a client takes along on the first day and on the last one, and what stays private."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from iop_sessions.coverage.covering import Answer, core_objectives, cover, lived_sessions, start_dates
from iop_sessions.curriculum.library import Curriculum
from iop_sessions.ground.blocks import (
    Block,
    Box,
    Heading,
    ItemList,
    Page,
    PageBreak,
    Paragraph,
    Table,
    WriteLines,
    cell,
    line,
)
from iop_sessions.ground.errors import UsageError
from iop_sessions.ground.speech import Speech, capital
from iop_sessions.pages import common
from iop_sessions.pages.fitting import FRONT_LINES
from iop_sessions.pages.meetings import has_tracks, is_private
from iop_sessions.pages.papers.parts import (
    ClientPaper,
    blank_rows,
    client_page,
    fill_in,
    help_box,
    home_title,
)
from iop_sessions.pages.papers.week_sheets import first_journeys, timetables
from iop_sessions.pages.wording.coverage import track_words
from iop_sessions.plans.case import Case
from iop_sessions.plans.plan import Plan, Session
from iop_sessions.program.journeys import Journey
from iop_sessions.program.program import Program

# 42 CFR 2.12, 2.51, 2.61 to 2.67: what the law lets staff share without a written yes.
_LIMITS: Final = ("limit-child", "limit-danger", "limit-emergency", "limit-crime")


def privacy_blocks(speech: Speech) -> tuple[Block, ...]:
    """Return the limits of confidentiality, with lines for the reports that the state asks for."""
    return (
        Heading(2, speech("privacy.title")),
        ItemList("bullets", (line(speech("privacy.staff")), line(speech("privacy.members")))),
        Heading(3, speech("privacy.limits")),
        ItemList("bullets", tuple(line(speech(f"privacy.{limit}")) for limit in _LIMITS)),
        Paragraph(line(speech("privacy.state"))),
        WriteLines(2),
    )


FIRST_DAY: Final = ClientPaper("first-day", "information", safety=True)
_STEPS: Final = ("step-meet", "step-tonight", "step-group", "step-next")
_PLACES: Final = ("where", "counselor", "next-group", "ride")
_BRING: Final = ("bring-cards", "bring-medicines", "bring-glasses", "bring-person")


def first_day_sheet(
    curriculum: Curriculum, program: Program, *, language: str = "en", large_print: bool = False
) -> Page:
    """Make the sheet for a client's first day."""
    blocks = first_day_blocks(curriculum, program, language, large_print=large_print)
    return client_page(curriculum, program, FIRST_DAY, blocks, language=language, large_print=large_print)


def first_day_blocks(
    curriculum: Curriculum, program: Program, language: str = "en", *, large_print: bool = False
) -> tuple[Block, ...]:
    """Return what the sheet says below its title: today in front, what lasts on its back.

    Large print runs on, for its front takes more than a page; so do timetables of many days.
    """
    speech = curriculum.speech(language)
    groups = timetables(program, speech)
    runs_on = large_print or sum(map(_lines, groups)) > FRONT_LINES
    header = (speech("first-day.about-today"), speech("first-day.write"))
    places = (speech(f"first-day.{place}") for place in _PLACES)
    return (
        Heading(2, speech("first-day.today")),
        ItemList("steps", tuple(line(speech(f"first-day.{step}")) for step in _STEPS)),
        fill_in(speech("first-day.places"), header, places),
        Heading(2, speech("first-day.groups")),
        *groups,
        Paragraph(line(speech("first-day.break"))),
        Heading(2, speech("first-day.bring")),
        ItemList("boxes", tuple(line(speech(f"first-day.{thing}")) for thing in _BRING)),
        *(() if runs_on else (PageBreak(),)),
        *privacy_blocks(speech),
        *help_box(curriculum, program, language),
    )


def _lines(block: Block) -> int:
    """Count the lines that a part of the timetables takes."""
    return len(block.rows) + 1 if isinstance(block, Table) else 1


LAST_DAY: Final = ClientPaper("last-day", "plan", safety=True)
_CARE: Final = ("care-counselor", "care-doctor", "care-medicines", "care-mutual-help", "care-other")
_IF_I_USE: Final = ("again-alone", "again-danger", "again-back")


def last_day_sheet(
    curriculum: Curriculum, program: Program, *, language: str = "en", large_print: bool = False
) -> Page:
    """Make the sheet for a client's last day."""
    speech = curriculum.speech(language)
    said = [speech(f"last-day.{each}") for each in _IF_I_USE]
    last = [text for text in (*said, common.help_sentence(curriculum, program, language)) if text]
    care = tuple(speech(f"last-day.{column}") for column in ("what", "when", "where"))
    people = tuple(speech(f"last-day.{column}") for column in ("person", "phone", "good-for"))
    cared = (speech(f"last-day.{each}") for each in _CARE)
    blocks = (
        Box("warning", speech("last-day.amount"), (Paragraph(line(speech("last-day.tolerance"))),)),
        Heading(2, speech("last-day.care")),
        fill_in(speech("last-day.care-table"), care, cared, (2.8, 1.7, 2.5)),
        Paragraph(line(speech("last-day.medicine"))),
        Heading(2, speech("last-day.people")),
        blank_rows(speech("last-day.people-table"), people, 2, (2.6, 2.0, 2.4)),
        Box("remember", speech("last-day.again"), (ItemList("bullets", tuple(map(line, last))),)),
    )
    return client_page(curriculum, program, LAST_DAY, blocks, language=language, large_print=large_print)


NEWCOMER_PACK: Final = ClientPaper("newcomer-pack", "information", safety=True)
_SPAN: Final = timedelta(weeks=2)


def newcomer_pack(case: Case, day: date, *, language: str = "en", large_print: bool = False) -> Page:
    """Make the pack of a client who starts on a day.

    Raises
    ------
    UsageError
        When nobody can start on that day or later in the plan.
    """
    curriculum, program = case.curriculum, case.program
    speech = curriculum.speech(language)
    ways = _starts(program, case.plan, day)
    sessions = [each for each in lived_sessions(case.plan) if not is_private(each) and not each.is_make_up]
    past = [each for each in sessions if day - _SPAN <= each.date < day]
    coming = [each for each in sessions if day <= each.date < day + _SPAN]
    blocks = (
        *first_day_blocks(curriculum, program, language, large_print=large_print),
        PageBreak(),
        Heading(2, speech("newcomer-pack.where")),
        Paragraph(line(speech("newcomer-pack.open"))),
        *(
            block
            for number, (way, start) in enumerate(ways)
            for block in (
                *((PageBreak(),) if number else ()),  # staff take the sheets of the other track away
                *_groups(curriculum, speech, _title(program, speech, "past", way), _theirs(way, day, past)),
                *_groups(
                    curriculum, speech, _title(program, speech, "coming", way), _theirs(way, day, coming)
                ),
                *_essentials(case, (way, start), speech),
            )
        ),
    )
    return client_page(curriculum, program, NEWCOMER_PACK, blocks, language=language, large_print=large_print)


def _starts(program: Program, plan: Plan, day: date) -> list[tuple[Journey, date]]:
    """Return for each track the first day with groups on which a client who comes then can start."""
    later = {
        way: [each for each in start_dates(program, plan, way) if each >= day]
        for way in first_journeys(program)
    }
    found = [(way, starts[0]) for way, starts in later.items() if starts]
    if not found:
        raise UsageError(f"nobody can start on {day.isoformat()} — choose an earlier day, or plan further")
    return found


def _theirs(way: Journey, day: date, sessions: Sequence[Session]) -> list[Session]:
    """List the sessions of those who come in on a day; of those before, the ones of the same phase."""
    return [each for each in sessions if _comes(way, max((each.date - day).days // 7, 0), each)]


def _comes(way: Journey, week: int, session: Session) -> bool:
    if session.slot_id in way.known:
        return session.slot_id in way.slots[min(week, way.weeks - 1)]
    return not way.track or session.serves(way.track)


def _title(program: Program, speech: Speech, which: str, way: Journey) -> str:
    """Return the title of a list, with the track where there are several."""
    title = speech(f"newcomer-pack.{which}")
    return f"{title}, {track_words(speech, way.track)}" if has_tracks(program) else title


def _groups(
    curriculum: Curriculum, speech: Speech, title: str, sessions: Sequence[Session]
) -> tuple[Block, ...]:
    rows = tuple(
        (
            cell(
                f"{capital(speech.short_day(session.date))}, {speech.span(session.start, session.end)}",
                header=True,
            ),
            cell(
                home_title(curriculum, session, speech.language),
                badge=session.group_type,
                color=common.color_of(curriculum, session.group_type),
            ),
        )
        for session in sessions
    )
    header = (cell(speech("newcomer-pack.when")), cell(speech("newcomer-pack.about")))
    none = Paragraph(line(speech("newcomer-pack.none")))
    table = Table(title, header, rows, "plain", (3.3, 3.7))
    return (Heading(3, title), table if rows else none)


def _essentials(case: Case, stay: tuple[Journey, date], speech: Speech) -> tuple[Block, ...]:
    """Say when each essential is next taught to a client who starts then, the soonest first."""
    curriculum, program = case.curriculum, case.program
    core = core_objectives(curriculum, program)
    wanted = [each for each in core if each.within_weeks > 0 and each.audience != "relatives"]
    if not wanted:
        return ()
    way, start = stay
    found = cover(case, wanted, way)
    told = (found.answer(each.objective_id, start) for each in wanted)
    answers = sorted(told, key=lambda answer: answer.first or date.max)
    rows = tuple(
        (
            cell(f"{curriculum.statement(answer.objective_id, speech.language)}.", header=True),
            cell(_when(speech, answer)),
        )
        for answer in answers
    )
    header = (cell(speech("newcomer-pack.will-learn")), cell(speech("newcomer-pack.when")))
    title = _title(program, speech, "learn", way)
    return (Heading(3, title), Table(title, header, rows, "plain", (4.6, 2.4)))


def _when(speech: Speech, answer: Answer) -> str:
    if answer.first is None:
        return speech(f"newcomer-pack.{answer.state}")
    if answer.claim == "by appointment":
        return speech("newcomer-pack.by-appointment")
    if answer.first == answer.start:
        return speech("newcomer-pack.on-first-day")
    return capital(speech.short_day(answer.first))
