"""Remember what calendars were told of each session, so that what counts higher is always what holds now.

A calendar takes over a change only where its number grew. A number that was worked out from the plan alone
would fall again once a change is taken back; so it stands beside the plan, and only grows.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import ClassVar, Final

from pydantic import Field

from iop_sessions.ground import tables
from iop_sessions.ground.fields import Clock, Identifier, Identifiers, PlanDay, Record
from iop_sessions.plans.plan import Session

FED_FILE: Final = "feeds.csv"


class Fed(Record):
    """What the calendars that were written last say of a session."""

    table: ClassVar[str] = "feeds"
    key_columns: ClassVar[tuple[str, ...]] = ("session_id",)

    session_id: Identifier = Field(description="The session.")
    date: PlanDay = Field(description="Its date.")
    start: Clock = Field(description="Its start.")
    end: Clock = Field(description="Its end.")
    group_type: str = Field(default="", description="Its group type.")
    topic_id: str = Field(default="", description="Its topic.")
    kind: str = Field(default="group", description="Its kind.")
    files: Identifiers = Field(default=(), description="Every feed in which it ever stood.")
    sequence: int = Field(default=0, ge=0, description="Counts what was said of it; it only grows.")
    said: str = Field(default="", description="A fingerprint of what is said of it now.")

    def cancelled(self) -> Session:
        """Return the session as one that is not in the plan any more."""
        return Session(
            session_id=self.session_id, slot_id=self.session_id, week=1, date=self.date, start=self.start,
            end=self.end, kind=self.kind, group_type=self.group_type, topic_id=self.topic_id,
            state="cancelled",
        )  # fmt: skip


def fed_bytes(rows: Iterable[Fed]) -> bytes:
    """Write what calendars were told, in the order in which people meet."""
    in_order: list[Fed] = sorted(rows, key=lambda each: (each.date, each.start, each.session_id))
    return tables.table_bytes(Fed, in_order)


def read_fed(folder: Path) -> list[Fed]:
    """Read what calendars were told of a plan; none where no feed was written yet.

    Raises
    ------
    ProblemsFound
        If the file was changed so that it cannot be read.
    """
    path = folder / FED_FILE
    if not path.is_file():
        return []
    found, problems = tables.read_table(Fed, path, f"{folder.name}/{FED_FILE}")
    tables.require(problems)
    return found
