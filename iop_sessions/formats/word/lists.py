"""Draw lists: bullets, steps that start at 1, and check boxes that can be ticked on paper or screen."""

from __future__ import annotations

import copy
from dataclasses import replace
from functools import cache

from lxml import etree

from iop_sessions.formats.word.paragraphs import (
    Look,
    add_line,
    paragraph,
)
from iop_sessions.formats.word.sheet import Sheet, one_line
from iop_sessions.formats.word.xml import (
    MAIN,
    WORD_2010,
    Element,
    add,
    w,
    w14,
)
from iop_sessions.ground.blocks import ItemList, Line, plain

_STYLES = {"bullets": "List Bullet", "steps": "List Number", "boxes": "Check List"}
_EMPTY_BOX = "\u2610"
_BOX_FONT = "MS Gothic"  # the font that Word itself takes for check boxes
_BOX_SIZE, _LARGE_BOX_SIZE = 28, 44  # half points
_LONGEST_NAME = 64  # Word cuts the name of a control here


def draw_list(parent: Element, sheet: Sheet, block: ItemList, look: Look | None = None) -> None:
    """Add a list; its first two items and its last two stay together."""
    base = look or Look("")
    base = replace(
        base, style=_STYLES[block.kind], number=sheet.next_steps() if block.kind == "steps" else ""
    )
    last = len(block.items) - 1
    for index, item in enumerate(block.items):
        keep = base.keep_next or index in (0, last - 1)
        _draw_item(parent, sheet, block, item, base.kept(keep and index < last))


def _draw_item(parent: Element, sheet: Sheet, block: ItemList, item: Line, look: Look) -> None:
    words = plain(item)
    if not words.strip():
        look = replace(look, tab=("right", "underscore", sheet.width))
    node = paragraph(parent, sheet, look, words)
    if block.kind == "boxes":
        _add_check_box(node, sheet, one_line(words))
        add(add(node, "r"), "tab")
    if words.strip():
        add_line(node, item)
    else:
        add(add(node, "r"), "tab")  # an item without words is a line to write on


def _add_check_box(node: Element, sheet: Sheet, name: str) -> None:
    control = copy.deepcopy(_check_box(_LARGE_BOX_SIZE if sheet.page.large_print else _BOX_SIZE))
    about = control[0]
    alias, number = about[1], about[2]
    number.set(w("val"), sheet.next_control())
    if name:
        alias.set(w("val"), name[:_LONGEST_NAME])
    else:
        about.remove(alias)
    node.append(control)


@cache
def _check_box(size: int) -> Element:
    """Make the pattern of a check box once: copying it costs less than its twenty elements."""
    control = etree.Element(w("sdt"), nsmap={"w": MAIN, "w14": WORD_2010})
    about = add(control, "sdtPr")
    _add_box_font(add(about, "rPr"), str(size))
    add(about, "alias")
    add(about, "id")
    box = etree.SubElement(about, w14("checkbox"))
    etree.SubElement(box, w14("checked"), {w14("val"): "0"})
    for state, value in (("checkedState", "2612"), ("uncheckedState", "2610")):
        etree.SubElement(box, w14(state), {w14("val"): value, w14("font"): _BOX_FONT})
    run = add(add(control, "sdtContent"), "r")
    _add_box_font(add(run, "rPr"), str(size))
    add(run, "t").text = _EMPTY_BOX
    return control


def _add_box_font(about: Element, size: str) -> None:
    fonts = {"ascii": _BOX_FONT, "hAnsi": _BOX_FONT, "eastAsia": _BOX_FONT, "hint": "eastAsia"}
    add(about, "rFonts", **fonts)
    add(about, "sz", val=size)
    add(about, "szCs", val=size)
