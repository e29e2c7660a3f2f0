"""Do once in a process what the program does once in each of its own: build its verbs, read the same file.

Neither depends on anything but what it is given, and nobody changes what comes of it. There is a limit, for
properties draw texts that are never read again.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, lru_cache, partial

import pytest
import typer.main

from iop_sessions.curriculum import markdown
from iop_sessions.ground import tables

TEXTS = 2000


def remember(patch: pytest.MonkeyPatch) -> None:
    """Let the same text and the same table be read once, and the verbs be built once."""
    patch.setattr(typer.main, "get_command", cache(typer.main.get_command))
    patch.setattr(tables, "made_of", _made_once(tables.made_of))
    for name in ("read_guide", "read_handout"):
        patch.setattr(markdown, name, lru_cache(TEXTS)(getattr(markdown, name)))


def _made_once(made_of: Callable[..., object]) -> Callable[..., object]:
    """Make records once of the same bytes; rows are settled alike by the same function of the same values."""
    known: dict[object, object] = {}

    def made(record: object, data: bytes, name: str, settle: Callable[..., object]) -> object:
        told = (settle.func, settle.args) if isinstance(settle, partial) else settle
        key = (record, data, name, told)
        if key not in known:
            if len(known) == TEXTS:
                known.clear()
            known[key] = made_of(record, data, name, settle)
        return known[key]

    return made
