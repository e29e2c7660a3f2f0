"""Say what is different between two plans: session by session, and topic by topic what became of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from iop_sessions.plans.plan import Plan, Session

What = Literal["cancelled", "takes place", "topic", "leader", "room", "time", "mode", "added", "gone"]


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
        yield Difference("takes place" if new.takes_place else "cancelled", old, new)
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
    return one.topic_id == other.topic_id and one.track in ("", other.track)


def _loses(each: Difference) -> bool:
    return each.what in ("cancelled", "gone", "topic")


def _gains(each: Difference) -> bool:
    return each.what in ("takes place", "added", "topic")


def next_meeting(plan: Plan, fate: Fate) -> Session | None:
    """Find the next meeting of a topic that fell out, for the people who lost it."""
    tracks = ("", fate.was.track)
    later = (each for each in plan.sessions if each.takes_place and each.order > fate.was.order)
    again = [each for each in later if each.topic_id == fate.topic_id and each.track in tracks]
    return min(again, key=lambda each: each.order, default=None)
