"""Make the seven Word templates anew from python-docx's own default, stripped slim.

Run ``python tools/make_templates.py [FOLDER]``; staff then edit the files in Word. Same bytes each time.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass, replace
from pathlib import Path

import docx
import docx.document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.parts.hdrftr import FooterPart

from iop_sessions.formats.word.opening import CORE, save, unzipped
from iop_sessions.formats.word.package import Element, pack, w, write_package
from iop_sessions.formats.word.template import start_properties
from iop_sessions.formats.word.variants import properties_part, settings_part
from iop_sessions.ground.colors import INK, RULE

BULLETS, STEPS = "1", "2"
BODY = 12  # points


@dataclass(frozen=True)
class Style:
    """A paragraph style; lengths in points, lines in lines."""

    style_id: str
    name: str
    size: float
    bold: bool = False
    before: float = 0
    after: float = 6
    line: float = 1.3
    left: float = 0
    hanging: float = 0
    level: int = 0  # of a heading
    number: str = ""
    tab: float = 0
    rule: bool = False
    keep: bool = False


@dataclass(frozen=True)
class Kind:
    """A template: its name, how it lies, and the sizes that differ."""

    name: str
    landscape: bool = False
    table: float = 12
    small: float = 9
    title: float = 22
    margin: float = 64.8  # on each side
    edge: float = 21.6  # between the footer and the paper's edge
    border: bool = False


KINDS = (
    Kind("handout", small=12),
    Kind("guide"),
    Kind("agenda", landscape=True, table=11),
    Kind("coverage"),
    Kind("wall", landscape=True, table=12, small=12, title=22, margin=43.2, edge=18),  # read from a step away
    Kind("cards", small=12, margin=36, edge=18),  # room for eight cards, and no logo among them
    Kind("certificate", landscape=True, small=12, title=28, margin=79.2, edge=50.4, border=True),
)


def styles_of(kind: Kind) -> tuple[Style, ...]:
    """Return the paragraph styles of a template (paper.md: body 12, title 22, heading 15, line 1.3)."""
    body = Style("Normal", "Normal", BODY)
    table = Style("TableText", "Table Text", kind.table, after=2, line=1.15)
    item = replace(body, left=18, hanging=18, after=4, keep=True)
    return (
        body,
        Style("Heading1", "heading 1", kind.title, True, 0, 6, 1.1, level=1, rule=True),
        Style("Heading2", "heading 2", 15, True, 14, 4, 1.15, level=2),
        Style("Heading3", "heading 3", BODY + 1, True, 10, 3, 1.15, level=3),
        replace(body, style_id="Purpose", name="Purpose", size=BODY + 1, after=8),
        replace(body, style_id="Note", name="Note", after=8),
        replace(body, style_id="SmallPrint", name="Small Print", size=kind.small, line=1.2, after=4),
        replace(item, style_id="ListBullet", name="List Bullet", number=BULLETS),
        replace(item, style_id="ListNumber", name="List Number", number=STEPS, left=24, hanging=24),
        replace(
            item, style_id="CheckList", name="Check List", left=26, hanging=26, tab=26, after=8, line=1.2
        ),
        replace(body, style_id="BoxText", name="Box Text", after=0, keep=True),
        replace(table, style_id="TableHead", name="Table Head", bold=True),
        table,
        replace(table, style_id="TableSmall", name="Table Small", size=kind.small, after=1),
        Style("Footer", "footer", kind.small, after=0, line=1.15),
    )


def style_xml(style: Style) -> str:
    """Write a paragraph style in the order that Word's schema asks."""
    base = "" if style.style_id == "Normal" else '<w:basedOn w:val="Normal"/>'
    following = '<w:next w:val="Normal"/>' if style.level else ""
    default = ' w:default="1"' if style.style_id == "Normal" else ""
    keep = "<w:keepNext/><w:keepLines/>" if style.level else "<w:keepLines/>" if style.keep else ""
    number = f'<w:numPr><w:numId w:val="{style.number}"/></w:numPr>' if style.number else ""
    edge = f'<w:bottom w:val="single" w:sz="12" w:space="3" w:color="{INK[1:]}"/>'
    rule = f"<w:pBdr>{edge}</w:pBdr>" if style.rule else ""
    tab = f'<w:tabs><w:tab w:val="left" w:pos="{_twips(style.tab)}"/></w:tabs>' if style.tab else ""
    outline = f'<w:outlineLvl w:val="{style.level - 1}"/>' if style.level else ""
    color = f'<w:color w:val="{INK[1:]}"/>'
    bold = "<w:b/><w:bCs/>" if style.bold else ""
    size = round(style.size * 2)
    return (
        f'<w:style {nsdecls("w")} w:type="paragraph"{default} w:styleId="{style.style_id}">'
        f'<w:name w:val="{style.name}"/>'
        f"{base}{following}<w:qFormat/><w:pPr>{keep}<w:widowControl/>{number}{rule}{tab}"
        f'<w:spacing w:before="{_twips(style.before)}" w:after="{_twips(style.after)}" '
        f'w:line="{round(style.line * 240)}" w:lineRule="auto"/>'
        f'<w:ind w:left="{_twips(style.left)}" w:hanging="{_twips(style.hanging)}"/>{outline}</w:pPr>'
        f'<w:rPr>{bold}{color}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr></w:style>'
    )


