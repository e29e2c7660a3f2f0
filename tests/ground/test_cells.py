from __future__ import annotations

from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iop_sessions.ground import cells
from iop_sessions.ground.cells import CellError
from tests.lib.examples import FEW


def fault(error: pytest.ExceptionInfo[CellError]) -> tuple[str, str]:
    return str(error.value), error.value.remedy


@pytest.mark.parametrize("text", ["yes", "Yes", "Y", "TRUE", "True", "1", "x", "sí", "WAHR", "VERDADERO"])
def test_yes_in_the_forms_people_and_excel_write_it(text: str) -> None:
    assert cells.read_yes_no(text) is True


@pytest.mark.parametrize("text", ["no", "NO", "n", "FALSE", "0", "", "FALSCH", "FALSO"])
def test_no_in_the_forms_people_and_excel_write_it(text: str) -> None:
    assert cells.read_yes_no(text) is False


def test_maybe_is_neither_yes_nor_no() -> None:
    with pytest.raises(CellError) as error:
        cells.read_yes_no("maybe")
    assert fault(error) == ("'maybe' is neither yes nor no", "write yes or no")


def test_a_cell_of_several_values_is_parted_at_semicolons() -> None:
    assert cells.read_list("50; 60 ;; 90;") == ("50", "60", "90")
    assert cells.read_list(" ; ") == ()


@pytest.mark.parametrize(("text", "number"), [("60", 60), ("060", 60), ("60.0", 60), ("60,0", 60), ("0", 0)])
def test_whole_numbers_as_excel_writes_them(text: str, number: int) -> None:
    assert cells.read_whole(text) == number


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        ("45 min", "did you mean 45?"),
        ("1h30", "write digits only"),
        ("", "write digits only"),
        ("6½", "write digits only"),
    ],
)
def test_a_number_with_words_around_it_is_offered_back_where_it_is_the_only_one(
    text: str, remedy: str
) -> None:
    with pytest.raises(CellError) as error:
        cells.read_whole(text)
    assert fault(error) == (f"'{text}' is not a whole number", remedy)


def test_true_is_no_number() -> None:
    with pytest.raises(CellError):
        cells.read_whole(True)


def test_numbers_with_decimals() -> None:
    assert cells.read_number("9.5") == 9.5
    with pytest.raises(CellError) as error:
        cells.read_number("9,5")
    assert fault(error) == ("'9,5' is not a number", "did you mean 9.5?")
    with pytest.raises(CellError) as error:
        cells.read_number("nine")
    assert fault(error) == ("'nine' is not a number", "write digits, and a point before decimals")


@pytest.mark.parametrize(
    "text",
    [
        "2027-01-04", "2027-1-4", "2027-01-04 00:00:00", "2027-01-04T00:00", "04.01.2027", "4.1.27",
        "1/4/2027", "1/4/27", "01/04/2027", "1/4/2027 0:00", "4/1/2027", "04-01-2027",
    ],
)  # fmt: skip
def test_a_date_is_among_its_readings_however_excel_writes_it(text: str) -> None:
    assert date(2027, 1, 4) in cells.day_readings(text)


def test_a_date_with_one_reading_is_read_and_one_with_two_names_both() -> None:
    assert cells.read_day("1/13/2027") == date(2027, 1, 13)
    assert cells.read_day("13/1/2027") == date(2027, 1, 13)
    assert cells.read_day("5/5/2027") == date(2027, 5, 5)
    assert cells.read_day("46391") == date(2027, 1, 4)
    with pytest.raises(CellError) as error:
        cells.read_day("1/4/2027")
    assert fault(error) == (
        "'1/4/2027' can be read as 2027-01-04 or 2027-04-01", "write the date as year-month-day"
    )  # fmt: skip


@pytest.mark.parametrize(
    "text",
    ["2027-02-29", "13/13/2027", "Thanksgiving", "", "0/0/2027", "12345", "1/4-2027", "2027-01-04 17:30"],
)
def test_a_date_that_does_not_exist_is_refused(text: str) -> None:
    with pytest.raises(CellError) as error:
        cells.read_day(text)
    assert fault(error) == (
        f"no date '{text}'", "write a date that exists, as year-month-day: 2027-01-04"
    )  # fmt: skip


