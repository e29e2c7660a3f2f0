"""What a plan becomes after a surprise, before anything is written."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from pathlib import Path

from iop_sessions import judge
from iop_sessions.curriculum.library import Curriculum
from iop_sessions.doors.reports.replan import broken_lines, fell_out_lines, moved_lines, proposal_lines
from iop_sessions.ground.errors import errors_of
from iop_sessions.jobs.replan import Proposal, ReplanRequest
from iop_sessions.jobs.replan.propose import propose_for
from iop_sessions.plans.case import Case
from iop_sessions.plans.plan import Plan, Session, row_digest
from iop_sessions.plans.store import Kept
from iop_sessions.program.program import Program
from iop_sessions.program.surprises import Surprise, SurpriseKind, with_surprises
from tests.lib import small

SUNDAY = date(2027, 1, 3)
CURRICULUM = small.curriculum(
    topics="""
        | topic_id | group_type | title |
        | RP-01    | RP         | One   |
        | RP-02    | RP         | Two   |
        | RP-03    | RP         | Three |
    """,
    objectives="| objective_id | statement |\n| one | Do one thing |\n| two | Do another |",
    topic_objectives="| topic_id | objective_id |\n| RP-01 | one |\n| RP-02 | two |",
    group_types="| group_type | needs_topic |\n| RP | yes |\n| PG | no |",
)


def program(**others: object) -> Program:
    """Make a program of three evenings, for two weeks, with stays of one week."""
    given = {"weeks": 2, "stay_weeks": [1], "spacing": {"RP": 1}}
    people = [{"code": "F1"}, {"code": "F2"}]
    slots = "| day | lead |\n| mon | F1 |\n| wed | F1 |\n| fri | F2 |"
    return small.program(slots, **(given | {"facilitators": people} | others))


PROGRAM = program()
GRID = """
    | mon-1 | wed-1 | fri-1 |
    | RP-01 | RP-02 | RP-03 |
    | RP-01 | RP-02 | RP-03 |
