"""Calendar feeds, read back with the library: what staff read, and what clients must never read."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import icalendar
import pytest

from iop_sessions.formats.feeds import feeds, renewed
from iop_sessions.ground.errors import UsageError
from iop_sessions.plans.case import Case
from iop_sessions.plans.fed import Fed
from iop_sessions.plans.plan import Plan
from iop_sessions.program.program import Program
from tests.lib import small
from tests.lib.calendars import READERS, outlook_faults, skip_without

CURRICULUM = small.curriculum(
    group_types="| group_type | title | service_kind |\n| RP | Relapse prevention | counseling |\n"
    "| FG | Family group | family |\n| IN | Individual counseling | counseling |",
    topics="| topic_id | group_type | title |\n| RP-01 | RP | Cravings; heroin, alcohol |\n"
    "| FG-01 | FG | What addiction is |",
    titles="| kind | id | title |\n| topic | RP-01 | Las ganas |\n"
    "| group_type | RP | Prevención de recaídas |",
)
SLOTS = """
    | day | group_type | lead   | track   | site       | kind       |
    | mon | RP         | F1     | morning | Mercy Hill |            |
    | mon | RP         | F2     | evening | Mercy Hill |            |
    | wed | FG         | F1; F2 |         | Mercy Hill |            |
    | wed | IN         | F2     |         | Mercy Hill | individual |
