from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, time

import pytest

from iop_sessions.ground.blocks import Page
from iop_sessions.ground.errors import NotFound
from iop_sessions.pages.papers.week_sheets import content_words, group_content
from iop_sessions.plans.case import Case
from tests.lib import small

Shown = Callable[[Page], list[str]]
PROGRAM = small.program("| day | lead |\n| mon | F1 |\n| mon | |\n| wed | |", title="Evening", weeks=1)
CURRICULUM = small.curriculum(
    group_types="""
        | group_type | title              | needs_topic |
        | RP         | Relapse prevention | yes         |
        | OG         | Open group         | no          |
    """,
    topics="| topic_id | title | aim | format |\n| RP-01 | Cravings | Draw your chain. | discussion |",
    segments="""
        | topic_id | order | minutes | kind     | title    |
        | RP-01    | 1     | 10      | check-in | Check-in |
        | RP-01    | 2     | 10      | break    | Break    |
        | RP-01    | 3     | 40      | practice | Draw it  |
    """,
    handouts="| handout_id | title |\n| RP-01a | My chain |",
    topic_handouts="| topic_id | handout_id |\n| RP-01 | RP-01a |",
)
PLAN = small.plan(PROGRAM, "| mon-1 | mon-2 | wed-1 |\n| RP-01 | - | - |")
PLAN = small.changed(PLAN, "2027-01-04-mon-2", group_type="OG")
PLAN = small.changed(PLAN, "2027-01-06-wed-1", state="cancelled", reason="Snow")


def test_each_session_of_the_week_gets_a_neutral_paragraph(shown: Shown) -> None:
    assert shown(group_content(Case(CURRICULUM, PROGRAM, PLAN), 1)) == [
        "# Group content, week 1",
        (
            "note: For use once the group took place: change what went another way. What a client "
            "said or did goes into that client's own note."
        ),
        "## [RP] Mon, Jan 4, 5:30 to 6:30 pm: Cravings",
        (
            "On Monday, January 4, 2027, 5:30 to 6:30 pm, a relapse prevention group covered "
            '"Cravings". It lasted 60 minutes. Aim: Draw your chain. Parts: Check-in; Draw it. '
            "Methods: guided discussion, practice. Handout given: RP-01a, My chain. Led by F1."
        ),
        "## [OG] Mon, Jan 4, 6:40 to 7:40 pm: Open group",
        "On Monday, January 4, 2027, 6:40 to 7:40 pm, an open group was held. It lasted 60 minutes.",
        "## [RP] Wed, Jan 6, 5:30 to 6:30 pm: Relapse prevention, no topic yet",
        "On Wednesday, January 6, 2027, 5:30 to 6:30 pm, the relapse prevention group was not held.",
        "footer: Evening · week 1 of 1 · plan from January 4, 2027",
    ]


def test_a_session_held_in_part_says_how_long_it_was_and_calls_its_parts_planned() -> None:
    partly = PLAN.sessions[0].model_copy(update={"state": "partly", "held_minutes": 40})
    assert content_words(CURRICULUM, partly) == (
        'On Monday, January 4, 2027, 5:30 to 6:30 pm, a relapse prevention group covered "Cravings". '
        "It lasted 40 minutes. Aim: Draw your chain. Parts planned: Check-in; Draw it. "
        "Methods: guided discussion, practice. Handout given: RP-01a, My chain. Led by F1."
    )


def test_a_session_over_noon_names_both_halves_of_the_day() -> None:
    noon = PLAN.sessions[1].model_copy(update={"start": time(11, 30), "end": time(12, 30)})
    assert content_words(CURRICULUM, noon) == (
        "On Monday, January 4, 2027, 11:30 am to 12:30 pm, an open group was held. It lasted 60 minutes."
    )


def test_a_week_that_the_plan_has_not_is_refused() -> None:
    with pytest.raises(NotFound, match=r"^no week '2' — there are: 1$"):
        group_content(Case(CURRICULUM, PROGRAM, PLAN), 2)


TITLES = """
    | kind       | id     | title                  | aim               |
    | topic      | RP-01  | Las ganas              | Dibujar su cadena |
    | handout    | RP-01a | Mi cadena              |                   |
    | group_type | RP     | Prevención de recaídas |                   |
    | group_type | OG     | Grupo abierto          |                   |
"""


def test_the_paragraphs_are_said_in_spanish(shown: Shown) -> None:
    curriculum = replace(CURRICULUM, titles=small.curriculum(titles=TITLES).titles)
    page = group_content(Case(curriculum, PROGRAM, PLAN), 1, language="es")
    assert shown(page) == [
        "# Contenido de los grupos, semana 1",
        (
            "note: Para usar después del grupo: cambie lo que fue de otra manera. Lo que un cliente dijo "
            "o hizo va en la nota de ese cliente. Las partes llevan el título que tienen en la guía."
        ),
        "## [RP] Lun, 4 de ene, 5:30 a 6:30\u00a0p.m.: Las ganas",
        (
            "Lunes, 4 de enero de 2027, 5:30 a 6:30\u00a0p.m.; grupo: prevención de recaídas; "
            "tema: «Las ganas». Duró 60 min. Meta: Dibujar su cadena. Partes: Check-in; Draw it. "
            "Métodos: conversación guiada, práctica. Se entregó: RP-01a, Mi cadena. Guía: F1."
        ),
        "## [OG] Lun, 4 de ene, 6:40 a 7:40\u00a0p.m.: Grupo abierto",
        (
            "Lunes, 4 de enero de 2027, 6:40 a 7:40\u00a0p.m.; grupo: grupo abierto. El grupo se reunió. "
            "Duró 60 min."
        ),
        "## [RP] Mié, 6 de ene, 5:30 a 6:30\u00a0p.m.: Prevención de recaídas, aún sin tema",
        (
            "Miércoles, 6 de enero de 2027, 5:30 a 6:30\u00a0p.m.; grupo: prevención de recaídas. "
            "El grupo no se reunió."
        ),
        "footer: Evening · semana 1 de 1 · plan desde el 4 de enero de 2027",
    ]
    assert page.language == "es-US"


def test_a_session_moved_to_another_week_is_worded_in_that_week(shown: Shown) -> None:
    program = PROGRAM.model_copy(update={"weeks": 2})
    plan = small.plan(program, "| mon-1 | mon-2 | wed-1 |\n| RP-01 | - | - |\n| RP-01 | - | - |")
    plan = small.changed(plan, "2027-01-04-mon-1", date=date(2027, 1, 12))
    headings = [
        [
            line
            for line in shown(group_content(Case(CURRICULUM, program, plan), week))
            if "Cravings" in line[:60]
        ]
        for week in (1, 2)
    ]
    assert headings == [
        [],
        [
            "## [RP] Mon, Jan 11, 5:30 to 6:30 pm: Cravings",
            "## [RP] Tue, Jan 12, 5:30 to 6:30 pm: Cravings",
        ],
    ]


def test_an_abbreviated_group_keeps_its_capitals_and_a_group_by_name_is_not_called_so_twice() -> None:
    def held(title: str) -> str:
        curriculum = small.curriculum(group_types=f"| group_type | title |\n| OG | {title} |")
        return content_words(curriculum, PLAN.sessions[1]).partition("pm, ")[2]

    assert held("DBT skills") == "a DBT skills group was held. It lasted 60 minutes."
    assert held("Art") == "an art group was held. It lasted 60 minutes."
    assert held("Group for men") == "a group for men was held. It lasted 60 minutes."
