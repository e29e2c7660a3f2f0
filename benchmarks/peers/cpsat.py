"""Give OR-Tools CP-SAT the very model that the planner solves.

``python benchmarks/peers/cpsat.py INSTANCE WEEKS WORKERS SECONDS``; INSTANCE is a ready program's name or
one of instances.py. Needs the extra `bench`. One line comes out: status, cost, bound, and after how many
seconds the best plan and the proof were there.
"""

from __future__ import annotations

import json
import math
import sys
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))


def main(instance: str, weeks: int, workers: int, seconds: float) -> None:
    from instances import task_of
    from ortools.sat.python import cp_model

    from iop_sessions.planning.search import draft

    model = draft(task_of(instance, weeks)).model
    peer = cp_model.CpModel()
    variables = [peer.new_bool_var(str(number)) for number in range(len(model.costs))]
    for row in model.rows:
        total = sum(round(factor) * variables[variable] for variable, factor in row.terms.items())
        if row.low > -math.inf:
            peer.add(total >= round(row.low))
        if row.high < math.inf:
            peer.add(total <= round(row.high))
    peer.minimize(sum(round(cost) * variables[number] for number, cost in enumerate(model.costs) if cost))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = workers
    solver.parameters.max_time_in_seconds = seconds
    watch = _watch(cp_model)
    began = time.perf_counter()
    status = solver.solve(peer, watch)
    used = time.perf_counter() - began
    proved = status == cp_model.OPTIMAL
    print(
        json.dumps(
            {
                "instance": instance, "weeks": weeks, "workers": workers,
                "status": solver.status_name(status), "cost": round(solver.objective_value),
                "bound": math.ceil(solver.best_objective_bound - 1e-6), "best after": round(watch.last, 1),
                "proof after": round(used, 1) if proved else None,
            }
        )
    )  # fmt: skip


def _watch(cp_model: Any) -> Any:  # noqa: ANN401 - a class of a library that is imported where it is used
    class Watch(cp_model.CpSolverSolutionCallback):
        """Remember when the last better plan came."""

        def __init__(self) -> None:
            super().__init__()
            self.began, self.last = time.perf_counter(), 0.0

        def on_solution_callback(self) -> None:
            self.last = time.perf_counter() - self.began

    return Watch()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4]))
