"""Find the best plan for a task, and say what it lacks by name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.metadata import version

from iop_sessions import __version__
from iop_sessions.planning import explain
from iop_sessions.planning.needs import Demands, eager_plan, outcomes
from iop_sessions.planning.rules.board import Board
from iop_sessions.planning.rules.constraints import CONSTRAINTS
from iop_sessions.planning.rules.promises import (
    Promise,
    promise_core,
    wish_closings,
    wish_full_core,
    wish_openings,
)
from iop_sessions.planning.rules.wishes import WEEK_WISHES, WeekWish
from iop_sessions.planning.solver.highs import HALT, Solution
from iop_sessions.planning.solver.model import Model
from iop_sessions.planning.solver.parting import Progress, best
from iop_sessions.planning.staff.rota import Rota, rota
from iop_sessions.planning.task import Task, settle
from iop_sessions.plans.plan import Plan, Session, Sheet, Status
from iop_sessions.program.calendar import Meeting

__all__ = ["Draft", "Task", "draft", "finished", "least_missing", "least_shortfalls", "session", "solve"]
__all__ += ["was_stopped"]

WISHES = (wish_full_core, wish_openings, wish_closings)


@dataclass(frozen=True)
class Draft:
    """A model ready to solve, with the board and the promises that read its solution."""

    model: Model
    board: Board
    promises: tuple[Promise, ...]
    wishes: tuple[Promise, ...]
    flaws: tuple[WeekWish, ...] = ()

    @property
    def start(self) -> dict[int, float]:
        """Return values to start the search from."""
        return self.with_outcomes(eager_plan(self.board, (*self.promises, *self.wishes)))

    def with_outcomes(self, chosen: Mapping[int, float]) -> dict[int, float]:
        """Return choices together with what they mean for the promises and wishes."""
        values = {**chosen, **outcomes((*self.promises, *self.wishes), chosen)}
        for flaw in self.flaws:
            values |= flaw.outcomes(values)
        return values


def draft(task: Task, *, wishes: bool = True) -> Draft:
    """Build the model of a task: every constraint, every promise, every wish."""
    model = Model()
    board = Board(task, model)
    for constraint in CONSTRAINTS:
        constraint.build(board)
    settle(model, board.settled)
    promises = promise_core(board)
    wished = [each for wish in WISHES if wishes for each in wish(board)]
    flaws = [each for wish in WEEK_WISHES if wishes for each in wish(board)]
    return Draft(model, board, tuple(promises), tuple(wished), tuple(flaws))


def solve(task: Task, progress: Progress | None = None) -> Plan:
    """Plan a task; the plan's sheet says how good it is, and every promise it does not keep.

    Progress is told in a line of words whenever a better plan is found, or another part is looked at. Ctrl-C
    from then on ends the search, not the plan: its status is `stopped`.

    Raises
    ------
    Clash
        If no plan holds every hard rule; names a smallest set that clashes.
    """
    made = draft(task)
    solution = best(made.model, made.start, progress)
    if solution.outcome == "infeasible":
        raise explain.clash(task, solution.clashing)
    return finished(task, made, solution)


def was_stopped(plan: Plan) -> bool:
    """Say whether the user, and no limit of work, ended the search for the plan just made."""
    return HALT.asked and plan.sheet.status == "stopped"


def finished(task: Task, made: Draft, solution: Solution, before: Iterable[Session] = ()) -> Plan:
    """Make the plan of a solution, with all that it lacks by name.

    Of the sessions of an earlier version as few as can be get other leaders and rooms.
    """
    chosen = made.board.choice(solution.values)
    sessions = (session(meeting, chosen.get(index, "")) for index, meeting in enumerate(task.meetings))
    status: Status = "stopped" if solution.outcome == "infeasible" else solution.outcome
    staffed = _staffed(task, sessions, {each.session_id: each for each in before})
    if staffed.bound < staffed.cost and status == "optimal":
        status = "feasible"
    board, values = made.board, solution.values
    empty = (explain.empty_meeting(board, index) for index, each in board.empty.items() if values[each] > 0.5)
    missed = (each for each in made.promises if values[each.missed] > 0.5)
    demands = Demands(board, made.promises)
    lacking = (explain.missed_promise(each, demands) for each in missed)
    sheet = Sheet(
        task.program.name, task.start, task.weeks, status,
        solution.cost + staffed.cost, solution.bound + staffed.bound,
        shortfalls=(*empty, *lacking, *staffed.shortfalls),
        versions=(("iop_sessions", __version__), ("highspy", version("highspy"))),
    )  # fmt: skip
    return Plan(sheet, staffed.sessions, task.history)


def session(meeting: Meeting, topic_id: str) -> Session:
    """Make the row of a meeting that holds a topic."""
    slot = meeting.slot
    return Session(
        session_id=meeting.meeting_id, slot_id=slot.id, week=meeting.week, date=meeting.day,
        start=slot.start, end=slot.end, track=slot.track, site=slot.site, mode=slot.mode, kind=slot.kind,
        group_type=slot.group_type, topic_id=topic_id,
        facilitators=slot.lead, room=slot.room,
    )  # fmt: skip


def least_shortfalls(task: Task) -> int:
    """Return a proved bound: what shortfalls cost at least, in any plan at all."""
    return least_missing(task) + _staffed(task, (session(meeting, "") for meeting in task.meetings), {}).bound


def _staffed(task: Task, sessions: Iterable[Session], before: Mapping[str, Session]) -> Rota:
    """Give the sessions that do not stand their leaders and rooms."""
    stands = {each.session_id: each for each in task.standing}
    return rota(task, [stands.get(each.session_id, each) for each in sessions], stands, before)


def least_missing(task: Task) -> int:
    """Return a proved bound for promises and empty meetings alone, whoever leads them and wherever."""
    made = draft(task, wishes=False)
    bound = best(made.model, made.start).bound
    HALT.require_none()
    return bound
