"""PDFs as LibreOffice makes them of one Word file of each kind: held to the same rules as the Word files."""

from __future__ import annotations

import getpass
import re
import socket
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path

import pytest
from lxml import etree
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, NameObject, StreamObject

from iop_sessions.formats import pdf, word
from iop_sessions.formats.word.package import w
from iop_sessions.ground.blocks import Page
from iop_sessions.ground.writing import pdf_name
from iop_sessions.jobs.export import ExportRequest, export
from iop_sessions.pages import kinds
from iop_sessions.plans.case import Case
from tests.formats.exports.conftest import Sample
from tests.formats.exports.test_files import FOLDER, MAIL
from tests.lib import pdfs
from tests.lib.workspaces import small_workspace

pytestmark = pytest.mark.needs_tool("soffice")
BOUND = ("workbooks", "make-up")  # of handouts, each of which is a file of its own too
HEADINGS, ITEMS = re.compile("Heading[1-3]"), ("ListBullet", "ListNumber", "CheckList")
DATE = re.compile(rb"D:[12]\d{7}|(?:Create|Modify|Metadata)Date")


@dataclass(frozen=True)
class Made:
    """A page, its Word file and its PDF."""

    page: Page
    word: bytes
    pdf: bytes


def chosen(shelf: kinds.Shelf) -> dict[str, Page]:
    """Make a page of each kind, the handout with the most sorts of blocks, and in English every form."""
    pages: dict[str, Page] = {}
    for kind in kinds.KINDS:
        if kinds.comes_in(kind, shelf.language, large_print=shelf.large_print):
            made = kinds.make(shelf, [kind])
            pages |= made if shelf.folder(kind) == "forms" else dict(list(made.items())[:1])
            pages |= {name: page for name, page in made.items() if "RP-04a" in name}
    return pages


def few(shelf: kinds.Shelf) -> dict[str, Page]:
    """Make one page of each kind that binds no others, and one in Spanish and in large print."""
    alone = [kind for kind in kinds.KINDS if kind not in BOUND]
    every = [(shelf, alone), (replace(shelf, language="es"), ["forms"])]
    every.append((replace(shelf, large_print=True), ["forms"]))
    pages = {
        name: page
        for each, names in every
        for kind in names
        for name, page in list(kinds.make(each, [kind]).items())[:1]
    }
    handouts = kinds.make(shelf, ["handouts"])
    return pages | {name: page for name, page in handouts.items() if "RP-04a" in name}


@pytest.fixture(scope="module", params=["few", pytest.param("all", marks=pytest.mark.deep)])
def made(sample: Sample, request: pytest.FixtureRequest) -> dict[str, Made]:
    """Turn files of each kind into PDF: few, or in each language and size."""
    shelf = kinds.Shelf(Case(sample.curriculum, sample.kept.program, sample.kept.plan))
    pages = few(shelf)
    if request.param == "all":
        pages |= (
            chosen(shelf) | chosen(replace(shelf, language="es")) | chosen(replace(shelf, large_print=True))
        )
    files = word.draw_set(pages, sample.workspace.templates)
    turned = pdf.to_pdf(files, lambda _: None)
    return {name: Made(page, files[name], turned[pdf_name(name)]) for name, page in pages.items()}


def test_every_kind_is_looked_at_in_each_language_and_size(
    made: dict[str, Made], request: pytest.FixtureRequest
) -> None:
    folders = {name.partition("/")[0] for name in made}
    assert folders >= set(kinds.KINDS) - set(BOUND) | {"forms-es", "forms-large-print"}
    if "[all]" in request.node.name:
        assert folders >= set(kinds.KINDS) | {"handouts-es", "handouts-large-print"}


def test_no_pdf_breaks_a_rule_of_accessibility(made: dict[str, Made]) -> None:
    found = {
        name: pdfs.faults(each.pdf, title=each.page.title, language=each.page.language)
        for name, each in made.items()
    }
    assert {name: faults for name, faults in found.items() if faults} == {}


def styles_in(data: bytes) -> Iterator[str]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        root = etree.fromstring(archive.read("word/document.xml"))
    return (str(each.get(w("val"))) for each in root.iter(w("pStyle")))


def test_every_heading_and_item_of_the_word_file_is_one_in_the_pdf(made: dict[str, Made]) -> None:
    counts = {}
    for name, each in made.items():
        styles, tree = list(styles_in(each.word)), pdfs.tags(pdfs.open_pdf(each.pdf))
        headings = [tag for tag in tree.walk() if re.fullmatch("H[1-3]", tag.kind)]
        counts[name] = (
            (len(headings), len(tree.all("LI"))),
            (
                sum(bool(HEADINGS.fullmatch(style)) for style in styles),
                sum(style in ITEMS for style in styles),
            ),
        )
    assert {name: pair for name, pair in counts.items() if pair[0] != pair[1]} == {}
    assert sum(items for (_, items), _ in counts.values()) > 50


def test_a_pdf_has_an_outline_of_its_headings(made: dict[str, Made]) -> None:
    guide = next(each for name, each in made.items() if name.startswith("guides/"))
    assert pdfs.open_pdf(guide.pdf).outline[0]["/Title"].endswith(guide.page.title)  # type: ignore[index,call-overload]


