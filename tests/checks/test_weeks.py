"""One test for each check of what a program asks of its weeks."""

from __future__ import annotations

import pytest

from iop_sessions.checks import check_program, weeks
from iop_sessions.ground.errors import Problem
from iop_sessions.ground.tables import Unread
from iop_sessions.program.program import Program
from tests.lib import small

MONDAYS = "| day |\n| mon |"
TAGGED = small.curriculum(
    topics="| topic_id |\n| A |",
    topic_tags="| topic_id | scheme | tag |\n| A | theme | cravings |\n| A | bank | RP1 |",
)


def told(problems: list[Problem]) -> list[str]:
    return [str(problem).removeprefix("p.toml: ") for problem in problems]


def test_check_themes_are_known_offers_the_nearest() -> None:
    program = small.program(MONDAYS, good_weeks={"themes": ["cravings", "", "craving", "RP1"]})
    assert told(weeks.check_themes_are_known(TAGGED, program, "p.toml")) == [
        "good_weeks.themes[3]: no topic carries the theme 'craving' — did you mean 'cravings'?",
        (
            "good_weeks.themes[4]: no topic carries the theme 'RP1' "
            "— add it to topic_tags.csv, or choose another"
        ),
    ]


def test_check_week_notes_lie_in_the_plan() -> None:
    notes = [{"week": 2, "reason_code": "holiday"}, {"week": 3, "reason_code": "holiday"}]
    program = small.program(MONDAYS, weeks=2, week_notes=notes)
    assert told(weeks.check_week_notes_lie_in_the_plan(TAGGED, program, "p.toml")) == [
        (
            "week_notes[2].week: warning: the plan has weeks 1 to 2, not 3 — "
            "count the weeks from the start of the plan"
        )
    ]


def test_check_themes_are_known_says_nothing_of_tags_that_could_not_be_read() -> None:
    program = small.program(MONDAYS, good_weeks={"themes": ["other"]})
    broken = small.curriculum(topics="| topic_id |\n| A |", unread={"topic_tags": Unread(read=False)})
    assert weeks.check_themes_are_known(broken, program, "p.toml") == []


def test_check_themes_weigh_something_warns_where_no_plan_heeds_them() -> None:
    program = small.program(MONDAYS, good_weeks={"themes": ["cravings"]})
    assert told(weeks.check_themes_weigh_something(TAGGED, program, "p.toml")) == [
        (
            "weights.themes: warning: is 0, so that no plan heeds [good_weeks] themes "
            "— write what a missed one costs: 2"
        )
    ]
    heeded = small.program(MONDAYS, good_weeks={"themes": ["cravings"]}, weights={"themes": 1})
    assert weeks.check_themes_weigh_something(TAGGED, heeded, "p.toml") == []


def test_check_sequences_are_of_known_groups_offers_the_nearest() -> None:
    program = small.program(MONDAYS, sequence={"RP": "cycle", "RPP": "free"})
    assert told(weeks.check_sequences_are_of_known_groups(TAGGED, program, "p.toml")) == [
        "sequence.RPP: no group type 'RPP' — did you mean 'RP'?"
    ]


def faults(topics: str, slots: str = MONDAYS, **settings: object) -> list[str]:
    program = small.program(slots, **{"sequence": {"RP": "cycle"}, **settings})
    return told(weeks.check_sequences_can_be_held(small.curriculum(topics=topics), program, "p.toml"))


def test_check_sequences_can_be_held_names_a_length_that_is_not_written() -> None:
    topics = "| topic_id | lengths |\n| A | 60; 90 |\n| B | 60 |\n| C | 30 |"
    slots = "| day | minutes |\n| mon | 60 |\n| wed | 90 |"
    assert faults(topics, slots) == [
        (
            "sequence.RP: B is not written for 90 minutes, and is due in any slot — "
            'write it for each length, or write RP = "free"'
        )
    ]
    assert faults(topics) == []
    assert faults(topics, slots, sequence={"RP": "free"}) == []


def test_check_sequences_can_be_held_names_parts_that_stand_apart() -> None:
    topics = "| topic_id | series | part |\n| RP-1 | road | 1 |\n| RP-2 | | |\n| RP-10 | road | 2 |"
    assert faults(topics) == [
        (
            "sequence.RP: the series 'road' asks for RP-10 after RP-1, the order of ids for RP-2 — "
            'number the parts one after the other, or write RP = "free"'
        )
    ]
    assert faults(topics.replace("RP-10 | road | 2", "RP-10 | | ")) == []


def test_check_sequences_can_be_held_names_what_a_cohort_would_hear_too_early() -> None:
    topics = "| topic_id | after |\n| A | B |\n| B | |"
    assert faults(topics, sequence={"RP": "fixed"}, admission="cohort") == [
        (
            "sequence.RP: A builds on B, but the order of ids puts it first — "
            'change the ids, or write RP = "free"'
        )
    ]
    assert faults(topics, admission="cohort") == []
    assert faults(topics, sequence={"RP": "fixed"}) == []


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"sequence": {"RP": "round"}}, "sequence.RP"),
        ({"good_weeks": {"practise_share": 30}}, "good_weeks.practise_share"),
        ({"good_weeks": {"most_repeats": 0}}, "good_weeks.most_repeats"),
        ({"weights": {"lectures": -1}}, "weights.lectures"),
    ],
)
def test_a_setting_that_means_nothing_is_refused(settings: dict[str, object], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        small.program(MONDAYS, **settings)


def test_every_check_of_weeks_is_run() -> None:
    program: Program = small.program(
        MONDAYS, sequence={"XX": "cycle"}, good_weeks={"themes": ["cravings", "none"]}
    )
    said = [str(each) for each in check_program(TAGGED, program, "p.toml")]
    asked = ("p.toml: good_weeks", "p.toml: weights", "p.toml: sequence")
    assert sum(each.startswith(asked) for each in said) == 3
