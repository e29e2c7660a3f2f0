"""Say what is different between two plans and what became of each topic, and log a plan's changes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Final, Literal

from pydantic import Field

from iop_sessions.curriculum.library import Curriculum
from iop_sessions.ground import tables
from iop_sessions.ground.fields import Clock, Identifier, Identifiers, PlanDay, Record
from iop_sessions.ground.speech import ENGLISH
from iop_sessions.plans.plan import Plan, Session

What = Literal[
    "cancelled",
    "not held",
    "takes place",
    "topic",
    "leader",
    "room",
    "time",
    "mode",
    "added",
    "gone",
    "note",
]


@dataclass(frozen=True)
class Difference:
    """One session that is not as it was."""

    what: What
    before: Session | None
    after: Session | None

    @property
    def session(self) -> Session:
        """Return the session as it is now, or as it was where it is gone."""
        found = self.after or self.before
        assert found is not None, "a difference is about a session"
        return found


def differences(before: Iterable[Session], after: Iterable[Session]) -> list[Difference]:
    """List what is different between two plans, in the order in which people meet."""
    old = {each.session_id: each for each in before}
    new = {each.session_id: each for each in after}
    found = [each for name in old | new for each in _different(old.get(name), new.get(name))]
    return sorted(found, key=lambda each: (each.session.order, each.what))


def _different(old: Session | None, new: Session | None) -> Iterator[Difference]:
    if old is None or new is None:
        yield Difference("added" if old is None else "gone", old, new)
    elif old.takes_place != new.takes_place:
        gone: What = "not held" if new.state == "not held" else "cancelled"
        yield Difference("takes place" if new.takes_place else gone, old, new)
    else:
        here = old.takes_place  # what was cancelled and stays so may change as it likes
        yield from (
            Difference(what, old, new) for what, read in _READ.items() if here and read(old) != read(new)
        )


_READ: Final[Mapping[What, Callable[[Session], object]]] = {
    "topic": lambda session: session.topic_id,
    "leader": lambda session: session.facilitators,
    "room": lambda session: session.room,
    "time": lambda session: (session.date, session.start, session.end),
    "mode": lambda session: session.mode,
}
"""What of a session can change while it takes place, and where it stands."""


@dataclass(frozen=True)
class Fate:
    """What became of one meeting of a topic: where it stands now, None where it fell out."""

    topic_id: str
    was: Session
    now: Session | None


def fates(found: Sequence[Difference]) -> list[Fate]:
    """Follow each topic that lost a meeting to the next meeting that it gained, if there is one."""
    lost = [each.before for each in found if each.before and each.before.takes_place and _loses(each)]
    gained = [each.after for each in found if each.after and each.after.takes_place and _gains(each)]
    made: list[Fate] = []
    for was in (session for session in lost if session.topic_id):
        now = next((each for each in gained if _same(each, was)), None)
        gained = [each for each in gained if each is not now]
        made.append(Fate(was.topic_id, was, now))
    return made


def _same(one: Session, other: Session) -> bool:
    """Say whether the people of one session hear in another what they heard in it."""
    return one.topic_id == other.topic_id and one.serves(other.track)


def _loses(each: Difference) -> bool:
    return each.what in ("cancelled", "not held", "gone", "topic")


def _gains(each: Difference) -> bool:
    return each.what in ("takes place", "added", "topic")


def next_meeting(plan: Plan, fate: Fate) -> Session | None:
    """Find the next meeting of a topic that fell out, for the people who lost it."""
    tracks = ("", fate.was.track)
    later = (each for each in plan.sessions if each.takes_place and each.order > fate.was.order)
    again = [each for each in later if each.topic_id == fate.topic_id and each.track in tracks]
    return min(again, key=lambda each: each.order, default=None)


CHANGES_FILE: Final = "changes.csv"
FAMILY: Final = "family"
"""The service kind of groups to which relatives come, so that they hear of a change."""


TOGETHER: Final = ("clients", "families")
"""Who is told together; everybody else is told as a leader, by code."""


class Change(Record):
    """One change of one session: what was, what is, why, who decided and who must be told."""

    table: ClassVar[str] = "changes"
    key_columns: ClassVar[tuple[str, ...]] = ("made_on", "session_id", "what", "before", "after", "reason")

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
        return f"{ENGLISH.moment(session.date, session.start)} to {ENGLISH.clock(session.end)}"
    if what == "mode":
        return session.mode
    return topic_words(curriculum, session) if session.takes_place else session.state


def topic_words(curriculum: Curriculum, session: Session) -> str:
    """Name the topic a session holds, or its group where it holds none."""
    known = curriculum.topic_by_id.get(session.topic_id)
    if known is not None:
        return f"{'make-up: ' if session.is_make_up else ''}{known.topic_id} {known.title}"
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
