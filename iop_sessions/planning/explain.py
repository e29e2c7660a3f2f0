"""Say why a promise is missed and which rules clash, with the numbers that show it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from itertools import islice

from iop_sessions.curriculum.records import Topic
from iop_sessions.ground.errors import Clash
from iop_sessions.ground.speech import ENGLISH
from iop_sessions.planning.needs import Lost, Need, lost_days, need
from iop_sessions.planning.rules.board import Board, Guest
from iop_sessions.planning.rules.constraints import CONSTRAINTS, Remedy
from iop_sessions.planning.rules.promises import Promise, window_end
from iop_sessions.planning.solver.highs import MOST_NODES, Outcome, solve_part
from iop_sessions.planning.solver.model import Model, Part, Row, Rule, fall_apart
from iop_sessions.planning.task import Task, settle
from iop_sessions.plans.plan import Shortfall

MOST_DAYS = 4
"""Closed days that one message names."""


def why_missed(board: Board, promise: Promise, promises: Sequence[Promise], due: date) -> str:
    """Return what a window needs and holds, or what keeps topics out; empty where no count can tell.

    Parameters
    ----------
    board, promise
        What was planned, and what of it is missed.
    promises
        Every promise: what else the same meetings are needed for.
    due
        The first day that is too late.
    """
    topics = [each for each in board.task.topics_of_objective[promise.subject] if each.delivery == "group"]
    if promise.chances and not any(_may_stand(board, each.run, each.meeting) for each in promise.chances):
        return "".join(f"; {_why_kept_out(topic)}" for topic in topics if _why_kept_out(topic))
    types = sorted({topic.group_type for topic in topics})
    every = dict.fromkeys((promise, *promises))
    needs = [need(board, every, promise.guests[0], due, group_type) for group_type in types]
    short = [each for each in needs if each.missing and (each.needed > 1 or each.lost)]
    if not promise.chances and not short:
        return _why_no_chance(board, promise, topics, due)
    return "".join(f"; {_need_words(each)}" for each in short)


def _may_stand(board: Board, run: int, index: int) -> bool:
    """Say whether no rule keeps a topic out of a meeting."""
    choices = board.choices(index).items()
    return any(variable == run and board.allows(topic_id, index) for topic_id, variable in choices)


def _why_kept_out(topic: Topic) -> str:
    """Say what keeps a topic out of every meeting of a window."""
    if topic.trigger_content:
        return f"{topic.topic_id} holds trigger content, and none of these has a group before and after it"
    if topic.calendar_tie:
        return f"{topic.topic_id} stands in the week before a closed day, and none of these does"
    return ""


def _why_no_chance(board: Board, promise: Promise, topics: Sequence[Topic], due: date) -> str:
    """Say why no topic fits any meeting of a window, where there are such meetings or were."""
    kinds, guest = {topic.group_type for topic in topics}, promise.guests[0]
    there = [each for each in board.task.meetings if guest.meets(each) and guest.start <= each.day < due]
    groups = [each.slot for each in there if each.slot.group_type in kinds and each.slot.kind == "group"]
    minutes = sorted({slot.minutes for slot in groups})
    if minutes and not {length for topic in topics for length in topic.lengths} & set(minutes):
        return (
            f"; {'none' if len(topics) > 1 else 'it'} is written for their {_list(minutes)} minutes".replace(
                "it is written", "it is not written"
            )
        )
    lost = () if minutes else lost_days(board.task, guest, due, kinds)
    return f"; {_lost_words(lost)}" if lost else ""


def _need_words(short: Need) -> str:
    """Say how many meetings a window needs, how many exist, and what took the others."""
    exist = f"{short.there} {'exists' if short.there == 1 else 'exist'}"
    since = f" since {_lost_words(short.lost)}" if short.lost else ""
    asked = (
        f"all that is promised by then needs at least {counted(short.needed, f'{short.group_type} meeting')}"
    )
    return f"{asked}; {exist}{since}"


def _lost_words(lost: Sequence[Lost]) -> str:
    """Name the days on which meetings fell out."""
    named = [
        ENGLISH.short_day(each.day) + (f" ({each.name})" if each.name else "") for each in lost[:MOST_DAYS]
    ]
    named += [counted(len(lost) - MOST_DAYS, "more day")] if len(lost) > MOST_DAYS else []
    verb = "is" if len(lost) == 1 else "are"
    return f"{_list(named)} {verb} closed"


def _list(items: Iterable[object]) -> str:
    *head, last = map(str, items)
    return f"{'; '.join(head)} and {last}" if head else last


def counted(number: int, noun: str) -> str:
    """Write a number of things."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


