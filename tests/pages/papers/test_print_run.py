from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from iop_sessions.curriculum.library import Curriculum
from iop_sessions.curriculum.markdown import read_handout
from iop_sessions.ground.blocks import Page
from iop_sessions.pages.papers.week_sheets import print_run
from iop_sessions.plans.case import Case
from iop_sessions.program.program import Program
from tests.lib import small

Shown = Callable[[Page], list[str]]
PROGRAM = small.program(
    "| day |\n| mon |\n| wed |",
    title="Evening",
    weeks=1,
    census={"en": 10, "large_print": 1, "spare": 2},
)
SHEET = '+++\npurpose = "Use this page."\n+++\n\n## Do\n\nWrite.\n'
CURRICULUM = small.curriculum(
    topics="| topic_id |\n| RP-01 |\n| RP-02 |",
    handouts="| handout_id | title | kind |\n| RP-01a | My chain | worksheet |\n| RP-02a | Book | external |",
    topic_handouts="""
        | topic_id | handout_id | copies |
        | RP-01    | RP-01a     | 2      |
        | RP-02    | RP-01a     | 1      |
        | RP-02    | RP-02a     | 1      |
    """,
    sheets={"en/RP-01a": read_handout(SHEET, "RP-01a.md")[0]},
)
PLAN = small.plan(PROGRAM, "| mon-1 | wed-1 |\n| RP-01 | RP-02 |")


def test_the_week_is_listed_by_day_with_copies_by_language_and_size_and_their_totals(shown: Shown) -> None:
    assert shown(print_run(Case(CURRICULUM, PROGRAM, PLAN), 1)) == [
        "# Print run, week 1",
        "| Group at | Handout | Language | Size | Copies",
        "| Mon, Jan 4 |  |  |  | ",
        "| 5:30 pm | RP-01a My chain | English | standard | 24",
        "| 5:30 pm | RP-01a My chain | English | large print | 2",
        "| Wed, Jan 6 |  |  |  | ",
        "| 5:30 pm | RP-01a My chain | English | standard | 12",
        "| 5:30 pm | RP-01a My chain | English | large print | 1",
        "| 5:30 pm | RP-02a Book / From your own shelf. | English | standard | 12",
        "| 5:30 pm | RP-02a Book / From your own shelf. | English | large print | 1",
        "## Totals: 52 copies",
        "| Handout | Language | Size | Copies",
        "| RP-01a My chain | English | standard | 36",
        "| RP-01a My chain | English | large print | 3",
        "| RP-02a Book / From your own shelf. | English | standard | 12",
        "| RP-02a Book / From your own shelf. | English | large print | 1",
        "Drafts, not yet reviewed by a clinician: RP-01a.",
        "Sign-in: 2 sheets, one for each group or section.",
        "footer: Evening · week 1 of 1 · plan from January 4, 2027",
    ]


def test_a_program_without_large_print_has_no_row_for_it(shown: Shown) -> None:
    program = PROGRAM.model_copy(update={"census": PROGRAM.census.model_copy(update={"large_print": 0})})
    assert not [
        text for text in shown(print_run(Case(CURRICULUM, program, PLAN), 1)) if "large print" in text
    ]


def test_a_cancelled_session_needs_no_copies_and_a_week_without_handouts_says_so(shown: Shown) -> None:
    plan = small.changed(PLAN, "2027-01-04-mon-1", state="cancelled")
    plan = small.changed(plan, "2027-01-06-wed-1", topic_id="")
    assert shown(print_run(Case(CURRICULUM, PROGRAM, plan), 1)) == [
        "# Print run, week 1",
        "No handout is used this week.",
        "Sign-in: 1 sheet.",
        "footer: Evening · week 1 of 1 · plan from January 4, 2027",
    ]


SPANISH_SHEET = read_handout(SHEET, "RP-01a.md")[0]


