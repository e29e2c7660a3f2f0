"""Who may lead a session, who may not and why, and who is the best choice."""

from __future__ import annotations

from datetime import date

import pytest

from iop_sessions.coverage.rules import load_facts, load_lines
from iop_sessions.ground.speech import ENGLISH, speech
from iop_sessions.pages.wording.lacking import candidate_words
from iop_sessions.plans.facts import hindrance_words
from iop_sessions.plans.leaders import candidates, hindrance, kinds_that_lead, service_of
from iop_sessions.plans.plan import Session
from iop_sessions.program import sections
from iop_sessions.program.program import Program
from tests.lib import small

CURRICULUM = small.curriculum(
    group_types="""
        | group_type | service_kind | needs_topic |
        | RP         | counseling   | yes         |
        | PE         | education    | yes         |
        | FG         | family       | yes         |
        | AL         | support      | no          |
        """
)
SLOTS = """
    | day | group_type | start | track   |
    | mon | RP         | 17:00 | evening |
    | mon | PE         | 17:30 | late    |
    | wed | RP         | 17:00 | evening |
    """
GRID = "| mon-1 | mon-2 | wed-1 |\n| A | B | A |\n| A | B | A |"


def staffed(program: Program, **leaders: str) -> tuple[Session, ...]:
    """Lead the sessions of a two-week plan: mon_1="F1 F2" is F1 in the first week and F2 in the second."""
    made = small.plan(program, GRID).sessions
    wanted = {name.replace("_", "-"): codes.split() for name, codes in leaders.items()}
    return tuple(
        each.model_copy(update={"facilitators": () if code == "-" else (code,)})
        for each in made
        for code in [wanted.get(each.slot_id, ["-", "-"])[each.week - 1]]
    )


def why_not(leader: dict[str, object], session_id: str = "2027-01-11-mon-1", **leaders: str) -> str:
    program = small.program(SLOTS, facilitators=[{"code": "F1"} | leader])
    sessions = staffed(program, **leaders)
    session = next(each for each in sessions if each.session_id == session_id)
    found = hindrance(CURRICULUM, program, program.facilitators[0], session, sessions)
    return hindrance_words(found, CURRICULUM.speech("en")) if found else ""


@pytest.mark.parametrize(
    ("leader", "said"),
    [
        ({}, ""),
        ({"leave": ["2027-01-10..2027-01-15"]}, "F1 is away through Fri, Jan 15"),
        ({"leave": ["2027-01-12..2027-01-15"]}, ""),
        ({"days": ["Wednesday"]}, "F1 does not work on Monday"),
        ({"from": "17:01"}, "F1 starts work at 17:01"),
        ({"to": "17:59"}, "F1 works until 17:59"),
        ({"from": "17:00", "to": "18:00"}, ""),
        ({"group_types": ["PE", "FG"]}, "F1 leads PE, FG only, not RP"),
        ({"kind": "educator"}, "F1 (educator) may not lead counseling alone"),
        ({"kind": "guest"}, "F1 (guest) may not lead counseling alone"),
    ],
)
def test_a_leader_is_hindered_in_words(leader: dict[str, object], said: str) -> None:
    assert why_not(leader) == said


def test_a_leader_in_another_group_at_the_time_is_not_free() -> None:
    assert why_not({}, mon_2="F1 F1") == "F1 leads mon-2 from 17:30 to 18:30"
    assert why_not({}, mon_2="F1 -", mon_1="F1 F1") == ""  # another week, and the session itself


def test_a_full_calendar_week_hinders_and_the_week_beside_it_does_not() -> None:
    assert why_not({"max_week": 1}, wed_1="- F1") == "F1 has 1 group that week already (max_week = 1)"
    assert why_not({"max_week": 1}, wed_1="F1 -") == ""
    assert why_not({"max_week": 2}, wed_1="- F1") == ""


@pytest.mark.parametrize(
    ("kind", "group_type", "service"),
    [
        ("group", "RP", "counseling"),
        ("open", "AL", "support"),
        ("individual", "", "counseling"),
        ("individual", "AL", "support"),
        ("case_management", "", "support"),
        ("drug_test", "", ""),
        ("mutual_help", "AL", ""),
    ],
)
def test_a_meeting_is_the_service_of_its_group_type_else_of_its_kind(
    kind: str, group_type: str, service: str
) -> None:
    assert service_of(CURRICULUM, kind, group_type) == service


