"""Measure the planner on clinics made up to be hard: python benchmarks/scale.py [INSTANCE:WEEKS ...].

Each plan is made in a process of its own. `wall` and `CPU` seconds hold the building of the model, the
search on two threads and the wording of the plan; loading HiGHS and the holidays is not in them.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from pathlib import Path

from iop_sessions.plans.case import Case

ROOT = Path(__file__).resolve().parents[1]
INSTANCES = ("half-days:24", "half-days:52", "two-tracks:52")
COLUMNS = ("instance", "weeks", "rows", "wall", "CPU", "status", "cost", "bound", "gap %", "peak MB")


def main(named: list[str]) -> None:
    print("| " + " | ".join(COLUMNS) + " |")
    print("|" + "---|" * len(COLUMNS))
    for name in named or INSTANCES:
        command = [sys.executable, __file__, "--one", *name.split(":")]
        said = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, cwd=ROOT).stdout
        found = json.loads(said)
        print("| " + " | ".join(str(found[column]) for column in COLUMNS) + " |", flush=True)


def measure(name: str, weeks: int) -> dict[str, str | float]:
    """Plan a made-up clinic once, and let the judge agree."""
    import highspy  # noqa: F401 - imported here, so that its own loading is not measured
    from instances import task_of

    from iop_sessions.judge import judge
    from iop_sessions.planning.search import draft, solve

    task = task_of(name, weeks)
    rows = len(draft(task).model.rows)
    wall, busy = time.perf_counter(), time.process_time()
    plan = solve(task, lambda line: print(line, file=sys.stderr, flush=True))
    wall, busy = time.perf_counter() - wall, time.process_time() - busy
    verdict = judge(Case(task.curriculum, task.program, plan))
    assert verdict.cost == plan.sheet.cost, (verdict.cost, plan.sheet.cost)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return {
        "instance": name, "weeks": weeks, "rows": rows, "wall": round(wall, 1), "CPU": round(busy, 1),
        "status": plan.sheet.status, "cost": plan.sheet.cost, "bound": plan.sheet.bound,
        "gap %": round(plan.sheet.gap, 2), "peak MB": peak,
    }  # fmt: skip


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        print(json.dumps(measure(sys.argv[2], int(sys.argv[3]))))
    else:
        main(sys.argv[1:])
