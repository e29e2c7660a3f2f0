"""Numbers and lists in English alone, as errors need them: short, for they speak before a label is read."""

from __future__ import annotations

from collections.abc import Iterable


def counted(number: int, one: str, many: str = "") -> str:
    """Write a number with its English noun, for what is English only: 1 week, 3 weeks."""
    return f"{number} {one if number == 1 else many or f'{one}s'}"


def joined(words: Iterable[object], word: str = "and") -> str:
    """Join words to an English list, for what is English only: F1, F2 and F3."""
    *first, last = [str(each) for each in words] or [""]
    return f"{', '.join(first)} {word} {last}" if first else last