def with_spanish(*written: str) -> Curriculum:
    """Return the curriculum with Spanish texts and titles."""
    titles = small.curriculum(titles="| id | title |\n| RP-01a | Mi cadena |").titles
    texts = {f"es/{each}": SPANISH_SHEET for each in written}
    return replace(CURRICULUM, titles=titles, sheets={**CURRICULUM.sheets, **texts})


def census(**numbers: int) -> Program:
    return PROGRAM.model_copy(update={"census": PROGRAM.census.model_copy(update=numbers)})


def test_spanish_copies_are_counted_where_there_is_a_text_with_spare_ones_of_their_own(shown: Shown) -> None:
    assert shown(print_run(Case(with_spanish("RP-01a"), census(es=4), PLAN), 1))[1:] == [
        "| Group at | Handout | Language | Size | Copies",
        "| Mon, Jan 4 |  |  |  | ",
        "| 5:30 pm | RP-01a My chain | English | standard | 24",
        "| 5:30 pm | RP-01a Mi cadena | Spanish | standard | 12",
        "| 5:30 pm | RP-01a My chain | English | large print | 2",
        "| Wed, Jan 6 |  |  |  | ",
        "| 5:30 pm | RP-01a My chain | English | standard | 12",
        "| 5:30 pm | RP-01a Mi cadena | Spanish | standard | 6",
        "| 5:30 pm | RP-01a My chain | English | large print | 1",
        "| 5:30 pm | RP-02a Book / From your own shelf. | English | standard | 12",
        "| 5:30 pm | RP-02a Book / From your own shelf. | Spanish | standard | 6",
        "| 5:30 pm | RP-02a Book / From your own shelf. | English | large print | 1",
        "## Totals: 76 copies",
        "| Handout | Language | Size | Copies",
        "| RP-01a My chain | English | standard | 36",
        "| RP-01a Mi cadena | Spanish | standard | 18",
        "| RP-01a My chain | English | large print | 3",
        "| RP-02a Book / From your own shelf. | English | standard | 12",
        "| RP-02a Book / From your own shelf. | Spanish | standard | 6",
        "| RP-02a Book / From your own shelf. | English | large print | 1",
        "Drafts, not yet reviewed by a clinician: RP-01a, RP-01a in Spanish.",
        "Sign-in: 2 sheets, one for each group or section.",
        "footer: Evening · week 1 of 1 · plan from January 4, 2027",
    ]


def test_a_handout_without_a_spanish_text_says_who_gets_the_english_one(shown: Shown) -> None:
    lines = shown(print_run(Case(CURRICULUM, census(es=4), PLAN), 1))
    told = "RP-01a My chain / No Spanish text yet: 4 people get the English one."
    assert lines[3:5] == [
        f"| 5:30 pm | {told} | English | standard | 32",
        "| 5:30 pm | RP-01a My chain | English | large print | 2",
    ]
    assert f"| {told} | English | standard | 48" in lines
    alone = shown(print_run(Case(CURRICULUM, census(es=1), PLAN), 1))
    assert "RP-01a My chain / No Spanish text yet: 1 person gets the English one." in alone[3]


def test_the_list_is_said_in_spanish(shown: Shown) -> None:
    program = census(en=2, es=1)
    plan = small.changed(PLAN, "2027-01-06-wed-1", topic_id="")
    page = print_run(Case(with_spanish("RP-01a"), program, plan), 1, language="es")
    assert shown(page) == [
        "# Lista para imprimir, semana 1",
        "| Hora | Hoja | Idioma | Tamaño | Copias",
        "| Lun, 4 de ene |  |  |  | ",
        "| 5:30\u00a0p.m. | RP-01a My chain | inglés | normal | 8",
        "| 5:30\u00a0p.m. | RP-01a Mi cadena | español | normal | 6",
        "| 5:30\u00a0p.m. | RP-01a My chain | inglés | letra grande | 2",
        "## Totales: 16 copias",
        "Borradores, aún sin revisión clínica: RP-01a, RP-01a en español.",
        "Firmas de asistencia: 2 hojas, una por grupo o sección.",
        "footer: Evening · semana 1 de 1 · plan desde el 4 de enero de 2027",
    ]
    lacking = shown(print_run(Case(CURRICULUM, program, PLAN), 1, language="es"))
    assert "Aún sin texto en español: 1 persona recibe el de inglés." in lacking[3]
    assert "| Hoja | Idioma | Tamaño | Copias" in lacking
    assert page.language == "es-US"


