"""Check a document's properties: a title and a language are there, and no person is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from lxml import etree

from iop_sessions.formats.word.package import WORD_2006, Element, w
from tests.lib.word_audit.parts import drawn_parts

_DUBLIN = "{http://purl.org/dc/elements/1.1/}"
_TERMS = "{http://purl.org/dc/terms/}"
_XSI_TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"
_CORE = "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}"
_PERSONAL = (
    "docProps/app.xml",
    "docProps/custom.xml",
    "docProps/thumbnail.jpeg",
    "word/comments.xml",
    "word/people.xml",
)
_PROGRAMS = ("vbaproject", "vbadata", "activex", "embeddings/", "oleobject")
_UNTITLED = ("", "word document", "untitled", "document")
_CHANGES = ("ins", "del", "moveFrom", "moveTo", "commentReference", "commentRangeStart")

_sittings = etree.XPath("//@w:*[starts-with(local-name(), 'rsid')] | //w:rsids", namespaces={"w": WORD_2006})


def check_traces(parts: Mapping[str, bytes], trees: Mapping[str, Element]) -> list[str]:
    """List what is missing from the properties, and what tells of people or sittings."""
    return [*_core_faults(trees["docProps/core.xml"]), *_language_faults(trees), *_trace_faults(parts, trees)]


def _core_faults(core: Element) -> Iterator[str]:
    twice = [tag for tag, count in Counter(str(node.tag) for node in core).items() if count > 1]
    yield from (f"docProps/core.xml: {tag.rpartition('}')[2]} is there twice" for tag in twice)
    if (core.findtext(f"{_DUBLIN}title") or "").strip().casefold() in _UNTITLED:
        yield "docProps/core.xml: the document has no title"
    if not (core.findtext(f"{_DUBLIN}language") or "").strip():
        yield "docProps/core.xml: the document has no language"
    for name in (f"{_DUBLIN}creator", f"{_CORE}lastModifiedBy", f"{_DUBLIN}description", f"{_CORE}keywords"):
        if (core.findtext(name) or "").strip():
            yield f"docProps/core.xml: {name.rpartition('}')[2]} is not empty"
    for name in ("created", "modified"):
        stamp = core.findtext(f"{_TERMS}{name}") or ""
        if stamp != "1980-01-01T00:00:00Z":
            yield f"docProps/core.xml: {name} is '{stamp}', not the fixed date"
    for node in core.iter(f"{_TERMS}created", f"{_TERMS}modified"):
        if node.get(_XSI_TYPE) != "dcterms:W3CDTF":
            yield f"docProps/core.xml: {str(node.tag).rpartition('}')[2]} does not say that it is a date"
    if any(len(node) or set(node.attrib) - {_XSI_TYPE} for node in core):
        yield "docProps/core.xml: a property holds more than words"


def _language_faults(trees: Mapping[str, Element]) -> Iterator[str]:
    default = trees["word/styles.xml"].find(f"{w('docDefaults')}/{w('rPrDefault')}/{w('rPr')}/{w('lang')}")
    spoken = default.get(w("val"), "") if default is not None else ""
    if not spoken:
        yield "word/styles.xml: no default language"
    core = trees["docProps/core.xml"].findtext(f"{_DUBLIN}language") or ""
    if spoken and core and spoken != core:
        yield f"word/styles.xml: the default language {spoken} is not the document's {core}"
    settings = trees.get("word/settings.xml")
    if settings is None:
        yield "word/settings.xml: missing"
        return
    theme = settings.find(w("themeFontLang"))
    if theme is None or theme.get(w("val"), "") != spoken:
        yield "word/settings.xml: the theme's language is not the document's"
    modes = [node.get(w("val")) for node in settings.iter(w("compatSetting")) if _is_mode(node)]
    if modes != ["15"]:
        yield "word/settings.xml: Word would open it in compatibility mode"


def _is_mode(node: Element) -> bool:
    return node.get(w("name")) == "compatibilityMode"


def _trace_faults(parts: Mapping[str, bytes], trees: Mapping[str, Element]) -> Iterator[str]:
    yield from (f"{name}: may hold personal data" for name in _PERSONAL if name in parts)
    yield from (f"{name}: custom XML" for name in parts if name.startswith("customXml/"))
    yield from (f"{name}: a program" for name in parts if any(word in name.casefold() for word in _PROGRAMS))
    for name, root in trees.items():
        if _sittings(root):
            yield f"{name}: marks of editing sittings (rsid)"
    for name, root in drawn_parts(trees):
        if next(root.iter(*(w(tag) for tag in _CHANGES)), None) is not None:
            yield f"{name}: tracked changes or comments"
