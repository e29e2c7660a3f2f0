from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from iop_sessions.ground.blocks import Page, Table
from iop_sessions.ground.errors import NotFound, UsageError
from iop_sessions.pages import kinds as documents
from iop_sessions.pages.kinds import Shelf
from iop_sessions.pages.papers.parts import week_sessions
from iop_sessions.pages.papers.week_sheets import sign_in_sheet
from iop_sessions.plans.case import Case
from iop_sessions.plans.plan import Plan
from tests.lib import small

Shown = Callable[[Page], list[str]]
PROGRAM = small.program(
    "| day | lead | room |\n| mon | F1 | A |\n| wed | F2 | |",
    title="Evening",
    census={"en": 1, "large_print": 1, "spare": 2},
)
CURRICULUM = small.curriculum(topics="| topic_id | title |\n| RP-01 | Cravings |")
PLAN = small.plan(PROGRAM, "| mon-1 | wed-1 |\n| RP-01 | - |")


def test_every_session_gets_a_sheet_of_blank_rows_for_the_census_and_some_to_spare(shown: Shown) -> None:
    assert shown(sign_in_sheet(CURRICULUM, PROGRAM, PLAN.sessions)) == [
        "# Sign-in: January 4 to 6, 2027",
        "## [RP] Cravings",
        "Monday, January 4, 2027, 5:30 to 6:30 pm, 60 minutes · Lead F1 · Room A",
        "| Time in | Printed name | Signature | Time out",
        "|  |  |  | ",
        "|  |  |  | ",
        "|  |  |  | ",
        "|  |  |  | ",
        "### Leader",
        "| Number here | Printed name | Credential | Signature",
        "|  |  |  | ",
        "new sheet",
        "## [RP] Group, no topic yet",
        "Wednesday, January 6, 2027, 5:30 to 6:30 pm, 60 minutes · Lead F2",
        "| Time in | Printed name | Signature | Time out",
        "|  |  |  | ",
        "|  |  |  | ",
        "|  |  |  | ",
        "|  |  |  | ",
        "### Leader",
        "| Number here | Printed name | Credential | Signature",
        "|  |  |  | ",
        "footer: Confidential: 42 CFR Part 2. Keep with patient records.",
        "footer: Evening",
    ]


def test_no_row_of_a_sign_in_table_holds_a_word() -> None:
    page = sign_in_sheet(CURRICULUM, PROGRAM, PLAN.sessions)
    rows = [row for block in page.blocks if isinstance(block, Table) for row in block.rows]
    assert len(rows) == 10
    assert {cell.text for row in rows for cell in row} == {""}


def test_one_session_is_named_by_its_day() -> None:
    assert sign_in_sheet(CURRICULUM, PROGRAM, PLAN.sessions[:1]).title == "Sign-in: January 4, 2027"


def test_a_cancelled_session_needs_no_sheet() -> None:
    cancelled = small.changed(PLAN, "2027-01-04-mon-1", state="cancelled").sessions[:1]
    with pytest.raises(UsageError, match=r"^no group meets then — choose another date or session$"):
        sign_in_sheet(CURRICULUM, PROGRAM, cancelled)