def test_a_session_moved_to_another_week_is_printed_for_in_that_week(shown: Shown) -> None:
    program = PROGRAM.model_copy(update={"weeks": 2})
    plan = small.plan(program, "| mon-1 | wed-1 |\n| RP-01 | - |\n| - | RP-02 |")
    plan = small.changed(plan, "2027-01-04-mon-1", date=date(2027, 1, 12))
    assert shown(print_run(Case(CURRICULUM, program, plan), 1))[1] == "No handout is used this week."
    assert shown(print_run(Case(CURRICULUM, program, plan), 2))[2] == "| Tue, Jan 12 |  |  |  | "


TRACKS = "| day | track |\n| mon | am |\n| mon | pm |\n| wed | |"
TURNS = "| mon-1 | mon-2 | wed-1 |\n| RP-02 | RP-02 | RP-02 |"


def counts(program: Program, shown: Shown) -> list[str]:
    """Return of each group of the first week for how many the handout of our own is copied."""
    lines = shown(print_run(Case(CURRICULUM, program, small.plan(program, TURNS)), 1))
    days = lines[: next(place for place, text in enumerate(lines) if text.startswith("## Totals"))]
    return [text.rpartition(" ")[2] for text in days if "My chain" in text and "standard" in text]


def test_a_track_with_a_census_of_its_own_gets_copies_for_its_people(shown: Shown) -> None:
    everybody = small.program(TRACKS, weeks=1, census={"en": 20})
    assert counts(everybody, shown) == ["22", "22", "22"]
    own = small.program(TRACKS, weeks=1, census={"en": 20, "am": {"en": 12}, "pm": {"en": 8, "spare": 0}})
    assert counts(own, shown) == ["14", "8", "22"]
    rest = small.program(TRACKS, weeks=1, census={"en": 20, "pm": {"en": 5}})
    assert counts(rest, shown) == ["17", "7", "22"]


def test_readers_of_spanish_are_those_of_the_track(shown: Shown) -> None:
    program = small.program(
        TRACKS, weeks=1, census={"en": 8, "es": 3, "am": {"en": 4}, "pm": {"en": 4, "es": 3}}
    )
    lines = shown(print_run(Case(CURRICULUM, program, small.plan(program, TURNS)), 1))
    told = [text for text in lines if "My chain" in text and "standard" in text]
    some = "RP-01a My chain / No Spanish text yet: 3 people get the English one. | English | standard"
    assert told == [
        "| 5:30 pm / Am track | RP-01a My chain | English | standard | 6",
        f"| 6:40 pm / Pm track | {some} | 9",
        f"| 5:30 pm | {some} | 13",
        f"| {some} | 28",
    ]


def test_each_section_gets_its_share_and_spare_copies_of_its_own(shown: Shown) -> None:
    program = small.program(
        "| day | sections |\n| mon | 2 |\n| wed | |", weeks=1, census={"en": 11, "large_print": 1}
    )
    lines = shown(
        print_run(Case(CURRICULUM, program, small.plan(program, "| mon-1 | wed-1 |\n| RP-01 | - |")), 1)
    )
    assert lines[3:5] == [
        "| 5:30 pm / 2 sections | RP-01a My chain | English | standard | 32 / 2 x 16",  # 6 + 2, twice each
        "| 5:30 pm / 2 sections | RP-01a My chain | English | large print | 2",
    ]
    assert "Sign-in: 3 sheets, one for each group or section." in lines
