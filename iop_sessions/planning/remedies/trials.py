"""Try remedies before they are offered: the changed task is solved, and only what then lacks less is told.

What is compared are promises and empty meetings alone, without wishes. A trial that finds a plan in its
work is an answer even where the plan is not proved best: it lacks less than any plan of the task as it is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Literal

from iop_sessions import checks
from iop_sessions.ground.errors import errors_of
from iop_sessions.planning import explain
from iop_sessions.planning.needs import Demands, outcomes
from iop_sessions.planning.remedies.causes import Key, Shortage, causes, key_of, types_of
from iop_sessions.planning.remedies.changes import families, pairs
from iop_sessions.planning.rules.board import Board
from iop_sessions.planning.rules.constraints import Altered
from iop_sessions.planning.search import Draft, draft, least_missing
from iop_sessions.planning.solver.highs import Solution, solve_part
from iop_sessions.planning.solver.model import Inequality, ModelPart, fall_apart
from iop_sessions.planning.solver.parting import Progress
from iop_sessions.planning.staff import vacancies
from iop_sessions.planning.task import Task
from iop_sessions.plans.facts import Changes, Helps, MarkElective, NothingHelps, NotKnown, Remedy, Shortfall
from iop_sessions.plans.plan import Plan

NODES = 200
"""Work for one part of one trial, in branch-and-bound nodes."""
LARGEST = 250_000
"""Entries in the rows of a part that a trial may solve: the first relaxation of one beyond takes minutes."""


@dataclass(frozen=True)
class Lacks:
    """What a plan lacks: newcomers for each missed objective, the empty meetings, and what both cost."""

    missed: Mapping[str, int]
    empty: frozenset[str]
    cost: int


@dataclass(frozen=True)
class TrialResult:
    """What a trial found: the least that is lacking, and a proved bound of its cost; None = not known."""

    lacks: Lacks | None
    bound: int
    possible: bool = True


def least(drafted: Draft) -> TrialResult:
    """Solve a draft part by part: a part whose first values lack nothing is solved already."""
    model, start = drafted.model, drafted.start
    values = [start.get(variable, 0.0) for variable in range(len(model.costs))]
    found = [_solved_part(drafted, part, values) for part in model.parts()]
    return _answer(drafted, values, found)


def least_around(drafted: Draft, held: Mapping[str, str], group_types: Iterable[str]) -> TrialResult:
    """Solve the meetings of some group types only; the others hold what they hold.

    Types that have a meeting of which nobody knows yet what it holds are solved too.
    """
    model, board, start = drafted.model, drafted.board, drafted.start
    values = [start.get(variable, 0.0) for variable in range(len(model.costs))]
    named = {index: board.task.meetings[index] for index in board.empty}
    new = (each.slot.group_type for each in named.values() if each.meeting_id not in held)
    wanted = {*group_types, *new}
    fixed: set[int] = set()
    for index, meeting in named.items():
        if meeting.slot.group_type not in wanted:
            fixed |= _hold(board, values, index, held[meeting.meeting_id])
    free = tuple(variable for variable in range(len(values)) if variable not in fixed)
    _set_outcomes(drafted, values)
    found = [_solved_part(drafted, part, values) for part in _parts_of(free, model.rows)]
    return _answer(drafted, values, found)


def _hold(board: Board, values: list[float], index: int, topic_id: str) -> set[int]:
    """Let a meeting hold a topic, or none; return its variables."""
    choices = board.choices(index)
    for each, variable in choices.items():
        values[variable] = float(each == topic_id)
    values[board.empty[index]] = float(topic_id not in choices)
    return {board.empty[index], *choices.values()}


def _set_outcomes(drafted: Draft, values: list[float]) -> None:
    """Set what is paid to what the choices mean: where a start is good, little is left to find."""
    chosen = {variable: 1.0 for variable, value in enumerate(values) if value > 0.5}
    every = (chance.counts for promise in drafted.promises for chance in promise.chances)
    told = dict.fromkeys((each for each in every if each is not None), 0.0)
    told |= outcomes(drafted.promises, chosen)
    for variable, value in told.items():
        values[variable] = value


def _parts_of(variables: Iterable[int], rows: Iterable[Inequality]) -> list[ModelPart]:
    """Split some variables into parts; those outside tie nothing, for they are fixed."""
    free = set(variables)
    numbered = [row for row in rows if not free.isdisjoint(row.terms)]
    cut = [
        Inequality({each: factor for each, factor in row.terms.items() if each in free}, number, number)
        for number, row in enumerate(numbered)
    ]
    parts = fall_apart(sorted(free), cut)
    return [ModelPart(part.variables, tuple(numbered[int(row.low)] for row in part.rows)) for part in parts]


def _answer(drafted: Draft, values: list[float], found: Iterable[Solution]) -> TrialResult:
    """Put what was found for the parts together."""
    found = list(found)
    if any(each.outcome == "infeasible" for each in found):
        return TrialResult(None, 0, possible=False)
    bound = sum(each.bound for each in found)
    if any(each.outcome == "stopped" for each in found):
        return TrialResult(None, bound)
    for each in found:
        each.write(values)
    return TrialResult(_lacks(drafted, values), bound)


def _solved_part(drafted: Draft, part: ModelPart, values: list[float]) -> Solution:
    model = drafted.model
    free = all(not model.costs[each] or values[each] == 0 for each in part.variables)
    if free and part.holds(values):
        return Solution("optimal", {each: values[each] for each in part.variables}, 0, 0)
    if part.entries > LARGEST:
        return Solution("stopped", {}, 0, 0)
    return solve_part(model, part, values, NODES)


def _lacks(drafted: Draft, values: list[float]) -> Lacks:
    """Read what a plan lacks out of the values of its model."""
    missed: Counter[str] = Counter()
    for promise in drafted.promises:
        if values[promise.missed] > 0.5:
            missed[promise.subject] += len(promise.guests)
    meetings = drafted.board.task.meetings
    empty = [index for index, variable in drafted.board.empty.items() if values[variable] > 0.5]
    weights = drafted.board.task.program.weights
    cost = weights.shortfall * sum(missed.values()) + weights.empty * len(empty)
    return Lacks(missed, frozenset(meetings[index].meeting_id for index in empty), cost)


MOST_OFFERED = 3
"""Remedies offered for one cause."""
MOST_WORK = 60_000
"""Variables of all models that are solved for one plan's remedies: large programs get fewer trials."""
MOST_TRIALS = 30
"""Trials for one plan, shared by the causes."""
MOST_PAIRS = 24
"""Trials of two changes at once for one plan, shared by the causes for which no change helps alone."""
SMALL = 1500
"""Variables of a model that a trial may solve as a whole."""
TAUGHT = frozenset({"empty", "objective"})
"""The kinds of shortfalls that are about topics; those about people and rooms say what would help already."""


