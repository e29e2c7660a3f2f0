"""The audit of a drawn page: nothing in a good one, every trace of a person, and each size of print.

What it finds in a package and for a screen reader stands in the tests of planted faults.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from iop_sessions.formats.word import draw
from iop_sessions.ground.blocks import Page
from tests.lib.planting import (
    CORE,
    DOCUMENT,
    SETTINGS,
    STYLES,
    Change,
    Fault,
    Parts,
    all_of,
    edit,
    last,
    paragraph,
    put,
    with_links,
)
from tests.lib.word_audit import audit


@pytest.mark.parametrize(
    ("fields", "least"),
    [
        ({}, 12),
        ({"large_print": True}, 18),
        ({"paper": "a4", "language": "es-US"}, 12),
        ({"kind": "guide"}, 9),
    ],
)
def test_every_block_in_every_dress_is_clean(
    fields: dict[str, object], least: float, every_block: Callable[..., Page], templates: Path
) -> None:
    assert audit(draw(every_block(**fields), templates), least_points=least) == []


def test_an_agenda_is_clean(agenda: Page, templates: Path) -> None:
    assert audit(draw(agenda, templates), least_points=9) == []


def one_more_part(name: str, ending: str = "xml") -> Change:
    """Put a part into the package that Word would accept."""
    typed = f'<Default Extension="{ending}" ContentType="application/{ending}"/>'
    if ending == "xml":
        typed = f'<Override PartName="/{name}" ContentType="application/xml"/>'
    return all_of(put(name, "<x/>"), edit("[Content_Types].xml", "</Types>", f"{typed}</Types>"))


# fmt: off
TRACES = (
    Fault("An author", edit(CORE, "<dc:creator>", "<dc:creator>Sam"),
          "docProps/core.xml: creator is not empty"),
    Fault("Who saved it last", edit(CORE, "<cp:lastModifiedBy>", "<cp:lastModifiedBy>Sam"),
          "docProps/core.xml: lastModifiedBy is not empty"),
    Fault("A description", edit(CORE, "<dc:creator>", "<dc:description>For Sam</dc:description><dc:creator>"),
          "docProps/core.xml: description is not empty"),
    Fault("Keywords", edit(CORE, "<dc:creator>", "<cp:keywords>Sam</cp:keywords><dc:creator>"),
          "docProps/core.xml: keywords is not empty"),
    Fault("When it was made", edit(CORE, "1980-01-01T00:00:00Z", "2027-01-04T17:30:00Z"),
          "docProps/core.xml: created is '2027-01-04T17:30:00Z', not the fixed date"),
    Fault("The program's properties", one_more_part("docProps/app.xml"),
          "docProps/app.xml: may hold personal data"),
    Fault("Properties of one's own", one_more_part("docProps/custom.xml"),
          "docProps/custom.xml: may hold personal data"),
    Fault("A picture of the first page", one_more_part("docProps/thumbnail.jpeg", "jpeg"),
          "docProps/thumbnail.jpeg: may hold personal data"),
    Fault("People who commented", one_more_part("word/people.xml"),
          "word/people.xml: may hold personal data"),
    Fault("Comments", one_more_part("word/comments.xml"), "word/comments.xml: may hold personal data"),
    Fault("XML of another program's", one_more_part("customXml/item1.xml"),
          "customXml/item1.xml: custom XML"),
    Fault("An embedded program", one_more_part("word/embeddings/sheet1.bin", "bin"),
          "word/embeddings/sheet1.bin: a program"),
    Fault("In which sitting a paragraph was written",
          last(paragraph("A").replace("<w:p>", '<w:p w:rsidR="00A1">')),
          "word/document.xml: marks of editing sittings (rsid)"),
    Fault("A list of sittings", edit(SETTINGS, "<w:decimalSymbol", "<w:rsids/><w:decimalSymbol"),
          "word/settings.xml: marks of editing sittings (rsid)"),
    Fault("Words taken out", last('<w:p><w:r><w:t>A</w:t></w:r><w:del w:id="9"/></w:p>'),
          "word/document.xml: tracked changes or comments"),
)
# fmt: on


@pytest.mark.parametrize("trace", TRACES, ids=[trace.what for trace in TRACES])
def test_a_trace_of_people_or_sittings_is_found(trace: Fault, good: Parts) -> None:
    assert audit(trace.planted(good)) == [trace.found]


def test_a_missing_language_is_found(good: Parts) -> None:
    silent = Fault("", edit(STYLES, '<w:lang w:val="en-US"', '<w:lang w:x="en-US"'))
    assert audit(silent.planted(good))[:1] == ["word/styles.xml: no default language"]


LARGE = Fault("Columns", edit(DOCUMENT, "</w:sectPr>", '<w:cols w:num="2"/></w:sectPr>'))


def test_only_large_print_may_have_no_columns(every_block: Callable[..., Page], templates: Path) -> None:
    large, plain = (with_links(draw(every_block(large_print=big), templates)) for big in (True, False))
    assert audit(LARGE.planted(large), least_points=18) == ["word/document.xml: text in 2 columns"]
    assert audit(LARGE.planted(plain)) == []


@pytest.mark.parametrize("least", [9.0, 12.0, 18.0])
def test_half_a_point_too_small_is_seen_in_every_size_of_print(
    least: float, every_block: Callable[..., Page], templates: Path
) -> None:
    kind = {"kind": "guide"} if least == 9 else {"large_print": least == 18}
    parts = with_links(draw(every_block(**kind), templates))
    half_points = int(2 * least)
    small, enough = (
        last(paragraph("A", run=f'<w:sz w:val="{size}"/>')) for size in (half_points - 1, half_points)
    )
    assert audit(Fault("", enough).planted(parts), least_points=least) == []
    assert audit(Fault("", small).planted(parts), least_points=least) == [
        f"word/document.xml: 'A' is set in {least - 0.5:g} points, less than {least:g}"
    ]