def test_kinds_lead_what_their_program_says_else_what_is_usual() -> None:
    program = small.program("| day |\n| mon |", people={"leads": {"family": ["counselor"]}})
    led = {name: kinds_that_lead(program, name) for name in ("counseling", "education", "family", "support")}
    assert led == {
        "counseling": ("counselor",),
        "education": ("counselor", "educator"),
        "family": ("counselor",),
        "support": ("counselor", "educator", "peer"),
    }


def test_a_clinic_says_in_its_own_words_why_somebody_may_not_lead() -> None:
    own = small.curriculum(labels="| key | en |\n| hindrance.off-day | {code} is at home that day |")
    program = small.program(SLOTS, facilitators=[{"code": "F1", "days": ["Friday"]}])
    first, *_ = staffed(program)
    assert [candidate_words(each, own.speech("en")) for each in candidates(own, program, [first], first)] == [
        "F1 is at home that day"
    ]


def test_candidates_are_ranked_by_topic_then_group_type_then_week_then_code() -> None:
    people = [{"code": code} for code in ("F5", "F4", "F3", "F2", "F1")]
    people += [{"code": "F6", "kind": "peer"}, {"code": "F0", "max_week": 12}]
    table = "| day | group_type |\n| mon | RP |\n| mon | RP |\n| tue | PE |\n| tue | PE |\n| wed | RP |"
    program = small.program(table, facilitators=people)
    grid = "| mon-1 | mon-2 | tue-1 | tue-2 | wed-1 |\n| A | B | P | P | A |\n| B | A | P | P | A |"
    leaders = {
        "2027-01-04-mon-1": ("F3",), "2027-01-04-mon-2": ("F2",), "2027-01-05-tue-1": ("F1",),
        "2027-01-11-mon-1": ("F2",), "2027-01-12-tue-1": ("F4",), "2027-01-13-wed-1": ("F5",),
    }  # fmt: skip
    sessions = [
        each.model_copy(update={"facilitators": leaders.get(each.session_id, ())})
        for each in small.plan(program, grid).sessions
    ]
    tonight = next(each for each in sessions if each.session_id == "2027-01-11-mon-2")
    found = candidates(CURRICULUM, program, sessions, tonight)
    assert [candidate_words(each, ENGLISH) for each in found] == [
        "F3: led A once; led RP once; 0 groups this week",
        "F2: led RP 2 times; 1 group this week",
        "F0: 0 of 12 groups this week",
        "F1: 0 groups this week",
        "F4: 1 group this week",
        "F5: 1 group this week",
        "F6 (peer) may not lead counseling alone",
    ]
    assert [each.may_lead for each in found][-2:] == [True, False]
    assert [candidate_words(each, speech("es")) for each in found[:3]] == [
        "F3: ha guiado A una vez; ha guiado RP una vez; 0 grupos esta semana",
        "F2: ha guiado RP 2 veces; 1 grupo esta semana",
        "F0: 0 de 12 grupos esta semana",
    ]


SIZES = """
    | id | day | kind        | sections | track   | group_type | mode       |
    | a  | mon | group       |          |         | RP         |            |
    | b  | mon | group       | 2        |         | RP         |            |
    | c  | mon | group       | 2        | evening | RP         |            |
    | d  | mon | individual  |          |         |            |            |
    | e  | mon | drug_test   |          |         |            |            |
    | f  | mon | mutual_help |          | morning |            | telehealth |
    """


def test_a_slot_needs_leaders_and_rooms_for_its_sections() -> None:
    program = small.program(
        SIZES,
        census={"en": 20, "es": 4, "large_print": 1},
        people={"co_leader_from": 13},
        facilitators=[{"code": "F1"}],
        rooms=[{"code": "A", "seats": 9}],
    )
    asked = (
        sections.section_size, sections.leaders_needed, sections.co_leaders_needed, sections.rooms_needed
    )  # fmt: skip
    assert {slot.id: tuple(ask(program, slot) for ask in asked) for slot in program.slots} == {
        "a": (25, 1, 1, 1),
        "b": (13, 2, 2, 2),
        "c": (7, 2, 0, 2),
        "d": (1, 1, 0, 0),
        "e": (1, 0, 0, 0),
        "f": (13, 0, 0, 0),
    }


