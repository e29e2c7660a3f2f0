"""Say which templates pages are drawn on, and warn of what in one a reader would not thank for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from iop_sessions.formats.word import guard
from iop_sessions.formats.word.guard import Fault, TemplateFault, instructions_in
from iop_sessions.formats.word.looks import Looks, TextLook, runs_of
from iop_sessions.formats.word.opening import FONTS, MAIN, SETTINGS, STYLES
from iop_sessions.formats.word.package import COMPATIBILITY, Element, text_of, w
from iop_sessions.formats.word.template import OpenTemplate, open_template
from iop_sessions.formats.word.template_faults import FIELDS, PARAGRAPH_STYLES, controls_of, is_on, style_ids
from iop_sessions.ground.colors import LEAST_CONTRAST, contrast
from iop_sessions.ground.errors import Problem, did_you_mean, errors_of
from iop_sessions.ground.fields import HandoutKind
from iop_sessions.pages.kinds import DECLARED

FAMILIES = ("agenda", "coverage", "guide", "handout")
"""Every workspace has these; a page whose own template is not there takes its family's."""
_MADE_FOR = {kind.template: kind for kind in DECLARED.values() if kind.template}
STAFF = frozenset(name for name, kind in _MADE_FOR.items() if kind.audience == "staff")
"""Papers that clients do not get: small print may be smaller."""
OWN = tuple(sorted({*get_args(HandoutKind), *_MADE_FOR} - {"external", *FAMILIES}))
"""The templates that a clinic may make for one kind of page: a kind of handout, or one of the papers."""


def templates_in(folder: Path) -> list[Path]:
    """List the templates of a workspace, the families' also where they are missing."""
    made = {path.name for path in folder.glob("*.docx") if not path.name.startswith((".", "~$"))}
    return [folder / name for name in sorted(made | {f"{family}.docx" for family in FAMILIES})]


def strays_in(folder: Path) -> list[Path]:
    """List the files of a templates folder that were saved in a form that no page is drawn on."""
    forms = (".doc", ".docm", ".dot", ".dotm", ".dotx", ".odt", ".rtf")
    return [path for path in sorted(folder.glob("*")) if path.suffix.casefold() in forms]


_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_VML = "{urn:schemas-microsoft-com:vml}"
_FILE_NAME = re.compile(r"\S+\.(?:png|jpe?g|gif|svg|bmp|tiff?|emf|wmf)", re.IGNORECASE)


def pictures_in(root: Element) -> list[Element]:
    """List the pictures of a part: what carries the words that stand for them."""
    drawn = [each for each in root.iter(f"{_WP}docPr") if not _is_spare(each)]
    old = [each.getparent() for each in root.iter(f"{_VML}imagedata") if not _is_spare(each)]
    return [*drawn, *(each for each in old if each is not None)]


def _is_spare(node: Element) -> bool:
    """Tell whether a picture is the spare copy that Word keeps for old readers."""
    return next(node.iterancestors(f"{{{COMPATIBILITY}}}Fallback"), None) is not None


def picture_faults(root: Element) -> Iterator[Fault]:
    """Yield what is wrong with the pictures of a part."""
    place = {w("hdr"): "header", w("ftr"): "footer"}.get(str(root.tag), "text")
    for picture in pictures_in(root):
        words = (picture.get("descr") or picture.get("alt") or "").strip()
        if not _is_decoration(picture) and (not words or _FILE_NAME.fullmatch(words)):
            remedy = "in Word: right-click it, View Alt Text, say what it shows or mark it as decorative"
            yield f"a picture in the {place} has no words that stand for it", remedy
    if next(root.iter(f"{_WP}anchor", w("txbxContent"), w("framePr")), None) is not None:
        remedy = "in Word: Layout Options, In Line with Text; put a text box's words into the page"
        yield f"a picture or text box floats in the {place}", remedy


def _is_decoration(picture: Element) -> bool:
    marks = (node for node in picture.iter() if str(node.tag).endswith("}decorative"))
    return any(node.get("val", "1") not in ("0", "false") for node in marks)


