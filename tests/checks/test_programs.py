"""One test for each check of a program against its curriculum."""

from __future__ import annotations

from datetime import date

from iop_sessions.checks import check_program, programs, weeks
from iop_sessions.curriculum.library import Curriculum
from iop_sessions.ground.errors import Problem
from iop_sessions.ground.tables import Unread
from iop_sessions.program.program import Program
from tests.lib import small

NOTHING = Curriculum()


def told(problems: list[Problem]) -> list[str]:
    return [str(problem).removeprefix("p.toml: ") for problem in problems]


def topics(*rows: str) -> Curriculum:
    return small.curriculum(
        topics="| topic_id | group_type | lengths | ages |\n" + "\n".join(f"| {row} |" for row in rows)
    )


def test_check_ids_are_unique_counts_them() -> None:
    program = small.program(
        "| id | day |\n| a | mon |\n| a | tue |\n| b | wed |",
        rooms=[{"code": "R", "seats": 8}, {"code": "R", "seats": 9}],
        facilitators=[{"code": "F1"}, {"code": "F1"}, {"code": "F1"}],
        phases=[{"number": 1}, {"number": 2}, {"number": 1}],
        paths=[{"id": "p", "phases": [[1, 1]]}, {"id": "p", "phases": [[2, 1]]}],
    )
    assert told(programs.check_ids_are_unique(NOTHING, program, "p.toml")) == [
        "slots: 'a' stands 2 times — give each its own id",
        "phases: '1' stands 2 times — give each its own id",
        "paths: 'p' stands 2 times — give each its own id",
        "rooms: 'R' stands 2 times — give each its own id",
        "facilitators: 'F1' stands 3 times — give each its own id",
    ]


def test_check_names_are_known_offers_the_nearest_or_lists_what_there_is() -> None:
    curriculum = small.curriculum(
        topics="| topic_id |\n| RP-01 |",
        rules="| rule_id | pack | reason_codes |\n| R1 | us-guidance | holiday |",
    )
    program = small.program(
        "| day | group_type | lead | room |\n| mon | RP | F1 | A |\n| tue | RPP | F1; F7 | B |",
        rooms=[{"code": "A", "seats": 8}],
        facilitators=[{"code": "F1"}],
        spacing={"RT": 1},
        rules={"packs": ["us-guidanse"]},
        week_notes=[{"week": 1, "reason_code": "holyday"}],
        calendar={"main": {}, "mian": {}},
    )
    assert told(programs.check_names_are_known(curriculum, program, "p.toml")) == [
        "slots[2].group_type: no group type 'RPP' — did you mean 'RP'?",
        "slots[2].lead: no facilitator 'F7' — there are: F1",
        "slots[2].room: no room 'B' — there are: A",
        "spacing.RT: no group type 'RT' — did you mean 'RP'?",
        "calendar.mian: no calendar 'mian' — did you mean 'main'?",
        "rules.packs: no rule pack 'us-guidanse' — did you mean 'us-guidance'?",
        "week_notes[1].reason_code: no reason 'holyday' — did you mean 'holiday'?",
    ]


def test_check_names_are_known_in_the_calendars_of_sites_and_the_types_of_leaders() -> None:
    program = small.program(
        "| day | group_type | site | kind |\n| mon | RP | north | |\n| tue | IND | | individual |",
        calendar={"main": {}, "north": {}, "nort": {}},
        facilitators=[{"code": "F1", "group_types": ["RP", "IND", "RPP"]}],
    )
    curriculum = small.curriculum(topics="| topic_id |\n| RP-01 |")
    assert told(programs.check_names_are_known(curriculum, program, "p.toml")) == [
        "facilitators[1].group_types: no group type 'RPP' — did you mean 'RP'?",
        "calendar.nort: no calendar 'nort' — did you mean 'north'?",
    ]