def test_the_sheet_is_said_in_spanish(shown: Shown) -> None:
    program = PROGRAM.model_copy(update={"census": PROGRAM.census.model_copy(update={"es": 1, "spare": 0})})
    titles = "| kind | id | title |\n| topic | RP-01 | Las ganas |\n| group_type | RP | Prevención |"
    curriculum = small.curriculum(topics="| topic_id | title |\n| RP-01 | Cravings |", titles=titles)
    page = sign_in_sheet(curriculum, program, PLAN.sessions, language="es")
    assert shown(page) == [
        "# Firmas de asistencia: 4 al 6 de enero de 2027",
        "## [RP] Las ganas",
        "Lunes, 4 de enero de 2027, 5:30 a 6:30\u00a0p.m., 60 minutos · Guía: F1 · Sala A",
        "| Entrada | Nombre en letra de molde | Firma | Salida",
        "|  |  |  | ",
        "|  |  |  | ",
        "|  |  |  | ",
        "### Quien guía el grupo",
        "| Cuántos vinieron | Nombre en letra de molde | Credencial | Firma",
        "|  |  |  | ",
        "new sheet",
        "## [RP] Prevención, aún sin tema",
        "Miércoles, 6 de enero de 2027, 5:30 a 6:30\u00a0p.m., 60 minutos · Guía: F2",
        "| Entrada | Nombre en letra de molde | Firma | Salida",
        "|  |  |  | ",
        "|  |  |  | ",
        "|  |  |  | ",
        "### Quien guía el grupo",
        "| Cuántos vinieron | Nombre en letra de molde | Credencial | Firma",
        "|  |  |  | ",
        "footer: Confidencial: 42 CFR Parte 2. Guarde esta hoja con los expedientes de los pacientes.",
        "footer: Evening",
    ]
    assert page.language == "es-US"


TWO_WEEKS = small.plan(PROGRAM, "| mon-1 | wed-1 |\n| RP-01 | - |\n| RP-01 | - |")


def ids(plan: Plan) -> list[list[str]]:
    """List the sessions of each week of two."""
    return [[each.session_id for each in week_sessions(plan, week)] for week in (1, 2)]


def test_a_session_stands_on_the_papers_of_the_week_in_which_people_meet() -> None:
    later = small.changed(TWO_WEEKS, "2027-01-04-mon-1", date=date(2027, 1, 12))
    assert ids(later) == [["2027-01-06-wed-1"], ["2027-01-11-mon-1", "2027-01-04-mon-1", "2027-01-13-wed-1"]]


def test_a_session_moved_out_of_the_plan_stands_on_the_papers_of_its_first_or_last_week() -> None:
    moved = small.changed(TWO_WEEKS, "2027-01-04-mon-1", date=date(2027, 2, 2))
    moved = small.changed(moved, "2027-01-13-wed-1", date=date(2026, 12, 30))
    assert ids(moved) == [["2027-01-13-wed-1", "2027-01-06-wed-1"], ["2027-01-11-mon-1", "2027-01-04-mon-1"]]


def test_a_week_of_sheets_that_the_plan_has_not_is_refused() -> None:
    with pytest.raises(NotFound, match=r"^no week '3' — there are: 1, 2$"):
        week_sessions(TWO_WEEKS, 3)


def test_the_sheets_of_a_plan_follow_its_dates_and_leave_out_a_week_without_groups() -> None:
    moved = small.changed(TWO_WEEKS, "2027-01-04-mon-1", date=date(2027, 1, 12))
    moved = small.changed(moved, "2027-01-06-wed-1", state="cancelled")
    made = documents.make(Shelf(Case(CURRICULUM, PROGRAM, moved)), ["sign-in"])
    assert {name: page.title for name, page in made.items()} == {
        "sign-in/week-02-sign-in.docx": "Sign-in: January 11 to 13, 2027"
    }
    spanish = documents.make(Shelf(Case(CURRICULUM, PROGRAM, moved), "es"), ["sign-in"])
    assert {name: page.title for name, page in spanish.items()} == {
        "sign-in-es/week-02-sign-in.docx": "Firmas de asistencia: 11 al 13 de enero de 2027"
    }


def test_only_groups_are_signed_for_and_a_track_is_named(shown: Shown) -> None:
    program = small.program(
        """
        | day | track | kind            |
        | mon | am    | group           |
        | mon | pm    | individual      |
        | mon | pm    | drug_test       |
        | mon | pm    | medication      |
        | mon | pm    | case_management |
        | mon | pm    | mutual_help     |
        """,
        weeks=1,
    )
    ids = " | ".join(slot.id for slot in program.slots)
    plan = small.plan(program, f"| {ids} |\n" + "| RP-01 " + "| - " * 5 + "|")
    lines = shown(sign_in_sheet(small.curriculum(), program, plan.sessions))
    assert [each for each in lines if each.startswith("## ")] == ["## [RP] RP"]
    assert "Monday, January 4, 2027, 5:30 to 6:30 pm, 60 minutes · am track" in lines


