"""Build the tables that a notebook shows: captions, headers for columns and rows, safe text, inline styles.

JupyterLab keeps captions, scopes and these styles also in a notebook that nobody trusts yet; style sheets it
takes away.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from html import escape
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from iop_sessions.ground.blocks import clean
from iop_sessions.ground.colors import INK

if TYPE_CHECKING:
    from IPython.display import HTML

_FONT = "font-family:Arial,sans-serif;font-size:13px"
_EDGE = "#B0B0B0"


@dataclass(frozen=True)
class Field:
    """What stands in one field of a table: lines of plain text, the first ones bold, and looks of its own."""

    lines: tuple[str, ...]
    bold: int = 0  # how many of its first lines
    looks: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


ONE_LINE: Final = MappingProxyType({"white-space": "nowrap"})
"""The looks of a field whose words stay together."""


def table(
    caption: str, head: Iterable[str | Field], rows: Iterable[Iterable[str | Field]], width: str = ""
) -> str:
    """Return a table as HTML; the first field of each row is its header.

    Parameters
    ----------
    width
        Its width, such as 500px. Default: what its words need.
    """
    top = "".join(_field("th", name, scope="col") for name in head)
    body = "".join(f"<tr>{_row(row)}</tr>" for row in rows)
    looks = f"border-collapse:collapse;{_FONT};margin:0 0 10px" + (f";width:{width}" if width else "")
    title = f'<caption style="text-align:left;font-weight:bold;padding:4px 0">{_text(caption)}</caption>'
    title = title if caption else ""
    return f'<table style="{looks}">{title}<thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>'


def listing(title: str, items: Iterable[str]) -> str:
    """Return a short list under a bold line; nothing where there are no items.

    Parameters
    ----------
    items
        Its lines. One that begins with a hyphen stands below the line before it.
    """
    groups: list[list[str]] = []
    for each in items:
        if each.lstrip().startswith("- ") and groups:
            groups[-1].append(each.lstrip().removeprefix("- "))
        else:
            groups.append([each])
    if not groups:
        return ""
    lines = [_text(first) + (_list(map(_text, below)) if below else "") for first, *below in groups]
    return f'<p style="{_FONT};font-weight:bold;margin:6px 0 2px">{_text(title)}</p>{_list(lines)}'


def _list(lines: Iterable[str]) -> str:
    inner = "".join(f'<li style="margin:0 0 3px">{each}</li>' for each in lines)
    return f'<ul style="{_FONT};margin:0 0 10px;padding-left:22px">{inner}</ul>'


def sentence(words: str) -> str:
    """Return a sentence as a paragraph."""
    return f'<p style="{_FONT};margin:0 0 8px">{_text(words)}</p>'


def side_by_side(tables: Iterable[str], width: str) -> str:
    """Set tables beside each other where the window is wide enough, else one above the other."""
    box = f"display:inline-block;vertical-align:top;width:{width};max-width:100%;margin:0 16px 0 0"
    return "<div>" + "".join(f'<div style="{box}">{each}</div>' for each in tables) + "</div>"


def as_html(text: str) -> HTML:
    """Wrap HTML for the notebook, whose saved text then is the same at every run."""
    from IPython.display import HTML

    return HTML(text)


def _row(row: Iterable[str | Field]) -> str:
    first, *others = row
    return _field("th", first, scope="row") + "".join(_field("td", each) for each in others)


def _field(tag: str, what: str | Field, scope: str = "") -> str:
    filled = what if isinstance(what, Field) else Field((what,))
    looks = {
        "border": f"1px solid {_EDGE}", "padding": "3px 7px", "text-align": "left", "vertical-align": "top",
        "white-space": "normal",
    }  # fmt: skip
    looks |= {"color": INK} if "background-color" in filled.looks else {}
    style = ";".join(f"{name}:{value}" for name, value in (looks | dict(filled.looks)).items())
    lines = (
        f"<strong>{_text(each)}</strong>" if number < filled.bold else _text(each)
        for number, each in enumerate(filled.lines)
        if each
    )
    about = f' scope="{scope}"' if scope else ""
    return f'<{tag}{about} style="{style}">{"<br>".join(lines)}</{tag}>'


def _text(words: str) -> str:
    return escape(clean(words))
