"""Say of whom something is true: of a track, a phase, a way through the program, or of all alike."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from iop_sessions.coverage.rules import Whom
from iop_sessions.ground.speech import Speech, capital
from iop_sessions.program.journeys import Journey


def track_words(say: Speech, track: str) -> str:
    """Name a track: evening track."""
    return say("whom.track", name=track) if track else ""


def whom_words(say: Speech, whom: Whom) -> str:
    """Name those of one track in one phase: phase 2, evening track; empty where there is only one."""
    phase = say("whom.phase", number=whom.phase) if whom.phase else ""
    return _joined(phase, track_words(say, whom.track))


def journey_words(say: Speech, journey: Journey) -> str:
    """Name a way through a program: path short, evening track."""
    path = say("whom.path", name=journey.path) if journey.path else ""
    return _joined(path, track_words(say, journey.track))


def _joined(*pieces: str) -> str:
    return ", ".join(piece for piece in pieces if piece)


def headed(names: Sequence[str], text: str) -> str:
    """Put before a sentence whom it is about: Morning track; evening track: 9 h."""
    head = "; ".join(name for name in names if name)
    return f"{capital(head)}: {text}" if head else text


def alike(told: Iterable[tuple[str, str]], everybody: Collection[str]) -> list[str]:
    """Say once what is true of several, and unnamed what is true of all.

    Parameters
    ----------
    told
        Pairs of a name and what is said of it.
    everybody
        All names there are.
    """
    if len(everybody) == 1:
        return [text for _, text in told]
    found: dict[str, list[str]] = {}
    for name, text in told:
        found.setdefault(text, []).append(name)
    return [
        text if set(names) == set(everybody) else headed(list(dict.fromkeys(names)), text)
        for text, names in found.items()
    ]
