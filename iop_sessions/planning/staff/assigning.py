"""Give each session its people or rooms: a model with one wish after another, the first one first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from iop_sessions.planning.solver.highs import solve_part
from iop_sessions.planning.solver.model import Model
from iop_sessions.plans.plan import Session

Costs = dict[int, int]
"""What a stage pays for each variable."""


@dataclass(frozen=True, kw_only=True)
class Post:
    """A session, and whom or which room it may get."""

    session: Session
    places: int  # how many are needed; each one missing is paid for
    price: int
    able: tuple[str, ...]
    wanted: tuple[str, ...] = ()
    before: tuple[str, ...] | None = None  # what an earlier version of the plan gave it
    usual: tuple[str, ...] = ()  # what its slot has mostly had
    last: tuple[str, ...] = ()  # what its slot had the last time
    ranked: tuple[str, ...] = ()  # who steps in for somebody away, the best choice first
    beside: tuple[str, ...] = ()  # who may be there beside those who are needed
    second: int = 0  # how many are wanted beside them; each one missing is paid for
    second_price: int = 0
    most_beside: int = 0


@dataclass(frozen=True)
class Given:
    """What was found: the names each session gets, what missing ones cost, and what no way goes below."""

    names: Mapping[str, tuple[str, ...]]
    cost: int
    bound: int


@dataclass
class Assignment:
    """The model of some sessions that share people or rooms."""

    posts: Sequence[Post]
    model: Model = field(default_factory=Model)
    taken: dict[tuple[str, str], list[int]] = field(default_factory=dict)  # (session, name) -> variables
    missing: Costs = field(default_factory=dict)
    start: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Build the rows that every way keeps."""
        for post in self.posts:
            self._open(post)
        for name in sorted({name for _, name in self.taken}):
            self._never_at_once(name)

    def _yes_or_no(self, post: Post, name: str) -> int:
        variable = self.model.binary("staff", week=post.session.week)
        self.taken.setdefault((post.session.session_id, name), []).append(variable)
        self.start.append(0)
        return variable

    def _gap(self, start: int = 1) -> int:
        """Add a variable that is 1 where something is missing, as everything is at the start; a step is 0."""
        self.start.append(start)
        return self.model.fraction()

    def _open(self, post: Post) -> None:
        leads = {name: self._yes_or_no(post, name) for name in post.able}
        gaps = [self._gap() for _ in range(post.places)]
        self.missing |= dict.fromkeys(gaps, post.price)
        self.model.equals(dict.fromkeys([*leads.values(), *gaps], 1.0), post.places)
        if post.most_beside:
            self._open_beside(post, leads)

    def _open_beside(self, post: Post, leads: Mapping[str, int]) -> None:
        """Let people be there beside the leaders: not without one, and nobody who is needed to lead."""
        others = {name: self._yes_or_no(post, name) for name in post.beside}
        gaps = [self._gap() for _ in range(post.second)]
        self.missing |= dict.fromkeys(gaps, post.second_price)
        self.model.at_least(dict.fromkeys([*others.values(), *gaps], 1.0), post.second)
        self.model.at_most(dict.fromkeys(others.values(), 1.0), post.most_beside)
        for name, variable in others.items():
            if name in leads:
                self.model.at_most({variable: 1.0, leads[name]: 1.0}, 1)
            if post.places:
                full = post.places if name in leads else 1
                self.model.at_most({variable: float(full)} | dict.fromkeys(leads.values(), -1.0), 0)

    def _never_at_once(self, name: str) -> None:
        """Keep a name out of two sessions at a time: at each start, one of those that meet then."""
        mine = [post.session for post in self.posts if (post.session.session_id, name) in self.taken]
        for begun in mine:
            at_once = [
                variable
                for each in mine
                if each.date == begun.date and each.start <= begun.start < each.end
                for variable in self.taken[each.session_id, name]
            ]
            self.model.at_most(dict.fromkeys(at_once, 1.0), 1)

    def at_most_in_all(self, name: str, session_ids: Iterable[str], most: int) -> None:
        """Limit in how many of some sessions a name may stand."""
        variables = [each for name_id in session_ids for each in self.taken.get((name_id, name), ())]
        self.model.at_most(dict.fromkeys(variables, 1.0), most)

    def absent(self, post: Post, names: Iterable[str]) -> Costs:
        """Add what is paid where names that a session should have are not there."""
        costs: Costs = {}
        for name in names:
            there = self.taken.get((post.session.session_id, name))
            if there:
                gap = self._gap()
                self.model.equals(dict.fromkeys([*there, gap], 1.0), 1)
                costs[gap] = 1
        return costs

    def strange(self, post: Post, names: Iterable[str]) -> Costs:
        """Return what is paid where a session has other names than these."""
        session_id, known = post.session.session_id, set(names)
        others = (
            each for (mine, name), each in self.taken.items() if mine == session_id and name not in known
        )
        return {variable: 1 for variables in others for variable in variables}

    def ranked(self, post: Post) -> Costs:
        """Return what is paid for each choice that is not the best one."""
        places = enumerate(post.ranked)
        found = ((place, self.taken.get((post.session.session_id, name), ())) for place, name in places)
        return {variable: place for place, variables in found for variable in variables}

    def shared_out(self, loads: Mapping[str, int]) -> Costs:
        """Return what uneven loads cost: each session costs more than the one before it."""
        costs: Costs = {}
        for name in sorted({name for _, name in self.taken}):
            mine = [each for (_, owner), found in self.taken.items() if owner == name for each in found]
            steps = {self._gap(0): 2 * (loads.get(name, 0) + number) + 1 for number in range(len(mine))}
            self.model.equals(dict.fromkeys(mine, 1.0) | dict.fromkeys(steps, -1.0), 0)
            costs |= steps
        return costs

    def each_costs(self, prices: Mapping[str, int]) -> Costs:
        """Return what a name costs wherever it stands."""
        return {each: prices[name] for (_, name), found in self.taken.items() for each in found}

    def solve(self, balance: Costs) -> Given:
        """Find the best way: least missing, then what is wanted, then what was, the best choice, balance."""
        wanted, before, ranked, last = Costs(), Costs(), Costs(), Costs()
        for post in self.posts:
            wanted |= self.absent(post, post.wanted)
            if post.before is not None:
                before |= self.absent(post, post.before) | self.strange(post, post.before)
            ranked |= self.ranked(post)
            last |= dict.fromkeys(self.absent(post, post.usual), 2) | self.absent(post, post.last)
        stages = (self.missing, wanted, before, ranked, last, balance)
        values, cost, bound = in_turn(self.model, stages, self.start)
        names: dict[str, tuple[str, ...]] = {}
        for (session_id, name), variables in self.taken.items():
            if any(values[variable] > 0.5 for variable in variables):
                names[session_id] = (*names.get(session_id, ()), name)
        return Given(names, cost, bound)


def in_turn(
    model: Model, stages: Sequence[Mapping[int, int]], start: Sequence[float]
) -> tuple[list[float], int, int]:
    """Solve a model for one cost after another; none is paid to save a later one.

    Return the values, what the first stage costs, and what no values at all can go below in it.
    """
    values, found = list(start), list[tuple[int, int]]()
    for stage in stages:
        bound = _solve_stage(model, stage, values) if _price(stage, values) > 0 else 0  # no cost is below it
        cost = _price(stage, values)
        found.append((cost, bound))
        if stage:
            model.at_most({variable: float(price) for variable, price in stage.items()}, cost)
    return values, *found[0]


def _solve_stage(model: Model, stage: Mapping[int, int], values: list[float]) -> int:
    model.costs = [float(stage.get(variable, 0)) for variable in range(len(values))]
    solution = solve_part(model, model.whole, values)
    solution.write(values)
    return solution.bound


def _price(stage: Mapping[int, int], values: Sequence[float]) -> int:
    return round(sum(price * values[variable] for variable, price in stage.items()))
