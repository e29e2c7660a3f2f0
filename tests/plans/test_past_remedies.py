"""What was tried when a plan was made is offered as long as its day is to come; short: it is one question."""

from __future__ import annotations

from datetime import date

from iop_sessions.plans.facts import AddSlots, Helps, MeetOn, NothingHelps, Shortfall
from iop_sessions.plans.plan import Sheet

FRIDAY, MONDAY = date(2027, 1, 15), date(2027, 1, 18)


def helps(*changes: MeetOn | AddSlots) -> Helps:
    return Helps(changes=changes, of="starts", left=0, before=1)


def test_a_remedy_that_asks_to_meet_on_a_day_gone_by_is_not_offered() -> None:
    first, later, slot = (
        MeetOn(day=FRIDAY),
        MeetOn(day=MONDAY),
        AddSlots(kind="add-slots", group_type="RP", weekday="monday", times=()),
    )
    tried = (helps(first), helps(later), helps(slot), helps(slot, first), NothingHelps(kind="none-helps"))
    lacks = Shortfall(kind="objective", subject="a", starts=(FRIDAY,), cost=1, remedies=tried)
    sheet = Sheet("evening", FRIDAY, 2, "optimal", 0, 0, shortfalls=(lacks,))
    assert sheet.remedies_after(date.min) == tried
    assert sheet.remedies_after(FRIDAY) == (tried[1], tried[2], tried[4])
    assert sheet.remedies_after(MONDAY) == (tried[2], tried[4])
