"""One test for each check of what a program takes out of the library."""

from __future__ import annotations

from iop_sessions.checks import check_program, programs
from iop_sessions.ground.errors import Problem
from iop_sessions.program.program import Program
from tests.lib import small

LIBRARY = small.curriculum(
    topics="""
    | topic_id | collection | after | ages  | group_type |
    | PE-09    | house      |       | adult | PE         |
    | PE-10    | house      | PE-09 | adult | PE         |
    | MX-01    | matrix     |       | adult | PE         |
    """,
    group_types="""
    | group_type | service_kind |
    | PE         | education    |
    | RP         | counseling   |
    | FG         | family       |
    """,
    topic_objectives="| topic_id | objective_id |\n| PE-09 | road |\n| PE-10 | growth |",
)


def told(problems: list[Problem]) -> list[str]:
    return [str(problem).removeprefix("p.toml: ") for problem in problems]


def program(table: str = "| day | group_type |\n| mon | PE |", **settings: object) -> Program:
    return small.program(table, **settings)


def test_check_choices_are_known_offers_the_nearest() -> None:
    wrong = program(collection=["house", "matriks"], only_topics=["PE-9"], leave_out=["PE-10", "XX-77"])
    assert told(programs.check_choices_are_known(LIBRARY, wrong, "p.toml")) == [
        "collection: no collection 'matriks' — did you mean 'matrix'?",
        "only_topics: no topic 'PE-9' — did you mean 'PE-09'?",
        "leave_out: no topic 'XX-77' — there are: MX-01, PE-09, PE-10",
    ]
    assert programs.check_choices_are_known(LIBRARY, program(), "p.toml") == []


def test_check_what_a_topic_builds_on_is_chosen_names_both() -> None:
    without = program(leave_out=["PE-09"])
    assert told(programs.check_what_a_topic_builds_on_is_chosen(LIBRARY, without, "p.toml")) == [
        (
            "leave_out: warning: PE-10 builds on PE-09, which this program does not teach"
            " — teach PE-09 too, or leave out PE-10"
        )
    ]
    assert programs.check_what_a_topic_builds_on_is_chosen(LIBRARY, program(), "p.toml") == []


def test_check_wanted_topics_are_there_names_each_one_that_is_not() -> None:
    waiting = program(ages="youth", wanted={"PE-15": "Cannabis and the growing brain", "PE-09": "The road"})
    assert told(programs.check_wanted_topics_are_there(LIBRARY, waiting, "p.toml")) == [
        (
            "wanted.PE-15: warning: 'Cannabis and the growing brain' is not in the library yet"
            " — write it, or take it out of the list"
        ),
        (
            "wanted.PE-09: warning: 'The road' is not in the library yet: PE-09 there is of ages 'adult'"
            " — write it, or take it out of the list"
        ),
    ]


def test_check_core_is_taught_names_what_waits_for_topics() -> None:
    waiting = program(ages="youth", wanted={"PE-15": "Cannabis and the growing brain"})
    assert told(programs.check_core_is_taught(LIBRARY, waiting, "p.toml")) == [
        (
            "wanted: warning: 2 core objectives are not promised, for no topic of this program teaches them:"
            " road, growth — teach them one to one until then"
        )
    ]
    assert programs.check_core_is_taught(LIBRARY, program(), "p.toml") == []


GROUPS = """
    | day | group_type | kind        | sections |
    | mon | RP         | group       |          |
    | mon | PE         | open        | 2        |
    | mon | FG         | group       |          |
    | mon | RP         | mutual_help |          |
    """


def test_check_groups_are_not_too_large_says_how_many_sections_are_needed() -> None:
    many = program(GROUPS, census={"en": 20, "es": 4, "large_print": 1})
    assert told(programs.check_groups_are_not_too_large(LIBRARY, many, "p.toml")) == [
        (
            "slots[1].sections: warning: mon-1 holds 25 people in 1 section: 12 are the most in a"
            " counseling group — write sections = 3, if your state's limit is the same"
        ),
        (
            "slots[2].sections: warning: mon-2 holds 25 people in 2 sections: 12 are the most in an"
            " education group — write sections = 3, if your state's limit is the same"
        ),
    ]
    full = program(GROUPS, census={"en": 12})
    assert programs.check_groups_are_not_too_large(LIBRARY, full, "p.toml") == []


def test_people_of_two_tracks_share_the_groups_of_neither() -> None:
    table = "| day | group_type | track |\n| mon | RP | am |\n| tue | RP | pm |\n| wed | RP | |"
    problems = programs.check_groups_are_not_too_large(LIBRARY, program(table, census={"en": 24}), "p.toml")
    assert [problem.place.column for problem in problems] == ["slots[3].sections"]


def test_slots_without_a_topic_are_warned_of_where_the_program_waits_for_topics() -> None:
    levels = {
        problem.level
        for wanted in ({}, {"PE-15": "T"})
        for problem in check_program(LIBRARY, program(ages="youth", wanted=wanted), "p.toml")
        if "is written for" in problem.message
    }
    assert levels == {"error", "warning"}


def test_a_program_is_checked_against_the_topics_it_chose() -> None:
    spaced = program(spacing={"PE": 1}, only_topics=["PE-09"])
    assert (
        "spacing.PE: 1 PE topics cannot fill meetings that are 1 apart — write 0 or less, or add topics"
        in (told(check_program(LIBRARY, spaced, "p.toml")))
    )
