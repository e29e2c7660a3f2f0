"""A topic goes through every verb whatever is written of it here: an outline, or a clinic's own paper."""

from __future__ import annotations

import csv

import pytest

from iop_sessions.ground.workspace import Workspace
from tests.doors.conftest import Run, edit

VERBS = (
    "check", "print RP-90", "print evening 2027-01-04", "print evening 2027-01-04 --brief",
    "print evening --week 1", "print evening 2027-01-04 --newcomer", "export evening",
    "export evening --only sign-in,chart,print-runs,workbooks", "coverage evening", "rules evening",
    "people evening", "explain evening", "diff evening evening", "calendar evening", "find worksheet",
    "replan evening --absent F1:2027-01-04", "undo evening", "publish evening --on 2027-01-03",
    "release evening",
)  # fmt: skip


def add_row(space: Workspace, table: str, **cells: str) -> None:
    path = space.curriculum / f"{table}.csv"
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    with path.open("a", encoding="utf-8", newline="") as stream:
        csv.DictWriter(stream, list(rows[0]), restval="").writerow(cells)


def own_topic(space: Workspace, content: str) -> None:
    add_row(
        space, "topics", topic_id="RP-90", collection="house", content=content, group_type="RP",
        title="Our own worksheet", aim="Name three triggers", delivery="group", lengths="60", role="ordinary",
        entry="open", stage="early", format="skills", audience="clients", ages="adult", zero_prep="no",
        safety="no", rights="own", verified="no", version="1",
    )  # fmt: skip
    if content == "external":
        add_row(
            space, "handouts", handout_id="RP-90a", title="Our own worksheet", kind="external",
            audience="clients", ages="adult", take_home="yes", safety="no", rights="own", version="1",
        )  # fmt: skip
        add_row(space, "topic_handouts", topic_id="RP-90", handout_id="RP-90a", copies="1")
    edit(space.plans / "evening" / "plan.csv", ",RP-01,F1,A,planned,", ",RP-90,F1,A,planned,")


@pytest.mark.parametrize("content", ["outline", "external"])
def test_no_verb_stops_at_a_topic_without_a_guide_here(content: str, space: Workspace, run: Run) -> None:
    own_topic(space, content)
    ended = {words: run(*words.split()) for words in VERBS}
    broken = {words: each for words, each in ended.items() if each.code > 1 or "RP-90:" in each.err}
    assert broken == {}
    assert ended["print evening 2027-01-04"].out == (
        "Ready to print: output/evening/print/2027-01-04-clients.docx\n"
        "Ready to print: output/evening/print/2027-01-04-leader.docx\n"
    )
