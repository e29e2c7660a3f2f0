from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise, takewhile

import pytest

from iop_sessions.curriculum.language import check_reading, check_wording
from iop_sessions.curriculum.library import Curriculum
from iop_sessions.curriculum.markdown import read_handout
from iop_sessions.curriculum.passages import Unit, UnitKind
from iop_sessions.ground.blocks import Block, Heading, ItemList, Line, NewPart, Page, Paragraph, line, plain
from iop_sessions.ground.errors import NotFound, Place
from iop_sessions.pages.papers.bound import workbook, workbook_weeks
from iop_sessions.plans.case import Case
from iop_sessions.plans.plan import Plan
from iop_sessions.program.program import Program
from iop_sessions.program.settings import Clinic
from tests.lib import small

Shown = Callable[[Page], list[str]]
TEXT = read_handout('+++\npurpose = "Use this page to draw."\n+++\n\n## Draw it\n\nDraw.\n', "RP-01a.md")[0]
PROGRAM = small.program("| day |\n| mon |", weeks=5, title="Evening")
PLAN = small.plan(PROGRAM, "| mon-1 |\n| RP-01 |\n| RP-02 |\n| RP-01 |\n| RP-03 |\n| RP-02 |")


def made(**tables: object) -> Curriculum:
    given: dict[str, object] = {
        "topics": """
            | topic_id | title    | audience  |
            | RP-01    | Cravings | clients   |
            | RP-02    | Not safe | clients   |
            | RP-03    | For them | relatives |
        """,
        "handouts": """
            | handout_id | title        | audience  | ages  | take_home |
            | RP-01a     | My chain     | clients   | both  | yes       |
            | RP-01b     | For families | relatives | adult | yes       |
            | RP-01c     | Book         | clients   | adult | yes       |
            | RP-01d     | For school   | clients   | youth | yes       |
            | RP-02a     | My way out   | clients   | adult | no        |
            | RP-02b     | My people    | both      | adult | yes       |
        """,
        "topic_handouts": """
            | topic_id | handout_id |
            | RP-01    | RP-01a     |
            | RP-01    | RP-01b     |
            | RP-01    | RP-01c     |
            | RP-01    | RP-01d     |
            | RP-02    | RP-02a     |
            | RP-02    | RP-02b     |
        """,
        "help_lines": "| name | call |\n| crisis | Crisis: call or text 988. |",
        "sheets": {f"en/{each}": TEXT for each in ("RP-01a", "RP-01b", "RP-01d", "RP-02a", "RP-02b")},
    }
    return small.curriculum(**(given | tables))


def test_a_workbook_opens_with_a_cover_a_contents_list_and_room_to_keep_track(shown: Shown) -> None:
    assert shown(workbook(Case(made(), PROGRAM, PLAN), 1)) == [
        "# My workbook",
        "purpose: Use this workbook in group and at home, one part at a time.",
        "## Weeks 1 to 4: January 4 to January 31, 2027",
        "### How to use it",
        "1. Bring it to each group.",
        "1. Do the part for that group, there or at home.",
        "1. Check the box. Write one thing that you take from it.",
        "1. You choose what to write. You can skip a question.",
        "### Keep it private",
        "Please do not write your name on it. You can use a mark or a color.",
        (
            "What you write is yours. Show it only to people you trust. Is it not safe to have it at home? "
            "Ask your counselor where to keep it."
        ),
        "new sheet",
        "## What is inside",
        "| Part | Page | When we use it",
        "| Part 1 | My chain | [RP] Week 1: Mon, Jan 4 / Week 3: Mon, Jan 18",
        "| Part 2 | My people | [RP] Week 2: Mon, Jan 11",
        "### Ask your counselor",
        "Your counselor has these pages:",
        "- Book",
        "These pages are for your family:",
        "- For families",
        "Some pages stay at the clinic. You can see them there.",
        "new sheet",
        "## My progress",
        "Check the box when you did the part. No one grades it.",
        "### Week 1",
        "| Day and group | I did it | What I take from it",
        "| [RP] Mon, Jan 4 / Cravings | Part 1 | ",
        "### Week 2",
        "| Day and group | I did it | What I take from it",
        "| [RP] Mon, Jan 11 / Group | Part 2 | ",
        "### Week 3",
        "| Day and group | I did it | What I take from it",
        "| [RP] Mon, Jan 18 / Cravings | Part 1 | ",
        "new sheet",
        "### Skills I can use now",
        "lines: 5",
        "### How sure I am that I can do what I plan",
        "When I start this workbook (0 is not at all, 10 is very sure):",
        "scale: 0 to 10",
        "When I end it:",
        "scale: 0 to 10",
        "new part: Part 1",
        "its footer: RP-01a · version 1 · draft, not yet reviewed by a clinician",
        "its footer: Crisis: call or text 988.",
        "## [RP] My chain",
        "purpose: Use this page to draw.",
        "### Draw it",
        "Draw.",
        "new part: Part 2",
        "its footer: RP-02b · version 1 · draft, not yet reviewed by a clinician",
        "its footer: Crisis: call or text 988.",
        "## [RP] My people",
        "purpose: Use this page to draw.",
        "### Draw it",
        "Draw.",
        "footer: workbook · version 1 · draft, not yet reviewed by a clinician",
        "footer: Crisis: call or text 988.",
    ]


