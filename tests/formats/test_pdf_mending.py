"""What LibreOffice leaves to chance, or tags as what it is not, is mended; the PDFs here are made by hand."""

from __future__ import annotations

import pytest
from pypdf.generic import DictionaryObject

from iop_sessions.formats import pdf
from tests.lib import pdfs
from tests.lib.pdfs import part, small_pdf


def mended(*parts: DictionaryObject, drawn: bytes = b"", about: dict[str, str] | None = None) -> bytes:
    return pdf.mend(small_pdf(*parts, drawn=drawn, about=about), b"the Word file")


def shape_of(data: bytes) -> str:
    return pdfs.shape(pdfs.tags(pdfs.open_pdf(data)))


def test_two_pdfs_that_differ_by_time_and_person_alone_become_one() -> None:
    first = mended(part("P"), about={"/CreationDate": "D:20270104120000Z", "/Author": "Sam"})
    second = mended(part("P"), about={"/CreationDate": "D:20280229235959+09'00'", "/Author": "Kim"})
    assert first == second
    about = pdfs.open_pdf(first).metadata
    assert about == {"/Title": "Plan", "/Producer": "An office"}
    xmp = pdfs.open_pdf(first).xmp_metadata
    assert xmp is not None
    assert (xmp.dc_title, xmp.dc_language, xmp.xmp_create_date) == ({"x-default": "Plan"}, ["en-US"], None)


def test_the_id_is_that_of_the_word_file() -> None:
    one, same, other = (pdf.mend(small_pdf(part("P")), source) for source in (b"a", b"a", b"b"))
    first, second = pdfs.open_pdf(one).trailer["/ID"]  # type: ignore[misc]  # an array of two
    assert first == second
    assert len(first.original_bytes) == 16
    assert one == same != other


def test_a_title_may_hold_any_sign() -> None:
    data = mended(part("P"), about={"/Title": "Fish & <chips> – ñandú"})
    xmp = pdfs.open_pdf(data).xmp_metadata
    assert xmp is not None
    assert xmp.dc_title == {"x-default": "Fish & <chips> – ñandú"}


def test_a_table_without_a_header_is_room_to_write_in() -> None:
    rows = part("TR", part("TD", part("P")), part("TD"))
    head = part("TR", part("TH"), part("TH"))
    data = mended(part("Document", part("Table", rows), part("Table", head, part("TR", part("TD")))))
    assert shape_of(data) == "Root(Document(Div(Div(Div(P) Div)) Table(TR(TH TH) TR(TD))))"


def test_check_boxes_that_follow_each_other_are_a_list() -> None:
    box = "Check List"
    data = mended(part("Document", part("P"), part(box), part(box), part("H2"), part("Div", part(box))))
    item = f"LI(LBody({box}))"
    assert shape_of(data) == f"Root(Document(P L({item} {item}) H2 Div(L({item}))))"


@pytest.mark.parametrize(
    ("drawn", "expected"),
    [
        (b"/P<</MCID 0>>BDC\nBT\nET\nEMC\n", b"/P<</MCID 0>>BDC\nBT\nET\nEMC\n"),
        (b"0.1 w\n/Artifact BMC\n1 2 3 4 re f*\nEMC", b"0.1 w\n/Artifact BMC\n1 2 3 4 re f*\nEMC"),
        (
            b"/P BMC\nEMC\nq 1 w\n1 2 m\n3 4 l S\nQ",
            b"/P BMC\nEMC\n/Artifact BMC\nq 1 w\n1 2 m\n3 4 l S\nQ\nEMC\n",
        ),
        (
            b"/P BMC\n/Span<<>>\nBDC\nEMC\n1 2 3 4 re f\nEMC",
            b"/P BMC\n/Span<<>>\nBDC\nEMC\n1 2 3 4 re f\nEMC",
        ),
        (b"EMC\n1 2 l S", b"EMC\n1 2 l S"),
        (b"1 2 l S\n/P BMC\n", b"1 2 l S\n/P BMC\n"),
    ],
    ids=["words", "an artifact", "a loose rule", "inside marks", "closed too often", "not closed"],
)
def test_what_is_drawn_outside_any_mark_becomes_an_artifact(drawn: bytes, expected: bytes) -> None:
    assert pdf.mark_drawing(drawn) == expected
