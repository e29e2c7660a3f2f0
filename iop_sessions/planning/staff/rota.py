"""Give every session of a plan its leaders and its rooms, once its topics are chosen.

The slot's `lead` says whom the clinic wants, and they are kept wherever they may lead; somebody away is
replaced. Weeks are solved one after another, for only a calendar week limits how much somebody leads; rooms
are solved day by day. So what leaders and rooms cost is proved least, week by week.

A session with several sections lists its leaders as they are wanted, then the others, then those who are
there beside them; those who may lead alone take the sections in this order, and the rooms stand in it too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import groupby
from typing import Final

from iop_sessions.planning.staff.assigning import Assignment, Given, Post
from iop_sessions.planning.staff.vacancies import room_hindrance, shortfalls_of
from iop_sessions.planning.task import Task
from iop_sessions.plans import leaders
from iop_sessions.plans.facts import Hindrance, Shortfall
from iop_sessions.plans.plan import Session
from iop_sessions.program import sections
from iop_sessions.program.settings import Facilitator, Slot


@dataclass
class Desk:
    """Where a rota is made: what is fixed, what is done, and who had each slot so far."""

    task: Task
    before: Mapping[str, Session]
    fixed: list[Session] = field(default_factory=list)
    done: dict[str, Session] = field(default_factory=dict)
    unproved: int = 0  # how far the cost may be from the least there is
    usual: dict[str, Counter[str]] = field(default_factory=dict)  # slot -> how often each name had it
    last: dict[str, tuple[str, ...]] = field(default_factory=dict)
    loads: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        """Look up what is asked for again and again."""
        program = self.task.program
        self.slots = program.slot_by_id
        self.people = sorted(program.facilitators, key=lambda each: each.code)
        self.rooms = sorted(program.rooms, key=lambda each: (each.seats, each.code))

    def remember(self, sessions: Iterable[Session]) -> None:
        """Note who led what, and where."""
        for session in sorted(sessions, key=lambda each: each.order):
            self.loads.update(session.facilitators)
            names = _names(session)
            self.usual.setdefault(session.slot_id, Counter()).update(names)
            self.last[session.slot_id] = names

    def prefer(self, week: Iterable[Session]) -> None:
        """Take the habits of slots from a week, whatever they had before it."""
        for session in week:
            names = _names(session)
            self.usual.setdefault(session.slot_id, Counter()).update(dict.fromkeys(names, _HABIT))

    def staff_week(self, week: Sequence[Session]) -> None:
        """Give the sessions of a calendar week their leaders and rooms."""
        monday = leaders.monday_of(week[0].date)
        fixed = [each for each in self.fixed if leaders.monday_of(each.date) == monday]
        led = self._led(week, fixed) if self.people else list(week)
        for _, day in groupby(led, lambda session: session.date):
            of_day = list(day)
            placed = self._placed(of_day, fixed) if self.rooms else of_day
            self.done |= {each.session_id: each for each in placed}
        self.remember(self.done[each.session_id] for each in week)

    def _led(self, week: Sequence[Session], fixed: Sequence[Session]) -> list[Session]:
        """Give sessions their leaders: as is wanted or usual where that works out, else the best."""
        as_usual = self._led_as_usual(week, fixed)
        if as_usual is not None:
            return as_usual
        assignment = Assignment([self._post_of_leaders(session, fixed) for session in week])
        self._limit_weeks(assignment, week, fixed)
        least = min((self.loads[each.code] for each in self.people), default=0)
        loads = {each.code: self.loads[each.code] - least for each in self.people}
        given = self._take(assignment.solve(assignment.shared_out(loads)))
        return [self._with_leaders(session, given.names.get(session.session_id, ())) for session in week]

    def _take(self, given: Given) -> Given:
        self.unproved += given.cost - given.bound if given.cost > given.bound else 0
        return given

    def _led_as_usual(self, week: Sequence[Session], fixed: Sequence[Session]) -> list[Session] | None:
        """Give every session whom its slot wants or usually has; None where that leaves a place open."""
        made = list(fixed)
        for session in week:
            slot = self.slots[session.slot_id]
            needed = sections.leaders_needed(self.task.program, slot)
            second = sections.co_leaders_needed(self.task.program, slot)
            names = self._wanted_or_usual(session, slot.lead, needed + second, rooms=False)
            found = [each for each in self.people if each.code in names]
            leading = sum(self._leads_alone(each, session) for each in found)
            if len(found) < needed + second or leading < needed:
                return None
            if any(self._hindrance(each, session, made) for each in found):
                return None
            made.append(self._with_leaders(session, names))
        return made[len(fixed) :]

    def _wanted_or_usual(
        self, session: Session, wanted: Sequence[str], count: int, *, rooms: bool
    ) -> tuple[str, ...]:
        """Name what a slot wants, filled up with what it usually has, where nothing else was before."""
        names = list(dict.fromkeys(wanted))
        if len(names) < count and session.session_id not in self.before:
            usual, _ = self._habits(self.slots[session.slot_id], count, rooms=rooms)
            names += [name for name in usual if name not in names][: count - len(names)]
        return tuple(names)

    def _hindrance(self, who: Facilitator, session: Session, among: Iterable[Session]) -> Hindrance | None:
        task = self.task
        return leaders.hindrance(task.curriculum, task.program, who, session, among, alone=False)

    def _leads_alone(self, who: Facilitator, session: Session) -> bool:
        return leaders.leads_alone(self.task.curriculum, self.task.program, who, session)

    def _post_of_leaders(self, session: Session, fixed: Sequence[Session]) -> Post:
        slot, weights = self.slots[session.slot_id], self.task.program.weights
        there = [each for each in self.people if not self._hindrance(each, session, fixed)]
        needed = sections.leaders_needed(self.task.program, slot)
        second = sections.co_leaders_needed(self.task.program, slot)
        most_beside = max(second, len(set(slot.lead)) - needed, 0)
        beside = [each.code for each in there if second or each.code in slot.lead]
        usual, last = self._habits(slot, needed + second, rooms=False)
        return Post(
            session=session, places=needed, price=weights.leader,
            able=tuple(each.code for each in there if needed and self._leads_alone(each, session)),
            wanted=tuple(dict.fromkeys(slot.lead)), before=self._before(session, rooms=False),
            usual=usual, last=last, ranked=self._step_ins(session),
            beside=tuple(beside), second=second, second_price=weights.co_leader, most_beside=most_beside,
        )  # fmt: skip

    def _before(self, session: Session, *, rooms: bool) -> tuple[str, ...] | None:
        earlier = self.before.get(session.session_id)
        return (earlier.rooms if rooms else earlier.facilitators) if earlier is not None else None

    def _step_ins(self, session: Session) -> tuple[str, ...]:
        """Rank who may step in where somebody who led a session before may not lead it now."""
        before, task = self._before(session, rooms=False) or (), self.task
        led = (each for each in self.people if each.code in before)
        if not any(self._hindrance(each, session, self.fixed) for each in led):
            return ()
        ranked = leaders.candidates(task.curriculum, task.program, self.fixed, session)
        return tuple(each.code for each in ranked if each.may_lead)

    def _habits(self, slot: Slot, count: int, *, rooms: bool) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return whom a slot has mostly had, and had the last time, or in which rooms."""
        counted, had = self.usual.get(slot.id, Counter[str]()).most_common(), self.last.get(slot.id, ())
        usual = (name.removeprefix(_ROOM) for name, _ in counted if name.startswith(_ROOM) == rooms)
        last = (name.removeprefix(_ROOM) for name in had if name.startswith(_ROOM) == rooms)
        return tuple(usual)[:count], tuple(last)

    def _limit_weeks(self, assignment: Assignment, week: Sequence[Session], fixed: Sequence[Session]) -> None:
        """Keep everybody to the groups they lead a week."""
        groups = [each.session_id for each in week if each.kind in sections.GROUPS]
        led = [each for each in fixed if each.kind in sections.GROUPS and each.takes_place]
        for each in self.people:
            if each.max_week is not None:
                already = sum(each.code in session.facilitators for session in led)
                assignment.at_most_in_all(each.code, groups, max(each.max_week - already, 0))

    def _with_leaders(self, session: Session, names: Collection[str]) -> Session:
        """Put leaders in their order: as they are wanted, then those who lead alone, then the others."""
        lead = self.slots[session.slot_id].lead
        if set(lead) == set(names):
            return session.model_copy(update={"facilitators": lead})
        wanted = [name for name in dict.fromkeys(lead) if name in names]
        others = [each for each in self.people if each.code in names and each.code not in wanted]
        others.sort(key=lambda each: (not self._leads_alone(each, session), each.code))
        found = (*wanted, *(each.code for each in others))
        return session.model_copy(update={"facilitators": found})

    def _placed(self, day: Sequence[Session], fixed: Sequence[Session]) -> list[Session]:
        """Give the sessions of a day their rooms: as is wanted or usual where that works out."""
        as_usual = self._placed_as_usual(day, fixed)
        if as_usual is not None:
            return as_usual
        assignment = Assignment([self._post_of_rooms(session, fixed) for session in day])
        seats = assignment.each_costs({room.code: room.seats for room in self.rooms})
        given = self._take(assignment.solve(seats))
        return [self._with_rooms(session, given.names.get(session.session_id, ())) for session in day]

    def _placed_as_usual(self, day: Sequence[Session], fixed: Sequence[Session]) -> list[Session] | None:
        made = list(fixed)
        for session in day:
            slot = self.slots[session.slot_id]
            needed = sections.rooms_needed(self.task.program, slot)
            wanted = (slot.room,) if slot.room else ()
            names = self._wanted_or_usual(session, wanted, needed, rooms=True)
            if len(names) < needed or not set(names) <= {*self._rooms_for(session, made)}:
                return None
            made.append(self._with_rooms(session, names))
        return made[len(fixed) :]

    def _rooms_for(self, session: Session, sessions: Sequence[Session]) -> list[str]:
        slot = self.slots[session.slot_id]
        program = self.task.program
        found = (room for room in self.rooms if not room_hindrance(program, room, slot, session, sessions))
        return [room.code for room in found]

    def _post_of_rooms(self, session: Session, fixed: Sequence[Session]) -> Post:
        slot = self.slots[session.slot_id]
        needed = sections.rooms_needed(self.task.program, slot)
        usual, last = self._habits(slot, needed, rooms=True)
        return Post(
            session=session, places=needed, price=self.task.program.weights.room,
            able=tuple(self._rooms_for(session, fixed)), wanted=(slot.room,) if slot.room else (),
            before=self._before(session, rooms=True), usual=usual, last=last,
        )  # fmt: skip

    def _with_rooms(self, session: Session, names: Collection[str]) -> Session:
        wanted = self.slots[session.slot_id].room
        ordered = sorted(names, key=lambda name: (name != wanted, name))
        return session.model_copy(update={"room": "; ".join(ordered)})


