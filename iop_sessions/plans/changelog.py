"""The log of a plan's changes: a row for each, with why, who decided, and who must be told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import ClassVar, Final

from pydantic import Field

from iop_sessions.curriculum.library import Curriculum
from iop_sessions.ground import tables
from iop_sessions.ground.dates import clock, short_day
from iop_sessions.ground.fields import (
    Clock,
    Identifier,
    Identifiers,
    PlanDay,
    Record,
)
from iop_sessions.plans.changes import Difference, What
from iop_sessions.plans.plan import Session

CHANGES_FILE: Final = "changes.csv"
FAMILY: Final = "family"
"""The service kind of groups to which relatives come, so that they hear of a change."""


TOGETHER: Final = ("clients", "families")
"""Who is told together; everybody else is told as a leader, by code."""


class Change(Record):
    """One change of one session: what was, what is, why, who decided and who must be told."""

    table: ClassVar[str] = "changes"
    key_columns: ClassVar[tuple[str, ...]] = ("made_on", "session_id", "what", "before", "after")

    made_on: PlanDay = Field(description="Day on which the plan was changed.")
    session_id: Identifier = Field(description="The session.")
    date: PlanDay = Field(description="Its date.")
    start: Clock = Field(description="Its start.")
    what: What = Field(description="What changed.")
    before: str = Field(default="", description="What was.")
    after: str = Field(default="", description="What is.")
    reason: str = Field(default="", description="Why, in a few words; never about a client.")
    who: str = Field(default="", description="Who decided: a code or a role, never a name.")
    tell: Identifiers = Field(
        default=(), description="Who must be told: codes of leaders, clients, families."
    )

    @property
    def order(self) -> tuple[dt.date, dt.date, dt.time, str, str]:
        """Return what changes are sorted by."""
        return (self.made_on, self.date, self.start, self.session_id, self.what)


def changes_bytes(changes: Iterable[Change]) -> bytes:
    """Write changes as the canonical changes.csv."""
    in_order: list[Change] = sorted(changes, key=lambda each: each.order)
    return tables.table_bytes(Change, in_order)


def read_changes(folder: Path) -> list[Change]:
    """Read the log in a plan's folder; none where nothing was changed yet."""
    path = folder / CHANGES_FILE
    if not path.is_file():
        return []
    found, problems = tables.read_table(Change, path, f"{folder.name}/{CHANGES_FILE}")
    tables.require(problems)
    return found


def change(
    curriculum: Curriculum, each: Difference, made_on: dt.date, reason: str = "", who: str = ""
) -> Change:
    """Word a difference as a row of changes.csv.

    Parameters
    ----------
    made_on
        The day on which the plan was changed.
    reason, who
        Why, where the session's own row does not say; and who decided. Never about a client.
    """
    session, what = each.session, each.what
    return Change(
        made_on=made_on, session_id=session.session_id, date=session.date, start=session.start, what=what,
        before=words_of(curriculum, each.before, what), after=words_of(curriculum, each.after, what),
        reason=_reason(each) or reason, who=who, tell=tuple(dict.fromkeys(_tell(curriculum, each))),
    )  # fmt: skip


def _reason(each: Difference) -> str:
    """Return why, where the change itself brought a reason onto the row."""
    old, new = each.before, each.after
    return new.reason if new and (old is None or old.reason != new.reason) else ""


def words_of(curriculum: Curriculum, session: Session | None, what: What) -> str:
    """Say what of a session a change is about: its leaders, its time, or what it holds."""
    if session is None:
        return ""
    if what == "leader":
        return ", ".join(session.facilitators) or "nobody"
    if what == "room":
        return f"room {session.room}" if session.room else "no room"
    if what == "time":
        return f"{short_day(session.date)}, {clock(session.start)} to {clock(session.end)}"
    if what == "mode":
        return session.mode
    return "cancelled" if not session.takes_place else topic_words(curriculum, session)


def topic_words(curriculum: Curriculum, session: Session) -> str:
    """Name the topic a session holds, or its group where it holds none."""
    known = curriculum.topic_by_id.get(session.topic_id)
    if known is not None:
        return f"{known.topic_id} {known.title}"
    group = curriculum.group_type_by_id.get(session.group_type)
    title = group.title if group else session.kind.replace("_", " ")
    return f"{title}, no topic" if curriculum.needs_topic(session.group_type) else title


def _tell(curriculum: Curriculum, each: Difference) -> Iterator[str]:
    """Name who must be told: the leaders of before and after, and who comes where it concerns them."""
    for session in (each.before, each.after):
        yield from session.facilitators if session else ()
    if each.what in ("cancelled", "takes place", "time", "room", "mode", "added", "gone"):
        yield "clients"
        group = curriculum.group_type_by_id.get(each.session.group_type)
        if group is not None and group.service_kind == FAMILY:
            yield "families"
