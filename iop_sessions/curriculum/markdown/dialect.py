"""Name what a handout or guide may hold, and word each thing it may not, with its remedy."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

from iop_sessions.ground.blocks import Block, ItemList, Paragraph, Scale, TableKind, WriteLines
from iop_sessions.ground.errors import did_you_mean

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
    seen = ((pattern.search(text), what, remedy) for pattern, what, remedy in WRONG_TEXT)
    faults = [(what.format(found[0]), remedy.format()) for found, what, remedy in seen if found]
    faults += [wrong_command(command) for command in COMMAND.findall(text)]
    if text.isascii():
        return faults
    symbols = {sign for sign in text if unicodedata.category(sign) == "So"} - set(SAFE_SYMBOLS)
    remedy = "use words; a check box is '- [ ] '"
    return faults + [(f"the symbol '{sign}'", remedy) for sign in sorted(symbols)]
