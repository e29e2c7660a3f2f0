from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from iop_sessions.ground.blocks import Page, PageBreak, Table
from iop_sessions.ground.errors import UsageError
from iop_sessions.pages.papers.first_days import first_day_sheet, newcomer_pack
from iop_sessions.plans.case import Case
from tests.lib import small

Shown = Callable[[Page], list[str]]
PROGRAM = small.program("| day |\n| mon |\n| wed |", title="Evening", weeks=4, stay_weeks=[3])
CURRICULUM = small.curriculum(
    topics="""
        | topic_id | title    | delivery    |
        | OR-01    | Day one  | orientation |
        | RP-01    | Cravings | group       |
        | RP-02    | Urges    | group       |
    """,
    objectives="""
        | objective_id | statement           | within_weeks | level | audience  |
        | safety       | Know whom to call.  | 1            | short | clients   |
        | urge         | Outlast an urge     | 2            | short | clients   |
        | chain        | Draw your chain     | 1            | short | both      |
        | later        | Plan far ahead      |              | short | clients   |
        | kin          | Listen              | 1            | short | relatives |
        | elective     | Sleep well          | 1            | full  | clients   |
    """,
    topic_objectives="""
        | topic_id | objective_id |
        | OR-01    | safety       |
        | RP-01    | chain        |
        | RP-01    | later        |
        | RP-01    | kin          |
        | RP-02    | urge         |
    """,
    titles="""
        | kind       | id     | title                 |
        | group_type | RP     | Grupo                 |
        | topic      | RP-01  | Ganas fuertes         |
        | topic      | RP-02  | Impulsos              |
        | objective  | safety | Saber a quién llamar. |
        | objective  | chain  | Dibujar su cadena     |
    """,
)
PLAN = small.plan(
    PROGRAM,
    """
    | mon-1 | wed-1 |
    | RP-01 | RP-02 |
    | RP-01 | -     |
    | RP-01 | -     |
    | -     | RP-02 |
    """,
)


def test_a_pack_opens_with_the_first_day_and_then_says_where_the_groups_are(shown: Shown) -> None:
    lines = shown(newcomer_pack(Case(CURRICULUM, PROGRAM, PLAN), date(2027, 1, 18)))
    cut = lines.index("## Where we are") - 1
    assert lines[3:cut] == shown(first_day_sheet(CURRICULUM, PROGRAM))[3:-1]
    assert lines[cut:] == [
        "new sheet",
        "## Where we are",
        "You do not have to catch up. If something is new to you, ask. Your counselor can go over it.",
        "### What the last two weeks were about",
        "| When | What the group is about",
        "| Mon, Jan 4, 5:30 to 6:30 pm | [RP] Cravings",
        "| Wed, Jan 6, 5:30 to 6:30 pm | [RP] Urges",
        "| Mon, Jan 11, 5:30 to 6:30 pm | [RP] Cravings",
        "| Wed, Jan 13, 5:30 to 6:30 pm | [RP] Group",
        "### What comes in the next two weeks",
        "| When | What the group is about",
        "| Mon, Jan 18, 5:30 to 6:30 pm | [RP] Cravings",
        "| Wed, Jan 20, 5:30 to 6:30 pm | [RP] Group",
        "| Mon, Jan 25, 5:30 to 6:30 pm | [RP] Group",
        "| Wed, Jan 27, 5:30 to 6:30 pm | [RP] Urges",
        "### What you learn first",
        "| What you will learn | When",
        "| Know whom to call. | By appointment",
        "| Draw your chain. | On your first day",
        "| Outlast an urge. | Wed, Jan 27",
        "footer: newcomer-pack · version 1 · draft, not yet reviewed by a clinician",
    ]


