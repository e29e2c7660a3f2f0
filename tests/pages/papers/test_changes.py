from __future__ import annotations

from collections.abc import Callable
from datetime import date, time

import pytest

from iop_sessions.ground.blocks import Page, Table
from iop_sessions.ground.errors import UsageError
from iop_sessions.ground.speech import program_labels
from iop_sessions.jobs.replan.propose import PUT
from iop_sessions.pages.papers.change_notice import Became, change_notice
from iop_sessions.plans.changes import Change
from iop_sessions.plans.plan import Session
from iop_sessions.program.surprises import REASONS
from tests.lib import small

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
        "# Changes: January 4 to 6, 2027",
        "2 changes. Take down the old agenda, and tell the leaders and the groups on these days.",
        "Tell each before their first changed day: Mon, Jan 4: F1 and F2; Wed, Jan 6: clients and families.",
        "| Day | Before | Now | Why | Tell",
        "| Mon, Jan 4, 5:30 pm | F1 | F2 | F1 away | F1, F2",
        "| Wed, Jan 6, 5:30 pm | Family group | cancelled | Snow | F1, clients, families",
        "Decided by CD.",
        "footer: Evening",
    ]


def test_one_change_is_named_by_its_day(shown: Shown) -> None:
    assert shown(change_notice(PROGRAM, [SNOW]))[:2] == [
        "# Changes: January 6, 2027",
        "1 change. Why: Snow. Take down the old agenda, and tell the leaders and the groups on these days.",
    ]


def test_a_notice_of_nothing_is_refused() -> None:
    with pytest.raises(UsageError, match=r"^nothing changed — there is no notice to print$"):
        change_notice(PROGRAM, [])


def test_a_notice_is_said_in_spanish_and_in_a_clinic_s_own_words(shown: Shown) -> None:
    page = change_notice(PROGRAM, [SNOW, SWAP], language="es")
    assert shown(page) == [
        "# Cambios: 4 al 6 de enero de 2027",
        (
            "2 cambios. Quite la agenda anterior y avise a quienes guían los grupos "
            "y a los grupos de estos días."
        ),
        (
            "Avise a cada quien antes de su primer día con cambios: "
            "Lun, 4 de ene: F1 y F2; mié, 6 de ene: clientes y familias."
        ),
        "| Día | Antes | Ahora | Por qué | Avisar a",
        "| Lun, 4 de ene, 5:30\xa0p.m. | F1 | F2 | F1 ausente | F1, F2",
        "| Mié, 6 de ene, 5:30\xa0p.m. | Family group | cancelado | Snow | F1, clientes, familias",
        "Decisión de CD.",
        "footer: Evening",
    ]
    assert page.language == "es-US"
    own = small.curriculum(labels="| key | en | es |\n| change-notice.title | News: {days} | |").labels
    assert change_notice(PROGRAM, [SNOW], own=own).title == "News: January 6, 2027"


def session(day: int, slot: str = "mon-1") -> Session:
    """Return a meeting in January at half past five."""
    when = date(2027, 1, day)
    values = {"session_id": f"{when}-{slot}", "slot_id": slot, "week": 1, "date": when}
    return Session.model_validate(values | {"start": time(17, 30), "end": time(18, 30)})


def test_what_moved_and_what_fell_out_is_listed_with_where_it_is_now(shown: Shown) -> None:
    became = [
        Became("RP-02 Triggers", session(5), again=session(25)),
        Became("RP-01 Cravings", session(4), now=session(8)),
        Became("RP-03 Lapses", session(6)),
    ]
    assert shown(change_notice(PROGRAM, [SWAP], became=became))[4:] == [
        "| Mon, Jan 4, 5:30 pm | F1 | F2 | F1, F2",
        "## Topics that lost a meeting",
        "| Topic | Was planned | What became of it",
        "| RP-01 Cravings | Mon, Jan 4, 5:30 pm | moved to Fri, Jan 8, 5:30 pm",
        "| RP-02 Triggers | Tue, Jan 5, 5:30 pm | fell out; next on Mon, Jan 25, 5:30 pm",
        "| RP-03 Lapses | Wed, Jan 6, 5:30 pm | fell out; not again in this plan",
        "footer: Evening",
    ]


