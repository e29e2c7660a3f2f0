"""Every promise that a change takes in a row of plans is named: counted apart on random plans."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest

from iop_sessions.curriculum.library import Curriculum
from iop_sessions.jobs.replan import Proposal, ReplanRequest
from iop_sessions.plans.case import Case
from iop_sessions.plans.plan import Plan, Sequel, Session
from iop_sessions.plans.store import Kept
from iop_sessions.program.program import Program
from tests.lib import small
from tests.lib.counting import Broken, Written, broken_in

EXAMPLES = [12, pytest.param(300, marks=pytest.mark.deep)]
TOPICS = {"RP": ("RP-01", "RP-02", "RP-03", "RP-04"), "RT": ("RT-01", "RT-02")}


def a_curriculum(chance: Random) -> Curriculum:
    """Draw topics that stand alone, that build on others, that every group of a type holds, and a talk."""
    before = chance.choice(("RP-01", "RP-01; RT-01", "PG-01"))
    within = [chance.choice(("", "1", "2", "3")) for _ in range(6)]
    return small.curriculum(
        group_types="| group_type | needs_topic |\n| RP | yes |\n| RT | yes |\n| PG | no |",
        topics=f"""
            | topic_id | group_type | delivery    | entry | after |
            | RP-01    | RP         | group       | open  |       |
            | RP-02    | RP         | group       | open  |       |
            | RP-03    | RP         | group       | after | {before} |
            | RP-04    | RP         | group       | open  |       |
            | RT-01    | RT         | group       | open  |       |
            | RT-02    | RT         | group       | after | OR-01; RP-02 |
            | PG-01    | PG         | standing    | open  |       |
            | OR-01    | RP         | orientation | open  |       |
        """,
        objectives="| objective_id | level | within_weeks |\n"
        + "\n".join(
            f"| {name} | {chance.choice(('short', 'short', 'full'))} | {weeks} |"
            for name, weeks in zip("abcdef", within, strict=True)
        ),
        topic_objectives="""
            | topic_id | objective_id |
            | RP-01 | a |
            | RP-02 | b |
            | RP-04 | b |
            | RP-03 | c |
            | RT-01 | d |
            | RT-02 | d |
            | RT-02 | e |
            | PG-01 | f |
        """,
    )


def a_program(chance: Random, start: date) -> Program:
    """Draw a program of one to three days a week, perhaps with two tracks, perhaps with two phases."""
    days = chance.sample(("mon", "wed", "fri"), chance.randint(1, 3))
    tracks = chance.choice((("",), ("",), ("early", "late")))
    rows = [
        f"| {day} | {chance.choice(('RP', 'RP', 'RT', 'PG'))} | {track} |"
        for day in sorted(days, key=("mon", "wed", "fri").index)
        for track in tracks
        for _ in range(chance.randint(1, 2))
    ]
    stay = chance.randint(1, 4)
    named = [{"mon": "Monday", "wed": "Wednesday", "fri": "Friday"}[days[0]]]
    phases = [{"number": 1, "weeks": [1]}, {"number": 2, "weeks": [2, stay], "days": named}]
    return small.program(
        "| day | group_type | track |\n" + "\n".join(rows), start=start, weeks=chance.randint(1, 4),
        stay_weeks=[stay], core=chance.choice(("short", "full")),
        minutes={"partly_counts_from": chance.choice((0.25, 0.5, 1.0))},
        **({"phases": phases} if stay > 1 and chance.random() < 0.3 else {}),
    )  # fmt: skip


def a_plan(chance: Random, program: Program) -> Plan:
    """Put topics into a program's groups as chance has it."""
    header = "| " + " | ".join(slot.id for slot in program.slots) + " |\n"
    cells = [
        [chance.choice((*TOPICS.get(slot.group_type, ()), "-")) for slot in program.slots]
        for _ in range(program.weeks)
    ]
    return small.plan(program, header + "\n".join(f"| {' | '.join(row)} |" for row in cells))


def marked(chance: Random, row: Session, day: date) -> Session:
    """Say of a group before a day what became of it, or nothing."""
    if row.date >= day:
        return row
    state = chance.choice(("held", "held", "planned", "partly", "not held", "cancelled"))
    minutes = chance.choice((0, 10, 20, 30, 45)) if state == "partly" else 0
    return row.model_copy(update={"state": state, "held_minutes": minutes})


def changed(chance: Random, row: Session, closed: set[date]) -> Session:
    """Close days, and put other topics into a few of the groups that are to come."""
    if row.state != "planned":
        return row
    if row.date in closed:
        return row.model_copy(update={"state": "cancelled"})
    topics = (*TOPICS.get(row.group_type, ()), "")
    return row.model_copy(update={"topic_id": chance.choice(topics)}) if chance.random() < 0.15 else row


