"""Topics of a published manual, and topics still to be written, as the verbs tell of them."""

from __future__ import annotations

import csv
import json

from iop_sessions.ground.workspace import Workspace
from tests.doors.conftest import Ended, Run, edit


def add_outline(space: Workspace) -> None:
    path = space.curriculum / "topics.csv"
    text = path.read_text(encoding="utf-8-sig")
    (first, *_) = csv.DictReader(text.splitlines())
    outline = {"topic_id": "MX-RP-07", "collection": "matrix", "content": "outline", "title": "Motivation"}
    row = ",".join((first | outline)[name] if name != "after" else "" for name in first)
    path.write_text(f"{text}{row}\n", encoding="utf-8")


def wait_for_topics(space: Workspace) -> None:
    """Ask the small program for two topics that nobody has written."""
    wanted = 'wanted = { RP-31 = "Cravings, part two", PE-31 = "Sleep" }'
    edit(space.curriculum / "programs" / "evening.toml", 'core = "short"', f'core = "short"\n{wanted}')


def test_print_of_an_outline_sends_to_the_manual(space: Workspace, run: Run) -> None:
    add_outline(space)
    assert run("print", "mx-rp-07") == Ended(
        2, "", "MX-RP-07 'Motivation' has no guide and no handout here — use your manual, session 7\n"
    )


def test_check_and_find_know_outlines(space: Workspace, run: Run) -> None:
    add_outline(space)
    assert run("check") == Ended(0, "No problem found.\n", "")
    assert run("find", "motivation").out == "MX-RP-07 topic    Motivation (in its title)\n"


def test_check_and_coverage_name_the_topics_that_a_program_waits_for(space: Workspace, run: Run) -> None:
    wait_for_topics(space)
    assert run("check").out == (
        "programs/evening.toml:8: wanted.RP-31: warning: 'Cravings, part two' is not in the library yet"
        " — write it, or take it out of the list\n"
        "programs/evening.toml:8: wanted.PE-31: warning: 'Sleep' is not in the library yet"
        " — write it, or take it out of the list\n"
        "No problem found, 2 warnings.\n"
    )
    lines = run("coverage", "evening").out.splitlines()
    assert "Topics still to be written: RP-31 Cravings, part two; PE-31 Sleep." in lines
    assert json.loads(run("coverage", "evening", "--json").out)["wanted"] == [
        {"topic_id": "RP-31", "title": "Cravings, part two"},
        {"topic_id": "PE-31", "title": "Sleep"},
    ]


def test_plan_names_the_topics_that_a_program_waits_for(space: Workspace, run: Run) -> None:
    wait_for_topics(space)
    lines = run("plan", "evening", "--name", "waiting").out.splitlines()
    assert lines[1:3] == [
        "  - RP-31 'Cravings, part two' is not in the library yet",
        "  - PE-31 'Sleep' is not in the library yet",
    ]
    told = json.loads(run("plan", "evening", "--name", "waiting", "--json").out)
    assert [each["topic_id"] for each in told["wanted"]] == ["RP-31", "PE-31"]
