"""For any small program and curriculum: a plan the judge accepts at the same cost, or else a Clash."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import strategies as st

from iop_sessions.ground.errors import Clash
from iop_sessions.judge.pricing import FLAWS, price
from iop_sessions.planning.search import Task, solve
from iop_sessions.plans.case import Case
from iop_sessions.plans.plan import Plan, Session
from iop_sessions.program.calendar import WEEK
from iop_sessions.program.program import Program
from iop_sessions.program.settings import WEEKDAYS
from tests.lib import planner, small
from tests.lib.examples import tried

FEW = [10, pytest.param(300, marks=pytest.mark.deep)]
TINY = [10, pytest.param(300, marks=pytest.mark.deep)]


def table(rows: list[dict[str, Any]]) -> str:
    """Write rows as the text table that `small` reads."""
    lines = [list(rows[0]), *([str(value) for value in row.values()] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


@st.composite
def topic_rows(draw: st.DrawFn, types: list[str], most: int) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for number in range(draw(st.integers(1, most))):
        known = [row["topic_id"] for row in rows]
        follows = rows[-1] if rows and draw(st.integers(0, 5)) == 0 else None
        after = draw(st.lists(st.sampled_from(known), max_size=1)) if known else []
        row = {
            "topic_id": f"T{number}",
            "group_type": draw(st.sampled_from(types)),
            "delivery": draw(st.sampled_from(["group"] * 6 + ["standing", "orientation"])),
            "lengths": draw(st.sampled_from(["60"] * 5 + ["60; 90", "90"])),
            "role": draw(st.sampled_from(["ordinary"] * 5 + ["opening", "closing"])),
            "entry": draw(st.sampled_from(["open", "after"])) if after else "open",
            "after": "; ".join(after),
            "series": "",
            "part": "0",
            "trigger_content": draw(st.sampled_from([""] * 6 + ["grief"])),
            "calendar_tie": draw(st.sampled_from([""] * 8 + ["before_closure"])),
        }
        if follows is not None and not follows["series"] and follows["delivery"] == "group":
            follows |= {"series": f"S{number}", "part": "1"}
            row |= {
                "series": f"S{number}",
                "part": "2",
                "delivery": "group",
                "group_type": follows["group_type"],
            }
        rows.append(row)
    return rows


@st.composite
def tasks(draw: st.DrawFn, *, slots: int, weeks: int, topics: int, ways: bool = False) -> Task:
    types = draw(st.sampled_from([["RP"], ["RP", "SD"]]))
    rows = draw(topic_rows(types, topics))
    objectives = [
        {
            "objective_id": f"o{number}",
            "level": draw(st.sampled_from(["short", "short", "full", "elective"])),
            "within_weeks": draw(st.integers(0, 2)),
        }
        for number in range(draw(st.integers(1, 4)))
    ]
    topic_ids, objective_ids = [row["topic_id"] for row in rows], [row["objective_id"] for row in objectives]
    pairs = draw(
        st.lists(
            st.tuples(st.sampled_from(topic_ids), st.sampled_from(objective_ids)), max_size=6, unique=True
        )
    )
    curriculum = small.curriculum(
        topics=table(rows),
        objectives=table(objectives),
        group_types=table(
            [{"group_type": name, "needs_topic": "yes"} for name in types]
            + [{"group_type": "PG", "needs_topic": "no"}]
        ),
        **(
            {"topic_objectives": table([{"topic_id": one, "objective_id": other} for one, other in pairs])}
            if pairs
            else {}
        ),
    )
    program = draw(programs(types, slots=slots, weeks=weeks))
    if ways:
        program = draw(with_ways(program))
    return Task(curriculum, program, program.start, program.weeks, draw(histories(program, topic_ids)))


def end_before_midnight(meetings: list[tuple[str, str]]) -> bool:
    """Say whether no day has more meetings than `small` can set one after another."""
    return all(count <= 5 for count in Counter(day for day, _ in meetings).values())


@st.composite
def programs(draw: st.DrawFn, types: list[str], *, slots: int, weeks: int) -> Program:
    start = small.MONDAY + timedelta(days=draw(st.integers(0, 6)))
    length = draw(st.integers(1, weeks))
    meeting = st.tuples(st.sampled_from(WEEKDAYS[:3]), st.sampled_from([*types, *types, "PG"]))
    drawn = draw(st.lists(meeting, min_size=1, max_size=slots).filter(end_before_midnight))
    days = st.integers(0, 7 * length + 6).map(lambda number: start + timedelta(days=number))
    return small.program(
        table([{"day": day, "group_type": group_type} for day, group_type in drawn]),
        start=start,
        weeks=length,
        closed=draw(st.lists(days, max_size=2)),
        admission=draw(st.sampled_from(["rolling", "rolling", "cohort"])),
        stay_weeks=[draw(st.integers(1, 3))],
        core=draw(st.sampled_from(["short", "full"])),
        spacing={name: draw(st.integers(0, 2)) for name in types},
    )


@st.composite
def with_ways(draw: st.DrawFn, program: Program) -> Program:
    """Give a program tracks, kinds, sites, phases, paths, half days and closed ranges."""
    own = {
        "track": st.sampled_from(draw(st.sampled_from([["am", "pm"], ["", "am", "pm"], [""]]))),
        "kind": st.sampled_from(["group"] * 6 + ["open", "individual"]),
        "site": st.sampled_from(["", "", "north"]),
        "minutes": st.sampled_from([60] * 5 + [90]),
        "phases": st.sampled_from([[]] * 4 + [[1], [2]]),
    }
    slots = [
        slot.model_dump() | {name: draw(value) for name, value in own.items()} | {"start": f"{hour}:00"}
        for hour, slot in zip(range(9, 24, 2), program.slots, strict=False)
    ]
    sites = draw(st.sampled_from([["main"], ["main", "north"]]))
    calendars = {name: draw(calendar(program)) for name in sites}
    phases = draw(phase_lists([slot.id for slot in program.slots]))
    every = [[[1, 1]], [[2, 1]], [[1, 1], [2, 1]], [[2, 2], [1, 1]]]
    drawn = draw(st.lists(st.sampled_from(every), max_size=2, unique_by=str)) if phases else []
    paths = [{"id": f"way{number}", "phases": steps} for number, steps in enumerate(drawn)]
    changes = {"slots": slots, "calendar": calendars, "phases": phases, "paths": paths}
    return Program.model_validate(program.model_dump() | changes)


@st.composite
def with_good_weeks(draw: st.DrawFn, of: st.SearchStrategy[Task]) -> Task:
    """Give a task every wish for good weeks, and what they look at: lectures, practice, themes."""
    task = draw(of)
    topics = [
        topic.model_copy(update={"format": draw(st.sampled_from(["lecture", "skills"]))})
        for topic in task.curriculum.topics
    ]
    segments = [
        {"topic_id": topic.topic_id, "kind": "practice", "minutes": minutes, "length": length}
        for topic in topics
        for length in topic.lengths
        for minutes in (draw(st.sampled_from([10, 20, 30])),)
    ]
    drawn = [(topic.topic_id, draw(st.sampled_from(["", "", "red", "blue"]))) for topic in topics]
    tags = [{"topic_id": name, "scheme": "theme", "tag": tag} for name, tag in drawn if tag]
    more = small.curriculum(segments=table(segments), **({"topic_tags": table(tags)} if tags else {}))
    shares = {
        each.group_type: each.model_copy(update={"practice_share_min": draw(st.sampled_from([None, 30, 50]))})
        for each in task.curriculum.group_types
    }
    curriculum = replace(
        task.curriculum,
        topics=tuple(topics),
        segments=more.segments,
        topic_tags=more.topic_tags,
        group_types=tuple(shares.values()),
    )
    weights = {name: draw(st.integers(0, 3)) for name in FLAWS}
    asked = {
        "practice_share": draw(st.sampled_from([None, 25, 40])),
        "most_repeats": draw(st.integers(1, 2)),
        "themes": draw(st.sampled_from([(), ("red",), ("red", "blue", ""), ("blue", "red")])),
    }
    changes = {
        "weights": task.program.weights.model_copy(update=weights),
        "good_weeks": task.program.good_weeks.model_copy(update=asked),
    }
    return replace(task, curriculum=curriculum, program=task.program.model_copy(update=changes))


@st.composite
def with_sequences(draw: st.DrawFn, of: st.SearchStrategy[Task]) -> Task:
    """Ask for the order of ids in some group types; what a check of the program refuses is asked of none."""
    task = draw(of)
    orders = {name: draw(st.sampled_from(["cycle", "fixed", "free"])) for name in task.group_types}
    return replace(task, program=task.program.model_copy(update={"sequence": orders}))


@st.composite
def calendar(draw: st.DrawFn, program: Program) -> dict[str, Any]:
    days = st.integers(0, 7 * program.weeks + 6).map(lambda number: program.start + timedelta(days=number))
    first, half = draw(days), draw(days)
    last = first + timedelta(days=draw(st.integers(0, 2)))
    hours = draw(st.sampled_from([{"start": "10:30"}, {"end": "12:30"}]))
    return {
        "closed": draw(st.sampled_from([[], [first], [f"{first}..{last}"]])),
        "half_days": draw(st.sampled_from([[], [{"date": half} | hours]])),
    }


@st.composite
def phase_lists(draw: st.DrawFn, slot_ids: list[str]) -> list[dict[str, Any]]:
    """Draw no phases, or two."""
    fewer = {
        "days": st.lists(st.sampled_from(WEEKDAYS[:3]), max_size=2, unique=True),
        "slots": st.lists(st.sampled_from(slot_ids), max_size=2, unique=True),
    }
    phases = [
        {"number": number, "weeks": weeks} | {name: draw(value) for name, value in fewer.items()}
        for number, weeks in ((1, [1]), (2, [2, draw(st.integers(2, 3))]))
    ]
    return draw(st.sampled_from([phases, []]))


@st.composite
def histories(draw: st.DrawFn, program: Program, topic_ids: list[str]) -> tuple[Session, ...]:
    """Draw a week before the plan, and sometimes a day into it, held by hand or cancelled."""
    if draw(st.booleans()):
        return ()
    lines = {slot.id: draw(st.sampled_from(["-", *topic_ids])) for slot in program.slots}
    first: date = program.start - WEEK + timedelta(days=draw(st.integers(0, 1)))
    past = small.plan(program, table([lines]), start=first).sessions
    states = [draw(st.sampled_from(["held", "held", "cancelled"])) for _ in past]
    return tuple(each.model_copy(update={"state": state}) for each, state in zip(past, states, strict=True))


def plan_or_clash(task: Task) -> Plan | None:
    try:
        return planner.plan(task.curriculum, task.program, task.history)
    except Clash:
        return None


@pytest.mark.parametrize("examples", FEW)
def test_the_judge_accepts_each_plan_at_its_cost_or_the_refusal_is_a_clash(examples: int) -> None:
    def check(task: Task) -> str:
        made = plan_or_clash(task)
        return "clash" if made is None else made.sheet.status

    seen = tried(examples, tasks(slots=5, weeks=4, topics=6), check, {"optimal": examples // 2})
    assert set(seen) <= {"optimal", "clash"}


@pytest.mark.parametrize("examples", TINY)
def test_no_plan_at_all_is_cheaper_than_the_planners(examples: int) -> None:
    def check(task: Task) -> str:
        made, cheapest = plan_or_clash(task), planner.cheapest_by_brute_force(task)
        assert (made.sheet.cost if made else None) == cheapest
        return "clash" if made is None else "plan"

    tried(examples, tasks(slots=2, weeks=2, topics=4), check, {"plan": examples // 2})


@pytest.mark.parametrize("examples", FEW)
def test_phases_paths_and_tracks_are_planned_as_the_judge_reads_them(examples: int) -> None:
    def check(task: Task) -> str:
        try:
            made = planner.plan(task.curriculum, task.program, task.history)
        except Clash as refused:
            return "clash" if refused.reasons else "clash without a reason"
        return f"{made.sheet.status}, {'one way' if len(task.journeys) == 1 else 'several ways'}"

    least = {"optimal, several ways": examples // 10}
    seen = tried(examples, tasks(slots=6, weeks=4, topics=5, ways=True), check, least)
    assert set(seen) <= {"clash", "optimal, one way", "optimal, several ways"}


@pytest.mark.parametrize("examples", TINY)
def test_no_plan_for_several_journeys_is_cheaper_than_the_planners(examples: int) -> None:
    def check(task: Task) -> str:
        made, cheapest = plan_or_clash(task), planner.cheapest_by_brute_force(task)
        assert (made.sheet.cost if made else None) == cheapest
        return "clash" if made is None else "one way" if len(task.journeys) == 1 else "several ways"

    tried(examples, tasks(slots=3, weeks=2, topics=2, ways=True), check, {"several ways": examples // 10})


@pytest.mark.parametrize("examples", FEW)
def test_rows_in_another_order_change_nothing(examples: int) -> None:
    def check(task: Task) -> str:
        made = plan_or_clash(task)
        if made is None:
            return "clash"
        turned = small.turned(task.curriculum)
        other = solve(Task(turned, task.program, task.start, task.weeks, task.history[::-1]))
        assert (other.sessions, other.sheet.shortfalls) == (made.sessions, made.sheet.shortfalls)
        return "plan"

    tried(examples, tasks(slots=4, weeks=3, topics=5), check, {"plan": examples // 2})


@pytest.mark.parametrize("examples", FEW)
def test_the_wishes_for_good_weeks_cost_the_planner_what_they_cost_the_judge(examples: int) -> None:
    def check(task: Task) -> list[str]:
        made = plan_or_clash(task)
        if made is None:
            return ["clash"]
        bill = price(Case(task.curriculum, task.program, made)).by_name
        return [made.sheet.status, *(name for name in FLAWS if bill[name])]

    either = st.booleans().flatmap(lambda ways: tasks(slots=6, weeks=4, topics=6, ways=ways))
    every_wish = dict.fromkeys(FLAWS, 1) if examples > FEW[0] else {}  # some are rare
    least = {"optimal": examples} | every_wish
    seen = tried(examples, with_good_weeks(either), check, least)
    assert set(seen) <= {"optimal", "clash", *FLAWS}


@pytest.mark.parametrize("examples", TINY)
def test_no_plan_has_better_weeks_than_the_planners(examples: int) -> None:
    def check(task: Task) -> str:
        made, cheapest = plan_or_clash(task), planner.cheapest_by_brute_force(task)
        assert (made.sheet.cost if made else None) == cheapest
        return "clash" if made is None else "plan"

    tried(examples, with_good_weeks(tasks(slots=2, weeks=2, topics=3)), check, {"plan": examples // 3})


@pytest.mark.parametrize("examples", TINY)
def test_no_plan_in_the_order_of_ids_is_cheaper_than_the_planners(examples: int) -> None:
    def check(task: Task) -> str:
        made, cheapest = plan_or_clash(task), planner.cheapest_by_brute_force(task)
        assert (made.sheet.cost if made else None) == cheapest
        return "clash" if made is None else "plan"

    tried(examples, with_sequences(tasks(slots=2, weeks=2, topics=4)), check, {"plan": examples // 4})
    several = tasks(slots=3, weeks=2, topics=2, ways=True)
    tried(examples, with_sequences(several), check, {"plan": examples // 4})
