"""Check that the styles and lists that a document uses are there, and are what they are used for."""

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
    return found + [
        f"{name}: {fault}" for name, root in everywhere for fault in _list_use_faults(root, numbering)
    ]


def _value(node: Element, name: str) -> str:
    """Return the value of an element's child; empty where there is none."""
    found = node.find(w(name))
    return found.get(w("val"), "") if found is not None else ""


def _style_sheet_faults(styles: Element) -> Iterator[str]:
    every = list(styles.iter(w("style")))
    ids = [style.get(w("styleId"), "") for style in every]
    yield from (f"the style {each} is there twice" for each in doubles(ids))
    names = [_value(style, "name") for style in every]
    yield from (f"two styles have the name {each}" for each in doubles(names))
    if not all((*ids, *names)):
        yield "a style has no id or no name"
    by_id = dict(zip(ids, every, strict=True))
    for name, style in by_id.items():
        below = _value(style, "basedOn")
        if below and below not in by_id:
            yield f"the style {name} rests on {below}, which does not exist"
        elif below and by_id[below].get(w("type")) != style.get(w("type")):
            yield f"the style {name} rests on {below}, a style of another kind"
        elif below and _rests_on_itself(name, by_id):
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
            if used not in kinds:
                yield f"the style {used} does not exist"
            elif kinds[used] != wanted:
                yield f"the style {used} is no {wanted} style"


def _numbering_faults(numbering: Element) -> Iterator[str]:
    nums, patterns = numbering.findall(w("num")), numbering.findall(w("abstractNum"))
    yield from (
        f"the list {each} is there twice" for each in doubles(num.get(w("numId"), "") for num in nums)
    )
    known = [pattern.get(w("abstractNumId"), "") for pattern in patterns]
    yield from (f"the pattern {each} is there twice" for each in doubles(known))
    tags = [node.tag for node in numbering]
    if w("num") in tags and w("abstractNum") in tags[tags.index(w("num")) :]:
        yield "a pattern stands after a list"
    for pattern in patterns:
        levels = (level.get(w("ilvl"), "") for level in pattern.findall(w("lvl")))
        number = pattern.get(w("abstractNumId"))
        yield from (f"the pattern {number} has the level {each} twice" for each in doubles(levels))
    for num in nums:
        if _value(num, "abstractNumId") not in known:
            yield f"the list {num.get(w('numId'))} has no pattern"


def _list_use_faults(root: Element, numbering: Element | None) -> Iterator[str]:
    known = (
        {num.get(w("numId"), "") for num in numbering.findall(w("num"))} if numbering is not None else set()
    )
    used = {node.get(w("val"), "") for node in root.iter(w("numId"))} - {"0"}
    yield from (f"the list {each} does not exist" for each in sorted(used - known))
    levels = {node.get(w("val"), "") for node in root.iter(w("ilvl"))}
    deep = sorted(each for each in levels if not each.isdigit() or int(each) > _DEEPEST)
    yield from (f"no list has a level {each}" for each in deep)
