"""Know our dialect of Markdown, and turn what it parses to into blocks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from iop_sessions.curriculum.passages import Document, Placed, Section
from iop_sessions.ground.blocks import (
    Block,
    Box,
    Heading,
    ItemList,
    Paragraph,
    Scale,
    Table,
    TableKind,
    WriteLines,
    plain,
    walk,
)
from iop_sessions.ground.errors import Level, Place, Problem, did_you_mean

MOST_COLUMNS: Final = 5  # a Letter page at 12 pt holds five columns that a hand can write in
MOST_LINES: Final = 22  # 22 writing lines of 9 mm fill the room two pages leave
MOST_SCALE_BOXES: Final = 11  # 0 to 10, one row of boxes a finger can hit
DEEPEST_HEADING: Final = 3
LONGEST_LIST: Final = 7  # PEMAT-P: chunks; a longer list is two lists
MOST_REMEMBER: Final = 3
MOST_CARD: Final = 6
SCRIPT_COLUMNS: Final = 2

TABLE_CONTAINERS: Final[dict[str, TableKind]] = {"script": "script", "log": "log", "schedule": "schedule"}
CONTAINERS: Final = ("remember", "card", *TABLE_CONTAINERS)
SAFE_SYMBOLS: Final = "°©®™"

REFUSED: Final[dict[str, tuple[str, str]]] = {
    "html_block": ("HTML", "write it as plain Markdown"),
    "html_inline": ("HTML", "write it as plain Markdown"),
    "blockquote": ("a block quote", "make it a paragraph, without '>'"),
    "fence": ("a code block", "write plain paragraphs, without the ``` marks"),
    "code_block": ("a code block", "start the line at the left margin; four spaces make code of it"),
    "code_inline": ("code", "take the ` marks away"),
    "hr": ("a horizontal rule", "leave it out; a heading parts the page, {lines 1} is room to write"),
    "em": ("italic text", "use **bold** or plain words; italics are hard to read"),
    "s": ("struck-out text", "take the ~~ marks away"),
    "link": ("a link", "write the words alone; paper has no links"),
    "image": ("an image", "say it in words or in a table"),
    "hardbreak": ("a line break inside a paragraph", "make two paragraphs or a list"),
}

NO_LINKS: Final = "name the source in the tables; paper has no links"
CLOSE_BOLD: Final = "put ** right before the first and right after the last word"
WRONG_TEXT: Final[tuple[tuple[re.Pattern[str], str, str], ...]] = tuple(
    (re.compile(pattern), what, remedy)
    for pattern, what, remedy in (
        (r"_{3,}|\.{5,}", "a blank made of '{0}'", "use {{lines 1}} or an empty table cell"),
        (r"https?://\S+|www\.\S+", "the web address '{0}'", NO_LINKS),
        (r"^#+", "a line that starts with '{0}' but is no heading", "put one space after '##'"),
        (r"^\|", "a table that cannot be read", "give its second line as many '---' cells as its header has"),
        (r"^:{2,}.*", "the stray mark '{0}'", "close each box with ':::' alone on a line"),
        (
            r"^\+\+\+",
            "front matter in the wrong place",
            "put it between two +++ lines at the top of the file",
        ),
        (r"^\[[xX]\]", "a box that is ticked already", "leave it empty: '- [ ] '"),
        (r"(?<!^)\[[xX]\]|\[ ?\]", "a check box inside a line", "start the line with '- [ ] '"),
        (r"\[\^[^\]]*\]", "the footnote '{0}'", "write the note where it belongs"),
        (r"\*\*", "bold marks that do not close", CLOSE_BOLD),
        (r"^•", "a bullet typed as '{0}'", "start the line with '- '"),
    )
)

# Most texts have none of it: one look is enough for them.
ANY_WRONG: Final = re.compile("|".join(pattern.pattern for pattern, _, _ in WRONG_TEXT))

COMMAND: Final = re.compile(r"\{[^{}]*\}")
LINES: Final = re.compile(r"\{lines (\d{1,3})\}")
SCALE: Final = re.compile(r"\{scale (\d{1,3})-(\d{1,3})\}")
CHECK_BOX: Final = re.compile(r"\[ \](?:\s+|$)")

Fault = tuple[str, str]
"""What is wrong, and the remedy."""


def refusal(kind: str) -> Fault:
    """Word what the parser found and no page can show."""
    what, remedy = REFUSED.get(kind, (f"'{kind}'", "write plain paragraphs, lists and tables"))
    return f"{what} cannot stand on a printed page", remedy


def wrong_command(command: str) -> Fault:
    """Word a pair of braces that is no command, or not alone on its line."""
    if LINES.fullmatch(command) or SCALE.fullmatch(command):
        remedy = "put it alone on a line, a blank line above and below"
        return f"'{command}' stands beside other words", remedy
    name = command.strip("{}").split(" ")[0]
    near = did_you_mean(name, ("lines", "scale")) if name not in ("lines", "scale") else ""
    return f"'{command}' means nothing here", near or "write {lines 4} or {scale 0-10}"


def heading_faults(text: str, markup: str, level: int, above: int) -> list[Fault]:
    """Find what is wrong with a heading under one of level `above`."""
    if not text:
        return [("an empty heading", "give it words or take it away")]
    if not markup.startswith("#"):
        return [(f"the heading '{text}' is made by a line drawn under it", f"write '## {text}'")]
    if level == 1:
        return [(f"the '#' heading '{text}'", "use '##'; the title comes from the tables")]
    if level > DEEPEST_HEADING:
        return [(f"the heading '{text}' of level {level}", "use only '##' and '###'")]
    if level > above + 1:
        return [(f"the heading '{text}' skips a level", "put a '##' heading above it")]
    return []


def box_faults(name: str, nested: bool, closed: bool) -> list[Fault]:
    """Find what is wrong with the marks of a box."""
    faults: list[Fault] = []
    if not closed:
        faults.append((f"the box '{name}' is never closed", "put ':::' alone on the line after it"))
    if nested:
        faults.append((f"the box '{name}' inside another box", "close the first box with ':::' before it"))
    if name not in CONTAINERS:
        remedy = did_you_mean(name, CONTAINERS) or f"there are: {', '.join(CONTAINERS)}"
        faults.append((f"the box '{name}' is unknown" if name else "a box without a name", remedy))
    return faults


def text_box_faults(name: str, blocks: Sequence[Block]) -> list[Fault]:
    """Find what is wrong inside a remember box or a card."""
    faults: list[Fault] = []
    allowed = (Paragraph, ItemList, WriteLines) if name == "card" else (Paragraph, ItemList)
    if not all(isinstance(block, allowed) for block in blocks):
        also = " and {lines 1}" if name == "card" else ""
        faults.append((f"the box '{name}' holds more than text", f"put only paragraphs, lists{also} in it"))
    count, most = sum(map(_lines_of, blocks)), MOST_CARD if name == "card" else MOST_REMEMBER
    if not 1 <= count <= most:
        faults.append((f"the box '{name}' has {count} lines", f"keep 1 to {most} short lines"))
    return faults


def _lines_of(block: Block) -> int:
    if isinstance(block, ItemList):
        return len(block.items)
    return block.count if isinstance(block, WriteLines) else 1


def table_faults(header: Sequence[str], rows: int) -> list[Fault]:
    """Find what is wrong with a table as a whole."""
    faults: list[Fault] = []
    if len(header) > MOST_COLUMNS:
        faults.append((f"a table of {len(header)} columns", f"use at most {MOST_COLUMNS}; a hand needs room"))
    unnamed = (number for number, name in enumerate(header, start=1) if not name)
    faults += [
        (f"column {each} of the table has no heading", "give every column a heading") for each in unnamed
    ]
    if not rows:
        faults.append(("a table with no rows", "add rows; an empty cell is room to write"))
    return faults


def cells_in(row: str) -> int:
    """Count the cells of a table row as typed: the parser drops cells beyond the header without a word."""
    return len(re.split(r"(?<!\\)\|", re.sub(r"^\||(?<!\\)\|$", "", row.strip())))


def read_command(raw: str) -> tuple[WriteLines | Scale | None, list[Fault]]:
    """Read ``{lines n}`` or ``{scale a-b}``; None where the text is no command."""
    if found := LINES.fullmatch(raw):
        count = int(found[1])
        fault = (f"'{raw}' asks for {count} lines", f"ask for 1 to {MOST_LINES}")
        return WriteLines(count), [] if 1 <= count <= MOST_LINES else [fault]
    if found := SCALE.fullmatch(raw):
        low, high = int(found[1]), int(found[2])
        good = low < high < low + MOST_SCALE_BOXES
        remedy = f"count up, in at most {MOST_SCALE_BOXES} boxes: {{scale 0-10}}"
        return Scale(low, high), [] if good else [(f"'{raw}' cannot be drawn", remedy)]
    return None, []


def text_faults(text: str) -> list[Fault]:
    """Find what a piece of text holds that only looks right on the screen."""
    looks = WRONG_TEXT if ANY_WRONG.search(text) else ()
    seen = ((pattern.search(text), what, remedy) for pattern, what, remedy in looks)
    faults = [(what.format(found[0]), remedy.format()) for found, what, remedy in seen if found]
    faults += [wrong_command(command) for command in COMMAND.findall(text)]
    if text.isascii():
        return faults
    symbols = {sign for sign in text if unicodedata.category(sign) == "So"} - set(SAFE_SYMBOLS)
    remedy = "use words; a check box is '- [ ] '"
    return faults + [(f"the symbol '{sign}'", remedy) for sign in sorted(symbols)]


# Two Letter pages at 12 pt hold about 360 words and 22 writing lines of 9 mm; more runs to a third sheet.
MOST_WRITING_ROWS: Final = 22
WORDS_PER_HEADING: Final = 150  # PEMAT-P items 8 and 9, chunks and headers, as are the next two
WORDS_PER_PARAGRAPH: Final = 60
WORDS_PER_ITEM: Final = 20


@dataclass(frozen=True)
class Labels:
    """The fixed headings of a handout in one language."""

    why: str
    next_time: str
    remember: str


LABELS: Final = {
    "en": Labels("Why it matters", "Before next time", "To remember"),
    "es": Labels("Por qué importa", "Antes de la próxima vez", "Para recordar"),
}

HOMEWORK: Final = "Take-home and how to review it"
GUIDE_START: Final = ("Materials", "Before group")
GUIDE_END: Final = ("Prompts", "Newcomer bridge", "Adaptations", "Cautions", "What to chart", HOMEWORK)
GUIDE_ORDER: Final = (*GUIDE_START, "the numbered segments", *GUIDE_END)
SEGMENT_PARTS: Final = ("Do.", "Say.", "Ask.")
ADAPTATIONS: Final = ("Low literacy", "Telehealth", "No family present")


def writing_rows(blocks: Iterable[Block]) -> int:
    """Count the rows to write in: each writing line, and each table row with an empty cell."""
    every = list(walk(blocks))
    tables = (block for block in every if isinstance(block, Table))
    open_rows = sum(not all(cell.text for cell in row) for table in tables for row in table.rows)
    return open_rows + sum(block.count for block in every if isinstance(block, WriteLines))


def check_handout(document: Document, language: str) -> Iterator[Problem]:
    """Check the parts of a handout, their order and their size."""
    labels = LABELS[language]
    if not document.sections:
        yield _problem(document, 1, "the page has no '##' heading", f"start with '## {labels.why}'")
        return
    yield from _check_ends(document, labels)
    yield from _check_remember(document, labels)
    yield from _check_room(document)
    for section in document.sections:
        yield from _check_chunks(document, section)


def _problem(document: Document, line: int, message: str, remedy: str, level: Level = "error") -> Problem:
    return Problem(Place(document.file, line), message, remedy, level)


def _check_ends(document: Document, labels: Labels) -> Iterator[Problem]:
    first, last = document.sections[0], document.sections[-1]
    if first.title != labels.why:
        message = f"the first heading is '{first.title}'"
        yield _problem(document, first.line, message, f"the page starts with '## {labels.why}'")
    if last.title != labels.next_time:
        message = f"the last heading is '{last.title}'"
        yield _problem(document, last.line, message, f"the page ends with '## {labels.next_time}'")
    if len(document.sections) < 3:
        message = "nothing to do stands between the first and the last heading"
        remedy = "add a worksheet, a checklist or steps under a heading of their own"
        yield _problem(document, last.line, message, remedy)
    for section in document.sections:
        if not section.blocks:
            message = f"nothing stands under '{section.title}'"
            yield _problem(document, section.line, message, "fill it or leave it out")


def _remember_boxes(document: Document) -> list[tuple[Section, Placed]]:
    return [
        (section, placed)
        for section in document.sections
        for placed in section.placed
        if isinstance(placed.block, Box) and placed.block.kind == "remember"
    ]


def _check_remember(document: Document, labels: Labels) -> Iterator[Problem]:
    boxes = _remember_boxes(document)
    last = document.sections[-1]
    if not boxes:
        remedy = f"put ::: remember, one to three lines and ::: above '## {labels.next_time}'"
        yield _problem(document, last.line, "the page has no remember box", remedy)
    for _, extra in boxes[1:]:
        yield _problem(document, extra.line, "a second remember box", "keep one; a page has one message")
    for section, box in boxes[:1]:
        after = [each for each in section.placed if each.line > box.line]
        if after or section not in document.sections[-2:-1]:
            remedy = f"move it right above '## {labels.next_time}'"
            message = "the remember box is not the last thing before the end"
            yield _problem(document, box.line, message, remedy)
    for section in document.sections:
        if section.title == labels.remember:
            remedy = "leave the heading out; the remember box brings it"
            message = f"the heading '{labels.remember}' would stand twice"
            yield _problem(document, section.line, message, remedy)


def _check_room(document: Document) -> Iterator[Problem]:
    rows = writing_rows(document.blocks)
    if rows > MOST_WRITING_ROWS:
        message = f"{rows} rows to write in; two pages hold {MOST_WRITING_ROWS}"
        yield _problem(document, 1, message, "shorten a table or ask for fewer lines")
    tools = (ItemList, Table, WriteLines, Scale, Box)
    doing = (block for section in document.sections[1:-1] for block in section.blocks)
    doing = (block for block in doing if not (isinstance(block, Box) and block.kind == "remember"))
    if len(document.sections) > 2 and not any(isinstance(block, tools) for block in doing):
        line = document.sections[1].line
        message = "the page gives nothing to fill in or follow"
        yield _problem(document, line, message, "add steps, boxes, a table or lines")


def _check_chunks(document: Document, section: Section) -> Iterator[Problem]:
    heading, start, count = section.title, section.line, 0
    for placed in (*section.placed, Placed(0, Heading(3, ""))):
        if isinstance(placed.block, Heading):
            if count > WORDS_PER_HEADING:
                message = f"{count} words stand under '{heading}' with no further heading"
                remedy = f"put a heading at least every {WORDS_PER_HEADING} words"
                yield _problem(document, start, message, remedy, "warning")
            heading, start, count = placed.block.text, placed.line, 0
        sizes = list(_sizes(placed.block))
        count += sum(size for size, *_ in sizes)
        for size, most, what in sizes:
            if size > most:
                message, remedy = f"{what} of {size} words", f"keep it to {most} words"
                yield _problem(document, placed.line, message, remedy, "warning")


def _sizes(block: Block) -> Iterator[tuple[int, int, str]]:
    """Yield the words of each piece of a block, the most it may hold, and what to call it."""
    for each in walk((block,)):
        if isinstance(each, Paragraph):
            yield len(plain(each.text).split()), WORDS_PER_PARAGRAPH, "a paragraph"
        elif isinstance(each, ItemList):
            yield from ((len(plain(item).split()), WORDS_PER_ITEM, "a list item") for item in each.items)
        elif isinstance(each, Table):
            cells = (cell for row in (each.header, *each.rows) for cell in row)
            yield sum(len(cell.text.split()) for cell in cells), 10**6, "a table"


def check_guide(document: Document) -> Iterator[Problem]:
    """Check that a guide has its fixed headings in order, and that each part says what it must."""
    yield from _check_headings(document)
    yield from _check_order(document)
    segments = [section for section in document.sections if section.number]
    if not segments:
        remedy = "add '## 1 Check-in' and so on after 'Before group'"
        yield _problem(document, 1, "the guide has no segments", remedy)
    for due, segment in enumerate(segments, start=1):
        if segment.number != due:
            message = f"segment {segment.number} '{segment.title}' stands where {due} is due"
            yield _problem(document, segment.line, message, "number the segments 1, 2, 3 …")
    for section in document.sections:
        yield from _check_section(document, section)


def _check_headings(document: Document) -> Iterator[Problem]:
    fixed = (*GUIDE_START, *GUIDE_END)
    plain_sections = [section for section in document.sections if not section.number]
    titles = [section.title for section in plain_sections]
    guessed = set()
    for position, section in enumerate(plain_sections):
        if section.title not in fixed:
            near = did_you_mean(section.title, [name for name in fixed if name not in titles])
            guessed.add(near)
            remedy = near or f"a guide has: {'; '.join(GUIDE_ORDER)}"
            yield _problem(document, section.line, f"'{section.title}' is not a heading of a guide", remedy)
        elif section.title in titles[:position]:
            yield _problem(document, section.line, f"a second '{section.title}'", "join the two")
    for name in fixed:
        if name not in titles and f"did you mean '{name}'?" not in guessed:
            yield _problem(document, 1, f"the heading '{name}' is missing", f"add '## {name}'")


def _check_order(document: Document) -> Iterator[Problem]:
    segments = GUIDE_ORDER[len(GUIDE_START)]
    names = [segments if section.number else section.title for section in document.sections]
    known = [
        (GUIDE_ORDER.index(name), section)
        for name, section in zip(names, document.sections, strict=True)
        if name in GUIDE_ORDER
    ]
    for (rank_before, before), (rank, section) in pairwise(known):
        if rank < rank_before:
            message = f"'{section.heading}' stands after '{before.heading}'"
            yield _problem(document, section.line, message, f"the order is: {'; '.join(GUIDE_ORDER)}")


def _check_section(document: Document, section: Section) -> Iterator[Problem]:
    if not section.blocks:
        message = f"nothing stands under '{section.heading}'"
        yield _problem(document, section.line, message, "a leader needs it; fill it")
        return
    bold = {text.strip() for text in _bold_words(section.blocks)}
    for part in SEGMENT_PARTS if section.number else ():
        if part not in bold:
            message = f"'{section.heading}' does not say what to {part.rstrip('.').lower()}"
            remedy = f"add a paragraph that starts with **{part}**"
            yield _problem(document, section.line, message, remedy, "warning")
    for name in ADAPTATIONS if section.title == "Adaptations" else ():
        if f"{name}." not in bold:
            message = f"'Adaptations' does not speak of '{name}'"
            yield _problem(document, section.line, message, f"add an item that starts with **{name}.**")


def _bold_words(blocks: Iterable[Block]) -> Iterator[str]:
    for block in walk(blocks):
        if isinstance(block, Paragraph):
            yield from (span.text for span in block.text if span.bold)
        elif isinstance(block, ItemList):
            yield from (span.text for item in block.items for span in item if span.bold)