def test_a_census_is_of_a_track_of_the_program() -> None:
    census = {"evenin": {"en": 5}, "weekend": {"en": 5}}
    table = "| day | group_type | track |\n| mon | RP | morning |\n| tue | RP | evening |"
    curriculum = small.curriculum(topics="| topic_id |\n| RP-01 |")
    program = small.program(table, census=census)
    assert told(programs.check_names_are_known(curriculum, program, "p.toml")) == [
        "census.evenin: no track 'evenin' — did you mean 'evening'?",
        "census.weekend: no track 'weekend' — there are: evening, morning",
    ]
    alone = small.program("| day | group_type |\n| mon | RP |", census={"night": {"en": 5}})
    assert told(programs.check_names_are_known(curriculum, alone, "p.toml")) == [
        "census.night: no track 'night' — there is none yet: add it",
    ]


def tracks_told(**census: object) -> list[str]:
    program = small.program("| day | track |\n| mon | am |\n| tue | pm |", census=census)
    return told(programs.check_tracks_add_up(NOTHING, program, "p.toml"))


def test_check_tracks_add_up_to_the_people_of_the_program() -> None:
    assert tracks_told(en=20) == []
    assert tracks_told(en=20, am={"en": 12}, pm={"en": 7, "large_print": 1}) == []
    assert tracks_told(en=20, am={"en": 12}) == []
    assert tracks_told(en=20, es=1, am={"en": 12}, pm={"en": 12}) == [
        (
            "census: warning: the tracks hold 24 people, and the program 21 — "
            "write under [census] how many come in all: en = 23"
        )
    ]
    few = "census: warning: the tracks hold 16 people, and the program 20"
    assert tracks_told(en=20, am={"en": 8}, pm={"en": 8})[0].startswith(few)
    assert tracks_told(en=20, am={"en": 21})[0].startswith("census: warning: the tracks hold 21 people")


def test_check_groups_have_a_type_and_other_kinds_need_none() -> None:
    slots = [
        {"id": "a", "day": "Monday", "start": "17:30", "minutes": 60},
        {"id": "b", "day": "Tuesday", "start": "17:30", "minutes": 60, "kind": "individual"},
    ]
    program = Program.model_validate({"title": "T", "start": small.MONDAY, "weeks": 1, "slots": slots})
    assert told(programs.check_groups_have_a_type(NOTHING, program, "p.toml")) == [
        "slots[1].group_type: is missing — add it, or write under kind what a is, if no group"
    ]
    assert told(programs.check_names_are_known(NOTHING, program, "p.toml")) == []


def test_check_names_are_known_says_nothing_of_what_stands_in_a_broken_row() -> None:
    program = small.program("| day | group_type |\n| mon | RT |")
    lost = Curriculum(unread={"group_types": Unread(values=frozenset({("group_type", "RT")}))})
    assert told(programs.check_names_are_known(lost, program, "p.toml")) == []
    assert told(programs.check_names_are_known(NOTHING, program, "p.toml")) == [
        "slots[1].group_type: no group type 'RT' — there is none yet: add it"
    ]


def test_check_slots_end_before_midnight() -> None:
    program = small.program(
        "| id | day | start |\n| a | mon | 22:59 |\n| b | tue | 23:00 |\n| c | wed | 23:30 |"
    )
    assert told(programs.check_slots_end_before_midnight(NOTHING, program, "p.toml")) == [
        "slots[2].minutes: b would end after midnight — start earlier",
        "slots[3].minutes: c would end after midnight — start earlier",
    ]


HOURS = small.curriculum(
    rules="""
        | rule_id | target | operator | value | verified |
        | MIN     | adult  | >=       | 9     | yes      |
        | YOUTH   | youth  | >=       | 6     | yes      |
        | MAX     |        | <=       | 19    | no       |
        """
)
PACK = {"rules": {"packs": ["pack"]}}


def week(groups: int, length: int = 60, **settings: object) -> list[str]:
    weeks = ["mon", "tue", "wed", "thu", "fri"]
    rows = "\n".join(f"| {weeks[number % 5]} | {length} |" for number in range(groups))
    program = small.program("| day | minutes |\n" + rows, **{**PACK, **settings})
    return told(programs.check_weekly_hours(HOURS, program, "p.toml"))