def test_neither_a_handout_that_stays_on_site_nor_its_topic_is_named(shown: Shown) -> None:
    lines = shown(workbook(Case(made(), PROGRAM, PLAN), 1))
    assert [text for text in lines if "My way out" in text or "Not safe" in text] == []


def test_the_last_workbook_may_be_shorter(shown: Shown) -> None:
    assert workbook_weeks(PLAN) == (range(1, 5), range(5, 6))
    lines = shown(workbook(Case(made(), PROGRAM, PLAN), 2))
    assert "## Week 5: February 1 to February 7, 2027" in lines
    assert [text for text in lines if text.startswith("| [RP]")] == ["| [RP] Mon, Feb 1 / Group | Part 1 | "]


def test_weeks_that_cross_the_new_year_say_both_years(shown: Shown) -> None:
    program = small.program("| day |\n| mon |", start=small.MONDAY.replace(year=2026, month=12, day=21))
    plan = small.plan(program, "| mon-1 |\n| RP-01 |\n| RP-01 |")
    lines = shown(workbook(Case(made(), program, plan), 1))
    assert lines[2] == "## Weeks 1 to 2: December 21, 2026 to January 3, 2027"


def test_a_workbook_that_the_plan_has_not_is_refused() -> None:
    with pytest.raises(NotFound, match=r"^no workbook '3' — there are: 1, 2$"):
        workbook(Case(made(), PROGRAM, PLAN), 3)


def test_weeks_without_groups_say_so(shown: Shown) -> None:
    sessions = tuple(each.model_copy(update={"state": "cancelled"}) for each in PLAN.sessions)
    lines = shown(workbook(Case(made(), PROGRAM, replace(PLAN, sessions=sessions)), 1))
    assert [text for text in lines if text.startswith("No ")] == [
        "No page is used in these weeks.",
        "No group meets in these weeks.",
    ]
    assert [text for text in lines if text.startswith(("|", "### Ask"))] == []


def test_a_group_without_a_page_has_no_box_to_check(shown: Shown) -> None:
    program = small.program("| day |\n| mon |\n| mon |", weeks=1)
    plan = small.plan(program, "| mon-1 | mon-2 |\n| RP-01 | - |")
    lines = shown(workbook(Case(made(), program, plan), 1))
    assert "| [RP] Mon, Jan 4 / Group, no topic yet | No page | " in lines


@pytest.mark.parametrize(("show", "expected"), [(True, ["Evening", "footer: Riverside"]), (False, [])])
def test_the_program_is_named_only_where_the_clinic_may_be(
    show: bool, expected: list[str], shown: Shown
) -> None:
    program = PROGRAM.model_copy(update={"clinic": Clinic(name="Riverside", show_name=show)})
    lines = shown(workbook(Case(made(), program, PLAN), 1))
    assert [text for text in lines if text in ("Evening", "footer: Riverside")] == expected


def test_a_program_of_all_ages_gets_the_pages_of_all_ages() -> None:
    page = workbook(Case(made(), PROGRAM.model_copy(update={"ages": "both"}), PLAN), 1)
    footers = [block.footer[0] for block in page.blocks if isinstance(block, NewPart)]
    assert [footer.split()[0] for footer in footers] == ["RP-01a", "RP-01d", "RP-02b"]


