"""Every ready program plans to proved optimality; what is missing stands here, and the judge agrees."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from iop_sessions.checks import check_program
from iop_sessions.coverage.rules import rules_for
from iop_sessions.ground.errors import errors_of
from iop_sessions.judge import judge
from iop_sessions.pages import kinds as documents
from iop_sessions.plans.case import Case
from iop_sessions.plans.plan import with_rows
from iop_sessions.program.choosing import wanted_topics
from tests.lib.ready import READY, library, planned, ready

SLOW = ("day-90-days", "day-90-days-paths", "matrix-16-weeks", "taper-60-days")  # each takes seconds
EMPTY = {
    "adolescents-evening": {"PE", "SD", "RP", "FG", "RT"},  # no topic for young people is written yet
    "mental-health": {"PE"},  # no psychoeducation without substance use is written yet
}
"""The holes: group types for which the library has no topic yet, each with its topics named under [wanted].

No other program has any, and none misses an objective of its core.
"""


@pytest.mark.parametrize(
    "name", [pytest.param(each, marks=pytest.mark.deep if each in SLOW else ()) for each in READY]
)
def test_a_ready_program_plans_to_proved_optimality_and_the_judge_agrees(name: str) -> None:
    curriculum, program = library(), ready(name)
    assert errors_of(check_program(curriculum, program, f"{name}.toml")) == []
    plan = planned(name)
    assert (plan.sheet.status, plan.sheet.gap) == ("optimal", 0)
    types = {session.session_id: session.group_type for session in plan.sessions}
    holes = {(each.kind, types.get(each.subject, each.subject)) for each in plan.sheet.shortfalls}
    assert holes == {("empty", group_type) for group_type in EMPTY.get(name, ())}
    plan = replace(plan, sheet=with_rows(plan.sheet, plan.sessions))
    verdict = judge(Case(curriculum, program, plan))
    assert (verdict.problems, verdict.cost) == ((), plan.sheet.cost)


@pytest.mark.parametrize("name", READY)
def test_a_program_with_holes_names_topics_for_each_of_them_and_no_other_waits_for_any(name: str) -> None:
    waited = {each.topic_id.split("-")[0] for each in wanted_topics(library(), ready(name))}
    assert waited - {"OR"} >= EMPTY.get(name, set())
    assert bool(waited) == (name in EMPTY)


@pytest.mark.deep
def test_matrix_is_planned_as_published() -> None:
    """Check the counts of sessions (SAMHSA, (SMA) 13-4152 and 13-4153) and who meets them when."""
    curriculum, program = library(), ready("matrix-16-weeks")
    topics = [each for each in curriculum.topics if each.collection == "matrix"]
    assert Counter(each.group_type for each in topics) == {"ERS": 8, "RP": 32, "FE": 12, "SS": 36, "IC": 3}
    assert {(each.content, each.verified) for each in topics} == {("outline", False)}
    plan = planned("matrix-16-weeks")
    for first, last, group_type, count in (
        (1, 4, "ERS", 8),
        (1, 16, "RP", 32),
        (1, 12, "FE", 12),
        (13, 48, "SS", 36),
    ):
        held = [
            each.topic_id
            for each in plan.sessions
            if each.group_type == group_type and first <= each.week <= last
        ]
        assert (len(held), len(set(held))) == (count, count)
    (path, _) = program.paths
    phases = [number for number, weeks in path.phases for _ in range(weeks)]
    individual = next(slot for slot in program.slots if slot.kind == "individual")
    assert [week for week, number in enumerate(phases, 1) if number in individual.phases] == [1, 8, 16]


def test_the_tapering_program_keeps_nine_hours_in_every_phase() -> None:
    program = ready("taper-60-days")
    assert [
        sum(slot.minutes for slot in program.slots if each.holds(slot)) / 60 for each in program.phases
    ] == [
        15,
        12,
        9,
    ]


def test_the_paths_of_the_day_program_are_those_that_clinics_know() -> None:
    program = ready("day-90-days-paths")
    assert {path.id: [number for number, _ in path.phases] for path in program.paths} == {
        "step-down": [1, 2, 3],
        "step-up": [2, 1, 2, 3],
        "return-after-lapse": [1, 2, 1, 2, 3],
        "from-day-treatment": [2, 3],
        "to-outpatient": [1, 2],
    }


def test_the_program_with_individual_counseling_has_an_hour_of_it_every_week_for_6_to_12_weeks() -> None:
    program = ready("half-days-individual")
    one_to_one = [slot.minutes for slot in program.slots if slot.kind == "individual"]
    assert (one_to_one, program.stay_weeks, len({slot.day for slot in program.slots})) == ([60], (6, 12), 4)


def test_days_of_two_to_three_hours_have_two_or_three_groups_of_an_hour() -> None:
    program = ready("two-to-three-hour-days")
    days = Counter(slot.day for slot in program.slots)
    assert set(days.values()) == {2, 3}
    assert 3 <= len(days) <= 5


def test_young_people_have_six_hours_and_a_rule_of_their_own() -> None:
    program = ready("adolescents-evening")
    assert (program.ages, sum(slot.minutes for slot in program.slots)) == ("youth", 360)
    assert [each.rule_id for each in rules_for(library(), program)] == [
        "US-IOP-YOUTH-MIN",
        "US-IOP-YOUTH-MAX",
    ]


@pytest.mark.deep
@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("name", READY)
def test_every_kind_of_document_of_a_ready_program_can_be_made(name: str, language: str) -> None:
    kinds = [kind for kind in documents.KINDS if documents.comes_in(kind, language, large_print=False)]
    made = documents.make(documents.Shelf(Case(library(), ready(name), planned(name)), language), kinds)
    folders = {file.split("/")[0].removesuffix("-es") for file in made}
    assert folders >= {"agendas", "coverage", "wall", "sign-in", "chart", "print-runs", "forms"}
    assert ("family" in folders) == (name != "mental-health")  # it has no family groups
    assert not any("MX-" in file for file in made)
