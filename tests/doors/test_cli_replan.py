"""`replan`, `diff` and `held`: what a counselor reads, and that nothing held moves."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from iop_sessions.ground.workspace import Workspace
from iop_sessions.plans import store
from iop_sessions.plans.plan import row_digest
from tests.doors.conftest import Clock, Ended, Run, edit, files_in
from tests.lib.clinics import clinic, printed

SEARCH = "Looking for the fewest changes …\nLooking for the best of the plans that change as little …\n"
SNOW = (
    "Plan evening: 3 sessions fall out.\n"
    "Changes:\n"
    "  - Mon, Jan 11, 5:30 pm: RP-01 How a craving gets started — cancelled (snow)\n"
    "  - Mon, Jan 11, 6:40 pm: RT-02 Say no to a friend — cancelled (snow)\n"
    "  - Mon, Jan 11, 7:50 pm: PE-01 What use does to sleep — cancelled (snow)\n"
    "Fell out:\n"
    "  - RP-01 How a craving gets started, Mon, Jan 11, 5:30 pm; next on Wed, Jan 20, 5:30 pm\n"
    "  - RT-02 Say no to a friend, Mon, Jan 11, 6:40 pm; next on Fri, Jan 15, 6:40 pm\n"
    "  - PE-01 What use does to sleep, Mon, Jan 11, 7:50 pm; next on Wed, Jan 20, 7:50 pm\n"
    "Nothing that was promised is missed by it.\n"
    "Week 2: 6 h clinical; 9 h or more, falls short by 3 h (HOURS-MIN, SAMHSA Advisory 2021).\n"
    "  - move: hold on another day of the week what falls out on Monday, January 11 "
    "(mon-1, mon-2, mon-3; 3 h)\n"
    "  - add a session: 3 h of group; breaks do not count\n"
    "Tell: F1, clients.\n"
    "Print again: the agenda of week 2.\n"
)
NOTHING = "Plan evening: nothing changes.\n"
HOLDS = "Plan evening holds: every planning rule is kept, and its cost of 0 is right.\n"


def test_a_closed_day_is_read_and_written(space: Workspace, run: Run) -> None:
    ended = run("replan", "evening", "--closed", "2027-01-11", "--reason", "snow")
    (old,) = (path.name for path in (space.plans / "evening" / "replaced").iterdir())
    assert ended == Ended(
        0,
        SNOW,
        f"{SEARCH}Written: output/evening/notices/2027-01-03-change-notice-01.docx\n"
        f"As it was: plans/evening/replaced/{old}/; to take the change back: undo evening\n",
    )
    assert sorted(name.split("/")[0] for name in files_in(space.plans / "evening")) == [
        "changes.csv", "plan.csv", "plan.toml", "replaced", "replaced", "undo", "undo", "undo", "undo",
    ]  # fmt: skip
    assert run("verify", "evening") == Ended(0, HOLDS, "")


def test_a_look_shows_the_same_and_writes_nothing(space: Workspace, run: Run) -> None:
    before = files_in(space.root)
    assert run("replan", "evening", "--closed", "2027-01-11", "--reason", "snow", "--look") == Ended(
        0, SNOW, f"{SEARCH}Nothing is changed yet: the same without --look changes the plan.\n"
    )
    assert files_in(space.root) == before


def test_closing_a_closed_day_changes_nothing(space: Workspace, run: Run) -> None:
    words = ("replan", "evening", "--closed", "2027-01-11")
    run(*words)
    before = files_in(space.root)
    assert run(*words) == Ended(
        0, f"{NOTHING}  - every group on Mon, Jan 11 is cancelled already (closed)\n", SEARCH
    )
    assert files_in(space.root) == before


IDLE = {
    "a weekend": (("--closed", "2027-01-09"), "nothing meets on Sat, Jan 9"),
    "some days": (("--closed", "2027-01-09..2027-01-10"), "nothing meets from Sat, Jan 9 to Sun, Jan 10"),
    "a closed day": (("--closed", "2027-01-18"), "the calendar has Mon, Jan 18 closed already (Closed)"),
    "late, but early enough": (
        ("--late", "2027-01-11=16:00"),
        "no group on Mon, Jan 11 starts before 4:00 pm",
    ),
    "early, but late enough": (("--early", "2027-01-11=21:00"), "no group on Mon, Jan 11 ends after 9:00 pm"),
    "the same topic": (("--put", "2027-01-11-mon-1=RP-01"), "2027-01-11-mon-1 holds RP-01 already"),
    "the same plan": (("--again",), "no change would keep more promises"),
}


@pytest.mark.parametrize(("words", "why"), IDLE.values(), ids=IDLE)
def test_what_changes_nothing_says_why(words: tuple[str, ...], why: str, run: Run) -> None:
    assert run("replan", "evening", *words, "--look").out == f"{NOTHING}  - {why}\n"


AWAY = {
    "a leader": (
        ("--absent", "F1:2027-01-12"),
        "F1 leads nothing on Tue, Jan 12 that is still to come, and is given nothing then",
    ),
    "a room": (
        ("--room", "A:2027-01-12"),
        "nothing that is still to come meets in A on Tue, Jan 12, and nothing will",
    ),
}


@pytest.mark.parametrize(("words", "why"), AWAY.values(), ids=AWAY)
def test_who_is_away_is_noted_though_no_session_changes(words: tuple[str, ...], why: str, run: Run) -> None:
    assert run("replan", "evening", *words, "--look").out == (
        f"Plan evening: no session changes.\n  - {why}\n"
    )


def test_what_changes_nothing_writes_nothing(space: Workspace, run: Run) -> None:
    before = files_in(space.root)
    assert run("replan", "evening", "--closed", "2027-01-18") == Ended(
        0, f"{NOTHING}  - the calendar has Mon, Jan 18 closed already (Closed)\n", ""
    )
    assert files_in(space.root) == before


def test_one_of_two_sites_closes_alone(space: Workspace, run: Run) -> None:
    program = space.curriculum / "programs" / "evening.toml"
    edit(program, 'id = "mon-3"', 'id = "mon-3"\nsite = "north"')
    edit(program, 'id = "wed-1"', 'id = "wed-1"\nsite = "south"')
    assert run("plan", "evening", "--name", "two").code == 0
    closed = run("replan", "two", "--closed", "north: 2027-01-11", "--reason", "flood").out.splitlines()
    assert closed[0].startswith("Plan two: 1 session falls out")
    assert next(each for each in closed if "(flood)" in each).startswith("  - Mon, Jan 11, 7:50 pm: ")
    assert run("verify", "two").out.startswith("Plan two holds: ")
    again = run("replan", "two", "--late", "north:2027-01-11=20:00", "--look").out
    assert again == (
        "Plan two: nothing changes.\n  - every group at north on Mon, Jan 11 is cancelled already (flood)\n"
    )
    assert run("replan", "two", "--closed", "nort:2027-01-11").err == (
        "no site 'nort' — did you mean 'north'?\n"
    )
    assert run("replan", "evening", "--closed", "2027-01-11:18:00").err == (
        "no date '2027-01-11:18:00' — write today, tomorrow, monday or a date: 2027-01-04\n"
    )


def test_a_program_without_sites_closes_as_a_whole(run: Run) -> None:
    assert run("replan", "evening", "--closed", "north:2027-01-11") == Ended(
        2, "", "no site 'north' — the program names no sites: write the day alone\n"
    )


def test_a_program_that_changed_since_is_told_beside_the_change(space: Workspace, run: Run) -> None:
    edit(space.curriculum / "programs" / "evening.toml", "seats = 14", "seats = 12")
    assert run("replan", "evening", "--again", "--look").err == (
        f"{SEARCH}programs/evening.toml: warning: was changed since the plan was made — make the plan again\n"
    )


@pytest.mark.parametrize("words", [("--closed", "2027-01-10"), ("--late", "2027-01-13=16:00")])
def test_what_takes_no_group_out_moves_no_topic_of_a_plan_that_could_be_better(
    words: tuple[str, ...], space: Workspace, run: Run
) -> None:
    folder, name = space.plans / "evening", "2027-01-15-fri-1"
    row = _rows(space)[name]
    edit(folder / "plan.csv", row, row.replace(",RP-03,", ",RP-02,"))  # twice in a row, as if planned so
    sessions = store.read(space.find_plan("evening")).plan.sessions
    edited = next(each for each in sessions if each.session_id == name)
    sheet = (folder / "plan.toml").read_text(encoding="utf-8")
    signed = re.sub(f'{name} = "[0-9a-f]+"', f'{name} = "{row_digest(edited)}"', sheet)
    (folder / "plan.toml").write_text(signed, encoding="utf-8")
    assert "Fri, Jan 15" in run("replan", "evening", "--again", "--look").out
    ended = run("replan", "evening", *words, "--look")
    assert ended.out.splitlines()[0] == NOTHING.strip()
    assert ended.err == (
        "plan.csv:17: topic_id: RP-02 comes twice in a row, [spacing] asks for 1 meeting of RP between — "
        "choose another topic\n"
    )


def test_a_change_is_taken_back_by_copying_the_files_of_the_plan_as_it_was(
    space: Workspace, run: Run
) -> None:
    folder = space.plans / "evening"
    before = {name: (folder / name).read_bytes() for name in ("plan.csv", "plan.toml")}
    told = run("replan", "evening", "--closed", "2027-01-11").err.splitlines()[-1]
    old = space.root / told.removeprefix("As it was: ").partition("/;")[0]
    assert files_in(old) == before
    shutil.copytree(old, folder, dirs_exist_ok=True)
    assert run("verify", "evening").out == HOLDS
    assert run("replan", "evening", "--closed", "2027-01-11", "--look").out.startswith(SNOW[:30])


def test_a_day_that_opens_again_by_hand_is_named_with_where_it_is_closed(space: Workspace, run: Run) -> None:
    run("replan", "evening", "--closed", "2027-01-11")
    edit(space.plans / "evening" / "plan.csv", ",cancelled,,no,closed", ",planned,,no,", 3)
    assert (
        "plan.csv:11: date: session 2027-01-11-mon-1 meets on Monday, January 11, 2027, "
        "a closed day (Closed) — move it, or take the day out of the calendar's closed days, "
        "or out of [[surprises]] in plan.toml"
    ) in run("verify", "evening").out.splitlines()


@pytest.mark.parametrize(("now", "moves"), [(",yes,", False), (",no,", True)])
def test_taking_the_pin_off_in_excel_lets_a_session_move_again(
    now: str, moves: bool, space: Workspace, run: Run
) -> None:
    run("replan", "evening", "--pin", "2027-01-15-fri-1")
    row = _rows(space)["2027-01-15-fri-1"]
    edit(space.plans / "evening" / "plan.csv", row, row.replace(",yes,", now))
    run("replan", "evening", "--closed", "2027-01-11")
    out = run("replan", "evening", "--late", "2027-01-13=18:00", "--look").out
    moved = "  - Fri, Jan 15, 5:30 pm: RP-02 People and places (was RP-03 Ride out a craving)"
    assert (moved in out.splitlines()) is moves


def test_what_is_cancelled_twice_is_cancelled_once(run: Run) -> None:
    words = ("replan", "evening", "--cancel", "2027-01-13-wed-3")
    assert run(*words).code == 0
    assert run(*words).out == f"{NOTHING}  - 2027-01-13-wed-3 is cancelled already\n"


def test_what_was_pinned_and_falls_out_is_named(run: Run) -> None:
    run("replan", "evening", "--pin", "2027-01-11-mon-2")
    lines = run("replan", "evening", "--closed", "2027-01-11", "--look").out.splitlines()
    assert "Was pinned, and falls out all the same: 2027-01-11-mon-2." in lines
    assert [each for each in lines if each.startswith("Pinned")] == []


def test_a_topic_that_would_come_twice_in_a_row_is_moved(run: Run) -> None:
    run("replan", "evening", "--closed", "2027-01-11")
    ended = run("replan", "evening", "--late", "2027-01-13=18:00", "--who", "CD")
    assert ended.out == (
        "Plan evening: 1 session falls out, 1 other holds another topic; "
        "no plan that keeps as many promises changes fewer: proved.\n"
        "Changes:\n"
        "  - Wed, Jan 13, 5:30 pm: RP-02 People and places — cancelled (late start)\n"
        "  - Fri, Jan 15, 5:30 pm: RP-02 People and places (was RP-03 Ride out a craving)\n"
        "Moved:\n"
        "  - RP-02 People and places: from Wed, Jan 13, 5:30 pm to Fri, Jan 15, 5:30 pm\n"
        "Fell out:\n"
        "  - RP-03 Ride out a craving, Fri, Jan 15, 5:30 pm; next on Mon, Jan 25, 5:30 pm\n"
        "Nothing that was promised is missed by it; "
        "if no topic moved, the rules of planning would be broken in 1 place.\n"
        "Week 2: 5 h clinical; 9 h or more, falls short by 4 h (HOURS-MIN, SAMHSA Advisory 2021).\n"
        "  - move: hold on another day of the week what falls out on Monday, January 11 "
        "(mon-1, mon-2, mon-3; 3 h)\n"
        "  - move: hold on another day of the week what falls out on Wednesday, January 13 (wed-1; 1 h)\n"
        "  - add a session: 4 h of group; breaks do not count\n"
        "Tell: F1, clients.\n"
        "Print again: the agenda of week 2.\n"
    )
    assert run("verify", "evening").out == HOLDS


def test_a_closed_night_moves_no_topic_for_the_sake_of_its_spacing(
    tmp_path: Path, clock: Clock, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tmp_path / "another clinic"
    clinic(
        root,
        """
        title = "Evenings"
        start = 2027-01-04
        weeks = 4
        stay_weeks = [3]
        only_topics = ["RP-01", "RP-02", "RP-03"]
        facilitators = [{code = "F1"}]
        spacing = {RP = 2}
        """,
        "| day | lead |\n| mon | F1 |\n| thu | F1 |",
        """
        | mon-1 | thu-1 |
        | RP-01 | RP-02 |
        | RP-03 | RP-01 |
        | RP-02 | RP-03 |
        | RP-01 | RP-02 |
        """,
    )
    monkeypatch.chdir(root)
    clock("2027-01-10")
    assert run("replan", "evening", "--closed", "tomorrow", "--reason", "snow").out == printed("""
        Plan evening: 1 session falls out.
        Changes:
          - Mon, Jan 11, 5:30 pm: RP-03 Ride out a craving — cancelled (snow)
        Fell out:
          - RP-03 Ride out a craving, Mon, Jan 11, 5:30 pm; next on Thu, Jan 21, 5:30 pm
        Nothing that was promised is missed by it.
        Tell: F1, clients.
        Print again: the agenda of week 2.
        """)
    assert run("verify", "evening").out == HOLDS
    twice_in_a_row = run("replan", "evening", "--closed", "2027-01-14", "--reason", "ice").out
    assert twice_in_a_row == printed("""
        Plan evening: 1 session falls out, 3 others hold another topic; no plan that keeps as many promises
        ... changes fewer: proved.
        Changes:
          - Thu, Jan 14, 5:30 pm: RP-01 How a craving gets started — cancelled (ice)
          - Mon, Jan 18, 5:30 pm: RP-01 How a craving gets started (was RP-02 People and places)
          - Mon, Jan 25, 5:30 pm: RP-02 People and places (was RP-01 How a craving gets started)
          - Thu, Jan 28, 5:30 pm: RP-01 How a craving gets started (was RP-02 People and places)
        Moved:
          - RP-01 How a craving gets started: from Thu, Jan 14, 5:30 pm to Mon, Jan 18, 5:30 pm
          - RP-02 People and places: from Mon, Jan 18, 5:30 pm to Mon, Jan 25, 5:30 pm
          - RP-01 How a craving gets started: from Mon, Jan 25, 5:30 pm to Thu, Jan 28, 5:30 pm
        Fell out:
          - RP-02 People and places, Thu, Jan 28, 5:30 pm; not again in this plan
        Nothing that was promised is missed by it; if no topic moved, the rules of planning would be broken
        ... in 1 place.
        Tell: F1, clients.
        Print again: the agendas of weeks 2-4.
        """)
    assert run("verify", "evening").out == HOLDS


def test_scripts_get_the_changes_and_what_is_missed(run: Run) -> None:
    ended = run("replan", "evening", "--early", "2027-01-13=18:30", "--look", "--json")
    facts = json.loads(ended.out)
    assert {name: facts[name] for name in ("plan", "status", "cost", "fewest", "problems", "missed")} == {
        "plan": "evening", "status": "changed", "cost": 0, "fewest": True, "problems": [], "missed": [],
    }  # fmt: skip
    assert [(each["session_id"], each["what"], each["tell"]) for each in facts["changes"]] == [
        ("2027-01-13-wed-2", "cancelled", ["F1", "clients"]),
        ("2027-01-13-wed-3", "cancelled", ["F1", "clients"]),
    ]
    assert (facts["moved"], facts["fell_out"]) == (
        [],
        [
            "RT-01 Say no and leave, Wed, Jan 13, 6:40 pm; next on Wed, Jan 20, 6:40 pm",
            "PE-02 What use does to mood, Wed, Jan 13, 7:50 pm; next on Mon, Jan 25, 7:50 pm",
        ],
    )


def test_today_and_tomorrow_are_days(clock: Clock, run: Run) -> None:
    clock("2027-01-10")
    assert run("replan", "evening", "--closed", "tomorrow", "--reason", "snow", "--look").out == SNOW
    clock("2027-01-11")
    assert run("replan", "evening", "--closed", "today", "--reason", "snow", "--look").out == SNOW
    ended = run("replan", "evening", "--closed", "today..tomorrow", "--reason", "snow", "--look")
    assert ended.out == SNOW


def test_what_was_held_never_moves(space: Workspace, clock: Clock, run: Run) -> None:
    clock("2027-01-08")
    for day in ("2027-01-04", "2027-01-06", "today"):
        assert run("held", "evening", day).code == 0
    before = _rows(space)
    run("replan", "evening", "--closed", "2027-01-11")
    run("replan", "evening", "--late", "2027-01-13=18:00")
    run("replan", "evening", "--again")
    after = _rows(space)
    held = [name for name, row in before.items() if ",held," in row]
    assert len(held) == 9
    assert {name: after[name] for name in held} == {name: before[name] for name in held}
    assert run("verify", "evening").out == HOLDS


def _rows(space: Workspace) -> dict[str, str]:
    lines = (space.plans / "evening" / "plan.csv").read_text(encoding="utf-8-sig").splitlines()
    return {line.split(",")[0]: line for line in lines}


def test_a_day_that_was_held_is_not_closed(space: Workspace, clock: Clock, run: Run) -> None:
    clock("2027-01-04")
    run("held", "evening", "today")
    before = files_in(space.root)
    assert run("replan", "evening", "--closed", "today") == Ended(
        2,
        "",
        "2027-01-04-mon-1 was held on Monday, January 4, 2027 — take that back first: "
        "held evening 2027-01-04-mon-1 --undo\n",
    )
    assert files_in(space.root) == before


def test_held_says_what_was_held_and_what_was_not(clock: Clock, run: Run) -> None:
    clock("2027-01-04")
    one, two, three = (f"2027-01-04-mon-{number}" for number in (1, 2, 3))
    said = ("--except", two, "--partly", f"{three}=30", "--topic", f"{one}=RP-02")
    assert run("held", "evening", "today", *said) == Ended(
        0,
        f"Held on Monday, January 4, 2027: {one}.\nHeld partly: {three} (30 minutes).\nNot held: {two}.\n"
        f"Topic taught: RP-02 in {one}.\n",
        "",
    )
    assert run("held", "evening", two, "--undo").out == f"Taken back on Monday, January 4, 2027: {two}.\n"
    assert json.loads(run("held", "evening", "today", "--json").out) == {
        "plan": "evening", "day": "2027-01-04", "held": [one, two], "partly": [three], "not_held": [],
        "cancelled": [], "planned": [], "held_minutes": {one: 60, two: 60, three: 30}, "topics": {},
        "taken_back": [],
    }  # fmt: skip
    assert run("held", "evening", "today", "--partly", f"{one}=half") == Ended(
        2, "", f"no minutes 'half' — write a whole number: {one}=30\n"
    )
    clock("2027-01-05")
    assert run("held", "evening", "yesterday").out.startswith("Held on Monday, January 4, 2027: ")
    clock("2027-01-04")
    assert run("held", "evening", "tomorrow") == Ended(
        2, "", "2027-01-05 has not come yet — mark a group as held once it was held\n"
    )


def test_a_new_plan_over_a_changed_one_is_refused_and_with_replace_keeps_a_copy(
    space: Workspace, run: Run
) -> None:
    run("replan", "evening", "--closed", "2027-01-11")
    changed = files_in(space.plans / "evening")
    assert run("plan", "evening") == Ended(
        1,
        "",
        "plans/evening is in use: 2027-01-11-mon-1 is cancelled; 2027-01-11-mon-2 is cancelled; "
        "2027-01-11-mon-3 is cancelled — give the new plan another name with --name, "
        "or write --replace (a copy of the old one is kept)\n",
    )
    assert run("plan", "evening", "--replace").code == 0
    copies = {name.split("/")[-1]: data for name, data in files_in(space.plans / "evening").items()
              if name.startswith("replaced/") and data == changed["plan.csv"]}  # fmt: skip
    assert copies == {"plan.csv": changed["plan.csv"]}


def test_a_row_edited_in_excel_stands_and_is_told(space: Workspace, run: Run) -> None:
    row = "2027-01-15-fri-1,fri-1,2,2027-01-15,17:30,18:30,,,room,group,RP,RP-03"
    edit(space.plans / "evening" / "plan.csv", row, row.replace("RP-03", "RP-02"))
    run("replan", "evening", "--late", "2027-01-13=18:00")
    assert _rows(space)["2027-01-15-fri-1"].startswith(row.replace("RP-03", "RP-02"))
    ended = run("verify", "evening")
    assert ended.code == 0
    assert ended.out.splitlines()[0].endswith(
        "2027-01-15-fri-1: warning: was changed by hand since the plan was made"
    )


def test_sliding_shows_the_rule_that_it_breaks_before_anything_is_accepted(
    space: Workspace, run: Run
) -> None:
    run("replan", "evening", "--pin", "2027-01-15-fri-1")
    before = files_in(space.root)
    ended = run("replan", "evening", "--late", "2027-01-11=18:00", "--bump", "--look")
    assert ended.out.splitlines()[:4] == [
        "Plan evening: 1 session falls out, 12 others hold another topic.",
        "Changes:",
        "  - Mon, Jan 11, 5:30 pm: RP-01 How a craving gets started — cancelled (late start)",
        "  - Wed, Jan 13, 5:30 pm: RP-01 How a craving gets started (was RP-02 People and places)",
    ]
    assert files_in(space.root) == before
    put = run("replan", "evening", "--put", "2027-01-15-fri-1=RP-02", "--look")
    broken = put.out.splitlines().index("Breaks a rule of planning:")
    assert put.out.splitlines()[broken + 1] == (
        "  - RP-02 comes twice in a row, [spacing] asks for 1 meeting of RP between — choose another topic"
    )


SEVERAL = (
    "write the first and the last of several in a row: 2027-01-04..2027-01-08; "
    "name others one by one, each with the option before it"
)
REFUSED = {
    "nothing": (
        (),
        (
            "nothing to change — write --closed DAY, --late DAY=TIME, --early DAY=TIME, --absent CODE:DAY, "
            "--room CODE:DAY, --cancel SESSION, --pin SESSION, --put SESSION=TOPIC, --bump or --again"
        ),
    ),
    "no date": (
        ("--closed", "someday"),
        "no date 'someday' — write today, tomorrow, monday or a date: 2027-01-04",
    ),
    "no time": (("--late", "2027-01-11"), "'2027-01-11' cannot be read — write DAY=TIME: 2027-01-11=18:00"),
    "no such time": (("--late", "2027-01-11=25:00"), "no time '25:00' — write hours and minutes: 17:30"),
    "a bare hour": (("--late", "2027-01-11=6"), "no time '6' — did you mean 6:00 or 18:00?"),
    "no code": (("--absent", "2027-01-11"), "'2027-01-11' cannot be read — write CODE:DAY: F2:2027-01-11"),
    "no topic": (
        ("--put", "2027-01-11-mon-1"),
        "'2027-01-11-mon-1' cannot be read — write SESSION=TOPIC: 2027-01-11-mon-1=RP-04",
    ),
    "an unknown leader": (("--absent", "F2:tomorrow"), "no facilitator 'F2' — there are: F1"),
    "an unknown room": (("--room", "B:2027-01-11"), "no room 'B' — there are: A"),
    "backwards": (
        ("--closed", "2027-01-13..2027-01-11"),
        "2027-01-13..2027-01-11 ends before it begins — write the earlier day first",
    ),
    "no last day": (
        ("--closed", "2027-01-13.."),
        f"no days '2027-01-13..' — {SEVERAL}",
    ),
    "no first day": (("--absent", "F1:..2027-01-13"), f"no days '..2027-01-13' — {SEVERAL}"),
    "a list": (
        ("--closed", "2027-01-11, 2027-01-13"),
        f"no days '2027-01-11, 2027-01-13' — {SEVERAL}",
    ),
    "another range": (
        ("--closed", "2027-01-11-2027-01-13"),
        f"no days '2027-01-11-2027-01-13' — {SEVERAL}",
    ),
    "outside": (
        ("--closed", "2027-03-01"),
        "2027-03-01 lies outside the plan, which covers 2027-01-04 to 2027-02-14",
    ),
}


@pytest.mark.parametrize(("words", "message"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_read_or_done_is_refused_in_a_line(
    words: tuple[str, ...], message: str, space: Workspace, run: Run
) -> None:
    before = files_in(space.root)
    assert run("replan", "evening", *words) == Ended(2, "", f"{message}\n")
    assert files_in(space.root) == before


def test_a_published_version_does_not_change(space: Workspace, clock: Clock, run: Run) -> None:
    run("publish", "evening", "--on", "2027-01-02")
    before = files_in(space.root)
    version = "evening/versions/2027-01-02"
    words = f"{version} was published and does not change — name the plan: evening\n"
    assert run("replan", version, "--closed", "2027-01-11") == Ended(2, "", words)
    assert run("replan", f"plans/{version}", "--closed", "2027-01-11", "--look") == Ended(2, "", words)
    clock("2027-01-04")
    assert run("held", version, "today") == Ended(2, "", words)
    assert run("plan", "evening", "--name", version, "--replace").err.endswith(words)
    assert files_in(space.root) == before


def test_a_copy_of_what_was_replaced_is_read_by_its_name_and_does_not_change(
    space: Workspace, clock: Clock, run: Run
) -> None:
    run("replan", "evening", "--cancel", "2027-01-13-wed-3", "--reason", "snow")
    copy = f"evening/replaced/{next((space.plans / 'evening' / 'replaced').iterdir()).name}"
    before = files_in(space.root)
    assert run("diff", copy, f"plans/{copy}").out == f"{copy} and {copy} hold the same sessions.\n"
    assert run("diff", copy, "evening").out == (
        f"From {copy} to evening: 1 difference.\n"
        "  - Wed, Jan 13, 7:50 pm: PE-02 What use does to mood — cancelled (snow)\n"
    )
    words = f"{copy} is a copy of what was replaced and does not change — name the plan: evening\n"
    assert run("replan", f"plans/{copy}", "--closed", "2027-01-11") == Ended(2, "", words)
    clock("2027-01-04")
    assert run("held", f"plans/{copy}", "today") == Ended(2, "", words)
    assert run("publish", copy, "--on", "today") == Ended(
        2, "", f"{copy} is a copy of what was replaced — name the plan: evening\n"
    )
    assert files_in(space.root) == before


def test_a_time_and_days_are_read_as_people_write_them(run: Run) -> None:
    late = run("replan", "evening", "--late", "2027-01-11=18:30", "--look").out
    assert late.startswith("Plan evening: 1 session falls out")
    for text in ("2027-01-11=6:30pm", "2027-01-11 = 6:30 PM"):
        assert run("replan", "evening", "--late", text, "--look").out == late
    closed = run("replan", "evening", "--closed", "2027-01-11..2027-01-13", "--look").out
    assert run("replan", "evening", "--closed", " 2027-01-11 .. 2027-01-13 ", "--look").out == closed
    away = run("replan", "evening", "--absent", "F1:2027-01-11", "--look").out
    assert away.startswith("Plan evening: 3 sessions have nobody to lead them")
    assert run("replan", "evening", "--absent", "F1: 2027-01-11", "--look").out == away


EXTRA = "extra,extra,2,2027-01-12,17:30,18:30,,,room,group,RP,RP-01,F1,A,planned,,no,make-up for Monday,\n"


def test_who_is_away_leads_no_session_that_was_added_by_hand_either(space: Workspace, run: Run) -> None:
    table = space.plans / "evening" / "plan.csv"
    table.write_text(table.read_text(encoding="utf-8") + EXTRA, encoding="utf-8")
    assert run("replan", "evening", "--absent", "F1:2027-01-12", "--look").out == (
        "Plan evening: 1 session has nobody to lead it.\n"
        "Changes:\n"
        "  - Tue, Jan 12, 5:30 pm: nobody leads it (was F1)\n"
        "Tue, Jan 12, 5:30 pm, RP-01: nobody may lead it:\n"
        "  - F1 is away on Tue, Jan 12\n"
        "  - no topic of its kind fits there without preparation: "
        "ask elsewhere, or replan … --cancel extra\n"
        "No topic moves.\n"
        "Tell: F1.\n"
        "Print again: the agenda of week 2.\n"
    )
    lost = run("replan", "evening", "--room", "A:2027-01-12").out
    assert lost.splitlines()[:3] == [
        "Plan evening: 1 session has no room.",
        "Changes:",
        "  - Tue, Jan 12, 5:30 pm: no room (was room A)",
    ]
    assert _rows(space)["extra"] == EXTRA.replace(",A,", ",,").strip()


def test_two_plans_are_compared(space: Workspace, run: Run) -> None:
    shutil.copytree(space.plans / "evening", space.plans / "before")
    assert run("diff", "before", "evening").out == "before and evening hold the same sessions.\n"
    run("replan", "evening", "--closed", "2027-01-11", "--reason", "snow")
    assert run("diff", "before", "evening") == Ended(
        0,
        "From before to evening: 3 differences.\n"
        "  - Mon, Jan 11, 5:30 pm: RP-01 How a craving gets started — cancelled (snow)\n"
        "  - Mon, Jan 11, 6:40 pm: RT-02 Say no to a friend — cancelled (snow)\n"
        "  - Mon, Jan 11, 7:50 pm: PE-01 What use does to sleep — cancelled (snow)\n",
        "",
    )
    facts = json.loads(run("diff", "before", "evening", "--json").out)
    assert facts["differences"][0] == {
        "session_id": "2027-01-11-mon-1", "what": "cancelled",
        "before": "RP-01 How a craving gets started", "after": "cancelled",
    }  # fmt: skip
    assert run("diff", "before", "evenings") == Ended(2, "", "no plan 'evenings' — did you mean 'evening'?\n")


def test_one_session_is_cancelled_and_stays_so(space: Workspace, run: Run) -> None:
    ended = run(
        "replan", "evening", "--cancel", "2027-01-13-wed-3", "--reason", "nobody to lead it", "--who", "CD"
    )
    assert (ended.code, ended.out.splitlines()[:3]) == (
        0,
        [
            "Plan evening: 1 session falls out.",
            "Changes:",
            "  - Wed, Jan 13, 7:50 pm: PE-02 What use does to mood — cancelled (nobody to lead it)",
        ],
    )
    row = next(
        line
        for line in (space.plans / "evening" / "plan.csv").read_text(encoding="utf-8").splitlines()
        if line.startswith("2027-01-13-wed-3")
    )
    assert ",cancelled," in row
    assert row.endswith(",nobody to lead it,")
    assert run("verify", "evening").code == 0
    assert run("replan", "evening", "--cancel", "2027-01-13-wed-9") == Ended(
        2,
        "",
        "no session '2027-01-13-wed-9' — "
        "there are: 2027-01-13-wed-1, 2027-01-13-wed-2, 2027-01-13-wed-3, …\n",
    )


def test_a_clash_is_told_with_what_would_help(space: Workspace, run: Run) -> None:
    edit(space.curriculum / "programs" / "evening.toml", "weeks = 6", 'weeks = 6\nadmission = "cohort"')
    edit(space.curriculum / "topics.csv", "group,60,ordinary", "group,60,opening")
    before = files_in(space.root)
    assert run("replan", "evening", "--closed", "2027-01-04..2027-02-14") == Ended(
        3,
        "",
        f"{SEARCH.splitlines()[0]}\n"
        "No plan can hold this:\n"
        "  - the opening topic RP-01 'How a craving gets started' comes in the first week, "
        "Mon, Jan 4 to Sun, Jan 10; meetings that fit it: 0\n"
        "What would help:\n"
        "  - make RP-01 an ordinary topic (column `role`)\n",
    )
    assert files_in(space.root) == before


def test_a_reason_or_a_decider_with_a_name_changes_nothing_and_says_what_to_write(
    space: Workspace, run: Run
) -> None:
    before = files_in(space.root)
    asked = ("replan", "evening", "--closed", "2027-01-11", "--reason", "Priya Raman's wake")
    named = run(*asked)
    assert named.code == 2
    assert named.err.endswith(
        "--reason holds 'Priya Raman's', which looks like a name — write a code or a role instead, such as "
        "F1 or 'a client'; if nobody is meant, add --no-person-meant\n"
    )
    assert run("replan", "evening", "--closed", "2027-01-11", "--who", "Priya").code == 2
    assert files_in(space.root) == before
    assert run(*asked, "--no-person-meant").code == 0
    log = (space.plans / "evening" / "changes.csv").read_text(encoding="utf-8")
    assert "Priya Raman's wake [no person meant]" in log
