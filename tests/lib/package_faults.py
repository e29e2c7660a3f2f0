"""Faults of a Word package as a whole: what each is, how it is planted, who finds it, what our audit says."""

from __future__ import annotations

from tests.lib.planting import (
    CORE,
    DOCUMENT,
    FOOTER,
    NUMBERING,
    PACKAGE,
    PICTURE,
    RELATIONS,
    STYLES,
    TYPES,
    Change,
    Fault,
    all_of,
    cut_short,
    doubled,
    drop,
    edit,
    marked,
    noted,
    put,
    saying,
    spoilt,
    stamped,
    unchanged,
)

BOTH, OURS, THEIRS, NEITHER = "both", "our audit", "openxml-audit", "neither"

MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml."
KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MICROSOFT = "http://schemas.microsoft.com/office/2006/relationships"
RELS_TYPE = "application/vnd.openxmlformats-package.relationships+xml"
CORE_KIND = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"


def related(part: str, kind: str, target: str, more: str = "") -> Change:
    """Relate the document or the package to one more part."""
    xml = f'<Relationship Id="rId90" Type="{kind}" Target="{target}"{more}/>'
    return edit(part, "</Relationships>", f"{xml}</Relationships>")


def typed(xml: str) -> Change:
    """Give one more content type."""
    return edit(TYPES, "</Types>", f"{xml}</Types>")


# fmt: off
UNREAD = "archive: it cannot be read"
ARCHIVE = (
    Fault("The end of the file is lost", unchanged, BOTH, UNREAD, cut_short),
    Fault("A byte has changed", unchanged, BOTH, UNREAD, spoilt),
    Fault("The file is no archive", unchanged, BOTH, UNREAD, saying(b"Dear all,")),
    Fault("The file is empty", unchanged, BOTH, UNREAD, saying(b"")),
    Fault("A part is encrypted", unchanged, BOTH, UNREAD, marked(6, 1)),
    Fault("A part is compressed in an unknown way", unchanged, BOTH, UNREAD, marked(8, 99)),
    Fault("A part is there twice", unchanged, OURS, "archive: the part word/styles.xml is there twice",
          doubled(STYLES, STYLES)),
    Fault("The names of two parts differ in capitals alone", unchanged,
          OURS, "archive: the part word/Styles.xml is there twice", doubled(STYLES, "word/Styles.xml")),
    Fault("A part's name has a backslash", unchanged,
          OURS, r"[Content_Types].xml: no content type for word\styles.xml",
          doubled(STYLES, "word\\styles.xml")),
    Fault("A part's name leads out of the document", unchanged,
          OURS, "[Content_Types].xml: no content type for ../styles.xml", doubled(STYLES, "../styles.xml")),
    Fault("A part of no known type lies in it", put("notes.txt", "call Sam"),
          OURS, "[Content_Types].xml: no content type for notes.txt"),
    Fault("The archive carries a comment", unchanged, OURS, "archive: it tells more than its parts", noted),
    Fault("The archive tells when it was written", unchanged,
          OURS, "archive: it tells when it was written", stamped),
)

