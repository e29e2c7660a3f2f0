"""Find out why a promise is missed and which rules clash, with the numbers that show it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import chain, islice
from typing import Any

from iop_sessions.curriculum.records import Topic
from iop_sessions.ground.errors import Clash
from iop_sessions.planning.needs import Demands, lost_days
from iop_sessions.planning.rules.board import Board, Guest
from iop_sessions.planning.rules.constraints import CONSTRAINTS, Altered
from iop_sessions.planning.rules.promises import Promise, window_end
from iop_sessions.planning.solver.highs import MOST_NODES, Outcome, solve_part
from iop_sessions.planning.solver.model import HardRule, Inequality, Model, ModelPart
from iop_sessions.planning.task import Task, settle
from iop_sessions.plans import facts


def why_missed(promise: Promise, demands: Demands, due: date) -> list[facts.Reason]:
    """Return what a window needs and holds, or what keeps topics out; nothing where no count can tell.

    Of every promise those count that the same meetings are needed for; ``due`` is the first day too late.
    """
    board = demands.board
    topics = [each for each in board.task.topics_of_objective[promise.subject] if each.delivery == "group"]
    if promise.chances and not any(board.may_hold(each.run, each.meeting) for each in promise.chances):
        return [
            facts.KeptOut(
                kind="trigger-content" if each.trigger_content else "calendar-tie", topic_id=each.topic_id
            )
            for each in topics
            if each.trigger_content or each.calendar_tie
        ]
    types = sorted({topic.group_type for topic in topics})
    found = [demands.of(promise.guests[0], due, group_type) for group_type in types]
    short = [each for each in found if each.needed > each.there and (each.needed > 1 or each.lost)]
    if not promise.chances and not short:
        return _why_no_chance(board, promise, topics, due)
    return [*short]


def _why_no_chance(board: Board, promise: Promise, topics: Sequence[Topic], due: date) -> list[facts.Reason]:
    """Find out why no topic fits any meeting of a window, where there are such meetings or were."""
    kinds, guest = {topic.group_type for topic in topics}, promise.guests[0]
    there = [each for each in board.task.meetings if guest.meets(each) and guest.start <= each.day < due]
    groups = [each.slot for each in there if each.slot.group_type in kinds and each.slot.kind == "group"]
    lengths = tuple(sorted({slot.minutes for slot in groups}))
    if lengths and not {length for topic in topics for length in topic.lengths} & set(lengths):
        return [facts.OtherLengths(lengths=lengths, topics=len(topics))]
    lost = () if lengths else lost_days(board.task, guest, due, kinds)
    return [facts.AllClosed(lost=tuple(lost))] if lost else []


def empty_meeting(board: Board, index: int) -> facts.Shortfall:
    """Name a meeting that no topic could fill, with the numbers that show why."""
    meeting, price = board.task.meetings[index], board.task.program.weights.empty
    starts, cause = (meeting.day,), _why_empty(board, index)
    return facts.Shortfall(kind="empty", subject=meeting.meeting_id, starts=starts, cost=price, cause=cause)


def _why_empty(board: Board, index: int) -> facts.NoTopic | facts.KeptApart:
    slot, program = board.task.meetings[index].slot, board.task.program
    told: dict[str, Any] = {"slot": slot.id, "group_type": slot.group_type}
    fitting = tuple(board.choices(index))
    allowed = tuple(topic_id for topic_id in fitting if board.allows(topic_id, index))
    if not board.topics_of_type(slot.group_type):
        return facts.NoTopic(kind="no-topic-of-type", **told, ages=program.ages)
    if not fitting:
        return facts.NoTopic(kind="no-topic-of-length", **told, minutes=slot.minutes, ages=program.ages)
    if not allowed:
        return facts.NoTopic(kind="no-topic-allowed", **told, topics=fitting)
    distance = program.spacing.get(slot.group_type, 0)
    order = program.sequence.get(slot.group_type, "free")
    asked, there = _topics_asked(board, slot.group_type, distance)
    if there < asked:
        told |= {"asked": asked, "there": there}
    sequence = order if order != "free" else ""
    return facts.KeptApart(**told, topics=allowed, spacing=distance, sequence=sequence)


def _topics_asked(board: Board, group_type: str, distance: int) -> tuple[int, int]:
    """Count the topics that a spacing asks for, and those there are: all meetings of a stretch differ."""
    if not distance:
        return 0, 0
    indices = board.meetings_of_type(group_type)
    topics = [each for each in board.topics_of_type(group_type) if board.runs_in(each.topic_id, indices)]
    return max(board.line(group_type, track).most_asked(distance) for track in board.task.tracks), len(topics)


def missed_promise(promise: Promise, demands: Demands) -> facts.Shortfall:
    """Name an objective that some newcomers are not taught in time, with the arithmetic."""
    board = demands.board
    topics = board.task.topics_of_objective[promise.subject]
    guest = promise.guests[0]
    due = window_end(guest, board.task.curriculum.objective_by_id[promise.subject].within_weeks)
    kinds = {topic.group_type for topic in topics}
    planned = ((each.slot.group_type, each.day) for each in board.task.meetings if guest.meets(each))
    past = ((each.group_type, each.date) for each in board.task.lived if guest.met(each))
    cause = facts.NotTaught(
        weeks=(due - guest.start).days // 7,
        who=tuple(_who(promise.guests)),
        topics=tuple(topic.topic_id for topic in topics),
        meetings=sum(kind in kinds and guest.start <= day < due for kind, day in (*past, *planned)),
        reasons=tuple(why_missed(promise, demands, due)),
    )
    return facts.Shortfall(
        kind="objective", subject=promise.subject, starts=promise.starts, cost=promise.price, cause=cause
    )


def _who(guests: Iterable[Guest]) -> Iterator[facts.Newcomers]:
    """Gather start dates, those of each journey apart."""
    days: dict[tuple[str, str], list[date]] = {}
    for guest in guests:
        days.setdefault((guest.journey.path, guest.journey.track), []).append(guest.start)
    for (path, track), starts in days.items():
        yield facts.Newcomers(path=path, track=track, starts=tuple(sorted(starts)))


NODES_PER_TRIAL = 1000
"""Work for one trial, in branch-and-bound nodes."""
MOST_FIRST_STEPS, MOST_TRIALS = 3, 12
"""Changes after which a second one is looked for, and trials of both together."""
BY_NAME = {type(constraint).__name__: constraint for constraint in CONSTRAINTS}


def clash(task: Task, found: Iterable[Inequality]) -> Clash:
    """Name a smallest set of rules that cannot hold together, and the changes that were tried and help.

    The rows that the search found are named where the hard rules alone take too long to prove a clash.
    """
    kept = clashing_rules(task, found)
    helps = list(_remedies(task, kept)) or list(_in_two_steps(task, kept))
    return Clash([rule.fact for rule in kept], helps or [facts.NothingHelps(kind="none-lets-plan")])


def clashing_rules(task: Task, found: Iterable[Inequality] = (), nodes: int = MOST_NODES) -> list[HardRule]:
    """Return rules that cannot hold together, of which none can be left out; none where nothing clashes."""
    model = hard_model(task)
    proved = (part for part in model.parts() if not _holds(model, part, (), nodes))
    named = {row.rule for row in found if row.rule is not None}
    rows = tuple(row for row in model.rows if row.rule in named)
    part = next(proved, None) or replace(model.whole, rows=rows)
    rules = list(dict.fromkeys(row.rule for row in part.rows if row.rule is not None))
    return _smallest(rules, lambda dropped: _holds(model, part, dropped))


def hard_model(task: Task) -> Model:
    """Build the hard rules alone."""
    model = Model()
    board = Board(task, model)
    for constraint in CONSTRAINTS:
        constraint.build(board)
    settle(model, board.settled)
    return model


def _smallest(rules: Iterable[HardRule], holds: Callable[[set[HardRule]], bool]) -> list[HardRule]:
    """Drop one rule after another as long as the rest still clashes; then every rule left is needed."""
    kept, dropped = list(rules), set[HardRule]()
    for rule in reversed(tuple(kept)):
        if not holds(dropped | {rule}):
            dropped.add(rule)
            kept.remove(rule)
    return kept


def _holds(model: Model, part: ModelPart, dropped: Iterable[HardRule], nodes: int = NODES_PER_TRIAL) -> bool:
    """Say whether values may exist that keep every rule of a part but those dropped."""
    return _outcome(model, part, dropped, nodes) != "infeasible"


def _outcome(model: Model, part: ModelPart, dropped: Iterable[HardRule], nodes: int) -> Outcome:
    """Look for values that keep every rule of a part but those dropped."""
    without = set(dropped)
    rows = tuple(row for row in part.rows if row.rule not in without)
    return solve_part(model.priced({}), replace(part, rows=rows), [0.0] * len(model.costs), nodes).outcome


def _remedies(task: Task, rules: Iterable[HardRule]) -> Iterator[facts.Remedy]:
    """Offer, for each rule, the smallest change that was tried and lets a plan exist.

    Where no trial ends with a plan but one was stopped, say that it is not known.
    """
    for rule in rules:
        unknown: list[Altered] = []
        for each in BY_NAME[rule.constraint].remedies(task, rule.subject):
            answer = possible(each.task)
            if answer:
                yield facts.LetsPlan(changes=each.changes)
                break
            unknown += [each] if answer is None else []
        else:
            yield from (facts.NotKnown(changes=each.changes) for each in unknown[-1:])


def _in_two_steps(task: Task, rules: Iterable[HardRule]) -> Iterator[facts.Remedy]:
    """Offer two changes that together let a plan exist: the second mends what clashes after the first.

    The first is, of each rule that can be softened, the change that softens it most.
    """
    strongest = (list(BY_NAME[rule.constraint].remedies(task, rule.subject))[-1:] for rule in rules)
    pairs = (
        (first, second)
        for first in islice(chain.from_iterable(strongest), MOST_FIRST_STEPS)
        for rule in clashing_rules(first.task, nodes=NODES_PER_TRIAL)
        for second in BY_NAME[rule.constraint].remedies(first.task, rule.subject)
    )
    tried = islice(pairs, MOST_TRIALS)
    helps = ((*first.changes, *second.changes) for first, second in tried if possible(second.task))
    yield from (facts.LetsPlan(changes=changes) for changes in islice(helps, 1))


def possible(task: Task) -> bool | None:
    """Say whether any plan keeps every hard rule; None where the work allowed for a trial does not tell."""
    model = hard_model(task)
    outcomes = {_outcome(model, part, (), NODES_PER_TRIAL) for part in model.parts()}
    if "infeasible" in outcomes:
        return False
    return None if "stopped" in outcomes else True
