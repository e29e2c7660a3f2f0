from __future__ import annotations

from collections.abc import Callable
from datetime import date, time

import pytest
from lib import small

from iop_sessions.blocks import Page
from iop_sessions.changelog import Change
from iop_sessions.errors import UsageError
from iop_sessions.pages.papers import change_notice

Shown = Callable[[Page], list[str]]
PROGRAM = small.program("| day |\n| mon |", title="Evening")
SUNDAY = date(2027, 1, 3)
SNOW = Change(
    made_on=SUNDAY, session_id="2027-01-06-wed-1", date=date(2027, 1, 6), start=time(17, 30),
    what="cancelled", before="Family group", after="cancelled", reason="Snow", who="CD",
    tell=("F1", "clients", "families"),
)  # fmt: skip
SWAP = Change(
    made_on=SUNDAY, session_id="2027-01-04-mon-1", date=date(2027, 1, 4), start=time(17, 30),
    what="leader", before="F1", after="F2", reason="F1 away", tell=("F1", "F2"),
)  # fmt: skip


def test_a_notice_lists_what_was_and_what_is_the_first_day_on_top(shown: Shown) -> None:
    assert shown(change_notice(PROGRAM, [SNOW, SWAP])) == [
        "# Changes: January 4, 2027 to January 6, 2027",
        "2 changes. Take down the old agenda, and tell the leaders and the groups on these days.",
        "| Day | Before | Now | Why | Tell",
        "| Mon, Jan 4, 5:30 pm | F1 | F2 | F1 away | F1, F2",
        "| Wed, Jan 6, 5:30 pm | Family group | cancelled | Snow | F1, clients, families",
        "Decided by CD.",
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
        "| Día | Antes | Ahora | Por qué | Avisar a",
        "| Lun, 4 de ene, 5:30\xa0p.m. | F1 | F2 | F1 away | F1, F2",
        "| Mié, 6 de ene, 5:30\xa0p.m. | Family group | cancelled | Snow | F1, clientes, familias",
        "Decisión de CD.",
        "footer: Evening",
    ]
    assert page.language == "es-US"
    own = small.curriculum(labels="| key | en | es |\n| change-notice.title | News: {days} | |").labels
    assert change_notice(PROGRAM, [SNOW], own=own).title == "News: January 6, 2027"


def test_what_moved_and_what_fell_out_is_listed_and_nothing_said_of_what_nobody_decided(shown: Shown) -> None:
    page = change_notice(PROGRAM, [SWAP], moved=["RP-01: to Friday", "RP-02: to Monday"], fell_out=["RP-03"])
    assert shown(page)[4:] == [
        "## Moved",
        "- RP-01: to Friday",
        "- RP-02: to Monday",
        "## Fell out",
        "- RP-03",
        "footer: Evening",
    ]


def test_several_who_decided_are_each_named(shown: Shown) -> None:
    later = SWAP.model_copy(update={"what": "room", "before": "A", "after": "B", "who": "CD"})
    first = SWAP.model_copy(update={"who": "AB"})
    assert shown(change_notice(PROGRAM, [first, later]))[-2:] == [
        "Decided by AB and CD.",
        "footer: Evening",
    ]
