"""Curriculum, program and plan in one, read once and passed once; short, for every room above imports it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from iop_sessions.curriculum.library import Curriculum
from iop_sessions.plans.plan import Plan
from iop_sessions.program.choosing import chosen
from iop_sessions.program.program import Program


@dataclass(frozen=True)
class Case:
    """A plan with the program it is for and the curriculum it draws on."""

    curriculum: Curriculum
    program: Program
    plan: Plan
    as_of: date = date.min  # the day it is looked at: a group planned before it is not confirmed

    @cached_property
    def taught(self) -> Curriculum:
        """Return what of the curriculum the program teaches."""
        return chosen(self.curriculum, self.program)

    def with_plan(self, plan: Plan) -> Case:
        """Return the same case with another plan."""
        return replace(self, plan=plan)
