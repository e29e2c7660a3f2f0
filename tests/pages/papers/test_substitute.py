from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from iop_sessions.curriculum.markdown import read_guide
from iop_sessions.ground.blocks import Page
from iop_sessions.pages.papers.substitute_brief import substitute_brief
from tests.lib import small

Shown = Callable[[Page], list[str]]
PROGRAM = small.program("| day | lead | room |\n| mon | F1 | A |\n| mon | | |", title="Evening", weeks=1)
PLAN = small.plan(PROGRAM, "| mon-1 | mon-2 |\n| RP-01 | - |")
GUIDE = """## Before group

- Read your state's law.

## 1 Check-in

**Do.** Welcome people.

**Say.** "Welcome."

## 2 Draw it

**Say.** "Draw your chain. Take your time, for any link
helps."

**Ask.** "Which link is the first?"

1. Draw.
2. Circle the place to step off.

**Say.** "Thank you."

## 3 Wrap-up

**Do.** Stand up.

## Cautions

- High craving: stay with the person (source: TIP-45). Not safe? Call 911.

1. Get the clinician.

Never joke.

## What to chart

- Topic and handout.
- Follow-up.
- Sample: "Group taught."
"""
CURRICULUM = small.curriculum(
    group_types="| group_type | title | needs_topic |\n| RP | Relapse prevention | yes |",
    topics="| topic_id | title | aim |\n| RP-01 | Cravings | Draw your chain |",
    segments="""
        | topic_id | order | minutes | title    | activity  | must_do |
        | RP-01    | 1     | 10      | Check-in | Go around | no      |
        | RP-01    | 2     | 40      | Draw it  | Draw      | yes     |
        | RP-01    | 3     | 10      | Wrap-up  | Close     | yes     |
    """,
    handouts="| handout_id |\n| RP-01a |",
    topic_handouts="| topic_id | handout_id |\n| RP-01 | RP-01a |",
    help_lines="| name | call |\n| crisis | Crisis: call or text 988. |",
    guides={"en/RP-01": read_guide(GUIDE, "RP-01.md")[0]},
)


def test_a_brief_has_cautions_and_steps_whole_and_parts_that_may_fall_out_in_a_line(
    shown: Shown,
) -> None:
    assert shown(substitute_brief(CURRICULUM, PROGRAM, PLAN.sessions[0])) == [
        "# [RP] Stepping in: Cravings",
        "Monday, January 4, 5:30 to 6:30 pm · Lead F1 · Room A · Copy 12 x RP-01a",
        "Aim Draw your chain.",
        "## Before group",
        "- Read your state's law.",
        "## Cautions",
        "- High craving: stay with the person (source: TIP-45). Not safe? Call 911.",
        "1. Get the clinician.",
        "Never joke.",
        "## Run sheet",
        "small: 5:30 pm Check-in, 10 min. Go around",
        '5:40 pm Draw it, 40 min. Must do. Draw Say. "Draw your chain. Take your time, for any link helps."',
        "1. Draw.",
        "1. Circle the place to step off.",
        "6:20 pm Wrap-up, 10 min. Must do. Close",
        "small: Chart Topic and handout; Follow-up.",
        "footer: RP-01 brief · version 1 · draft, not yet reviewed by a clinician",
        "footer: Crisis: call or text 988.",
    ]


def test_a_session_without_a_topic_says_what_is_known(shown: Shown) -> None:
    assert shown(substitute_brief(CURRICULUM, PROGRAM, PLAN.sessions[1])) == [
        "# [RP] Stepping in: Relapse prevention, no topic yet",
        "Monday, January 4, 6:40 to 7:40 pm · Nothing to copy",
        "Aim None is written.",
        "footer: Evening",
        "footer: Crisis: call or text 988.",
    ]


TITLES = """
    | kind       | id    | title                  | aim               |
    | topic      | RP-01 | Las ganas              | Dibujar su cadena |
    | group_type | RP    | Prevención de recaídas |                   |
"""
SPANISH = replace(
    CURRICULUM,
    titles=small.curriculum(titles=TITLES).titles,
    help_lines=small.curriculum(
        help_lines="| name | language | call |\n| crisis | es | Crisis: llame al 988. |"
    ).help_lines,
)
TRANSLATED = """## 1 Bienvenida

**Diga.** "Hola."

## 2 Dibujar

**Say.** "Dibuje su cadena. (fuente: NIDA-CBT)"

## Cuidados

- Ganas altas: quédese con la persona.

## Qué registrar

- Tema y hoja.
- Ejemplo: "El grupo enseñó."
"""


def test_a_brief_s_labels_are_said_in_spanish_and_the_guide_s_text_is_called_english(shown: Shown) -> None:
    page = substitute_brief(SPANISH, PROGRAM, PLAN.sessions[0], language="es")
    assert [*shown(page)[:5], *shown(page)[-2:]] == [
        "# [RP] Suplencia: Las ganas",
        "Lunes, 4 de enero, 5:30 a 6:30\u00a0p.m. · Guía: F1 · Sala A · Copias: 12 x RP-01a",
        "small: El texto de la guía está en inglés; aún no hay traducción.",
        "Meta Dibujar su cadena.",
        "## Antes del grupo",
        "footer: RP-01, resumen · versión 1 · borrador, aún sin revisión clínica",
        "footer: Crisis: llame al 988.",
    ]
    assert page.language == "es-US"


def test_a_brief_takes_the_words_of_a_translated_guide(shown: Shown) -> None:
    guides = {**CURRICULUM.guides, "es/RP-01": read_guide(TRANSLATED, "RP-01.md")[0]}
    page = substitute_brief(replace(SPANISH, guides=guides), PROGRAM, PLAN.sessions[0], language="es")
    assert shown(page)[2:-2] == [
        "Meta Dibujar su cadena.",
        "## Cuidados",
        "- Ganas altas: quédese con la persona.",
        "## Plan por minutos",
        "small: 5:30\u00a0p.m. Bienvenida, 10 min.",
        '5:40\u00a0p.m. Dibujar, 40 min. Esencial.  Say. "Dibuje su cadena. (fuente: NIDA-CBT)"',
        "6:20\u00a0p.m. Wrap-up, 10 min. Esencial. Close",
        "small: Registrar Tema y hoja.",
    ]


def test_a_session_without_a_topic_is_said_in_spanish(shown: Shown) -> None:
    assert shown(substitute_brief(SPANISH, PROGRAM, PLAN.sessions[1], language="es")) == [
        "# [RP] Suplencia: Prevención de recaídas, aún sin tema",
        "Lunes, 4 de enero, 6:40 a 7:40\u00a0p.m. · Nada que copiar",
        "Meta No hay ninguna escrita.",
        "footer: Evening",
        "footer: Crisis: llame al 988.",
    ]
