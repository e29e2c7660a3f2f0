from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from iop_sessions.curriculum.markdown import read_handout
from iop_sessions.ground.blocks import Page
from iop_sessions.ground.errors import NotFound, UsageError
from iop_sessions.pages.papers.bound import make_up_packet
from iop_sessions.plans.case import Case
from tests.lib import small

Shown = Callable[[Page], list[str]]
PROGRAM = small.program("| day |\n| mon |", weeks=4)
SHEET = '+++\npurpose = "Use this page to see how a craving starts."\n+++\n\n## Draw it\n\nDraw your chain.\n'
TEXT = read_handout(SHEET, "RP-01a.md")[0]
SPANISH_SHEET = (
    '+++\npurpose = "Use esta hoja para ver cómo empiezan las ganas."\ntranslator = "Draft"\n'
    f'translated_from = "{TEXT.digest}"\n+++\n\n## Dibujo\n\nDibuje su cadena.\n'
)
SPANISH_TEXT = read_handout(SPANISH_SHEET, "RP-01a.md", "es")[0]
CURRICULUM = small.curriculum(
    topics="""
        | topic_id | title    |
        | RP-01    | Cravings |
        | RP-02    | Urges    |
        | RP-03    | Thoughts |
    """,
    handouts="""
        | handout_id | title        | take_home |
        | RP-01a     | My chain     | yes       |
        | RP-02a     | My safe plan | no        |
        | RP-01b     | A book       | yes       |
    """,
    topic_handouts="""
        | topic_id | handout_id |
        | RP-01    | RP-01a     |
        | RP-01    | RP-01b     |
        | RP-02    | RP-01a     |
        | RP-02    | RP-02a     |
    """,
    titles="""
        | kind       | id     | title         |
        | group_type | RP     | Grupo         |
        | topic      | RP-01  | Ganas fuertes |
        | topic      | RP-02  | Impulsos      |
        | handout    | RP-01a | Mi cadena     |
        | handout    | RP-01b | Un libro      |
        | handout    | RP-02a | Mi plan       |
    """,
    sheets={"en/RP-01a": TEXT, "en/RP-02a": TEXT, "es/RP-01a": SPANISH_TEXT},
)
PLAN = small.plan(PROGRAM, "| mon-1 |\n| RP-01 |\n| RP-01 |\n| RP-02 |\n| RP-01 |")


def test_a_packet_lists_what_was_missed_and_binds_each_page_once(shown: Shown) -> None:
    page = make_up_packet(
        Case(CURRICULUM, PROGRAM, PLAN), ["RP-01", "RP-02", "RP-03", "RP-01"], since=date(2027, 1, 12)
    )
    assert shown(page) == [
        "# What you missed",
        "purpose: Use these pages to learn what the group did while you were away.",
        "| What the group did | Your pages | Next time",
        "| [RP] Cravings | Part 1: My chain / A book (ask your counselor) | Mon, Jan 25, 5:30 pm",
        "| [RP] Group | Part 1: My chain / Ask your counselor | Mon, Jan 18, 5:30 pm",
        "| [RP] Thoughts | None | Not planned yet. Ask your counselor.",
        "## What I take from these pages",
        "Write one thing you learned and one thing you will do. Show it to your counselor.",
        "lines: 4",
        "new part: Part 1",
        "its footer: RP-01a · version 1 · draft, not yet reviewed by a clinician",
        "## [RP] My chain",
        "purpose: Use this page to see how a craving starts.",
        "### Draw it",
        "Draw your chain.",
        "footer: make-up-packet · version 1 · draft, not yet reviewed by a clinician",
    ]


def test_a_packet_binds_the_spanish_pages_and_sends_for_the_others(shown: Shown) -> None:
    missed = ["RP-01", "RP-02", "RP-03"]
    page = make_up_packet(Case(CURRICULUM, PROGRAM, PLAN), missed, since=date(2027, 1, 12), language="es")
    assert shown(page) == [
        "# Lo que usted se perdió",
        "purpose: Use estas hojas para saber qué hizo el grupo mientras usted no estaba.",
        "| Qué hizo el grupo | Sus hojas | Próxima vez",
        (
            "| [RP] Ganas fuertes | Parte 1: Mi cadena / Un libro (pídala a su consejero o consejera) | "
            "Lun, 25 de ene, 5:30\u00a0p.m."
        ),
        (
            "| [RP] Grupo | Parte 1: Mi cadena / Pregunte a su consejero o consejera | "
            "Lun, 18 de ene, 5:30\u00a0p.m."
        ),
        "| [RP] Thoughts | Ninguna | Aún no está planeado. Pregunte a su consejero o consejera.",
        "## Lo que me llevo de estas hojas",
        ("Escriba una cosa que aprendió y una cosa que va a hacer. Muéstrelas a su consejero o consejera."),
        "lines: 4",
        "new part: Parte 1",
        "its footer: RP-01a · versión 1 · borrador, aún sin revisión clínica",
        "## [RP] Mi cadena",
        "purpose: Use esta hoja para ver cómo empiezan las ganas.",
        "### Dibujo",
        "Dibuje su cadena.",
        "footer: make-up-packet · versión 1 · borrador, aún sin revisión clínica",
    ]
    assert page.language == "es-US"


def test_a_packet_for_home_does_not_name_a_topic_whose_page_stays_on_site(shown: Shown) -> None:
    for language in ("en", "es"):
        page = make_up_packet(
            Case(CURRICULUM, PROGRAM, PLAN), ["RP-02"], since=date(2027, 1, 4), language=language
        )
        words = " ".join(shown(page))
        assert [each for each in ("Urges", "My safe plan", "Impulsos", "Mi plan") if each in words] == []


def test_a_cancelled_session_is_no_next_time(shown: Shown) -> None:
    plan = small.changed(PLAN, "2027-01-18-mon-1", state="cancelled")
    lines = shown(make_up_packet(Case(CURRICULUM, PROGRAM, plan), ["RP-02"], since=date(2027, 1, 4)))
    assert lines[3] == (
        "| [RP] Group | Part 1: My chain / Ask your counselor | Not planned yet. Ask your counselor."
    )


def test_a_wrong_topic_is_named_with_the_right_one() -> None:
    with pytest.raises(NotFound, match=r"^no topic 'RP-9' — there are: RP-01, RP-02, RP-03$"):
        make_up_packet(Case(CURRICULUM, PROGRAM, PLAN), ["RP-9"], since=date(2027, 1, 4))


def test_a_packet_of_nothing_is_refused() -> None:
    with pytest.raises(UsageError, match=r"^no topic was missed — name the topics to bind$"):
        make_up_packet(Case(CURRICULUM, PROGRAM, PLAN), [], since=date(2027, 1, 4))
