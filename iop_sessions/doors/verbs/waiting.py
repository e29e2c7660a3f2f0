"""Say every few seconds that the work goes on, where a verb would be silent."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

Say = Callable[[str], None]
SECONDS: Final = 4.0
"""How long a verb that has begun to talk is silent; ``IOP_PROGRESS_SECONDS`` sets another time, 0 none."""
LOOK: Final = 0.5
"""Seconds between two looks at the time."""


@dataclass
class Silence:
    """What was said last and when: from it comes what to say while nothing else is."""

    every: float
    began: float = 0.0
    spoke: float = 0.0
    last: str = ""

    def said(self, line: str, now: float) -> None:
        """Note a line of the work, at a moment in seconds."""
        self.began = self.began if self.last else now
        self.spoke, self.last = now, line

    def line(self, now: float) -> str:
        """Return that the work goes on, and on what; empty where it is too early to say so."""
        if not self.last or now - self.spoke < self.every:
            return ""
        self.spoke = now
        return f"Still at work after {round(now - self.began)} s. Last: {self.last}"


class Watch:
    """A watch over the silence of a verb, by a thread that begins with the first line said."""

    def __init__(self) -> None:
        self._silence: Silence | None = None
        self._over = threading.Event()
        self._thread: threading.Thread | None = None
        self._say: Say = print

    @contextmanager
    def over(self, say: Say, every: float | None = None) -> Iterator[None]:
        """Watch while a verb works."""
        seconds = float(os.environ.get("IOP_PROGRESS_SECONDS", SECONDS)) if every is None else every
        self._say, self._silence, self._over = (
            say,
            Silence(seconds) if seconds > 0 else None,
            threading.Event(),
        )
        try:
            yield
        finally:
            self._over.set()
            if self._thread is not None:
                self._thread.join()
            self._silence = self._thread = None

    def said(self, line: str) -> None:
        """Hear a line of the work."""
        if self._silence is None:
            return
        self._silence.said(line, time.monotonic())
        if self._thread is None:
            self._thread = threading.Thread(target=self._look, args=(self._silence,), daemon=True)
            self._thread.start()

    def _look(self, silence: Silence) -> None:
        while not self._over.wait(LOOK):
            if line := silence.line(time.monotonic()):
                self._say(line)


WATCH: Final = Watch()
