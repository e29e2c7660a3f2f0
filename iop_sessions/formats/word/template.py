"""Read a template that staff edit in Word, once: ready parts, and the trees that each document fills."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.parts.coreprops import CorePropertiesPart
from docx.oxml.coreprops import CT_CoreProperties

from iop_sessions.formats.word import guard
from iop_sessions.formats.word.cleaning import (
    clean,
    drop_unused_edges,
    name_styles_as_word_does,
    with_check_boxes,
)
from iop_sessions.formats.word.guard import TemplateFault, harm_in, read_trees
from iop_sessions.formats.word.opening import (
    CORE,
    MAIN,
    NUMBERING,
    SETTINGS,
    STYLES,
    is_edge,
    open_parts,
    save,
    trees_of,
    unzipped,
)
from iop_sessions.formats.word.package import Element, PackedPart, pack, parse
from iop_sessions.formats.word.template_faults import controls_of, edges_of, find_faults, number_of, style_ids
from iop_sessions.ground.errors import Problem

__all__ = ["Opened", "Template", "load", "number_of", "open_template"]
_NO_CLOCK = dt.datetime(1980, 1, 1, tzinfo=dt.UTC)


@dataclass(frozen=True, eq=False)
class Opened:
    """A template as python-docx opened it, if it could be, and what is wrong with it."""

    document: Document | None
    trees: Mapping[str, Element]
    problems: tuple[Problem, ...]

    @property
    def edges(self) -> list[Element]:
        """The headers and footers that print."""
        return [] if self.document is None else [edge.root for edge in edges_of(self.document)]

    @property
    def drawn(self) -> list[Element]:
        """The text, and the headers and footers that print."""
        return [self.trees[MAIN], *self.edges]


@dataclass(frozen=True, eq=False)
class Template:
    """A template, read once: ready parts, and the trees that each document fills."""

    saved: bytes  # as python-docx wrote it, cleaned
    ready: Mapping[str, PackedPart]
    document: Element
    styles: Element
    numbering: Element
    core: CT_CoreProperties
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
    faults += harm_in(trees)
    document, ties = open_parts(parts, trees)
    trees = trees if document is None else trees_of(document)
    if STYLES in trees:
        name_styles_as_word_does(trees[STYLES])
    usable = document is not None and STYLES in trees
    if usable or not faults:
        faults += [*find_faults(document, trees), *(ties if usable else ())]
    place = guard.place_of(path)
    return Opened(document, trees, tuple(Problem(place, *fault) for fault in faults))


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
    document = opened.document
    if opened.problems or document is None:
        raise TemplateFault(opened.problems)
    drop_unused_edges(document)
    clean(trees_of(document))
    core = start_properties(document)
    saved = save(document)
    parts = unzipped(saved)
    written = {name: parse(data) for name, data in parts.items() if name.endswith(".xml")}
    filled = {name: root for name, root in written.items() if is_edge(name) and controls_of(root)}
    drawn = (MAIN, STYLES, NUMBERING, SETTINGS, CORE, *filled)
    return Template(
        saved=saved,
        ready={name: pack(data) for name, data in parts.items() if name not in drawn},
        document=with_check_boxes(written[MAIN]),
        styles=written[STYLES],
        numbering=written[NUMBERING],
        core=core,
        filled=filled,
        style_ids=style_ids(written[STYLES]),
    )


def start_properties(document: Document) -> CT_CoreProperties:
    """Give a document settings, and properties that tell of no person and no clock."""
    document.settings.odd_and_even_pages_header_footer = False  # makes settings where a template has none
    package = document.part.package
    element = CT_CoreProperties.new()
    part = CorePropertiesPart(PackURI(f"/{CORE}"), CONTENT_TYPE.OPC_CORE_PROPERTIES, element, package)
    package.relate_to(part, RELATIONSHIP_TYPE.CORE_PROPERTIES)
    about = document.core_properties
    about.title, about.author, about.language, about.last_modified_by = "", "", "", ""
    about.created = about.modified = _NO_CLOCK
    return element
