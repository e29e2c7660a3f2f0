from __future__ import annotations

from iop_sessions.coverage.covering import core_objectives, cover
from iop_sessions.curriculum.library import Curriculum
from iop_sessions.plans.case import Case
from iop_sessions.program.choosing import chosen, not_promised, wanted_topics
from iop_sessions.program.program import Program
from tests.lib import small

LIBRARY = small.curriculum(
    topics="""
    | topic_id | collection | content | ages  |
    | RP-01    | house      | full    | adult |
    | RP-02    | house      | full    | adult |
    | RP-03    | house      | full    | youth |
    | MX-RP-01 | matrix     | outline | adult |
    """,
    objectives="| objective_id |\n| craving |\n| urge |\n| teens |\n| matrix |\n| nobody |",
    topic_objectives="""
    | topic_id | objective_id |
    | RP-01    | craving      |
    | RP-02    | urge         |
    | RP-03    | teens        |
    | MX-RP-01 | matrix       |
    """,
)


def program(**settings: object) -> Program:
    return small.program("| day |\n| mon |", **settings)


def taught(of: Program, library: Curriculum = LIBRARY) -> tuple[list[str], list[str]]:
    made = chosen(library, of)
    return [each.topic_id for each in made.topics], [each.objective_id for each in made.objectives]


def test_a_program_teaches_the_house_topics_and_promises_no_objective_of_another_collection() -> None:
    assert taught(program()) == (["RP-01", "RP-02", "RP-03"], ["craving", "urge", "teens", "nobody"])


def test_a_program_may_name_one_collection_or_several() -> None:
    assert taught(program(collection="matrix")) == (["MX-RP-01"], ["matrix", "nobody"])
    assert chosen(LIBRARY, program(collection=["matrix", "house"])) is LIBRARY


def test_topics_are_chosen_by_name_or_left_out_and_their_objectives_go_with_them() -> None:
    assert taught(program(only_topics=["RP-02"])) == (["RP-02"], ["urge", "nobody"])
    assert taught(program(leave_out=["RP-02"])) == (["RP-01"], ["craving", "nobody"])


def test_a_program_that_waits_for_topics_promises_only_what_is_there_for_its_ages() -> None:
    wanted = {"RP-09": "Cravings, for teens"}
    assert taught(program(ages="youth", wanted=wanted)) == (["RP-03"], ["teens", "nobody"])
    assert taught(program(ages="youth"))[1] == ["craving", "urge", "teens", "nobody"]


def test_choosing_twice_is_choosing_once() -> None:
    for each in (program(), program(only_topics=["RP-02"]), program(ages="youth", wanted={"RP-09": "T"})):
        once = chosen(LIBRARY, each)
        assert chosen(once, each) is once


def test_a_wanted_topic_is_silent_once_the_library_has_it_for_these_ages() -> None:
    wanted = {"RP-03": "One for teens", "RP-02": "One for adults", "RP-09": "None yet", "MX-RP-01": "Other"}
    found = wanted_topics(LIBRARY, program(ages="youth", wanted=wanted))
    assert [(each.topic_id, each.why) for each in found] == [
        ("RP-02", "ages 'adult'"),
        ("RP-09", ""),
        ("MX-RP-01", "ages 'adult'"),
    ]
    found = wanted_topics(LIBRARY, program(wanted=wanted))
    assert [(each.topic_id, each.why) for each in found] == [
        ("RP-03", "ages 'youth'"),
        ("RP-09", ""),
        ("MX-RP-01", "collection 'matrix'"),
    ]


def test_a_wanted_topic_joins_those_chosen_by_name_when_it_is_there() -> None:
    named = program(only_topics=["RP-01"], wanted={"RP-02": "Urges", "RP-09": "Later"})
    assert taught(named)[0] == ["RP-01", "RP-02"]
    assert [each.topic_id for each in wanted_topics(LIBRARY, named)] == ["RP-09"]


def test_core_objectives_that_wait_for_a_topic_are_told_but_not_those_of_topics_not_chosen() -> None:
    youth = program(ages="youth", wanted={"RP-09": "Cravings, for teens"})
    assert [each.objective_id for each in not_promised(LIBRARY, youth)] == ["craving", "urge"]
    assert not_promised(LIBRARY, program(only_topics=["RP-01"])) == []
    assert not_promised(LIBRARY, program()) == []


def test_coverage_asks_for_the_objectives_of_the_program_alone() -> None:
    matrix = program(collection="matrix")
    assert [each.objective_id for each in core_objectives(LIBRARY, matrix)] == ["matrix", "nobody"]
    plan = small.plan(matrix, "| mon-1 |\n| MX-RP-01 |\n| MX-RP-01 |")
    made = cover(Case(LIBRARY, matrix, plan))
    assert [each.state for each in made.answers if each.objective_id == "matrix"] == ["met", "met"]
    assert made.case.curriculum is LIBRARY  # pages need the words of topics that a hand wrote into the plan
