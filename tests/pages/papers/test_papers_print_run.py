from __future__ import annotations

from collections.abc import Callable

from lib import small

from iop_sessions.blocks import Page
from iop_sessions.markdown import read_handout
from iop_sessions.pages.papers import print_run

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
    assert shown(print_run(CURRICULUM, PROGRAM, PLAN, 1)) == [
        "# Print run, week 1",
        "## Monday, January 4, 2027",
        "| Group at | Handout | Language | Size | Copies",
        "| 5:30 pm | RP-01a My chain | English | standard | 24",
        "| 5:30 pm | RP-01a My chain | English | large print | 2",
        "## Wednesday, January 6, 2027",
        "| Group at | Handout | Language | Size | Copies",
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
        "footer: Evening · week 1 of 1 · plan from January 4, 2027",
    ]


def test_a_program_without_large_print_has_no_row_for_it(shown: Shown) -> None:
    program = PROGRAM.model_copy(update={"census": PROGRAM.census.model_copy(update={"large_print": 0})})
    assert not [text for text in shown(print_run(CURRICULUM, program, PLAN, 1)) if "large print" in text]


def test_a_cancelled_session_needs_no_copies_and_a_week_without_handouts_says_so(shown: Shown) -> None:
    plan = small.changed(PLAN, "2027-01-04-mon-1", state="cancelled")
    plan = small.changed(plan, "2027-01-06-wed-1", topic_id="")
    assert shown(print_run(CURRICULUM, PROGRAM, plan, 1)) == [
        "# Print run, week 1",
        "No handout is used this week.",
        "footer: Evening · week 1 of 1 · plan from January 4, 2027",
    ]