"""
MON, WED, FRI = "2027-01-04-mon-1", "2027-01-06-wed-1", "2027-01-08-fri-1"
MON_2, WED_2, FRI_2 = "2027-01-11-mon-1", "2027-01-13-wed-1", "2027-01-15-fri-1"
MONDAY_2 = date(2027, 1, 11)


def kept(plan: Plan | None = None, of: Program = PROGRAM) -> Kept:
    return Kept("small", Path("small"), of, plan or small.plan(of, GRID))


def closed(first: date, last: date | None = None, reason: str = "") -> Surprise:
    return Surprise(kind="closed", first=first, last=last or first, reason=reason)


def at(kind: SurpriseKind, day: date, hour: int) -> Surprise:
    return Surprise(kind=kind, first=day, last=day, clock=time(hour))


def asked(
    of: Kept,
    *surprises: Surprise,
    today: date = SUNDAY,
    curriculum: Curriculum = CURRICULUM,
    **others: object,
) -> Proposal:
    told = {"plan": of.name, "made_on": today, "surprises": surprises} | others
    return propose_for(curriculum, of, ReplanRequest(**told))  # type: ignore[arg-type]  # words of a test


def written(proposal: Proposal) -> Kept:
    """Return the plan as it is kept once the proposal is accepted."""
    return replace(proposal.kept, program=proposal.case.program, plan=proposal.case.plan)


def topics(plan: Plan) -> str:
    return " ".join((each.topic_id or "-") if each.takes_place else "x" for each in plan.sessions)


def row(plan: Plan, name: str) -> Session:
    return next(each for each in plan.sessions if each.session_id == name)


def verdict(proposal: Proposal) -> judge.Verdict:
    return judge.judge(proposal.case)


def read(proposal: Proposal) -> list[str]:
    """Return what a counselor reads, without the last line, on the papers to print anew."""
    return proposal_lines(proposal)[:-1]


def test_a_closed_day_falls_out_and_one_topic_moves_for_all_but_those_who_were_to_start_then() -> None:
    proposal = asked(kept(), closed(MONDAY_2, reason="snow"), who="CD")
    assert topics(proposal.case.plan) == "RP-01 RP-02 RP-01 x RP-02 RP-03"
    assert read(proposal) == [
        (
            "Plan small: 1 session falls out, 1 other holds another topic; "
            "no plan that keeps as many promises changes fewer: proved."
        ),
        "Changes:",
        "  - Fri, Jan 8, 5:30 pm: RP-01 One (was RP-03 Three)",
        "  - Mon, Jan 11, 5:30 pm: RP-01 One — cancelled (snow)",
        "Moved:",
        "  - RP-01 One: from Mon, Jan 11, 5:30 pm to Fri, Jan 8, 5:30 pm",
        "Fell out:",
        "  - RP-03 Three, Fri, Jan 8, 5:30 pm; next on Fri, Jan 15, 5:30 pm",
        "Missed now by those who start on Mon, Jan 11: Do one thing — teach it one to one.",
        "Who was to start on Mon, Jan 11 has no group then; their time is counted from that day.",
        "If no topic moved, 3 promises would be missed instead of 1.",
        "What else would help: explain small.",
        "Tell: F2, F1, clients.",
    ]
    assert row(proposal.case.plan, MON_2).reason == "snow"
    assert (proposal.case.plan.sheet.status, proposal.case.plan.sheet.cost) == ("changed", 0)
    assert (verdict(proposal).problems, verdict(proposal).cost) == ((), 0)


def test_where_changes_come_first_the_promise_that_is_missed_is_named() -> None:
    proposal = asked(kept(), closed(MONDAY_2), fewest=True)
    assert topics(proposal.case.plan) == "RP-01 RP-02 RP-03 x RP-02 RP-03"
    assert read(proposal) == [
        "Plan small: 1 session falls out.",
        "Changes:",
        "  - Mon, Jan 11, 5:30 pm: RP-01 One — cancelled (closed)",
        "Fell out:",
        "  - RP-01 One, Mon, Jan 11, 5:30 pm; not again in this plan",
        (
            "Missed now by those who start on Wed, Jan 6; Fri, Jan 8; Mon, Jan 11: "
            "Do one thing — teach it one to one."
        ),
        "Who was to start on Mon, Jan 11 has no group then; their time is counted from that day.",
        "What else would help: explain small.",
        "Tell: F1, clients.",
    ]
    assert verdict(proposal).problems == ()


def test_a_topic_that_moves_for_a_rule_alone_says_so() -> None:
    grid = "| mon-1 | wed-1 | fri-1 |\n| RP-01 | RP-02 | RP-03 |\n| RP-01 | RP-03 | RP-02 |"
    of = program(stay_weeks=[2])
    proposal = asked(kept(small.plan(of, grid), of), closed(MONDAY_2), first=date(2027, 1, 9))
    assert read(proposal)[-2:] == [
        (
            "Nothing that was promised is missed by it; "
            "if no topic moved, the rules of planning would be broken in 1 place."
        ),
        "Tell: F1, clients.",
    ]


ROUND = """
    | mon-1 | wed-1 | fri-1 |
    | RP-01 | RP-02 | RP-03 |
    | RP-01 | RP-02 | RP-03 |
    | RP-01 | RP-02 | RP-03 |
