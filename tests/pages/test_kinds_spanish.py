"""In a Spanish document no label of the program is left in English."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from functools import cache
from pathlib import Path

import pytest
from babel import Locale
from pydantic import BaseModel

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
from iop_sessions.ground.fields import Label
from iop_sessions.ground.speech import placeholders, program_labels
from iop_sessions.ground.workspace import SAMPLE
from iop_sessions.pages import kinds
from iop_sessions.pages.kinds import Shelf
from iop_sessions.plans.case import Case
from tests.lib.examples import shown_by
from tests.lib.ready import library, planned, ready

SPANISH = [name for name, kind in kinds.KINDS.items() if kind.spanish]
LONG = ("handouts", "workbooks", "make-up")  # whose pages are many
ALIKE = {"Plan", "Total", "No", "RP", "Clave"}  # words that are the same in both languages


@pytest.fixture(scope="module")
def shelf() -> Shelf:
    """Return the sample program, with Spanish speakers among its clients and a day closed."""
    curriculum, program, plan = library(), ready(SAMPLE), planned(SAMPLE)
    census = program.census.model_copy(update={"es": 3, "large_print": 1})
    return Shelf(Case(curriculum, program.model_copy(update={"census": census}), plan), "es")


@cache
def english() -> re.Pattern[str]:
    """Return the English labels as one pattern, placeholders open.

    Left out are short ones and those alike, and those so open that they fit a title in English.
    """
    return re.compile(
        "|".join(
            re.sub(r"\\\{\w+\\\}", ".+", re.escape(label.en))
            for label in program_labels()
            if label.en != label.es
            and label.en not in ALIKE
            and _letters(label.en) > (12 if "{" in label.en else 3)
        )
    )


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
    left = {
        (Path(name).name, text)
        for name, page in made.items()
        for text in lines_of(page)
        if english().fullmatch(text)
    }
    assert left == set()
    assert {page.language for page in made.values()} == {"es-US"}


def test_an_english_label_would_be_seen() -> None:
    assert english().fullmatch("Help at any hour")


def marked() -> tuple[Label, ...]:
    """Return a clinic's own labels: of each Spanish sentence only a mark and the places to fill are left."""
    return tuple(
        Label(key=each.key, en="English", es="".join(("·", *(f"{{{name}}}·" for name in _places(each)))))
        for each in program_labels()
    )


def _places(label: Label) -> list[str]:
    return sorted(placeholders(label.es) or ())


def strings(thing: object) -> Iterator[str]:
    """Yield every text of the tables, the handouts and the program."""
    if isinstance(thing, str):
        yield thing
    elif isinstance(thing, BaseModel):
        yield from strings(dict(thing))
    elif is_dataclass(thing):
        yield from (text for each in fields(thing) for text in strings(getattr(thing, each.name)))
    elif isinstance(thing, Mapping):
        yield from (text for pair in thing.items() for each in pair for text in strings(each))
    elif isinstance(thing, Iterable):
        yield from (text for each in thing for text in strings(each))


def values(shelf: Shelf) -> list[str]:
    """List what the pages may say beside labels: what stands in the files of the clinic, longest first."""
    bare = replace(shelf.case.curriculum, labels=())
    texts = {*strings(bare), *strings(shelf.case.program), *strings(shelf.case.plan)}
    parts = {
        part.strip().casefold() for text in texts for part in (text, text.rstrip("."), *text.split("\n"))
    }
    return sorted((each for each in parts if re.search(r"[^\W\d_]", each)), key=len, reverse=True)


def _date_words() -> list[str]:
    spanish = Locale.parse("es_US")
    months = (name for width in ("wide", "abbreviated") for name in spanish.months["format"][width].values())
    days = (name for width in ("wide", "abbreviated") for name in spanish.days["format"][width].values())
    return [name.rstrip(".") for name in (*months, *days)]


_DATES = re.compile(rf"\b(?:{'|'.join(_date_words())}|de|[ap]\.m|h|min|x)\b", re.IGNORECASE)


_CODE = re.compile(
    r"^[a-z]+(-[a-z]+)*(?= · )"
)  # the code of a paper in its small print, alike in both languages


def left_of(text: str, known: list[str]) -> str:
    """Return the words of a text that are no label, no value, no date, no number and no paper's code."""
    text = _CODE.sub("", text).casefold()
    for value in known:
        if value in text:
            text = re.sub(rf"(?<!\w){re.escape(value)}(?!\w)", " ", text)
    return " ".join(re.findall(r"[^\W\d_]+", _DATES.sub(" ", text)))


def test_an_english_word_of_ours_would_be_left() -> None:
    assert left_of("workbook · ·3·, el lun, 4 de ene, 5:30 p.m.: no guide", ["no"]) == "el guide"


@pytest.fixture(scope="module")
def own(shelf: Shelf) -> Shelf:
    """Return the sample program of a clinic that words every label itself."""
    curriculum = replace(shelf.case.curriculum, labels=marked())
    return replace(shelf, case=replace(shelf.case, curriculum=curriculum))


@pytest.fixture(scope="module")
def known(own: Shelf) -> list[str]:
    """Return what its pages may say beside labels."""
    return values(own)


@pytest.mark.parametrize("kind", shown_by(SPANISH, *(each for each in SPANISH if each not in LONG)))
def test_the_labels_of_a_clinic_reach_every_printed_sentence(kind: str, own: Shelf, known: list[str]) -> None:
    texts = {text for page in kinds.make(own, [kind]).values() for text in lines_of(page)}
    assert {text: words for text in texts if (words := left_of(text, known))} == {}