def with_remedies(task: Task, plan: Plan, progress: Progress | None = None, bound: int | None = None) -> Plan:
    """Return a plan whose shortfalls know the remedies that help, each of them tried.

    Progress is told in a line of words before the trials begin. ``bound`` is what shortfalls cost at least in
    any plan of the task, where that is known.
    """
    every = plan.sheet.shortfalls
    found = [each for each in every if each.kind in TAUGHT]
    if not found:
        return plan
    if progress:
        progress("Trying what would help …")
    staff = sum(each.cost for each in every if each.kind not in TAUGHT)
    proved = least_missing(task) if bound is None else bound - staff
    told = dict(_remedies(task, found, plan, proved))
    shortfalls = list(every)
    for place, each in enumerate(every):
        if each.kind in TAUGHT:
            shortfalls[place] = each.model_copy(update={"remedies": told.get(key_of(task, each), ())})
    return replace(plan, sheet=replace(plan.sheet, shortfalls=tuple(shortfalls)))


def shortfalls_of(task: Task, plan: Plan) -> tuple[Shortfall, ...]:
    """Name what a plan lacks as its sessions stand now; those on a day of their own are left out."""
    made = draft(task, wishes=False)
    held = _topics_held(plan)
    topics = (held.get(meeting.meeting_id, "") for meeting in task.meetings)
    runs = {index: made.board.holds(topic_id, index) for index, topic_id in enumerate(topics)}
    empty = [explain.empty_meeting(made.board, index) for index in made.board.empty if runs[index] is None]
    chosen = {run for run in runs.values() if run is not None}
    missed = [each for each in made.promises if not each.kept(chosen)]
    demands = Demands(made.board, made.promises)
    lacking = (explain.missed_promise(each, demands) for each in missed)
    to_come = {each.session_id for each in plan.sessions if each.state == "planned"}
    staff = (each for each in vacancies.shortfalls_of(task, plan.sessions) if each.subject in to_come)
    return (*empty, *lacking, *staff)


def _topics_held(plan: Plan) -> dict[str, str]:
    """Return the topic of each session that takes place, by the id of its meeting."""
    return {each.session_id: each.topic_id for each in plan.sessions if each.takes_place}


