"""Take a Word document apart, plant a fault in it, and put it together again."""

from __future__ import annotations

import base64
import io
import warnings
import zipfile
from collections.abc import Callable
from dataclasses import dataclass

from tests.lib.outline import parts_of

Parts = dict[str, bytes]
Change = Callable[[Parts], None]
Packer = Callable[[Parts], bytes]

TYPES, PACKAGE, RELATIONS = "[Content_Types].xml", "_rels/.rels", "word/_rels/document.xml.rels"
CORE, SETTINGS, STYLES = "docProps/core.xml", "word/settings.xml", "word/styles.xml"
NUMBERING, DOCUMENT, FOOTER = "word/numbering.xml", "word/document.xml", "word/footer1.xml"
PICTURE = "word/media/image1.png"
END = "<w:sectPr"
"""What the body ends with; a paragraph planted before it is the last one."""

_DOT = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII="
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_DRAWN = "http://schemas.openxmlformats.org/drawingml/2006"
_SQUARE = '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
_MORE = (
    '<w:p><w:bookmarkStart w:id="1" w:name="place"/><w:r><w:t>Read </w:t></w:r><w:bookmarkEnd w:id="1"/>'
    '<w:hyperlink r:id="rId8"><w:r><w:t>what the federal agency says on sleep</w:t></w:r></w:hyperlink>'
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> PAGEREF place </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r>'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    '<w:p><w:r><w:drawing><wp:inline><wp:extent cx="9525" cy="9525"/>'
    '<wp:docPr id="7" name="Picture 7" descr="A path through a wood"/>'
    f'<a:graphic xmlns:a="{_DRAWN}/main"><a:graphicData uri="{_DRAWN}/picture">'
    f'<pic:pic xmlns:pic="{_DRAWN}/picture"><pic:nvPicPr><pic:cNvPr id="7" name="Picture 7"/><pic:cNvPicPr/>'
    '</pic:nvPicPr><pic:blipFill><a:blip r:embed="rId7"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
    '<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="9525" cy="9525"/></a:xfrm>'
    f"{_SQUARE}</pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
)


def edit(part: str, old: str, new: str) -> Change:
    """Change the first place where a part says something."""

    def change(parts: Parts) -> None:
        assert old.encode() in parts[part], f"{old!r} does not stand in {part}"
        parts[part] = parts[part].replace(old.encode(), new.encode(), 1)

    return change


def edit_all(part: str, old: str, new: str) -> Change:
    """Change every place where a part says something."""

    def change(parts: Parts) -> None:
        assert old.encode() in parts[part], f"{old!r} does not stand in {part}"
        parts[part] = parts[part].replace(old.encode(), new.encode())

    return change


def in_style(style: str, old: str, new: str) -> Change:
    """Change the first place where one style says something."""

    def change(parts: Parts) -> None:
        start = parts[STYLES].index(f'w:styleId="{style}"'.encode())
        before, rest = parts[STYLES][:start], {STYLES: parts[STYLES][start:]}
        edit(STYLES, old, new)(rest)
        parts[STYLES] = before + rest[STYLES]

    return change


def twice(part: str, xml: str) -> Change:
    """Say something in a part twice over."""
    return edit(part, xml, xml * 2)


def last(xml: str) -> Change:
    """Put XML at the end of the document's body."""
    return edit(DOCUMENT, END, xml + END)


def drop(part: str) -> Change:
    """Take a part out of the package."""

    def change(parts: Parts) -> None:
        del parts[part]

    return change


def put(part: str, xml: str) -> Change:
    """Put a part into the package, in place of what is there."""

    def change(parts: Parts) -> None:
        parts[part] = xml.encode()

    return change


def all_of(*changes: Change) -> Change:
    """Make several changes that are one fault together."""

    def change(parts: Parts) -> None:
        for each in changes:
            each(parts)

    return change


def zipped(parts: Parts) -> bytes:
    """Put the parts into an archive, as they are."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, data in parts.items():
            archive.writestr(zipfile.ZipInfo(name), data)  # which dates every part 1980-01-01
    return stream.getvalue()


def with_links(document: bytes) -> Parts:
    """Take a document apart and add what the program never draws: a picture, a link, a bookmark, a field.

    A template that staff edit in Word can bring them, so their faults must be seen too.
    """
    parts = parts_of(document)
    relations = (
        f'<Relationship Id="rId7" Type="{_OFFICE}/image" Target="media/image1.png"/>'
        f'<Relationship Id="rId8" Type="{_OFFICE}/hyperlink" Target="https://www.nih.gov/sleep"'
        ' TargetMode="External"/>'
    )
    all_of(
        last(_MORE),
        edit(RELATIONS, "</Relationships>", relations + "</Relationships>"),
        edit(TYPES, "<Override", '<Default Extension="png" ContentType="image/png"/><Override'),
    )(parts)
    return parts | {PICTURE: _DOT}


def paragraph(words: str, look: str = "", run: str = "") -> str:
    """Write a paragraph with one run."""
    about = f"<w:pPr>{look}</w:pPr>" if look else ""
    weight = f"<w:rPr>{run}</w:rPr>" if run else ""
    return f"<w:p>{about}<w:r>{weight}<w:t>{words}</w:t></w:r></w:p>"


def unchanged(_: Parts) -> None:
    """Leave the parts as they are, where the fault is in the archive."""


def cut_short(parts: Parts) -> bytes:
    """Lose the end of the archive, as a broken download does."""
    return zipped(parts)[:-40]


def doubled(part: str, name: str) -> Packer:
    """Put a part into the archive a second time, under the same name or one like it."""

    def pack(parts: Parts) -> bytes:
        stream = io.BytesIO(zipped(parts))
        with warnings.catch_warnings(), zipfile.ZipFile(stream, "a") as archive:
            warnings.simplefilter("ignore")  # zipfile warns of what is planted here
            archive.writestr(zipfile.ZipInfo(name), parts[part])
        return stream.getvalue()

    return pack


def spoilt(parts: Parts) -> bytes:
    """Change a byte that the archive has a checksum of."""
    return zipped(parts).replace(b"Why it matters", b"Why it mutters")


def marked(first: int, value: int) -> Packer:
    """Set a byte in the first part's two headers: its flags (6) or how it is compressed (8)."""

    def pack(parts: Parts) -> bytes:
        data = bytearray(zipped(parts))
        data[first] = data[data.find(b"PK\x01\x02") + first + 2] = value
        return bytes(data)

    return pack


def noted(parts: Parts) -> bytes:
    """Give the archive a comment."""
    stream = io.BytesIO(zipped(parts))
    with zipfile.ZipFile(stream, "a") as archive:
        archive.comment = b"from the computer at the front desk"
    return stream.getvalue()


def stamped(parts: Parts) -> bytes:
    """Note in the archive when each part was written."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, data in parts.items():
            archive.writestr(zipfile.ZipInfo(name, (2027, 1, 4, 17, 30, 0)), data)
    return stream.getvalue()


def saying(data: bytes) -> Packer:
    """Put other bytes in the archive's place."""
    return lambda _: data


@dataclass(frozen=True)
class Fault:
    """One fault: what it is, how a good document gets it, and who finds it."""

    what: str
    change: Change
    found: str = ""
    said: str = ""
    pack: Packer = zipped

    def planted(self, parts: Parts) -> bytes:
        """Return the document with the fault in it; the parts given stay as they are."""
        spoilt_parts = dict(parts)
        self.change(spoilt_parts)
        return self.pack(spoilt_parts)
