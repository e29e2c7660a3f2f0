"""`print`: two files for one evening, or the sheets of one topic."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from iop_sessions.ground.workspace import Workspace
from tests.doors.conftest import Clock, Ended, Run, edit, files_in

EVENING = "output/evening/print/"


def test_a_date_gives_one_file_for_clients_and_one_for_the_leader(space: Workspace, run: Run) -> None:
    assert run("print", "evening", "2027-01-06") == Ended(
        0,
        f"Ready to print: {EVENING}2027-01-06-clients.docx\n"
        f"Ready to print: {EVENING}2027-01-06-leader.docx\n",
        "",
    )
    assert sorted(files_in(space.output)) == [
        "evening/print/2027-01-06-clients.docx",
        "evening/print/2027-01-06-leader.docx",
        "evening/print/manifest.csv",
    ]


@pytest.mark.parametrize(
    ("today", "word_for_it", "day"),
    [
        ("2027-01-05", "tomorrow", "2027-01-06"),
        ("2027-01-06", "today", "2027-01-06"),
        ("2027-01-06", "Today", "2027-01-06"),
        ("2027-01-31", "tomorrow", "2027-02-01"),
        ("2026-11-21", "1/13/2027", "2027-01-13"),
    ],
)
def test_today_and_tomorrow_go_by_the_clock(
    today: str, word_for_it: str, day: str, clock: Clock, run: Run
) -> None:
    clock(today)
    assert json.loads(run("print", "evening", word_for_it, "--json").out) == {
        "written": [f"{EVENING}{day}-clients.docx", f"{EVENING}{day}-leader.docx"],
        "kept": [],
    }


def test_clients_of_each_track_get_a_file_of_their_own(space: Workspace, run: Run) -> None:
    path = space.curriculum / "programs" / "evening.toml"
    slots = path.read_text(encoding="utf-8").split("[[slots]]")
    wednesday = [number for number, text in enumerate(slots) if '"Wednesday"' in text]
    for number, track in zip(wednesday, ("early", "Late night"), strict=False):
        slots[number] = f'\ntrack = "{track}"{slots[number]}'
    path.write_text("[[slots]]".join(slots), encoding="utf-8")
    run("plan", "evening", "--replace")
    assert json.loads(run("print", "evening", "2027-01-06", "--json").out)["written"] == [
        f"{EVENING}2027-01-06-clients-early.docx",
        f"{EVENING}2027-01-06-clients-late-night.docx",
        f"{EVENING}2027-01-06-leader.docx",
    ]


def test_a_session_gives_the_files_of_that_one(space: Workspace, run: Run) -> None:
    name = "2027-01-06-wed-2"
    written = [f"{EVENING}{name}-clients.docx", f"{EVENING}{name}-leader.docx"]
    assert json.loads(run("print", "evening", name, "--json").out) == {"written": written, "kept": []}
    run("print", "evening", "2027-01-06")
    sizes = {path: len(data) for path, data in files_in(space.root / EVENING).items()}
    assert sizes[f"{name}-leader.docx"] < sizes["2027-01-06-leader.docx"]


@pytest.mark.parametrize(
    "change",
    [
        ("--closed", "2027-01-11", "--reason", "snow", "--who", "lead"),
        ("--put", "2027-01-06-wed-1=RP-03"),
        ("--cancel", "2027-01-06-wed-2"),
    ],
)
def test_a_notice_that_was_lost_is_printed_anew_from_the_log(
    change: tuple[str, ...], space: Workspace, run: Run
) -> None:
    assert run("replan", "evening", *change).code == 0
    notice = space.output / "evening" / "notices" / "2027-01-03-change-notice-01.docx"
    data = notice.read_bytes()
    notice.unlink()
    ended = run("print", "evening", "today", "--notice")
    assert ended.out == f"Ready to print: {EVENING}2027-01-03-change-notice.docx\n"
    assert (space.root / EVENING / "2027-01-03-change-notice.docx").read_bytes() == data


def test_the_notice_of_a_day_without_changes_names_the_days_with_some(run: Run) -> None:
    words = ("print", "evening", "2027-01-11", "--notice")
    what = "nothing of plans/evening was changed on 2027-01-11"
    assert run(*words) == Ended(2, "", f"{what} — no change was made yet\n")
    run("replan", "evening", "--cancel", "2027-01-06-wed-2")
    assert run(*words) == Ended(2, "", f"{what} — changes were made on 2027-01-03\n")


def test_a_newcomer_gets_the_pack_of_the_day(space: Workspace, run: Run) -> None:
    assert json.loads(run("print", "evening", "2027-01-06", "--newcomer", "--json").out) == {
        "written": [f"{EVENING}2027-01-06-newcomer.docx"],
        "kept": [],
    }
    assert sorted(files_in(space.output)) == [
        "evening/print/2027-01-06-newcomer.docx",
        "evening/print/manifest.csv",
    ]


def test_whoever_steps_in_gets_one_page_a_group(run: Run) -> None:
    written = json.loads(run("print", "evening", "2027-01-06", "--brief", "--json").out)["written"]
    assert written == [f"{EVENING}2027-01-06-wed-{number}-brief.docx" for number in (1, 2, 3)]


@pytest.mark.parametrize("option", ["--newcomer", "--brief"])
def test_a_pack_or_brief_needs_a_day(option: str, run: Run) -> None:
    message = "which day? — write today, tomorrow or a date after the plan's name\n"
    assert run("print", "evening", option) == Ended(2, "", message)


NOTHING = {
    "2027-01-05": "nothing meets on 2027-01-05 — the next groups are on 2027-01-06",
    "2027-01-18": "nothing meets on 2027-01-18 — the next groups are on 2027-01-20",
    "2027-02-20": "nothing meets on 2027-02-20 — the plan ends on 2027-02-12",
    "2026-12-01": "nothing meets on 2026-12-01 — the next groups are on 2027-01-04",
    "tomorow": "no date 'tomorow' — write today, tomorrow, monday or a date: 2027-01-04",
    "Someday": "no date 'Someday' — write today, tomorrow, monday or a date: 2027-01-04",
    "2027-01-32": "no date '2027-01-32' — write today, tomorrow, monday or a date: 2027-01-04",
    "1/2/2027": "no date '1/2/2027' — did you mean 2027-01-02 or 2027-02-01?",
    "2027-01-06-wed-9": "no session '2027-01-06-wed-9' — "
    "there are: 2027-01-06-wed-1, 2027-01-06-wed-2, 2027-01-06-wed-3, …",
}


@pytest.mark.parametrize(("when", "told"), NOTHING.items(), ids=NOTHING)
def test_a_day_without_groups_says_when_the_next_ones_are(
    when: str, told: str, space: Workspace, run: Run
) -> None:
    assert run("print", "evening", when) == Ended(2, "", told + "\n")
    assert not space.output.exists()


def test_a_day_whose_groups_are_all_cancelled_says_so(space: Workspace, run: Run) -> None:
    edit(space.plans / "evening" / "plan.csv", ",planned,", ",cancelled,", 3)
    assert run("print", "evening", "2027-01-04") == Ended(
        2, "", "every group on 2027-01-04 is cancelled — the next groups are on 2027-01-06\n"
    )
    assert not space.output.exists()


def test_a_cancelled_group_leaves_the_others(space: Workspace, run: Run) -> None:
    edit(space.plans / "evening" / "plan.csv", ",planned,", ",cancelled,")
    assert run("print", "evening", "2027-01-04").code == 0
    assert run("print", "evening", "2027-01-04-mon-1") == Ended(
        2, "", "the group 2027-01-04-mon-1 is cancelled — the next groups are on 2027-01-06\n"
    )
    assert "2027-01-04-leader.docx" in files_in(space.root / EVENING)


def make_outline(curriculum: Path, topic_id: str) -> None:
    """Make a topic an outline, without run sheet and guide."""
    topics = (curriculum / "topics.csv").read_text(encoding="utf-8").splitlines()
    row = next(row for row in topics if row.startswith(f"{topic_id},"))
    edit(curriculum / "topics.csv", row, row.replace(",full,", ",outline,"))
    segments = curriculum / "segments.csv"
    rows = segments.read_text(encoding="utf-8").splitlines(keepends=True)
    segments.write_bytes("".join(row for row in rows if not row.startswith(f"{topic_id},")).encode())
    (curriculum / "guides" / "en" / f"{topic_id}.md").unlink()


@pytest.mark.parametrize("topic", ["RP-01", "rp-01"])
def test_a_topic_gives_its_handout_and_its_guide_without_a_plan(
    topic: str, space: Workspace, run: Run
) -> None:
    (space.plans / "evening" / "plan.csv").unlink()
    assert run("print", topic) == Ended(
        0,
        "Ready to print: output/print/RP-01a-how-a-craving-gets-started.docx\n"
        "Ready to print: output/print/RP-01-guide.docx\n",
        "",
    )
    made = files_in(space.output)
    assert made.pop("print/manifest.csv").startswith(b"file,sha256\nRP-01-guide.docx,")
    assert sorted(made) == ["print/RP-01-guide.docx", "print/RP-01a-how-a-craving-gets-started.docx"]
    assert [data[:2] for data in made.values()] == [b"PK", b"PK"]


def test_printing_twice_gives_the_same_bytes(space: Workspace, run: Run) -> None:
    run("print", "evening", "2027-01-04")
    first = files_in(space.output)
    run("print", "evening", "2027-01-04")
    assert files_in(space.output) == first


def test_an_export_leaves_what_was_printed_and_the_print_leaves_the_export(
    space: Workspace, run: Run
) -> None:
    run("print", "evening", "2027-01-04")
    printed = files_in(space.output)
    assert run("export", "evening").code == 0
    exported = files_in(space.output)
    assert printed.items() <= exported.items()
    run("print", "evening", "2027-01-06")
    del exported["evening/print/manifest.csv"]  # the list of what was printed grows
    assert exported.items() <= files_in(space.output).items()


def test_printing_again_keeps_a_file_that_a_person_changed(space: Workspace, run: Run) -> None:
    run("print", "evening", "2027-01-06")
    leader = space.root / EVENING / "2027-01-06-leader.docx"
    printed = leader.read_bytes()
    leader.write_bytes(b"notes of a leader")
    assert run("print", "evening", "2027-01-06") == Ended(
        0,
        f"Ready to print: {EVENING}2027-01-06-clients.docx\n"
        f"Ready to print: {EVENING}2027-01-06-leader.docx\n"
        f"You had changed a file; it is kept as {EVENING}2027-01-06-leader (changed by you).docx\n",
        "",
    )
    made = files_in(space.root / EVENING)
    assert made["2027-01-06-leader (changed by you).docx"] == b"notes of a leader"
    assert made["2027-01-06-leader.docx"] == printed


def test_an_outline_does_not_stop_the_printing_of_a_day(space: Workspace, run: Run) -> None:
    plan = (space.plans / "evening" / "plan.csv").read_text(encoding="utf-8-sig")
    rows = csv.DictReader(plan.splitlines())
    topic_id = next(row["topic_id"] for row in rows if row["date"] == "2027-01-06" and row["topic_id"])
    make_outline(space.curriculum, topic_id)
    assert run("print", "evening", "2027-01-06").code == 0
    assert run("print", topic_id).code == 0


def test_a_week_is_printed_at_once(space: Workspace, run: Run) -> None:
    written = [f"{EVENING}week-02-clients.docx", f"{EVENING}week-02-leader.docx"]
    assert json.loads(run("print", "evening", "--week", "2", "--json").out) == {
        "written": written,
        "kept": [],
    }
    sizes = {name: len(data) for name, data in files_in(space.root / EVENING).items()}
    run("print", "evening", "2027-01-13")
    assert sizes["week-02-leader.docx"] > len(files_in(space.root / EVENING)["2027-01-13-leader.docx"])


def test_the_briefs_of_a_week_are_one_page_a_group(run: Run) -> None:
    written = json.loads(run("print", "evening", "--week", "2", "--brief", "--json").out)["written"]
    assert len(written) > 3
    assert {name.removeprefix(EVENING)[:7] for name in written} == {"2027-01"}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("evening", "today", "--week", "2"), "both a day and a week — leave today or --week 2 away"),
        (("evening", "--week", "9"), "no week '9' — "),
        (("RP-01", "--language", "fr"), "no language 'fr' — "),
        (
            ("PE-02", "--language", "es"),
            "PE-02: no text in Spanish yet — leave --language away to print the ",
        ),
    ],
)
def test_what_cannot_be_printed_is_told(
    words: tuple[str, ...], told: str, run: Run, space: Workspace
) -> None:
    ended = run("print", *words)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith(told)
    assert not space.output.exists()


def test_a_day_in_spanish_and_large_print_has_its_own_file_for_clients(run: Run) -> None:
    told = run("print", "evening", "2027-01-06", "--language", "es", "--large-print", "--json").out
    assert json.loads(told)["written"] == [
        f"{EVENING}2027-01-06-clients-es-large-print.docx",
        f"{EVENING}2027-01-06-leader.docx",
    ]


def test_a_topic_in_large_print_is_its_client_pages_alone(run: Run) -> None:
    written = json.loads(run("print", "RP-01", "--large-print", "--json").out)["written"]
    assert written
    assert [name for name in written if not name.endswith("-large-print.docx")] == []


def test_the_copies_asked_for_stand_in_the_leaders_file(space: Workspace, run: Run) -> None:
    run("print", "evening", "2027-01-06", "--copies", "31")
    from docx import Document

    table = Document(str(space.root / EVENING / "2027-01-06-leader.docx")).tables[0]
    assert any("31 x " in cell.text for row in table.rows for cell in row.cells)
