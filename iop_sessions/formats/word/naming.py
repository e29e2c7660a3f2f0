"""Give a template's parts the names that Word on a computer gives them; Word on the web has others."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping

from lxml import etree

from iop_sessions.formats.word.relations import (
    is_outside,
    kind_of,
    relations_name,
    resolved,
)
from iop_sessions.formats.word.xml import Element, parse, serialize

_MAIN = "word/document.xml"
_SINGLE = {name: f"word/{name}.xml" for name in ("styles", "numbering", "settings", "fontTable")}
_SINGLE["theme"] = "word/theme/theme1.xml"
_EDGES = ("header", "footer")


def usual_names(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """Rename the parts whose names the relations give away; damaged relations change nothing."""
    try:
        moves = _moves(parts)
        return _moved(parts, moves) if moves else dict(parts)
    except (etree.XMLSyntaxError, ValueError):
        return dict(parts)


def _moves(parts: Mapping[str, bytes]) -> dict[str, str]:
    """Return the old and the new name of each part that shall move."""
    main = next(iter(_targets(parts, "_rels/.rels", "officeDocument")), _MAIN)
    moves = {main: _MAIN}
    own = relations_name(main)
    for kind, usual in _SINGLE.items():
        moves |= dict.fromkeys(_targets(parts, own, kind)[:1], usual)
    for kind in _EDGES:
        for number, name in enumerate(_targets(parts, own, kind), 1):
            if not name.startswith(f"word/{kind}"):
                moves[name] = f"word/{kind}-{number}.xml"
    return {old: new for old, new in moves.items() if old != new and old in parts}


def _targets(parts: Mapping[str, bytes], name: str, kind: str) -> list[str]:
    """List the parts that a part of relations names for a purpose."""
    if name not in parts:
        return []
    folder = posixpath.dirname(posixpath.dirname(name))
    inside = [each for each in parse(parts[name]) if not is_outside(each) and kind_of(each) == kind]
    return [resolved(folder, each.get("Target", "")) for each in inside]


def _moved(parts: Mapping[str, bytes], moves: Mapping[str, str]) -> dict[str, bytes]:
    named = dict(moves) | {relations_name(old): relations_name(new) for old, new in moves.items()}
    renamed: dict[str, bytes] = {}
    for name, data in parts.items():
        if name not in named and name in named.values():
            continue  # nothing uses it: a part that an earlier save left behind
        if name.endswith(".rels"):
            root = parse(data)
            _point(root, posixpath.dirname(posixpath.dirname(name)), moves)
            renamed[named.get(name, name)] = serialize(root)
        elif name == "[Content_Types].xml":
            renamed[name] = _types(parse(data), moves)
        else:
            renamed[moves.get(name, name)] = data
    return renamed


def _point(relations: Element, folder: str, moves: Mapping[str, str]) -> None:
    """Point relations at the new names; from the root, for the part they belong to may have moved too."""
    for relation in relations:
        if not is_outside(relation):
            target = resolved(folder, relation.get("Target", ""))
            relation.set("Target", f"/{moves.get(target, target)}")


def _types(types: Element, moves: Mapping[str, str]) -> bytes:
    for node in types:
        name = node.get("PartName", "").lstrip("/")
        if name in moves:
            node.set("PartName", f"/{moves[name]}")
    return serialize(types)
