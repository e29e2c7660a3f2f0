"""Do once in a process what the program does once in each of its own: build its verbs, read the same text.

Neither depends on anything but what it is given, and nobody changes what comes of it. There is a limit, for
properties draw texts that are never read again.
"""

from __future__ import annotations

from functools import cache, lru_cache

import pytest
import typer.main

from iop_sessions.curriculum import markdown

TEXTS = 2000


def remember(patch: pytest.MonkeyPatch) -> None:
    """Let the same text be read once, and the verbs be built once."""
    patch.setattr(typer.main, "get_command", cache(typer.main.get_command))
    for name in ("read_guide", "read_handout"):
        patch.setattr(markdown, name, lru_cache(TEXTS)(getattr(markdown, name)))