_LEAST_POINTS = {"clients": 12, "staff": 9}  # paper.md
_COMMON = {
    "Arial", "Arial Black", "Arial Narrow", "Calibri", "Calibri Light", "Cambria", "Candara",
    "Century Gothic", "Comic Sans MS", "Consolas", "Constantia", "Corbel", "Courier New", "Georgia",
    "Franklin Gothic Book", "Gill Sans MT", "Impact", "Symbol", "Tahoma", "Times New Roman", "Trebuchet MS",
    "Verdana", "Wingdings",
}  # fmt: skip
"""Fonts that Windows and macOS have, or that come with Word on both."""
_PERSONAL = {"AUTHOR", "FILENAME", "LASTSAVEDBY", "TEMPLATE", "USERADDRESS", "USERINITIALS", "USERNAME"}
_CLOCKED = {"CREATEDATE", "DATE", "EDITTIME", "PRINTDATE", "SAVEDATE", "TIME"}
_HEAVY = 1_000_000  # bytes; they are in every document


@dataclass(frozen=True)
class Checked:
    """What is wrong with a template, and what of it is used."""

    file: str
    problems: tuple[Problem, ...]
    fields: tuple[str, ...] = ()
    fonts: tuple[str, ...] = ()
    points: float = 0  # of body text
    pictures: int = 0

    @property
    def is_usable(self) -> bool:
        """Tell whether pages can be drawn on it."""
        return not errors_of(self.problems)


def check_template(path: Path) -> Checked:
    """List every fault and every warning of a template, and what of it is used."""
    place = guard.place_of(path)
    try:
        opened = open_template(path)
    except TemplateFault as fault:
        return Checked(str(place), fault.problems)
    if not {MAIN, STYLES} <= opened.trees.keys():
        return Checked(str(place), opened.problems)
    warnings = (*_name_warnings(path.stem), *find_warnings(path.stem, opened))
    problems = (*opened.problems, *(Problem(place, *each, level="warning") for each in warnings))
    return Checked(str(place), problems, *_facts(opened))


def stray_file(path: Path) -> Checked:
    """Name a file among the templates that was saved in a form no page is drawn on."""
    place = guard.place_of(path)
    remedy = "in Word: save it as 'Word Document (.docx)'"
    return Checked(
        str(place), (Problem(place, "no page is drawn on a file of this form", remedy, "warning"),)
    )


def _facts(opened: OpenTemplate) -> tuple[tuple[str, ...], tuple[str, ...], float, int]:
    looks, drawn = Looks(opened.trees), opened.drawn
    fields = tuple(name for name in FIELDS if any(controls_of(root, name) for root in drawn))
    points = looks.of_style(style_ids(opened.trees[STYLES]).get("Normal", "")).points
    return fields, tuple(_fonts(opened, looks)), points, sum(len(pictures_in(root)) for root in drawn)


def _name_warnings(name: str) -> Iterator[Fault]:
    known = (*FAMILIES, *OWN)
    if name not in known:
        names = ", ".join(known)
        yield (
            "no page is drawn on a template of this name",
            did_you_mean(name, known) or f"names are: {names}",
        )


def find_warnings(name: str, opened: OpenTemplate) -> Iterator[Fault]:
    """Yield what pages can be drawn with, but what a reader may stumble over."""
    trees, looks = opened.trees, Looks(opened.trees)
    bodies = len(controls_of(trees[MAIN], "body"))
    if bodies > 1:
        what = f"the named field 'body' is there {bodies} times; only the first is filled"
        yield what, "in Word: delete the others"
    yield from _font_warnings(opened, looks)
    yield from _style_warnings("staff" if name in STAFF else "clients", style_ids(trees[STYLES]), looks)
    yield from dict.fromkeys(_word_warnings(opened, looks))
    for root in opened.drawn:
        yield from picture_faults(root)
    yield from _weight_warnings(opened)
    yield from dict.fromkeys(_instruction_warnings(opened))
    yield from _page_warnings(trees)


def _font_warnings(opened: OpenTemplate, looks: Looks) -> Iterator[Fault]:
    table = opened.trees.get(FONTS)
    fonts = () if table is None else table.findall(w("font"))
    inside = {font.get(w("name"), "") for font in fonts if font.find(w("embedRegular")) is not None}
    for font in _fonts(opened, looks):
        if font not in _COMMON | inside:
            remedy = "in Word: choose Arial, or File, Options, Save, Embed fonts in the file"
            yield (
                f"the font '{font}' is not inside the file, and not on every Windows or Mac computer",
                remedy,
            )


