"""In a Spanish document no label of the program is left in English."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from iop_sessions.ground.blocks import (
    Block,
    Box,
    Cell,
    Heading,
    ItemList,
    NewPart,
    Page,
    Paragraph,
    Table,
    plain,
    walk,
)
from iop_sessions.ground.speech import program_labels
from iop_sessions.jobs import plan as pipeline
from iop_sessions.pages import kinds
from iop_sessions.pages.kinds import Shelf
from iop_sessions.plans.case import Case
from tests.lib.workspaces import ROOT, lay_out

SPANISH = [name for name, kind in kinds.KINDS.items() if kind.spanish]
ALIKE = {"Plan", "Total", "No", "RP", "Clave"}  # words that are the same in both languages


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    """Return the sample program, with Spanish speakers among its clients and a day closed."""
    workspace = lay_out(tmp_path_factory.mktemp("spanish") / "clinic", ROOT / "curriculum")
    curriculum = pipeline.read_curriculum(workspace)
    program, plan = pipeline.solve(workspace, curriculum, pipeline.PlanRequest(pipeline.SAMPLE))
    census = program.census.model_copy(update={"es": 3, "large_print": 1})
    return Shelf(Case(curriculum, program.model_copy(update={"census": census}), plan), "es")


def english() -> list[re.Pattern[str]]:
    """Return the English labels as patterns, placeholders open.

    Left out are short ones and those alike, and those so open that they fit a title in English.
    """
    return [
        re.compile(re.sub(r"\\\{\w+\\\}", ".+", re.escape(label.en)))
        for label in program_labels()
        if label.en != label.es
        and label.en not in ALIKE
        and _letters(label.en) > (12 if "{" in label.en else 3)
    ]


def _letters(words: str) -> int:
    return len(re.sub(r"\{\w+\}", "", words))


def lines_of(page: Page) -> Iterator[str]:
    yield page.title
    yield from page.footer
    for block in walk(page.blocks):
        yield from _lines(block)


def _lines(block: Block) -> Iterator[str]:
    if isinstance(block, Heading):
        yield block.text
    elif isinstance(block, Box):
        yield block.title
    elif isinstance(block, NewPart):
        yield from (block.label, *block.footer)
    elif isinstance(block, Paragraph):
        yield plain(block.text)
    elif isinstance(block, ItemList):
        yield from map(plain, block.items)
    elif isinstance(block, Table):
        yield block.name
        yield from _cells(each for row in (block.header, *block.rows) for each in row)


def _cells(cells: Iterable[Cell]) -> Iterator[str]:
    for each in cells:
        yield from each.text.split("\n")


@pytest.mark.parametrize("kind", SPANISH)
def test_no_label_of_a_spanish_document_is_english(kind: str, shelf: Shelf) -> None:
    made = kinds.make(shelf, [kind])
    assert made
    labels = english()
    left = {
        (Path(name).name, text)
        for name, page in made.items()
        for text in lines_of(page)
        if any(label.fullmatch(text) for label in labels)
    }
    assert left == set()
    assert {page.language for page in made.values()} == {"es-US"}


def test_an_english_label_would_be_seen() -> None:
    found = [label for label in english() if label.fullmatch("Help at any hour")]
    assert found
