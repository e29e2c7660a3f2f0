"""What is judged: a plan beside its curriculum and program, and the questions every check asks of them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from iop_sessions.calendars import Meeting, all_meetings, meetings
from iop_sessions.covering import lived_sessions
from iop_sessions.curriculum import Curriculum
from iop_sessions.errors import Place
from iop_sessions.plans import PLAN_FILE, Plan, Session
from iop_sessions.programs import Program
from iop_sessions.records import Topic


@dataclass(frozen=True)
class Case:
    """A plan to judge."""

    curriculum: Curriculum
    program: Program
    plan: Plan

    @cached_property
    def expected(self) -> dict[str, Meeting]:
        """Return the meetings of the program's calendar by id."""
        sheet = self.plan.sheet
        return {each.meeting_id: each for each in meetings(self.program, sheet.start, sheet.weeks)}

    @cached_property
    def closed_meetings(self) -> set[str]:
        """Return the ids of the meetings that a closed day took out of the calendar."""
        sheet = self.plan.sheet
        every = all_meetings(self.program, sheet.start, sheet.weeks)
        return {each.meeting_id for each in every} - self.expected.keys()

    @cached_property
    def held(self) -> list[Session]:
        """Return past and plan as people live them, cancelled sessions left out."""
        return lived_sessions(self.plan)

    def held_of_type(self, group_type: str) -> list[Session]:
        """List the sessions held of one group type."""
        return [session for session in self.held if session.group_type == group_type]

    def is_new(self, session: Session) -> bool:
        """Say whether a session belongs to the plan, not to its past."""
        return session.date >= self.plan.sheet.start

    def topic(self, session: Session) -> Topic | None:
        """Return the topic of a session; None where it holds none, or one that nobody knows."""
        return self.curriculum.topic_by_id.get(session.topic_id)

    def fits(self, topic: Topic, session: Session) -> bool:
        """Say whether a topic is written for a session's kind and minutes and the program's ages."""
        fits = topic.group_type == session.group_type and length(session) in topic.lengths
        return fits and self.for_ages(topic)

    def for_ages(self, topic: Topic) -> bool:
        """Say whether a topic is written for the program's ages."""
        return "both" in (self.program.ages, topic.ages) or topic.ages == self.program.ages

    @cached_property
    def types_with_topics(self) -> set[str]:
        """Return the group types of the program that hold topics."""
        named = {slot.group_type for slot in self.program.slots}
        return {name for name in named if self.curriculum.needs_topic(name)}


def length(session: Session) -> int:
    """Return the minutes a session is planned for."""
    return (session.end.hour - session.start.hour) * 60 + session.end.minute - session.start.minute


def at(session: Session, column: str = "topic_id") -> Place:
    """Return the place of a session's cell."""
    return Place(PLAN_FILE, session.place.line, column)
