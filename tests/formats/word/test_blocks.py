"""How lists, tables, boxes and rooms to write in are drawn."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

from iop_sessions.formats.word import draw
from iop_sessions.formats.word.package import Element, w, w14
from iop_sessions.ground.blocks import (
    Block,
    Box,
    Cell,
    Heading,
    ItemList,
    Page,
    Paragraph,
    Scale,
    Table,
    TableKind,
    WriteLines,
    cell,
    line,
)

TITLE = Heading(1, "Plan")


def _parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def _body(templates: Path, *blocks: Block, **fields: object) -> Element:
    page = replace(Page("handout", "Plan", (TITLE, *blocks)), **fields)  # type: ignore[arg-type]  # fields of Page
    found = etree.fromstring(_parts(draw(page, templates))["word/document.xml"]).find(w("body"))
    assert found is not None
    return found


def _words(node: Element) -> list[str]:
    return ["".join(each.text or "" for each in p.iter(w("t"))) for p in node.iter(w("p"))]


def _values(node: Element, name: str, attribute: str = "val") -> list[str | None]:
    return [each.get(w(attribute)) for each in node.iter(w(name))]


def test_each_run_of_steps_starts_at_one(templates: Path) -> None:
    steps = ItemList("steps", (line("a"), line("b")))
    page = Page("handout", "Plan", (TITLE, steps, Heading(2, "Then"), steps))
    parts = _parts(draw(page, templates))
    numbers = _values(etree.fromstring(parts["word/document.xml"]), "numId")
    assert numbers == ["3", "3", "4", "4"]
    assert _values(etree.fromstring(parts["word/numbering.xml"]), "startOverride") == ["1", "1"]


def test_a_check_box_is_a_control_of_14_points_that_is_named(templates: Path) -> None:
    body = _body(templates, ItemList("boxes", (line("Call Sam"), line("Rest"))))
    assert len(list(body.iter(w14("checkbox")))) == 2
    assert _values(body, "alias") == ["Call Sam", "Rest"]
    assert set(_values(body, "sz")) == {"28"}


def test_an_item_without_words_is_a_line_to_write_on(templates: Path) -> None:
    body = _body(templates, ItemList("steps", (line("One"), ())))
    assert [tab.get(w("leader")) for tab in body.iter(w("tab")) if tab.get(w("leader"))] == ["underscore"]


@pytest.mark.parametrize(("large", "height"), [(False, "510"), (True, "624")])
def test_lines_to_write_on_are_9_mm_high_and_11_in_large_print(
    large: bool, height: str, templates: Path
) -> None:
    body = _body(templates, Paragraph(line("Why?")), WriteLines(2), large_print=large)
    assert _values(body, "trHeight") == [height, height]


def test_neighbouring_lines_to_write_on_are_one_table(templates: Path) -> None:
    body = _body(templates, WriteLines(2), WriteLines(1))
    assert [len(table.findall(w("tr"))) for table in body.iter(w("tbl"))] == [3]


def test_an_empty_cell_makes_its_row_high_enough_to_write_in(templates: Path) -> None:
    rows = ((cell("a"), cell("b")), (cell("c"), cell()))
    heights = {
        kind: _values(_body(templates, Table("N", (cell("A"), cell("B")), rows, kind)), "trHeight")  # type: ignore[arg-type]  # a literal
        for kind in ("plain", "script", "log", "schedule", "grid", "run_sheet")
    }
    assert heights == {
        "plain": ["510"], "script": ["680"], "log": ["794"], "schedule": ["510"], "grid": [], "run_sheet": []
    }  # fmt: skip


def test_a_table_has_a_name_a_repeated_header_and_rows_that_stay_whole(templates: Path) -> None:
    body = _body(
        templates, Table("My week", (cell("Day"), cell("Act")), ((cell("Mon", header=True), cell("Walk")),))
    )
    assert _values(body, "tblCaption") == ["My week"]
    assert _values(body, "tblDescription") == ["Columns: Day, Act."]
    assert (len(list(body.iter(w("cantSplit")))), len(list(body.iter(w("tblHeader"))))) == (2, 1)


def test_a_column_is_never_narrower_than_its_longest_word(templates: Path) -> None:
    header = (cell("Day"), cell("What happened"))
    rows = ((cell("Wednesday", header=True), cell()),)
    body = _body(templates, Table("N", header, rows, "log", (1, 20)), large_print=True)
    assert _values(body, "gridCol", "w") == ["2288", "7072"]


@pytest.mark.parametrize(("kind", "kept"), [("plain", "K.....K."), ("run_sheet", "........")])
def test_no_row_to_write_in_stands_alone_on_a_sheet(kind: TableKind, kept: str, templates: Path) -> None:
    body = _body(templates, Table("N", (cell("A"),), ((cell(),),) * 8, kind))
    rows = list(body.iter(w("tr")))[1:]
    assert "".join("K" if _values(row, "keepNext") else "." for row in rows) == kept


def test_a_week_to_fill_in_stays_whole_on_a_sheet(templates: Path) -> None:
    body = _body(templates, Table("N", (cell("A"),), ((cell(),),) * 7, "log"))
    rows = list(body.iter(w("tr")))[1:]
    assert "".join("K" if _values(row, "keepNext") else "." for row in rows) == "KKKKKK."


def test_words_stand_in_the_middle_of_a_header_and_of_a_row_to_write_in(templates: Path) -> None:
    body = _body(templates, Table("N", (cell("A"), cell("B")), ((cell("a"), cell()), (cell("a"), cell("b")))))
    rows = [_values(row, "vAlign") for row in body.iter(w("tr"))]
    assert rows == [["center", "center"], ["center", "center"], []]


def test_a_box_has_more_room_above_it_after_a_table(templates: Path) -> None:
    box = Box("remember", "", (Paragraph(line("a")),))
    body = _body(templates, box, Table("N", (cell("A"),), ((cell("a"),),)), box)
    boxes = [p for p in body.findall(w("p")) if _values(p, "pStyle") == ["BoxText"]]
    assert [_values(p, "spacing", "before") for p in boxes] == [["160"], ["240"]]


def test_words_part_two_tables_that_word_would_join(templates: Path) -> None:
    table = Table("My week", (cell("A"),), ((cell("b"),),))
    body = _body(templates, table, table, WriteLines(1), Scale(0, 1))
    assert [text for text in _words(body) if text] == [
        "Plan", "A", "b", "My week", "A", "b", "More room to write:", "Circle one number:", "0", "1"
    ]  # fmt: skip


def test_a_question_stays_with_its_lines_and_a_heading_with_its_text(templates: Path) -> None:
    body = _body(templates, Heading(2, "H"), Paragraph(line("Why?")), WriteLines(2))
    kept = {
        "".join(p.itertext()): p.find(f"{w('pPr')}/{w('keepNext')}") is not None for p in body.findall(w("p"))
    }
    assert kept == {"Plan": True, "H": True, "Why?": True}


def test_a_box_is_paragraphs_on_one_sheet_and_no_table(templates: Path) -> None:
    box = Box(
        "remember", "To remember", (Paragraph(line("a")), ItemList("bullets", (line("b"),)), WriteLines(1))
    )
    body = _body(templates, box, Paragraph(line("c")))
    assert body.find(w("tbl")) is None
    paragraphs = body.findall(w("p"))[1:-1]
    assert len(paragraphs) == 4
    assert {each.get(w("fill")) for p in paragraphs for each in p.iter(w("shd"))} == {"EDEDED"}
    assert [p.find(f"{w('pPr')}/{w('keepNext')}") is not None for p in paragraphs] == [
        True,
        True,
        True,
        False,
    ]


def test_a_warning_before_the_title_runs_in_and_is_no_heading(templates: Path) -> None:
    box = Box("warning", "Draft", (Paragraph(line("Not reviewed.")),))
    page = Page("handout", "Plan", (box, TITLE))
    document = etree.fromstring(_parts(draw(page, templates))["word/document.xml"])
    assert _words(document) == ["Draft. Not reviewed.", "Plan"]
    assert _values(document, "pStyle") == ["BoxText", "Heading1"]


@pytest.mark.parametrize(("large", "rows", "columns"), [(False, 2, 2), (True, 3, 1)])
def test_cards_stand_two_in_a_row_and_in_large_print_alone(
    large: bool, rows: int, columns: int, templates: Path
) -> None:
    card = Box("card", "If I crave", (Paragraph(line("Call.")), WriteLines(1)))
    body = _body(templates, card, card, card, large_print=large, group_type="RP")
    assert (len(list(body.iter(w("tr")))), len(list(body.iter(w("gridCol"))))) == (rows, columns)
    assert _words(body).count(" RP \u00a0If I crave") == 3
    assert _values(body, "keepNext")[1:] == ["0", "0", "0"]  # else no sheet could end between two rows


def test_a_badge_is_white_on_the_groups_colour(templates: Path) -> None:
    body = _body(templates, Table("N", (cell("A"),), ((Cell((line("T"),), badge="RT", color="#6A1B57"),),)))
    run = next(run for run in body.iter(w("r")) if "RT" in "".join(run.itertext()))
    assert (_values(run, "color"), _values(run, "shd", "fill")) == (["FFFFFF"], ["6A1B57"])


def test_text_takes_ink_where_a_colour_would_be_hard_to_read(templates: Path) -> None:
    body = _body(templates, Table("N", (cell("A"),), ((Cell((line("pale"),), color="#FFCC00"),),)))
    run = next(run for run in body.iter(w("r")) if "".join(run.itertext()) == "pale")
    assert _values(run, "color") == []


def test_small_cells_are_for_staff_only(templates: Path) -> None:
    table = Table("N", (cell("A"),), ((Cell((line("copies"),), small=True),),))
    used = {kind: _values(_body(templates, table, kind=kind), "pStyle")[-1] for kind in ("handout", "agenda")}
    assert used == {"handout": "TableText", "agenda": "TableSmall"}


def test_a_small_header_cell_is_small_for_staff_and_stays_bold(templates: Path) -> None:
    table = Table("N", (Cell((line("Weeks"),), small=True),), ((cell("1"),),))
    used = {}
    for kind in ("handout", "coverage"):
        head = next(_body(templates, table, kind=kind).iter(w("tc")))
        used[kind] = (*_values(head, "pStyle"), len(list(head.iter(w("b")))))
    assert used == {"handout": ("TableHead", 0), "coverage": ("TableSmall", 1)}


def test_a_column_of_small_print_may_be_narrower(templates: Path) -> None:
    header = (Cell((line("Responsibilities"),), small=True), cell("Note"))
    table = Table("N", header, ((cell("a"), cell("b")),), "plain", (1, 20))
    widths = {
        kind: _values(_body(templates, table, kind=kind), "gridCol", "w")[0]
        for kind in ("handout", "coverage")
    }
    assert widths == {"handout": "2632", "coverage": "2024"}


def test_a_time_and_a_date_never_part_at_the_end_of_a_line(templates: Path) -> None:
    blocks = (
        Heading(2, "From Jan 4"),
        Paragraph(line("At 7:50 pm")),
        ItemList("bullets", (line("Bring it on 6 de enero"),)),
        Table("Days", (cell("9 am"),), ((cell("9 h 30 min"),),)),
    )
    assert _words(_body(templates, *blocks))[1:] == [
        "From Jan\u00a04",
        "At 7:50\u00a0pm",
        "Bring it on 6\u00a0de\u00a0enero",
        "9\u00a0am",
        "9\u00a0h 30\u00a0min",
    ]
    page = Page("handout", "Plan", (TITLE, *blocks), ("Until January 6, 2027",))
    parts = _parts(draw(page, templates))
    footers = [etree.fromstring(data) for name, data in parts.items() if "footer" in name]
    assert [each for node in footers for each in _words(node) if each.startswith("Until January\u00a06")]


def test_a_column_is_wide_enough_for_a_time_in_one_line(templates: Path) -> None:
    table = Table("Days", (cell("At"), cell("What")), ((cell("12:30 pm"), cell("Go")),), "plain", (1, 40))
    widths = [int(each or 0) for each in _values(_body(templates, table), "gridCol", "w")]
    assert widths[0] >= 8 * 120  # eight letters of 12 points, at half their height
