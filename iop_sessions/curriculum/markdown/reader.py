"""Turn Markdown into blocks with their lines: the only room that knows markdown-it.

What it cannot print it never drops in silence: it becomes a Problem.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from iop_sessions.curriculum.markdown import shapes
from iop_sessions.curriculum.markdown.shapes import CHECK_BOX, TABLE_CONTAINERS, Fault, refusal
from iop_sessions.curriculum.passages import Placed, Unit, UnitKind
from iop_sessions.ground.blocks import (
    Block,
    Box,
    Cell,
    Heading,
    ItemList,
    Line,
    ListKind,
    Paragraph,
    Span,
    Table,
    TableKind,
    plain,
)
from iop_sessions.ground.english import counted
from iop_sessions.ground.errors import Level, Place, Problem

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token


@dataclass(frozen=True)
class Parsed:
    """The blocks of a text with their lines, its units, and what the dialect refuses in it."""

    placed: tuple[Placed, ...]
    units: tuple[Unit, ...]
    problems: tuple[Problem, ...]


def parse(
    text: str, file: str, *, remember: str, labels: tuple[str, ...] = (), long_lists: bool = False
) -> Parsed:
    """Read a text without its front matter into blocks; ``remember`` is the heading of its remember box.

    Labels are bold words that may stand alone in a paragraph, such as a guide's "Say.". With ``long_lists`` a
    list may be longer than a client page allows.
    """
    reader = _Reader(file, text.split("\n"), remember, labels, long_lists)
    placed = tuple(reader.read(text))
    return Parsed(placed, tuple(reader.units), tuple(reader.problems))


@cache
def _markdown() -> MarkdownIt:
    from markdown_it import MarkdownIt
    from mdit_py_plugins.container import container_plugin

    markdown = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    # One plugin takes every name, so that an unknown container is named and not printed as text.
    container_plugin(markdown, "box", validate=lambda *_: True)
    return markdown


class _Node(NamedTuple):
    """A piece of a text with its pieces: what markdown-it's own tree holds, made in less time."""

    type: str
    token: Token  # the opening one
    children: list[_Node]


def _nodes(tokens: Sequence[Token]) -> list[_Node]:
    top: list[_Node] = []
    around = [top]
    for token in tokens:
        if token.nesting < 0:
            around.pop()
            continue
        node = _Node(token.type.removesuffix("_open"), token, _nodes(token.children or ()))
        around[-1].append(node)
        if token.nesting > 0:
            around.append(node.children)
    return top


