"""Make-up groups: for those who missed one, outside all rules of order, no hours for who was there."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest

from iop_sessions.coverage.covering import cover, start_dates
from iop_sessions.coverage.rules import hours_by_week
from iop_sessions.formats.feeds import feeds
from iop_sessions.ground.errors import UsageError
from iop_sessions.ground.workspace import Workspace
from iop_sessions.jobs.held import Marking, mark_held
from iop_sessions.jobs.makeup import MakeUpRequest, MakingUp, make_up
from iop_sessions.jobs.read import read_plan, verify
from iop_sessions.jobs.replan import accept
from iop_sessions.jobs.undo import undo
from iop_sessions.pages.agenda import week_agenda
from iop_sessions.pages.papers.week_sheets import sign_in_sheet
from iop_sessions.plans import store
from iop_sessions.plans.case import Case
from iop_sessions.plans.changes import read_changes
from iop_sessions.plans.plan import Session
from iop_sessions.program.surprises import Surprise
from tests.jobs.replan.conftest import SUNDAY, Ask
from tests.lib import outline
from tests.lib.workspaces import change_rows

TUESDAY, THURSDAY = date(2027, 1, 12), date(2027, 1, 14)
MISSED, MADE = "2027-01-11-mon-1", "2027-01-14-make-up-1600"
CLOSED = Surprise(kind="closed", first=date(2027, 1, 11), last=date(2027, 1, 11), reason="snow")


def added(space: Workspace, missed: str = MISSED, day: date = THURSDAY, **others: object) -> MakingUp:
    told = {"made_on": TUESDAY, "day": day, "start": time(16), "missed": missed} | others
    return make_up(space, MakeUpRequest("evening", **told))  # type: ignore[arg-type]  # the words of a test


def case_of(space: Workspace) -> Case:
    return read_plan(space, "evening", documents=False).case


def row(space: Workspace) -> Session:
    return next(each for each in case_of(space).plan.sessions if each.is_make_up)


def test_a_row_of_its_own_is_written_logged_and_told(space: Workspace) -> None:
    accepted = accept(space, added(space, who="CD"))
    made = row(space)
    assert (made.session_id, made.slot_id, made.topic_id, made.week, made.facilitators) == (
        MADE, MISSED, "RP-01", 2, ("F1",),
    )  # fmt: skip
    assert (made.start, made.end) == (time(16), time(17))
    (logged,) = read_changes(accepted.folder)
    assert (logged.what, logged.after, logged.reason, logged.who, logged.tell) == (
        "added", "make-up: RP-01 How a craving gets started", "makes up for Mon, Jan 11, 5:30 pm", "CD",
        ("F1", "clients"),
    )  # fmt: skip
    assert "make-up: RP-01" in outline.outline(accepted.pages[0].read_bytes())
    kept, verdict = verify(space, "evening")
    assert (verdict.problems, verdict.cost, kept.plan.sheet.status) == ((), 0, "optimal")


def test_a_make_up_is_no_start_and_gives_no_hours_to_those_who_were_there(space: Workspace) -> None:
    before = case_of(space)
    accept(space, added(space))
    after = case_of(space)
    assert start_dates(after.program, after.plan) == start_dates(before.program, before.plan)
    assert hours_by_week(after.program, after.plan) == hours_by_week(before.program, before.plan)


def test_where_the_group_fell_out_for_all_its_hours_count_and_no_gap_before_it(
    space: Workspace, ask: Ask
) -> None:
    before = hours_by_week(case_of(space).program, case_of(space).plan)[1]
    accept(space, ask(CLOSED))
    accept(space, added(space))
    after = hours_by_week(case_of(space).program, case_of(space).plan)[1]
    assert (before.clinical, after.clinical, before.seat, after.seat) == (540, 420, 600, 460)


def test_it_teaches_those_who_were_there_when_the_group_fell_out_and_nobody_who_came_later(
    space: Workspace,
) -> None:
    lost = "2027-01-06-wed-1"  # RP-02, which alone teaches its objective
    mark_held(space, Marking("evening", lost, not_held=(lost,)), TUESDAY)
    accept(space, added(space, lost))
    here = case_of(space)
    rows = tuple(each for each in here.plan.sessions if each.topic_id != "RP-02" or each.is_make_up)
    answers = cover(here.with_plan(replace(here.plan, sessions=rows))).answers
    first = {each.start.day: each.first for each in answers if each.objective_id == "change-a-place"}
    assert [first[day] for day in (4, 6, 8, 11)] == [THURSDAY, THURSDAY, None, None]


def test_staff_see_for_whom_it_is_on_the_agenda_and_people_sign_in(space: Workspace) -> None:
    accept(space, added(space))
    here = case_of(space)
    agenda = str(week_agenda(here, 2).blocks)
    assert "Make-up: How a craving gets started" in agenda
    assert "For those who missed Mon, Jan" in agenda
    signed = sign_in_sheet(here.curriculum, here.program, [row(space)])
    assert "Make-up: How a craving gets started" in str(signed.blocks)
    assert "Reposición: " in str(week_agenda(here, 2, language="es").blocks)


def test_it_is_never_moved_and_falls_out_with_its_day(space: Workspace, ask: Ask) -> None:
    accept(space, added(space))
    later = Surprise(kind="closed", first=date(2027, 1, 13), last=date(2027, 1, 13))
    accept(space, ask(later, today=TUESDAY))
    assert (row(space).date, row(space).topic_id, row(space).state) == (THURSDAY, "RP-01", "planned")
    accept(space, ask(Surprise(kind="closed", first=THURSDAY, last=THURSDAY), today=TUESDAY))
    assert row(space).state == "cancelled"


def test_it_is_held_like_any_group_and_taken_back_like_any_change(space: Workspace) -> None:
    before = (space.plans / "evening" / "plan.csv").read_bytes()
    accept(space, added(space))
    assert "is a make-up group" in " ".join(store.work_in(space.plans / "evening"))
    accept(space, undo(space, "evening", TUESDAY))
    assert (space.plans / "evening" / "plan.csv").read_bytes() == before
    accept(space, undo(space, "evening", TUESDAY))
    mark_held(space, Marking("evening", MADE), THURSDAY)
    assert row(space).state == "held"


@pytest.mark.deep
def test_calendars_of_staff_have_it_and_those_of_clients_only_where_all_missed_the_group(
    space: Workspace, ask: Ask
) -> None:
    accept(space, added(space))
    files = feeds(case_of(space), "evening")
    assert b"SUMMARY:Relapse prevention: RP-01 Make-up: How a craving gets started" in files["program.ics"]
    assert files["clients.ics"].count(b"T160000") == 0
    accept(space, ask(CLOSED, today=SUNDAY))
    assert feeds(case_of(space), "evening")["clients.ics"].count(b"T160000") == 1


OUTSIDE = "2027-03-01 lies outside the plan, which covers 2027-01-04 to 2027-02-14"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ({"missed": "RP-9"}, "no session or topic 'RP-9' — there are: RP-01, RP-02, RP-03, …"),
        ({"missed": "2027-01-13-wed-1"}, (
            "2027-01-13-wed-1 has not come yet — a group is made up for once somebody missed it, "
            "or once it is cancelled"
        )),
        ({"day": date(2027, 3, 1)}, OUTSIDE),
        ({"missed": "2027-01-08-fri-3"}, (
            "2027-01-08-fri-3 has no topic — nothing of it can be made up for"
        )),
        ({"day": date(2027, 1, 18)}, (
            "session 2027-01-18-make-up-1600 meets on Monday, January 18, 2027, a closed day (Closed) — "
            "move it, or take the day out of the calendar's closed days"
        )),
        ({"minutes": 45}, "RP-01 is written for 60 minutes, the session has 45 — choose another topic"),
        ({"day": date(2027, 1, 8)}, (
            f"2027-01-08-make-up-1600 comes before {MISSED}, for which it makes up — move it to a later day"
        )),
        ({"start": time(23, 30)}, "a group of 60 minutes from 11:30 pm on would end on the next day"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_with_words(space: Workspace, words: dict[str, object], told: str) -> None:
    with pytest.raises(UsageError) as caught:
        added(space, **words)  # type: ignore[arg-type]  # the words of a test
    assert str(caught.value) == told


def test_a_leader_who_is_elsewhere_and_people_who_are_elsewhere_are_named(space: Workspace) -> None:
    with pytest.raises(UsageError) as caught:
        added(space, day=date(2027, 1, 13), start=time(18))
    assert str(caught.value).splitlines() == [
        (
            "session 2027-01-13-make-up-1800 starts at 18:00 while 2027-01-13-wed-1 meets until 18:30 on "
            "2027-01-13 — move one of them, or write cancelled under state"
        ),
        (
            "session 2027-01-13-wed-2 starts at 18:40 while 2027-01-13-make-up-1800 meets until 19:00 on "
            "2027-01-13 — move one of them, or write cancelled under state"
        ),
        (
            "session 2027-01-13-make-up-1800: F1 is in 2027-01-13-wed-1 until 18:30, and "
            "2027-01-13-make-up-1800 begins before — name another leader"
        ),
        (
            "session 2027-01-13-wed-2: F1 is in 2027-01-13-make-up-1800 until 19:00, and 2027-01-13-wed-2 "
            "begins before — name another leader"
        ),
        (
            "session 2027-01-13-make-up-1800: room A is in 2027-01-13-wed-1 until 18:30, and "
            "2027-01-13-make-up-1800 begins before — name another room"
        ),
        (
            "session 2027-01-13-wed-2: room A is in 2027-01-13-make-up-1800 until 19:00, and "
            "2027-01-13-wed-2 begins before — name another room"
        ),
    ]


def test_the_judge_names_a_make_up_that_makes_up_for_nothing(space: Workspace) -> None:
    accept(space, added(space))
    change_rows(space, {MADE: {"slot_id": "2027-01-11-mon-9"}})
    said = [str(each) for each in verify(space, "evening")[1].problems]
    told = f"{MADE} makes up for no group: '2027-01-11-mon-9' — write the id of the group that was missed"
    assert said[0].endswith(told)
    change_rows(space, {MADE: {"slot_id": MISSED, "topic_id": "RP-02", "facilitators": ()}})
    said = [str(each).partition(": ")[2] for each in verify(space, "evening")[1].problems]
    assert said[:2] == [
        f"topic_id: {MADE} says RP-02, the group it makes up for says RP-01 — write RP-01",
        f"facilitators: warning: nobody leads {MADE} — name a leader",
    ]


def test_a_topic_names_the_last_group_that_had_it(space: Workspace) -> None:
    assert added(space, missed="RP-01").missed.session_id == MISSED
