"""Pages that the tests of the Word room draw."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from iop_sessions.formats.word import draw
from iop_sessions.ground.blocks import (
    Block,
    Box,
    Cell,
    Heading,
    ItemList,
    Page,
    PageBreak,
    Paragraph,
    Scale,
    Span,
    Table,
    WriteLines,
    cell,
    line,
)
from tests.lib.planting import Parts, with_links

BLUE = "#1F4E79"
FOOTER = (
    "RP-03a, version 1",
    "Overdose or danger: call 911. Crisis: call or text 988. After hours: 555-0100.",
    "Draft, not yet reviewed by a clinician.",
)


def _worksheet() -> tuple[Block, ...]:
    return (
        Box("warning", "Draft", (Paragraph(line("Not yet reviewed by a clinician. Do not hand it out.")),)),
        Heading(1, "Plan your weekend", "RP"),
        Paragraph(line("Use this page to plan a weekend that keeps you safe."), "purpose"),
        Heading(2, "Why it matters"),
        Paragraph(
            (
                Span("Free time can be hard. "),
                Span("A plan", bold=True),
                Span(" makes it easier to stay on track."),
            )
        ),
        ItemList(
            "bullets",
            (line("Weekends have fewer meetings and more free hours."), line("Old friends may call.")),
        ),
        Heading(2, "Your steps"),
        ItemList(
            "steps",
            (line("Pick one safe person."), line("Pick two safe places."), line("Write down when you go.")),
        ),
        Heading(3, "Again, from one"),
        ItemList("steps", (line("Call the person."), line("Say where you will be."))),
        Heading(2, "Before you go"),
        ItemList(
            "boxes",
            (line("I have a ride home."), line("I told a safe person."), line("I have naloxone."), ()),
        ),
        Paragraph(line("Who can you call?")),
        WriteLines(3),
        Paragraph(line("How strong is your craving today?")),
        Scale(0, 10),
        WriteLines(2),
        Box(
            "remember",
            "To remember",
            (
                Paragraph(
                    line("A craving rises, peaks and falls. It passes, even when it does not feel so.")
                ),
                ItemList(
                    "bullets", (line("Leave first, explain later."), line("Call before you go, not after."))
                ),
                WriteLines(1),
            ),
        ),
        Heading(2, "Before next time"),
        Paragraph(line("Bring this page back."), "body"),
        Paragraph(line("Source: our own writing."), "small"),
    )


def _tables() -> tuple[Block, ...]:
    empty = cell()
    days = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
    return (
        PageBreak(),
        Heading(2, "What to say"),
        Table(
            "What they say and what I say",
            (cell("They say"), cell("I say")),
            ((cell("Just one drink!"), cell("No, thanks. I am driving.")), (empty, empty), (empty, empty)),
            "script",
        ),
        Table(
            "My week",
            (cell("Day"), cell("What happened"), cell("Craving, 0 to 10"), cell("What I did")),
            tuple((cell(day, header=True), empty, empty, empty) for day in days),
            "log",
            (2.0, 4.0, 2.0, 4.0),
        ),
        PageBreak(),
        Table(
            "Run sheet",
            (cell("Minutes"), cell("Do and say")),
            (
                (cell("0-10"), Cell((line("Check-in", bold=True), line("Ask each person for one word.")))),
                (cell("10-30"), cell("Teach")),
            ),
            "run_sheet",
        ),
        Box(
            "note",
            "Telehealth",
            (
                Paragraph(line("Ask people to keep a safe person near.")),
                Paragraph(line("Check the address first.")),
            ),
        ),
        Heading(2, "Cards"),
        *(
            Box(
                "card",
                title,
                (
                    Paragraph(line("Call Sam before you go.")),
                    Paragraph(line("Leave at nine.")),
                    WriteLines(1),
                ),
            )
            for title in ("If I get a craving", "If a friend offers", "If I am alone")
        ),
    )


@pytest.fixture(scope="session")
def every_block() -> Callable[..., Page]:
    """Return a maker of a page that uses every block; its keywords are the page's fields."""

    def make(**fields: object) -> Page:
        page = Page(
            "handout", "Plan your weekend", _worksheet() + _tables(), FOOTER, group_type="RP", color=BLUE
        )
        return replace(page, **fields)  # type: ignore[arg-type]  # the fields are those of Page

    return make


@pytest.fixture
def agenda() -> Page:
    """Return a week's agenda: days as columns, blocks as rows."""

    def held(badge: str, title: str, color: str) -> Cell:
        return Cell(
            (line(title, bold=True), line("Spot the early signs."), line("F1 · Room A")),
            badge=badge,
            color=color,
        )

    staff = Cell((line("Copy 12 x RP-03a"),), small=True)
    days = tuple(
        cell(f"{day} Jan {4 + number}") for number, day in enumerate(("Mon", "Tue", "Wed", "Thu", "Fri"))
    )
    groups = (
        held("RP", "Triggers", BLUE),
        held("RT", "Say no", "#6A1B57"),
        held("PE", "Your brain", "#0B5563"),
    )
    row = (
        cell("18:00-18:50", header=True),
        *groups,
        held("SD", "Sleep", "#7A3E00"),
        held("FG", "Listening", "#1E5631"),
    )
    rest = (cell("18:50-19:00", header=True, tint="#F2F2F2"), *(cell("Break", tint="#F2F2F2"),) * 5)
    copies = (cell("Copies", header=True), *(staff,) * 5)
    blocks: tuple[Block, ...] = (
        Heading(1, "Week 3 · January 4 to 8"),
        Table(
            "The week's groups",
            (cell("Time"), *days),
            (row, rest, row, rest, row, copies),
            "grid",
            (1.2, 2, 2, 2, 2, 2),
        ),
        Paragraph(
            line("Seat hours 9.0, clinical hours 8.5. Closed: none. Next week: refusal skills."), "note"
        ),
    )
    return Page("agenda", "Week 3", blocks, ("Evening program, week 3, plan version 2",), landscape=True)


@pytest.fixture(scope="session")
def templates() -> Path:
    """Return the folder of the templates that the repository ships."""
    return Path(__file__).parents[3] / "templates"


@pytest.fixture(scope="session")
def good(every_block: Callable[..., Page], templates: Path) -> Parts:
    """Return the parts of a document without a fault, to plant one in."""
    rows = ((cell("Just one drink!"), cell()),)
    table = Table("What to say", (cell("They say"), cell("I say")), rows, "script")
    return with_links(draw(every_block(blocks=(*_worksheet(), table)), templates))