def made_up(chance: Random, rows: tuple[Session, ...]) -> list[Session]:
    """Draw groups for those who missed another one, some days after it."""
    missed = chance.sample(rows, min(chance.choice((0, 0, 1, 2)), len(rows)))
    return [
        each.model_copy(
            update={
                "session_id": f"make-up-{number}", "slot_id": each.session_id, "kind": "make-up",
                "date": each.date + timedelta(days=chance.randint(1, 9)), "held_minutes": 0,
                "state": chance.choice(("planned", "held", "not held")),
            }
        )
        for number, each in enumerate(missed)
    ]  # fmt: skip


def in_line(programs: list[Program], plans: list[Plan]) -> list[Kept]:
    """Return plans as they are kept, each with those before and after it."""
    kept = []
    for number, (program, plan) in enumerate(zip(programs, plans, strict=True)):
        past = _in_force(plans[:number], plan.sheet.start)
        later = plans[number + 1 :]
        starts = tuple((f"plan-{number + 1 + index}", each.sheet.start) for index, each in enumerate(later))
        rows = tuple(_in_force(later, date.max))
        sequel = Sequel(starts, later[-1].sheet.end, rows) if later else None
        whole = replace(plan, history=tuple(past), sequel=sequel)
        kept.append(Kept(f"plan-{number}", Path(), program, whole))
    return kept


def _in_force(plans: list[Plan], until: date) -> list[Session]:
    """List the rows of plans that follow each other, of each those before the next."""
    ends = [*(plan.sheet.start for plan in plans[1:]), until]
    return [
        row for number, plan in enumerate(plans) for row in plan.sessions if row.date < min(ends[number:])
    ]


def written(kept: list[Kept], plan: Plan | None = None) -> list[Written]:
    """Return plans as the count takes them, with another one in the first's place."""
    plans = [plan or kept[0].plan, *(each.plan for each in kept[1:])]
    return [
        Written(each.program, one.sheet.start, one.sheet.weeks, one.sessions)
        for each, one in zip(kept, plans, strict=True)
    ]


def named(curriculum: Curriculum, kept: list[Kept], after: Plan) -> set[Broken]:
    """Return the promises that a change names as missed."""
    first, *later = kept
    case = Case(curriculum, first.program, after)
    request = ReplanRequest(first.name, first.plan.sheet.start)
    proposal = Proposal(request, first, case, first.plan, (), None, later=tuple(later))
    found = proposal.newly_missed(after)
    return {(coverage.journey.track, answer.objective_id, answer.start) for coverage, answer in found}


@pytest.mark.parametrize("examples", EXAMPLES)
def test_every_promise_that_a_change_takes_in_a_row_of_plans_is_named(examples: int) -> None:
    seen: Counter[str] = Counter()
    for number in range(examples):
        chance = Random(number)
        curriculum, programs, plans = a_curriculum(chance), [], []
        start = small.MONDAY
        for _ in range(chance.choice((1, 2, 2, 3))):
            program = a_program(chance, start)
            if programs and chance.random() < 0.5:  # mostly the same program goes on
                program = programs[0].model_copy(update={"start": start, "weeks": program.weeks})
            programs.append(program)
            plans.append(a_plan(chance, program))
            start = plans[-1].sheet.end + timedelta(days=chance.choice((0, 0, 0, 7, -7, -4)))
        today = small.MONDAY + timedelta(days=chance.randint(0, 10))
        plans[0] = replace(plans[0], sessions=tuple(marked(chance, row, today) for row in plans[0].sessions))
        kept = in_line(programs, plans)
        days = sorted({row.date for row in plans[0].sessions})
        closed = set(chance.sample(days, min(chance.randint(0, 4), len(days))))
        rows = tuple(changed(chance, row, closed) for row in plans[0].sessions)
        again = made_up(chance, plans[0].sessions)
        rows = (*rows, *again)
        after = replace(kept[0].plan, sessions=rows)
        was, now = broken_in(curriculum, written(kept)), broken_in(curriculum, written(kept, after))
        assert named(curriculum, kept, after) == now - was, f"example {number}"
        undone = [replace(kept[0], plan=after), *kept[1:]]
        assert named(curriculum, undone, kept[0].plan) == was - now, f"example {number}, undone"
        last = kept[-1].plan.sheet.start
        seen.update(
            {"taken": len(now - was), "given": len(was - now), "chains": len(kept) > 1}
            | {"later": sum(start >= last for _, _, start in now - was if len(kept) > 1)}
            | {"made up": len(again), "not held": sum(row.state == "not held" for row in rows)}
            | {"fallen": sum(day in closed for _, _, day in now - was)}
        )
    wanted = ("taken", "given", "chains", "made up", "not held", "fallen")
    assert all(seen[name] for name in wanted), dict(seen)
