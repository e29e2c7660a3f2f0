"""Every ready program plans to proved optimality, with nothing missing, and the judge agrees."""

from __future__ import annotations

from dataclasses import replace

import pytest
from lib.workspaces import ROOT

from iop_sessions.checks import check_program
from iop_sessions.errors import errors_of
from iop_sessions.judge import judge
from iop_sessions.loading import load
from iop_sessions.planning.search import Task, solve
from iop_sessions.plans import with_rows
from iop_sessions.programs import read_program

READY = sorted(path.stem for path in (ROOT / "curriculum" / "programs").glob("*.toml"))


@pytest.mark.parametrize("name", READY)
def test_a_ready_program_plans_to_proved_optimality_and_the_judge_agrees(name: str) -> None:
    curriculum, _ = load(ROOT / "curriculum", documents=False)
    program, problems = read_program(ROOT / "curriculum" / "programs" / f"{name}.toml", f"{name}.toml")
    assert program is not None, problems
    assert errors_of(check_program(curriculum, program, f"{name}.toml")) == []
    plan = solve(Task(curriculum, program, program.start, program.weeks))
    assert (plan.sheet.status, plan.sheet.gap, plan.sheet.shortfalls) == ("optimal", 0, ())
    plan = replace(plan, sheet=with_rows(plan.sheet, plan.sessions))
    verdict = judge(curriculum, program, plan)
    assert (verdict.problems, verdict.cost) == ((), plan.sheet.cost)