_HABIT: Final = 10_000  # weeks that nothing outlasts
_ROOM: Final = "room "


def _names(session: Session) -> tuple[str, ...]:
    """Return who leads a session, and its rooms, which are told by their first letters."""
    return (*session.facilitators, *(f"{_ROOM}{name}" for name in session.rooms))


NOTHING: Final[Mapping[str, Session]] = {}


@dataclass(frozen=True)
class Rota:
    """Sessions with their leaders and rooms, what is missing, and what no other rota goes below."""

    sessions: tuple[Session, ...]
    shortfalls: tuple[Shortfall, ...]
    cost: int
    bound: int


def rota(
    task: Task,
    sessions: Sequence[Session],
    standing: Collection[str] = frozenset(),
    before: Mapping[str, Session] = NOTHING,
) -> Rota:
    """Give sessions their leaders and rooms; those whose ids are standing stay as they are.

    Of the sessions of an earlier version of the plan, by id, as few as can be get others.
    """
    desk = Desk(task, before)
    slots = {slot.id for slot in task.program.slots}
    open_to_all = (each for each in sessions if each.takes_place and each.slot_id in slots)
    ours = (each for each in open_to_all if each.session_id not in standing)
    free = {each.session_id: each for each in sorted(ours, key=lambda session: session.order)}
    desk.fixed = [*task.lived, *(each for each in sessions if each.session_id not in free)]
    desk.remember(each for each in desk.fixed if each.takes_place)
    desk.prefer(_typical_week(task, desk, free.values()))
    for _, week in groupby(free.values(), lambda session: leaders.monday_of(session.date)):
        desk.staff_week(list(week))
    made = tuple(desk.done.get(each.session_id, each) for each in sessions)
    lacking = shortfalls_of(task, made)
    cost = sum(each.cost for each in lacking)
    return Rota(made, tuple(lacking), cost, cost - desk.unproved)