NODES_PER_TRIAL = 1000
"""Work for one trial, in branch-and-bound nodes."""

NOTHING_HELPS = "none of the changes that were tried lets a plan exist, and no two of them"
MOST_FIRST_STEPS, MOST_TRIALS = 3, 12
"""Changes after which a second one is looked for, and trials of both together."""

NOT_KNOWN = "not known within the work allowed"
"""How a change begins that was tried without an answer."""


def empty_meeting(board: Board, index: int) -> Shortfall:
    """Name a meeting that no topic could fill."""
    meeting, price = board.task.meetings[index], board.task.program.weights.empty
    where = f"{ENGLISH.short_day(meeting.day)}, {meeting.slot.id}"
    message = f"{where}: no {meeting.slot.group_type} topic: {_why_empty(board, index)}"
    return Shortfall("empty", meeting.meeting_id, (meeting.day,), price, message)


def _why_empty(board: Board, index: int) -> str:
    """Say with numbers why a meeting stays empty."""
    slot = board.task.meetings[index].slot
    fitting = list(board.choices(index))
    allowed = [topic_id for topic_id in fitting if board.allows(topic_id, index)]
    distance = board.task.program.spacing.get(slot.group_type, 0)
    if not board.topics_of_type(slot.group_type):
        return f"this program teaches none for ages '{board.task.program.ages}'"
    if not fitting:
        return f"none is written for {slot.minutes} minutes and ages '{board.task.program.ages}'"
    if not allowed:
        return f"{', '.join(fitting)} may not stand there"
    spacing = f" and [spacing] {slot.group_type} = {distance}" if distance else ""
    order = board.task.program.sequence.get(slot.group_type, "free")
    sequence = f' and [sequence] {slot.group_type} = "{order}"' if order != "free" else ""
    rules = f"the rules of order{spacing}{sequence}"
    asked = _topics_asked(board, slot.group_type, distance)
    return f"{', '.join(allowed)} may stand there, but {rules} keep them away{asked}"


def _topics_asked(board: Board, group_type: str, distance: int) -> str:
    """Say how many topics a spacing asks for, where there are fewer: all meetings of a stretch differ."""
    indices = board.meetings_of_type(group_type)
    topics = [each for each in board.topics_of_type(group_type) if board.runs_in(each.topic_id, indices)]
    asked = max(board.line(group_type, track).most_asked(distance) for track in board.task.tracks)
    if not distance or len(topics) >= asked:
        return ""
    exist = "exists" if len(topics) == 1 else "exist"
    return f": it asks for {asked} topics, and {len(topics)} {exist}"


def missed_promise(board: Board, promise: Promise, promises: Iterable[Promise] = ()) -> Shortfall:
    """Name an objective that some newcomers are not taught in time, with the arithmetic.

    Parameters
    ----------
    board, promise
        What was planned, and what of it is missed.
    promises
        Every promise: what else the same meetings are needed for.
    """
    objective = board.task.curriculum.objective_by_id[promise.subject]
    topics = board.task.topics_of_objective[promise.subject]
    guest = promise.guests[0]
    due = window_end(guest, objective.within_weeks)
    meetings = _meetings_in(board, {topic.group_type for topic in topics}, guest, due)
    message = (
        f"'{objective.statement}' is not taught within {counted((due - guest.start).days // 7, 'week')} "
        f"to anyone who starts on {_who(promise.guests)}: "
        f"it needs {' or '.join(topic.topic_id for topic in topics) or 'a topic that teaches it'}, "
        f"and that window holds {counted(meetings, 'meeting')} of their kind"
        f"{why_missed(board, promise, tuple(promises), due)}"
    )
    return Shortfall("objective", promise.subject, promise.starts, promise.price, message)


def _who(guests: Iterable[Guest]) -> str:
    """Name start dates, those of each journey apart: Mon, Jan 4, Wed, Jan 6 (evening track)."""
    days: dict[str, list[date]] = {}
    for guest in guests:
        days.setdefault(guest.journey.name, []).append(guest.start)
    named = (
        (", ".join(ENGLISH.short_day(day) for day in sorted(starts)), name) for name, starts in days.items()
    )
    return "; ".join(f"{listed} ({name})" if name else listed for listed, name in named)


def _meetings_in(board: Board, group_types: set[str], guest: Guest, due: date) -> int:
    planned = ((each.slot.group_type, each.day) for each in board.task.meetings if guest.meets(each))
    past = ((each.group_type, each.date) for each in board.task.lived if guest.met(each))
    return sum(kind in group_types and guest.start <= day < due for kind, day in (*past, *planned))


