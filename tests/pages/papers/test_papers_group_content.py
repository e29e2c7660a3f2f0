from __future__ import annotations

from collections.abc import Callable
from datetime import time

import pytest
from lib import small

from iop_sessions.blocks import Page
from iop_sessions.errors import NotFound
from iop_sessions.pages.papers import group_content
from iop_sessions.pages.papers.group_content import content_words

Shown = Callable[[Page], list[str]]
PROGRAM = small.program("| day | lead |\n| mon | F1 |\n| mon | |\n| wed | |", title="Evening", weeks=1)
CURRICULUM = small.curriculum(
    group_types="""
        | group_type | title              | needs_topic |
        | RP         | Relapse prevention | yes         |
        | OG         | Open group         | no          |
    """,
    topics="| topic_id | title | aim | format |\n| RP-01 | Cravings | Draw your chain. | discussion |",
    segments="""
        | topic_id | order | minutes | kind     | title    |
        | RP-01    | 1     | 10      | check-in | Check-in |
        | RP-01    | 2     | 10      | break    | Break    |
        | RP-01    | 3     | 40      | practice | Draw it  |
    """,
    handouts="| handout_id | title |\n| RP-01a | My chain |",
    topic_handouts="| topic_id | handout_id |\n| RP-01 | RP-01a |",
)
PLAN = small.plan(PROGRAM, "| mon-1 | mon-2 | wed-1 |\n| RP-01 | - | - |")
PLAN = small.changed(PLAN, "2027-01-04-mon-2", group_type="OG")
PLAN = small.changed(PLAN, "2027-01-06-wed-1", state="cancelled", reason="Snow")


def test_each_session_of_the_week_gets_a_neutral_paragraph(shown: Shown) -> None:
    assert shown(group_content(CURRICULUM, PROGRAM, PLAN, 1)) == [
        "# Group content, week 1",
        (
            "note: For use once the group took place: change what went another way. What a client "
            "said or did goes into that client's own note."
        ),
        "## [RP] Mon, Jan 4, 5:30 to 6:30 pm: Cravings",
        (
            "On Monday, January 4, 2027, 5:30 to 6:30 pm, a relapse prevention group covered "
            '"Cravings". It lasted 60 minutes. Aim: Draw your chain. Parts: Check-in; Draw it. '
            "Methods: guided discussion, practice. Handout given: RP-01a, My chain. Led by F1."
        ),
        "## [OG] Mon, Jan 4, 6:40 to 7:40 pm: Open group",
        "On Monday, January 4, 2027, 6:40 to 7:40 pm, an open group was held. It lasted 60 minutes.",
        "## [RP] Wed, Jan 6, 5:30 to 6:30 pm: Relapse prevention, no topic yet",
        "On Wednesday, January 6, 2027, 5:30 to 6:30 pm, the relapse prevention group was not held.",
        "footer: Evening · week 1 of 1 · plan from January 4, 2027",
    ]


def test_a_session_held_in_part_says_how_long_it_was_and_calls_its_parts_planned() -> None:
    partly = PLAN.sessions[0].model_copy(update={"state": "partly", "held_minutes": 40})
    assert content_words(CURRICULUM, partly) == (
        'On Monday, January 4, 2027, 5:30 to 6:30 pm, a relapse prevention group covered "Cravings". '
        "It lasted 40 minutes. Aim: Draw your chain. Parts planned: Check-in; Draw it. "
        "Methods: guided discussion, practice. Handout given: RP-01a, My chain. Led by F1."
    )


def test_a_session_over_noon_names_both_halves_of_the_day() -> None:
    noon = PLAN.sessions[1].model_copy(update={"start": time(11, 30), "end": time(12, 30)})
    assert content_words(CURRICULUM, noon) == (
        "On Monday, January 4, 2027, 11:30 am to 12:30 pm, an open group was held. It lasted 60 minutes."
    )


def test_a_week_that_the_plan_has_not_is_refused() -> None:
    with pytest.raises(NotFound, match=r"^no week '2' — there are: 1$"):
        group_content(CURRICULUM, PROGRAM, PLAN, 2)
