from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from iop_sessions.ground.blocks import Page, Table
from iop_sessions.ground.errors import NotFound
from iop_sessions.pages.papers.family import family_agenda, family_calendar
from iop_sessions.plans.case import Case
from tests.lib import small

Shown = Callable[[Page], list[str]]
PROGRAM = small.program(
    """
    | day | start | group_type | room | mode       |
    | mon | 17:30 | RP         | A    | room       |
    | wed | 17:30 | FG         | B    | room       |
    | fri | 18:00 | FG         |      | telehealth |
    """,
    title="Evening",
    weeks=5,
    closed=["2027-01-13"],
)
CURRICULUM = small.curriculum(
    group_types="""
        | group_type | title              | service_kind |
        | RP         | Relapse prevention | counseling   |
        | FG         | Family group       | family       |
    """,
    topics="""
        | topic_id | group_type | title             |
        | RP-01    | RP         | Cravings          |
        | FG-01    | FG         | Talking           |
        | FG-02    | FG         | If use comes back |
    """,
    titles="""
        | kind  | id    | title                |
        | topic | FG-01 | Hablar               |
        | topic | FG-02 | Si el consumo vuelve |
    """,
    help_lines="""
        | name      | language | call                                |
        | emergency | en       | Overdose or danger: call 911.       |
        | emergency | es       | Sobredosis o peligro: llame al 911. |
    """,
)
PLAN = small.plan(
    PROGRAM,
    """
    | mon-1 | wed-1  | fri-1 |
    | RP-01 | FG-01  | FG-02 |
    | RP-01 | closed | -     |
    | RP-01 | FG-01  | FG-02 |
    | RP-01 | FG-01  | FG-02 |
    | RP-01 | FG-02  | FG-02 |
    """,
)
PLAN = small.changed(PLAN, "2027-01-15-fri-1", state="cancelled", reason="Snow")


def test_the_calendar_lists_the_family_groups_by_month_and_the_days_without_one(shown: Shown) -> None:
    assert shown(family_calendar(Case(CURRICULUM, PROGRAM, PLAN))) == [
        "# Family calendar",
        "purpose: Use this page to keep these days free. Ask us before you bring a child.",
        "## January 2027",
        "| Day | Time | Where",
        "| Wednesday, January 6 | 5:30 to 6:30 pm | Room B",
        "| Friday, January 8 | 6:00 to 7:00 pm | by video",
        "| Wednesday, January 20 | 5:30 to 6:30 pm | Room B",
        "| Friday, January 22 | 6:00 to 7:00 pm | by video",
        "| Wednesday, January 27 | 5:30 to 6:30 pm | Room B",
        "| Friday, January 29 | 6:00 to 7:00 pm | by video",
        "## February 2027",
        "| Day | Time | Where",
        "| Wednesday, February 3 | 5:30 to 6:30 pm | Room B",
        "| Friday, February 5 | 6:00 to 7:00 pm | by video",
        "No family group on January 13, January 15.",
        "footer: Family calendar",
    ]


def test_no_word_on_the_calendar_tells_who_lives_where_it_hangs(shown: Shown) -> None:
    words = " ".join(shown(family_calendar(Case(CURRICULUM, PROGRAM, PLAN))))
    told = r"(?i)overdose|drug|alcohol|addict|recover|treat|use comes|craving|relapse|clinic|evening"
    assert re.findall(told, words) == []


def test_the_calendar_says_the_same_in_spanish(shown: Shown) -> None:
    page = family_calendar(Case(CURRICULUM, PROGRAM, PLAN), language="es")
    assert shown(page) == [
        "# Calendario familiar",
        (
            "purpose: Use esta hoja para dejar libres estos días. "
            "Pregúntenos antes de traer a un niño o una niña."
        ),
        "## Enero de 2027",
        "| Día | Hora | Dónde",
        "| Miércoles, 6 de enero | 5:30 a 6:30\u00a0p.m. | Sala B",
        "| Viernes, 8 de enero | 6:00 a 7:00\u00a0p.m. | por video",
        "| Miércoles, 20 de enero | 5:30 a 6:30\u00a0p.m. | Sala B",
        "| Viernes, 22 de enero | 6:00 a 7:00\u00a0p.m. | por video",
        "| Miércoles, 27 de enero | 5:30 a 6:30\u00a0p.m. | Sala B",
        "| Viernes, 29 de enero | 6:00 a 7:00\u00a0p.m. | por video",
        "## Febrero de 2027",
        "| Día | Hora | Dónde",
        "| Miércoles, 3 de febrero | 5:30 a 6:30\u00a0p.m. | Sala B",
        "| Viernes, 5 de febrero | 6:00 a 7:00\u00a0p.m. | por video",
        "Sin grupo familiar: 13 de enero, 15 de enero.",
        "footer: Calendario familiar",
    ]
    tables = [block.name for block in page.blocks if isinstance(block, Table)]
    assert tables == ["Grupos familiares: Enero de 2027", "Grupos familiares: Febrero de 2027"]
    assert page.language == "es-US"