def clash(task: Task, found: Iterable[Row]) -> Clash:
    """Name a smallest set of rules that cannot hold together, and the changes that were tried and help.

    Parameters
    ----------
    task
        What cannot be planned.
    found
        The rows that the search proved to clash: named where the hard rules alone take too long to prove it.
    """
    kept = clashing_rules(task, found)
    remedies = list(_remedies(task, kept)) or list(_in_two_steps(task, kept)) or [NOTHING_HELPS]
    return Clash([rule.words for rule in kept], remedies)


def clashing_rules(task: Task, found: Iterable[Row] = (), nodes: int = MOST_NODES) -> list[Rule]:
    """Return rules that cannot hold together, of which none can be left out; none where nothing clashes."""
    model = hard_model(task)
    proved = (part for part in _parts(model) if not _holds(model, part, (), nodes))
    part = next(proved, None) or _part_of(model, found)
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


def _parts(model: Model) -> list[Part]:
    return fall_apart(range(len(model.costs)), model.rows)


def _part_of(model: Model, found: Iterable[Row]) -> Part:
    """Gather the rows of the rules that the search found to clash."""
    rules = {row.rule for row in found if row.rule is not None}
    return Part(tuple(range(len(model.costs))), tuple(row for row in model.rows if row.rule in rules))


def _smallest(rules: Iterable[Rule], holds: Callable[[set[Rule]], bool]) -> list[Rule]:
    """Drop one rule after another as long as the rest still clashes; then every rule left is needed."""
    kept, dropped = list(rules), set[Rule]()
    for rule in reversed(tuple(kept)):
        if not holds(dropped | {rule}):
            dropped.add(rule)
            kept.remove(rule)
    return kept


def _holds(model: Model, part: Part, dropped: Iterable[Rule], nodes: int = NODES_PER_TRIAL) -> bool:
    """Say whether values may exist that keep every rule of a part but those dropped."""
    return _outcome(model, part, dropped, nodes) != "infeasible"


def _outcome(model: Model, part: Part, dropped: Iterable[Rule], nodes: int) -> Outcome:
    """Look for values that keep every rule of a part but those dropped."""
    without = set(dropped)
    rows = tuple(row for row in part.rows if row.rule not in without)
    free = Part(part.variables, rows)
    return solve_part(_free_of_cost(model), free, [0.0] * len(model.costs), nodes).outcome


def _free_of_cost(model: Model) -> Model:
    """Return the same variables without prices: any values will do."""
    copy = Model()
    copy.costs, copy.groups, copy.most = [0.0] * len(model.costs), model.groups, model.most
    return copy


def _remedies(task: Task, rules: Iterable[Rule]) -> Iterable[str]:
    """Offer, for each rule, the smallest change that was tried and lets a plan exist.

    Where no trial ends with a plan but one was stopped, say that it is not known.
    """
    named = {type(constraint).__name__: constraint for constraint in CONSTRAINTS}
    for rule in rules:
        unknown: list[str] = []
        for words, changed in named[rule.constraint].remedies(task, rule.subject):
            answer = possible(changed)
            if answer:
                yield words
                break
            unknown += [words] if answer is None else []
        else:
            yield from (f"{NOT_KNOWN}: {words}" for words in unknown[-1:])


def _in_two_steps(task: Task, rules: Iterable[Rule]) -> Iterator[str]:
    """Offer two changes that together let a plan exist: the second mends what clashes after the first."""
    named = {type(constraint).__name__: constraint for constraint in CONSTRAINTS}
    pairs = (
        (f"{words} and {more}", both)
        for words, changed in islice(_strongest(task, rules), MOST_FIRST_STEPS)
        for rule in clashing_rules(changed, nodes=NODES_PER_TRIAL)
        for more, both in named[rule.constraint].remedies(changed, rule.subject)
    )
    found = (words for words, both in islice(pairs, MOST_TRIALS) if possible(both))
    return islice(found, 1)


def _strongest(task: Task, rules: Iterable[Rule]) -> Iterator[Remedy]:
    """Yield, for each rule that can be softened, the change that softens it most."""
    named = {type(constraint).__name__: constraint for constraint in CONSTRAINTS}
    for rule in rules:
        yield from list(named[rule.constraint].remedies(task, rule.subject))[-1:]


def possible(task: Task) -> bool | None:
    """Say whether any plan keeps every hard rule; None where the work allowed for a trial does not tell."""
    model = hard_model(task)
    outcomes = {_outcome(model, part, (), NODES_PER_TRIAL) for part in _parts(model)}
    if "infeasible" in outcomes:
        return False
    return None if "stopped" in outcomes else True