def test_a_pack_says_the_same_in_spanish_and_in_english_what_has_no_translation(shown: Shown) -> None:
    page = newcomer_pack(Case(CURRICULUM, PROGRAM, PLAN), date(2027, 1, 18), language="es")
    lines = shown(page)
    cut = lines.index("## Por dónde vamos") - 1
    assert lines[:3] == [
        "# Su primer día, y por dónde vamos",
        "note: Borrador, aún sin revisión clínica.",
        "purpose: Use esta hoja para saber qué pasa hoy y qué se mantiene en privado.",
    ]
    assert lines[3:cut] == shown(first_day_sheet(CURRICULUM, PROGRAM, language="es"))[3:-1]
    assert lines[cut:] == [
        "new sheet",
        "## Por dónde vamos",
        (
            "Usted no tiene que ponerse al día. Si algo es nuevo para usted, pregunte. "
            "Su consejero o consejera puede explicárselo."
        ),
        "### De qué trataron las últimas dos semanas",
        "| Cuándo | De qué trata el grupo",
        "| Lun, 4 de ene, 5:30 a 6:30\u00a0p.m. | [RP] Ganas fuertes",
        "| Mié, 6 de ene, 5:30 a 6:30\u00a0p.m. | [RP] Impulsos",
        "| Lun, 11 de ene, 5:30 a 6:30\u00a0p.m. | [RP] Ganas fuertes",
        "| Mié, 13 de ene, 5:30 a 6:30\u00a0p.m. | [RP] Grupo",
        "### Lo que viene en las próximas dos semanas",
        "| Cuándo | De qué trata el grupo",
        "| Lun, 18 de ene, 5:30 a 6:30\u00a0p.m. | [RP] Ganas fuertes",
        "| Mié, 20 de ene, 5:30 a 6:30\u00a0p.m. | [RP] Grupo",
        "| Lun, 25 de ene, 5:30 a 6:30\u00a0p.m. | [RP] Grupo",
        "| Mié, 27 de ene, 5:30 a 6:30\u00a0p.m. | [RP] Impulsos",
        "### Lo que aprende primero",
        "| Lo que va a aprender | Cuándo",
        "| Saber a quién llamar. | Con cita",
        "| Dibujar su cadena. | En su primer día",
        "| Outlast an urge. | Mié, 27 de ene",
        "footer: newcomer-pack · versión 1 · borrador, aún sin revisión clínica",
    ]
    assert page.language == "es-US"


def test_an_essential_that_comes_too_late_is_left_to_the_counselor_in_spanish_too(shown: Shown) -> None:
    lines = shown(newcomer_pack(Case(CURRICULUM, PROGRAM, PLAN), date(2027, 1, 11), language="es"))
    assert lines[-2] == "| Outlast an urge. | Su consejero o consejera lo planea con usted"


def test_an_essential_that_comes_too_late_is_left_to_the_counselor(shown: Shown) -> None:
    lines = shown(newcomer_pack(Case(CURRICULUM, PROGRAM, PLAN), date(2027, 1, 11)))
    assert lines[-5:] == [
        "| What you will learn | When",
        "| Know whom to call. | By appointment",
        "| Draw your chain. | On your first day",
        "| Outlast an urge. | Your counselor will plan it with you",
        "footer: newcomer-pack · version 1 · draft, not yet reviewed by a clinician",
    ]


def test_the_first_newcomer_of_all_has_no_past(shown: Shown) -> None:
    lines = shown(newcomer_pack(Case(CURRICULUM, PROGRAM, PLAN), PROGRAM.start))
    assert lines[lines.index("### What the last two weeks were about") + 1] == "No group."
    spanish = shown(newcomer_pack(Case(CURRICULUM, PROGRAM, PLAN), PROGRAM.start, language="es"))
    past = spanish.index("### De qué trataron las últimas dos semanas")
    assert spanish[past + 1] == "Sin grupo."


def test_a_curriculum_without_essentials_ends_with_the_groups(shown: Shown) -> None:
    bare = small.curriculum(topics="| topic_id |\n| RP-01 |")
    lines = shown(newcomer_pack(Case(bare, PROGRAM, PLAN), PROGRAM.start))
    assert "### What you learn first" not in lines


def test_who_comes_between_two_groups_starts_with_the_next_one(shown: Shown) -> None:
    lines = shown(newcomer_pack(Case(CURRICULUM, PROGRAM, PLAN), date(2027, 1, 5)))
    assert lines[-4:-1] == [
        "| Know whom to call. | By appointment",
        "| Outlast an urge. | On your first day",
        "| Draw your chain. | Mon, Jan 11",
    ]


def test_a_day_after_the_last_start_is_refused() -> None:
    words = r"^nobody can start on 2027-02-01 — choose an earlier day, or plan further$"
    with pytest.raises(UsageError, match=words):
        newcomer_pack(Case(CURRICULUM, PROGRAM, PLAN), date(2027, 2, 1))


