"""`rules`, `publish` and `calendar`: what they print, what they end with, what they leave."""

from __future__ import annotations

import json

from iop_sessions.ground.workspace import Workspace
from tests.doors.conftest import Clock, Ended, Run, edit, files_in

SHORT = (
    "Rules of us-guidance: 1 of 6 weeks breaks one.\n"
    "Week 3: 6 h clinical; 9 h or more, falls short by 3 h (HOURS-MIN, SAMHSA Advisory 2021).\n"
    "  - move: hold on another day of the week what falls out on Monday, January 18 "
    "(mon-1, mon-2, mon-3; 3 h)\n"
    "  - add a session: 3 h of group; breaks do not count\n"
    "  - write a reason code under [[week_notes]] of the program: week = 3, "
    'reason_code = "holiday"\n'
)


def test_rules_names_a_short_week_with_its_options_and_ends_with_1(run: Run) -> None:
    assert run("rules", "evening") == Ended(1, SHORT, "")


def test_rules_gives_scripts_a_list_of_findings(run: Run) -> None:
    ended = run("rules", "evening", "--json")
    found = json.loads(ended.out)
    assert (ended.code, len(found)) == (1, 12)
    assert set(found[0]) == {"rule_id", "state", "week", "value", "limit", "source", "severity"} | {
        "verified", "held", "not_confirmed",
    }  # fmt: skip


def test_a_week_that_is_excused_ends_with_0(space: Workspace, run: Run) -> None:
    note = '[[week_notes]]\nweek = 3\nreason_code = "holiday"\n\n[[slots]]'
    edit(space.curriculum / "programs" / "evening.toml", "[[slots]]", note)
    assert run("rules", "evening").code == 0


def test_publish_freezes_a_plan_and_says_when_it_was_done_before(run: Run) -> None:
    files = "plan.csv, plan.toml, program.toml, curriculum.zip, version.toml"
    folder = "plans/evening/versions/2027-01-04"
    first, again = (
        run("publish", "evening", "--on", "tomorrow"),
        run("publish", "evening", "--on", "2027-01-04"),
    )
    assert first == Ended(0, f"Plan evening of 2027-01-04 is published: {folder}/ ({files}).\n", "")
    assert again.out == f"Plan evening of 2027-01-04 was published before, the same: {folder}/ ({files}).\n"
    facts = json.loads(run("publish", "evening", "--on", "2027-01-04", "--json").out)
    assert {key: facts[key] for key in ("plan", "on", "folder", "again")} == {
        "plan": "evening", "on": "2027-01-04", "folder": folder, "again": True,
    }  # fmt: skip
    assert list(facts["sha256"]) == files.split(", ")


def test_a_published_version_is_verified_and_covered_by_its_name(run: Run) -> None:
    run("publish", "evening", "--on", "2027-01-04")
    name = "evening/versions/2027-01-04"
    assert run("verify", name) == Ended(
        0, f"Plan {name} holds: every planning rule is kept, and its cost of 0 is right.\n", ""
    )
    assert run("coverage", name).out == run("coverage", "evening").out.replace("Plan evening", f"Plan {name}")


def test_publish_wants_a_date(run: Run) -> None:
    assert run("publish", "evening").code == 2
    assert run("publish", "evening", "--on", "soon") == Ended(
        2, "", "no date 'soon' — write today, tomorrow, monday or a date: 2027-01-04\n"
    )


def test_calendar_says_which_feeds_are_for_whom(space: Workspace, run: Run) -> None:
    assert run("calendar", "evening") == Ended(
        0,
        "Calendar feeds are in output/evening/.\n"
        "For staff only: calendar/program.ics, calendar/facilitator-F1.ics.\n"
        "For clients and relatives, with neutral titles: calendar/clients.ics.\n",
        "Times are by the clock of America/New_York, as the program's time_zone says.\n",
    )
    facts = json.loads(run("calendar", "evening", "--language", "es", "--json").out)
    assert facts["written"] == [
        "calendar-es/program.ics", "calendar-es/facilitator-F1.ics", "calendar-es/clients.ics",
    ]  # fmt: skip
    assert {"calendar/clients.ics", "calendar-es/clients.ics"} <= set(files_in(space.output / "evening"))


def test_a_feed_that_somebody_changed_is_kept_beside_the_new_one(space: Workspace, run: Run) -> None:
    run("calendar", "evening")
    edit(space.output / "evening" / "calendar" / "program.ics", "Relapse prevention", "Mine")
    assert run("calendar", "evening").out.splitlines()[-1] == (
        "You had changed a file; it is kept as calendar/program (changed by you).ics"
    )


def test_a_language_that_we_do_not_speak_is_refused(run: Run) -> None:
    assert run("calendar", "evening", "--language", "fr").code == 2


OVERRIDE = """[[rules.override]]
rule_id = "HOURS-MIN"
value = 6
reason = "Few people in winter"
by = "F1"
until = 2027-01-18

[census]"""


def test_an_override_is_told_by_rules_and_coverage_and_once_it_is_over_by_check(
    space: Workspace, run: Run, clock: Clock
) -> None:
    edit(space.curriculum / "programs" / "evening.toml", "[census]", OVERRIDE)
    told = "HOURS-MIN: overridden to 6 h until January 18, 2027 by F1: Few people in winter."
    assert run("rules", "evening") == Ended(0, f"Rules of us-guidance: every week keeps them.\n{told}\n", "")
    assert told in run("coverage", "evening").out.splitlines()
    assert run("check").out == "No problem found.\n"
    clock("2027-01-19")
    assert run("check").out.splitlines()[0] == (
        "programs/evening.toml:23: rules.override[1].until: warning: 2027-01-18 is past: "
        "HOURS-MIN counts as it is again — give it a later date, or remove it"
    )
