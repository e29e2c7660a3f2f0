"""Read every paper for clients as its readers do: plain words and kind words."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator

import pytest

from iop_sessions.curriculum.language import BARS, check_reading, check_wording
from iop_sessions.curriculum.library import Curriculum
from iop_sessions.curriculum.passages import Unit, UnitKind
from iop_sessions.ground.blocks import Box, Heading, ItemList, NewPart, Page, Paragraph, Table, plain, walk
from iop_sessions.ground.errors import Place
from iop_sessions.ground.speech import FOLDER
from tests.lib.reading import flesch_kincaid, inflesz

ClientPapers = Callable[..., dict[str, Page]]
CLIENT_LABELS = ("forms.csv", "family.csv")


def units(page: Page) -> list[Unit]:
    """List what a page says, up to the first handout bound behind it."""
    return [Unit(text, Place(page.title), kind) for text, kind in _texts(page) if text.strip()]


def _texts(page: Page) -> Iterator[tuple[str, UnitKind]]:
    for block in walk(page.blocks):
        if isinstance(block, NewPart):
            return
        if isinstance(block, Heading):
            yield block.text, "heading"
        elif isinstance(block, Paragraph):
            yield plain(block.text), "paragraph"
        elif isinstance(block, ItemList):
            yield from ((plain(item), "item") for item in block.items)
        elif isinstance(block, Table) and not has_badges(block):
            yield from ((cell.text, "cell") for row in (block.header, *block.rows) for cell in row)
        elif isinstance(block, Box):
            yield block.title, "heading"


def has_badges(table: Table) -> bool:
    """Say whether a table lists topics: their titles are no sentences of the page's own."""
    return any(cell.badge for row in table.rows for cell in row)


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_paper_for_clients_reads_at_sixth_grade(
    language: str, real: Curriculum, client_papers: ClientPapers
) -> None:
    terms = [term.term for term in real.glossary if term.language == language]
    pages = client_papers(language=language).values()
    found = [str(each) for page in pages for each in check_reading(units(page), "handout", language, terms)]
    assert found == []


def test_no_paper_uses_a_word_that_hurts(
    real: Curriculum, client_papers: ClientPapers, staff_papers: dict[str, Page]
) -> None:
    english = [*client_papers().values(), *staff_papers.values()]
    spanish = client_papers(language="es").values()
    found = [str(each) for page in english for each in check_wording(units(page), real.wording)]
    found += [str(each) for page in spanish for each in check_wording(units(page), real.wording, "es")]
    assert found == []


def labels_of_clients(language: str) -> dict[str, list[Unit]]:
    """List the words of each page for clients and relatives, in the order of its labels."""
    found: dict[str, list[Unit]] = {}
    for name in CLIENT_LABELS:
        text = (FOLDER / name).read_text(encoding="utf-8")
        for number, row in enumerate(csv.DictReader(text.splitlines()), 2):
            unit = Unit(row[language], Place(name, number, language))
            found.setdefault(row["key"].partition(".")[0], []).append(unit)
    return found


def test_the_english_labels_of_clients_are_at_grade_six_or_lower_page_by_page() -> None:
    pages = labels_of_clients("en")
    grades = {page: flesch_kincaid(each.text for each in labels).grade for page, labels in pages.items()}
    assert {
        page: grade for page, grade in grades.items() if not grade <= BARS["en", "handout"].hardest_grade
    } == {}


def test_the_spanish_labels_of_clients_are_as_easy_as_spanish_handouts_page_by_page() -> None:
    pages = labels_of_clients("es")
    eases = {page: inflesz(each.text for each in labels).ease for page, labels in pages.items()}
    assert {
        page: ease for page, ease in eases.items() if not ease >= BARS["es", "handout"].easiest_ease
    } == {}


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_labels_of_clients_have_short_sentences_and_kind_words(language: str, real: Curriculum) -> None:
    terms = [term.term for term in real.glossary if term.language == language]
    found = []
    for labels in labels_of_clients(language).values():
        found += check_reading(labels, "handout", language, terms)
        found += check_wording(labels, real.wording, language)
    assert [str(each) for each in found] == []


def test_a_hard_label_would_be_seen() -> None:
    hard = [Unit("Institutional responsibilities necessitate extraordinary determination.", Place("x", 2))]
    assert flesch_kincaid(each.text for each in hard).grade > 6
    assert inflesz(["Responsabilidades institucionales exigen determinación extraordinaria."]).ease < 65


def test_every_topic_handout_group_and_objective_has_a_spanish_title(real: Curriculum) -> None:
    wanted = {
        *(("topic", each.topic_id) for each in real.topics),
        *(("handout", each.handout_id) for each in real.handouts if each.kind != "external"),
        *(("group_type", each.group_type) for each in real.group_types),
        *(("objective", each.objective_id) for each in real.objectives),
    }
    assert wanted - {(each.kind, each.id) for each in real.titles if each.language == "es"} == set()
    without_aim = [
        each.id for each in real.titles if each.kind in ("topic", "group_type") and not each.aim.strip()
    ]
    assert without_aim == []


def test_the_spanish_titles_and_objectives_are_as_easy_as_spanish_handouts(real: Curriculum) -> None:
    spanish = [each for each in real.titles if each.language == "es"]
    statements = [f"{each.title}." for each in spanish if each.kind == "objective"]
    aims = [f"{each.aim.rstrip('.')}." for each in spanish if each.aim]
    assert inflesz(statements).ease >= 65
    assert inflesz(aims).ease >= 65
    assert max(inflesz([each]).longest_sentence for each in (*statements, *aims)) <= 25
