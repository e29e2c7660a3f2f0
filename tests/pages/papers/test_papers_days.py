from __future__ import annotations

from collections.abc import Callable

from lib import small

from iop_sessions.blocks import Page, Table
from iop_sessions.pages.papers import first_day_sheet, group_agreement, last_day_sheet
from iop_sessions.pages.papers.timetable import timetable

Shown = Callable[[Page], list[str]]
PROGRAM = small.program("| day |\n| mon |\n| mon |\n| wed |", clinic={"after_hours": "555-0100"})
CURRICULUM = small.curriculum(
    help_lines="""
        | name      | call                              | text      |
        | emergency | Overdose or danger: call 911.     |           |
        | crisis    | Crisis: call or text 988.         | Text 988. |
    """
)


def test_the_first_day_says_what_happens_when_groups_meet_and_what_stays_private(shown: Shown) -> None:
    assert shown(first_day_sheet(CURRICULUM, PROGRAM)) == [
        "# Your first day",
        "note: Draft, not yet reviewed by a clinician.",
        "purpose: Use this page to know what happens today and what stays private.",
        "## What happens today",
        "1. You meet one to one with a counselor. You talk about how to stay safe.",
        "1. You make a plan for tonight.",
        "1. You join your first group. You can just listen, and you can pass at any time.",
        "1. You learn when you come next.",
        "| About today | Write it here",
        "| Where we meet | ",
        "| My counselor | ",
        "| My next group | ",
        "| My ride home | ",
        "## When groups meet",
        "| Day | Groups | Breaks",
        "| Monday | 5:30 to 7:40 pm | 6:30 to 6:40 pm",
        "| Wednesday | 5:30 to 6:30 pm | None",
        "Do you need a break sooner? Tell the leader.",
        "## What to bring",
        "[ ] Your ID and your insurance card, if you have them",
        "[ ] A list of the medicines you take",
        "[ ] Your glasses or hearing aids",
        "[ ] The name of a person we may call, if you want us to",
        "## What stays private",
        "- By law, staff keep private what you say and that you come here.",
        "- Members and guests are asked to do so too. We cannot promise that they will.",
        "### When staff must or may speak",
        "- Staff must report it if a child may be hurt or neglected.",
        "- If you or someone else is in danger, staff act as the law allows.",
        "- In a health emergency, or by a court order, the law lets staff share some facts.",
        "- Staff may report a crime, or a threat of one, here or against staff.",
        "Other reports that our state asks of us:",
        "lines: 2",
        "box remember: Help at any hour",
        "- Overdose or danger: call 911.",
        "- Crisis: call or text 988.",
        "- After hours: 555-0100.",
        "footer: first-day · version 1 · draft, not yet reviewed by a clinician",
        "footer: Overdose or danger: call 911. Crisis: call or text 988. After hours: 555-0100.",
    ]


def test_the_last_day_warns_of_the_old_amount_and_leaves_room_for_the_care_to_come(shown: Shown) -> None:
    assert shown(last_day_sheet(CURRICULUM, PROGRAM)) == [
        "# Your plan after today",
        "note: Draft, not yet reviewed by a clinician.",
        "purpose: Use this page to know who helps you next, and when.",
        "box warning: Your old amount can kill you",
        (
            "After time without use, your body can take less. The amount you used before can stop "
            "your breath. Keep your naloxone near. Tell a person where you keep it."
        ),
        "## My care from here",
        "| What | Day and time | Who, where, phone",
        "| My counselor or group |  | ",
        "| My doctor or nurse |  | ",
        "| My medicines |  | ",
        "| My mutual help group |  | ",
        "| Other |  | ",
        (
            "Do not stop your medicine on your own. Do not stop alcohol or pills for nerves or sleep "
            "all at once. Ask a doctor or nurse first."
        ),
        "## My people",
        "| Person | Phone number | Good for",
        "|  |  | ",
        "|  |  | ",
        "box remember: If I use again",
        "- Do not stay alone. Tell someone what you took.",
        "- Someone will not wake up or breathes slowly? Call 911. Give naloxone and stay.",
        "- Call us. You can come back.",
        "- Overdose or danger: call 911. Crisis: call or text 988. After hours: 555-0100.",
        "footer: last-day · version 1 · draft, not yet reviewed by a clinician",
        "footer: Overdose or danger: call 911. Crisis: call or text 988. After hours: 555-0100.",
    ]


