"""Shorten a text to its first whole sentences; a quotation is never left open."""

from __future__ import annotations

import re
from typing import Final

_SENTENCE_END: Final = re.compile(r"(?<=[.!?])[\"')]*\s+(?=[\"'(]?[A-Z0-9])")


def excerpt(text: str, words: int) -> str:
    """Keep as many whole sentences as fit in so many words, the first one in any case."""
    ends = [found.end() for found in _SENTENCE_END.finditer(text)]
    cuts = [text[:end].rstrip() for end in (*ends, len(text))]
    whole = [cut for cut in cuts if cut.count('"') % 2 == 0] or [text.rstrip()]
    if text.startswith('"') and text.rstrip().endswith('"'):
        whole = [_closed(cut) for cut in cuts]
    fitting = [cut for cut in whole if len(cut.split()) <= words]
    return fitting[-1] if fitting else whole[0]


def _closed(cut: str) -> str:
    """Close the quotation that a cut leaves open."""
    return cut if cut.count('"') % 2 == 0 else f'{cut}"'
