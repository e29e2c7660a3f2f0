"""A guide or handout with a fault spoils the pages that need it, and no other."""

from __future__ import annotations

from pathlib import Path

import pytest

from iop_sessions.checks import without_broken_texts
from iop_sessions.ground.errors import Place, Problem
from iop_sessions.ground.workspace import SAMPLE, Workspace
from iop_sessions.pages import kinds
from iop_sessions.pages.packet import client_packet, leader_packet
from iop_sessions.pages.papers.substitute_brief import substitute_brief
from iop_sessions.pages.papers.week_sheets import sign_in_sheet
from iop_sessions.plans.case import Case
from tests.doors.conftest import Run
from tests.lib.ready import library, planned, ready

GUIDE, HANDOUT = "guides/en/RP-01.md", "handouts/en/RP-01a.md"
MONDAY = "2027-01-04"


def spoil(folder: Path, file: str) -> str:
    """Give a text a block that nobody knows; return what its problem begins with."""
    path = folder / file
    path.write_text(path.read_text(encoding="utf-8") + "\n::: nonsense\n:::\n", encoding="utf-8")
    return f"{file}:"


@pytest.mark.parametrize("file", [GUIDE, HANDOUT])
def test_tonight_comes_out_without_the_text_that_has_a_fault_and_names_it(
    file: str, space: Workspace, run: Run
) -> None:
    named = spoil(space.curriculum, file)
    ended = run("print", "evening", MONDAY)
    assert ended.code == 1
    assert named in ended.err
    assert ended.err.splitlines()[-1] == f"Left out of what is printed, until it is mended: {file}."
    assert ended.out.count("Ready to print") == 2


@pytest.mark.parametrize(
    "words",
    [
        "print evening 2027-01-06",
        "export evening --only sign-in",
        "replan evening --absent F1:2027-01-06",
    ],
)
def test_what_needs_no_text_with_a_fault_says_nothing_of_it(words: str, space: Workspace, run: Run) -> None:
    spoil(space.curriculum, GUIDE)
    spoil(space.curriculum, HANDOUT)
    ended = run(*words.split())
    assert ended.code == 0
    assert "RP-01" not in ended.err


def test_who_steps_in_at_four_gets_the_list_and_no_brief_without_its_cautions(
    space: Workspace, run: Run
) -> None:
    spoil(space.curriculum, GUIDE)
    ended = run("replan", "evening", "--absent", "F1:2027-01-04")
    assert ended.code == 1
    assert "nobody may lead it" in ended.out
    assert "change-notice-01.docx" in ended.err
    assert not (space.output / "evening" / "print" / "2027-01-04-mon-1-brief.docx").exists()
    assert ended.err.splitlines()[-1] == f"Left out of what is printed, until it is mended: {GUIDE}."


def test_find_searches_the_other_texts(space: Workspace, run: Run) -> None:
    named = spoil(space.curriculum, HANDOUT)
    ended = run("find", "craving")
    assert ended.code == 1
    assert "RP-01 " in ended.out
    assert ended.err.startswith(named)
    assert ended.err.endswith("; it was not searched\n")


def test_an_export_goes_without_the_page_and_says_so(space: Workspace, run: Run) -> None:
    spoil(space.curriculum, GUIDE)
    (space.curriculum / HANDOUT).unlink()
    ended = run("export", "evening", "--only", "guides,handouts")
    assert ended.code == 1
    assert "handouts.csv:" in ended.err
    left = [line for line in ended.err.splitlines() if line.startswith("Left out")]
    assert left == [f"Left out of what is printed, until it is mended: {GUIDE}, {HANDOUT}."]
    assert ended.out == "Word documents are in output/evening/: 6 in guides/, 6 in handouts/.\n"


def texts_of_the_sample() -> list[str]:
    """List the guides and handouts that the sample plan needs."""
    topics = sorted({each.topic_id for each in planned(SAMPLE).sessions if each.topic_id})
    handouts = {each.handout_id: "" for name in topics for each, _ in library().handouts_of(name)}
    sheets = [f"handouts/en/{each}.md" for each in handouts if f"en/{each}" in library().sheets]
    return [*(f"guides/en/{name}.md" for name in topics), *sheets]


def check(file: str) -> None:
    """Print the nights of a sample with a fault in one text beside those of the sample as it is."""
    broken = without_broken_texts(library(), [Problem(Place(file, 3), "a fault")])
    program, sessions = ready(SAMPLE), [each for each in planned(SAMPLE).sessions if each.topic_id]
    needing = [each for each in sessions if broken.guide_faults(each.topic_id)]
    needing += [each for each in sessions if broken.handout_faults(each.topic_id, "en")]
    without = next(each for each in sessions if each not in needing)
    for session, spoilt in ((needing[0], file.split("/", maxsplit=1)[0]), (without, "")):
        for made, folder in ((client_packet, "handouts"), (leader_packet, "guides")):
            there, whole = (made(each, program, [session]) for each in (broken, library()))
            assert (there == whole) is (folder != spoilt), (file, session.session_id, folder)
    assert substitute_brief(broken, program, without) == substitute_brief(library(), program, without)
    shelves = [kinds.Shelf(Case(each, program, planned(SAMPLE))) for each in (broken, library())]
    assert [each.place.file for each in kinds.faults_of_texts(shelves[0], ())] == [file]
    signed = [sign_in_sheet(shelf.case.curriculum, program, sessions[:3]) for shelf in shelves]
    assert signed[0] == signed[1]


@pytest.mark.parametrize("file", ["guides/en/RP-04.md", "handouts/en/RP-04a.md"])
def test_a_text_of_the_sample_may_have_a_fault_and_every_night_comes_out(file: str) -> None:
    check(file)


@pytest.mark.deep
def test_any_text_of_the_sample_may_have_a_fault_and_every_night_comes_out() -> None:
    texts = texts_of_the_sample()
    assert len(texts) > 60
    for file in texts:
        check(file)
