"""Make every further paper on the real curriculum and its evening program, to look at and to read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest

from iop_sessions.curriculum.library import Curriculum
from iop_sessions.ground.blocks import Page
from iop_sessions.pages.papers.bound import make_up_packet, workbook
from iop_sessions.pages.papers.change_notice import change_notice
from iop_sessions.pages.papers.family import family_agenda, family_calendar
from iop_sessions.pages.papers.first_days import first_day_sheet, last_day_sheet, newcomer_pack
from iop_sessions.pages.papers.forms import (
    certificate,
    check_in_slip,
    feedback_slip,
    group_agreement,
    weekend_plan,
)
from iop_sessions.pages.papers.substitute_brief import substitute_brief
from iop_sessions.pages.papers.week_sheets import group_content, print_run, sign_in_sheet
from iop_sessions.plans.case import Case
from iop_sessions.plans.changes import Change
from iop_sessions.plans.plan import Plan, Session, Sheet
from iop_sessions.program.calendar import Meeting, meetings
from iop_sessions.program.choosing import chosen
from iop_sessions.program.program import Program, read_program
from iop_sessions.program.settings import Clinic

ROOT = Path(__file__).parents[3]
WEEKS = 4
CHANGES = (
    Change(
        made_on=date(2027, 1, 3), session_id="2027-01-04-mon-1", date=date(2027, 1, 4), start=time(17, 30),
        what="leader", before="F1", after="F2", reason="F1 away", who="CD", tell=("F1", "F2"),
    ),
    Change(
        made_on=date(2027, 1, 3), session_id="2027-01-06-wed-3", date=date(2027, 1, 6), start=time(19, 50),
        what="cancelled", before="Family group", after="cancelled", reason="Snow", who="CD",
        tell=("F1", "clients", "families"),
    ),
)  # fmt: skip


@pytest.fixture(scope="session")
def evening() -> Program:
    """Return the shipped evening program, with all that a footer can hold."""
    program, _ = read_program(ROOT / "curriculum" / "programs" / "evening-12-week.toml", "evening")
    assert program is not None
    clinic = Clinic(name="Riverside Center", after_hours="call 555-0100", show_name=True)
    return program.model_copy(update={"clinic": clinic})


@pytest.fixture(scope="session")
def turns(real: Curriculum, evening: Program) -> Plan:
    """Return a plan that takes the topics of each type in turn; it need not be a good one."""
    taken: dict[str, int] = {}
    taught = chosen(real, evening)

    def held(meeting: Meeting) -> Session:
        slot = meeting.slot
        number = taken[slot.group_type] = taken.get(slot.group_type, -1) + 1
        topics = taught.topics_of_type(slot.group_type) if real.needs_topic(slot.group_type) else []
        values = {
            "session_id": meeting.meeting_id, "slot_id": slot.id, "week": meeting.week, "date": meeting.day,
            "start": slot.start, "end": slot.end, "group_type": slot.group_type,
            "topic_id": topics[number % len(topics)].topic_id if topics else "",
            "facilitators": slot.lead, "room": slot.room,
        }  # fmt: skip
        return Session.model_validate(values)

    sessions = tuple(held(meeting) for meeting in meetings(evening, evening.start, WEEKS))
    return Plan(Sheet(evening.name, evening.start, WEEKS, "optimal", 0, 0), sessions)


ClientPapers = Callable[..., dict[str, Page]]


@pytest.fixture(scope="session")
def client_papers(real: Curriculum, evening: Program, turns: Plan) -> ClientPapers:
    """Return a function that makes every paper for clients and relatives, in a language and a size."""

    def make(*, language: str = "en", large_print: bool = False) -> dict[str, Page]:
        look: dict[str, Any] = {"language": language, "large_print": large_print}
        day, missed = date(2027, 1, 18), ["RP-01", "RT-10"]
        return {
            "agreement": group_agreement(real, evening, **look),
            "certificate": certificate(real, evening, **look),
            "check-in": check_in_slip(real, evening, **look),
            "family-agenda": family_agenda(Case(real, evening, turns), 2, **look),
            "family-calendar": family_calendar(Case(real, evening, turns), **look),
            "feedback": feedback_slip(real, evening, **look),
            "first-day": first_day_sheet(real, evening, **look),
            "last-day": last_day_sheet(real, evening, **look),
            "make-up": make_up_packet(Case(real, evening, turns), missed, since=day, **look),
            "newcomer": newcomer_pack(Case(real, evening, turns), day, **look),
            "weekend": weekend_plan(real, evening, **look),
            "workbook": workbook(Case(real, evening, turns), 1, **look),
        }

    return make


@pytest.fixture(scope="session")
def staff_papers(real: Curriculum, evening: Program, turns: Plan) -> dict[str, Page]:
    """Return every paper for staff."""
    return _for_staff(real, evening, turns, "en")


@pytest.fixture(scope="session")
def spanish_staff_papers(real: Curriculum, evening: Program, turns: Plan) -> dict[str, Page]:
    """Return every paper for staff, in Spanish."""
    return _for_staff(real, evening, turns, "es")


def _for_staff(real: Curriculum, evening: Program, turns: Plan, language: str) -> dict[str, Page]:
    first_evening = turns.sessions[:3]
    return {
        "change": change_notice(evening, CHANGES, language=language),
        "group-content": group_content(Case(real, evening, turns), 2, language=language),
        "print-run": print_run(Case(real, evening, turns), 2, language=language),
        "sign-in": sign_in_sheet(real, evening, first_evening, language=language),
        "substitute": substitute_brief(real, evening, first_evening[0], language=language),
    }
