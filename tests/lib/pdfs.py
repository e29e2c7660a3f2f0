"""Read what a PDF tells a screen reader, and list what it gets wrong: tags, titles, fonts, traces."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from typing import Any

from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    ContentStream,
    DecodedStreamObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    PdfObject,
    TextStringObject,
)

Content = tuple[int, int]  # the number of a page, and that of a marked piece of it

_PARENTS = {
    "TR": ("Table", "THead", "TBody", "TFoot"),
    "TH": ("TR",),
    "TD": ("TR",),
    "LI": ("L",),
} | dict.fromkeys(("Lbl", "LBody"), ("LI",))
_PAINTS = {b"S", b"s", b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*", b"Do", b"sh", b"Tj", b"TJ", b"'", b'"'}
_LETTERS = re.compile(rb"[\x20-\x7e]{6,}")  # in fonts, where four bytes look like a path now and then
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\n?endstream", re.DOTALL)


@dataclass(frozen=True)
class Tag:
    """One part of the structure tree: its standard kind, what is in it, and the words that stand for it."""

    kind: str
    parts: tuple[Tag, ...] = ()
    contents: tuple[Content, ...] = ()
    words: str = ""
    scope: str = ""

    def walk(self) -> Iterator[Tag]:
        """Go through the tag and all in it, in the order in which it is read."""
        yield self
        for part in self.parts:
            yield from part.walk()

    def all(self, kind: str) -> list[Tag]:
        """List the tags of a kind."""
        return [tag for tag in self.walk() if tag.kind == kind]


@lru_cache(500)
def open_pdf(data: bytes) -> PdfReader:
    """Read a PDF, the same one once: nobody changes it."""
    return PdfReader(BytesIO(data), strict=True)


def tags(pdf: PdfReader) -> Tag:
    """Read the structure tree; a kind that the PDF made up counts as the standard one it stands for."""
    root = pdf.root_object["/StructTreeRoot"]
    assert isinstance(root, DictionaryObject)
    pages = {
        page.indirect_reference.idnum: number
        for number, page in enumerate(pdf.pages)
        if page.indirect_reference
    }
    return _tag(root, dict(_dictionary(root, "/RoleMap")), pages, None)


def _tag(node: DictionaryObject, roles: dict[str, str], pages: dict[int, int], page: int | None) -> Tag:
    page = _page(node, pages, page)
    parts, contents = [], []
    for kid in _listed(node, "/K"):
        if isinstance(kid, int):
            assert page is not None, "content stands on a page"
            contents.append((page, int(kid)))
        elif kid.get("/Type") == "/MCR":
            there = _page(kid, pages, page)
            assert there is not None, "content stands on a page"
            contents.append((there, int(kid["/MCID"])))
        elif "/S" in kid:
            parts.append(_tag(kid, roles, pages, page))
    name = str(node.get("/S", "/Root"))
    looks = [each for each in _listed(node, "/A") if isinstance(each, DictionaryObject)]
    scope = next((str(each["/Scope"]) for each in looks if "/Scope" in each), "")
    words = str(node.get("/Alt", ""))
    return Tag(str(roles.get(name, name)).removeprefix("/"), tuple(parts), tuple(contents), words, scope)


def _page(node: DictionaryObject, pages: dict[int, int], page: int | None) -> int | None:
    own = node.raw_get("/Pg") if "/Pg" in node else None
    return pages[own.idnum] if isinstance(own, IndirectObject) else page


def _listed(node: DictionaryObject, key: str) -> list[Any]:
    found = node[key] if key in node else ArrayObject()
    return [each.get_object() for each in found] if isinstance(found, ArrayObject) else [found]


def _dictionary(node: DictionaryObject, key: str) -> DictionaryObject:
    found = node.get(key, DictionaryObject()).get_object()
    return found if isinstance(found, DictionaryObject) else DictionaryObject()


def faults(data: bytes, *, title: str, language: str) -> list[str]:
    """List what keeps a PDF from being accessible."""
    pdf = open_pdf(data)
    if "/StructTreeRoot" not in pdf.root_object:
        return ["has no tags"]
    root = tags(pdf)
    return [
        *_document_faults(pdf, title, language),
        *_heading_faults(root),
        *_nesting_faults(root),
        *_table_faults(root),
        *(f"a {tag.kind} has no words that stand for it" for tag in root.walk() if _needs_words(tag)),
        *_content_faults(pdf, root),
        *(f"the font {name} is not embedded" for name in sorted(set(_fonts_not_embedded(pdf)))),
    ]


def _document_faults(pdf: PdfReader, title: str, language: str) -> Iterator[str]:
    root, about = pdf.root_object, pdf.metadata
    if not _dictionary(root, "/MarkInfo").get("/Marked"):
        yield "is not marked as tagged"
    if root.get("/Lang") != language:
        yield f"is in {root.get('/Lang')}, not {language}"
    if not _dictionary(root, "/ViewerPreferences").get("/DisplayDocTitle"):
        yield "shows its file name, not its title"
    told = about.title if about else None
    if told != title:
        yield f"is called '{told}', not '{title}'"
    xmp = pdf.xmp_metadata
    if xmp is None or xmp.dc_title != {"x-default": title}:
        yield "has another title in its metadata"


def _heading_faults(root: Tag) -> Iterator[str]:
    levels = [int(tag.kind[1]) for tag in root.walk() if re.fullmatch("H[1-6]", tag.kind)]
    if levels.count(1) != 1:
        yield f"has {levels.count(1)} headings of level 1"
    for before, level in zip([0, *levels], levels, strict=False):
        if level > before + 1:
            yield f"skips a level of headings ({before} to {level})"


def _nesting_faults(root: Tag) -> Iterator[str]:
    for tag in root.walk():
        for part in tag.parts:
            if part.kind in _PARENTS and tag.kind not in _PARENTS[part.kind]:
                yield f"has a {part.kind} in a {tag.kind}"
        if tag.kind == "L" and {part.kind for part in tag.parts} != {"LI"}:
            yield "has a list of something else than items"


def _table_faults(root: Tag) -> Iterator[str]:
    for number, table in enumerate(root.all("Table"), 1):
        rows = [len(row.parts) for row in table.all("TR")]
        if not table.all("TH"):
            yield f"has no header in table {number}"
        if any(not head.scope for head in table.all("TH")):
            yield f"does not say what a header of table {number} is for"
        if len(set(rows)) != 1:
            yield f"has rows of {sorted(set(rows))} cells in table {number}"


def _needs_words(tag: Tag) -> bool:
    return tag.kind in ("Figure", "Form", "Formula") and not tag.words.strip()


def _content_faults(pdf: PdfReader, root: Tag) -> Iterator[str]:
    """Compare what is drawn with what the tree reads out."""
    read = [content for tag in root.walk() for content in tag.contents]
    if len(set(read)) != len(read):
        yield "reads something out twice"
    for number, page in enumerate(pdf.pages):
        drawn, loose = _drawn(pdf, page["/Contents"])
        tagged = {piece for there, piece in read if there == number}
        if loose:
            yield f"draws {loose} things on page {number + 1} that are no content and no artifact"
        if drawn != tagged:
            yield f"does not read out {sorted(drawn ^ tagged)} of page {number + 1}"
        if not drawn:
            yield f"has an empty page, {number + 1}"


def _drawn(pdf: PdfReader, content: PdfObject) -> tuple[set[int], int]:
    """Return the numbers of the marked pieces of a page, and how much is drawn outside any mark."""
    pieces, depth, loose = set(), 0, 0
    for operands, operator in ContentStream(content, pdf).operations:
        if operator in (b"BMC", b"BDC"):
            depth += 1
            about = operands[1] if operator == b"BDC" else {}
            pieces |= {int(about["/MCID"])} if "/MCID" in about else set()
        elif operator == b"EMC":
            depth -= 1
        loose += operator in _PAINTS and depth == 0
    return pieces, loose


def _fonts_not_embedded(pdf: PdfReader) -> Iterator[str]:
    for page in pdf.pages:
        for font in _dictionary(_dictionary(page, "/Resources"), "/Font").values():
            face = font.get_object()
            for each in [face, *_listed(face, "/DescendantFonts")]:
                files = [
                    key for key in _dictionary(each, "/FontDescriptor") if str(key).startswith("/FontFile")
                ]
                if each.get("/Subtype") not in ("/Type0", "/Type3") and not files:
                    yield str(each.get("/BaseFont"))


def everything_in(data: bytes) -> Iterator[bytes]:
    """Return what can be read in a PDF: plain or packed, as letters or as numbers that stand for letters."""
    yield _STREAM.sub(b"", data)
    for match in _STREAM.finditer(data):
        plain = _inflated(match.group(1))
        yield b"\n".join(_LETTERS.findall(plain)) if b"\0" in plain else plain
    for node in objects(open_pdf(data)):
        yield "\n".join(str(value) for value in node.values() if isinstance(value, str)).encode()


def _inflated(data: bytes) -> bytes:
    try:
        return zlib.decompress(data)
    except zlib.error:
        return data


def objects(pdf: PdfReader | PdfWriter) -> list[DictionaryObject]:
    """List all objects of a PDF that say something about it, in the order of its file."""
    if isinstance(pdf, PdfWriter):
        found = (each.get_object() for each in pdf._objects if each is not None)
    else:
        found = (pdf.get_object(number) for number in range(1, int(str(pdf.trailer["/Size"]))))
    return [each for each in found if isinstance(each, DictionaryObject)]


def small_pdf(*parts: DictionaryObject, drawn: bytes = b"", about: dict[str, str] | None = None) -> bytes:
    """Make a PDF of one page, with a structure tree when it is given parts of one."""
    writer = PdfWriter()
    page = writer.add_blank_page(612, 792)
    content = DecodedStreamObject()
    content.set_data(drawn)
    page[NameObject("/Contents")] = writer._add_object(content)
    writer.root_object[NameObject("/Lang")] = TextStringObject("en-US")
    writer.metadata = {"/Title": "Plan", "/Producer": "An office"} | (about or {})
    if parts:
        root = DictionaryObject({NameObject("/Type"): NameObject("/StructTreeRoot")})
        writer.root_object[NameObject("/StructTreeRoot")] = writer._add_object(root)
        _hang(writer, root, parts)
    made = BytesIO()
    writer.write(made)
    return made.getvalue()


def part(kind: str, *parts: DictionaryObject) -> DictionaryObject:
    """Make a part of a structure tree."""
    node = DictionaryObject({NameObject("/S"): NameObject(f"/{kind}")})
    node[NameObject("/K")] = ArrayObject(parts)
    return node


def _hang(writer: PdfWriter, parent: DictionaryObject, parts: Iterable[DictionaryObject]) -> None:
    """Put parts under their parent, each as an object of its own, as LibreOffice does."""
    kids = [(writer._add_object(node), node) for node in parts]
    parent[NameObject("/K")] = ArrayObject([reference for reference, _ in kids])
    for _, node in kids:
        node[NameObject("/P")] = parent.indirect_reference
        _hang(writer, node, _listed(node, "/K"))


def shape(tag: Tag) -> str:
    """Write a tag and what is in it on one line."""
    inside = " ".join(shape(part) for part in tag.parts)
    return f"{tag.kind}({inside})" if inside else tag.kind
