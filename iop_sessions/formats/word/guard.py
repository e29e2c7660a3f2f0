"""Open a template only if it is what it says: nothing in it runs, calls out, or reads other files."""

from __future__ import annotations

import posixpath
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath

from lxml import etree

from iop_sessions.formats.word.package import UNREADABLE, Element, parse, w
from iop_sessions.ground.errors import IopError, Place, Problem

Fault = tuple[str, str]
"""What is wrong, and what to do about it."""


class TemplateFault(IopError):
    """A template that cannot be used as it is."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


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
WEB = ("http://", "https://", "mailto:", "tel:")
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


def kind_of(relation: Element) -> str:
    """Return what a relation is for, such as ``image``."""
    return posixpath.basename(relation.get("Type", ""))


def is_outside(relation: Element) -> bool:
    """Tell whether a relation leads out of the document."""
    return relation.get("TargetMode", "").casefold() == "external"


def is_web_link(relation: Element) -> bool:
    """Tell whether a relation is a link that a reader clicks: to a web page, a mail address, a telephone."""
    return kind_of(relation) == "hyperlink" and relation.get("Target", "").casefold().startswith(WEB)


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


MOST_PARTS = 400
MOST_BYTES = 50_000_000
MOST_WORDS = 20_000_000  # bytes of XML, which takes many times its room when it is read
MOST_RATIO = 200
AGAIN = "copy it again from a new workspace, or save it in Word as 'Word Document (.docx)'"
NO_MACROS = "in Word: save it as 'Word Document (.docx)', which holds no macros; delete embedded objects"
_UNLOCK = "in Word: File, Info, Protect Document, Encrypt with Password, delete the password, save"
_RESAVE = "open it in Word and save it as 'Word Document (.docx)'"
_CAN_RUN = ("vbaproject", "vbadata", "activex", "embeddings/", "oleobject", "customui/")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # the first bytes of a .doc, and of a .docx with a password
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_ODD = frozenset('<>:"|?*')
_LONGEST = 60


def read_parts(path: Path) -> dict[str, bytes]:
    """Read the parts of a template, or say why it is refused.

    Raises
    ------
    TemplateFault
        With every reason.
    """
    parts: dict[str, bytes] = {}
    try:
        reasons = list(_whole_file_faults(path))
        parts = {} if reasons else _parts_of(path, reasons)
    except FileNotFoundError:
        reasons = [
            (
                "the template is missing",
                "put it back from a new workspace; templates lie in the folder 'templates'",
            )
        ]
    except PermissionError:
        reasons = [("the template may not be read", "close it in Word and try again")]
    except UNREADABLE:
        reasons = [("this is not a Word document", AGAIN)]
    if reasons:
        raise TemplateFault(Problem(place_of(path), *reason) for reason in reasons)
    return parts


def _whole_file_faults(path: Path) -> Iterator[Fault]:
    """Yield what the file is instead of an archive."""
    size = path.stat().st_size
    if path.is_file() and not size:
        yield "the file is empty", AGAIN
    elif size > MOST_BYTES:
        yield _too_large()
    else:
        with path.open("rb") as file:
            start = file.read(len(_OLE))
            if start == _OLE and _LOCKED in file.read():
                yield "the template is locked with a password", _UNLOCK
            elif start == _OLE:
                yield "this is an old Word document (.doc) under a new name", _RESAVE
            elif start.startswith(b"{\\rtf"):
                yield "this is a Rich Text document (.rtf) under a new name", _RESAVE


def _too_large() -> Fault:
    return "the archive is too large for a template", "in Word: Picture Format, Compress Pictures, save"


def _parts_of(path: Path, reasons: list[Fault]) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        infos = archive.infolist()
        reasons += _archive_faults(infos)
        return {} if reasons else {info.filename: archive.read(info) for info in infos if not info.is_dir()}


def _archive_faults(infos: Sequence[zipfile.ZipInfo]) -> Iterator[Fault]:
    """Yield what is wrong with the list of parts, before any of them is unpacked."""
    names = [info.orig_filename for info in infos]
    words = sum(info.file_size for info in infos if info.filename.endswith((".xml", ".rels")))
    large = words > MOST_WORDS or sum(info.file_size for info in infos) > MOST_BYTES
    if len(names) > MOST_PARTS or large:
        yield _too_large()
    for name in _firsts(info.orig_filename for info in infos if _swells(info)):
        yield f"the part {name} grows far too much when it is unpacked", AGAIN
    for name in _firsts(name for name in names if not _stays_inside(name)):
        yield f"the part name '{name}' points outside the document", AGAIN
    folded = Counter(name.casefold() for name in names)  # a part's name means the same in capitals
    for name in _firsts(name for name in names if folded[name.casefold()] > 1):
        yield f"the archive holds the part {name} twice", AGAIN
    if any(info.flag_bits & 1 for info in infos):
        yield "the template is locked with a password", _UNLOCK
    if any(word in name for name in folded for word in _CAN_RUN):
        yield "the template holds macros or embedded programs", NO_MACROS
    if "[Content_Types].xml" not in names or "_rels/.rels" not in names:
        yield "this is not a Word document", AGAIN


def _firsts(names: Iterable[str]) -> list[str]:
    """Return the first name; one is enough to find the file's fault."""
    return [printable(name) for name in list(names)[:1]]


def printable(text: str) -> str:
    """Return what a console can show of a name that a stranger chose: its end, where it is long."""
    shown = "".join(letter if letter.isprintable() else "?" for letter in text)
    return shown if len(shown) <= _LONGEST else f"…{shown[-_LONGEST:]}"


def _swells(info: zipfile.ZipInfo) -> bool:
    return info.file_size > MOST_RATIO * max(info.compress_size, 1) + 100_000


def _stays_inside(name: str) -> bool:
    """Tell whether a part's name is a plain path below the document, on every system."""
    steps = name.removesuffix("/").split("/")
    plain = name.isprintable() and not _ODD & set(name) and "\\" not in name
    return plain and all(step not in ("", ".", "..") for step in steps)


def place_of(path: Path) -> Place:
    """Name a template by its folder and its file, never by where the disk holds them."""
    return Place(PurePosixPath(*path.parts[-2:]).as_posix())
