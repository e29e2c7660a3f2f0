"""Halt the search on demand: a signal belongs to the whole process, so there is one of these."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import highspy


class Halt:
    """Whether the user asked to stop, and the solvers at work that must hear of it."""

    def __init__(self) -> None:
        self.asked = False
        self._listens = False
        self._running: list[highspy.Highs] = []

    @property
    def now(self) -> bool:
        """Say whether a search that goes on is to end."""
        return self._listens and self.asked

    @contextmanager
    def on_interrupt(self) -> Iterator[None]:
        """Take Ctrl-C as the wish to halt; the second one ends the program. Only the main thread hears it."""
        self.asked, self._listens = False, True
        hears = threading.current_thread() is threading.main_thread()
        before = signal.signal(signal.SIGINT, self._hear) if hears else None
        try:
            yield
        finally:
            self._listens = False
            if hears:
                signal.signal(signal.SIGINT, before)

    def require_none(self) -> None:
        """Raise where the user asked to stop a search whose result would be of no use unfinished."""
        if self.asked:
            raise KeyboardInterrupt

    def _hear(self, _: int, __: FrameType | None) -> None:
        if self.asked:
            raise KeyboardInterrupt
        self.ask()

    def ask(self) -> None:
        """Stop every solver at work; each keeps the best it has found."""
        self.asked = True
        for highs in tuple(self._running):
            highs.cancelSolve()

    @contextmanager
    def over(self, highs: highspy.Highs) -> Iterator[None]:
        """Let a solver hear of it while it works."""
        highs.HandleUserInterrupt = True
        self._running.append(highs)
        try:
            if self.now:
                highs.cancelSolve()
            yield
        finally:
            self._running.remove(highs)


HALT = Halt()
