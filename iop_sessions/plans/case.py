"""Curriculum, program and plan in one, read once and passed once; short, for every room above imports it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Final

from iop_sessions.curriculum.library import Curriculum
from iop_sessions.ground.errors import Problem
from iop_sessions.plans.plan import Plan, Session
from iop_sessions.program.choosing import chosen
from iop_sessions.program.program import Program

WHEN_AND_WHO: Final = frozenset({"session_id", "slot_id", "date", "start", "end", "track", "site", "kind"})
"""The columns without which nobody can be told to come."""


@dataclass(frozen=True)
class Case:
    """A plan with the program it is for and the curriculum it draws on."""

    curriculum: Curriculum
    program: Program
    plan: Plan
    as_of: date = date.min  # the day it is looked at: a group planned before it is not confirmed
    faults: tuple[Problem, ...] = ()  # what is wrong with the plan's rows, as the judge says it

    def faults_of(self, session: Session) -> tuple[Problem, ...]:
        """Return what is wrong with the row of a session."""
        line = session.place.line
        return tuple(each for each in self.faults if line and each.place.line == line)

    @property
    def doubtful(self) -> tuple[Session, ...]:
        """List the sessions of which nobody can tell when they meet, or who comes."""
        when = (each for each in self.faults if each.place.column in WHEN_AND_WHO)
        lines = {each.place.line for each in when} - {0}
        return tuple(each for each in self.plan.sessions if each.place.line in lines)

    @property
    def sound(self) -> Case:
        """Return the case without these sessions: what clients are told."""
        doubtful = {each.session_id for each in self.doubtful}
        rows = tuple(each for each in self.plan.sessions if each.session_id not in doubtful)
        return self.with_plan(replace(self.plan, sessions=rows)) if doubtful else self

    @property
    def as_planned(self) -> Case:
        """Return the case as nobody knows yet what was held: sheets of a week say the same on any day."""
        return replace(self, as_of=date.min)

    def state_of(self, session: Session) -> str:
        """Say what became of a session: one planned before the day it is looked at is not confirmed."""
        late = session.state == "planned" and session.date < self.as_of
        return "not confirmed" if late else session.state

    @cached_property
    def taught(self) -> Curriculum:
        """Return what of the curriculum the program teaches."""
        return chosen(self.curriculum, self.program)

    def with_plan(self, plan: Plan) -> Case:
        """Return the same case with another plan."""
        return replace(self, plan=plan)
