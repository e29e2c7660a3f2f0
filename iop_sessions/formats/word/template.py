"""Read a template that staff edit in Word: its styles, its named fields, and nothing personal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from iop_sessions.formats.word import guard
from iop_sessions.formats.word.faults import TemplateFault
from iop_sessions.formats.word.guard_contents import harm_in, read_trees
from iop_sessions.formats.word.naming import usual_names
from iop_sessions.formats.word.package import Part, pack
from iop_sessions.formats.word.relations import (
    content_types,
    kept_relations,
    main_relations,
    package_relations,
)
from iop_sessions.formats.word.template_cleaning import (
    clean,
    drop_unused_edges,
    name_styles_as_word_does,
    with_check_boxes,
)
from iop_sessions.formats.word.template_faults import (
    MAIN,
    STYLES,
    controls_of,
    find_faults,
    is_edge,
    number_of,
    style_ids,
)
from iop_sessions.formats.word.xml import Element, serialize
from iop_sessions.ground.errors import Problem

__all__ = ["Opened", "Template", "load", "number_of", "open_template"]


@dataclass(frozen=True, eq=False)
class Opened:
    """A template as it is in its file, and what is wrong with it."""

    parts: Mapping[str, bytes]  # those that could be read
    trees: Mapping[str, Element]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, eq=False)
class Template:
    """A template, read once: ready parts, and the trees that each document fills."""

    ready: Mapping[str, Part]
    document: Element
    styles: Element
    numbering: Element
    filled: Mapping[str, Element]  # headers and footers that hold a named field
    style_ids: Mapping[str, str]  # a style's name in Word -> its id in this file


def open_template(path: Path) -> Opened:
    """Open a template and say all that is wrong with it.

    Raises
    ------
    TemplateFault
        When it cannot be opened, or must not be.
    """
    parts = guard.read_parts(path)
    trees, faults = read_trees(parts)
    if not faults:
        parts = usual_names(parts)
        trees, _ = read_trees(parts)
    if STYLES in trees:
        name_styles_as_word_does(trees[STYLES])
    faults += harm_in(trees)
    if not faults or {MAIN, STYLES} <= trees.keys():
        faults += find_faults(parts, trees)
    place = guard.place_of(path)
    read = {
        name: data for name, data in parts.items() if name in trees or not name.endswith((".xml", ".rels"))
    }
    return Opened(read, trees, tuple(Problem(place, *fault) for fault in faults))


def load(path: Path) -> Template:
    """Make a template ready to be filled; the same unchanged file is read once.

    Raises
    ------
    TemplateFault
        When it is missing, unsafe, or lost a style or a named field.
    """
    try:
        status = path.stat()
    except OSError:
        return _read(path, 0, 0)
    return _read(path, status.st_mtime_ns, status.st_size)


@lru_cache(maxsize=32)
def _read(path: Path, _changed: int, _size: int) -> Template:
    opened = open_template(path)
    if opened.problems:
        raise TemplateFault(opened.problems)
    parts, trees, relations = opened.parts, dict(opened.trees), main_relations(opened.parts)
    drop_unused_edges(trees, relations)
    clean(trees)
    styles, numbering = trees[STYLES], trees["word/numbering.xml"]
    filled = {name: root for name, root in trees.items() if is_edge(name) and controls_of(root)}
    drawn = {MAIN, STYLES, "word/numbering.xml", "word/settings.xml", *filled}
    kept = kept_relations(parts, relations)
    ready = {
        name: pack(_bytes_of(name, parts, trees)) for name in kept if name in parts and name not in drawn
    }
    ready["_rels/.rels"] = pack(package_relations())
    ready |= {name: pack(data) for name, data in kept.items() if name.endswith(".rels")}
    ready["[Content_Types].xml"] = pack(content_types(parts["[Content_Types].xml"], {*ready, *drawn}))
    document = with_check_boxes(trees[MAIN])
    return Template(ready, document, styles, numbering, filled, style_ids(styles))


def _bytes_of(name: str, parts: Mapping[str, bytes], trees: Mapping[str, Element]) -> bytes:
    return serialize(trees[name]) if name in trees else parts[name]