@pytest.mark.parametrize("language", ["en", "es"])
def test_what_the_workbook_says_of_itself_is_plain_and_kind(language: str, real: Curriculum) -> None:
    page = workbook(Case(made(), PROGRAM, PLAN), 1, language=language)
    ours = takewhile(lambda block: not isinstance(block, NewPart), page.blocks)
    lines = [each for block in ours for each in _said(block)]
    units = [Unit(plain(text), Place("workbook"), kind) for text, kind in lines]
    terms = [term.term for term in real.glossary if term.language == language]
    found = [*check_reading(units, "handout", language, terms), *check_wording(units, real.wording)]
    assert [str(each) for each in found] == []


def _said(block: Block) -> list[tuple[Line, UnitKind]]:
    if isinstance(block, Heading):
        return [(line(block.text), "heading")]
    if isinstance(block, Paragraph):
        return [(block.text, "paragraph")]
    return [(item, "item") for item in block.items] if isinstance(block, ItemList) else []


SPANISH = """
    | kind    | id     | title     |
    | topic   | RP-01  | Las ganas |
    | handout | RP-01a | Mi cadena |
    | handout | RP-02b | Mi gente  |
"""


def test_a_spanish_workbook_binds_what_is_translated_and_names_the_rest(shown: Shown) -> None:
    sheets = {"en/RP-01a": TEXT, "en/RP-02b": TEXT, "es/RP-02b": TEXT}
    lines = shown(workbook(Case(made(titles=SPANISH, sheets=sheets), PROGRAM, PLAN), 1, language="es"))
    assert lines[2] == "## Semanas 1 a 4: del 4 de enero al 31 de enero de 2027"
    start = lines.index("## Qué hay adentro")
    assert lines[start : start + 11] == [
        "## Qué hay adentro",
        "| Parte | Hoja | Cuándo la usamos",
        "| Parte 1 | Mi gente | [RP] Semana 2: lun, 11 de ene",
        "### Pregunte a su consejero o consejera",
        "Su consejero o consejera tiene estas hojas:",
        "- Book",
        "Estas hojas aún no están en español. Puede pedirlas en inglés:",
        "- Mi cadena",
        "Estas hojas son para su familia:",
        "- For families",
        "Algunas hojas se quedan en la clínica. Puede verlas ahí.",
    ]
    assert "| [RP] Lun, 4 de ene / Las ganas | Sin hoja | " in lines


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_workbook_of_the_real_curriculum_counts_its_parts_from_1(
    language: str,
    real: Curriculum,
    evening: Program,
    turns: Plan,
    heading_levels: Callable[[Page], list[int]],
) -> None:
    page = workbook(Case(real, evening, turns), 1, language=language)
    assert heading_levels(page).count(1) == 1
    parts = [block for block in page.blocks if isinstance(block, NewPart)]
    word = {"en": "Part", "es": "Parte"}[language]
    assert [part.label for part in parts] == [f"{word} {number}" for number in range(1, len(parts) + 1)]
    contents = next(block for block in page.blocks if getattr(block, "kind", "") == "plain")
    assert [plain(row[0].lines[0]) for row in contents.rows] == [part.label for part in parts]  # type: ignore[union-attr]  # tables alone are plain
    codes = [part.footer[0].split()[0] for part in parts]
    assert len(set(codes)) == len(codes) > 5
    assert all("988" in part.footer[1] for part in parts)
    assert all(isinstance(later, NewPart) is False for each, later in pairwise(page.blocks) if each in parts)


def test_a_group_that_two_tracks_have_on_a_day_stands_there_once(shown: Shown) -> None:
    program = small.program(
        "| day | track |\n| mon | am |\n| mon | pm |\n| tue | am |\n| wed | pm |", weeks=1
    )
    plan = small.plan(program, "| mon-1 | mon-2 | tue-1 | wed-1 |\n| RP-01 | RP-01 | RP-02 | RP-02 |")
    lines = shown(workbook(Case(made(), program, plan), 1))
    first = lines.index("### Week 1") + 2
    assert [each.split(" | ")[0] for each in lines[first : first + 4]] == [
        "| [RP] Mon, Jan 4 / Cravings",
        "| [RP] Tue, Jan 5 / Group",
        "| [RP] Wed, Jan 6 / Group",
        "new sheet",
    ]
