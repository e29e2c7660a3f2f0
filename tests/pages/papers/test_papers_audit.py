from __future__ import annotations

from collections.abc import Callable

import pytest

from iop_sessions.ground.blocks import Page
from iop_sessions.ground.errors import UsageError
from iop_sessions.pages.papers import Evidence, audit_sheet
from tests.lib import small

Shown = Callable[[Page], list[str]]
PROGRAM = small.program("| day | lead |\n| mon | F1; F2 |\n| wed | F2 |", title="Evening", weeks=1)
PLAN = small.plan(PROGRAM, "| mon-1 | wed-1 |\n| RP-01 | RP-02 |")
CURRICULUM = small.curriculum(
    topics="| topic_id | title |\n| RP-01 | Cravings |\n| RP-02 | Urges |",
    titles="| kind | id | title |\n| topic | RP-01 | Las ganas |\n| topic | RP-02 | Los impulsos |",
)
ASKED = (
    Evidence("Relapse prevention each week", "Our own rule.", PLAN.sessions),
    Evidence("Tobacco", "Our own rule", ()),
)


def test_each_requirement_shows_what_was_held_and_what_it_comes_to(shown: Shown) -> None:
    assert shown(audit_sheet(CURRICULUM, PROGRAM, PLAN, ASKED)) == [
        "# What was held",
        (
            "note: Dates, topics and minutes only: no client is named here. "
            "Minutes are as planned where nobody noted others."
        ),
        "## Relapse prevention each week",
        "small: Source: Our own rule.",
        "| Day | Group | Minutes | Leader",
        "| Mon, Jan 4 | RP-01 Cravings | 60 | F1 and F2",
        "| Wed, Jan 6 | RP-02 Urges | 60 | F2",
        "2 groups, 2 h in all.",
        "## Tobacco",
        "small: Source: Our own rule.",
        "Nothing was held for this.",
        "footer: Evening · plan from January 4, 2027",
    ]


def test_a_cancelled_group_is_no_evidence_and_one_held_partly_counts_its_minutes(shown: Shown) -> None:
    plan = small.changed(PLAN, "2027-01-04-mon-1", state="cancelled")
    plan = small.changed(plan, "2027-01-06-wed-1", state="partly", held_minutes=25)
    lines = shown(audit_sheet(CURRICULUM, PROGRAM, plan, [Evidence("Weekly", "A rule", plan.sessions)]))
    assert lines[4:7] == [
        "| Day | Group | Minutes | Leader",
        "| Wed, Jan 6 | RP-02 Urges | 25 | F2",
        "1 group, 25 min in all.",
    ]


def test_the_sheet_says_the_same_in_spanish(shown: Shown) -> None:
    lines = shown(audit_sheet(CURRICULUM, PROGRAM, PLAN, ASKED[:1], language="es"))
    assert lines[0] == "# Lo que se realizó"
    assert lines[3:8] == [
        "small: Fuente: Our own rule.",
        "| Día | Grupo | Minutos | Guía",
        "| Lun, 4 de ene | RP-01 Las ganas | 60 | F1 y F2",
        "| Mié, 6 de ene | RP-02 Los impulsos | 60 | F2",
        "2 grupos, 2 h en total.",
    ]


def test_without_a_requirement_there_is_no_sheet() -> None:
    with pytest.raises(UsageError, match=r"^no requirement is named — name the rules or topics to show$"):
        audit_sheet(CURRICULUM, PROGRAM, PLAN, ())
