from __future__ import annotations

from collections.abc import Callable

import pytest
from lib import small

from iop_sessions.blocks import Page, Table
from iop_sessions.errors import UsageError
from iop_sessions.pages.papers import sign_in_sheet

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
        "# Sign-in: January 4, 2027 to January 6, 2027",
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
