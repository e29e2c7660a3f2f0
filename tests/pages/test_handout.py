from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from iop_sessions.curriculum.library import Curriculum
from iop_sessions.curriculum.markdown import read_handout
from iop_sessions.curriculum.passages import Document
from iop_sessions.ground.blocks import Page
from iop_sessions.ground.errors import NotFound
from iop_sessions.pages.handout import handout_page
from tests.lib import small

Shown = Callable[[Page], list[str]]
SHEET = """+++
purpose = "Use this page to see how your own craving starts."
+++

## Why it matters

A craving passes.

## My plan

- [ ] I call a friend.

{lines 2}

::: remember
It passes.
:::

## Before next time

{scale 0-10}
"""
HELP = """
    | name      | language | call                                | text                 |
    | emergency | en       | Overdose or danger: call 911.       |                      |
    | crisis    | en       | Crisis: call or text 988.           | Text 988.            |
    | emergency | es       | Sobredosis o peligro: llame al 911. |                      |
    | crisis    | es       | Crisis: llame al 988 y oprima 2.    | Envíe AYUDA al 988.  |
"""
PROGRAM = small.program("| day |\n| mon |")


def sheets(handouts: str, **tables: object) -> Curriculum:
    document, _ = read_handout(SHEET, "RP-01a.md")
    return small.curriculum(
        group_types="| group_type | color |\n| RP | #1F4E79 |",
        topics="| topic_id | group_type |\n| RP-01 | RP |",
        topic_handouts="| topic_id | handout_id |\n| RP-01 | RP-01a |",
        handouts=handouts,
        help_lines=HELP,
        sheets={"en/RP-01a": document, "es/RP-01a": document},
        **tables,
    )


def test_a_handout_says_title_purpose_text_and_whom_to_call(shown: Shown) -> None:
    page = handout_page(
        sheets("| handout_id | title |\n| RP-01a | How a craving starts |"), PROGRAM, "RP-01a"
    )
    assert shown(page) == [
        "# [RP] How a craving starts",
        "purpose: Use this page to see how your own craving starts.",
        "## Why it matters",
        "A craving passes.",
        "## My plan",
        "[ ] I call a friend.",
        "lines: 2",
        "box remember: To remember",
        "It passes.",
        "## Before next time",
        "scale: 0 to 10",
        "footer: RP-01a · version 1 · draft, not yet reviewed by a clinician",
        "footer: Overdose or danger: call 911. Crisis: call or text 988.",
    ]
    assert (page.kind, page.language, page.paper, page.color) == ("handout", "en-US", "letter", "#1F4E79")


def test_a_safety_handout_in_draft_says_so_under_its_title(shown: Shown) -> None:
    page = handout_page(sheets("| handout_id | safety |\n| RP-01a | yes |"), None, "RP-01a")
    assert shown(page)[:2] == ["# [RP] A sheet", "note: Draft, not yet reviewed by a clinician."]


def test_a_reviewed_safety_handout_names_its_reviewer_in_the_footer_only(shown: Shown) -> None:
    reviews = """
        | kind    | id     | state    | credential | reviewed_on |
        | handout | RP-01a | reviewed | LCSW       | 2027-01-02  |
    """
    page = handout_page(sheets("| handout_id | safety |\n| RP-01a | yes |", reviews=reviews), None, "RP-01a")
    assert shown(page)[1].startswith("purpose: ")
    assert page.footer[0] == "RP-01a · version 1 · reviewed by LCSW, 2027-01-02"


def test_a_review_of_another_version_leaves_the_handout_a_draft() -> None:
    reviews = """
        | kind    | id     | version | state    | credential | reviewed_on |
        | handout | RP-01a | 2       | reviewed | LCSW       | 2027-01-02  |
    """
    page = handout_page(sheets("| handout_id |\n| RP-01a |", reviews=reviews), None, "RP-01a")
    assert page.footer[0] == "RP-01a · version 1 · draft, not yet reviewed by a clinician"


