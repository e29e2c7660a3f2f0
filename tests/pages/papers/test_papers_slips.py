from __future__ import annotations

from collections.abc import Callable

from lib import small

from iop_sessions.blocks import Page
from iop_sessions.pages.papers import certificate, check_in_slip, feedback_slip, weekend_plan

Shown = Callable[[Page], list[str]]
PROGRAM = small.program("| day |\n| mon |", title="Evening", paper="a4")
CURRICULUM = small.curriculum(help_lines="| name | call |\n| crisis | Crisis: call or text 988. |")


def test_four_check_in_slips_ask_for_craving_and_mood_and_no_name(shown: Shown) -> None:
    page = check_in_slip(CURRICULUM, PROGRAM, large_print=True)
    slip = [
        "## How I am right now",
        "| Check a box | 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10",
        "| My craving (0 is none) |  |  |  |  |  |  |  |  |  |  | ",
        "| My mood (0 is very low) |  |  |  |  |  |  |  |  |  |  | ",
        "Is your craving 7 or more, or your mood very low? Tell staff today.",
    ]
    assert shown(page) == [
        "# Check-in slips",
        "purpose: Use a slip to say how you are. Write no name.",
        *slip * 4,
        "footer: check-in-slip · version 1 · draft, not yet reviewed by a clinician",
        "footer: Crisis: call or text 988.",
    ]
    assert (page.kind, page.paper, page.large_print) == ("handout", "a4", True)


def test_a_feedback_slip_asks_five_questions_from_0_to_10(shown: Shown) -> None:
    assert shown(feedback_slip(CURRICULUM, PROGRAM)) == [
        "# How was group today?",
        "purpose: Tell us what you think. Write no name. 0 is not at all, 10 is very much.",
        "How safe did you feel in group today?",
        "scale: 0 to 10",
        "How clear were the words and the pages?",
        "scale: 0 to 10",
        "How much did you get to try or practice?",
        "scale: 0 to 10",
        "How much will this help you this week?",
        "scale: 0 to 10",
        "How much do you want to come to the next group?",
        "scale: 0 to 10",
        "What should we change or keep?",
        "lines: 2",
        "footer: feedback-slip · version 1 · draft, not yet reviewed by a clinician",
        "footer: Crisis: call or text 988.",
    ]


def test_a_weekend_plan_has_three_days_an_example_of_a_risky_hour_and_people_to_call(shown: Shown) -> None:
    assert shown(weekend_plan(CURRICULUM, PROGRAM)) == [
        "# My weekend plan",
        "note: Draft, not yet reviewed by a clinician.",
        "purpose: Use this page to plan a weekend that keeps you safe.",
        "## Where I will be, and with whom",
        "| Time | Friday | Saturday | Sunday",
        "| Morning |  |  | ",
        "| Midday |  |  | ",
        "| Afternoon |  |  | ",
        "| Evening |  |  | ",
        "| Night |  |  | ",
        "## My risky hours",
        "| A risky hour | What I will do then | Who can be with me",
        "| Saturday at 9 pm | See a film | My brother",
        "|  |  | ",
        "|  |  | ",
        "## Whom I can call",
        "| Person | Phone number",
        "|  | ",
        "|  | ",
        "box remember: To remember",
        "- A craving passes. Call before you go, not after.",
        "- After a break, your old amount can kill you. Keep naloxone near.",
        "footer: weekend-plan · version 1 · draft, not yet reviewed by a clinician",
        "footer: Crisis: call or text 988.",
    ]


def test_a_certificate_tells_attendance_only_and_nothing_that_tells_of_a_diagnosis(shown: Shown) -> None:
    assert shown(certificate(PROGRAM)) == [
        "# Certificate of attendance",
        "The person named here came to the groups counted here.",
        "| About | Filled in by the program",
        "| Name | ",
        "| First day | ",
        "| Last day | ",
        "| Groups attended | ",
        "| Hours attended | ",
        "| Program | ",
        "box note: ",
        "Attendance only; not a clinical opinion or a court report.",
        "## Signed by staff",
        "| Printed name and credential | Signature | Date",
        "|  |  | ",
        "|  |  | ",
        "footer: Certificate of attendance",
    ]


def test_a_certificate_names_the_clinic_where_the_program_lets_it() -> None:
    program = small.program("| day |\n| mon |", clinic={"name": "Riverside", "show_name": True})
    assert certificate(program).footer == ("Certificate of attendance", "Riverside")
    hidden = small.program("| day |\n| mon |", clinic={"name": "Riverside", "show_name": False})
    assert certificate(hidden).footer == ("Certificate of attendance",)