@dataclass
class _Reader:
    file: str
    lines: list[str]
    remember: str
    labels: tuple[str, ...]
    long_lists: bool
    units: list[Unit] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    heading: str = ""  # the last heading names the tables under it
    level: int = 1

    def read(self, text: str) -> Iterator[Placed]:
        env: dict[str, object] = {}
        nodes = _nodes(_markdown().parse(text, env))
        references = env.get("references")
        for reference in references.values() if isinstance(references, dict) else ():
            self.refuse(reference["map"][0] + 1, *refusal("link"))
        for node in nodes:
            yield from self.block(node)

    def refuse(self, line: int, message: str, remedy: str, level: Level = "error") -> None:
        problem = Problem(Place(self.file, line), message, remedy, level)
        if problem not in self.problems:  # an opening and a closing mark are one fault
            self.problems.append(problem)

    def refuse_all(self, line: int, faults: list[Fault]) -> None:
        for message, remedy in faults:
            self.refuse(line, message, remedy)

    def block(self, node: _Node) -> Iterator[Placed]:
        readers: dict[str, Callable[[_Node], Block | None]] = {
            "heading": self.read_heading,
            "paragraph": self.read_paragraph,
            "bullet_list": self.read_list,
            "ordered_list": self.read_list,
            "table": self.read_table,
            "container_box": self.read_container,
        }
        if node.type not in readers:
            self.refuse(_line(node), *refusal(node.type))
        elif block := readers[node.type](node):
            yield Placed(_line(node), block)

    def read_heading(self, node: _Node) -> Block | None:
        level = int(node.token.tag[1])
        text = plain(self.words(node, _line(node), "heading"))
        self.refuse_all(_line(node), shapes.heading_faults(text, node.token.markup, level, self.level))
        self.heading, self.level = text, level
        return Heading(level, text)

    def read_paragraph(self, node: _Node) -> Block | None:
        command, faults = shapes.read_command(_raw(node))
        if command:
            self.refuse_all(_line(node), faults)
            return command
        text = self.words(node, _line(node), "paragraph")
        if text and all(span.bold for span in text) and plain(text) not in self.labels:
            message = f"the bold paragraph '{plain(text)}' looks like a heading"
            self.refuse(_line(node), message, "make it a '###' heading, or bold only its first words")
        return Paragraph(text) if text else None

    def read_list(self, node: _Node) -> Block | None:
        kind = self.kind_of(node)
        items = tuple(self.read_item(item, kind) for item in node.children)
        if node.token.attrs.get("start", 1) != 1:
            remedy = "keep all steps in one list from 1; put writing lines after it, or use a table"
            self.refuse(_line(node), f"a list of steps that starts at {node.token.attrs['start']}", remedy)
        if len(items) > shapes.LONGEST_LIST and not self.long_lists:
            message = f"a list of {len(items)} items; {shapes.LONGEST_LIST} are the most a reader keeps"
            self.refuse(_line(node), message, "make two lists, each under its own heading", "warning")
        return ItemList(kind, items)

    def kind_of(self, node: _Node) -> ListKind:
        boxed = [bool(CHECK_BOX.match(_raw(item.children[0]))) for item in node.children if item.children]
        if any(boxed) and not all(boxed):
            remedy = "start each item with '- [ ] ', or put a line of text between the two lists"
            self.refuse(_line(node), "a list that mixes check boxes and bullets", remedy)
        if any(boxed):
            return "boxes"
        return "steps" if node.type == "ordered_list" else "bullets"

    def read_item(self, item: _Node, kind: ListKind) -> Line:
        first = next((child for child in item.children if child.type == "paragraph"), None)
        for extra in item.children:
            if extra.type.endswith("_list"):
                self.refuse(_line(extra), "a list inside a list", "use one level only")
            elif extra is not first:
                remedy = "keep one line of text an item; move the rest below"
                self.refuse(_line(extra), "a list item of more than one piece", remedy)
        drop = CHECK_BOX if kind == "boxes" else None
        text = self.words(first, _line(item), "item", drop) if first else ()
        if not text and len(item.children) < 2:
            remedy = "give it words; room to write is {lines 1} below the list"
            self.refuse(_line(item), "an empty list item", remedy)
        return text

    def read_table(self, node: _Node, kind: TableKind = "plain") -> Table:
        head, *body = (row for part in node.children for row in part.children)
        header = tuple(self.read_cell(cell, _line(head)) for cell in head.children)
        self.refuse_all(_line(head), shapes.table_faults([cell.text for cell in header], len(body)))
        rows = tuple(self.read_row(row, len(header), kind) for row in body)
        return Table(self.heading, header, rows, kind)

    def read_row(self, row: _Node, columns: int, kind: TableKind) -> tuple[Cell, ...]:
        count = shapes.cells_in(self.lines[_line(row) - 1])
        if count != columns:
            message = f"the row's cells number {count}, the header's {columns}"
            self.refuse(_line(row), message, "give each row one cell a column")
        cells = [self.read_cell(cell, _line(row)) for cell in row.children]
        if kind in ("log", "schedule") and cells[0].lines:
            cells[0] = Cell(cells[0].lines, header=True)
        return tuple(cells)

    def read_cell(self, node: _Node, line: int) -> Cell:
        text = self.words(node, line, "cell")
        return Cell((text,)) if text else Cell()

    def read_container(self, node: _Node) -> Block | None:
        name = node.token.info.strip()
        self.refuse_all(_line(node), shapes.box_faults(name, node.token.level > 0, self.is_closed(node)))
        if name not in shapes.CONTAINERS:
            return None
        if name in TABLE_CONTAINERS:
            return self.read_table_box(node, name)
        return self.read_text_box(node, name)

    def is_closed(self, node: _Node) -> bool:
        end = node.token.map[1] if node.token.map else 0
        return end < len(self.lines) and bool(re.fullmatch(r"\s*:{3,}\s*", self.lines[end]))

    def read_table_box(self, node: _Node, name: str) -> Block | None:
        tables = [child for child in node.children if child.type == "table"]
        if len(tables) != 1 or len(node.children) != 1:
            message = f"the box '{name}' holds more or less than one table"
            self.refuse(_line(node), message, "put one table in it, nothing else")
        if not tables:
            return None
        table = self.read_table(tables[0], TABLE_CONTAINERS[name])
        if name == "script" and len(table.header) != shapes.SCRIPT_COLUMNS:
            columns = counted(len(table.header), "column")
            self.refuse(_line(node), f"a script of {columns}", "give it two: They say | I say")
        return table

    def read_text_box(self, node: _Node, name: str) -> Block:
        blocks = tuple(placed.block for child in node.children for placed in self.block(child))
        self.refuse_all(_line(node), shapes.text_box_faults(name, blocks))
        return Box("card", "", blocks) if name == "card" else Box("remember", self.remember, blocks)

    def words(self, node: _Node, line: int, kind: UnitKind, drop: re.Pattern[str] | None = None) -> Line:
        spans = [span for child in node.children for span in self.spans(child, line)]
        text = _joined(spans, drop)
        if text:
            self.refuse_all(line, shapes.text_faults(plain(text)))
            self.units.append(Unit(plain(text), Place(self.file, line), kind))
        return text

    def spans(self, node: _Node, line: int, bold: bool = False) -> Iterator[Span]:
        if node.type in shapes.REFUSED:
            self.refuse(line, *refusal(node.type))
        if node.type == "text" or node.type.endswith("break"):
            yield Span(node.token.content or " ", bold)
        for child in node.children:
            yield from self.spans(child, line, bold or node.type == "strong")


def _line(node: _Node) -> int:
    return node.token.map[0] + 1 if node.token.map else 0


def _raw(node: _Node) -> str:
    inline = node.children[0] if node.children else None
    return inline.token.content.strip() if inline is not None and inline.type == "inline" else ""


def _joined(spans: list[Span], drop: re.Pattern[str] | None) -> Line:
    """Join spans of one weight and trim the ends, so that equal text gives equal lines."""
    joined: list[Span] = []
    for span in spans:
        if joined and joined[-1].bold == span.bold:
            joined[-1] = Span(joined[-1].text + span.text, span.bold)
        else:
            joined.append(span)
    if joined and drop:
        joined[0] = Span(drop.sub("", joined[0].text, count=1), joined[0].bold)
    if joined:
        joined[0] = Span(joined[0].text.lstrip(), joined[0].bold)
        joined[-1] = Span(joined[-1].text.rstrip(), joined[-1].bold)
    return tuple(span for span in joined if span.text)