@pytest.mark.parametrize(
    ("digest", "state"),
    [
        ("a" * 64, "reviewed by LCSW, 2027-01-02"),
        ("b" * 64, "draft, not yet reviewed by a clinician"),
        ("", "draft, not yet reviewed by a clinician"),
    ],
)
def test_a_review_holds_for_the_text_that_was_read_alone(digest: str, state: str) -> None:
    reviews = f"""
        | kind    | id     | state    | credential | reviewed_on | sha256   |
        | handout | RP-01a | reviewed | LCSW       | 2027-01-02  | {digest} |
    """
    curriculum = sheets("| handout_id |\n| RP-01a |", reviews=reviews)
    texts = {"en/RP-01a": Document("RP-01a.md", digest="a" * 64)}
    page = handout_page(replace(curriculum, sheets=texts), None, "RP-01a")
    assert page.footer[0] == f"RP-01a · version 1 · {state}"


def test_the_clinic_s_line_is_printed_where_it_is_set_and_its_name_only_where_it_may_stand() -> None:
    curriculum = sheets("| handout_id |\n| RP-01a |")
    clinic = {"name": "Harbor Clinic", "after_hours": "call 555-0100"}
    quiet = small.program("| day |\n| mon |", clinic=clinic)
    named = small.program("| day |\n| mon |", clinic={**clinic, "show_name": True}, paper="a4")
    help_line = "Overdose or danger: call 911. Crisis: call or text 988. After hours: call 555-0100."
    assert handout_page(curriculum, quiet, "RP-01a").footer[1:] == (help_line,)
    assert handout_page(curriculum, named, "RP-01a").footer[1:] == (help_line, "Harbor Clinic")
    assert handout_page(curriculum, named, "RP-01a").paper == "a4"


def test_a_spanish_handout_gives_the_spanish_lines() -> None:
    page = handout_page(sheets("| handout_id |\n| RP-01a |"), None, "RP-01a", "es")
    assert page.language == "es-US"
    assert page.footer == (
        "RP-01a · versión 1 · borrador, aún sin revisión clínica",
        "Sobredosis o peligro: llame al 911. Crisis: llame al 988 y oprima 2. Envíe AYUDA al 988.",
    )


def test_a_wrong_handout_is_named_with_the_nearest_right_one() -> None:
    with pytest.raises(NotFound, match=r"^no handout 'RP-01b' — did you mean 'RP-01a'\?$"):
        handout_page(sheets("| handout_id |\n| RP-01a |"), None, "RP-01b")


def test_a_handout_without_text_is_named() -> None:
    curriculum = small.curriculum(handouts="| handout_id | kind |\n| MX-01a | external |")
    with pytest.raises(NotFound, match=r"^no handout text 'en/MX-01a' — there are none yet$"):
        handout_page(curriculum, None, "MX-01a")


def test_large_print_is_asked_for_by_the_caller() -> None:
    curriculum = sheets("| handout_id |\n| RP-01a |")
    assert handout_page(curriculum, PROGRAM, "RP-01a", large_print=True).large_print
    assert not handout_page(curriculum, PROGRAM, "RP-01a").large_print


def test_a_translation_has_its_own_title_and_is_a_draft_again_when_the_english_changed() -> None:
    reviews = """
        | kind    | id     | language | state    | credential | reviewed_on |
        | handout | RP-01a | es       | reviewed | LCSW       | 2027-01-02  |
    """
    titles = "| kind | id | language | title |\n| handout | RP-01a | es | Una hoja |"
    for digest, state in (("a" * 64, "revisado por LCSW, 2027-01-02"), ("b" * 64, "borrador")):
        english = Document("RP-01a.md", digest=digest)
        spanish = Document("RP-01a.md", translated_from="a" * 64)
        texts = {"en/RP-01a": english, "es/RP-01a": spanish}
        curriculum = replace(
            sheets("| handout_id |\n| RP-01a |", reviews=reviews, titles=titles), sheets=texts
        )
        page = handout_page(curriculum, None, "RP-01a", "es")
        assert page.title == "Una hoja"
        assert page.footer[0].startswith(f"RP-01a · versión 1 · {state}")