TRACKS = """
    | id | day | sections | track |
    | a  | mon |          | am    |
    | b  | mon | 2        | pm    |
    | c  | mon |          | night |
    | d  | mon |          |       |
    """


def sizes(**census: object) -> list[int]:
    program = small.program(TRACKS, census={"en": 12, "es": 5, "large_print": 1, **census})
    return [sections.section_size(program, slot) for slot in program.slots]


def test_a_census_of_a_track_says_how_many_sit_in_its_groups_and_the_others_share_the_rest() -> None:
    assert sizes() == [6, 3, 6, 18]
    every = {"am": {"en": 5}, "pm": {"en": 6, "es": 2, "large_print": 1}, "night": {"es": 3}}
    assert sizes(**every) == [5, 5, 3, 18]
    assert sizes(pm={"en": 5, "es": 4}) == [6, 5, 6, 18]  # 7 and 1 and 1 are left for two tracks
    assert sizes(pm={"en": 20}) == [4, 10, 4, 18]  # nobody is left who reads English
    assert sizes(am={"en": 0}) == [
        1,
        5,
        10,
        18,
    ]  # 12 and 5 and 1 in even shares, at least one in each section


def test_a_track_without_a_census_of_its_own_gets_its_share_of_each_reader_and_the_spare_copies() -> None:
    census = {"en": 12, "es": 5, "large_print": 1, "spare": 3, "pm": {"en": 5, "es": 4}}
    program = small.program(TRACKS, census=census)
    told = [sections.census_of(program, track).model_dump() for track in ("am", "pm", "")]
    assert told[0] == {"en": 4, "es": 1, "large_print": 1, "spare": 3}
    assert told[1] == {"en": 5, "es": 4, "large_print": 0, "spare": 3}
    assert sections.census_of(program, "") is program.census


def test_loads_say_groups_and_hours_a_week() -> None:
    people = [{"code": "F1", "max_week": 3}, {"code": "F22", "kind": "peer"}]
    program = small.program(SLOTS, facilitators=people)
    made = small.plan(program, GRID)
    sessions = staffed(program, mon_1="F1 F1", wed_1="F1 -", mon_2="F9 F9")
    plan = type(made)(made.sheet, sessions)
    assert load_lines(program, plan) == [
        ("F1   counselor: groups a week 1 to 2, 1.5 on average (max_week = 3); "
        "hours a week 1 h to 2 h, 1 h 30 min on average"),
        "F22  peer: leads nothing",
        ("F9   not in the program: groups a week 1; "
        "hours a week 1 h"),
        "1 group has no leader: 2027-01-13-wed-1",
    ]  # fmt: skip
    facts = load_facts(program, plan)
    assert facts["unled"] == ["2027-01-13-wed-1"]
    assert facts["people"][0] == {
        "code": "F1",
        "kind": "counselor",
        "max_week": 3,
        "groups": {"least": 1, "mean": 1.5, "most": 2, "weeks": [2, 1]},
        "minutes": {"least": 60, "mean": 90.0, "most": 120, "weeks": [120, 60]},
    }


def test_loads_of_a_program_without_facilitators_say_so() -> None:
    program = small.program("| day |\n| mon |")
    plan = small.plan(program, "| mon-1 |\n| A |")
    assert load_lines(program, plan)[0] == "The program names no facilitators."


def test_a_row_lists_its_rooms() -> None:
    program = small.program("| day |\n| mon |", start=date(2027, 1, 4))
    session = small.plan(program, "| mon-1 |\n| A |").sessions[0]
    rooms = [session.model_copy(update={"room": text}).rooms for text in ("", "A", "A; B", "A;B;")]
    assert rooms == [(), ("A",), ("A", "B"), ("A", "B")]
