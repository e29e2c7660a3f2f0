"""Find the work that people put into a plan: what was held, pinned, cancelled, changed, added, taken out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from iop_sessions.ground.errors import IopError, Problem, errors_of
from iop_sessions.plans.plan import (
    PLAN_FILE,
    SHEET_FILE,
    Session,
    Sheet,
    read_sessions,
    read_sheet,
    row_digest,
)

HELD: Final = ("held", "partly")
ADDED, CHANGED, GONE = "was added by hand", "was changed by hand", "was taken out by hand"
NOUNS: Final = {
    "is pinned": ("pinned session", "pinned sessions"),
    "is cancelled": ("cancelled session", "cancelled sessions"),
    CHANGED: ("row changed by hand", "rows changed by hand"),
    ADDED: ("row added by hand", "rows added by hand"),
    GONE: ("row taken out by hand", "rows taken out by hand"),
}
"""How the rows that a new plan does not take over are counted."""


class PlanInUse(IopError):
    """A plan that people already work with would be overwritten."""

    def __init__(self, name: str, reasons: list[str]) -> None:
        listed = "; ".join(reasons[:5]) + (f"; and {len(reasons) - 5} more" if len(reasons) > 5 else "")
        super().__init__(
            f"plans/{name} is in use: {listed} — "
            "give the new plan another name with --name, or write --replace (a copy of the old one is kept)"
        )


class PlanHeld(IopError):
    """A plan of which groups were held would be planned anew, as if they had not been."""

    def __init__(self, name: str, program: str, held: Sequence[Session]) -> None:
        last = max(each.date for each in held)
        groups = "1 group was held, on" if len(held) == 1 else f"{len(held)} groups were held, the last on"
        super().__init__(
            f"of plans/{name} {groups} {last}; a new plan in its place would lose that — "
            f"to change what is still to come: replan {name} --again (or --closed DAY, --absent CODE:DAY); "
            f"to go on from a later day, as after a change of the program: "
            f"plan {program} --after {name} --start DAY; or give the new plan another name with --name"
        )


@dataclass(frozen=True)
class Found:
    """A plan's two files as they can be read, however they stand."""

    sheet: Sheet | None
    sessions: tuple[Session, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def known(self) -> Mapping[str, str]:
        """Return the fingerprints of the rows as the plan was made."""
        return dict(self.sheet.rows) if self.sheet else {}


def _found_in(folder: Path) -> Found | None:
    """Read what can be read of a plan; None where there is no plan."""
    if not (folder / PLAN_FILE).is_file():
        return None
    sheet, _ = read_sheet(folder / SHEET_FILE, SHEET_FILE)
    if sheet is None:
        return Found(None)
    sessions, problems = read_sessions(folder / PLAN_FILE, PLAN_FILE, sheet.start)
    # what is only said of a file, such as that Excel saved it in an old form, is no work and hides none
    return Found(sheet, tuple(sessions), tuple(errors_of(problems)))


def work_in(folder: Path) -> list[str]:
    """Name the rows of a plan that people put work into: held, pinned, changed, added, taken out."""
    found = _found_in(folder)
    if found is None:
        return []
    if found.sheet is None:
        return [f"{SHEET_FILE} beside its {PLAN_FILE} cannot be read"]
    reasons = [f"{each.place}: {each.message}" for each in found.problems]
    return reasons + [f"{name} {what}" for name, what in _work(found)]


def _work(found: Found) -> list[tuple[str, str]]:
    """List the rows that people put work into, each with what became of it."""
    rows = [(each.session_id, what) for each in found.sessions if (what := _work_in_row(each, found.known))]
    there = {each.session_id for each in found.sessions}
    gone = found.known.keys() - there if not found.problems else ()
    return rows + [(name, GONE) for name in sorted(gone)]


def _work_in_row(session: Session, known: Mapping[str, str]) -> str:
    name = session.session_id
    if session.state != "planned":
        return f"is {session.state}"
    if session.pinned:
        return "is pinned"
    if name not in known:
        return ADDED
    return CHANGED if known[name] != row_digest(session) else ""


def held_in(folder: Path) -> tuple[Session, ...]:
    """List the sessions of a plan that were held, wholly or partly."""
    found = _found_in(folder)
    return tuple(each for each in found.sessions if each.state in HELD) if found else ()


def not_taken_over(folder: Path) -> str:
    """Count what a new plan in the place of an old one does not take over; empty where that is nothing."""
    found = _found_in(folder)
    counts = Counter(what for _, what in _work(found)) if found else Counter[str]()
    words = [
        f"{counts[what]} {one if counts[what] == 1 else many}"
        for what, (one, many) in NOUNS.items()
        if counts[what]
    ]
    return ", ".join(words)
