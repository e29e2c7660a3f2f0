"""Which stretches of the groups of a type ask for different topics, where some groups were cancelled."""

from __future__ import annotations

from iop_sessions.planning.rules.board import MeetingLine, Stretch


def stretches(line: MeetingLine, distance: int) -> list[Stretch]:
    return list(line.stretches(distance))


def none(*indices: int) -> Stretch:
    return frozenset(), indices


def test_each_stretch_holds_one_more_meeting_than_spacing_asks_for() -> None:
    assert stretches(MeetingLine((), (0, 1, 2, 3)), 2) == [none(0, 1, 2), none(1, 2, 3)]
    assert stretches(MeetingLine((), (0, 1)), 2) == [none(0, 1)]


def test_a_cancelled_meeting_takes_a_place_in_its_stretch() -> None:
    assert stretches(MeetingLine((), (0, None, 2, 3)), 2) == [none(0, 2), none(2, 3)]


def test_neighbors_differ_however_many_were_cancelled_between() -> None:
    assert stretches(MeetingLine((), (0, None, None, 3)), 2) == [none(0), none(3), none(0, 3)]


def test_the_past_reaches_into_the_plan_as_far_as_spacing_asks() -> None:
    line = MeetingLine(("A", "B", "C"), (0, 1, 2))
    assert stretches(line, 2) == [
        (frozenset("BC"), (0,)),
        (frozenset("C"), (0, 1)),
        none(0, 1, 2),
    ]  # fmt: skip


def test_a_cancelled_meeting_of_the_past_takes_a_place_too() -> None:
    line = MeetingLine(("A", "B", None), (0, 1))
    assert stretches(line, 2) == [(frozenset("B"), (0,)), none(0, 1), none(0, 1)]
    after_a_month = MeetingLine(("A", None, None, None), (None, 4))
    assert stretches(after_a_month, 1) == [none(), none(4), (frozenset("A"), (4,))]


def test_two_neighbors_of_the_past_ask_nothing_of_the_plan() -> None:
    assert stretches(MeetingLine(("A", None, None, "B"), ()), 1) == [(frozenset("B"), ()), none()]


def test_a_stretch_asks_for_as_many_topics_as_it_has_meetings() -> None:
    assert MeetingLine((), (0, 1, 2, 3)).most_asked(2) == 3
    assert MeetingLine((), (0, None, 2, None)).most_asked(2) == 2
    assert MeetingLine((), (0, None, None, 3)).most_asked(2) == 2  # neighbors differ in any case
    assert MeetingLine((), (0, None, None)).most_asked(2) == 1
    assert MeetingLine((), (0, 1)).most_asked(2) == 0


def test_gaps_of_past_and_plan_are_known() -> None:
    assert MeetingLine(("A",), (0,)).gaps is False
    assert MeetingLine((None,), (0,)).gaps is True
    assert MeetingLine((), (0, None)).gaps is True
