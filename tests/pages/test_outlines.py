"""What pages say of topics whose text stands in a published manual, and of those still to be written."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from iop_sessions.coverage.covering import cover_all
from iop_sessions.curriculum.passages import Document
from iop_sessions.ground.blocks import Page
from iop_sessions.pages import kinds as documents
from iop_sessions.pages.agenda import week_agenda
from iop_sessions.pages.coverage import coverage_page
from iop_sessions.pages.guide import guide_page
from iop_sessions.pages.handout import handout_page
from iop_sessions.pages.kinds import Shelf
from iop_sessions.pages.packet import leader_packet
from iop_sessions.pages.papers.family import family_agenda, family_calendar
from iop_sessions.pages.papers.first_days import newcomer_pack
from iop_sessions.pages.papers.standard import start_here
from iop_sessions.pages.papers.substitute_brief import substitute_brief
from iop_sessions.pages.papers.week_sheets import print_run
from iop_sessions.plans.case import Case
from tests.lib import small

Shown = Callable[[Page], list[str]]
LIBRARY = small.curriculum(
    group_types="""
    | group_type | title              | service_kind | needs_topic |
    | RP         | Relapse prevention | counseling   | yes         |
    | FE         | Family education   | family       | yes         |
    | PE         | Psychoeducation    | education    | yes         |
    """,
    topics="""
    | topic_id | collection | content | group_type | title   | aim             | delivery    |
    | OR-01    | house      | full    | PE         | Day one | Know the rules  | orientation |
    | PE-01    | house      | full    | PE         | Brain   | Say why         |             |
    | MX-RP-07 | matrix     | outline | RP         | Boredom | Fill empty time |             |
    | MX-FE-02 | matrix     | outline | FE         | Part 2  | Take part       |             |
    | MX-EXTRA | matrix     | outline | RP         | Extra   | Take part       |             |
    """,
    segments="| topic_id |\n| OR-01 |\n| PE-01 |",
    objectives="| objective_id | statement |\n| seven | Fill empty time |\n| why | Say why |",
    topic_objectives="| topic_id | objective_id |\n| MX-RP-07 | seven |\n| PE-01 | why |",
)
MATRIX = small.program(
    "| day | group_type | lead |\n| mon | RP | F1 |\n| mon | FE | F1 |\n| wed | RP | F1 |",
    collection="matrix",
    title="Matrix",
    weeks=1,
    stay_weeks=[1],
)
PLAN = small.plan(MATRIX, "| mon-1 | mon-2 | wed-1 |\n| MX-RP-07 | MX-FE-02 | MX-EXTRA |")


def test_the_agenda_sends_the_leader_to_the_manual_and_calls_no_outline_a_draft_of_ours(shown: Shown) -> None:
    text = "\n".join(shown(week_agenda(Case(LIBRARY, MATRIX, PLAN), 1)))
    assert "Lead F1 · Manual, session 7" in text
    assert "Lead F1 · Manual, session 2" in text
    assert "Lead F1 · Use your manual: Extra" in text
    assert "raft" not in text
    assert "Manual, session" not in "\n".join(shown(week_agenda(Case(LIBRARY, MATRIX, PLAN), 1, wall=True)))
    spanish = "\n".join(shown(week_agenda(Case(LIBRARY, MATRIX, PLAN), 1, language="es")))
    assert "Manual, sesión 7" in spanish


def test_the_leader_s_packet_says_where_the_guide_stands(shown: Shown) -> None:
    monday = [session for session in PLAN.sessions if session.date == date(2027, 1, 4)]
    lines = shown(leader_packet(LIBRARY, MATRIX, monday))
    told = "note: Use your manual, session 7. The guide and the handouts stand there, not here."
    assert told in lines
    assert not any("Draft" in each for each in lines)


def test_the_guide_of_an_outline_says_where_it_stands(shown: Shown) -> None:
    assert shown(guide_page(LIBRARY, None, "MX-RP-07", 60))[:5] == [
        "# [RP] Boredom",
        "Relapse prevention · 60 minutes",
        "## Aim",
        "Fill empty time.",
        "note: Use your manual, session 7. The guide and the handouts stand there, not here.",
    ]


def test_the_brief_and_the_print_run_say_that_handouts_stand_in_the_manual(shown: Shown) -> None:
    brief = shown(substitute_brief(LIBRARY, MATRIX, PLAN.sessions[0]))
    assert brief[1] == "Monday, January 4, 5:30 to 6:30 pm · Lead F1 · Use your manual, session 7"
    assert shown(print_run(Case(LIBRARY, MATRIX, PLAN), 1))[1:5] == [
        "## Handouts from your manual",
        "- Mon, Jan 4, MX-RP-07 Boredom. Use your manual, session 7.",
        "- Mon, Jan 4, MX-FE-02 Part 2. Use your manual, session 2.",
        "- Wed, Jan 6, MX-EXTRA Extra. Use your manual: Extra.",
    ]


def test_a_handout_for_relatives_of_young_people_bears_the_note_too(shown: Shown) -> None:
    handouts = small.curriculum(
        topics="| topic_id |\n| RP-01 |",
        handouts="| handout_id | audience |\n| FG-01a | relatives |\n| RP-01a | clients |",
        topic_handouts="| topic_id | handout_id |\n| RP-01 | FG-01a |\n| RP-01 | RP-01a |",
        sheets={f"en/{name}": Document(f"{name}.md", purpose="Use it.") for name in ("FG-01a", "RP-01a")},
    )
    adults = small.program("| day |\n| mon |")
    assert CONSENT in shown(handout_page(handouts, YOUTH, "FG-01a"))
    assert CONSENT not in shown(handout_page(handouts, YOUTH, "RP-01a"))
    assert CONSENT not in shown(handout_page(handouts, adults, "FG-01a"))
    assert CONSENT not in shown(handout_page(handouts, None, "FG-01a"))


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_kind_of_document_comes_without_a_guide_or_handout_of_an_outline(language: str) -> None:
    shelf = Shelf(Case(LIBRARY, MATRIX, PLAN), language)
    kinds = [name for name in documents.KINDS if documents.comes_in(name, language, large_print=False)]
    files = documents.make(shelf, kinds)
    assert [file for file in files if file.startswith(("guides", "handouts", "cards"))] == []
    assert any(file.startswith("agendas") for file in files)


def test_the_first_day_of_another_collection_is_not_printed_for_this_program() -> None:
    assert Shelf(Case(LIBRARY, MATRIX, PLAN)).topics == []
    house = small.program("| day | group_type |\n| mon | PE |", weeks=1, stay_weeks=[1])
    plan = small.plan(house, "| mon-1 |\n| PE-01 |")
    assert Shelf(Case(LIBRARY, house, plan)).topics == ["OR-01", "PE-01"]


def test_a_newcomer_s_pack_knows_outlines(shown: Shown) -> None:
    lines = shown(newcomer_pack(Case(LIBRARY, MATRIX, PLAN), date(2027, 1, 4)))
    assert any("Boredom" in each for each in lines)


def test_what_is_in_the_release_lists_no_outline(shown: Shown) -> None:
    text = "\n".join(shown(start_here(LIBRARY, MATRIX, {"guides": 1})))
    assert "PE-01" in text
    assert "MX-" not in text


def test_coverage_counts_outlines_as_any_topic(shown: Shown) -> None:
    lines = shown(coverage_page(*cover_all(Case(LIBRARY, MATRIX, PLAN))))
    whom = "every newcomer whose stay the plan decides"
    assert lines[1] == f"purpose: In time for {whom}: the one core objective (planned)."


YOUTH = small.program(
    "| day | group_type | room |\n| mon | PE | Y |\n| wed | FE | Y |",
    ages="youth",
    title="Teens",
    weeks=2,
    stay_weeks=[1],
    wanted={"PE-31": "Cannabis and the growing brain", "FE-31": "House rules that hold"},
)
WAITING = small.plan(YOUTH, "| mon-1 | wed-1 |\n| closed | closed |\n| closed | closed |")


def test_coverage_names_the_topics_still_to_be_written_and_the_meetings_that_wait(shown: Shown) -> None:
    lines = shown(coverage_page(*cover_all(Case(LIBRARY, YOUTH, WAITING))))
    assert "No core objective is promised: no topic of this program teaches one yet." in lines[1]
    text = "\n".join(lines)
    for words in (
        "Psychoeducation, no topic yet: 2 meetings (the first on Mon, Jan 4).",
        "Topics still to be written: PE-31 Cannabis and the growing brain; FE-31 House rules that hold.",
        "1 core objective is not promised: no topic here teaches it yet.",
    ):
        assert words in text
    assert "start dates are decided" not in text


def test_a_date_within_a_spanish_sentence_is_small(shown: Shown) -> None:
    text = "\n".join(shown(coverage_page(*cover_all(Case(LIBRARY, YOUTH, WAITING)), language="es")))
    assert "aún sin tema: 2 reuniones (la primera el lun, 4 de ene)." in text


CONSENT = (
    "note: Each state has its own rules. "
    "They say who signs for a young person and who may be told what. Ask us."
)


def test_papers_for_relatives_of_young_people_say_that_states_have_rules_on_consent(shown: Shown) -> None:
    assert CONSENT in shown(family_calendar(Case(LIBRARY, YOUTH, WAITING)))
    assert CONSENT in shown(family_agenda(Case(LIBRARY, YOUTH, WAITING), 1))
    spanish = shown(family_calendar(Case(LIBRARY, YOUTH, WAITING), language="es"))
    assert any(each.startswith("note: Cada estado tiene sus reglas.") for each in spanish)


def test_papers_for_relatives_of_adults_say_nothing_of_it(shown: Shown) -> None:
    assert CONSENT not in shown(family_calendar(Case(LIBRARY, MATRIX, PLAN)))
    assert CONSENT not in shown(family_agenda(Case(LIBRARY, MATRIX, PLAN), 1))
