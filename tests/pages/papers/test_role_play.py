from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pypdf import PdfReader
from rendering import write_pdfs

from iop_sessions.curriculum.language import check_reading, check_wording
from iop_sessions.curriculum.library import Curriculum
from iop_sessions.curriculum.passages import Unit
from iop_sessions.formats.word import draw
from iop_sessions.ground.blocks import Box, Page
from iop_sessions.ground.errors import NotFound, Place, UsageError
from iop_sessions.pages.papers.cards import role_play_cards
from iop_sessions.program.program import Program
from tests.lib import small
from tests.lib.word_audit import audit

TEMPLATES = Path(__file__).parents[3] / "templates"
Shown = Callable[[Page], list[str]]
PROGRAM = small.program("| day |\n| mon |")
SCENARIOS = """
| scenario_id | language | form  | about | difficulty | offerer   | setting       | they_say                 |
| friend      | en       | phone | pills | 2          | A friend  | By text.      | I have some.; Just one?  |
| seller      | en       | read  | any   | 3          | A seller  | At the store. | Hi there.                |
| friend      | es       | phone | pills | 2          | Una amiga | Por mensaje.  | Tengo algo.; ¿Solo una?  |
"""
USES = "| topic_id | scenario_id | order |\n| RT-04 | seller | 2 |\n| RT-04 | friend | 1 |"


def curriculum(**tables: object) -> Curriculum:
    return small.curriculum(
        **{
            "group_types": "| group_type | color |\n| RT | #6A1B57 |",
            "topics": """
                | topic_id | group_type | title       |
                | RT-04    | RT         | Pressure    |
                | RT-09    | RT         | Old friends |
            """,
            "titles": "| kind | id | title |\n| topic | RT-04 | Presión |",
            "help_lines": """
                | name   | language | call          |
                | crisis | en       | Call 988.     |
                | crisis | es       | Llame al 988. |
            """,
            "scenarios": SCENARIOS,
            "topic_scenarios": USES,
        }
        | tables
    )


def cards(page: Page) -> list[str]:
    return [block.title for block in page.blocks if isinstance(block, Box)]


def test_the_leader_learns_what_to_mind_and_each_offer_gets_a_card(shown: Shown) -> None:
    page = role_play_cards(curriculum(), PROGRAM, "RT-04")
    assert shown(page) == [
        "# [RT] Role-play cards: Pressure",
        "note: Draft, not yet reviewed by a clinician.",
        "purpose: For the leader: pick cards that fit your group, level 1 first, and cut them apart.",
        "## Before you start",
        "- Taking part is a choice. A person may act, watch, coach, write or pass, and needs no reason.",
        (
            "- Ask each person quietly if the pair is all right. No couples, no relatives. Swap only if"
            " both agree."
        ),
        (
            "- Nobody plays a person from their own life, a person who sells, hurts or scares, or a"
            " person who is using."
        ),
        (
            "- Lines stay as mild as printed, two tries at most. No drug names, prices, real names or"
            " props. At the word Pause, all stop."
        ),
        (
            "- Ask for craving from 0 to 10 before and after. At 7 or more, a person watches or writes,"
            " near you."
        ),
        (
            "- Afterward, players say: I am me again. The one who answered speaks first, strengths"
            " first. Collect every card."
        ),
        "## The cards one by one",
        "| Card | What to mind",
        (
            "| RT-04-1: A friend / (level 2, pills) | Who plays: Both may swap. / Ask afterward: What helped?"
            " / Safety: Leave it out if you fear the friend."
        ),
        (
            "| RT-04-2: A seller / (level 3, any drug) | Who plays: Both may swap. / Ask afterward: What"
            " helped? / Safety: Leave it out if you fear the friend."
        ),
        "new sheet",
        "## Cards to cut apart",
        "box card: RT-04-1: A friend",
        "Level 2, back to back: By text. Asks once.",
        'They say: "I have some." Then: "Just one?"',
        "Try: Say no. Leave.",
        "Way out: Walk home.",
        "To pass: Say pass.",
        "box card: RT-04-2: A seller",
        "Level 3, never acted: At the store. Asks once.",
        'They say: "Hi there."',
        "Try: Say no. Leave.",
        "Way out: Walk home.",
        "To pass: Say pass.",
        "footer: RT-04 · version 1 · draft, not yet reviewed by a clinician",
        "footer: Call 988.",
    ]  # fmt: skip
    assert (page.kind, page.group_type, page.color, page.language) == ("handout", "RT", "#6A1B57", "en-US")


