"""Check that styles and lists are what they are used for; whether they are there, openxml-audit sees."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from iop_sessions.formats.word.package import Element, w
from tests.lib.word_audit.body import doubles

_USED_AS = {"pStyle": "paragraph", "rStyle": "character", "tblStyle": "table"}
_DEEPEST = 8  # Word's lists have nine levels, counted from 0
_STYLES, _NUMBERING = "word/styles.xml", "word/numbering.xml"

Drawn = Iterable[tuple[str, Element]]


def check_uses(drawn: Drawn, trees: Mapping[str, Element]) -> list[str]:
    """List the faults of styles and lists, and of their use in the parts that a reader sees."""
    drawn = list(drawn)
    styles = trees[_STYLES]
    found = [f"{_STYLES}: {fault}" for fault in _style_sheet_faults(styles)]
    found += [f"{name}: {fault}" for name, root in drawn for fault in _style_use_faults(root, styles)]
    numbering = trees.get(_NUMBERING)
    if numbering is not None:
        found += [f"{_NUMBERING}: {fault}" for fault in _numbering_faults(numbering)]
    everywhere = [*drawn, (_STYLES, styles)]
    return found + [f"{name}: {fault}" for name, root in everywhere for fault in _list_use_faults(root)]


def _value(node: Element, name: str) -> str:
    """Return the value of an element's child; empty where there is none."""
    found = node.find(w(name))
    return found.get(w("val"), "") if found is not None else ""


def _style_sheet_faults(styles: Element) -> Iterator[str]:
    every = list(styles.iter(w("style")))
    ids = [style.get(w("styleId"), "") for style in every]
    names = [_value(style, "name") for style in every]
    yield from (f"two styles have the name {each}" for each in doubles(names))
    if not all((*ids, *names)):
        yield "a style has no id or no name"
    by_id = dict(zip(ids, every, strict=True))
    for name, style in by_id.items():
        below = _value(style, "basedOn")
        if below in by_id and by_id[below].get(w("type")) != style.get(w("type")):
            yield f"the style {name} rests on {below}, a style of another kind"
        elif _rests_on_itself(name, by_id):
            yield f"the style {name} rests on itself"


def _rests_on_itself(name: str, by_id: Mapping[str, Element]) -> bool:
    seen: list[str] = []
    below = _value(by_id[name], "basedOn")
    while below in by_id and below not in seen:
        seen.append(below)
        below = _value(by_id[below], "basedOn")
    return name in seen


def _style_use_faults(root: Element, styles: Element) -> Iterator[str]:
    kinds = {style.get(w("styleId"), ""): style.get(w("type"), "") for style in styles.iter(w("style"))}
    for name, wanted in _USED_AS.items():
        for used in sorted({node.get(w("val"), "") for node in root.iter(w(name))}):
            if kinds.get(used, wanted) != wanted:
                yield f"the style {used} is no {wanted} style"


def _numbering_faults(numbering: Element) -> Iterator[str]:
    patterns = numbering.findall(w("abstractNum"))
    known = [pattern.get(w("abstractNumId"), "") for pattern in patterns]
    yield from (f"the pattern {each} is there twice" for each in doubles(known))
    for pattern in patterns:
        levels = (level.get(w("ilvl"), "") for level in pattern.findall(w("lvl")))
        number = pattern.get(w("abstractNumId"))
        yield from (f"the pattern {number} has the level {each} twice" for each in doubles(levels))


def _list_use_faults(root: Element) -> Iterator[str]:
    levels = {node.get(w("val"), "") for node in root.iter(w("ilvl"))}
    deep = sorted(each for each in levels if not each.isdigit() or int(each) > _DEEPEST)
    yield from (f"no list has a level {each}" for each in deep)
