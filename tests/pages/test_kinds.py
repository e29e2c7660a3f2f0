"""Which documents a plan needs, and under which names."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from iop_sessions.formats import word
from iop_sessions.ground.blocks import Table
from iop_sessions.ground.errors import NotFound, UsageError
from iop_sessions.ground.workspace import Workspace
from iop_sessions.jobs.read import read_plan
from iop_sessions.pages import kinds
from iop_sessions.pages.kinds import Shelf, slug
from iop_sessions.plans.case import Case
from tests.lib import small
from tests.lib.word_audit import audit
from tests.lib.workspaces import small_workspace


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_workspace(tmp_path_factory.mktemp("documents") / "small").root


@pytest.fixture(scope="module")
def shelf(folder: Path) -> Shelf:
    workspace = Workspace(folder)
    opened = read_plan(workspace, "evening")
    curriculum, kept = opened.case.curriculum, opened.kept
    return Shelf(Case(curriculum, kept.program, kept.plan))


@pytest.mark.parametrize("kind", list(kinds.KINDS))
def test_every_kind_stands_in_its_folder_and_has_no_fault(
    kind: str, shelf: Shelf, household: Shelf, folder: Path
) -> None:
    made = kinds.make(household if kind == "family" else shelf, [kind])
    assert made
    assert {name.split("/", 1)[0] for name in made} == {kind}
    client = kinds.KINDS[kind].audience != "staff"
    drawn = word.draw_set(made, folder / "templates")
    assert {name: audit(data, least_points=12 if client else 9) for name, data in drawn.items()} == {
        name: [] for name in drawn
    }


def test_an_export_without_kinds_makes_the_standard_ones(shelf: Shelf) -> None:
    assert {name.split("/", 1)[0] for name in kinds.make(shelf)} == set(kinds.STANDARD)


def test_a_kind_that_is_none_is_named_with_the_nearest(shelf: Shelf) -> None:
    with pytest.raises(NotFound, match=r"^no kind of document 'agenda' — did you mean 'agendas'\?$"):
        kinds.make(shelf, ["agenda"])


def test_a_session_held_partly_changes_no_guide(shelf: Shelf) -> None:
    first = next(each for each in shelf.case.plan.sessions if each.topic_id in shelf.topics)
    plan = small.changed(shelf.case.plan, first.session_id, state="partly", held_minutes=20)
    partly = replace(shelf, case=shelf.case.with_plan(plan))
    assert kinds.make(partly, ["guides"]) == kinds.make(shelf, ["guides"])


def test_forms_come_in_large_print_in_a_folder_of_their_own(shelf: Shelf, folder: Path) -> None:
    made, large = kinds.make(shelf, ["forms"]), kinds.make(replace(shelf, large_print=True), ["forms"])
    assert list(large) == [name.replace("forms/", "forms-large-print/") for name in made]
    assert [name for name, page in large.items() if not page.large_print] == []
    assert [name for name, page in made.items() if page.large_print] == []
    drawn = word.draw_set(large, folder / "templates")
    assert {name: audit(data, least_points=18) for name, data in drawn.items()} == {
        name: [] for name in drawn
    }


@pytest.fixture(scope="module")
def household() -> Shelf:
    """Return a plan of two weeks with a family group on Wednesdays."""
    program = small.program("| day | group_type |\n| mon | RP |\n| wed | FG |")
    curriculum = small.curriculum(
        group_types="| group_type | service_kind |\n| RP | counseling |\n| FG | family |",
        topics="| topic_id | group_type | title |\n| RP-01 | RP | Urges |\n| FG-01 | FG | Talking |",
        titles="| kind | id | title |\n| topic | RP-01 | Impulsos |",
    )
    plan = small.plan(program, "| mon-1 | wed-1 |\n| RP-01 | FG-01 |\n| RP-01 | - |")
    return Shelf(Case(curriculum, program, plan))


@pytest.mark.parametrize(
    ("language", "large_print", "tail"),
    [("en", False, ""), ("es", False, "-es"), ("en", True, "-large-print"), ("es", True, "-es-large-print")],
)
def test_forms_family_pages_and_packets_come_in_each_language_and_size(
    language: str, large_print: bool, tail: str, household: Shelf
) -> None:
    shelf = replace(household, language=language, large_print=large_print)
    made = kinds.make(shelf, ["forms", "family", "make-up"])
    assert list(made) == [
        f"forms{tail}/group-agreement.docx",
        f"forms{tail}/first-day.docx",
        f"forms{tail}/last-day.docx",
        f"forms{tail}/weekend-plan.docx",
        f"forms{tail}/check-in-slips.docx",
        f"forms{tail}/feedback-slips.docx",
        f"forms{tail}/certificate.docx",
        f"family{tail}/family-calendar.docx",
        f"family{tail}/week-01-family.docx",
        f"family{tail}/week-02-family.docx",
        f"make-up{tail}/week-01-make-up.docx",
        f"make-up{tail}/week-02-make-up.docx",
    ]
    assert {page.language for page in made.values()} == {f"{language}-US"}
    assert {page.large_print for page in made.values()} == {large_print}


def test_a_make_up_packet_counts_the_next_dates_from_the_week_after(household: Shelf) -> None:
    page = kinds.make(household, ["make-up"])["make-up/week-01-make-up.docx"]
    table = next(block for block in page.blocks if isinstance(block, Table))
    assert [tuple(cell.text for cell in row) for row in table.rows] == [
        ("Urges", "None", "Mon, Jan 11, 5:30 pm"),
        ("Talking", "None", "Not planned yet. Ask your counselor."),
    ]


def test_a_program_without_family_groups_has_no_page_for_relatives_and_refuses_one(household: Shelf) -> None:
    program = small.program("| day |\n| mon |").model_copy(update={"name": "evening"})
    plan = small.plan(program, "| mon-1 |\n| RP-01 |\n| RP-01 |")
    case = replace(household.case, program=program, plan=plan)
    alone = replace(household, case=case)
    assert kinds.make(alone, ["family"]) == {}
    kinds.refuse_for_nobody(alone, ["wall"])
    message = (
        "the program evening has no family group, so there is no page for relatives — "
        'write group_type = "FG" in one of its slots, or leave family out of --only'
    )
    with pytest.raises(UsageError, match=f"^{re.escape(message)}$"):
        kinds.refuse_for_nobody(alone, ["wall", "family"])
    bare = replace(alone, case=replace(case, curriculum=replace(case.curriculum, group_types=())))
    with pytest.raises(UsageError, match=r"relatives — add a family group type, or leave"):
        kinds.refuse_for_nobody(bare, ["family"])


def test_a_program_whose_family_groups_all_fall_out_keeps_its_calendar(household: Shelf) -> None:
    plan = small.changed(household.case.plan, "2027-01-06-wed-1", state="cancelled")
    plan = small.changed(plan, "2027-01-13-wed-1", state="cancelled")
    cancelled = replace(household, case=household.case.with_plan(plan))
    kinds.refuse_for_nobody(cancelled, ["family"])
    assert list(kinds.make(cancelled, ["family"])) == ["family/family-calendar.docx"]


def test_a_visit_of_one_family_makes_no_page_for_relatives(household: Shelf) -> None:
    program = small.program("| day | group_type | kind |\n| mon | RP | |\n| wed | FG | individual |")
    plan = small.plan(program, "| mon-1 | wed-1 |\n| RP-01 | - |")
    case = replace(household.case, program=program, plan=plan)
    assert kinds.make(replace(household, case=case), ["family"]) == {}


def test_what_is_written_without_a_kind_in_another_look_comes_in_each_language_and_size() -> None:
    looks = [(language, large) for language in ("en", "es") for large in (False, True)]
    missing = [
        (kind, *look)
        for kind in kinds.CLIENT_KINDS
        for look in looks
        if not kinds.comes_in(kind, look[0], large_print=look[1])
    ]
    assert missing == []


def test_a_workbook_is_made_for_each_four_weeks(shelf: Shelf, folder: Path) -> None:
    plan = shelf.case.plan
    longer = replace(shelf, case=shelf.case.with_plan(replace(plan, sheet=replace(plan.sheet, weeks=9))))
    assert list(kinds.make(longer, ["workbooks"])) == [
        "workbooks/weeks-01-to-04-workbook.docx",
        "workbooks/weeks-05-to-08-workbook.docx",
        "workbooks/week-09-workbook.docx",
    ]
    made = kinds.make(replace(shelf, language="es", large_print=True), ["workbooks"])
    assert {name.split("/")[0] for name in made} == {"workbooks-es-large-print"}
    drawn = word.draw_set(made, folder / "templates")
    assert {name: audit(data, least_points=18) for name, data in drawn.items()} == {
        name: [] for name in drawn
    }


def test_other_languages_and_sizes_have_their_own_folder_and_say_what_is_missing(shelf: Shelf) -> None:
    spanish = replace(shelf, language="es", large_print=True)
    assert spanish.folder("handouts") == "handouts-es-large-print"
    assert spanish.untranslated == [each.handout_id for each in shelf.handouts]
    assert kinds.make(spanish, ["handouts"]) == {}


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Getting through an urge", "getting-through-an-urge"),
        ("Sobredosis: ¿qué hago?", "sobredosis-que-hago"),
    ],
)
def test_a_title_becomes_part_of_a_file_name_on_every_system(title: str, name: str) -> None:
    assert slug(title) == name
