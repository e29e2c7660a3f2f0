"""Work out what a run finally looks like: its own properties, its styles', the document's defaults."""

from __future__ import annotations

from collections.abc import Iterator

from iop_sessions.formats.word.xml import Element, w

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


def text_of(node: Element) -> str:
    """Return the words in an element; tabs and breaks count as spaces."""
    pieces = (
        piece.text or "" if piece.tag == w("t") else " " for piece in node.iter(w("t"), w("tab"), w("br"))
    )
    return "".join(pieces)


def runs_of(paragraph: Element) -> list[Element]:
    """Return the runs of a paragraph that show words."""
    return [
        run for run in paragraph.iter(w("r")) if any((node.text or "").strip() for node in run.iter(w("t")))
    ]


def inside_table(paragraph: Element) -> bool:
    """Tell whether a paragraph stands in a table."""
    return next(paragraph.iterancestors(w("tc")), None) is not None