def _typical_week(task: Task, past: Desk, sessions: Iterable[Session]) -> list[Session]:
    """Share a week out as if nobody were away and every day were open: the habits that other weeks keep.

    Without it the first week would set them, and leave out who happens to be on leave then.
    """
    program = task.program
    days = [task.start + timedelta(days=day) for day in range((task.end - task.start).days)]
    away = {
        each.code: sum(any(day in span for span in each.leave) for day in days)
        for each in program.facilitators
    }
    here = (each for each in program.facilitators if 2 * away[each.code] < len(days))
    people_there = tuple(each.model_copy(update={"leave": ()}) for each in here)
    rooms = tuple(each.model_copy(update={"closed": ()}) for each in program.rooms)
    open_program = program.model_copy(update={"facilitators": people_there, "rooms": rooms})
    desk = Desk(Task(task.curriculum, open_program, task.start, task.weeks), {})
    desk.usual = {slot: Counter(names) for slot, names in past.usual.items()}
    monday = leaders.monday_of(task.start)
    one_each = {each.slot_id: each for each in sessions}
    week = [
        each.model_copy(update={"date": monday + timedelta(days=desk.slots[slot].weekday)})
        for slot, each in one_each.items()
    ]
    if week:
        desk.staff_week(sorted(week, key=lambda session: session.order))
    return list(desk.done.values())
