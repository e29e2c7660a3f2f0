"""Work out what a run, a style or a template finally looks like: font, color, ground, size."""

from __future__ import annotations

import colorsys
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from iop_sessions.formats.word.opening import STYLES
from iop_sessions.formats.word.package import Element, w
from iop_sessions.formats.word.template_faults import is_on
from iop_sessions.ground.colors import WHITE

_OFF = ("0", "false", "off")


class Styles:
    """The style sheet of a document, asked for the effective value of a property."""

    def __init__(self, root: Element) -> None:
        self._by_id = {style.get(w("styleId"), ""): style for style in root.findall(w("style"))}
        defaults = root.find(f"{w('docDefaults')}/{w('rPrDefault')}/{w('rPr')}")
        self._defaults = defaults
        self._known: dict[tuple[str, str, tuple[str, ...]], Element | None] = {}
        self._asked: tuple[Element, Element | None, tuple[str, ...]] | None = None
        self._normal = next(
            (
                each
                for each, style in self._by_id.items()
                if style.get(w("default")) and style.get(w("type")) == "paragraph"
            ),
            "",
        )

    def chain(self, style_id: str) -> Iterator[Element]:
        """Yield a style and those it is based on."""
        seen: set[str] = set()
        while style_id in self._by_id and style_id not in seen:
            seen.add(style_id)
            style = self._by_id[style_id]
            yield style
            based = style.find(w("basedOn"))
            style_id = based.get(w("val"), "") if based is not None else ""

    def style_of(self, paragraph: Element) -> str:
        """Return the id of a paragraph's style."""
        return _named(paragraph, "pPr", "pStyle") or self._normal

    def paragraph_property(self, paragraph: Element, name: str) -> Element | None:
        """Return the effective paragraph property, such as ``outlineLvl``."""
        own = paragraph.find(f"{w('pPr')}/{w(name)}")
        return own if own is not None else self._inherited("pPr", name, (self.style_of(paragraph),))

    def run_property(self, paragraph: Element, run: Element, name: str) -> Element | None:
        """Return the effective run property, such as ``sz``.

        A run's own comes first, then its style's, its paragraph's, its table's, and the document's defaults.
        """
        about, style_ids = self._worn(paragraph, run)
        own = about.find(w(name)) if about is not None else None
        if own is not None:
            return own
        found = self._inherited("rPr", name, style_ids)
        if found is None and self._defaults is not None:
            found = self._defaults.find(w(name))
        return found

    def _worn(self, paragraph: Element, run: Element) -> tuple[Element | None, tuple[str, ...]]:
        """Return a run's own properties and its styles' ids; kept for the run that is asked about next."""
        if self._asked is None or self._asked[0] is not run:
            table = next(paragraph.iterancestors(w("tbl")), None)
            around = _named(table, "tblPr", "tblStyle") if table is not None else ""
            style_ids = (_named(run, "rPr", "rStyle"), self.style_of(paragraph), around)
            self._asked = (run, run.find(w("rPr")), style_ids)
        return self._asked[1], self._asked[2]

    def _inherited(self, holder: str, name: str, style_ids: tuple[str, ...]) -> Element | None:
        """Return a property of the first style that has it; looked up once, for a page asks it often."""
        key = (holder, name, style_ids)
        if key not in self._known:
            styles = (style for style_id in style_ids for style in self.chain(style_id))
            found = (style.find(f"{w(holder)}/{w(name)}") for style in styles)
            self._known[key] = next((each for each in found if each is not None), None)
        return self._known[key]

    def is_on(self, paragraph: Element, run: Element, name: str) -> bool:
        """Tell whether a run is bold, italic and so on."""
        found = self.run_property(paragraph, run, name)
        return found is not None and found.get(w("val"), "1") not in _OFF

    def points(self, paragraph: Element, run: Element) -> float:
        """Return the size of a run's type; 0 where it is no size."""
        found = self.run_property(paragraph, run, "sz")
        half_points = found.get(w("val"), "") if found is not None else "20"  # Word's own where nobody says
        return int(half_points) / 2 if half_points.isdecimal() else 0.0

    def level(self, paragraph: Element) -> int:
        """Return a heading's level, 0 for text."""
        found = self.paragraph_property(paragraph, "outlineLvl")
        value = found.get(w("val"), "") if found is not None else ""
        return int(value) + 1 if value.isdecimal() and int(value) < 9 else 0


def _named(node: Element, holder: str, name: str) -> str:
    """Return the style that a run, paragraph or table names; empty where it names none."""
    found = node.find(f"{w(holder)}/{w(name)}")
    return found.get(w("val"), "") if found is not None else ""


def runs_of(paragraph: Element) -> list[Element]:
    """Return the runs of a paragraph that show words."""
    return [
        run for run in paragraph.iter(w("r")) if any((node.text or "").strip() for node in run.iter(w("t")))
    ]