def table_style_xml(
    style_id: str, name: str, edges: tuple[str, ...], line: str, margins: tuple[int, int]
) -> str:
    """Write a table style: which edges are ruled, and how far the text stands from them (twips)."""
    order = ("top", "left", "bottom", "right", "insideH", "insideV")
    rules = "".join(
        f'<w:{edge} w:val="{line}" w:sz="{6 if line == "single" else 8}" w:space="0" w:color="{RULE[1:]}"/>'
        for edge in order
        if edge in edges
    )
    upright, across = margins
    sides = (("top", upright), ("left", across), ("bottom", upright), ("right", across))
    room = "".join(f'<w:{side} w:w="{width}" w:type="dxa"/>' for side, width in sides)
    return (
        f'<w:style {nsdecls("w")} w:type="table" w:styleId="{style_id}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="TableNormal"/><w:qFormat/><w:tblPr><w:tblBorders>{rules}</w:tblBorders>'
        f"<w:tblCellMar>{room}</w:tblCellMar></w:tblPr></w:style>"
    )


ALL_EDGES = ("top", "left", "bottom", "right", "insideH", "insideV")
TABLE_STYLES = (
    ("PageTable", "Page Table", ALL_EDGES, "single", (50, 100)),
    ("WritingLines", "Writing Lines", ("bottom", "insideH"), "single", (0, 100)),
    ("ScaleBoxes", "Scale Boxes", ALL_EDGES, "single", (0, 0)),
    ("CutCards", "Cut Cards", ALL_EDGES, "dashed", (110, 140)),
)
FONT = '<w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:eastAsia="Arial" w:cs="Arial"/>'
LATENT = (
    f'<w:latentStyles {nsdecls("w")} w:defLockedState="0" w:defUIPriority="99" w:defSemiHidden="1" '
    'w:defUnhideWhenUsed="1" w:defQFormat="0" w:count="376"/>'
)
KEPT = ("DefaultParagraphFont", "TableNormal", "NoList")


def _twips(points: float) -> int:
    return round(points * 20)


def fill_styles(root: Element, kind: Kind) -> None:
    """Keep three styles of the default and add ours."""
    for node in list(root):
        if node.get(w("styleId")) not in KEPT:
            root.remove(node)
    size = round(BODY * 2)
    defaults = (
        f"<w:docDefaults {nsdecls('w')}><w:rPrDefault><w:rPr>{FONT}"
        f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'
        '<w:lang w:val="en-US" w:eastAsia="en-US" w:bidi="ar-SA"/>'
        "</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>"
    )
    root.insert(0, parse_xml(defaults))
    root.insert(1, parse_xml(LATENT))
    for style in styles_of(kind):
        root.append(parse_xml(style_xml(style)))
    for table in TABLE_STYLES:
        root.append(parse_xml(table_style_xml(*table)))


def list_xml(number: str, style: str, kind: str, text: str, left: int) -> str:
    """Write the pattern of a list of one level; a number takes its text's font, a bullet one that has it."""
    look = f"<w:rPr>{FONT}</w:rPr>" if kind == "bullet" else ""
    return (
        f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number}"><w:multiLevelType w:val="singleLevel"/>'
        f'<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:pStyle w:val="{style}"/>'
        f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="{left}" w:hanging="{left}"/></w:pPr>'
        f"{look}</w:lvl></w:abstractNum>"
    )


def fill_numbering(root: Element) -> None:
    """Keep two lists: bullets and steps."""
    patterns = [list_xml(BULLETS, "ListBullet", "bullet", "\u2022", 360)]
    patterns += [list_xml(STEPS, "ListNumber", "decimal", "%1.", 480)]
    num = f'<w:num {nsdecls("w")} w:numId="{{0}}"><w:abstractNumId w:val="{{0}}"/></w:num>'
    nums = [num.format(number) for number in (BULLETS, STEPS)]
    root[:] = [parse_xml(text) for text in (*patterns, *nums)]