def test_no_spanish_word_on_the_calendar_tells_who_lives_where_it_hangs(shown: Shown) -> None:
    words = " ".join(shown(family_calendar(Case(CURRICULUM, PROGRAM, PLAN), language="es")))
    told = r"(?i)sobredosis|droga|alcohol|adic|recuper|tratam|consumo|ganas|recaída|clínic|evening|programa"
    assert re.findall(told, words) == []


def test_a_place_that_nobody_wrote_is_asked_for(shown: Shown) -> None:
    program = small.program("| day | group_type |\n| wed | FG |", weeks=1)
    plan = small.plan(program, "| wed-1 |\n| FG-01 |")
    english = shown(family_calendar(Case(CURRICULUM, program, plan)))
    spanish = shown(family_calendar(Case(CURRICULUM, program, plan), language="es"))
    assert english[4] == "| Wednesday, January 6 | 5:30 to 6:30 pm | Ask us"
    assert spanish[4] == "| Miércoles, 6 de enero | 5:30 a 6:30\u00a0p.m. | Pregúntenos"


def test_a_plan_without_family_groups_says_so(shown: Shown) -> None:
    program = small.program("| day |\n| mon |", weeks=1)
    plan = small.plan(program, "| mon-1 |\n| RP-01 |")
    assert shown(family_calendar(Case(CURRICULUM, program, plan))) == [
        "# Family calendar",
        "purpose: Use this page to keep these days free. Ask us before you bring a child.",
        "No family group is planned.",
        "footer: Family calendar",
    ]
    assert "No hay grupos familiares planeados." in shown(
        family_calendar(Case(CURRICULUM, program, plan), language="es")
    )


def test_a_week_for_relatives_holds_the_family_groups_alone_and_the_next_one(shown: Shown) -> None:
    assert shown(family_agenda(Case(CURRICULUM, PROGRAM, PLAN), 1)) == [
        "# Family groups, week of January 4",
        "purpose: Use this page to see when you can come, and what we will talk about.",
        "| When | What we talk about | Where",
        "| Wednesday, January 6 / 5:30 to 6:30 pm | Talking | Room B",
        "| Friday, January 8 / 6:00 to 7:00 pm | If use comes back | by video",
        "The next family group after this week: Wednesday, January 20, 5:30 to 6:30 pm, Talking.",
        "We ask you to keep to yourself who you meet and what you hear. You can just listen.",
        "footer: family-agenda · version 1 · draft, not yet reviewed by a clinician",
        "footer: Overdose or danger: call 911.",
    ]


def test_a_week_for_relatives_says_the_same_in_spanish(shown: Shown) -> None:
    page = family_agenda(Case(CURRICULUM, PROGRAM, PLAN), 1, language="es")
    assert shown(page) == [
        "# Grupos familiares, semana del 4 de enero",
        "purpose: Use esta hoja para ver cuándo puede venir y de qué vamos a hablar.",
        "| Cuándo | De qué hablamos | Dónde",
        "| Miércoles, 6 de enero / 5:30 a 6:30\u00a0p.m. | Hablar | Sala B",
        "| Viernes, 8 de enero / 6:00 a 7:00\u00a0p.m. | Si el consumo vuelve | por video",
        (
            "El próximo grupo familiar después de esta semana: "
            "miércoles, 20 de enero, 5:30 a 6:30\u00a0p.m., Hablar."
        ),
        "Le pedimos que no cuente a quién ve aquí ni lo que oye. Usted puede solo escuchar.",
        "footer: family-agenda · versión 1 · borrador, aún sin revisión clínica",
        "footer: Sobredosis o peligro: llame al 911.",
    ]
    assert (page.title, page.language) == ("Grupos familiares, semana del 4 de enero", "es-US")


