"""Measure how long ready programs take to plan, judge and cover, for 12, 24 and 52 weeks.

Run it on a quiet machine: python benchmarks/plans.py [PROGRAM ...]
Each plan is made in a process of its own, so that its peak memory is its own. Times are CPU seconds of one
thread; `solve` builds the model, finds the plan and words it.
"""

from __future__ import annotations

import json
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from iop_sessions.plans.case import Case

Made = TypeVar("Made")
ROOT = Path(__file__).resolve().parents[1]
RUNS = 3
PROGRAMS = ("evening-12-week", "day-90-days", "morning-and-evening")
WEEKS = (12, 24, 52)
COLUMNS = (
    "program",
    "weeks",
    "rows",
    "build",
    "solve",
    "judge",
    "cover",
    "status",
    "cost",
    "bound",
    "gap %",
    "peak MB",
)


def main(programs: list[str]) -> None:
    print(f"CPU seconds, median of {RUNS}\n")
    print("| " + " | ".join(COLUMNS) + " |")
    print("|" + "---|" * len(COLUMNS))
    for name in programs or PROGRAMS:
        for weeks in WEEKS:
            runs = [_in_its_own_process(name, weeks) for _ in range(RUNS)]
            cells = [_cell([run[column] for run in runs]) for column in COLUMNS]
            print("| " + " | ".join(cells) + " |", flush=True)


def _cell(values: list[str | float]) -> str:
    if isinstance(values[0], str | int):
        assert len(set(values)) == 1, f"the runs differ: {values}"
        return str(values[0])
    return f"{statistics.median(float(value) for value in values):.2f}"


def _in_its_own_process(name: str, weeks: int) -> dict[str, str | float]:
    command = [sys.executable, __file__, "--one", name, str(weeks)]
    said = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT).stdout
    return dict(json.loads(said))


def measure(name: str, weeks: int) -> dict[str, str | float]:
    """Plan a ready program once."""
    from iop_sessions.coverage.covering import cover
    from iop_sessions.curriculum import loading
    from iop_sessions.judge import judge
    from iop_sessions.planning.search import Task, draft, solve
    from iop_sessions.program.program import read_program

    curriculum, _ = loading.load(ROOT / "curriculum", documents=False)
    program, _ = read_program(ROOT / "curriculum" / "programs" / f"{name}.toml", "program")
    assert program is not None
    import highspy  # noqa: F401 - imported here, so that its own loading is not measured

    draft(Task(curriculum, program, program.start, 1))  # the calendar loads its holidays once
    task = Task(curriculum, program, program.start, weeks)
    made, build = _timed(lambda: draft(task))
    plan, solved = _timed(lambda: solve(task))
    verdict, judged = _timed(lambda: judge(Case(curriculum, program, plan)))
    _, covered = _timed(lambda: cover(Case(curriculum, program, plan)))
    assert verdict.cost == plan.sheet.cost
    assert not verdict.problems
    return {
        "program": name, "weeks": weeks, "rows": len(made.model.rows), "build": build, "solve": solved,
        "judge": judged, "cover": covered, "status": plan.sheet.status, "cost": plan.sheet.cost,
        "bound": plan.sheet.bound,
        "gap %": plan.sheet.gap, "peak MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }  # fmt: skip


def _timed(work: Callable[[], Made]) -> tuple[Made, float]:
    start = time.process_time()
    made = work()
    return made, time.process_time() - start


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        print(json.dumps(measure(sys.argv[2], int(sys.argv[3]))))
    else:
        main(sys.argv[1:])