def test_no_pdf_tells_of_a_person_a_machine_a_folder_an_address_or_a_date(made: dict[str, Made]) -> None:
    names = {getpass.getuser(), socket.gethostname(), Path.home().name, "pytest", "iop-pdf"}
    own = re.compile("|".join(rf"\b{re.escape(name)}\b" for name in names if len(name) > 4).encode())
    found = [
        (name, match.group())
        for name, each in made.items()
        for text in pdfs.everything_in(each.pdf)
        for pattern in (MAIL, FOLDER, DATE, own)
        for match in [pattern.search(text)]
        if match
    ]
    assert found == []
    told = {key for each in made.values() for key in pdfs.open_pdf(each.pdf).metadata or {}}
    assert told == {"/Title", "/Producer"}


@pytest.mark.parametrize("made", ["few"], indirect=True)
@pytest.mark.deep
def test_the_same_word_file_gives_the_same_bytes(made: dict[str, Made]) -> None:
    first = dict(list(made.items())[:3])
    again = pdf.to_pdf({name: each.word for name, each in first.items()}, lambda _: None)
    assert list(again.values()) == [each.pdf for each in first.values()]


@pytest.mark.deep
def test_an_export_puts_pdfs_beside_the_word_files_and_lists_them(tmp_path: Path) -> None:
    told: list[str] = []
    request = ExportRequest("evening", ("coverage",), pdf=True)
    exported, _ = export(small_workspace(tmp_path / "clinic"), request, told.append)
    assert exported.written == ("coverage/coverage.docx", "coverage-pdf/coverage.pdf")
    assert told == ["Drawing 1 document …", "Making 1 PDF file with LibreOffice …"]
    listed = (exported.folder / "manifest.csv").read_text(encoding="utf-8").splitlines()[1:]
    assert sorted(line.partition(",")[0] for line in listed) == sorted(exported.written)
    assert (exported.folder / "coverage-pdf/coverage.pdf").read_bytes().startswith(b"%PDF-1.")


Edit = Callable[[PdfWriter], object]


def rename(old: str, new: str, most: int = 1) -> Edit:
    """Return an edit that makes tags of one kind tags of another."""

    def edit(writer: PdfWriter) -> None:
        found = [node for node in pdfs.objects(writer) if node.get("/S") == old]
        assert found
        for node in found[:most]:
            node[NameObject("/S")] = NameObject(new)

    return edit


def drop(key: str) -> Edit:
    return lambda writer: writer.root_object.pop(key)


def drop_font(writer: PdfWriter) -> None:
    face = next(node for node in pdfs.objects(writer) if "/FontDescriptor" in node)
    face[NameObject("/BaseFont")] = NameObject("/Arial")
    face[NameObject("/FontDescriptor")] = DictionaryObject()


def draw_loosely(writer: PdfWriter) -> None:
    content = writer.pages[0]["/Contents"].get_object()
    assert isinstance(content, StreamObject)
    content.set_data(content.get_data() + b"\n1 2 m 3 4 l S\n")


def forget(writer: PdfWriter) -> None:
    title = next(node for node in pdfs.objects(writer) if node.get("/S") == "/H1")
    title.pop("/K")


def read_twice(writer: PdfWriter) -> None:
    title, second = (
        next(node for node in pdfs.objects(writer) if node.get("/S") == kind) for kind in ("/H1", "/H2")
    )
    second[NameObject("/K")] = title["/K"]


def lose_a_cell(writer: PdfWriter) -> None:
    row = next(node for node in pdfs.objects(writer) if node.get("/S") == "/TR")
    cells = row["/K"]
    assert isinstance(cells, ArrayObject)
    cells.pop()


def add_page(writer: PdfWriter) -> None:
    page = writer.add_blank_page(612, 792)
    page[NameObject("/Contents")] = writer._add_object(DecodedStreamObject())


FAULTS: dict[str, Edit] = {
    "has no tags": drop("/StructTreeRoot"),
    "is not marked as tagged": drop("/MarkInfo"),
    "is in None, not en-US": drop("/Lang"),
    "shows its file name, not its title": drop("/ViewerPreferences"),
    "is called 'None', not 'Getting through an urge'": lambda writer: setattr(writer, "metadata", None),
    "has another title in its metadata": drop("/Metadata"),
    "has 0 headings of level 1": rename("/H1", "/P"),
    "has 2 headings of level 1": rename("/H2", "/H1"),
    "skips a level of headings (1 to 3)": rename("/H2", "/H3"),
    "has no header in table 1": rename("/TH", "/TD", most=99),
    "has a TH in a Div": rename("/TR", "/Div"),
    "has a list of something else than items": rename("/LI", "/P"),
    "has rows of [3, 4] cells in table 1": lose_a_cell,
    "does not say what a header of table 1 is for": rename("/TD", "/TH"),
    "a Figure has no words that stand for it": rename("/Standard", "/Figure"),
    "draws 1 things on page 1 that are no content and no artifact": draw_loosely,
    "does not read out [0": forget,
    "reads something out twice": read_twice,
    "has an empty page, 3": add_page,
    "the font /Arial is not embedded": drop_font,
}  # fmt: skip


@pytest.mark.parametrize("made", ["few"], indirect=True)
@pytest.mark.parametrize("told", FAULTS)
def test_a_fault_would_be_seen(told: str, made: dict[str, Made]) -> None:
    each = next(each for name, each in made.items() if name.startswith("handouts/RP-04a"))
    writer, broken = PdfWriter(clone_from=BytesIO(each.pdf)), BytesIO()
    FAULTS[told](writer)
    writer.write(broken)
    found = pdfs.faults(broken.getvalue(), title=each.page.title, language=each.page.language)
    assert [each for each in found if each.startswith(told)]
