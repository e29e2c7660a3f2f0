from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import time

import pytest

from iop_sessions.curriculum.library import Curriculum
from iop_sessions.curriculum.markdown import read_guide
from iop_sessions.ground.blocks import ItemList, Page, Table
from iop_sessions.ground.errors import NotFound
from iop_sessions.pages.guide import guide_page
from tests.lib import small

Shown = Callable[[Page], list[str]]
GUIDE = """+++
purpose = "Each member draws one chain and picks one answer to it."
+++

## Materials

- Pens. Facts: NIDA-CBT.

## Before group

- Set the chairs.

## 1 Check-in

**Do.** Welcome people.

**Say.** "You may pass."

## 2 The chain

**Do.** Draw it in two steps.

1. Write the trigger.
2. Write the thought.

**Ask.** Where can you step off?

## Prompts

- What helps?

## Cautions

- Call 911.
"""
SEGMENTS = """
    | topic_id | length | order | kind     | minutes | title     | activity         | must_do |
    | RP-01    | 60     | 1     | check-in | 10      | Check-in  | Each says a word |         |
    | RP-01    | 60     | 2     | topic    | 50      | The chain | Members draw     | yes     |
"""


def made(guide: str = GUIDE, segments: str = SEGMENTS, **tables: object) -> Curriculum:
    given: dict[str, object] = {
        "group_types": "| group_type | title |\n| RP | Relapse prevention |",
        "topics": "| topic_id | title | aim | source_ids |\n| RP-01 | The chain | Draw your chain | MATRIX |",
        "objectives": "| objective_id | statement | audience |\n| draw | Draw your own chain | both |",
        "topic_objectives": "| topic_id | objective_id |\n| RP-01 | draw |",
        "segments": segments,
        "sources": """
            | source_id | title           | publisher | year | verified |
            | MATRIX    | Matrix manual   | SAMHSA    | 2013 |          |
            | NIDA-CBT  | Therapy manual  | NIDA      | 1998 | yes      |
            | OTHER     | Not cited       |           |      | yes      |
        """,
        "guides": {"en/RP-01": read_guide(guide, "RP-01.md")[0]} if guide else {},
    }
    return small.curriculum(**(given | tables))


def test_a_guide_says_aim_run_sheet_and_all_that_stands_behind_it(shown: Shown) -> None:
    page = guide_page(
        made(), small.program("| day |\n| mon |"), "RP-01", 60, start=time(17, 30), leads=("F1", "F2")
    )
    assert shown(page) == [
        "# [RP] The chain",
        "note: Draft, not yet reviewed by a clinician.",
        "Relapse prevention · 5:30 pm to 6:30 pm · 60 minutes · Lead F1 and F2",
        "## Aim",
        "Draw your chain.",
        "Each member draws one chain and picks one answer to it.",
        "## Objectives, as said to clients and relatives",
        "- Draw your own chain.",
        "## Materials",
        "- Pens. Facts: NIDA-CBT.",
        "## Before group",
        "- Set the chairs.",
        "new sheet",
        "## Run sheet",
        "Short of time? Keep the parts marked Must do.",
        "| Time | What to do and say",
        "| 5:30 pm / 10 min | 1 Check-in / Each says a word",
        "| Do | Welcome people.",
        '| Say | "You may pass."',
        "| 5:40 pm / 50 min | 2 The chain / Must do. Members draw",
        "| Do | Draw it in two steps. / Write the trigger. / Write the thought.",
        "| Ask | Where can you step off?",
        "## Prompts",
        "- What helps?",
        "## Cautions",
        "- Call 911.",
        (
            "small: Sources. NIDA-CBT, Therapy manual (NIDA, 1998). "
            "Cited from memory, to be checked: MATRIX, Matrix manual (SAMHSA, 2013)."
        ),
        "footer: RP-01 guide · version 1 · draft, not yet reviewed by a clinician",
        "footer: Small",
    ]


