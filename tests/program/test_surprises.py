"""What a surprise takes out, how it reads as a reason, and what it makes of a program."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path

import pytest
from pydantic import ValidationError

from iop_sessions.plans.plan import Sheet, read_sheet, sheet_bytes
from iop_sessions.program.calendar import meetings
from iop_sessions.program.program import Program
from iop_sessions.program.surprises import Surprise, SurpriseKind, with_surprises
from tests.lib import small

MONDAY, TUESDAY, SUNDAY = date(2027, 1, 4), date(2027, 1, 5), date(2027, 1, 10)
PROGRAM = small.program("| day |\n| mon |\n| mon |\n| tue |", weeks=1)


def surprise(
    kind: SurpriseKind, first: date = MONDAY, last: date | None = None, **others: object
) -> Surprise:
    return Surprise.model_validate({"kind": kind, "first": first, "last": last or first} | others)


def ids(program: Program, *surprises: Surprise) -> list[str]:
    changed = with_surprises(program, surprises)
    return [each.slot.id for each in meetings(changed, program.start, program.weeks)]


def test_a_closed_day_takes_all_its_groups_out() -> None:
    assert ids(PROGRAM, surprise("closed")) == ["tue-1"]
    assert ids(PROGRAM, surprise("closed", MONDAY, TUESDAY)) == []


def test_a_late_start_takes_out_what_begins_before_it() -> None:
    assert ids(PROGRAM, surprise("late", clock=time(17, 31))) == ["mon-2", "tue-1"]
    assert ids(PROGRAM, surprise("late", clock=time(17, 30))) == ["mon-1", "mon-2", "tue-1"]


def test_doors_that_close_early_take_out_what_ends_after_it() -> None:
    assert ids(PROGRAM, surprise("early", clock=time(19, 39))) == ["mon-1", "tue-1"]
    assert ids(PROGRAM, surprise("early", clock=time(19, 40))) == ["mon-1", "mon-2", "tue-1"]


def test_of_two_late_starts_on_a_day_the_later_counts_in_any_order() -> None:
    early, later = surprise("late", clock=time(17, 31)), surprise("late", clock=time(19, 0))
    assert ids(PROGRAM, early, later) == ids(PROGRAM, later, early) == ["tue-1"]


def test_a_late_start_narrows_a_half_day_of_the_program() -> None:
    calendar = {"main": {"half_days": [{"date": MONDAY, "end": "18:30"}]}}
    program = small.program("| day |\n| mon |\n| mon |\n| tue |", weeks=1, calendar=calendar)
    assert ids(program) == ["mon-1", "tue-1"]
    assert ids(program, surprise("late", clock=time(18, 0))) == ["tue-1"]


def test_a_closed_day_closes_every_site_also_where_only_sites_have_calendars() -> None:
    slots = "| day | site |\n| mon | north |\n| mon | |\n| tue | north |"
    program = small.program(slots, weeks=1, calendar={"north": {"closed": [TUESDAY]}})
    assert ids(program, surprise("closed")) == []


@pytest.mark.parametrize("calendar", [{}, {"north": {}}, {"main": {}, "north": {}, "south": {}}])
def test_one_site_may_close_alone_whether_it_has_a_calendar_or_not(calendar: dict[str, object]) -> None:
    slots = "| day | site |\n| mon | north |\n| mon | south |\n| mon | |"
    program = small.program(slots, weeks=1, calendar=calendar)
    assert ids(program, surprise("closed", subject="north")) == ["mon-2", "mon-3"]
    late = surprise("late", subject="north", clock=time(20, 0))
    assert ids(program, late) == ["mon-2", "mon-3"]
    assert ids(program, surprise("closed", subject="south"), surprise("closed", subject="north")) == ["mon-3"]
    assert ids(program, surprise("closed", subject="north"), surprise("closed")) == []


def test_a_group_falls_out_by_what_happens_at_its_own_site_alone() -> None:
    closed = surprise("closed", subject="north")
    there = [closed.takes_out(MONDAY, time(17), time(18), site) for site in ("north", "south", "")]
    assert there == [True, False, False]
    everywhere = surprise("closed")
    assert [everywhere.takes_out(MONDAY, time(17), time(18), site) for site in ("north", "")] == [True, True]


def test_a_leader_away_is_on_leave_and_a_room_lost_changes_no_calendar() -> None:
    program = small.program("| day |\n| mon |", facilitators=[{"code": "F1"}, {"code": "F2"}])
    away = with_surprises(program, [surprise("absent", MONDAY, TUESDAY, subject="F2")])
    assert [[*each.leave] for each in away.facilitators] == [
        [], [surprise("absent", MONDAY, TUESDAY).span]
    ]  # fmt: skip
    assert with_surprises(program, [surprise("room", subject="A")]) == program


def test_no_surprise_leaves_the_program_as_it_is() -> None:
    assert with_surprises(PROGRAM, []) == PROGRAM


WORDS = {
    "closed": "closed", "late": "late start", "early": "closed early", "room": "room lost",
    "absent": "F2 away",
}  # fmt: skip


@pytest.mark.parametrize("kind", WORDS)
def test_a_surprise_says_why_in_a_few_words_or_in_those_given(kind: SurpriseKind) -> None:
    assert surprise(kind, subject="F2").words == WORDS[kind]
    assert surprise(kind, subject="F2", reason="snow").words == "snow"


@pytest.mark.parametrize(
    ("kind", "clock", "start", "end", "out"),
    [
        ("closed", None, (8, 0), (9, 0), True),
        ("late", (18, 0), (17, 59), (19, 0), True),
        ("late", (18, 0), (18, 0), (19, 0), False),
        ("early", (19, 0), (18, 0), (19, 1), True),
        ("early", (19, 0), (18, 0), (19, 0), False),
        ("late", None, (8, 0), (9, 0), False),
        ("absent", None, (8, 0), (9, 0), False),
        ("room", None, (8, 0), (9, 0), False),
    ],
)
def test_a_group_falls_out_by_its_own_hours(
    kind: SurpriseKind,
    clock: tuple[int, int] | None,
    start: tuple[int, int],
    end: tuple[int, int],
    out: bool,
) -> None:
    happened = surprise(kind, clock=time(*clock) if clock else None)
    assert happened.takes_out(MONDAY, time(*start), time(*end), "") is out
    assert happened.takes_out(TUESDAY, time(*start), time(*end), "") is False


def test_only_what_takes_groups_out_moves_topics() -> None:
    assert {kind for kind in WORDS if surprise(kind).moves_topics} == {"closed", "late", "early"}


def test_a_surprise_of_no_known_kind_or_year_is_refused() -> None:
    with pytest.raises(ValidationError):
        surprise("flood")  # type: ignore[arg-type]  # a word that a plan.toml may hold
    with pytest.raises(ValidationError):
        surprise("closed", date(1827, 1, 4))


def test_a_surprise_in_a_sheet_that_cannot_be_true_is_named_with_its_key(tmp_path: Path) -> None:
    sheet = Sheet("small", date(2027, 1, 4), 2, "optimal", 0, 0)
    text = (
        sheet_bytes(sheet)
        .decode()
        .replace(
            "shortfalls = []",
            "shortfalls = []\n"
            'surprises = [{ kind = "closed", first = 2027-01-06, last = 2027-01-05 }, '
            '{ kind = "late", first = 2027-01-06, last = 2027-01-06 }]',
        )
    )
    (tmp_path / "plan.toml").write_text(text, encoding="utf-8")
    found, problems = read_sheet(tmp_path / "plan.toml", "plan.toml")
    assert found is None
    assert [str(each) for each in problems] == [
        "plan.toml: surprises[1].last: ends before it begins — write the earlier day first",
        "plan.toml: surprises[2].clock: is missing — write a time of day: 17:30",
    ]