"""
GRID = "| mon-1 | mon-2 | wed-1 | wed-2 |\n| RP-01 | RP-01 | FG-01 | - |"
PEOPLE = [{"code": "F1"}, {"code": "F2"}, {"code": "F3"}]


def program_of(slots: str = SLOTS, **settings: object) -> Program:
    clinic = {"name": "Mercy Hill Recovery", "show_name": True}
    return small.program(
        slots, **{"weeks": 1, **settings}, facilitators=PEOPLE, clinic=clinic, title="Recovery IOP"
    )


PROGRAM = program_of()
PLAN = small.plan(PROGRAM, GRID)
NAME = "drug program"


def made(program: Program = PROGRAM, plan: Plan = PLAN, language: str = "en") -> dict[str, bytes]:
    return feeds(Case(CURRICULUM, program, plan), NAME, language=language)


def events(data: bytes) -> list[icalendar.Event]:
    found = icalendar.Calendar.from_ical(data)
    return list(found.walk("VEVENT"))


def titles(data: bytes) -> list[str]:
    return [str(each["SUMMARY"]) for each in events(data)]


OF_ZONES = (
    "VTIMEZONE", "TZID", "America", "New", "York", "STANDARD", "DAYLIGHT", "TZNAME", "EST", "EDT",
    "TZOFFSETFROM", "TZOFFSETTO", "RRULE", "FREQ", "YEARLY", "BYMONTH", "BYDAY", "SU",
)  # fmt: skip


def of_clients(names: Iterable[str]) -> list[str]:
    return [name for name in names if name.startswith(("clients", "families"))]


def test_there_is_a_feed_for_the_program_each_track_each_leader_and_clients_and_relatives() -> None:
    assert list(made()) == [
        "program.ics", "track-morning.ics", "track-evening.ics", "facilitator-F1.ics", "facilitator-F2.ics",
        "clients-morning.ics", "clients-evening.ics", "families.ics",
    ]  # fmt: skip


def test_staff_read_the_group_the_topic_the_place_and_who_leads() -> None:
    first, *_ = events(made()["program.ics"])
    assert str(first["SUMMARY"]) == "Relapse prevention: RP-01 Cravings; heroin, alcohol"
    assert (str(first["LOCATION"]), str(first["DESCRIPTION"])) == ("Mercy Hill", "Lead F1")
    assert titles(made()["program.ics"])[2:] == [
        "Family group: FG-01 What addiction is", "Individual counseling",
    ]  # fmt: skip


def test_each_track_and_each_leader_has_their_own_meetings() -> None:
    found = {name: [str(each["UID"])[:16] for each in events(data)] for name, data in made().items()}
    assert found["track-evening.ics"] == ["2027-01-04-mon-2", "2027-01-06-wed-1", "2027-01-06-wed-2"]
    assert found["facilitator-F1.ics"] == ["2027-01-04-mon-1", "2027-01-06-wed-1"]


def test_times_are_those_of_the_programs_clock_and_the_stamp_is_of_the_plan() -> None:
    (first, *_) = events(made()["program.ics"])
    assert first["DTSTART"].dt == datetime(2027, 1, 4, 17, 30, tzinfo=ZoneInfo("America/New_York"))
    assert first["DTEND"].dt == datetime(2027, 1, 4, 18, 30, tzinfo=ZoneInfo("America/New_York"))
    assert first["DTSTAMP"].dt == datetime(2027, 1, 4, tzinfo=UTC)
    assert b"DTSTART;TZID=America/New_York:20270104T173000" in made()["program.ics"]


def test_without_a_zone_no_feed_is_written() -> None:
    with pytest.raises(UsageError) as caught:
        made(program_of(time_zone=""))
    assert str(caught.value) == (
        "the program names no time zone, so a phone cannot tell when to ring — write into its file, before "
        'the first line in square brackets, that of your clinic: time_zone = "America/New_York"'
    )


FARTHER = (
    "America/Phoenix",
    "Europe/Berlin",
    "Australia/Sydney",
    "Africa/Casablanca",
    "Asia/Kolkata",
    "America/St_Johns",
)


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize(
    "zone",
    ["America/New_York", *(pytest.param(each, marks=pytest.mark.deep) for each in FARTHER)],
)
def test_a_phone_rings_by_the_clinics_clock_before_and_after_clocks_change(zone: str, reader: str) -> None:
    skip_without(reader)
    program = program_of("| day |\n| mon |", time_zone=zone, weeks=52)
    plan = small.plan(program, "| mon-1 |\n" + "| RP-01 |\n" * 52)
    data = feeds(Case(CURRICULUM, program, plan), NAME)["program.ics"]
    wanted = [
        datetime.combine(each.date, each.start, ZoneInfo(zone)).astimezone(UTC)
        for each in sorted(plan.sessions, key=lambda session: session.order)
    ]
    assert [each.start for each in READERS[reader](data)] == wanted


@pytest.mark.parametrize("name", [*made()])
def test_outlook_finds_nothing_to_refuse(name: str) -> None:
    assert outlook_faults(made()[name]) == []


def test_the_lint_finds_what_outlook_refuses() -> None:
    data = made()["program.ics"]
    broken = data.replace(b"METHOD:PUBLISH\r\n", b"").replace(b"LOCATION:Mercy Hill", b"LOCATION:", 1)
    broken = broken.replace(b"DTSTART;TZID=America/New_York:", b"DTSTART:").replace(
        b"VERSION:2.0\r\n", b"VERSION:2.0\n"
    )
    assert sorted(set(outlook_faults(broken))) == [
        "DTSTART names no zone of the feed", "LOCATION is empty", "a line end that is no CR LF", "no METHOD",
        "no PRODID",
    ]  # fmt: skip


@pytest.mark.parametrize(("language", "word"), [("en", "Appointment"), ("es", "Cita")])
def test_clients_and_relatives_read_a_neutral_word_and_the_time_and_nothing_else(
    language: str, word: str
) -> None:
    files = made(language=language)
    assert of_clients(files) == ["clients-morning.ics", "clients-evening.ics", "families.ics"]
    for name in of_clients(files):
        found = events(files[name])
        assert {str(each["SUMMARY"]) for each in found} == {word}
        assert {key for each in found for key in each} == {
            "UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "SEQUENCE", "STATUS",
        }  # fmt: skip
        text = re.sub("UID:[0-9a-f]{32}\r\n", "", files[name].decode())
        assert set(re.findall(r"[^\W\d_]{2,}", text)) == {
            word, "BEGIN", "END", "VCALENDAR", "VERSION", "PRODID", "calendar", "EN", "VEVENT", "SUMMARY",
            "DTSTART", "DTEND", "DTSTAMP", "SEQUENCE", "STATUS", "CONFIRMED", "METHOD", "PUBLISH", *OF_ZONES,
        }  # fmt: skip


def test_a_clinics_own_words_do_not_reach_what_clients_get() -> None:
    plain = made()
    own = replace(CURRICULUM, labels=small.curriculum(labels="| key | en |\n| meeting.lead | Rehab |").labels)
    worded = feeds(Case(own, PROGRAM, PLAN), NAME)
    assert {name: worded[name] for name in of_clients(worded)} == {
        name: plain[name] for name in of_clients(plain)
    }


def test_what_is_between_one_client_and_staff_is_in_no_feed_of_clients() -> None:
    days = {each["DTSTART"].dt.time().hour for each in events(made()["clients-morning.ics"])}
    assert len(events(made()["clients-morning.ics"])) == 2
    assert days == {17}


def test_a_program_without_family_groups_has_no_feed_for_relatives() -> None:
    program = program_of("| day | lead |\n| mon | F1 |")
    assert list(made(program, small.plan(program, "| mon-1 |\n| RP-01 |"))) == [
        "program.ics", "facilitator-F1.ics", "clients.ics",
    ]  # fmt: skip


def test_people_of_a_phase_have_a_feed_with_their_own_days() -> None:
    phases = [{"number": 1, "weeks": [1, 1]}, {"number": 2, "weeks": [2, 2], "days": ["Monday"]}]
    program = program_of("| day | lead |\n| mon | F1 |\n| wed | F1 |", phases=phases)
    files = made(program, small.plan(program, "| mon-1 | wed-1 |\n| RP-01 | RP-01 |"))
    counts = {name: len(events(files[name])) for name in of_clients(files)}
    assert counts == {"clients-phase-1.ics": 2, "clients-phase-2.ics": 1}


def test_a_cohort_has_one_feed_that_follows_it_through_its_phases() -> None:
    phases = [{"number": 1, "weeks": [1, 1]}, {"number": 2, "weeks": [2, 2], "days": ["Monday"]}]
    settings = {"phases": phases, "admission": "cohort"}
    program = program_of("| day | lead |\n| mon | F1 |\n| wed | F1 |", **settings)
    plan = small.plan(program, "| mon-1 | wed-1 |\n| RP-01 | RP-01 |\n| RP-01 | RP-01 |")
    files = made(program, plan)
    assert [each["DTSTART"].dt.day for each in events(files["clients.ics"])] == [4, 6, 11]
    assert of_clients(files) == ["clients.ics"]


def test_a_cancelled_meeting_says_so_and_what_changed_counts_higher() -> None:
    fed = renewed(Case(CURRICULUM, PROGRAM, PLAN), NAME)
    plan = small.changed(PLAN, "2027-01-04-mon-1", state="cancelled", reason="snow")
    plan = small.changed(plan, "2027-01-06-wed-1", date=date(2027, 1, 7))
    fed = renewed(Case(CURRICULUM, PROGRAM, plan), NAME, fed)
    files = feeds(Case(CURRICULUM, PROGRAM, plan), NAME, fed=fed)
    assert [
        (str(each["STATUS"]), each["SEQUENCE"], each["DTSTAMP"].dt.second)
        for each in events(files["facilitator-F1.ics"])
    ] == [("CANCELLED", 1, 1), ("CONFIRMED", 1, 1)]  # fmt: skip
    assert b"snow" not in files["program.ics"]
    assert [each["SEQUENCE"] for each in events(files["facilitator-F2.ics"])] == [0, 0, 1]


def test_what_is_not_in_the_plan_any_more_or_not_in_a_feed_is_cancelled_there() -> None:
    fed = renewed(Case(CURRICULUM, PROGRAM, PLAN), NAME)
    rows = tuple(each for each in PLAN.sessions if each.session_id != "2027-01-06-wed-1")
    plan = small.changed(replace(PLAN, sessions=rows), "2027-01-04-mon-1", facilitators=("F3",))
    case = Case(CURRICULUM, PROGRAM, plan)
    for _ in range(2):
        fed = renewed(case, NAME, fed)
        files = feeds(case, NAME, fed=fed)
        said = [
            (str(each["UID"])[8:16], str(each["STATUS"]), each["SEQUENCE"])
            for each in events(files["facilitator-F1.ics"])
        ]
        assert said == [("04-mon-1", "CANCELLED", 1), ("06-wed-1", "CANCELLED", 1)]
    assert [str(each["STATUS"]) for each in events(files["facilitator-F3.ics"])] == ["CONFIRMED"]
    assert [(str(each["STATUS"]), str(each["SUMMARY"])) for each in events(files["families.ics"])] == [
        ("CANCELLED", "Appointment")
    ]
    assert outlook_faults(files["families.ics"]) == []


def test_of_a_session_of_which_nothing_is_sure_the_last_word_stands() -> None:
    fed = renewed(Case(CURRICULUM, PROGRAM, PLAN), NAME)
    rows = tuple(each for each in PLAN.sessions if each.session_id != "2027-01-06-wed-1")
    case = Case(CURRICULUM, PROGRAM, replace(PLAN, sessions=rows))
    assert sorted(renewed(case, NAME, fed, {"2027-01-06-wed-1"}), key=by_id) == sorted(fed, key=by_id)
    assert "families.ics" not in feeds(case, NAME, fed=fed, unsure={"2027-01-06-wed-1"})


def by_id(each: Fed) -> str:
    return each.session_id


def test_an_event_keeps_its_name_in_a_published_version_and_clients_cannot_read_it() -> None:
    (first, *_) = events(made()["program.ics"])
    assert str(first["UID"]) == f"2027-01-04-mon-1@{NAME}"
    assert feeds(Case(CURRICULUM, PROGRAM, PLAN), f"{NAME}/versions/2027-01-04") == made()
    names = [str(each["UID"]) for each in events(made()["clients-morning.ics"])]
    assert [len(name) for name in names] == [32, 32]
    assert len(set(names)) == 2


def test_lines_end_and_fold_as_the_standard_says() -> None:
    long = small.curriculum(
        group_types="| group_type | title |\n| RP | Relapse prevention |",
        topics=f"| topic_id | title |\n| RP-01 | {'Señales, y más; ' * 12} |",
    )
    data = feeds(Case(long, PROGRAM, PLAN), NAME)["track-morning.ics"]
    assert data.endswith(b"END:VCALENDAR\r\n")
    lines = data.split(b"\r\n")
    assert b"\n" not in b"".join(lines)
    assert max(map(len, lines)) <= 75
    assert titles(data)[0] == f"Relapse prevention: RP-01 {('Señales, y más; ' * 12).strip()}"


def test_the_order_of_the_rows_does_not_change_a_byte() -> None:
    turned = replace(PLAN, sessions=PLAN.sessions[::-1])
    assert feeds(Case(small.turned(CURRICULUM), PROGRAM, turned), NAME) == made()


@pytest.mark.parametrize(
    ("seed", "zone"), [pytest.param("1", "UTC", marks=pytest.mark.deep), ("2", "Pacific/Auckland")]
)
def test_no_hash_seed_and_no_zone_changes_a_byte(seed: str, zone: str) -> None:
    script = "import sys; from tests.formats.test_feeds import made; "
    script += "sys.stdout.buffer.write(b''.join(made().values()))"
    here = Path(__file__).parents[2]
    environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone}
    environment["PYTHONPATH"] = str(here)
    done = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, check=True)
    assert done.stdout == b"".join(made().values())


def test_two_tracks_that_are_written_alike_have_files_of_their_own() -> None:
    slots = "| day | track | lead |\n| mon | Día | F1 |\n| mon | dia | F1 |\n| wed | 夜 | F1 |"
    program = program_of(slots)
    files = made(program, small.plan(program, "| mon-1 | mon-2 | wed-1 |\n| RP-01 | RP-01 | RP-01 |"))
    assert [name for name in files if name.startswith("track")] == [
        "track-dia.ics", "track-dia2.ics", "track-3.ics",
    ]  # fmt: skip
