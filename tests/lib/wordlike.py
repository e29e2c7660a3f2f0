"""Make of a template what Word makes of it when a clinic has changed it there and saved it.

Word 365 writes far more than a page needs: marks of sittings, spelling marks, runs in pieces, namespaces
that older readers skip, settings, a glossary, custom XML, people. All of it stands here, with a logo in the
header, words around the fields, another font and colour, and names that must not leave the clinic.
"""

from __future__ import annotations

import re
import struct
import zlib
from pathlib import Path

from tests.lib.parts import RELATIONS, TYPES, parts_of

PERSON = "Sam Rivera"
ADDRESS = "Our clinic, 12 Main Street"
PROVIDER = "Our clinic is an equal-opportunity provider."
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "application/vnd.openxmlformats-officedocument"
WORD = f"{OFFICE}.wordprocessingml"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'
_MICROSOFT = "http://schemas.microsoft.com/office/word"
NAMESPACES = {
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "aink": "http://schemas.microsoft.com/office/drawing/2016/ink",
    "o": "urn:schemas-microsoft-com:office:office",
    "r": REL,
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "v": "urn:schemas-microsoft-com:vml",
    "wp14": f"{_MICROSOFT}/2010/wordprocessingDrawing",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "w10": "urn:schemas-microsoft-com:office:word",
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "w14": f"{_MICROSOFT}/2010/wordml",
    "w15": f"{_MICROSOFT}/2012/wordml",
    "w16cex": f"{_MICROSOFT}/2018/wordml/cex",
    "w16cid": f"{_MICROSOFT}/2016/wordml/cid",
    "w16": f"{_MICROSOFT}/2018/wordml",
    "w16du": f"{_MICROSOFT}/2023/wordml/word16du",
    "w16se": f"{_MICROSOFT}/2015/wordml/symex",
}
SPACES = " ".join(f'xmlns:{name}="{uri}"' for name, uri in NAMESPACES.items())
SPACES += ' mc:Ignorable="w14 w15 w16se w16cid w16 w16cex w16du wp14"'
MARKS = 'w:rsidR="00AB12CD" w:rsidRDefault="00AB12CD" w14:paraId="1A2B3C4D" w14:textId="77777777"'
HEADER_LOOK = '<w:pPr><w:pStyle w:val="Header"/></w:pPr>'


