"""Say what of a plan falls out, what a person pinned and put, and which rows stand as they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from iop_sessions.jobs.replan.request import ReplanRequest
from iop_sessions.plans.plan import Session, row_digest
from iop_sessions.plans.store import Kept
from iop_sessions.program.calendar import Meeting, all_meetings, meetings
from iop_sessions.program.program import Program
from iop_sessions.program.surprises import REASONS, Surprise


@dataclass(frozen=True)
class Fallout:
    """The rows of a plan right after a surprise, before any topic moves."""

    kept: Kept
    program: Program  # as it is after the surprise
    request: ReplanRequest

    @property
    def surprises(self) -> tuple[Surprise, ...]:
        """Return what happened since the program was planned, now and before."""
        new = (each for each in self.request.surprises if self._matters(each))
        return tuple(dict.fromkeys((*self.kept.plan.sheet.surprises, *new)))

    def _matters(self, surprise: Surprise) -> bool:
        """Say whether a plan has to know of it: a day on which nothing was to meet takes nothing out."""
        if not surprise.moves_topics:
            return True  # whoever is away is to be given nothing on these days
        kept = self.kept
        known, sheet = kept.plan.sheet.surprises, kept.plan.sheet
        rows = ((each.date, each.start, each.end, each.site) for each in kept.plan.sessions)
        new = (each for each in rows if not any(one.takes_out(*each) for one in known))
        planned = (
            (each.day, each.slot.start, each.slot.end, each.slot.site)
            for each in meetings(kept.program, sheet.start, sheet.weeks)
        )
        return any(surprise.takes_out(*each) for each in (*new, *planned))

    @cached_property
    def rows(self) -> tuple[Session, ...]:
        """Return the rows with what fell out cancelled, and with what a person pinned and put."""
        return tuple(self._after(each) for each in self.kept.plan.sessions)

    @cached_property
    def lost(self) -> frozenset[str]:
        """Return the ids of the sessions that fall out now."""
        before = {each.session_id for each in self.kept.plan.sessions if each.takes_place}
        return frozenset(each.session_id for each in self.rows if not each.takes_place) & before

    @property
    def moves_topics(self) -> bool:
        """Say whether topics may move: not by a day on which nobody meets, or a late start that is no one's.

        A group that a person cancelled in Excel, and names now, is reason enough.
        """
        request = self.request
        named = self.lost or any(
            each.state == "cancelled" and next(self._reasons(each), None) for each in self.rows
        )
        return request.moves_topics and bool(request.again or request.bump or named)

    @cached_property
    def standing(self) -> Mapping[str, Session]:
        """Return the rows whose topic does not change.

        They were held, pinned, put or changed by hand, lie in the past or on a day that a later plan owns, or
        are no meeting of the program.
        """
        put = {session_id for session_id, _ in self.request.puts}
        named, sequel = put | self.changed_by_hand, self.kept.plan.sequel
        return {
            each.session_id: each
            for each in self.rows
            if each.state != "planned"
            or each.pinned
            or each.date < self.request.frozen_to
            or each.session_id in named
            or (sequel is not None and each.date >= sequel.start)
            or not _is_meeting(each, self._calendar.get(each.session_id))
        }

    @cached_property
    def changed_by_hand(self) -> frozenset[str]:
        """Return the ids of the rows that are not as the plan was made.

        One that a person only took the pin off is free again.
        """
        known = dict(self.kept.plan.sheet.rows)
        return frozenset(
            each.session_id
            for each in self.kept.plan.sessions
            if known.get(each.session_id) not in (row_digest(each), _pinned_digest(each))
        )

    @cached_property
    def left_out(self) -> tuple[Meeting, ...]:
        """Return the meetings of the program that get no row: taken out by hand, or of days gone by."""
        known = dict(self.kept.plan.sheet.rows)
        return tuple(
            each for each in self.without_row if each.meeting_id in known or each.day < self.request.frozen_to
        )

    @cached_property
    def without_row(self) -> tuple[Meeting, ...]:
        """Return the meetings of the program that the plan has no row for."""
        there = {each.session_id for each in self.rows}
        return tuple(each for name, each in self._calendar.items() if name not in there)

    @cached_property
    def _calendar(self) -> Mapping[str, Meeting]:
        sheet = self.kept.plan.sheet
        return {each.meeting_id: each for each in meetings(self.program, sheet.start, sheet.weeks)}

    @cached_property
    def _closed(self) -> frozenset[str]:
        """Return the ids of the meetings that a closed or half day of the program takes out."""
        sheet = self.kept.plan.sheet
        every = all_meetings(self.program, sheet.start, sheet.weeks)
        return frozenset(each.meeting_id for each in every) - self._calendar.keys()

    def _after(self, row: Session) -> Session:
        updates: dict[str, object] = {}
        why = next(self._reasons(row), None) if row.state == "planned" else None
        if why is not None:
            updates |= {"state": "cancelled", "reason": why}
        if row.session_id in self.request.pins:
            updates["pinned"] = True
        topics = dict(self.request.puts)
        if row.session_id in topics:
            updates["topic_id"] = topics[row.session_id]
        return row.model_copy(update=updates)

    def _reasons(self, row: Session) -> Iterator[str]:
        """Yield why a session falls out; a row that was moved by hand falls out with the day it stands on."""
        if row.session_id in self.request.cancels:
            yield self.request.reason or REASONS["cancelled"]
        yield from (
            each.words
            for each in self.request.surprises
            if each.takes_out(row.date, row.start, row.end, row.site)
        )
        if row.session_id in self._closed and row.session_id.startswith(row.date.isoformat()):
            yield row.reason or REASONS["closed"]


def _pinned_digest(row: Session) -> str:
    return row_digest(row.model_copy(update={"pinned": True}))


def _is_meeting(row: Session, meeting: Meeting | None) -> bool:
    """Say whether a row stands where the program wants it."""
    if meeting is None:
        return False
    slot = meeting.slot
    return (row.date, row.start, row.end, row.group_type, row.track, row.site, row.kind) == (
        meeting.day, slot.start, slot.end, slot.group_type, slot.track, slot.site, slot.kind,
    )  # fmt: skip


def with_new_rows(rows: Sequence[Session], planned: Iterable[Session]) -> tuple[Session, ...]:
    """Return rows with those of the meetings that had none yet, in the order they take place."""
    there = {each.session_id for each in rows}
    new = [each for each in planned if each.session_id not in there]
    return tuple(sorted((*rows, *new), key=lambda each: each.order)) if new else tuple(rows)