def test_check_weekly_hours_warns_below_9_and_above_19_as_the_payer_counts() -> None:
    assert week(9) == []
    assert week(8) == [
        (
            "slots: warning: a full week holds 8 h clinical (8 h clinical, 8 h 30 min seat)"
            " — 9 hours are the least (MIN): add 60 minutes"
        )
    ]
    assert week(9, length=55) == [
        (
            "slots: warning: a full week holds 8 h 15 min clinical (8 h 15 min clinical, 9 h 15 min seat)"
            " — 9 hours are the least (MIN): add 45 minutes"
        )
    ]
    assert week(9, length=55, minutes={"count": "seat"}) == []
    assert week(20) == [
        (
            "slots: warning: a full week holds 20 h clinical (20 h clinical, 22 h 30 min seat)"
            " — 19 hours are the most (MAX, unverified)"
        )
    ]


def test_check_weekly_hours_knows_youth_and_other_levels_of_care() -> None:
    assert week(6, ages="youth") == []
    assert len(week(5, ages="youth")) == 1
    assert week(1, level_of_care="OP") == []
    assert week(1, rules={}) == []  # no pack, no limit


def test_check_weekly_hours_counts_past_midnight() -> None:
    program = small.program("| day | start | minutes |\n| mon | 14:00 | 480 |\n| mon | 22:30 | 120 |", **PACK)
    assert told(programs.check_weekly_hours(HOURS, program, "p.toml")) == []


def hours_of(table: str, **settings: object) -> list[str]:
    program = small.program(table, **{**PACK, **settings})
    return told(programs.check_weekly_hours(HOURS, program, "p.toml"))


def test_check_weekly_hours_counts_each_track_by_itself() -> None:
    table = """
        | day | minutes | track | start |
        | mon | 300     | am    | 09:00 |
        | tue | 180     | am    | 09:00 |
        | mon | 300     | pm    | 15:00 |
        | tue | 240     | pm    | 15:00 |
        | wed | 60      |       | 15:00 |
        """
    assert hours_of(table) == []
    assert hours_of(table.replace("180", "120")) == [
        (
            "slots: warning: a full week in the am track holds 8 h clinical (8 h clinical, 8 h seat)"
            " — 9 hours are the least (MIN): add 60 minutes"
        )
    ]


def test_check_weekly_hours_counts_the_first_phase_which_later_ones_step_down_from() -> None:
    table = "| day | minutes |\n| mon | 180 |\n| wed | 180 |\n| fri | 180 |"
    full, less = {"number": 1, "weeks": [1]}, {"number": 2, "weeks": [2], "days": ["Monday"]}
    assert hours_of(table, phases=[less, full]) == []
    swapped = [{**full, "number": 2, "weeks": [2]}, {**less, "number": 1, "weeks": [1]}]
    assert hours_of(table, phases=swapped) == [
        (
            "slots: warning: a full week of phase 1 holds 3 h clinical (3 h clinical, 3 h seat)"
            " — 9 hours are the least (MIN): add 360 minutes"
        )
    ]
    assert hours_of(table, phases=[{"number": 1, "weeks": [4, 1]}]) == []


def test_check_weekly_hours_asks_nothing_of_a_first_phase_of_another_level() -> None:
    table, step = "| day |\n| mon |", {"number": 1, "weeks": [1]}
    assert len(hours_of(table, phases=[step])) == 1
    assert hours_of(table, phases=[{**step, "level": "OP"}]) == []
    assert hours_of(table, phases=[step], level_of_care="OP") == []
    assert len(hours_of(table, phases=[{**step, "level": "IOP"}], level_of_care="PHP")) == 1


