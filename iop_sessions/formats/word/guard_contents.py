"""Look through a template's parts for what could run, call out, or read what lies outside the file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lxml import etree

from iop_sessions.formats.word.faults import Fault
from iop_sessions.formats.word.guard import AGAIN, NO_MACROS, printable
from iop_sessions.formats.word.relations import (
    WEB,
    is_outside,
    is_web_link,
    kind_of,
)
from iop_sessions.formats.word.xml import Element, parse, w

_PROGRAMS = {
    "vbaProject", "wordVbaData", "oleObject", "package", "control", "activeXControlBinary", "extensibility",
    "keyMapCustomizations", "attachedToolbars",
}  # fmt: skip
_PROGRAM_TYPES = ("macroenabled", "vbaproject", "activex", "oleobject")
_CALLS = {
    "DATABASE", "DDE", "DDEAUTO", "EMBED", "IMPORT", "INCLUDE", "INCLUDEPICTURE", "INCLUDETEXT", "LINK",
    "MACROBUTTON", "RD",
}  # fmt: skip
_OUTSIDE = {
    "hyperlink": (
        "a link leads to '{target}', which is no web page",
        "in Word: right-click the link, Remove Hyperlink",
    ),
    "attachedTemplate": (
        "another template is attached: '{target}'",
        "in Word: Developer, Document Template, write Normal instead, save",
    ),
    "image": (
        "a picture is linked and not inside the file: '{target}'",
        "in Word: delete it and insert it anew with Insert, Pictures",
    ),
}
_VML = "{urn:schemas-microsoft-com:vml}"
MENDED = "open it in Word, let Word repair it, and save it again"


def read_trees(parts: Mapping[str, bytes]) -> tuple[dict[str, Element], list[Fault]]:
    """Parse every XML part that can be parsed safely, and say which cannot."""
    trees: dict[str, Element] = {}
    found: list[Fault] = []
    for name, data in parts.items():
        if not name.endswith((".xml", ".rels")):
            continue
        if b"<!DOCTYPE" in data.replace(b"\0", b""):  # in UTF-16 too
            found.append((f"the part {name} declares a document type", AGAIN))
            continue
        try:
            root = parse(data)
        except (etree.XMLSyntaxError, ValueError):
            found.append((f"the template is damaged in the part {name}", MENDED))
            continue
        if root.getroottree().docinfo.internalDTD is not None:  # in an encoding that hides it from the search
            found.append((f"the part {name} declares a document type", AGAIN))
            continue
        trees[name] = root
    return trees, found


def harm_in(trees: Mapping[str, Element]) -> list[Fault]:
    """List what could do harm."""
    found = [*_program_faults(trees)]
    for name, root in trees.items():
        if name.endswith(".rels"):
            found += _outside_faults(root)
        elif name.startswith("word/"):
            found += _call_faults(root)
    return list(dict.fromkeys(found))


def _program_faults(trees: Mapping[str, Element]) -> Iterator[Fault]:
    types = trees.get("[Content_Types].xml")
    kinds = [] if types is None else [each.get("ContentType", "").casefold() for each in types]
    relations = [each for name, root in trees.items() if name.endswith(".rels") for each in root]
    if any("macroenabled" in kind for kind in kinds):
        yield "this is a Word document with macros (.docm)", NO_MACROS
        return
    signs = (
        any(word in kind for kind in kinds for word in _PROGRAM_TYPES),
        any(kind_of(each) in _PROGRAMS for each in relations),
        any(next(root.iter(w("object"), w("control")), None) is not None for root in trees.values()),
    )
    if any(signs):
        yield "the template holds macros or embedded programs", NO_MACROS


def _outside_faults(relations: Element) -> Iterator[Fault]:
    for relation in relations:
        if is_outside(relation) and not is_web_link(relation):
            yield _outside_fault(kind_of(relation), relation.get("Target", ""))


def _outside_fault(kind: str, target: str) -> Fault:
    other = (
        "the template draws in something from outside: '{target}'",
        f"in Word: remove linked objects, mail merge and subdocuments, or {AGAIN}",
    )
    what, remedy = _OUTSIDE.get(kind, other)
    return what.format(target=printable(target)), remedy


def _call_faults(root: Element) -> Iterator[Fault]:
    """Yield what starts programs or reaches out of the file without a relation: fields, and old pictures."""
    for instruction in instructions_in(root):
        word, *rest = instruction.split()
        if word.upper() in _CALLS:
            yield (
                f"the field {word.upper()} starts programs or brings in other files",
                "in Word: click it, press Ctrl+Shift+F9 to make it plain, save",
            )
        target = rest[0].strip('"') if rest else ""
        if word.upper() == "HYPERLINK" and not target.casefold().startswith((*WEB, "\\l")):
            yield _outside_fault("hyperlink", target)
    for node in root.iter(f"{_VML}*"):
        source = node.get("src", "")
        if source:
            yield _outside_fault("image", source)


def instructions_in(root: Element) -> list[str]:
    """Return the instructions of the fields in a part, those that Word splits over runs put together."""
    found = [node.get(w("instr"), "") for node in root.iter(w("fldSimple"))]
    open_fields: list[list[str]] = []
    for node in root.iter(w("fldChar"), w("instrText")):
        kind = node.get(w("fldCharType"), "")
        if kind == "begin":
            open_fields.append([])
        elif kind and open_fields:  # the instruction ends where its result begins
            found.append("".join(open_fields[-1]))
            open_fields[-1] = []
            if kind == "end":
                open_fields.pop()
        elif node.tag == w("instrText") and open_fields:
            open_fields[-1].append(node.text or "")
    return [each for each in found if each.strip()]