_THEME = "word/theme/theme1.xml"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_HEX = re.compile(r"[0-9A-Fa-f]{6}")
_WORDS_FONT = "Times New Roman"  # what Word takes where no font is named
_SLOTS = {
    "text1": "dk1", "dark1": "dk1", "text2": "dk2", "dark2": "dk2", "background1": "lt1", "light1": "lt1",
    "background2": "lt2", "light2": "lt2", "hyperlink": "hlink", "followedHyperlink": "folHlink",
}  # fmt: skip


@dataclass(frozen=True)
class TextLook:
    """How some text looks."""

    font: str
    points: float
    color: str  # empty where Word chooses one that can be read
    ground: str
    slanted: bool
    capitals: bool
    aligned: str


class Looks:
    """The style sheet and the theme of a template."""

    def __init__(self, trees: Mapping[str, Element]) -> None:
        self._styles = Styles(trees[STYLES])
        self._theme = trees.get(_THEME)
        self._defaults = trees[STYLES].find(f"{w('docDefaults')}/{w('rPrDefault')}/{w('rPr')}")

    def of_style(self, style_id: str) -> TextLook:
        """Return how text of a paragraph style looks."""
        chain = list(self._styles.chain(style_id))

        def find(name: str, group: str = "rPr") -> Element | None:
            found = (style.find(f"{w(group)}/{w(name)}") for style in chain)
            first = next((each for each in found if each is not None), None)
            if first is None and group == "rPr" and self._defaults is not None:
                return self._defaults.find(w(name))
            return first

        return self._look(find, [find("shd", "pPr")], find("jc", "pPr"))

    def of_run(self, paragraph: Element, run: Element) -> TextLook:
        """Return how a run of words looks where it stands."""

        def find(name: str) -> Element | None:
            return self._styles.run_property(paragraph, run, name)

        cell = next(paragraph.iterancestors(w("tc")), None)
        shades = [find("shd"), self._styles.paragraph_property(paragraph, "shd")]
        shades.append(cell.find(f"{w('tcPr')}/{w('shd')}") if cell is not None else None)
        return self._look(find, shades, self._styles.paragraph_property(paragraph, "jc"))

    def _look(
        self,
        find: Callable[[str], Element | None],
        shades: Iterable[Element | None],
        aligned: Element | None,
    ) -> TextLook:
        return TextLook(
            font=self._font(find("rFonts")),
            points=_points(find("sz")),
            color=self._color(find("color")),
            ground=next((ground for ground in map(self._ground, shades) if ground), WHITE),
            slanted=is_on(find("i")),
            capitals=is_on(find("caps")) or is_on(find("smallCaps")),
            aligned=aligned.get(w("val"), "") if aligned is not None else "",
        )

    def _font(self, fonts: Element | None) -> str:
        if fonts is None:
            return _WORDS_FONT
        themed = fonts.get(w("asciiTheme")) or fonts.get(w("hAnsiTheme")) or ""
        if themed and self._theme is not None:
            part = "major" if themed.startswith("major") else "minor"
            latin = self._theme.find(f".//{_DRAWING}{part}Font/{_DRAWING}latin")
            return latin.get("typeface", "") if latin is not None else _WORDS_FONT
        return fonts.get(w("ascii")) or fonts.get(w("hAnsi")) or _WORDS_FONT

    def _color(self, node: Element | None, value: str = "val", prefix: str = "theme") -> str:
        if node is None:
            return ""
        themed = self._theme_color(node.get(w(f"{prefix}Color" if prefix == "theme" else prefix), ""))
        if themed:
            return _toned(themed, node.get(w(f"{prefix}Tint"), ""), node.get(w(f"{prefix}Shade"), ""))
        written = node.get(w(value), "")
        return f"#{written.upper()}" if _HEX.fullmatch(written) else ""

    def _ground(self, shade: Element | None) -> str:
        return self._color(shade, "fill", "themeFill")

    def _theme_color(self, name: str) -> str:
        """Return one of the theme's colours; empty when it has none of this name."""
        if not name or self._theme is None:
            return ""
        slot = self._theme.find(f".//{_DRAWING}clrScheme/{_DRAWING}{_SLOTS.get(name, name)}")
        values = [] if slot is None else [each.get("lastClr") or each.get("val") or "" for each in slot]
        return next((f"#{value.upper()}" for value in values if _HEX.fullmatch(value)), "")


def _points(size: Element | None) -> float:
    written = size.get(w("val"), "") if size is not None else ""
    return int(written) / 2 if written.isdecimal() else 10.0  # what Word takes where no size is written


def _toned(color: str, tint: str, shade: str) -> str:
    """Lighten or darken a theme's colour as Word does: by its lightness, in 255ths."""
    red, green, blue = (int(color[place : place + 2], 16) / 255 for place in (1, 3, 5))
    hue, light, saturation = colorsys.rgb_to_hls(red, green, blue)
    if shade:
        light *= int(shade, 16) / 255
    if tint:
        light = 1 - (1 - light) * int(tint, 16) / 255
    mixed = colorsys.hls_to_rgb(hue, light, saturation)
    return "#" + "".join(f"{round(channel * 255):02X}" for channel in mixed)