def field_xml(tag: str, number: int, hint: str, style: str = "") -> str:
    """Write a named field with a hint for whoever edits the template; it cannot be deleted by mistake."""
    look = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return (
        f'<w:sdt {nsdecls("w")}><w:sdtPr><w:alias w:val="{tag}"/><w:tag w:val="{tag}"/>'
        f'<w:id w:val="{number}"/><w:lock w:val="sdtLocked"/></w:sdtPr>'
        f"<w:sdtContent><w:p>{look}<w:r><w:t>{hint}</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    )


BODY_HINT = "The page comes here. Put a logo or a line of your own above or below this field."
FOOTER_HINT = "The footer lines and the page number come here."


def section_xml(kind: Kind) -> str:
    """Write the paper: US Letter, its margins, and a border where there is one."""
    size = 'w:w="15840" w:h="12240" w:orient="landscape"' if kind.landscape else 'w:w="12240" w:h="15840"'
    sides = ("top", "left", "bottom", "right")
    margins = " ".join(f'w:{side}="{_twips(kind.margin)}"' for side in sides)
    rules = "".join(f'<w:{side} w:val="double" w:sz="6" w:space="24" w:color="{INK[1:]}"/>' for side in sides)
    border = f'<w:pgBorders w:offsetFrom="page">{rules}</w:pgBorders>' if kind.border else ""
    edge = _twips(kind.edge)
    return (
        f'<w:sectPr {nsdecls("w", "r")}><w:footerReference w:type="default" r:id="rId4"/><w:pgSz {size}/>'
        f'<w:pgMar {margins} w:header="{edge}" w:footer="{edge}" w:gutter="0"/>{border}</w:sectPr>'
    )


HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def fonts_xml() -> str:
    """Write the fonts in use: Arial for text, MS Gothic for check boxes."""
    fonts = "".join(f'<w:font w:name="{name}"/>' for name in ("Arial", "MS Gothic"))
    return f"{HEAD}<w:fonts {nsdecls('w')}>{fonts}</w:fonts>"


def theme_xml(document: docx.document.Document) -> bytes:
    """Return the default's theme with Arial for headings and body, so that a new style fits in."""
    theme = next(part for part in document.part.package.iter_parts() if part.partname.endswith("theme1.xml"))
    return re.sub(rb'<a:latin typeface="[^"]*"', b'<a:latin typeface="Arial"', theme.blob)


def _part(name: str, content_type: str, data: bytes) -> Part:
    return Part(PackURI(f"/word/{name}.xml"), content_type, data)


def template_bytes(kind: Kind) -> bytes:
    """Make one template."""
    document = docx.Document()
    main, package = document.part, document.part.package
    fill_styles(document.styles.element, kind)
    fill_numbering(main.numbering_part.element)
    footer = parse_xml(f"<w:ftr {nsdecls('w')}>{field_xml('footer', 2, FOOTER_HINT, 'Footer')}</w:ftr>")
    edge = FooterPart(PackURI("/word/footer1.xml"), CONTENT_TYPE.WML_FOOTER, footer, package)
    linked = {
        RELATIONSHIP_TYPE.STYLES: main.part_related_by(RELATIONSHIP_TYPE.STYLES),
        RELATIONSHIP_TYPE.NUMBERING: main.numbering_part,
        RELATIONSHIP_TYPE.SETTINGS: main.part_related_by(RELATIONSHIP_TYPE.SETTINGS),
        RELATIONSHIP_TYPE.FOOTER: edge,
        RELATIONSHIP_TYPE.FONT_TABLE: _part("fontTable", CONTENT_TYPE.WML_FONT_TABLE, fonts_xml().encode()),
        RELATIONSHIP_TYPE.THEME: _part("theme/theme1", CONTENT_TYPE.OFC_THEME, theme_xml(document)),
    }
    main.rels.clear()
    for purpose, part in linked.items():
        main.relate_to(part, purpose)
    body = document.element.body
    for node in list(body):
        body.remove(node)
    body.append(parse_xml(field_xml("body", 1, BODY_HINT)))
    body.append(parse_xml(section_xml(kind)))
    for key, relation in list(package.rels.items()):
        if relation.target_part is not main:
            del package.rels[key]
    properties = start_properties(document)
    parts = {name: pack(data) for name, data in unzipped(save(document)).items()}
    parts["word/settings.xml"] = settings_part("en-US")
    parts[CORE] = properties_part(properties, kind.name.capitalize(), "en-US")
    return write_package(parts)


def main(folder: Path) -> None:
    """Write all templates into a folder."""
    for kind in KINDS:
        (folder / f"{kind.name}.docx").write_bytes(template_bytes(kind))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent.parent / "templates")