PACKING = (
    Fault("The content types are missing", drop(TYPES), BOTH, "[Content_Types].xml: missing or unreadable"),
    Fault("The package's relations are missing", drop(PACKAGE),
          BOTH, "_rels/.rels: no relation leads to the properties"),
    Fault("The document is missing", drop(DOCUMENT), BOTH, "word/document.xml: missing or unreadable"),
    Fault("The document's relations are missing", drop(RELATIONS),
          THEIRS),
    Fault("The styles are missing", drop(STYLES), BOTH, "word/styles.xml: missing or unreadable"),
    Fault("The lists are missing", drop(NUMBERING),
          BOTH, "[Content_Types].xml: word/numbering.xml is not in the package"),
    Fault("The footer is missing", drop(FOOTER),
          BOTH, "[Content_Types].xml: word/footer1.xml is not in the package"),
    Fault("A picture is missing", drop(PICTURE),
          THEIRS),
    Fault("The properties are missing", drop(CORE), BOTH, "docProps/core.xml: missing or unreadable"),
    Fault("A part has no content type", edit(TYPES, "/word/styles.xml", "/word/stiles.xml"),
          BOTH, "[Content_Types].xml: no content type for word/styles.xml"),
    Fault("Pictures have no content type", edit(TYPES, 'Extension="png"', 'Extension="jpg"'),
          OURS, "[Content_Types].xml: no content type for word/media/image1.png"),
    Fault("Relations have no content type",
          edit(TYPES, f'<Default Extension="rels" ContentType="{RELS_TYPE}"/>', ""), OURS,
          "[Content_Types].xml: no content type for _rels/.rels"),
    Fault("A content type is of a part that is not there",
          typed('<Override PartName="/word/gone.xml" ContentType="application/xml"/>'), OURS,
          "[Content_Types].xml: word/gone.xml is not in the package"),
    Fault("A part has two content types",
          typed(f'<Override PartName="/word/styles.xml" ContentType="{MAIN}styles+xml"/>'), OURS,
          "[Content_Types].xml: word/styles.xml is listed twice"),
    Fault("An ending has two content types", typed('<Default Extension="png" ContentType="image/jpeg"/>'),
          BOTH, "[Content_Types].xml: png is listed twice"),
    Fault("A part's name in the content types has no slash",
          edit(TYPES, 'PartName="/word/styles.xml"', 'PartName="word/styles.xml"'), BOTH,
          "word/_rels/document.xml.rels: the target styles.xml is no styles by its content type"),
    Fault("The content types hold something else", typed("<Flower/>"), NEITHER),
    Fault("The document is typed as a template", edit(TYPES, "document.main+xml", "template.main+xml"),
          BOTH, "_rels/.rels: the target word/document.xml is no officeDocument by its content type"),
    Fault("The document is typed as one with macros",
          edit(TYPES, f"{MAIN}document.main+xml", "application/vnd.ms-word.document.macroEnabled.main+xml"),
          BOTH, "_rels/.rels: the target word/document.xml is no officeDocument by its content type"),
    Fault("The footer is typed as a header", edit(TYPES, "footer+xml", "header+xml"),
          OURS, "word/_rels/document.xml.rels: the target footer1.xml is no footer by its content type"),
    Fault("The styles are typed as any XML", edit(TYPES, f"{MAIN}styles+xml", "application/xml"),
          BOTH, "word/_rels/document.xml.rels: the target styles.xml is no styles by its content type"),
    Fault("A relation leads to a part that is not there", edit(RELATIONS, "styles.xml", "stiles.xml"),
          THEIRS),
    Fault("Two relations have one id", edit(RELATIONS, 'Id="rId2"', 'Id="rId1"'),
          THEIRS),
    Fault("A relation has no id", edit(RELATIONS, 'Id="rId5" ', ""),
          THEIRS),
    Fault("A footer's relation does not exist", edit(DOCUMENT, 'r:id="rId4"', 'r:id="rId9"'),
          THEIRS),
    Fault("A picture's relation does not exist", edit(DOCUMENT, 'r:embed="rId7"', 'r:embed="rId70"'),
          THEIRS),
    Fault("A link's relation does not exist", edit(DOCUMENT, 'r:id="rId8"', 'r:id="rId80"'),
          THEIRS),
    Fault("A footer's relation is a header's", edit(RELATIONS, f"{KIND}/footer", f"{KIND}/header"),
          BOTH, "word/_rels/document.xml.rels: the target footer1.xml is no header by its content type"),
    Fault("A picture's relation is a theme's", edit(RELATIONS, f"{KIND}/image", f"{KIND}/theme"),
          BOTH, "word/_rels/document.xml.rels: two relations lead to the theme"),
    Fault("A header is used that is a footer", edit(DOCUMENT, "w:footerReference", "w:headerReference"),
          THEIRS),
    Fault("The package does not say which part is the document",
          edit(PACKAGE, f"{KIND}/officeDocument", f"{KIND}/other"), BOTH,
          "_rels/.rels: the target word/document.xml is no other by its root"),
    Fault("The package has two sets of properties", related(PACKAGE, CORE_KIND, "docProps/core.xml"),
          OURS, "_rels/.rels: two relations lead to the core-properties"),
    Fault("The document has two sets of styles", related(RELATIONS, f"{KIND}/styles", "styles.xml"),
          OURS, "word/_rels/document.xml.rels: two relations lead to the styles"),
    Fault("A link outside is marked as a part", edit(RELATIONS, ' TargetMode="External"', ""),
          THEIRS),
    Fault("A template elsewhere is attached",
          related(RELATIONS, f"{KIND}/attachedTemplate", "file:///C:/our.dotx", ' TargetMode="External"'),
          OURS, "word/_rels/document.xml.rels: the relation rId90 leads out of the document"),
    Fault("It holds macros", all_of(
        put("word/vbaProject.bin", "macros"),
        typed('<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/>'),
        related(RELATIONS, f"{MICROSOFT}/vbaProject", "vbaProject.bin")),
          BOTH, "word/vbaProject.bin: a program"),
)
# fmt: on