def test_spanish_cards_are_spanish_throughout_and_set_the_stop_behind_the_quotation(shown: Shown) -> None:
    page = role_play_cards(curriculum(), PROGRAM, "RT-04", language="es", large_print=True)
    lines = shown(page)
    assert lines[:2] == [
        "# [RT] Tarjetas de ensayo: Presión",
        "note: Borrador, aún sin revisión clínica.",
    ]
    assert lines[lines.index("## Tarjetas para recortar") :] == [
        "## Tarjetas para recortar",
        "box card: RT-04-1: Una amiga",
        "Nivel 2, de espaldas: Por mensaje. Asks once.",
        'Le dicen: "Tengo algo". Luego: "¿Solo una?"',
        "Pruebe: Say no. Leave.",
        "Salida: Walk home.",
        "Para pasar: Say pass.",
        "footer: RT-04 · versión 1 · borrador, aún sin revisión clínica",
        "footer: Llame al 988.",
    ]
    assert (page.language, page.large_print) == ("es-US", True)


def test_cards_are_reviewed_once_each_of_them_is_and_say_the_oldest_review(shown: Shown) -> None:
    made = curriculum()
    friend, seller = (made.scenario_by_key[name, "en"].digest for name in ("friend", "seller"))
    rows = f"""
    | kind     | id     | state    | credential | reviewed_on | sha256   |
    | scenario | friend | reviewed | LCSW       | 2027-02-01  | {friend} |
    | scenario | seller | reviewed | LPC        | 2027-01-15  | {seller} |
    """
    both = shown(role_play_cards(curriculum(reviews=rows), PROGRAM, "RT-04"))
    assert both[1] == "note: Reviewed by LPC, 2027-01-15."
    assert both[-2] == "footer: RT-04 · version 1 · reviewed by LPC, 2027-01-15"
    one = shown(role_play_cards(curriculum(reviews=rows.replace(seller, "a" * 64)), PROGRAM, "RT-04"))
    assert one[1] == "note: Draft, not yet reviewed by a clinician."


def test_a_reviewed_translation_of_an_older_version_is_a_draft_again(shown: Shown) -> None:
    rows = """
        | scenario_id | language | version |
        | friend      | en       | 2       |
        | friend      | es       | 1       |
    """
    made = curriculum(scenarios=rows)
    digest = made.scenario_by_key["friend", "es"].digest
    review = f"""
    | kind     | id     | language | state    | credential | reviewed_on | sha256   |
    | scenario | friend | es       | reviewed | LCSW       | 2027-02-01  | {digest} |
    """
    stale = shown(
        role_play_cards(curriculum(scenarios=rows, reviews=review), PROGRAM, "RT-04", language="es")
    )
    assert stale[1] == "note: Borrador, aún sin revisión clínica."


def test_a_topic_without_cards_is_refused_and_one_that_is_none_named() -> None:
    with pytest.raises(
        UsageError, match=r"^RT-09 has no scenario in 'en' — add rows to topic_scenarios\.csv$"
    ):
        role_play_cards(curriculum(), PROGRAM, "RT-09")
    with pytest.raises(NotFound, match=r"^no topic 'RT-4' — did you mean 'RT-04'\?$"):
        role_play_cards(curriculum(), None, "RT-4")


# --- on paper


@pytest.fixture(scope="module")
def shipped(real: Curriculum, evening: Program) -> dict[str, Page]:
    """Return the cards of every topic that has some, in both languages, with all that a footer can hold."""
    return {
        f"{topic_id}-{code}": role_play_cards(real, evening, topic_id, language=code)
        for topic_id in dict.fromkeys(each.topic_id for each in real.topic_scenarios)
        for code in ("en", "es")
    }


def test_what_the_program_adds_to_the_cards_is_plain_and_kind(
    real: Curriculum, shipped: dict[str, Page], shown: Shown
) -> None:
    for name, page in shipped.items():
        code = name[-2:]
        units = [Unit(text, Place(name)) for text in shown(page)]
        terms = [term.term for term in real.glossary if term.language == code]
        assert check_wording(units, real.wording, code) == []
        assert check_reading(units, "guide", code, terms) == []


def test_drawn_cards_have_no_fault(real: Curriculum, shipped: dict[str, Page]) -> None:
    found = {name: audit(draw(page, TEMPLATES), least_points=12) for name, page in shipped.items()}
    assert {name: words for name, words in found.items() if words} == {}
    large = role_play_cards(real, None, "RT-01", large_print=True)
    assert audit(draw(large, TEMPLATES), least_points=18) == []


@pytest.mark.deep
@pytest.mark.needs_tool("soffice")
def test_six_cards_stand_on_one_sheet_behind_two_for_the_leader(
    shipped: dict[str, Page], tmp_path: Path
) -> None:
    pdfs = write_pdfs({name: draw(page, TEMPLATES) for name, page in shipped.items()}, tmp_path)
    for name, page in shipped.items():
        sheets = [" ".join(sheet.extract_text().split()) for sheet in PdfReader(pdfs[name]).pages]
        assert len(sheets) == 3, name
        assert len(cards(page)) == 6
        assert [title for title in cards(page) if title not in sheets[2]] == [], name