def _remedies(
    task: Task, shortfalls: Iterable[Shortfall], plan: Plan, bound: int
) -> Iterator[tuple[Key, tuple[Remedy, ...]]]:
    """Find the remedies of each cause, the work shared out evenly."""
    drafted = draft(task, wishes=False)
    found = causes(drafted, shortfalls, plan.sessions)
    affordable = MOST_WORK // max(len(drafted.model.costs), 1)
    most = max(min(MOST_TRIALS, affordable) // len(found), 1)
    most_pairs = min(MOST_PAIRS, affordable) // len(found)
    before = _lacks_of(task, shortfalls)
    held = _topics_held(plan)
    for key, cause in found.items():
        trials = _Trials(
            task=task, held=held, cause=cause, before=before, bound=bound,
            left=most, pairs_left=most_pairs, faults=faults_of(task),
        )  # fmt: skip
        yield key, tuple(trials.offers())


def faults_of(task: Task) -> frozenset[str]:
    """Return what `check` would refuse in a program: nobody is offered what cannot be planned."""
    found = checks.check_program(task.curriculum, task.program, task.program.name)
    return frozenset(each.message for each in errors_of(found))


def _lacks_of(task: Task, shortfalls: Iterable[Shortfall]) -> Lacks:
    """Read what a plan lacks out of its shortfalls."""
    listed = list(shortfalls)
    missed: Counter[str] = Counter()
    for each in listed:
        if each.kind == "objective":
            missed[each.subject] += each.cost // task.program.weights.shortfall
    empty = frozenset(each.subject for each in listed if each.kind == "empty")
    return Lacks(missed, empty, sum(each.cost for each in listed))


@dataclass(kw_only=True)
class _Trials:
    """The trials for one cause."""

    task: Task
    held: Mapping[str, str]
    cause: Shortage
    before: Lacks
    bound: int
    left: int
    pairs_left: int
    faults: frozenset[str]  # what `check` says of the program as it is
    tried: int = 0
    unknown: list[Changes] = field(default_factory=list)  # what was tried without an answer

    def offers(self) -> Sequence[Remedy]:
        """List the remedies that help, with their numbers: a pair where none alone mends it all."""
        found: list[Helps] = []
        for family in families(self.task, self.cause):
            first = self._best_of(family.changes, joined=family.joined)
            found += first or self._best_of(family.otherwise, joined=family.joined)
            if len(found) == MOST_OFFERED or self.left <= 0:
                break
        best = min((each.left for each in found), default=self._count(self.before))
        if best:
            self.left = self.pairs_left
            together = [each for each in self._best_of(pairs(self.task, self.cause)) if each.left < best]
            found = [*found[: MOST_OFFERED - len(together)], *together]
        if found:
            return found
        if self.unknown:
            return [NotKnown(changes=self.unknown[0])]
        return [NothingHelps(kind="none-helps" if self.tried else "nothing-to-try")]

    def _best_of(self, changes: Iterable[Altered], *, joined: bool = False) -> list[Helps]:
        """Try changes; return the one that helps most, or those of one kind that help alike in one."""
        helped: dict[Changes, int] = {}
        for each in changes if self.left > 0 else ():
            if faults_of(each.task) - self.faults:
                continue
            self.left -= 1
            self.tried += 1
            answer = self._try(each.task)
            if answer.lacks is None:
                self.unknown += [each.changes] if answer.possible else []
            elif self._helps(answer.lacks):
                helped[each.changes] = self._count(answer.lacks)
            if self.left <= 0 or (not joined and 0 in helped.values()):
                break
        best = min(helped.values(), default=0)
        alike = [changes for changes, count in helped.items() if count == best]
        every = (each.objectives for changes in alike for each in changes if isinstance(each, MarkElective))
        any_of_them = MarkElective(objectives=tuple(chain.from_iterable(every)))
        offered = [(any_of_them,)] if joined and alike else alike[:1]
        before = self._count(self.before)
        return [Helps(changes=each, of=self._what, left=best, before=before) for each in offered]

    def _try(self, changed: Task) -> TrialResult:
        """Solve the group types of the cause with the others as they are; all, where that hurts them."""
        drafted = draft(changed, wishes=False)
        answer = least_around(drafted, self.held, self.cause.group_types)
        if answer.lacks is None or self._helps(answer.lacks) or not self._less(answer.lacks):
            return answer
        return least(drafted) if len(drafted.model.costs) <= SMALL else answer

    def _less(self, after: Lacks) -> bool:
        return self._count(after) < self._count(self.before)

    def _helps(self, after: Lacks) -> bool:
        """Say whether less is missing here, no more elsewhere, and less than in any plan as things are."""
        elsewhere = after.cost - self._cost(after) <= self.before.cost - self._cost(self.before)
        return self._less(after) and elsewhere and after.cost < self.bound

    def _count(self, lacks: Lacks) -> int:
        if self.cause.kind == "empty":
            types = {each.meeting_id: each.slot.group_type for each in self.task.meetings}
            return sum(types.get(each) in self.cause.group_types for each in lacks.empty)
        ours = (each for each in lacks.missed if types_of(self.task, each) == self.cause.group_types)
        return sum(lacks.missed[each] for each in ours)

    def _cost(self, lacks: Lacks) -> int:
        weights = self.task.program.weights
        return self._count(lacks) * (weights.empty if self.cause.kind == "empty" else weights.shortfall)

    @property
    def _what(self) -> Literal["meetings", "starts", "promises"]:
        """Return what is counted."""
        if self.cause.kind == "empty":
            return "meetings"
        return "starts" if len(self.cause.subjects) == 1 else "promises"