@pytest.mark.parametrize("value", [20270104, True, datetime(2027, 1, 4, 12)])
def test_a_number_or_a_moment_is_no_date(value: object) -> None:
    with pytest.raises(CellError):
        cells.read_day(value)


@pytest.mark.parametrize(
    "text",
    [
        "17:30",
        "17:30:00",
        "5:30 PM",
        "5:30:00 PM",
        "05:30 p.m.",
        "5:30 p. m.",
        "5:30\u202fPM",
        "5:30pm",
        "17.30.00",
        "0.729166666666667",
    ],
)
def test_a_time_of_day_in_the_forms_people_and_excel_write_it(text: str) -> None:
    assert cells.read_clock(text) == time(17, 30)


def test_midnight_and_noon_in_twelve_hours() -> None:
    assert cells.read_clock("12:00 AM") == time(0, 0)
    assert cells.read_clock("12:00 PM") == time(12, 0)
    assert cells.read_clock("0.5") == time(12, 0)
    assert cells.read_clock("12 am") == time(0, 0)
    assert cells.read_clock("12pm") == time(12, 0)


@pytest.mark.parametrize("text", ["4 PM", "4pm", "4 p.m.", "04 PM"])
def test_a_whole_hour_needs_no_minutes_where_its_half_of_the_day_is_named(text: str) -> None:
    assert cells.read_clock(text) == time(16, 0)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("16", "16:00"),
        ("1730", "17:30"),
        ("17.30", "17:30"),
        ("17h30", "17:30"),
        ("6", "6:00 or 18:00"),
        ("0630", "6:30 or 18:30"),
        ("6 o'clock", "6:00 or 18:00"),
    ],
)
def test_a_bare_number_is_no_time_of_day_and_what_it_may_mean_is_offered(text: str, meant: str) -> None:
    with pytest.raises(CellError) as error:
        cells.read_clock(text)
    assert fault(error) == (f"no time of day '{text}'", f"did you mean {meant}?")


@pytest.mark.parametrize(
    "value",
    ["25:00", "17:60", "13:00 PM", "0:30 AM", "13 pm", "0 am", "2530", "", 1730, 0.7, time(17, 30, 15)],
)
def test_what_is_no_time_of_day_is_refused(value: object) -> None:
    with pytest.raises(CellError) as error:
        cells.read_clock(value)
    assert fault(error) == (f"no time of day '{value}'", "write hours and minutes: 17:30")


def test_a_color_is_written_with_six_digits() -> None:
    assert cells.read_color("#1f4E79") == "#1f4E79"
    with pytest.raises(CellError) as error:
        cells.read_color("#FFF")
    assert fault(error) == ("'#FFF' is no color", "write # and six digits, such as #1F4E79")


def test_ids_of_our_own_are_ids() -> None:
    for text in ("RP-01", "a", "2027-01-04-mon-1", "Day-01", "Mar-Fam", "1E5", "007", "CON-1", "x" * 60):
        assert cells.read_identifier(text) == text


@FEW
@given(st.times())
def test_a_time_is_read_back_as_it_is_written(moment: time) -> None:
    minute = moment.replace(second=0, microsecond=0)
    assert cells.read_clock(cells.clock_text(minute)) == minute


@FEW
@given(st.text())
def test_tidying_twice_is_tidying_once_and_leaves_nothing_unseen(text: str) -> None:
    once = cells.tidy(text)
    assert cells.tidy(once) == once
    assert not cells.unseen_marks(once)


@FEW
@given(st.text(alphabet="'=+-@a "))
def test_a_guarded_cell_never_starts_like_a_formula_and_comes_back(text: str) -> None:
    guarded = cells.guard_formula(text)
    assert not guarded.startswith(cells.UNSAFE_STARTS)
    assert cells.unguard_formula(guarded) == text


@FEW
@given(st.text(max_size=30), st.sampled_from([
    cells.read_yes_no, cells.read_list, cells.read_whole, cells.read_number, cells.read_day, cells.read_clock,
    cells.read_identifier, cells.read_color,
]))  # fmt: skip
def test_any_text_is_read_or_refused_with_a_remedy(text: str, read: object) -> None:
    assert callable(read)
    told = "read"
    try:
        read(text)
    except CellError as refusal:
        told = f"{refusal} — {refusal.remedy}"
    assert told.strip(" —") == told