def test_objectives_are_parted_by_whom_they_are_said_to(shown: Shown) -> None:
    curriculum = made(
        objectives="""
            | objective_id | statement       | audience  |
            | draw         | Draw your chain | relatives |
            | name         | Name a trigger. | clients   |
        """,
        topic_objectives="| topic_id | objective_id |\n| RP-01 | draw |\n| RP-01 | name |",
    )
    lines = shown(guide_page(curriculum, None, "RP-01", 60))
    place = lines.index("## Objectives, as said to clients")
    assert lines[place : place + 4] == [
        "## Objectives, as said to clients",
        "- Name a trigger.",
        "## Objectives, as said to relatives",
        "- Draw your chain.",
    ]


def test_without_a_start_the_run_sheet_counts_minutes(shown: Shown) -> None:
    lines = shown(guide_page(made(), None, "RP-01", 60))
    assert "Relapse prevention · 60 minutes" in lines
    assert [line for line in lines if " min | " in line] == [
        "| 0 to 10 / 10 min | 1 Check-in / Each says a word",
        "| 10 to 60 / 50 min | 2 The chain / Must do. Members draw",
    ]


def test_a_long_talk_is_parted_into_rows_that_keep_their_label() -> None:
    points = "".join(
        f"- Point {number} has some twelve words that the leader reads out aloud here.\n"
        for number in range(12)
    )
    guide = f"## 1 Check-in\n\n**Say.** Some facts.\n\n{points}"
    table = next(
        each for each in guide_page(made(guide), None, "RP-01", 60).blocks if isinstance(each, Table)
    )
    said = [row for row in table.rows if row[0].text == "Say"]
    assert [row[1].text.count("Point") for row in said] == [6, 6]
    assert all(len(row[1].text.split()) <= 80 for row in said)


def test_steps_stay_in_one_cell_as_a_real_list_so_that_their_numbers_run_on() -> None:
    steps = "".join(f"{number}. Say the words of step {number} slowly.\n" for number in range(1, 8))
    page = guide_page(made(f"## 1 Check-in\n\n**Do.** Seven steps.\n\n{steps}"), None, "RP-01", 60)
    table = next(each for each in page.blocks if isinstance(each, Table))
    (list_of_steps,) = [part for row in table.rows for part in row[1].parts if isinstance(part, ItemList)]
    assert (list_of_steps.kind, len(list_of_steps.items)) == ("steps", 7)


def test_a_table_of_a_segment_stands_below_the_run_sheet(shown: Shown) -> None:
    table = "| Sign | Step |\n| --- | --- |\n| Shaking | Doctor |"
    guide = f"## 1 Check-in\n\n**Do.** Use the table.\n\n{table}\n\n{{lines 2}}\n"
    lines = shown(guide_page(made(guide), None, "RP-01", 60))
    place = lines.index("### For part 1: Check-in")
    assert lines[place + 1 : place + 4] == ["| Sign | Step", "| Shaking | Doctor", "lines: 2"]


def test_what_a_shorter_group_leaves_out_is_still_on_the_page(shown: Shown) -> None:
    segments = "| topic_id | length | order | title |\n| RP-01 | 60 | 1 | Check-in |"
    lines = shown(guide_page(made(segments=segments), None, "RP-01", 60))
    place = lines.index("## Left out of a group of 60 minutes")
    assert lines[place + 1 : place + 6] == [
        "### The chain",
        "Do. Draw it in two steps.",
        "1. Write the trigger.",
        "1. Write the thought.",
        "Ask. Where can you step off?",
    ]


def test_a_topic_without_a_guide_says_so_and_gives_its_run_sheet(shown: Shown) -> None:
    lines = shown(guide_page(made(guide=""), None, "RP-01", 60))
    assert "note: This topic has no written guide. The run sheet below is all there is." in lines
    assert "| 0 to 10 / 10 min | 1 Check-in / Each says a word" in lines


OUTLINE = "| topic_id | title | aim | content |\n| RP-01 | The chain | Draw your chain | outline |"
NO_SEGMENTS = "| topic_id | title |\n| RP-02 | Talk |"