def test_a_week_without_a_family_group_says_so_in_spanish(shown: Shown) -> None:
    assert shown(family_agenda(Case(CURRICULUM, PROGRAM, PLAN), 2, language="es"))[2] == (
        "Esta semana no hay grupo familiar."
    )


def test_a_week_without_a_family_group_names_the_next_one(shown: Shown) -> None:
    assert shown(family_agenda(Case(CURRICULUM, PROGRAM, PLAN), 2))[:5] == [
        "# Family groups, week of January 11",
        "purpose: Use this page to see when you can come, and what we will talk about.",
        "No family group meets this week.",
        "The next family group after this week: Wednesday, January 20, 5:30 to 6:30 pm, Talking.",
        "We ask you to keep to yourself who you meet and what you hear. You can just listen.",
    ]


def test_the_last_week_has_no_next_group(shown: Shown) -> None:
    lines = shown(family_agenda(Case(CURRICULUM, PROGRAM, PLAN), 5))
    assert [text for text in lines if text.startswith("The next family group")] == []


def test_a_week_for_relatives_names_a_topic_whose_page_stays_on_site_by_its_group(shown: Shown) -> None:
    handouts = small.curriculum(
        handouts="| handout_id | take_home |\n| FG-01a | no |",
        topic_handouts="| topic_id | handout_id |\n| FG-01 | FG-01a |",
    )
    curriculum = replace(CURRICULUM, handouts=handouts.handouts, topic_handouts=handouts.topic_handouts)
    assert shown(family_agenda(Case(curriculum, PROGRAM, PLAN), 1))[3] == (
        "| Wednesday, January 6 / 5:30 to 6:30 pm | Family group | Room B"
    )


def test_a_group_without_a_topic_is_named_to_relatives_by_its_type_alone(shown: Shown) -> None:
    plan = small.changed(PLAN, "2027-01-06-wed-1", topic_id="")
    assert shown(family_agenda(Case(CURRICULUM, PROGRAM, plan), 1))[3] == (
        "| Wednesday, January 6 / 5:30 to 6:30 pm | Family group | Room B"
    )


def test_a_week_that_the_plan_has_not_is_refused() -> None:
    with pytest.raises(NotFound, match=r"^no week '6' — there are: 1, 2, 3, 4, 5$"):
        family_agenda(Case(CURRICULUM, PROGRAM, PLAN), 6)


TRACKS = "| day | group_type | track | room |\n| wed | FG | am | A |\n| wed | FG | pm | |"


def test_the_calendar_says_whose_relatives_come_when(shown: Shown) -> None:
    program = small.program(TRACKS, weeks=1)
    plan = small.plan(program, "| wed-1 | wed-2 |\n| FG-01 | FG-01 |")
    assert shown(family_calendar(Case(CURRICULUM, program, plan)))[4:6] == [
        "| Wednesday, January 6 | 5:30 to 6:30 pm / Am track | Room A",
        "| Wednesday, January 6 | 6:40 to 7:40 pm / Pm track | Ask us",
    ]


def test_a_long_calendar_names_each_time_once_and_its_days_by_month(shown: Shown) -> None:
    program = small.program(TRACKS, weeks=13)
    weeks = ["| wed-1 | wed-2 |", *["| FG-01 | FG-01 |"] * 13]
    plan = small.changed(small.plan(program, "\n".join(weeks)), "2027-01-13-wed-2", state="cancelled")
    assert shown(family_calendar(Case(CURRICULUM, program, plan)))[2:] == [
        "## Wednesday, 5:30 to 6:30 pm, Am track, Room A",
        "| Month | Days",
        "| January 2027 | 6, 13, 20, 27",
        "| February 2027 | 3, 10, 17, 24",
        "| March 2027 | 3, 10, 17, 24, 31",
        "## Wednesday, 6:40 to 7:40 pm, Pm track, Ask us",
        "| Month | Days",
        "| January 2027 | 6, 20, 27",
        "| February 2027 | 3, 10, 17, 24",
        "| March 2027 | 3, 10, 17, 24, 31",
        "footer: Family calendar",
    ]
    spanish = shown(family_calendar(Case(CURRICULUM, program, plan), language="es"))
    assert spanish[2:5] == [
        "## Miércoles, 5:30 a 6:30\u00a0p.m., Turno am, Sala A",
        "| Mes | Días",
        "| Enero de 2027 | 6, 13, 20, 27",
    ]
    few = small.plan(program, "\n".join(weeks[:13]))
    assert shown(family_calendar(Case(CURRICULUM, program, few)))[2] == "## January 2027"