def test_check_weekly_hours_takes_the_limit_agreed_upon_in_place_of_a_rule() -> None:
    agreed = {"rule_id": "MIN", "value": 7.5, "reason": "Small.", "by": "F1", "until": "2027-12-31"}
    assert week(8, rules={"packs": ["pack"], "override": [agreed]}) == []
    assert week(7, rules={"packs": ["pack"], "override": [agreed]}) == [
        (
            "slots: warning: a full week holds 7 h clinical (7 h clinical, 7 h 20 min seat)"
            " — 7.5 hours are the least (MIN): add 30 minutes"
        )
    ]


def test_check_weekly_hours_counts_slots_as_their_kind_or_the_program_says() -> None:
    table = """
        | day | start | minutes | kind        | counts |
        | mon | 09:00 | 300     | group       |        |
        | tue | 09:00 | 240     | individual  |        |
        | wed | 09:00 | 60      | medication  | {}     |
        | thu | 09:00 | 120     | mutual_help |        |
        | thu | 13:00 | 30      | drug_test   |        |
        """
    assert hours_of(table.format("")) == []
    seat = [
        (
            "slots: warning: a full week holds 8 h 59 min clinical (8 h 59 min clinical, 9 h 59 min seat)"
            " — 9 hours are the least (MIN): add 1 minute"
        )
    ]
    assert hours_of(table.format("").replace("240", "239")) == seat
    assert hours_of(table.format("clinical").replace("240", "239")) == []
    assert hours_of(table.format("").replace("240", "239"), minutes={"count": "seat"}) == []


def test_check_slots_have_topics_of_their_minutes_and_ages() -> None:
    curriculum = topics("RP-01 | RP | 50; 60 | adult", "RP-02 | RP | 90 | youth")
    program = small.program("| day | minutes |\n| mon | 60 |\n| tue | 90 |\n| wed | 75 |")
    assert told(programs.check_slots_have_topics(curriculum, program, "p.toml")) == [
        f"slots[{number}].minutes: no RP topic is written for {minutes} minutes and ages 'adult'"
        " — change the minutes, or add a topic"
        for number, minutes in ((2, 90), (3, 75))
    ]
    both = small.program("| day | minutes |\n| tue | 90 |", ages="both")
    assert told(programs.check_slots_have_topics(curriculum, both, "p.toml")) == []


def test_check_slots_have_topics_where_they_are_groups_and_no_other_kind() -> None:
    curriculum = topics("RP-01 | RP | 60 | adult")
    program = small.program("| day | minutes | kind |\n| mon | 75 | open |\n| tue | 75 | individual |")
    assert told(programs.check_slots_have_topics(curriculum, program, "p.toml")) == []


def test_check_spacing_leaves_a_choice() -> None:
    curriculum = topics("RP-01 | RP | 60 | adult", "RP-02 | RP | 60 | adult")
    slots = "| day |\n| mon |"
    assert told(
        programs.check_spacing_leaves_a_choice(curriculum, small.program(slots, spacing={"RP": 2}), "p.toml")
    ) == ["spacing.RP: 2 RP topics cannot fill meetings that are 2 apart — write 1 or less, or add topics"]
    assert (
        programs.check_spacing_leaves_a_choice(curriculum, small.program(slots, spacing={"RP": 1}), "p.toml")
        == []
    )


def essential(*topic_ids: str, **settings: object) -> list[str]:
    curriculum = small.curriculum(
        topics="| topic_id |\n" + "\n".join(f"| {each} |" for each in ("RP-01", "RP-02")),
        objectives="| objective_id | within_weeks |\n| safety | 2 |",
        topic_objectives="| topic_id | objective_id |\n"
        + "\n".join(f"| {each} | safety |" for each in topic_ids),
    )
    program = small.program("| day |\n| mon |\n| wed |", **settings)
    return told(programs.check_essentials_can_recur(curriculum, program, "p.toml"))


