"""Make a template's styles, settings, lists and properties for one title, language, colour and print size."""

from __future__ import annotations

import copy
from functools import lru_cache

from docx.opc.coreprops import CoreProperties
from docx.oxml.coreprops import CT_CoreProperties
from lxml import etree

from iop_sessions.formats.word.package import WORD_2006, Element, PackedPart, add, pack, serialize, w
from iop_sessions.formats.word.template import Template, number_of
from iop_sessions.ground.blocks import clean
from iop_sessions.ground.colors import INK, readable

_LARGE = {"heading 1": 44, "heading 2": 40}  # American Council of the Blind: title 22, headings 20, body 18
_LARGE_BODY = 36  # half points
_LARGE_LINE = "276"  # 1.15 lines, in 240ths
_RIGHT_TO_LEFT = ("ar", "fa", "he", "ps", "ur", "yi")
_DECLARED = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'  # to the byte as it always was
_LONGEST_TITLE = 255  # python-docx refuses longer properties, as Word does
_COMPATIBLE = "http://schemas.microsoft.com/office/word"


@lru_cache(maxsize=128)
def styles_part(template: Template, language: str, color: str, large: bool) -> PackedPart:
    """Return the template's styles in one language, headings in the group's colour, large on request."""
    styles = copy.deepcopy(template.styles)
    _speak(styles, language)
    for style in styles.findall(w("style")):
        named = style.find(w("name"))
        name = named.get(w("val"), "") if named is not None else ""
        if name.startswith("heading ") and color != INK:
            _paint(style, readable(color))
        if large and style.get(w("type")) in ("paragraph", "character"):
            _enlarge(style, _LARGE.get(name, _LARGE_BODY))
    for defaults in styles.iterfind(f"{w('docDefaults')}/{w('rPrDefault')}" if large else "none"):
        _enlarge(defaults, _LARGE_BODY)
    return pack(serialize(styles))


def _speak(styles: Element, language: str) -> None:
    """Set the language that a screen reader and the spelling check take."""
    for parent in ("docDefaults", "rPrDefault", "rPr"):
        found = styles.find(w(parent))
        if found is None:
            found = add(styles, parent)
            styles.insert(0, found)
        styles = found
    for spoken in styles.findall(w("lang")):
        styles.remove(spoken)
    add(
        styles,
        "lang",
        val=language,
        eastAsia="en-US",
        bidi=language if is_right_to_left(language) else "ar-SA",
    )


def is_right_to_left(language: str) -> bool:
    """Tell whether a language is written from right to left."""
    return language.partition("-")[0] in _RIGHT_TO_LEFT


def _paint(style: Element, color: str) -> None:
    for node in style.iter(w("color")):
        node.set(w("val"), color[1:])
    for edge in style.iterfind(f"{w('pPr')}/{w('pBdr')}/*"):
        edge.set(w("color"), color[1:])


def _enlarge(style: Element, size: int) -> None:
    for name in ("sz", "szCs"):
        for node in style.iterfind(f"{w('rPr')}/{w(name)}"):
            node.set(w("val"), str(max(size, int(node.get(w("val"), "0")))))
    _widen(style)
    for spacing in style.iterfind(f"{w('pPr')}/{w('spacing')}"):
        if spacing.get(w("line")) and spacing.get(w("lineRule"), "auto") == "auto":
            spacing.set(w("line"), _LARGE_LINE)


def _widen(style: Element) -> None:
    """Give large numbers and boxes the room that they take beside the text."""
    for indent in style.iterfind(f"{w('pPr')}/{w('ind')}"):
        for side in ("left", "hanging"):
            if indent.get(w(side)):
                indent.set(w(side), str(int(indent.get(w(side), "0")) * 3 // 2))
    for tab in style.iterfind(f"{w('pPr')}/{w('tabs')}/{w('tab')}"):
        tab.set(w("pos"), str(int(tab.get(w("pos"), "0")) * 3 // 2))


@lru_cache(maxsize=512)
def numbering_part(template: Template, step_lists: int, large: bool) -> PackedPart:
    """Return the template's lists, with one list more for each run of steps, each starting at 1."""
    root = copy.deepcopy(template.numbering)
    pattern = _pattern_of(root, number_of(template.styles, template.style_ids["List Number"]))
    place = root.index(root.findall(w("num"))[-1]) + 1
    for number in range(first_steps(template), first_steps(template) + step_lists):
        steps = add(root, "num", numId=str(number))
        add(steps, "abstractNumId", val=pattern)
        add(add(steps, "lvlOverride", ilvl="0"), "startOverride", val="1")
        root.insert(place, steps)
        place += 1
    if large:
        for level in root.iter(w("lvl")):
            _widen(level)
    return pack(serialize(root))


@lru_cache(maxsize=64)
def first_steps(template: Template) -> int:
    """Return the first list number that the template leaves free."""
    return 1 + max(int(num.get(w("numId"), "0")) for num in template.numbering.iter(w("num")))


def _pattern_of(numbering: Element, number: str) -> str:
    found = numbering.find(f"{w('num')}[@{w('numId')}='{number}']/{w('abstractNumId')}")
    return found.get(w("val"), "0") if found is not None else "0"


@lru_cache(maxsize=32)
def settings_part(language: str) -> PackedPart:
    """Return fresh settings: nothing of the template's sittings, and no compatibility mode."""
    root = etree.Element(w("settings"), nsmap={"w": WORD_2006})
    add(root, "defaultTabStop", val="720")
    add(root, "characterSpacingControl", val="doNotCompress")
    compatible = add(root, "compat")
    add(compatible, "compatSetting", name="compatibilityMode", uri=_COMPATIBLE, val="15")
    add(root, "themeFontLang", val=language)
    add(root, "decimalSymbol", val=".")
    add(root, "listSeparator", val=",")
    return pack(serialize(root))


def properties_part(core: CT_CoreProperties, title: str, language: str) -> PackedPart:
    """Write a document's properties: a title and a language, no person and no clock."""
    element = copy.deepcopy(core)
    about = CoreProperties(element)
    about.title, about.language = " ".join(clean(title).split())[:_LONGEST_TITLE], clean(language)
    return pack(b"".join((_DECLARED, etree.tostring(element, encoding="UTF-8"), b"\n")))