def png(width: int = 120, height: int = 40) -> bytes:
    """Draw a logo: a blue field."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = (b"\0" + b"\x1f\x4e\x79" * width) * height
    head = struct.pack(">2I5B", width, height, 8, 2, 0, 0, 0)
    drawn = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + drawn


def paragraph(*pieces: str, style: str = "", more: str = "") -> str:
    """Write a paragraph as Word does: a run for each piece, and spelling marks between them."""
    look = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    runs = '<w:proofErr w:type="spellStart"/>'.join(
        f'<w:r w:rsidRPr="00AB12CD"><w:t xml:space="preserve">{piece}</w:t></w:r>' for piece in pieces
    )
    return f"<w:p {MARKS}>{look}{runs}{more}</w:p>"


def control(name: str, content: str, *, more: str = "", number: int = -1_182_547_263) -> str:
    """Write a content control as Word does."""
    hint = '<w:placeholder><w:docPart w:val="DefaultPlaceholder_-1854013440"/></w:placeholder>'
    about = (
        f'<w:alias w:val="{name}"/><w:tag w:val="{name}"/><w:id w:val="{number}"/>'
        f'<w:lock w:val="sdtLocked"/>{hint}{more}'
    )
    return f"<w:sdt><w:sdtPr>{about}</w:sdtPr><w:sdtEndPr/><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def picture(relation: str, words: str, number: int = 1) -> str:
    """Write a picture in the line, as Word inserts it."""
    main = "http://schemas.openxmlformats.org/drawingml/2006/main"
    shape = "http://schemas.openxmlformats.org/drawingml/2006/picture"
    path = f"C:\\Users\\{PERSON}\\logo.png"
    return (
        '<w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0" wp14:anchorId="5E5E5E5E" '
        'wp14:editId="50D07946"><wp:extent cx="1143000" cy="381000"/>'
        '<wp:effectExtent l="0" t="0" r="0" b="0"/>'
        f'<wp:docPr id="{number}" name="Picture {number}" descr="{words}"/><wp:cNvGraphicFramePr>'
        f'<a:graphicFrameLocks xmlns:a="{main}" noChangeAspect="1"/></wp:cNvGraphicFramePr>'
        f'<a:graphic xmlns:a="{main}"><a:graphicData uri="{shape}"><pic:pic xmlns:pic="{shape}">'
        f'<pic:nvPicPr><pic:cNvPr id="{number}" name="logo.png" descr="{path}"/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        '<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="1143000" cy="381000"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing>"
    )


def _document(section: str) -> str:
    cursor = '<w:bookmarkStart w:id="0" w:name="_GoBack"/><w:bookmarkEnd w:id="0"/>'
    above = paragraph(ADDRESS[:9], ADDRESS[9:], more=cursor)
    body = control("body", paragraph("The page ", "comes", " here.") + paragraph("Put a logo above."))
    return f"{HEAD}<w:document {SPACES}><w:body>{above}{body}{paragraph()}{section}</w:body></w:document>"


EDGES = (
    ("header", "even", "rId22"), ("header", "default", "rId21"), ("footer", "even", "rId23"),
    ("header", "first", "rId22"), ("footer", "first", "rId23"),
)  # fmt: skip


def _section(section: str) -> str:
    """Write the paper with the headers and footers that Word adds."""
    edges = "".join(f'<w:{kind}Reference w:type="{pages}" r:id="{key}"/>' for kind, pages, key in EDGES)
    opening = f'<w:sectPr w:rsidR="00AB12CD" w:rsidSect="00AB12CD">{edges}'
    section = re.sub("<w:sectPr[^>]*>", opening, section)
    return section.replace("</w:sectPr>", '<w:cols w:space="720"/><w:docGrid w:linePitch="360"/></w:sectPr>')


def _header() -> str:
    bond = (
        '<w:showingPlcHdr/><w:dataBinding w:prefixMappings="xmlns:n=\'urn:clinic\'" w:xpath="/n:a[1]" '
        'w:storeItemID="{6C3C8BC8-F283-45AE-878A-BAB7291924A1}"/><w15:appearance w15:val="hidden"/><w:text/>'
    )
    grey = '<w:rPr><w:rStyle w:val="PlaceholderText"/></w:rPr>'
    hint = f"<w:r>{grey}<w:t>[Title]</w:t></w:r><w:r><w:t> x</w:t></w:r>"
    title = control("title", hint, more=bond, number=402_113)
    logo = f"<w:r>{picture('rId1', 'Logo of our clinic: a blue field')}</w:r><w:r><w:tab/></w:r>"
    return f"{HEAD}<w:hdr {SPACES}><w:p {MARKS}>{HEADER_LOOK}{logo}{title}</w:p></w:hdr>"


def _footer() -> str:
    field = control("footer", paragraph("The footer lines", style="Footer"), number=-77_120)
    own = paragraph(PROVIDER[:17], PROVIDER[17:], style="Footer")
    return f"{HEAD}<w:ftr {SPACES}>{own}{field}{paragraph(style='Footer')}</w:ftr>"


def _blank(kind: str) -> str:
    return f"{HEAD}<w:{kind} {SPACES}>{paragraph(style='Header')}</w:{kind}>"


THEMED = ' w:val="0B3D2E" w:themeColor="accent1" w:themeShade="80"'
RESTYLED = (
    ('w:ascii="Arial" w:hAnsi="Arial"', 'w:ascii="Verdana" w:hAnsi="Verdana"'),
    ('(w:styleId="Heading1">.*?<w:color) w:val="1A1A1A"', rf"\1{THEMED}"),
    ('(w:styleId="Normal">.*?<w:qFormat/>)', r'\1<w:rsid w:val="00AB12CD"/>'),
    ('(w:styleId="Normal">.*?<w:color) w:val="1A1A1A"', r'\1 w:val="222222"'),
    ("<w:styles [^>]*>", f"<w:styles {SPACES}>"),
)
ADDED_STYLES = (
    '<w:style w:type="paragraph" w:styleId="Header"><w:name w:val="header"/><w:basedOn w:val="Normal"/>'
    '<w:link w:val="HeaderChar"/><w:uiPriority w:val="99"/><w:unhideWhenUsed/><w:rsid w:val="00AB12CD"/>'
    '<w:pPr><w:tabs><w:tab w:val="center" w:pos="4680"/><w:tab w:val="right" w:pos="9360"/></w:tabs></w:pPr>'
    '</w:style><w:style w:type="character" w:customStyle="1" w:styleId="HeaderChar">'
    '<w:name w:val="Header Char"/><w:basedOn w:val="DefaultParagraphFont"/><w:link w:val="Header"/>'
    '<w:uiPriority w:val="99"/></w:style><w:style w:type="character" w:styleId="PlaceholderText">'
    '<w:name w:val="Placeholder Text"/><w:basedOn w:val="DefaultParagraphFont"/><w:uiPriority w:val="99"/>'
    '<w:semiHidden/><w:rPr><w:color w:val="808080"/></w:rPr></w:style>'
)


def _styles(styles: str) -> str:
    """Change the font, the text's colour and the title's, and add what Word adds."""
    for old, new in RESTYLED:
        styles, count = re.subn(old, new, styles, count=1, flags=re.DOTALL)
        assert count == 1, old
    return styles.replace("</w:styles>", f"{ADDED_STYLES}</w:styles>")


def _numbering(numbering: str) -> str:
    numbering = re.sub("<w:numbering [^>]*>", f"<w:numbering {SPACES}>", numbering)
    numbering = numbering.replace("<w:abstractNum ", '<w:abstractNum w15:restartNumberingAfterBreak="0" ')
    numbering = numbering.replace("<w:multiLevelType", '<w:nsid w:val="0A1B2C3D"/><w:multiLevelType')
    return numbering.replace('<w:num w:numId="1">', '<w:num w:numId="1" w16cid:durableId="1508590612">')


SETTINGS = (
    f'{HEAD}<w:settings {SPACES}><w:zoom w:percent="100"/><w:proofState w:spelling="clean"/>'
    '<w:defaultTabStop w:val="720"/><w:characterSpacingControl w:val="doNotCompress"/><w:footnotePr>'
    '<w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr><w:compat><w:compatSetting '
    'w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
    f'<w:docVars><w:docVar w:name="author" w:val="{PERSON}"/></w:docVars><w:rsids>'
    '<w:rsidRoot w:val="00AB12CD"/></w:rsids><w:themeFontLang w:val="en-US"/>'
    '<w14:docId w14:val="5E5E5E5E"/></w:settings>'
)
FONTS = (
    f'{HEAD}<w:fonts {SPACES}><w:font w:name="Verdana"><w:panose1 w:val="020B0604030504040204"/>'
    '<w:charset w:val="00"/><w:family w:val="swiss"/><w:pitch w:val="variable"/></w:font>'
    '<w:font w:name="MS Gothic"><w:altName w:val="&#xFF2D;&#xFF33;"/></w:font></w:fonts>'
)
APP = (
    f'{HEAD}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    f"<Template>Normal.dotm</Template><TotalTime>7</TotalTime><Company>{PERSON}</Company>"
    "<Application>Microsoft Office Word</Application><AppVersion>16.0000</AppVersion></Properties>"
)
CORE = (
    f'{HEAD}<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>Handout</dc:title>'
    f"<dc:creator>{PERSON}</dc:creator><cp:lastModifiedBy>{PERSON}</cp:lastModifiedBy>"
    '<dcterms:created xsi:type="dcterms:W3CDTF">2027-01-04T09:00:00Z</dcterms:created></cp:coreProperties>'
)


def _notes(kind: str) -> str:
    lines = "".join(
        f'<w:{kind} w:type="{name}" w:id="{number}"><w:p><w:r><w:{name}/></w:r></w:p></w:{kind}>'
        for number, name in enumerate(("separator", "continuationSeparator"), -1)
    )
    return f"{HEAD}<w:{kind}s {SPACES}>{lines}</w:{kind}s>"


PEOPLE = f'{HEAD}<w15:people {SPACES}><w15:person w15:author="{PERSON}"/></w15:people>'
WEB = f"{HEAD}<w:webSettings {SPACES}><w:optimizeForBrowser/></w:webSettings>"
GLOSSARY = f"{HEAD}<w:glossaryDocument {SPACES}><w:docParts/></w:glossaryDocument>"
# Each part that Word adds: its name, its content type, and its relation where the document has one.
ADDED = {
    "word/header1.xml": (f"{WORD}.header+xml", "header", "rId21", _header()),
    "word/header2.xml": (f"{WORD}.header+xml", "header", "rId22", _blank("hdr")),
    "word/footer2.xml": (f"{WORD}.footer+xml", "footer", "rId23", _blank("ftr")),
    "word/footnotes.xml": (f"{WORD}.footnotes+xml", "footnotes", "rId24", _notes("footnote")),
    "word/endnotes.xml": (f"{WORD}.endnotes+xml", "endnotes", "rId25", _notes("endnote")),
    "word/webSettings.xml": (f"{WORD}.webSettings+xml", "webSettings", "rId26", WEB),
    "word/people.xml": (f"{WORD}.people+xml", "people", "rId27", PEOPLE),
    "word/glossary/document.xml": (f"{WORD}.document.glossary+xml", "glossaryDocument", "rId28", GLOSSARY),
    "customXml/item1.xml": ("application/xml", "customXml", "rId29", f"<b:b xmlns:b='urn:b'>{PERSON}</b:b>"),
    "docProps/app.xml": (f"{OFFICE}.extended-properties+xml", "", "", APP),
}


def saved_by_word(template: Path) -> dict[str, bytes]:
    """Return the parts of a template after a clinic changed and saved it in Word."""
    parts = {name: data.decode() for name, data in parts_of(template).items()}
    section = re.search("<w:sectPr.*</w:sectPr>", parts["word/document.xml"], re.DOTALL)
    assert section is not None
    parts["word/document.xml"] = _document(_section(section.group()))
    parts["word/footer1.xml"] = _footer()
    parts["word/styles.xml"] = _styles(parts["word/styles.xml"])
    parts["word/numbering.xml"] = _numbering(parts["word/numbering.xml"])
    parts |= {"word/settings.xml": SETTINGS, "word/fontTable.xml": FONTS, "docProps/core.xml": CORE}
    links, types = "", '<Default Extension="png" ContentType="image/png"/>'
    for name, (kind, purpose, key, text) in ADDED.items():
        parts[name] = text
        types += f'<Override PartName="/{name}" ContentType="{kind}"/>'
        target = name.removeprefix("word/") if name.startswith("word/") else f"../{name}"
        links += f'<Relationship Id="{key}" Type="{REL}/{purpose}" Target="{target}"/>' if key else ""
    parts[TYPES] = parts[TYPES].replace("</Types>", f"{types}</Types>")
    parts[RELATIONS] = parts[RELATIONS].replace("</Relationships>", f"{links}</Relationships>")
    logo = f'<Relationship Id="rId1" Type="{REL}/image" Target="media/image1.png"/>'
    own = f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{logo}</Relationships>'
    parts["word/_rels/header1.xml.rels"] = own
    return {name: text.encode() for name, text in parts.items()} | {"word/media/image1.png": png()}
