"""Work out what a template's styles and words look like: font, colour, ground, size; the theme's too."""

from __future__ import annotations

import colorsys
import re
from collections.abc import Mapping
from dataclasses import dataclass

from iop_sessions.formats.word.audit_styles import Styles
from iop_sessions.formats.word.template_faults import STYLES, is_on
from iop_sessions.formats.word.xml import Element, w
from iop_sessions.ground.colors import WHITE

_THEME = "word/theme/theme1.xml"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_HEX = re.compile(r"[0-9A-Fa-f]{6}")
_WORDS_FONT = "Times New Roman"  # what Word takes where no font is named
_SLOTS = {
    "text1": "dk1", "dark1": "dk1", "text2": "dk2", "dark2": "dk2", "background1": "lt1", "light1": "lt1",
    "background2": "lt2", "light2": "lt2", "hyperlink": "hlink", "followedHyperlink": "folHlink",
}  # fmt: skip


@dataclass(frozen=True)
class Look:
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

    def of_style(self, style_id: str) -> Look:
        """Return how text of a paragraph style looks."""
        chain = list(self._styles.chain(style_id))

        def find(name: str, group: str = "rPr") -> Element | None:
            found = (style.find(f"{w(group)}/{w(name)}") for style in chain)
            first = next((each for each in found if each is not None), None)
            if first is None and group == "rPr" and self._defaults is not None:
                return self._defaults.find(w(name))
            return first

        aligned = find("jc", "pPr")
        return Look(
            self._font(find("rFonts")),
            _points(find("sz")),
            self._color(find("color")),
            self._ground(find("shd", "pPr")) or WHITE,
            is_on(find("i")),
            is_on(find("caps")) or is_on(find("smallCaps")),
            aligned.get(w("val"), "") if aligned is not None else "",
        )

    def of_run(self, paragraph: Element, run: Element) -> Look:
        """Return how a run of words looks where it stands."""

        def find(name: str) -> Element | None:
            return self._styles.run_property(paragraph, run, name)

        aligned = self._styles.paragraph_property(paragraph, "jc")
        cell = next(paragraph.iterancestors(w("tc")), None)
        shades = [find("shd"), self._styles.paragraph_property(paragraph, "shd")]
        shades.append(cell.find(f"{w('tcPr')}/{w('shd')}") if cell is not None else None)
        return Look(
            self._font(find("rFonts")),
            _points(find("sz")),
            self._color(find("color")),
            next((ground for ground in map(self._ground, shades) if ground), WHITE),
            is_on(find("i")),
            is_on(find("caps")) or is_on(find("smallCaps")),
            aligned.get(w("val"), "") if aligned is not None else "",
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