def test_check_essentials_can_recur_shows_its_arithmetic() -> None:
    assert essential("RP-01", spacing={"RP": 4}) == [
        (
            "spacing.RP: 'safety' hangs on RP-01 alone within 2 weeks: 2 x 2 = 4 RP meetings, "
            "but spacing keeps 4 meetings between two runs"
            " — let a second topic meet it, allow more weeks, or write 3 or less"
        )
    ]
    assert essential("RP-01", spacing={"RP": 3}) == []
    assert essential("RP-01", "RP-02", spacing={"RP": 4}) == []
    assert essential("RP-01", spacing={"RP": 4}, admission="cohort") == []


def test_check_essentials_can_recur_counts_one_track_not_their_sum_and_groups_alone() -> None:
    curriculum = small.curriculum(
        topics="| topic_id |\n| RP-01 |",
        objectives="| objective_id | within_weeks |\n| safety | 2 |",
        topic_objectives="| topic_id | objective_id |\n| RP-01 | safety |",
    )
    program = small.program(
        """
        | day | track | kind |
        | mon | am    |      |
        | tue | pm    |      |
        | wed |       | open |
        """,
        spacing={"RP": 2},
    )
    assert told(programs.check_essentials_can_recur(curriculum, program, "p.toml")) == [
        (
            "spacing.RP: 'safety' hangs on RP-01 alone within 2 weeks: 1 x 2 = 2 RP meetings, "
            "but spacing keeps 2 meetings between two runs"
            " — let a second topic meet it, allow more weeks, or write 1 or less"
        )
    ]


def test_check_closed_days_lie_in_the_plan_and_a_day_counts_once() -> None:
    closed = [date(2027, 1, 4), date(2027, 1, 17), date(2027, 1, 18), date(2026, 1, 4), date(2026, 1, 4)]
    program = small.program("| day |\n| mon |", closed=closed)
    assert told(weeks.check_closed_days_lie_in_the_plan(NOTHING, program, "p.toml")) == [
        f"calendar.main.closed: warning: {day} lies outside the plan — is the year right?"
        for day in ("2027-01-18", "2026-01-04")
    ]


def test_check_closed_days_lie_in_the_plan_with_ranges_half_days_and_leave() -> None:
    calendar = {
        "main": {"closed": ["2026-12-24..2027-01-03", "2026-12-24..2027-01-04", "2027-01-17..2028-01-01"]},
        "north": {"closed": ["2027-01-18..2027-01-19"], "half_days": [{"date": "2026-01-08"}]},
    }
    staff = [{"code": "F1", "leave": ["2027-01-11", "2028-01-11"]}]
    program = small.program("| day |\n| mon |", calendar=calendar, facilitators=staff)
    assert told(weeks.check_closed_days_lie_in_the_plan(NOTHING, program, "p.toml")) == [
        f"{place}: warning: {span} lies outside the plan — is the year right?"
        for place, span in (
            ("calendar.main.closed", "2026-12-24..2027-01-03"),
            ("calendar.north.closed", "2027-01-18..2027-01-19"),
            ("calendar.north.half_days", "2026-01-08"),
            ("facilitators[1].leave", "2028-01-11"),
        )
    ]


def test_check_half_days_are_open_and_said_once() -> None:
    halves = [
        {"date": "2027-01-04", "start": "12:00", "end": "09:00"},
        {"date": "2027-01-05", "start": "12:00", "end": "12:00"},
        {"date": "2027-01-06", "end": "12:00"},
        {"date": "2027-01-06", "start": "15:00"},
    ]
    program = small.program("| day |\n| mon |", calendar={"main": {"half_days": halves}})
    key, remedy = "calendar.main.half_days", "write an end after the start"
    assert told(weeks.check_half_days_are_open(NOTHING, program, "p.toml")) == [
        f"{key}[1].end: on 2027-01-04 the doors open at 12:00 and close at 09:00 — {remedy}",
        f"{key}[2].end: on 2027-01-05 the doors open at 12:00 and close at 12:00 — {remedy}",
        f"{key}: 2027-01-06 stands 2 times — write one row a day, with the hours it is open",
    ]