def _fonts(opened: OpenTemplate, looks: Looks) -> dict[str, None]:
    """Return the fonts of the styles and of what staff wrote, each once, in order."""
    ids = style_ids(opened.trees[STYLES])
    styles = [looks.of_style(ids[name]) for name in PARAGRAPH_STYLES if name in ids]
    return dict.fromkeys(look.font for look in (*styles, *(look for look, _ in _written(opened, looks))))


def _written(opened: OpenTemplate, looks: Looks) -> Iterator[tuple[TextLook, str]]:
    """Yield the words that staff wrote around the fields, and how they look."""
    for root in opened.drawn:
        replaced = {
            node for field in FIELDS for each in controls_of(root, field) for node in each.iter(w("r"))
        }
        for paragraph in root.iter(w("p")):
            for run in runs_of(paragraph):
                if run not in replaced:
                    yield looks.of_run(paragraph, run), text_of(run).strip()[:30]


def _style_warnings(who: str, ids: Mapping[str, str], looks: Looks) -> Iterator[Fault]:
    """Yield what is small, faint or fancy in the styles that pages are drawn with."""
    least = _LEAST_POINTS[who]
    for name in PARAGRAPH_STYLES:
        if name not in ids:
            continue
        look, mend = looks.of_style(ids[name]), f"in Word: Modify Style '{name}', "
        if look.points < least:
            yield (
                f"the style '{name}' has {look.points:g} points; {who} need {least} or more",
                f"{mend}size {least}",
            )
        for what, remedy in _hard_to_read(look):
            yield f"the style '{name}' {what}", mend + remedy


def _word_warnings(opened: OpenTemplate, looks: Looks) -> Iterator[Fault]:
    for look, words in _written(opened, looks):
        for what, remedy in _hard_to_read(look):
            yield f"'{words}' {what}", f"in Word: select it, {remedy}"


def _hard_to_read(look: TextLook) -> Iterator[Fault]:
    ratio = contrast(look.color, look.ground) if look.color else LEAST_CONTRAST
    if ratio < LEAST_CONTRAST:
        on = "white" if look.ground == "#FFFFFF" else look.ground
        yield (
            f"is {look.color} on {on}: a contrast of {ratio:.1f}, less than {LEAST_CONTRAST:g}",
            "darker color",
        )
    if look.slanted:
        yield "is in italics", "no italics"
    if look.capitals:
        yield "is in capitals", "no capitals"
    if look.aligned not in ("", "left", "start"):
        yield "is not aligned left", "align left"


def _weight_warnings(opened: OpenTemplate) -> Iterator[Fault]:
    pictures = opened.document.part.package.image_parts if opened.document is not None else ()
    weight = sum(len(picture.blob) for picture in pictures)
    if weight > _HEAVY:
        what = f"the pictures weigh {weight / 1_000_000:.1f} MB, and are in every document"
        yield what, "in Word: Picture Format, Compress Pictures"


def _instruction_warnings(opened: OpenTemplate) -> Iterator[Fault]:
    """Yield the fields of Word's that tell of a person, a computer or the hour."""
    for word in _words_of(instruction for root in opened.drawn for instruction in instructions_in(root)):
        if word in _PERSONAL:
            yield f"the field {word} prints a name or a path of your computer", "in Word: delete it"
        elif word in _CLOCKED:
            yield f"the field {word} prints another day each time", "in Word: delete it, or write the day"
    if "PAGE" in _words_of(instruction for root in opened.edges for instruction in instructions_in(root)):
        remedy = "in Word: delete your own; the field 'footer' brings one"
        yield "the page's number is printed twice", remedy


def _words_of(instructions: Iterable[str]) -> list[str]:
    return [words[0].upper() for words in map(str.split, instructions) if words]


def _page_warnings(trees: Mapping[str, Element]) -> Iterator[Fault]:
    settings = trees.get(SETTINGS)
    if settings is not None and is_on(settings.find(w("evenAndOddHeaders"))):
        remedy = "in Word: Header & Footer, untick Different Odd & Even Pages"
        yield "odd and even pages differ; the header and footer of even pages are not used", remedy
    for columns in trees[MAIN].iterfind(f"{w('body')}/{w('sectPr')}/{w('cols')}"):
        if columns.get(w("num"), "1") != "1":
            yield "the text stands in columns, where tables do not fit", "in Word: Layout, Columns, One"