def test_a_reason_that_all_changes_share_is_said_once_and_the_agendas_to_print_beside_it(
    shown: Shown,
) -> None:
    again = SWAP.model_copy(update={"session_id": "2027-01-05-tue-1", "date": date(2027, 1, 5)})
    assert shown(change_notice(PROGRAM, [SWAP, again], weeks=[1, 2, 4]))[1:4] == [
        (
            "2 changes. Why: F1 away. Take down the old agenda, and tell the leaders and the groups on these "
            "days. Print again: the agendas of weeks 1-2, 4."
        ),
        "Tell each before their first changed day: Mon, Jan 4: F1 and F2.",
        "| Day | Before | Now | Tell",
    ]


def test_all_that_changes_of_one_session_stands_in_one_line(shown: Shown) -> None:
    room = SWAP.model_copy(
        update={"what": "room", "before": "room A", "after": "room B", "tell": ("clients",)}
    )
    assert shown(change_notice(PROGRAM, [SWAP, room]))[4:-1] == [
        "| Mon, Jan 4, 5:30 pm | F1; room A | F2; room B | F1, F2, clients"
    ]


def test_a_new_session_was_nothing_before(shown: Shown) -> None:
    added = SNOW.model_copy(update={"what": "added", "before": "", "after": "Family group"})
    assert shown(change_notice(PROGRAM, [added]))[4] == (
        "| Wed, Jan 6, 5:30 pm | nothing | Family group | F1, clients, families"
    )


def test_the_group_is_named_where_only_its_leader_changes(shown: Shown) -> None:
    groups = {SWAP.session_id: "RP", SNOW.session_id: "FG"}
    assert shown(change_notice(PROGRAM, [SWAP, SNOW], groups=groups))[4:6] == [
        "| Mon, Jan 4, 5:30 pm | RP: F1 | RP: F2 | F1 away | F1, F2",
        "| Wed, Jan 6, 5:30 pm | Family group | cancelled | Snow | F1, clients, families",
    ]


def test_the_ground_of_the_first_field_changes_with_the_day() -> None:
    days = [(4, "mon-1"), (4, "mon-2"), (5, "tue-1"), (6, "wed-1")]
    changes = [
        SWAP.model_copy(update={"session_id": f"2027-01-0{day}-{slot}", "date": date(2027, 1, day)})
        for day, slot in days
    ]
    page = change_notice(PROGRAM, changes)
    table = next(block for block in page.blocks if isinstance(block, Table))
    assert [row[0].tint for row in table.rows] == ["#EDEDED", "#EDEDED", "#FFFFFF", "#EDEDED"]


def test_a_change_that_nobody_must_be_told_of_asks_nobody_to_tell(shown: Shown) -> None:
    alone = SWAP.model_copy(update={"tell": ()})
    assert shown(change_notice(PROGRAM, [alone]))[2:4] == [
        "| Day | Before | Now | Tell",
        "| Mon, Jan 4, 5:30 pm | F1 | F2 | ",
    ]


def test_several_who_decided_are_each_named(shown: Shown) -> None:
    later = SWAP.model_copy(update={"what": "room", "before": "A", "after": "B", "who": "CD"})
    first = SWAP.model_copy(update={"who": "AB"})
    assert shown(change_notice(PROGRAM, [first, later]))[-2:] == [
        "Decided by AB and CD.",
        "footer: Evening",
    ]


def test_what_the_program_itself_wrote_is_said_in_the_readers_language_and_a_persons_words_stay(
    shown: Shown,
) -> None:
    moved = SWAP.model_copy(update={"after": "nobody", "reason": "late start; Snow; put there by hand"})
    room = SNOW.model_copy(
        update={"what": "room", "before": "room B", "after": "no room", "reason": "room lost"}
    )
    rows = [each for each in shown(change_notice(PROGRAM, [moved, room], language="es")) if each[:2] == "| "]
    assert rows[1:] == [
        "| Lun, 4 de ene, 5:30\xa0p.m. | F1 | nadie | comienzo más tarde; Snow; puesto a mano | F1, F2",
        "| Mié, 6 de ene, 5:30\xa0p.m. | sala B | sin sala | sala no disponible | F1, clientes, familias",
    ]


def test_every_reason_that_the_program_gives_has_its_words() -> None:
    kept = {each.en for each in program_labels() if each.key.startswith("kept.")}
    assert {*REASONS.values(), PUT} - kept == set()