def test_the_agreement_has_the_limits_of_privacy_and_lines_to_sign(shown: Shown) -> None:
    assert shown(group_agreement(CURRICULUM, PROGRAM)) == [
        "# Our group agreement",
        "note: Draft, not yet reviewed by a clinician.",
        "purpose: Use this page to see what we ask of you, and what stays private.",
        "## What I agree to",
        "- I keep to myself who is here and what they say.",
        "- I come on time, with my phone away. I use kind words.",
        "- I can pass at any time. No one has to tell how they used.",
        "- I bring no weapons, alcohol or street drugs.",
        "- If I use, I tell staff and come back. If I am not safe, I tell staff before I leave.",
        "## What stays private",
        "- By law, staff keep private what you say and that you come here.",
        "- Members and guests are asked to do so too. We cannot promise that they will.",
        "### When staff must or may speak",
        "- Staff must report it if a child may be hurt or neglected.",
        "- If you or someone else is in danger, staff act as the law allows.",
        "- In a health emergency, or by a court order, the law lets staff share some facts.",
        "- Staff may report a crime, or a threat of one, here or against staff.",
        "Other reports that our state asks of us:",
        "lines: 2",
        "## Signed",
        "| Who signs | Signature | Date",
        "| Group member |  | ",
        "| Staff |  | ",
        "small: You get a copy. Staff keep the signed page with patient records.",
        "footer: group-agreement · version 1 · draft, not yet reviewed by a clinician",
        "footer: Overdose or danger: call 911. Crisis: call or text 988. After hours: 555-0100.",
    ]


def test_a_reviewed_page_says_who_read_it_and_no_longer_that_it_is_a_draft(shown: Shown) -> None:
    curriculum = small.curriculum(
        reviews="""
            | kind    | id       | state    | credential | reviewed_on |
            | handout | last-day | reviewed | LCSW       | 2026-12-01  |
        """
    )
    lines = shown(last_day_sheet(curriculum, PROGRAM))
    assert lines[1] == "purpose: Use this page to know who helps you next, and when."
    assert lines[-2] == "footer: last-day · version 1 · reviewed by LCSW, 2026-12-01"


def test_a_program_without_help_lines_has_no_empty_box(shown: Shown) -> None:
    program = small.program("| day |\n| mon |")
    assert shown(first_day_sheet(small.curriculum(), program))[-2:] == [
        "lines: 2",
        "footer: first-day · version 1 · draft, not yet reviewed by a clinician",
    ]


def hours(table: Table) -> list[tuple[str, ...]]:
    return [tuple(cell.text for cell in row) for row in table.rows]


def test_groups_side_by_side_count_once_and_leave_no_break() -> None:
    program = small.program(
        "| day | start | minutes |\n| wed | 9:00 | 90 |\n| wed | 9:30 | 30 |\n| wed | 10:30 | 60 |"
    )
    assert hours(timetable(program)) == [("Wednesday", "9:00 to 11:30 am", "None")]


def test_a_long_gap_parts_a_day_in_two() -> None:
    program = small.program(
        "| day | start |\n| fri | 17:30 |\n| fri | 10:00 |\n| fri | 11:10 |\n| mon | 11:30 |"
    )
    assert hours(timetable(program)) == [
        ("Monday", "11:30 am to 12:30 pm", "None"),
        ("Friday", "10:00 am to 12:10 pm\n5:30 to 6:30 pm", "11:00 to 11:10 am"),
    ]
