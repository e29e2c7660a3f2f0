"""Every constraint and promise has its own test file, and the judge checks what it means."""

from __future__ import annotations

import re
from pathlib import Path

from iop_sessions import judge
from iop_sessions.judge.pricing import FLAWS
from iop_sessions.planning import search
from iop_sessions.planning.rules.constraints import CONSTRAINTS, Constraint
from iop_sessions.planning.rules.promises import promise_core
from iop_sessions.planning.rules.wishes import WEEK_WISHES
from iop_sessions.program.settings import Weights

JUDGED_BY = {
    "OneTopicPerMeeting": {"check_every_meeting_is_there", "check_no_session_is_foreign"},
    "Spacing": {"check_spacing"},
    "SeriesInOrder": {"check_series"},
    "TriggerContentMidDay": {"check_trigger_content"},
    "CalendarTie": {"check_calendar_ties"},
    "CohortOrder": {"check_cohort_order"},
    "CohortOpensAndCloses": {"check_cohort_opens_and_closes"},
    "TracksInStep": {"check_tracks_in_step"},
    "TopicsInSequence": {"check_topics_in_sequence"},
}
# What the planner takes from the calendar and the board, and cannot break.
GIVEN = {
    "check_no_session_moved", "check_nothing_meets_on_a_closed_day", "check_rows_agree_with_their_slot",
    "check_topics_exist_and_fit", "check_sessions_end_after_their_start", "check_held_minutes",
    "check_make_ups_make_up_for_a_group",
    "check_groups_do_not_overlap", "check_no_row_is_gone", "check_nothing_meets_outside_a_half_day",
}  # fmt: skip
# What staffing keeps once the topics are chosen: test_staffing.py lets the judge look at every rota.
STAFFED = {
    "check_leaders_exist", "check_leaders_are_at_work", "check_leaders_lead_the_group_type",
    "check_somebody_may_lead", "check_somebody_leads_make_ups", "check_nobody_leads_two_sessions_at_once",
    "check_no_room_holds_two_sessions_at_once", "check_nobody_leads_too_many_groups",
    "check_rooms_exist_and_are_open", "check_rooms_fit",
}  # fmt: skip


def file_of(name: str) -> str:
    return "test_" + re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower() + ".py"


def test_every_constraint_stands_in_the_list() -> None:
    assert {type(each) for each in CONSTRAINTS} == set(Constraint.__subclasses__())


def test_every_constraint_and_promise_has_its_test_file() -> None:
    names = [type(each).__name__ for each in CONSTRAINTS]
    names += [each.__name__ for each in (promise_core, *search.WISHES, *WEEK_WISHES)]
    there = {path.name for path in Path(__file__).parent.glob("test_*.py")}
    assert [name for name in names if file_of(name) not in there] == []


def test_every_constraint_has_a_check_of_the_same_meaning() -> None:
    assert set(JUDGED_BY) == {type(each).__name__ for each in CONSTRAINTS}
    judged = {name for names in JUDGED_BY.values() for name in names}
    assert judged | GIVEN | STAFFED == {check.__name__ for check in judge.CHECKS}


def test_every_wish_for_good_weeks_is_priced_by_its_own_weight() -> None:
    assert len(WEEK_WISHES) == len(FLAWS)
    assert set(FLAWS) <= set(Weights.model_fields)
    assert all(Weights.model_fields[name].default == 0 for name in FLAWS)


def test_every_constraint_says_what_it_asks_in_one_sentence() -> None:
    assert all(each.sentence and not each.sentence.endswith(".") for each in CONSTRAINTS)
