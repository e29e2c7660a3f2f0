from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from iop_sessions.curriculum.library import Curriculum
from iop_sessions.judge import judge
from iop_sessions.planning.search import Task, solve
from iop_sessions.plans.case import Case
from iop_sessions.plans.plan import Plan, plan_bytes, sheet_bytes
from iop_sessions.program.program import Program
from tests.lib import small
from tests.lib.planner import proved_unavoidable
from tests.lib.ready import library, planned, ready

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def sample() -> tuple[Curriculum, Program]:
    return library(), ready("evening-12-week")


def text_of(plan: Plan) -> bytes:
    return plan_bytes(plan.sessions) + sheet_bytes(plan.sheet)


def test_the_sample_is_proved_best_without_a_shortfall(sample: tuple[Curriculum, Program]) -> None:
    curriculum, program = sample
    made = planned("evening-12-week")
    assert (made.sheet.status, made.sheet.gap, made.sheet.shortfalls) == ("optimal", 0.0, ())
    assert made.sheet.bound == made.sheet.cost
    verdict = judge(Case(curriculum, program, made))
    assert (verdict.problems, verdict.cost) == ((), made.sheet.cost)


def test_a_plan_goes_on_after_another(sample: tuple[Curriculum, Program]) -> None:
    curriculum, program = sample
    first = planned("evening-12-week")
    after = solve(Task(curriculum, program, first.sheet.end, program.weeks, first.sessions))
    assert (after.sheet.status, after.sheet.shortfalls) == ("optimal", ())
    assert judge(Case(curriculum, program, after)).problems == ()


@pytest.mark.deep
@pytest.mark.parametrize("week", range(52))
def test_every_monday_of_2027_is_proved_best_and_each_shortfall_unavoidable(
    sample: tuple[Curriculum, Program], week: int
) -> None:
    curriculum, program = sample
    task = Task(curriculum, program, small.MONDAY + timedelta(days=7 * week), program.weeks)
    made = solve(task)
    assert made.sheet.status == "optimal"
    assert proved_unavoidable(task, made)
    verdict = judge(Case(curriculum, program, made))
    assert (verdict.problems, verdict.cost) == ((), made.sheet.cost)


def test_the_same_tables_in_another_order_give_the_same_plan(sample: tuple[Curriculum, Program]) -> None:
    curriculum, program = sample
    turned = replace(
        curriculum,
        topics=curriculum.topics[::-1],
        objectives=curriculum.objectives[::-1],
        topic_objectives=curriculum.topic_objectives[::-1],
        group_types=curriculum.group_types[::-1],
    )
    slots = program.model_copy(update={"slots": program.slots[::-1]})
    assert text_of(solve(Task(turned, slots, program.start, 6))) == text_of(
        solve(Task(curriculum, program, program.start, 6))
    )


@pytest.mark.deep
def test_the_same_input_gives_the_same_bytes_whatever_the_hash_seed() -> None:
    script = (
        "from pathlib import Path; import hashlib, sys; from iop_sessions.curriculum import loading;"
        "from iop_sessions.program import program as programs; from iop_sessions.plans import plan as plans;"
        "from iop_sessions.planning.search import Task, solve; root = Path(sys.argv[1]);"
        "p = programs.read_program(root / 'programs' / 'evening-12-week.toml', 'p')[0];"
        "made = solve(Task(loading.load(root, documents=False)[0], p, p.start, 6));"
        "print(hashlib.sha256(plans.plan_bytes(made.sessions) + plans.sheet_bytes(made.sheet)).hexdigest())"
    )
    command = [sys.executable, "-c", script, str(ROOT / "curriculum")]
    said = {
        subprocess.run(
            command,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "2")
    }
    assert len(said) == 1


def test_each_better_plan_is_told_once_in_words() -> None:
    curriculum = small.curriculum(
        topics="| topic_id |\n| A |\n| B |",
        topic_objectives="| topic_id | objective_id |\n| A | one |\n| B | two |",
    )
    program = small.program("| day |\n| mon |\n| wed |", weeks=2, stay_weeks=[1])
    said: list[str] = []
    solve(Task(curriculum, program, program.start, 2), said.append)
    assert said
    assert said[-1] == "RP: a plan that costs 0"
    assert len(said) == len(set(said))