def test_check_half_days_say_an_hour() -> None:
    halves = [{"date": "2027-01-04"}]
    program = small.program("| day |\n| mon |", calendar={"main": {"half_days": halves}})
    assert told(weeks.check_half_days_are_open(NOTHING, program, "p.toml")) == [
        (
            "calendar.main.half_days[1]: 2027-01-04 says neither when the doors open nor when they close — "
            'add start or end, such as end = "12:00"'
        )
    ]


def test_check_half_days_leave_a_group_of_their_site() -> None:
    def told_of(**half: str) -> list[str]:
        calendar = {"main": {"closed": [date(2027, 1, 11)]}, "north": {"half_days": [half]}}
        slots = (
            "| day | site | start |\n| mon | north | 17:30 |\n| mon | south | 9:00 |\n| tue | north | 9:00 |"
        )
        program = small.program(slots, calendar=calendar)
        return told(weeks.check_half_days_leave_a_group(NOTHING, program, "p.toml"))

    assert told_of(date="2027-01-04", end="7:30") == [
        (
            "calendar.north.half_days[1]: warning: on 2027-01-04 the doors are open 00:00 to 07:30, "
            "and no group fits: they meet 17:30 to 18:30 — "
            "is the hour right? else write the day under closed"
        )
    ]
    assert told_of(date="2027-01-04", end="19:30") == []
    assert told_of(date="2027-01-06", end="7:30") == []  # nothing meets there on Wednesdays
    assert told_of(date="2027-01-05", end="10:30") == []


def test_check_holidays_are_known_by_the_names_of_the_federal_office() -> None:
    def named(*names: str) -> list[str]:
        program = small.program("| day |\n| mon |", calendar={"main": {"us_federal": list(names)}})
        return told(weeks.check_holidays_are_known(NOTHING, program, "p.toml"))

    assert named("Memorial Day", "Juneteenth National Independence Day", "New Year's Day") == []
    (said,) = named("Memorial Day", "Good Friday")
    assert said == (
        "calendar.main.us_federal: no federal holiday 'Good Friday' — there are: Christmas Day, "
        "Columbus Day, Independence Day, Juneteenth National Independence Day, Labor Day, "
        "Martin Luther King Jr. Day, Memorial Day, New Year's Day, Thanksgiving Day, Veterans Day, "
        "Washington's Birthday; write another day under closed"
    )
    assert named() == []
    every = small.program("| day |\n| mon |", calendar={"main": {"us_federal": True}})
    assert weeks.check_holidays_are_known(NOTHING, every, "p.toml") == []


def test_check_some_day_is_open() -> None:
    closed = [date(2027, 1, 4), date(2027, 1, 11)]
    program = small.program("| day |\n| mon |", closed=closed)
    assert told(weeks.check_some_day_is_open(NOTHING, program, "p.toml")) == [
        "calendar.main.closed: every day of the plan is closed — take some days out, or plan more weeks"
    ]
    assert (
        weeks.check_some_day_is_open(NOTHING, small.program("| day |\n| mon |", closed=closed[:1]), "p.toml")
        == []
    )


def test_all_checks_of_a_program_are_told_at_once() -> None:
    curriculum = topics("RP-01 | RP | 60 | adult")
    program = small.program(
        "| day | group_type |\n| mon | RP |\n| tue | XX |", stay_weeks=[3], level_of_care="OP"
    )
    assert told(check_program(curriculum, program, "p.toml")) == [
        "slots[2].group_type: no group type 'XX' — there are: RP",
        "stay_weeks: a stay of 3 weeks is longer than the plan of 2 — plan 3 weeks or more",
    ]


def test_check_the_clock_is_known_asks_for_a_zone() -> None:
    with_zone, without = small.program("| day |\n| mon |"), small.program("| day |\n| mon |", time_zone="")
    assert told(programs.check_the_clock_is_known(NOTHING, with_zone, "p.toml")) == []
    assert told(programs.check_the_clock_is_known(NOTHING, without, "p.toml")) == [
        (
            "time_zone: warning: is missing, so no calendar for phones can be written — "
            'add the zone of your clinic: time_zone = "America/New_York"'
        )
    ]
