"""The run sheet says what the last group of a kind was about, and its task."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from iop_sessions.curriculum.markdown import read_guide
from iop_sessions.ground.blocks import Page, plain
from iop_sessions.pages.guide import guide_page
from iop_sessions.pages.last_time import last_time
from iop_sessions.pages.packet import leader_packet
from iop_sessions.pages.papers.substitute_brief import substitute_brief
from tests.lib import small

Shown = Callable[[Page], list[str]]
GUIDE = """## 1 Check-in

**Do.** Welcome people.

## 2 Review of take-home

**Do.** Review the last task of this group.

## Take-home and how to review it

The task is one call. If nobody did it, call together.
"""
CURRICULUM = small.curriculum(
    group_types="""
        | group_type | title              | needs_topic |
        | RP         | Relapse prevention | yes         |
        | SD         | Skills             | yes         |
    """,
    topics="""
        | topic_id | title    | group_type |
        | RP-01    | Cravings | RP         |
        | RP-02    | Cues     | RP         |
        | SD-01    | Day      | SD         |
    """,
    segments="""
        | topic_id | order | minutes | kind     | title               | activity | must_do |
        | RP-02    | 1     | 10      | check-in | Check-in            | Go round | no      |
        | RP-02    | 2     | 50      | review   | Review of take-home | Look     | no      |
    """,
    guides={f"en/{name}": read_guide(GUIDE, f"{name}.md")[0] for name in ("RP-01", "RP-02")},
)
PROGRAM = small.program("| day | group_type |\n| mon | RP |\n| tue | SD |\n| wed | RP |", weeks=1)
PLAN = small.plan(PROGRAM, "| mon-1 | tue-1 | wed-1 |\n| RP-01 | SD-01 | RP-02 |")
TASK = "The task is one call. If nobody did it, call together."


def test_the_leader_s_run_sheet_and_the_brief_print_topic_and_task_of_the_last_group_of_the_kind(
    shown: Shown,
) -> None:
    wednesday = PLAN.sessions[2]
    packet = shown(leader_packet(CURRICULUM, PROGRAM, [wednesday], every=PLAN.lived))
    assert f"| Last time | Mon, Jan 4: RP-01 Cravings. {TASK}" in packet
    brief = shown(substitute_brief(CURRICULUM, PROGRAM, wednesday, every=PLAN.lived))
    assert f"small: Last time, Mon, Jan 4: RP-01 Cravings. {TASK}" in brief


def test_without_a_plan_and_in_a_first_group_the_line_is_the_guide_s_own(shown: Shown) -> None:
    alone = "\n".join(shown(guide_page(CURRICULUM, None, "RP-02", 60)))
    assert "Last time" not in alone
    assert "Review the last task of this group." in alone
    assert last_time(CURRICULUM, PLAN.lived, PLAN.sessions[0]) == ()


def test_a_group_that_was_not_held_is_not_the_last_one() -> None:
    gone = replace(
        PLAN, sessions=(PLAN.sessions[0].model_copy(update={"state": "not held"}), *PLAN.sessions[1:])
    )
    assert last_time(CURRICULUM, gone.lived, PLAN.sessions[2]) == ()
    assert plain(last_time(CURRICULUM, PLAN.lived, PLAN.sessions[2], "es")).startswith("lun, 4 de ene: RP-01")
