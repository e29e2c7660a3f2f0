"""Work out what a run finally looks like: its own properties, its styles', the document's defaults."""

from __future__ import annotations

from collections.abc import Iterator

from iop_sessions.word.xml import Element, w

_OFF = ("0", "false", "off")


class Styles:
    """The style sheet of a document, asked for the effective value of a property."""

    def __init__(self, root: Element) -> None:
        self._by_id = {style.get(w("styleId"), ""): style for style in root.findall(w("style"))}
        defaults = root.find(f"{w('docDefaults')}/{w('rPrDefault')}/{w('rPr')}")
        self._defaults = defaults
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
        found = paragraph.find(f"{w('pPr')}/{w('pStyle')}")
        return found.get(w("val"), "") if found is not None else self._normal

    def paragraph_property(self, paragraph: Element, name: str) -> Element | None:
        """Return the effective paragraph property, such as ``outlineLvl``."""
        sources = [paragraph, *self.chain(self.style_of(paragraph))]
        found = (source.find(f"{w('pPr')}/{w(name)}") for source in sources)
        return next((each for each in found if each is not None), None)

    def run_property(self, paragraph: Element, run: Element, name: str) -> Element | None:
        """Return the effective run property, such as ``sz``."""
        own = run.find(f"{w('rPr')}/{w('rStyle')}")
        character = own.get(w("val"), "") if own is not None else ""
        sources = [run, *self.chain(character), *self.chain(self.style_of(paragraph))]
        found = next(
            (each for each in (s.find(f"{w('rPr')}/{w(name)}") for s in sources) if each is not None), None
        )
        if found is None and self._defaults is not None:
            found = self._defaults.find(w(name))
        return found

    def is_on(self, paragraph: Element, run: Element, name: str) -> bool:
        """Tell whether a run is bold, italic and so on."""
        found = self.run_property(paragraph, run, name)
        return found is not None and found.get(w("val"), "1") not in _OFF

    def points(self, paragraph: Element, run: Element) -> float:
        """Return the size of a run's type."""
        found = self.run_property(paragraph, run, "sz")
        return int(found.get(w("val"), "20")) / 2 if found is not None else 10.0

    def level(self, paragraph: Element) -> int:
        """Return a heading's level, 0 for text."""
        found = self.paragraph_property(paragraph, "outlineLvl")
        value = int(found.get(w("val"), "9")) if found is not None else 9
        return value + 1 if value < 9 else 0


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
