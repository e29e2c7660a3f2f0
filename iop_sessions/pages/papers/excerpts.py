"""Shorten a text to its first whole sentences; a quotation is never left open."""

from __future__ import annotations

import re
from typing import Final

_SENTENCE_END: Final = re.compile(
    r"(?<=[.!?])[\"')”»]*\s+(?=[\"'(“«]?[¿¡]?[A-ZÁÉÍÓÚÜÑ0-9])"  # Spanish opens with ¿ and ¡
)
_QUOTES: Final = {'"': '"', "“": "”", "«": "»"}
_CURVED: Final = (("“", "”"), ("«", "»"))


def excerpt(text: str, words: int) -> str:
    """Keep as many whole sentences as fit in so many words, the first one in any case."""
    ends = [found.end() for found in _SENTENCE_END.finditer(text)]
    cuts = [text[:end].rstrip() for end in (*ends, len(text))]
    whole = [cut for cut in cuts if not _is_open(cut)] or [text.rstrip()]
    if text[:1] in _QUOTES and text.rstrip().endswith(_QUOTES[text[0]]):
        whole = [_closed(cut) for cut in cuts]
    fitting = [cut for cut in whole if len(cut.split()) <= words]
    return fitting[-1] if fitting else whole[0]


def _is_open(cut: str) -> bool:
    return cut.count('"') % 2 == 1 or any(cut.count(first) > cut.count(last) for first, last in _CURVED)


def _closed(cut: str) -> str:
    """Close the quotation that a cut leaves open."""
    return f"{cut}{_QUOTES[cut[0]]}" if _is_open(cut) else cut
