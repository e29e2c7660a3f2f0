"""Calendars: closed days and ranges, half days, federal holidays by name, and a calendar a site."""

from __future__ import annotations

from datetime import date

import pytest

from iop_sessions.program.calendar import (
    READY_FILE,
    READY_YEARS,
    all_meetings,
    calendar_of,
    closures,
    federal_holidays,
    meetings,
    plain_name,
    worked_out,
)
from iop_sessions.program.program import Program
from iop_sessions.program.settings import HOLIDAYS
from tests.lib import small


def days(program: Program, weeks: int = 2) -> str:
    """Write the meetings of a program, each by its month, day and slot."""
    return " ".join(meeting.meeting_id[5:] for meeting in meetings(program, program.start, weeks))


def closed(program: Program, first: date, last: date, site: str = "") -> dict[str, str]:
    return {f"{day}": closure.name for day, closure in closures(program, first, last, site).items()}


def test_nothing_meets_on_a_closed_day_nor_within_a_closed_range() -> None:
    table = "| day |\n| mon |\n| wed |\n| fri |"
    program = small.program(table, closed=["2027-01-04", "2027-01-08..2027-01-13"])
    assert days(program) == "01-06-wed-1 01-15-fri-1"
    every = [meeting.meeting_id[5:] for meeting in all_meetings(program, program.start, 1)]
    assert every == ["01-04-mon-1", "01-06-wed-1", "01-08-fri-1"]


def test_a_range_closes_its_first_and_last_day_and_counts_from_before_the_stretch_asked_for() -> None:
    program = small.program("| day |\n| mon |", closed=["2026-12-30..2027-01-02"])
    assert closed(program, date(2027, 1, 1), date(2027, 1, 9)) == {
        "2027-01-01": "Closed",
        "2027-01-02": "Closed",
    }
    assert list(closed(program, date(2026, 12, 1), date(2027, 1, 9))) == [
        "2026-12-30",
        "2026-12-31",
        "2027-01-01",
        "2027-01-02",
    ]


def test_a_range_of_all_time_closes_every_day_at_once() -> None:
    program = small.program("| day |\n| mon |", closed=["0001-01-01..9999-12-31"])
    assert days(program, weeks=52) == ""
    assert len(closed(program, date(2027, 1, 1), date(2027, 12, 31))) == 365


def test_on_a_half_day_only_what_fits_wholly_between_its_hours_meets() -> None:
    table = "| id | day | start |\n| a | mon | 09:00 |\n| b | mon | 10:00 |\n| c | mon | 11:00 |"

    def on(**hours: str) -> str:
        halves = [{"date": "2027-01-04", **hours}]
        return days(small.program(table, calendar={"main": {"half_days": halves}}), weeks=1)

    assert on(end="12:00") == "01-04-a 01-04-b 01-04-c"
    assert on(end="11:59") == "01-04-a 01-04-b"
    assert on(start="10:00") == "01-04-b 01-04-c"
    assert on(start="10:01") == "01-04-c"
    assert on(start="09:01", end="11:59") == "01-04-b"


def test_a_half_day_leaves_the_same_weekday_of_other_weeks_alone() -> None:
    halves = [{"date": "2027-01-11", "end": "12:00"}]
    program = small.program("| day |\n| mon |", calendar={"main": {"half_days": halves}})
    assert days(program, weeks=3) == "01-04-mon-1 01-18-mon-1"


def test_every_federal_holiday_closes_its_own_day_and_the_day_offices_keep() -> None:
    program = small.program("| day |\n| mon |", calendar={"main": {"us_federal": True}})
    assert closed(program, date(2027, 6, 1), date(2027, 9, 30)) == {
        "2027-06-18": "Juneteenth National Independence Day (observed)",
        "2027-06-19": "Juneteenth National Independence Day",
        "2027-07-04": "Independence Day",
        "2027-07-05": "Independence Day (observed)",
        "2027-09-06": "Labor Day",
    }


def test_a_new_years_day_kept_in_the_old_year_closes_it() -> None:
    program = small.program("| day |\n| fri |", calendar={"main": {"us_federal": True}})
    kept = closed(program, date(2027, 12, 27), date(2027, 12, 31))
    assert kept == {"2027-12-31": "New Year's Day (observed)"}


