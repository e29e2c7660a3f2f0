"""Which documents a plan needs, and under which names."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from lib import small
from lib.workspaces import small_workspace

from iop_sessions import documents, pipeline, word
from iop_sessions.documents import Shelf, slug
from iop_sessions.errors import NotFound


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_workspace(tmp_path_factory.mktemp("documents") / "small").root


@pytest.fixture(scope="module")
def shelf(folder: Path) -> Shelf:
    workspace = pipeline.Workspace(folder)
    curriculum, kept = pipeline.read_plan(workspace, "evening")
    return Shelf(curriculum, kept.program, kept.plan)


@pytest.mark.parametrize("kind", list(documents.MAKERS))
def test_every_kind_stands_in_its_folder_and_has_no_fault(kind: str, shelf: Shelf, folder: Path) -> None:
    made = documents.make(shelf, [kind])
    assert made
    assert {name.split("/", 1)[0] for name in made} == {kind}
    client = kind in ("handouts", "forms", "family")
    drawn = word.draw_set(made, folder / "templates")
    assert {name: word.audit(data, least_points=12 if client else 9) for name, data in drawn.items()} == {
        name: [] for name in drawn
    }


def test_an_export_without_kinds_makes_the_standard_ones(shelf: Shelf) -> None:
    assert {name.split("/", 1)[0] for name in documents.make(shelf)} == set(documents.STANDARD)


def test_a_kind_that_is_none_is_named_with_the_nearest(shelf: Shelf) -> None:
    with pytest.raises(NotFound, match=r"^no kind of document 'agenda' — did you mean 'agendas'\?$"):
        documents.make(shelf, ["agenda"])


def test_a_session_held_partly_changes_no_guide(shelf: Shelf) -> None:
    first = next(each for each in shelf.plan.sessions if each.topic_id in shelf.topics)
    plan = small.changed(shelf.plan, first.session_id, state="partly", held_minutes=20)
    assert documents.guides(replace(shelf, plan=plan)) == documents.guides(shelf)


def test_forms_come_in_large_print_in_a_folder_of_their_own(shelf: Shelf, folder: Path) -> None:
    made, large = documents.forms(shelf), documents.forms(replace(shelf, large_print=True))
    assert list(large) == [name.replace("forms/", "forms-large-print/") for name in made]
    assert [name for name, page in large.items() if not page.large_print] == []
    assert [name for name, page in made.items() if page.large_print] == []
    drawn = word.draw_set(large, folder / "templates")
    assert {name: word.audit(data, least_points=18) for name, data in drawn.items()} == {
        name: [] for name in drawn
    }


def test_other_languages_and_sizes_have_their_own_folder_and_say_what_is_missing(shelf: Shelf) -> None:
    spanish = replace(shelf, language="es", large_print=True)
    assert spanish.client_folder == "handouts-es-large-print"
    assert spanish.untranslated == [each.handout_id for each in shelf.handouts]
    assert documents.handouts(spanish) == {}


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Getting through an urge", "getting-through-an-urge"),
        ("Sobredosis: ¿qué hago?", "sobredosis-que-hago"),
    ],
)
def test_a_title_becomes_part_of_a_file_name_on_every_system(title: str, name: str) -> None:
    assert slug(title) == name
