"""Measure how hard a text is to read, without a curriculum around it."""

from __future__ import annotations

from collections.abc import Iterable

from iop_sessions.curriculum.language import Reading, Unit, _reading, _sentences
from iop_sessions.ground.errors import Place


def flesch_kincaid(units: Iterable[str]) -> Reading:
    """Measure English text, one unit a paragraph, list item or table cell."""
    return _measured(units, "en")


def inflesz(units: Iterable[str]) -> Reading:
    """Measure Spanish text, one unit a paragraph, list item or table cell."""
    return _measured(units, "es")


def _measured(units: Iterable[str], language: str) -> Reading:
    return _reading(_sentences((Unit(text, Place()) for text in units), language), language)
