from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from lib import small

from iop_sessions.blocks import Page
from iop_sessions.errors import UsageError
from iop_sessions.pages.papers import Change, change_notice

Shown = Callable[[Page], list[str]]
PROGRAM = small.program("| day |\n| mon |", title="Evening")
SNOW = Change("2027-01-06-wed-1", date(2027, 1, 6), "Family group", "Cancelled", "Snow", "F1")
SWAP = Change("2027-01-04-mon-1", date(2027, 1, 4), "Cravings, F1", "Cravings, F2", "F1 is away", "F2")


def test_a_notice_lists_what_was_and_what_is_the_first_day_on_top(shown: Shown) -> None:
    assert shown(change_notice(PROGRAM, [SNOW, SWAP])) == [
        "# Changes: January 4, 2027 to January 6, 2027",
        "2 changes. Take down the old agenda, and tell the leaders and the groups on these days.",
        "| Day | Before | Now | Why | Who",
        "| Mon, Jan 4 | Cravings, F1 | Cravings, F2 | F1 is away | F2",
        "| Wed, Jan 6 | Family group | Cancelled | Snow | F1",
        "small: Sessions: 2027-01-04-mon-1, 2027-01-06-wed-1.",
        "footer: Evening",
    ]


def test_one_change_is_named_by_its_day(shown: Shown) -> None:
    assert shown(change_notice(PROGRAM, [SNOW]))[:2] == [
        "# Changes: January 6, 2027",
        "1 change. Take down the old agenda, and tell the leaders and the groups on these days.",
    ]


def test_a_notice_of_nothing_is_refused() -> None:
    with pytest.raises(UsageError, match=r"^nothing changed — there is no notice to print$"):
        change_notice(PROGRAM, [])


def test_a_notice_is_said_in_spanish_and_in_a_clinic_s_own_words(shown: Shown) -> None:
    page = change_notice(PROGRAM, [SNOW, SWAP], language="es")
    assert shown(page) == [
        "# Cambios: 4 de enero de 2027 al 6 de enero de 2027",
        (
            "2 cambios. Quite la agenda anterior y avise a quienes guían los grupos "
            "y a los grupos de estos días."
        ),
        "| Día | Antes | Ahora | Por qué | Quién",
        "| Lun, 4 de ene | Cravings, F1 | Cravings, F2 | F1 is away | F2",
        "| Mié, 6 de ene | Family group | Cancelled | Snow | F1",
        "small: Sesiones: 2027-01-04-mon-1, 2027-01-06-wed-1.",
        "footer: Evening",
    ]
    assert page.language == "es-US"
    own = small.curriculum(labels="| key | en | es |\n| change-notice.title | News: {days} | |").labels
    assert change_notice(PROGRAM, [SNOW], own=own).title == "News: January 6, 2027"