def test_nobody_joins_a_cohort_that_runs() -> None:
    cohort = PROGRAM.model_copy(update={"admission": "cohort"})
    with pytest.raises(UsageError, match=r"^nobody can start on 2027-01-06 — "):
        newcomer_pack(Case(CURRICULUM, cohort, PLAN), date(2027, 1, 6))


def test_a_pack_for_home_names_a_topic_whose_page_stays_on_site_by_its_group(shown: Shown) -> None:
    with_page = small.curriculum(
        group_types="| group_type | title |\n| RP | Relapse prevention |",
        topics="| topic_id | title |\n| RP-01 | Cravings |\n| RP-02 | When home is not safe |",
        handouts="| handout_id | take_home |\n| RP-02a | no |",
        topic_handouts="| topic_id | handout_id |\n| RP-02 | RP-02a |",
    )
    lines = shown(newcomer_pack(Case(with_page, PROGRAM, PLAN), PROGRAM.start))
    coming = lines.index("### What comes in the next two weeks")
    assert lines[coming + 2 : coming + 4] == [
        "| Mon, Jan 4, 5:30 to 6:30 pm | [RP] Cravings",
        "| Wed, Jan 6, 5:30 to 6:30 pm | [RP] Relapse prevention",
    ]


def test_a_pack_shows_each_track_the_groups_of_its_first_phase(shown: Shown) -> None:
    phases = [{"number": 1, "weeks": [1, 1]}, {"number": 2, "weeks": [2, 3], "days": ["Monday"]}]
    program = small.program(
        """
        | day | track | kind       | start |
        | mon | am    |            | 09:00 |
        | mon | pm    |            | 18:00 |
        | wed | pm    |            | 18:00 |
        | wed | pm    | individual | 19:00 |
        """,
        phases=phases,
    )
    plan = small.plan(program, "| mon-1 | mon-2 | wed-1 | wed-2 |\n" + 2 * "| RP-01 | RP-01 | RP-02 | - |\n")
    lines = shown(newcomer_pack(Case(CURRICULUM, program, plan), date(2027, 1, 4)))
    first = lines.index("## When groups meet")
    assert lines[first + 1 : first + 10] == [
        "### Am track",
        "| Day | Groups | Breaks",
        "| Monday | 9:00 to 10:00 am | None",
        "### Pm track",
        "| Day | Groups | Breaks",
        "| Monday | 6:00 to 7:00 pm | None",
        "| Wednesday | 6:00 to 7:00 pm | None",
        "This is for your first week. Then you come on fewer days or at other times.",
        "Do you need a break sooner? Tell the leader.",
    ]
    coming = lines.index("### What comes in the next two weeks, pm track")
    assert lines[coming + 2 : coming + 5] == [
        "| Mon, Jan 4, 6:00 to 7:00 pm | [RP] Cravings",
        "| Wed, Jan 6, 6:00 to 7:00 pm | [RP] Urges",
        "| Mon, Jan 11, 6:00 to 7:00 pm | [RP] Cravings",
    ]
    assert "### What you learn first, am track" in lines


def test_a_first_day_with_long_timetables_runs_on() -> None:
    days = ("mon", "tue", "wed", "thu", "fri")
    four, five = ("\n".join(["| day |", *(f"| {day} |" for day in days[:count])]) for count in (4, 5))
    tracks = "| day | track |\n| mon | am |\n| tue | am |\n| mon | pm |\n| tue | pm |"
    made = [
        [isinstance(block, PageBreak) for block in first_day_sheet(CURRICULUM, small.program(table)).blocks]
        for table in (four, five, tracks)
    ]
    assert [any(each) for each in made] == [True, False, False]


def test_the_sheets_of_each_track_come_apart_and_badges_have_the_colour_of_their_group(shown: Shown) -> None:
    program = small.program("| day | track |\n| mon | am |\n| mon | pm |", weeks=4, stay_weeks=[3])
    plan = small.plan(program, "\n".join(["| mon-1 | mon-2 |", *["| RP-01 | RP-01 |"] * 4]))
    page = newcomer_pack(Case(CURRICULUM, program, plan), date(2027, 1, 11))
    lines = shown(page)
    second = lines.index("### What the last two weeks were about, pm track")
    assert lines[second - 1] == "new sheet"
    tables = [block for block in page.blocks if isinstance(block, Table)]
    colors = {cell.color for table in tables for row in table.rows for cell in row if cell.badge}
    assert colors == {"#1F4E79"}
