"""What is wrong with a plan, and what it costs.

Its checks and prices are its own. What it shares with the planner is the records both read, and what both
ask: the calendar, the journeys, what a program chooses, the order of ids. The tests hold these against
enumerations of their own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from iop_sessions.ground.errors import Place, Problem
from iop_sessions.ground.workspace import SHEET_FILE
from iop_sessions.judge import make_ups, people, rows, topics
from iop_sessions.judge.bench import Bench, at
from iop_sessions.judge.pricing import Bill, bill_of
from iop_sessions.plans.case import Case
from iop_sessions.plans.plan import Plan, row_digest

Check = Callable[[Bench], list[Problem]]


@dataclass(frozen=True)
class Verdict:
    """What the judge found: every problem, and the cost as the sessions stand now."""

    problems: tuple[Problem, ...]
    cost: int
    edited: tuple[str, ...]
    bill: Bill | None = None


ROW_CHECKS: Final[tuple[Check, ...]] = (
    rows.check_every_meeting_is_there,
    rows.check_no_row_is_gone,
    rows.check_no_session_is_foreign,
    rows.check_no_session_moved,
    rows.check_nothing_meets_on_a_closed_day,
    rows.check_nothing_meets_outside_a_half_day,
    rows.check_rows_agree_with_their_slot,
    rows.check_sessions_end_after_their_start,
    rows.check_groups_do_not_overlap,
    rows.check_held_minutes,
    make_ups.check_make_ups_make_up_for_a_group,
    make_ups.check_somebody_leads_make_ups,
    topics.check_topics_exist_and_fit,
    people.check_leaders_exist,
    people.check_rooms_exist_and_are_open,
)
"""What makes a row wrong in itself; the others ask whether the plan is a good one."""

RULE_CHECKS: Final[tuple[Check, ...]] = (
    topics.check_spacing,
    topics.check_series,
    topics.check_tracks_in_step,
    topics.check_topics_in_sequence,
    topics.check_trigger_content,
    topics.check_calendar_ties,
    topics.check_cohort_order,
    topics.check_cohort_opens_and_closes,
    people.check_leaders_are_at_work,
    people.check_leaders_lead_the_group_type,
    people.check_somebody_may_lead,
    people.check_nobody_leads_two_sessions_at_once,
    people.check_no_room_holds_two_sessions_at_once,
    people.check_nobody_leads_too_many_groups,
    people.check_rooms_fit,
)
CHECKS: Final = (*ROW_CHECKS, *RULE_CHECKS)


def problems_of(case: Case) -> list[Problem]:
    """Run every check of a plan; what it costs is not asked, for no page says it."""
    return _problems(Bench(case))


def faults_of_rows(case: Case) -> list[Problem]:
    """Run the checks of the rows themselves: whether each says what can be true, and none is gone."""
    bench = Bench(case)
    return [problem for check in ROW_CHECKS for problem in check(bench)]


def _problems(bench: Bench) -> list[Problem]:
    return [problem for check in CHECKS for problem in check(bench)]


def judge(case: Case) -> Verdict:
    """Judge a plan: run every check and compare its cost with what its sheet says."""
    bench, plan = Bench(case), case.plan
    problems = _problems(bench)
    changed = edited_rows(plan)
    bill = bill_of(bench)
    cost = bill.total
    edited = tuple(each.place.column for each in changed)
    by_hand = bool(edited) or _rows_came_or_went(plan)
    return Verdict((*problems, *changed, *_cost_problem(plan, cost, edited=by_hand)), cost, edited, bill)


def edited_rows(plan: Plan) -> list[Problem]:
    """Name the rows that changed since the plan was made; a change by hand is allowed, and said."""
    known = dict(plan.sheet.rows)
    message = "was changed by hand since the plan was made"
    return [
        Problem(at(session, session.session_id), message, "", "warning")
        for session in plan.sessions
        if known.get(session.session_id, "") not in ("", row_digest(session))
    ]


def _rows_came_or_went(plan: Plan) -> bool:
    """Say whether rows were added or taken out since the plan was made."""
    known = {session_id for session_id, _ in plan.sheet.rows}
    return bool(known) and known != {each.session_id for each in plan.sessions}


def _cost_problem(plan: Plan, cost: int, *, edited: bool) -> list[Problem]:
    if cost == plan.sheet.cost:
        return []
    message = f"says the plan costs {plan.sheet.cost}, its sessions cost {cost}"
    remedy = "the rows changed by hand explain it" if edited else "make the plan again"
    return [Problem(Place(SHEET_FILE, 0, "cost"), message, remedy, "warning" if edited else "error")]