def test_an_outline_says_that_no_guide_is_written_and_has_no_run_sheet(shown: Shown) -> None:
    page = guide_page(made(guide="", segments=NO_SEGMENTS, topics=OUTLINE), None, "RP-01", 60)
    assert shown(page) == [
        "# [RP] The chain",
        "note: Draft, not yet reviewed by a clinician.",
        "Relapse prevention · 60 minutes",
        "## Aim",
        "Draw your chain.",
        "note: This topic has no written guide.",
        "## Objectives, as said to clients and relatives",
        "- Draw your own chain.",
        "footer: RP-01 guide · version 1 · draft, not yet reviewed by a clinician",
    ]


def test_a_full_topic_without_run_sheet_and_an_outline_of_another_length_are_refused() -> None:
    told = r"^no length of RP-01 '45 minutes' — there are: 60 minutes$"
    for curriculum in (made(segments=NO_SEGMENTS), made(topics=OUTLINE)):
        with pytest.raises(NotFound, match=told):
            guide_page(curriculum, None, "RP-01", 45)


def test_a_reviewed_guide_names_its_reviewer(shown: Shown) -> None:
    reviews = "| id | state | credential | reviewed_on |\n| RP-01 | reviewed | LCSW | 2027-01-02 |"
    page = guide_page(made(reviews=reviews), None, "RP-01", 60)
    assert shown(page)[1] == "note: Reviewed by LCSW, 2027-01-02."
    assert page.footer == ("RP-01 guide · version 1 · reviewed by LCSW, 2027-01-02",)


def test_a_length_the_topic_is_not_written_for_is_named() -> None:
    with pytest.raises(NotFound, match=r"^no length of RP-01 '45 minutes' — there are: 60 minutes$"):
        guide_page(made(), None, "RP-01", 45)


def test_a_wrong_topic_is_named_with_the_nearest_right_one() -> None:
    with pytest.raises(NotFound, match=r"^no topic 'RP-10' — there are: RP-01$"):
        guide_page(made(), None, "RP-10", 60)


SPANISH = """
    | kind       | id    | title                   | aim               |
    | topic      | RP-01 | La cadena               | Dibujar su cadena |
    | group_type | RP    | Prevención de recaídas  |                   |
    | objective  | draw  | Dibujar su propia cadena |                  |
"""


def test_a_guide_s_headings_are_said_in_spanish_and_its_english_text_is_called_so(shown: Shown) -> None:
    program = small.program("| day |\n| mon |")
    page = guide_page(
        made(titles=SPANISH), program, "RP-01", 60, start=time(17, 30), leads=("F1", "F2"), language="es"
    )
    assert shown(page) == [
        "# [RP] La cadena",
        "note: Borrador, aún sin revisión clínica.",
        "note: El texto de la guía está en inglés; aún no hay traducción.",
        "Prevención de recaídas · 5:30\u00a0p.m. a 6:30\u00a0p.m. · 60 minutos · Guía: F1 y F2",
        "## Meta",
        "Dibujar su cadena.",
        "Each member draws one chain and picks one answer to it.",
        "## Objetivos, como se dicen a los clientes y a los familiares",
        "- Dibujar su propia cadena.",
        "## Materiales",
        "- Pens. Facts: NIDA-CBT.",
        "## Antes del grupo",
        "- Set the chairs.",
        "new sheet",
        "## Plan por minutos",
        "¿Poco tiempo? Haga las partes que dicen Esencial.",
        "| Hora | Qué hacer y decir",
        "| 5:30\u00a0p.m. / 10 min | 1 Check-in / Each says a word",
        "| Haga | Welcome people.",
        '| Diga | "You may pass."',
        "| 5:40\u00a0p.m. / 50 min | 2 The chain / Esencial. Members draw",
        "| Haga | Draw it in two steps. / Write the trigger. / Write the thought.",
        "| Pregunte | Where can you step off?",
        "## Preguntas para conversar",
        "- What helps?",
        "## Cuidados",
        "- Call 911.",
        (
            "small: Fuentes. NIDA-CBT, Therapy manual (NIDA, 1998). "
            "Citadas de memoria, por comprobar: MATRIX, Matrix manual (SAMHSA, 2013)."
        ),
        "footer: RP-01, guía · versión 1 · borrador, aún sin revisión clínica",
        "footer: Small",
    ]
    assert page.language == "es-US"