PEOPLE = [{"code": "F1", "kind": "counselor"}, {"code": "P1", "kind": "peer"}, {"code": "F2"}, {"code": "F3"}]


def test_each_section_signs_on_a_sheet_of_its_own_with_its_leader_and_its_room(shown: Shown) -> None:
    program = small.program(
        "| day | sections |\n| mon | 2 |", facilitators=PEOPLE, census={"en": 3, "spare": 1}, weeks=1
    )
    plan = small.plan(program, "| mon-1 |\n| RP-01 |")
    plan = small.changed(plan, "2027-01-04-mon-1", facilitators=("F1", "F2"), room="A; B")
    assert shown(sign_in_sheet(CURRICULUM, program, plan.sessions))[1:-2] == [
        "## [RP] Cravings, section A",
        "Monday, January 4, 2027, 5:30 to 6:30 pm, 60 minutes · Lead F1 · Room A",
        "| Time in | Printed name | Signature | Time out",
        "|  |  |  | ",
        "|  |  |  | ",
        "|  |  |  | ",
        "### Leader",
        "| Number here | Printed name | Credential | Signature",
        "|  |  |  | ",
        "new sheet",
        "## [RP] Cravings, section B",
        "Monday, January 4, 2027, 5:30 to 6:30 pm, 60 minutes · Lead F2 · Room B",
        "| Time in | Printed name | Signature | Time out",
        "|  |  |  | ",
        "|  |  |  | ",
        "|  |  |  | ",
        "### Leader",
        "| Number here | Printed name | Credential | Signature",
        "|  |  |  | ",
    ]
    spanish = shown(sign_in_sheet(CURRICULUM, program, plan.sessions, language="es"))
    assert spanish[1] == "## [RP] Cravings, sección A"


def where(facilitators: tuple[str, ...], room: str, shown: Shown, sections: int = 2) -> list[str]:
    """Return what the sheet of each section says of who leads and where."""
    program = small.program(f"| day | sections |\n| mon | {sections} |", facilitators=PEOPLE, weeks=1)
    plan = small.plan(program, "| mon-1 |\n| RP-01 |")
    plan = small.changed(plan, "2027-01-04-mon-1", facilitators=facilitators, room=room)
    lines = shown(sign_in_sheet(CURRICULUM, program, plan.sessions))
    return [text.partition("60 minutes")[2] for text in lines if "60 minutes" in text]


def test_those_who_may_not_lead_alone_stand_beside_the_leaders_of_sections(shown: Shown) -> None:
    assert where(("F1", "P1", "F2"), "A; B", shown) == [" · Lead F1 and P1 · Room A", " · Lead F2 · Room B"]
    assert where(("F1", "F2", "F3", "P1"), "A; B", shown) == [
        " · Lead F1 and F3 · Room A",
        " · Lead F2 and P1 · Room B",
    ]


def test_a_section_without_a_leader_or_a_room_leaves_them_open(shown: Shown) -> None:
    assert where(("F1",), "A", shown, 3) == [" · Lead F1 · Room A", "", ""]


def test_the_sheet_of_a_track_has_a_line_for_each_of_its_people() -> None:
    census = {"en": 9, "am": {"en": 2, "es": 1}, "pm": {"en": 6, "spare": 0}}
    program = small.program("| day | track |\n| mon | am |\n| mon | pm |\n| tue | |", census=census, weeks=1)
    plan = small.plan(program, "| mon-1 | mon-2 | tue-1 |\n| RP-01 | RP-01 | RP-01 |")
    page = sign_in_sheet(CURRICULUM, program, plan.sessions)
    sheets = [block for block in page.blocks if isinstance(block, Table)]
    assert [len(each.rows) for each in sheets] == [5, 1, 6, 1, 11, 1]