"""


def test_what_falls_out_for_whatever_reason_counts_between_two_runs() -> None:
    of = program(weeks=3, stay_weeks=[3], spacing={"RP": 2})
    falls_out: tuple[dict[str, object], ...] = (
        {"surprises": (closed(MONDAY_2),)},
        {"surprises": (at("late", MONDAY_2, 18),)},
        {"surprises": (at("early", MONDAY_2, 18),)},
        {"cancels": (MON_2,)},
    )
    for asked_for in falls_out:
        proposal = asked(kept(small.plan(of, ROUND), of), **asked_for)  # type: ignore[arg-type]  # words of a test
        assert topics(proposal.case.plan) == "RP-01 RP-02 RP-03 x RP-02 RP-03 RP-01 RP-02 RP-03"
        assert (verdict(proposal).problems, proposal.fewest) == ((), True)


def test_a_row_that_somebody_took_out_does_not_count_for_the_planner_as_for_the_judge() -> None:
    of = program(weeks=3, stay_weeks=[3], spacing={"RP": 2})
    plan = small.plan(of, ROUND)
    gone = replace(plan, sessions=tuple(each for each in plan.sessions if each.session_id != MON_2))
    before = judge.judge(Case(CURRICULUM, of, gone)).problems
    assert [each.message for each in before if "comes again" in each.message] == [
        "RP-02 comes again after 1 meeting of RP, [spacing] asks for 2",
        "RP-03 comes again after 1 meeting of RP, [spacing] asks for 2",
    ]
    proposal = asked(kept(gone, of), again=True)
    assert [each.message for each in verdict(proposal).problems if "comes" in each.message] == []


def test_a_late_start_and_an_early_end_take_out_the_hours_that_are_gone() -> None:
    two = small.program("| day |\n| mon |\n| mon |\n| wed |", weeks=1, stay_weeks=[1])
    plan = kept(small.plan(two, "| mon-1 | mon-2 | wed-1 |\n| RP-01 | RP-02 | RP-03 |"), two)
    late, early = (asked(plan, at(kind, two.start, 18)) for kind in ("late", "early"))
    assert [row(late.case.plan, name).state for name in (MON, "2027-01-04-mon-2")] == ["cancelled", "planned"]
    assert row(late.case.plan, MON).reason == "late start"
    assert [row(early.case.plan, name).state for name in (MON, "2027-01-04-mon-2")] == ["cancelled"] * 2
    assert row(early.case.plan, MON).reason == "closed early"
    assert verdict(late).problems == verdict(early).problems == ()


def test_a_day_closed_already_changes_nothing_and_is_noted_once() -> None:
    first = asked(kept(), closed(MONDAY_2))
    second = asked(written(first), closed(MONDAY_2))
    assert proposal_lines(second) == [
        "Plan small: nothing changes.",
        "  - every group on Mon, Jan 11 is cancelled already (closed)",
    ]
    assert second.case.plan == first.case.plan


def test_a_surprise_that_takes_nothing_out_leaves_the_plan_as_it_is() -> None:
    assert asked(kept(), at("late", MONDAY_2, 17)).case.plan == kept().plan
    first = asked(kept(), closed(MONDAY_2))
    assert asked(written(first), closed(MONDAY_2, reason="snow")).case.plan == first.case.plan


def test_two_surprises_one_after_another_are_both_kept() -> None:
    first = asked(kept(), at("late", date(2027, 1, 13), 18))
    second = asked(written(first), at("late", MONDAY_2, 18))
    assert row(second.case.plan, MON_2).state == "cancelled"
    assert [each.first.day for each in second.case.plan.sheet.surprises] == [13, 11]
    assert with_surprises(PROGRAM, second.case.plan.sheet.surprises) == second.case.program
    assert verdict(second).problems == ()


def test_a_planned_row_of_yesterday_falls_out_with_its_day_and_no_other_topic_of_the_past_moves() -> None:
    proposal = asked(kept(), closed(date(2027, 1, 6), date(2027, 1, 8)), today=date(2027, 1, 7))
    assert [row(proposal.case.plan, name).state for name in (WED, FRI)] == ["cancelled", "cancelled"]
    assert row(proposal.case.plan, MON) == row(kept().plan, MON)
    assert verdict(proposal).problems == ()


def test_rows_of_today_keep_their_topics_and_those_before_a_day_that_is_named_too() -> None:
    today = asked(kept(), closed(MONDAY_2), today=date(2027, 1, 8))
    assert topics(today.case.plan).split()[:3] == ["RP-01", "RP-02", "RP-03"]
    named = asked(kept(), closed(MONDAY_2), first=date(2027, 1, 9))
    assert topics(named.case.plan).split()[:3] == ["RP-01", "RP-02", "RP-03"]


def test_a_pinned_row_does_not_move_but_falls_out_with_its_day() -> None:
    proposal = asked(kept(), closed(MONDAY_2), pins=(FRI,))
    assert (row(proposal.case.plan, FRI).topic_id, row(proposal.case.plan, FRI).pinned) == ("RP-03", True)
    assert "Pinned, so that no new plan moves it: 2027-01-08-fri-1." in proposal_lines(proposal)
    assert verdict(proposal).edited == ()
    gone = asked(written(proposal), closed(date(2027, 1, 8)))
    assert (row(gone.case.plan, FRI).state, row(gone.case.plan, FRI).pinned) == ("cancelled", True)


def test_a_pin_alone_changes_no_session_and_says_so() -> None:
    proposal = asked(kept(), pins=(FRI, FRI))
    assert proposal_lines(proposal) == [
        "Plan small: no session changes.",
        "Pinned, so that no new plan moves it: 2027-01-08-fri-1.",
    ]
    assert proposal.case.plan.sheet.status == "optimal"
    assert proposal.fewest is None


def test_a_topic_that_a_person_puts_stays_and_the_rule_it_breaks_is_shown() -> None:
    proposal = asked(kept(), puts=((WED, "RP-01"),))
    assert read(proposal) == [
        "Plan small: 1 session holds another topic.",
        "Changes:",
        "  - Wed, Jan 6, 5:30 pm: RP-01 One (was RP-02 Two)",
        "Fell out:",
        "  - RP-02 Two, Wed, Jan 6, 5:30 pm; next on Wed, Jan 13, 5:30 pm",
        "Breaks a rule of planning:",
        "  - RP-01 comes twice in a row, [spacing] asks for 1 meeting of RP between — choose another topic",
        "Missed now by those who start on Mon, Jan 4; Wed, Jan 6: Do another — teach it one to one.",
        "What else would help: explain small.",
        "Tell: F1.",
    ]
    assert [each.reason for each in proposal.changes] == ["put there by hand"]
    assert proposal.case.plan.sheet.cost == verdict(proposal).cost == 2000
    again = asked(written(proposal), again=True)
    assert row(again.case.plan, WED).topic_id == "RP-01"  # what a person put stands


def test_a_put_beside_a_closed_day_is_planned_around() -> None:
    proposal = asked(kept(), closed(MONDAY_2), puts=((WED, "RP-03"),))
    assert row(proposal.case.plan, WED).topic_id == "RP-03"
    assert errors_of(verdict(proposal).problems) == []
    assert verdict(proposal).edited == (WED,)


def test_held_partly_held_and_cancelled_rows_are_as_they_were() -> None:
    plan = small.changed(kept().plan, MON, state="held")
    plan = small.changed(plan, WED, state="partly", held_minutes=30)
    plan = small.changed(plan, FRI, state="cancelled", reason="nobody came")
    proposal = asked(kept(plan), closed(MONDAY_2), today=date(2027, 1, 9))
    assert proposal.case.plan.sessions[:3] == plan.sessions[:3]
    assert proposal.case.plan.sheet.rows[:3] == plan.sheet.rows[:3]


def test_a_row_changed_by_hand_is_not_moved_and_is_still_told_as_changed_by_hand() -> None:
    plan = small.changed(kept().plan, FRI, note="Bring pens")
    proposal = asked(kept(plan), closed(MONDAY_2))
    assert row(proposal.case.plan, FRI) == row(plan, FRI)
    assert verdict(proposal).edited == (FRI,)
    fallen = asked(written(proposal), closed(date(2027, 1, 8)))
    assert row(fallen.case.plan, FRI).state == "cancelled"
    assert verdict(fallen).edited == (FRI,)
    pinned = asked(kept(plan), pins=(FRI,))
    assert verdict(pinned).edited == (FRI,)


def test_a_row_that_replanning_changed_is_not_told_as_changed_by_hand() -> None:
    proposal = asked(kept(), closed(MONDAY_2))
    known = dict(proposal.case.plan.sheet.rows)
    assert known == {each.session_id: row_digest(each) for each in proposal.case.plan.sessions}


def test_a_row_moved_by_hand_falls_out_with_the_day_it_stands_on() -> None:
    moved = small.changed(kept().plan, MON_2, date=date(2027, 1, 12), reason="asked for")
    stays = asked(kept(moved), closed(MONDAY_2))
    assert row(stays.case.plan, MON_2) == row(moved, MON_2)
    falls = asked(kept(moved), closed(date(2027, 1, 12), reason="snow"))
    assert (row(falls.case.plan, MON_2).state, row(falls.case.plan, MON_2).reason) == ("cancelled", "snow")
    assert errors_of(verdict(falls).problems) == []


def test_a_day_that_the_program_closed_since_falls_out_too() -> None:
    plan = kept().plan
    closed_since = program(closed=[MONDAY_2])
    proposal = asked(kept(plan, closed_since), again=True)
    assert (row(proposal.case.plan, MON_2).state, row(proposal.case.plan, MON_2).reason) == (
        "cancelled",
        "closed",
    )
    assert verdict(proposal).problems == ()
    away = Surprise(kind="absent", first=MONDAY_2, last=MONDAY_2, subject="F1")
    assert topics(asked(kept(plan, closed_since), away).case.plan) == "RP-01 RP-02 RP-03 x RP-02 RP-03"


def test_a_day_that_the_program_opened_since_gets_its_session() -> None:
    plan = small.plan(program(closed=[MONDAY_2]), GRID)
    proposal = asked(kept(plan), again=True)
    assert [(each.what, each.session.session_id) for each in proposal.found if each.what == "added"] == [
        ("added", MON_2)
    ]
    assert verdict(proposal).problems == ()
    assert MON_2 not in {each.session_id for each in asked(kept(plan), pins=(FRI,)).case.plan.sessions}


def test_a_day_gone_by_that_the_program_opened_since_gets_none() -> None:
    plan = small.plan(program(closed=[date(2027, 1, 6)]), GRID)
    proposal = asked(kept(plan), closed(date(2027, 1, 15)), today=date(2027, 1, 6))
    assert WED not in {each.session_id for each in proposal.case.plan.sessions}
    assert proposal.case.plan.sheet.cost == verdict(proposal).cost


def test_a_row_that_a_person_took_out_does_not_come_back() -> None:
    plan = kept().plan
    without = replace(plan, sessions=plan.sessions[1:])
    proposal = asked(kept(without), closed(MONDAY_2))
    again = asked(written(proposal), again=True)
    assert MON not in {each.session_id for each in (*proposal.case.plan.sessions, *again.case.plan.sessions)}
    assert verdict(again).cost == again.case.plan.sheet.cost


def test_a_slot_that_the_program_no_longer_has_or_holds_at_another_time_stands_as_it_is() -> None:
    fewer = PROGRAM.model_copy(update={"slots": PROGRAM.slots[:2]})
    proposal = asked(kept(kept().plan, fewer), again=True)
    assert [row(proposal.case.plan, name) for name in (FRI, FRI_2)] == [
        row(kept().plan, name) for name in (FRI, FRI_2)
    ]
    assert broken_lines(proposal) == []  # it was so before
    later = [slot.model_copy(update={"start": time(18)}) for slot in PROGRAM.slots]
    moved = asked(kept(kept().plan, PROGRAM.model_copy(update={"slots": tuple(later)})), again=True)
    assert moved.case.plan.sessions == kept().plan.sessions


def test_a_leader_away_moves_no_topic() -> None:
    away = Surprise(kind="absent", first=MONDAY_2, last=MONDAY_2, subject="F1")
    proposal = asked(kept(), away)
    assert topics(proposal.case.plan) == topics(kept().plan)
    assert proposal.case.plan.sheet.surprises == (away,)
    assert proposal.fewest is None


def test_sliding_moves_everything_on_and_shows_what_it_breaks() -> None:
    grid = GRID.replace("| RP-01 | RP-02 | RP-03 |", "| RP-01 | RP-03 | RP-02 |")
    grid = grid.replace("| RP-01 | RP-03 | RP-02 |", "| RP-01 | RP-02 | RP-03 |", 1)
    plan = small.changed(small.plan(PROGRAM, grid), WED_2, pinned=True)
    proposal = asked(kept(plan), closed(MONDAY_2), bump=True)
    assert topics(proposal.case.plan) == "RP-01 RP-02 RP-03 x RP-03 RP-01"
    assert moved_lines(proposal) == ["RP-01 One: from Mon, Jan 11, 5:30 pm to Fri, Jan 15, 5:30 pm"]
    assert fell_out_lines(proposal) == ["RP-02 Two, Fri, Jan 15, 5:30 pm; not again in this plan"]
    assert broken_lines(proposal) == [
        (
            "RP-03 comes twice in a row (1 cancelled between), [spacing] asks for 1 meeting of RP between, "
            "at least one that takes place — choose another topic"
        )
    ]
    assert (proposal.case.plan.sheet.status, proposal.fewest) == ("changed", None)
    assert proposal.case.plan.sheet.cost == verdict(proposal).cost


def test_sliding_over_a_series_shows_the_part_that_is_torn_off() -> None:
    series = small.curriculum(
        topics="| topic_id | series | part |\n| RP-01 | two | 1 |\n| RP-02 | two | 2 |\n| RP-03 | | |"
    )
    proposal = asked(kept(), closed(date(2027, 1, 4)), bump=True, curriculum=series)
    assert topics(proposal.case.plan) == "x RP-01 RP-02 RP-03 RP-01 RP-02"
    assert broken_lines(proposal) == []
    torn = asked(kept(), closed(date(2027, 1, 6)), bump=True, curriculum=series)
    assert topics(torn.case.plan) == "RP-01 x RP-02 RP-03 RP-01 RP-02"
    assert broken_lines(torn) == []
    last = asked(kept(), closed(date(2027, 1, 4), date(2027, 1, 6)), bump=True, curriculum=series)
    assert topics(last.case.plan) == "x x RP-01 RP-02 RP-03 RP-01"
    assert broken_lines(last) == ["RP-01 is the last meeting, RP-02 has no place — choose another topic"]


def test_a_cohort_late_by_a_week_slides_as_a_whole() -> None:
    cohort = PROGRAM.model_copy(update={"admission": "cohort"})
    proposal = asked(kept(of=cohort), closed(date(2027, 1, 4), date(2027, 1, 8)), bump=True)
    assert topics(proposal.case.plan) == "x x x RP-01 RP-02 RP-03"
    assert verdict(proposal).cost == proposal.case.plan.sheet.cost


def test_tracks_stay_in_step() -> None:
    tracks = small.program(
        "| day | track |\n| mon | am |\n| mon | pm |\n| wed | am |\n| wed | pm |", weeks=2, stay_weeks=[1]
    )
    grid = """
        | mon-1 | mon-2 | wed-1 | wed-2 |
        | RP-01 | RP-01 | RP-02 | RP-02 |
        | RP-01 | RP-01 | RP-02 | RP-02 |
    """
    half = at("late", date(2027, 1, 13), 18)
    proposal = asked(kept(small.plan(tracks, grid), tracks), half)
    assert row(proposal.case.plan, WED_2).state == "cancelled"
    assert row(proposal.case.plan, "2027-01-13-wed-2").state == "planned"
    assert verdict(proposal).problems == ()


def test_what_was_held_in_the_plan_before_counts() -> None:
    earlier = small.plan(
        PROGRAM.model_copy(update={"start": date(2026, 12, 28), "weeks": 1}),
        "| mon-1 | wed-1 | fri-1 |\n| RP-01 | RP-03 | RP-01 |", start=date(2026, 12, 28),
    )  # fmt: skip
    plan = small.plan(
        PROGRAM, GRID.replace("| RP-01 | RP-02 | RP-03 |", "| RP-02 | RP-01 | RP-03 |", 1),
        history=earlier.sessions,
    )  # fmt: skip
    proposal = asked(kept(plan), closed(date(2027, 1, 4)))
    assert verdict(proposal).problems == ()
    assert proposal.case.plan.history == earlier.sessions
    assert topics(proposal.case.plan).split()[1] != "RP-01"  # it was held on Friday


def test_in_the_last_week_what_falls_out_has_no_other_day() -> None:
    proposal = asked(kept(), closed(date(2027, 1, 15)), today=date(2027, 1, 14))
    assert read(proposal) == [
        "Plan small: 1 session falls out.",
        "Changes:",
        "  - Fri, Jan 15, 5:30 pm: RP-03 Three — cancelled (closed)",
        "Fell out:",
        "  - RP-03 Three, Fri, Jan 15, 5:30 pm; not again in this plan",
        "Nothing that was promised is missed by it.",
        "Tell: F2, clients.",
    ]


def test_the_reason_of_each_change_is_that_of_its_day_and_of_a_topic_all_of_them() -> None:
    proposal = asked(kept(), closed(MONDAY_2, reason="snow"), closed(date(2027, 1, 15), reason="flood"))
    reasons = {each.session_id: each.reason for each in proposal.changes if each.what == "cancelled"}
    assert reasons == {MON_2: "snow", FRI_2: "flood"}
    assert {each.reason for each in proposal.changes if each.what == "topic"} == {"snow; flood"}


def test_the_same_request_twice_gives_the_same_proposal() -> None:
    assert asked(kept(), closed(MONDAY_2)).case.plan == asked(kept(), closed(MONDAY_2)).case.plan


def test_each_change_has_the_reason_that_is_its_own() -> None:
    away = Surprise(
        kind="absent", first=date(2027, 1, 13), last=date(2027, 1, 13), subject="F1", reason="ill"
    )
    snow = closed(MONDAY_2, reason="snow")
    proposal = asked(kept(), away, snow, today=date(2027, 1, 10), puts=((FRI_2, "RP-02"),))
    assert {(each.session_id, each.what): each.reason for each in proposal.changes} == {
        (MON_2, "cancelled"): "snow",
        (WED_2, "leader"): "ill",
        (WED_2, "topic"): "snow",
        (FRI_2, "topic"): "put there by hand",
    }


def test_sliding_that_misses_a_promise_says_what_would_keep_it() -> None:
    lines = proposal_lines(asked(kept(), closed(MONDAY_2), bump=True))
    told = lines.index("What else would help: explain small.")
    assert lines[told - 1] == "Then move as little as keeps more promises: replan small --again."
    unslid = proposal_lines(asked(kept(), closed(MONDAY_2), first=date(2027, 1, 17)))
    assert "What else would help: explain small." in unslid
    assert not [each for each in unslid if "--again" in each]
