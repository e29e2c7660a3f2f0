"""A wrong name is answered with the one meant, else with those there are, and never with a wrong guess."""

from __future__ import annotations

import pytest

from iop_sessions.ground.errors import NotFound, did_you_mean, no_such

DAYS = [f"2027-01-{day}-{number}" for day in range(10, 20) for number in (1, 2)]


@pytest.mark.parametrize(
    ("word", "known", "meant"),
    [
        ("evenin", ["evening", "morning"], "evening"),
        ("EVENING", ["evening", "evening-12-week"], "evening"),
        ("evening", ["evening-12-week", "day-12-week"], "evening-12-week"),
        ("rp1", ["RP-01", "RP-10", "RT-01"], "RP-01"),
    ],
)
def test_a_slip_is_answered_with_the_name_it_stands_for(word: str, known: list[str], meant: str) -> None:
    assert did_you_mean(word, known) == f"did you mean '{meant}'?"


@pytest.mark.parametrize(
    ("word", "known"),
    [
        ("F7", ["F1"]),
        ("13", ["1", "2", "12"]),
        ("evening-10-week", ["evening-12-week"]),
        ("RP-01c", ["RP-01a", "RP-01b"]),
        ("x", ["evening"]),
    ],
)
def test_another_number_or_one_of_two_alike_is_no_slip(word: str, known: list[str]) -> None:
    assert did_you_mean(word, known) == ""


@pytest.mark.parametrize(
    ("name", "known", "told"),
    [
        ("x", [], "no plan 'x' — there are none yet"),
        ("13", ["10", "9", "1"], "no plan '13' — there are: 1, 9, 10"),
        ("2027-01-11-9", DAYS, "no plan '2027-01-11-9' — there are: 2027-01-11-1, 2027-01-11-2, …"),
    ],
)
def test_a_name_like_none_is_answered_with_those_there_are(name: str, known: list[str], told: str) -> None:
    assert str(NotFound("plan", name, known)) == told


def test_a_remedy_stands_in_place_of_the_list() -> None:
    assert no_such("topic", "XY-1", ["RP-01"], "add it") == ("no topic 'XY-1'", "add it")
    assert no_such("topic", "rp-01", ["RP-01"], "add it") == ("no topic 'rp-01'", "did you mean 'RP-01'?")
