"""What is judged: a plan beside its curriculum and program, and the questions every check asks of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from iop_sessions.coverage.covering import Stay, as_taught, lived_sessions, start_dates
from iop_sessions.curriculum.library import Curriculum
from iop_sessions.curriculum.records import Topic
from iop_sessions.ground.errors import Place
from iop_sessions.ground.workspace import PLAN_FILE
from iop_sessions.plans.case import Case
from iop_sessions.plans.plan import Plan, Session
from iop_sessions.program.calendar import WEEK, Meeting, all_meetings, meetings
from iop_sessions.program.journeys import Journey, journeys
from iop_sessions.program.program import Program


@dataclass(frozen=True)
class Bench:
    """A plan to judge."""

    case: Case

    @property
    def curriculum(self) -> Curriculum:
        """Return what of the library the program teaches."""
        return self.case.taught

    @property
    def library(self) -> Curriculum:
        """Return the whole curriculum, with what the program leaves out."""
        return self.case.curriculum

    @property
    def program(self) -> Program:
        """Return the program that was planned."""
        return self.case.program

    @property
    def plan(self) -> Plan:
        """Return the plan."""
        return self.case.plan

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
        """Return past and plan as people live them, what is cancelled or was not held left out."""
        return as_taught(self.program, lived_sessions(self.plan))

    @cached_property
    def sessions(self) -> list[Session]:
        """Return the sessions of the plan as what they teach: of one held too briefly only the time."""
        return as_taught(self.program, self.plan.sessions)

    def held_of_type(self, group_type: str, track: str) -> list[Session]:
        """List the groups held of one type to which people of a track come."""
        groups = (each for each in self.held if (each.group_type, each.kind) == (group_type, "group"))
        return [each for each in groups if each.serves(track)]

    def places_of_type(self, group_type: str, track: str) -> list[Session]:
        """List the groups of one type for people of a track, those that were cancelled among them."""
        start = self.plan.sheet.start
        past = as_taught(self.program, (each for each in self.plan.history if each.date < start))
        rows = (*past, *self.sessions)
        groups = (each for each in rows if (each.group_type, each.kind) == (group_type, "group"))
        return sorted((each for each in groups if each.serves(track)), key=lambda each: each.order)

    @cached_property
    def tracks(self) -> tuple[str, ...]:
        """Return the tracks; one without a name where the program has none."""
        return tuple(dict.fromkeys(slot.track for slot in self.program.slots if slot.track)) or ("",)

    def tracks_of_type(self, group_type: str) -> list[str]:
        """List the tracks whose people have groups of a type that are planned with topics."""
        slots = [each for each in self.program.slots if (each.group_type, each.kind) == (group_type, "group")]
        planned = slots if self.curriculum.needs_topic(group_type) else []
        return [track for track in self.tracks if any(slot.serves(track) for slot in planned)]

    @cached_property
    def journeys(self) -> tuple[Journey, ...]:
        """Return every way through the program."""
        return journeys(self.program)

    @cached_property
    def starts(self) -> dict[Journey, list[date]]:
        """Return the days on which each journey can start; the first of a cohort."""
        return {journey: start_dates(self.program, self.plan, journey) for journey in self.journeys}

    def newcomers(self, day: date) -> list[Stay]:
        """List a stay for each kind of people who may be there for the first time on a day."""
        if self.program.admission == "rolling":
            return [Stay(day, journey) for journey in self.journeys]
        cohorts = [Stay(start, journey) for journey, starts in self.starts.items() for start in starts]
        opening = ((stay, next(filter(stay.has, self.held), None)) for stay in cohorts)
        return [stay for stay, first in opening if first is not None and first.date == day]

    def anybody(self, day: date) -> list[Stay]:
        """List a stay for each kind of people who may come on a day: each journey, in each of its weeks.

        A cohort is in one week of its stay, and may go on after the shortest one.
        """
        found = []
        for journey, starts in self.starts.items():
            weeks = range(journey.weeks)
            if self.program.admission == "cohort" and starts:
                week = min(max((day - starts[0]).days // 7, 0), journey.weeks - 1)
                weeks = range(week, week + 1)
            found += [Stay(day - week * WEEK, journey) for week in weeks]
        return found

    def needs_topic(self, session: Session) -> bool:
        """Say whether a session is planned with a topic."""
        return session.kind == "group" and self.curriculum.needs_topic(session.group_type)

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


def length(session: Session) -> int:
    """Return the minutes a session is planned for."""
    return (session.end.hour - session.start.hour) * 60 + session.end.minute - session.start.minute


def at(session: Session, column: str = "topic_id") -> Place:
    """Return the place of a session's cell."""
    return Place(PLAN_FILE, session.place.line, column)
