"""Say which templates pages are drawn on: one for each family of pages, and one for each kind that asks."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

from iop_sessions.ground.fields import HandoutKind

FAMILIES = ("agenda", "coverage", "guide", "handout")
"""Every workspace has these; a page whose own template is not there takes its family's."""
STAFF = (
    "agenda",
    "audit",
    "brief",
    "change-notice",
    "chart",
    "coverage",
    "guide",
    "print-run",
    "sign-in",
    "start-here",
)
"""Papers that clients do not get: small print may be smaller."""
PAPERS = (
    "audit",
    "brief",
    "cards",
    "change-notice",
    "chart",
    "print-run",
    "sign-in",
    "start-here",
    "wall",
    "workbook",
)
OWN = tuple(sorted({*get_args(HandoutKind), *PAPERS} - {"external"}))
"""The templates that a clinic may make for one kind of page: a kind of handout, or one of the papers."""


def templates_in(folder: Path) -> list[Path]:
    """List the templates of a workspace, the families' also where they are missing."""
    made = {path.name for path in folder.glob("*.docx") if not path.name.startswith((".", "~$"))}
    return [folder / name for name in sorted(made | {f"{family}.docx" for family in FAMILIES})]


def strays_in(folder: Path) -> list[Path]:
    """List the files of a templates folder that were saved in a form that no page is drawn on."""
    forms = (".doc", ".docm", ".dot", ".dotm", ".dotx", ".odt", ".rtf")
    return [path for path in sorted(folder.glob("*")) if path.suffix.casefold() in forms]
