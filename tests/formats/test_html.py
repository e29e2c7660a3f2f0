"""The preview shows the same words in the same order as the Word file, and nothing can run in it."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

from iop_sessions.formats.html import page_html
from iop_sessions.ground.blocks import (
    Block,
    Box,
    Cell,
    Heading,
    ItemList,
    NewPart,
    Page,
    PageBreak,
    Paragraph,
    Scale,
    Table,
    WriteLines,
    cell,
    line,
)

BLOCKS: tuple[Block, ...] = (
    Heading(1, "Plan", "RP"),
    Paragraph(line("Purpose."), "purpose"),
    ItemList("steps", (line("One."), line("Two."))),
    ItemList("boxes", (line("Tick."), ())),
    WriteLines(2),
    Scale(0, 3),
    Table("Week", (cell("Day"), cell("Act")), ((cell("Mon", header=True), cell()), (cell("Tue"),)), "log"),
    Box("remember", "To remember", (Paragraph(line("It passes.")),)),
    PageBreak(),
    Box("card", "If I crave", (Paragraph(line("Call.")),)),
    Box("card", "If asked", (Paragraph(line("Leave.")),)),
    NewPart("Part 1", ("RP-02a, version 1", "")),
    Paragraph(line("Bound.")),
)
PAGE = Page(
    "handout", "Plan", BLOCKS, ("RP-01a, version 1", "Crisis: 988."), color="#1F4E79", group_type="RP"
)


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        if tag not in ("br", "hr"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words += [data.strip()] if data.strip() else []


def _read(page: Page) -> _Words:
    reader = _Words()
    reader.feed(page_html(page))
    assert reader.open == []
    return reader


def test_words_come_in_the_order_of_the_page() -> None:
    assert _read(PAGE).words == [
        "RP", "Plan", "Purpose.", "One.", "Two.", "☐", "Tick.", "☐", "0", "1", "2", "3", "Day",
        "Act", "Mon", "Tue", "To remember", "It passes.", "RP", "If I crave", "Call.", "RP", "If asked",
        "Leave.", "Part 1", "RP-02a, version 1", "Bound.", "RP-01a, version 1", "Crisis: 988.",
    ]  # fmt: skip


def test_only_what_an_untrusted_notebook_keeps_is_used() -> None:
    reader = _read(PAGE)
    assert reader.tags.isdisjoint({"style", "script", "svg", "img", "a"})
    assert reader.attributes == {"lang", "style", "title"}
    colors = re.findall(r"(?:color|solid|dashed|dotted)(?:: | )([^;\"]+)", page_html(PAGE))
    assert [color for color in colors if not re.fullmatch(r"#[0-9A-F]{6}", color)] == []
    assert len(colors) > 20


def test_text_that_looks_like_markup_stays_text() -> None:
    evil = '<script>alert(1)</script> & "quoted" {{ 7*7 }}'
    page = Page(
        "handout", evil, (Heading(1, evil), Table(evil, (cell(evil),), ((Cell((line(evil),)),),))), (evil,)
    )
    assert _read(page).words == [evil, evil, evil, evil]
    assert "<script" not in page_html(page)


def test_control_characters_are_left_out() -> None:
    page = Page("handout", "T", (Paragraph(line("a\x00b\x07c\ud800d")),))
    assert _read(page).words == ["abcd"]


def test_large_print_is_large_and_cards_stand_in_one_column() -> None:
    large = page_html(replace(PAGE, large_print=True))
    assert "font-size: 18pt; line-height: 1.15" in large
    assert (page_html(PAGE).count("width: 50%"), large.count("width: 50%")) == (2, 0)


def test_the_same_page_gives_the_same_html() -> None:
    assert page_html(PAGE) == page_html(replace(PAGE))


def test_an_empty_page_is_no_error() -> None:
    assert _read(Page("guide", "", ())).words == []