def test_only_the_federal_holidays_that_are_named_close_the_doors() -> None:
    names = ["Labor Day", "Independence Day"]
    program = small.program("| day |\n| mon |", calendar={"main": {"us_federal": names}})
    assert closed(program, date(2027, 1, 1), date(2027, 12, 31)) == {
        "2027-07-04": "Independence Day",
        "2027-07-05": "Independence Day (observed)",
        "2027-09-06": "Labor Day",
    }


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("Juneteenth", "2027-06-19"),
        ("MLK Day", "2027-01-18"),
        ("martin luther king jr day", "2027-01-18"),
        ("Presidents\u2019 Day", "2027-02-15"),
        ("Presidents Day", "2027-02-15"),
        ("New Year\u2019s Day", "2027-01-01"),
        ("July 4th", "2027-07-04"),
        ("Fourth of July", "2027-07-04"),
        ("Indigenous Peoples' Day", "2027-10-11"),
        ("Thanksgiving", "2027-11-25"),
        ("Christmas", "2027-12-25"),
    ],
)
def test_a_federal_holiday_may_be_called_as_people_call_it(name: str, day: str) -> None:
    program = small.program("| day |\n| mon |", calendar={"main": {"us_federal": [name]}})
    found = closures(program, date(2027, 1, 1), date(2027, 12, 31))
    assert day in {each.isoformat() for each in found}
    assert len({plain_name(each.name) for each in found.values()}) == 1


def test_the_holidays_that_have_other_names_are_the_eleven_there_are() -> None:
    assert set(HOLIDAYS) == {plain_name(name) for _, name in federal_holidays(2027, 2027)}


def test_there_are_eleven_federal_holidays_a_year() -> None:
    assert len({plain_name(name) for _, name in federal_holidays(2027, 2027)}) == 11


SITES = """
    | id    | day | site  |
    | main  | mon |       |
    | north | tue | north |
    | south | wed | south |
    """


def test_a_site_keeps_its_own_calendar_or_else_the_main_one() -> None:
    calendar = {
        "main": {"closed": ["2027-01-04..2027-01-09"]},
        "north": {"closed": ["2027-01-12"]},
    }
    program = small.program(SITES, calendar=calendar)
    assert days(program) == "01-05-north 01-11-main 01-13-south"
    assert calendar_of(program, "south") == program.calendar["main"]
    assert list(closed(program, date(2027, 1, 1), date(2027, 1, 31), "north")) == ["2027-01-12"]


def test_a_half_day_of_a_site_touches_no_other() -> None:
    half = {"half_days": [{"date": "2027-01-05", "end": "12:00"}, {"date": "2027-01-04", "end": "12:00"}]}
    assert (
        days(small.program(SITES, calendar={"main": {}, "north": half}), weeks=1) == "01-04-main 01-06-south"
    )


def test_without_a_main_calendar_a_site_without_one_is_open() -> None:
    program = small.program(SITES, calendar={"north": {"closed": ["2027-01-05"]}})
    assert days(program, weeks=1) == "01-04-main 01-06-south"


def test_the_years_that_stand_ready_in_a_file_are_as_the_library_works_them_out(update_golden: bool) -> None:
    lines = [f"{day},{name}\n" for day, name in worked_out(READY_YEARS)]
    if update_golden:
        READY_FILE.write_text("".join(lines), encoding="utf-8", newline="\n")
    assert READY_FILE.read_text(encoding="utf-8") == "".join(lines)
    for first in READY_YEARS:
        for last in range(first, min(first + 3, READY_YEARS.stop)):
            assert federal_holidays(first, last) == worked_out(range(first, last + 1))


@pytest.mark.parametrize(("first", "last"), [(2001, 2002), (2019, 2020), (2050, 2051), (2099, 2100)])
def test_other_years_are_worked_out(first: int, last: int) -> None:
    found = federal_holidays(first, last)
    assert found == worked_out(range(first, last + 1))
    assert {day.year for day, _ in found} == {first, last}