TRANSLATED = """+++
purpose = "Cada persona dibuja una cadena y elige una respuesta."
+++

## Materiales

- Plumas.

## 1 Bienvenida

**Diga.** "Puede decir paso."

## 2 La cadena

**Do.** Dibuje.

## 3 Cierre

**Do.** Despida.

## Cautions

- Llame al 911.
"""


def translated(**tables: object) -> Curriculum:
    """Return a curriculum whose guide is translated from the English of today, or of another day."""
    english = replace(read_guide(GUIDE, "RP-01.md")[0], digest="of today")
    spanish = replace(read_guide(TRANSLATED, "RP-01.md")[0], translated_from=tables.pop("of", "of today"))
    return replace(made(titles=SPANISH, **tables), guides={"en/RP-01": english, "es/RP-01": spanish})


def test_a_translated_guide_is_used_part_by_part_under_the_fixed_headings(shown: Shown) -> None:
    lines = shown(guide_page(translated(sources="| source_id |\n| NONE |"), None, "RP-01", 60, language="es"))
    assert lines[5:] == [
        "Cada persona dibuja una cadena y elige una respuesta.",
        "## Objetivos, como se dicen a los clientes y a los familiares",
        "- Dibujar su propia cadena.",
        "## Materiales",
        "- Plumas.",
        "new sheet",
        "## Plan por minutos",
        "¿Poco tiempo? Haga las partes que dicen Esencial.",
        "| Minutos | Qué hacer y decir",
        "| 0 a 10 / 10 min | 1 Bienvenida",
        '| Diga | "Puede decir paso."',
        "| 10 a 60 / 50 min | 2 La cadena / Esencial. ",
        "| Haga | Dibuje.",
        "## Queda fuera de un grupo de 60 minutos",
        "### Cierre",
        "Do. Despida.",
        "## Cuidados",
        "- Llame al 911.",
        "footer: RP-01, guía · versión 1 · borrador, aún sin revisión clínica",
    ]
    assert "está en inglés" not in " ".join(lines)


def test_a_part_that_the_translation_lacks_keeps_its_english_title(shown: Shown) -> None:
    segments = SEGMENTS + "    | RP-01 | 60 | 4 | wrap-up | 5 | Wrap-up | All stand up | |\n"
    lines = shown(guide_page(translated(segments=segments), None, "RP-01", 60, language="es"))
    assert "| 60 a 65 / 5 min | 4 Wrap-up / All stand up" in lines


def test_a_translation_of_another_english_text_is_a_draft_again() -> None:
    reviews = """
        | id    | language | state    | credential | reviewed_on |
        | RP-01 | es       | reviewed | LCSW       | 2027-01-02  |
    """
    fresh, stale = translated(reviews=reviews), translated(reviews=reviews, of="of another day")
    told = [guide_page(each, None, "RP-01", 60, language="es").footer for each in (fresh, stale)]
    assert told == [
        ("RP-01, guía · versión 1 · revisado por LCSW, 2027-01-02",),
        ("RP-01, guía · versión 1 · borrador, aún sin revisión clínica",),
    ]


def test_an_outline_is_said_in_spanish(shown: Shown) -> None:
    bare = made(guide="", segments=NO_SEGMENTS, topics=OUTLINE, titles=SPANISH)
    lines = shown(guide_page(bare, None, "RP-01", 60, language="es"))
    assert lines[3:6] == ["## Meta", "Dibujar su cadena.", "note: Este tema no tiene una guía escrita."]
    lines = shown(guide_page(made(guide="", titles=SPANISH), None, "RP-01", 60, language="es"))
    told = "note: Este tema no tiene una guía escrita. Solo hay el plan por minutos de abajo."
    assert lines[5] == told
