"""Who comes to what, and who leads it: phases, paths, tracks and people of a program, check by check."""

from __future__ import annotations

from iop_sessions.checks import people, phases
from iop_sessions.curriculum.library import Curriculum
from iop_sessions.ground.errors import Problem
from tests.lib import small

NOTHING = Curriculum()


def told(problems: list[Problem]) -> list[str]:
    return [str(problem).removeprefix("p.toml: ") for problem in problems]


def test_check_slots_do_not_overlap_names_both_and_the_day() -> None:
    program = small.program(
        """
        | id | day | start | minutes |
        | c  | tue | 18:00 | 60      |
        | b  | mon | 18:59 | 60      |
        | a  | mon | 18:00 | 60      |
        | d  | mon | 19:59 | 60      |
        """
    )
    assert told(people.check_slots_do_not_overlap(NOTHING, program, "p.toml")) == [
        "slots[2].start: b starts at 18:59, a ends at 19:00 on the same Monday — move one of them"
    ]


def test_check_slots_do_not_overlap_finds_two_at_the_same_time() -> None:
    program = small.program("| id | day | start |\n| a | mon | 18:00 |\n| a | mon | 18:00 |")
    assert told(people.check_slots_do_not_overlap(NOTHING, program, "p.toml")) == [
        "slots[2].start: a starts at 18:00, a ends at 19:00 on the same Monday — move one of them"
    ]


def overlaps(table: str, **settings: object) -> list[str]:
    return told(people.check_slots_do_not_overlap(NOTHING, small.program(table, **settings), "p.toml"))


BOTH = ["slots[2].start: b starts at 18:30, a ends at 19:00 on the same Monday — move one of them"]


def test_check_slots_do_not_overlap_lets_parallel_tracks_meet_at_once() -> None:
    table = "| id | day | start | track |\n| a | mon | 18:00 | one |\n| b | mon | 18:30 | {} |"
    assert overlaps(table.format("two")) == []
    assert overlaps(table.format("one")) == BOTH
    assert overlaps(table.format("")) == BOTH  # people of every track come to it


def test_check_slots_do_not_overlap_lets_phases_meet_at_once() -> None:
    table = "| id | day | start | phases |\n| a | mon | 18:00 | 1 |\n| b | mon | 18:30 | {} |"
    steps = [{"number": 1, "weeks": [1]}, {"number": 2, "weeks": [2]}]
    assert overlaps(table.format("2"), phases=steps) == []
    assert overlaps(table.format("1; 2"), phases=steps) == BOTH
    assert overlaps(table.format(""), phases=steps) == BOTH
    named = [{"number": 1, "weeks": [1], "slots": ["a"]}, {"number": 2, "weeks": [2], "slots": ["b"]}]
    assert overlaps("| id | day | start |\n| a | mon | 18:00 |\n| b | mon | 18:30 |", phases=named) == []


def places(table: str, **settings: object) -> list[str]:
    return told(people.check_nobody_is_in_two_places(NOTHING, small.program(table, **settings), "p.toml"))


def test_check_nobody_is_in_two_places_names_the_leader_and_the_room() -> None:
    table = """
        | id | day | start | track | lead   | room |
        | a  | mon | 18:00 | one   | F1; F2 | A    |
        | b  | mon | 18:30 | two   | F2     | A    |
        | c  | mon | 19:30 | one   | F2     | A    |
        | d  | tue | 18:30 | two   | F2     | A    |
        """
    when = "on Monday: a ends at 19:00, b starts at 18:30"
    assert places(table) == [
        f"slots[2].lead: F2 would be in two places {when} — name another leader, or move one of them",
        f"slots[2].room: room A would hold two meetings {when} — name another room, or move one of them",
    ]


def test_check_nobody_is_in_two_places_leaves_out_what_overlaps_anyway_and_other_rooms() -> None:
    assert places("| id | day | start | lead |\n| a | mon | 18:00 | F1 |\n| b | mon | 18:30 | F1 |") == []
    table = """
        | id | day | start | track | lead | room |
        | a  | mon | 18:00 | one   | F1   | A    |
        | b  | mon | 18:30 | two   | F2   | B    |
        | c  | tue | 18:00 | one   |      |      |
        | d  | tue | 18:30 | two   |      |      |
        """
    assert places(table) == []


def test_check_working_hours() -> None:
    staff = [
        {"code": "F1", "from": "17:00", "to": "09:00"},
        {"code": "F2", "from": "09:00", "to": "09:00"},
        {"code": "F3", "from": "09:00", "to": "09:01"},
        {"code": "F4", "from": "17:00"},
        {"code": "F5", "to": "09:00"},
    ]
    program = small.program("| day |\n| mon |", facilitators=staff)
    assert told(people.check_working_hours(NOTHING, program, "p.toml")) == [
        "facilitators[1].to: F1 would work from 17:00 to 09:00 — write an end after the start",
        "facilitators[2].to: F2 would work from 09:00 to 09:00 — write an end after the start",
    ]


KINDS = small.curriculum(
    group_types="""
        | group_type | service_kind |
        | RP         | counseling   |
        | PE         | education    |
        | FG         | family       |
        """
)


def led(row: str, *staff: dict[str, object]) -> list[str]:
    """Check one slot of Monday, 17:30 to 18:30, with columns group_type, lead and kind."""
    program = small.program(f"| day | group_type | lead | kind |\n| mon | {row} |", facilitators=list(staff))
    problems = told(people.check_slots_have_a_leader(KINDS, program, "p.toml"))
    return [line.removeprefix("slots[1].lead: ") for line in problems]


def test_check_slots_have_a_leader_who_leads_the_type_and_works_then() -> None:
    remedy = " — name a leader who can"
    assert led("RP | F1 | ", {"code": "F1", "group_types": ["PE", "FG"]}) == [
        f"nobody can lead mon-1: F1 leads PE, FG only, not RP{remedy}"
    ]
    assert led("RP | F1 | ", {"code": "F1", "days": ["Tuesday"]}) == [
        f"nobody can lead mon-1: F1 does not work on Monday{remedy}"
    ]
    assert led("RP | F1; F2 | ", {"code": "F1", "from": "17:31"}, {"code": "F2", "to": "18:29"}) == [
        f"nobody can lead mon-1: F1 starts work at 17:31, and F2 works until 18:29{remedy}"
    ]
    on_time = {"code": "F1", "from": "17:30", "to": "18:30", "days": ["Monday"], "group_types": ["RP"]}
    assert led("RP | F1 | ", on_time) == []
    assert led("RP | F1; F2 | ", {"code": "F1"}, {"code": "F2", "days": ["Tuesday"]}) == []


def test_check_slots_have_a_leader_until_after_midnight() -> None:
    program = small.program(
        "| day | start | lead |\n| mon | 23:30 | F1 |", facilitators=[{"code": "F1", "to": "23:59"}]
    )
    assert told(people.check_slots_have_a_leader(KINDS, program, "p.toml")) == [
        "slots[1].lead: nobody can lead mon-1: F1 works until 23:59 — name a leader who can"
    ]


def test_check_slots_have_a_leader_and_counseling_has_a_counselor() -> None:
    educator, peer = {"code": "F1", "kind": "educator"}, {"code": "F2", "kind": "peer"}
    guest, counselor = {"code": "F3", "kind": "guest"}, {"code": "F4", "kind": "counselor"}
    remedy = " — add a counselor who works then"
    assert led("RP | F2; F3 | ", peer, guest) == [
        f"mon-1 is counseling, which F2 (peer) and F3 (guest) may not lead without a counselor{remedy}"
    ]
    assert led("RP | F1 | open", educator) == [
        f"mon-1 is counseling, which F1 (educator) may not lead without a counselor{remedy}"
    ]
    away = {**counselor, "days": ["Friday"]}
    assert led("RP | F2; F4 | ", peer, away) == [
        f"mon-1 is counseling, which F2 (peer) may not lead without a counselor{remedy}"
    ]
    assert led("RP | F2; F4 | ", peer, counselor) == []
    assert led("PE | F1 | ", educator) == []
    assert led("PE | F3 | ", guest) == [
        (
            "mon-1 is education, which F3 (guest) may not lead without a counselor or an educator "
            "— add a counselor or an educator who works then"
        )
    ]
    assert led("PE | F3; F1 | ", guest, educator) == []
    assert led("FG | F2; F1 | ", peer, educator) == []
    assert led("RP | F2 | mutual_help", peer) == []
    assert led("XX | F2 | ", peer) == []  # an unknown type is told of by its name
    assert led("RP | F2; F9 | ", peer) == []  # so is an unknown leader
    assert led("RP |  | ", peer) == []


def test_check_slots_have_a_leader_of_the_kinds_that_the_program_says() -> None:
    program = small.program(
        "| day | group_type | lead |\n| mon | PE | F1 |",
        facilitators=[{"code": "F1", "kind": "peer"}],
        people={"leads": {"education": ["counselor", "peer"]}},
    )
    assert told(people.check_slots_have_a_leader(KINDS, program, "p.toml")) == []


def test_check_rooms_of_slots() -> None:
    table = """
        | day | room | site  | mode       | sections |
        | mon | A    | north |            |          |
        | mon | B    |       |            |          |
        | mon | B    |       |            | 2        |
        | mon | B    |       | telehealth |          |
        """
    rooms = [{"code": "A", "seats": 30, "site": "south"}, {"code": "B", "seats": 12}]
    program = small.program(table, rooms=rooms, census={"en": 20, "es": 3, "large_print": 1})
    assert told(people.check_rooms_of_slots(NOTHING, program, "p.toml")) == [
        "slots[1].room: room A is at south, mon-1 at north — name one there",
        (
            "slots[2].room: warning: room B has 12 seats, 24 people come to a section of mon-2 "
            "— name a larger one, or write more sections"
        ),
    ]


def test_check_rooms_of_slots_shares_no_room_of_young_people_with_adults() -> None:
    rooms = [{"code": "A", "seats": 30, "ages": "adult"}, {"code": "Y", "seats": 30, "ages": "youth"}]
    rooms.append({"code": "B", "seats": 30})
    table = "| day | room |\n| mon | A |\n| mon | Y |\n| mon | B |"
    remedy = " — no room is shared with adults: name another one"

    def of_ages(ages: str) -> list[str]:
        program = small.program(table, rooms=rooms, ages=ages)
        return told(people.check_rooms_of_slots(NOTHING, program, "p.toml"))

    assert of_ages("both") == []
    assert of_ages("adult") == [
        f"slots[2].room: room Y is for ages 'youth', the program for ages 'adult'{remedy}"
    ]
    assert of_ages("youth") == [
        f"slots[1].room: room A is for ages 'adult', the program for ages 'youth'{remedy}",
        (
            "slots[3].room: warning: room B may be shared with adults, which mon-3 may not "
            '— write ages = "youth" beside the room once it is so'
        ),
    ]


def test_check_sites_of_rooms() -> None:
    rooms = [{"code": "A", "seats": 9, "site": "nort"}, {"code": "B", "seats": 9, "site": "north"}]
    program = small.program("| day | site |\n| mon | north |", rooms=[*rooms, {"code": "C", "seats": 9}])
    assert told(people.check_sites_of_rooms(NOTHING, program, "p.toml")) == [
        "rooms[1].site: no site 'nort' — did you mean 'north'?"
    ]


def test_check_every_service_has_a_leader() -> None:
    leads = {"counseling": ["counselor", "guest"], "support": [], "family": ["guest"]}
    program = small.program("| day |\n| mon |", people={"leads": leads})
    assert told(people.check_every_service_has_a_leader(NOTHING, program, "p.toml")) == [
        "people.leads.support: names nobody who may lead — name a kind, or remove it",
        "people.leads.family: names nobody who may lead — name a kind, or remove it",
    ]


def test_check_stay_fits_the_plan() -> None:
    slots = "| day |\n| mon |"
    program = small.program(slots, weeks=4, stay_weeks=[6, 12])
    assert told(phases.check_stay_fits_the_plan(NOTHING, program, "p.toml")) == [
        "stay_weeks: a stay of 6 weeks is longer than the plan of 4 — plan 6 weeks or more"
    ]
    assert (
        phases.check_stay_fits_the_plan(NOTHING, small.program(slots, weeks=6, stay_weeks=[6, 12]), "p.toml")
        == []
    )


STEPS = [{"number": 1, "weeks": [1, 4]}, {"number": 2, "weeks": [5, 12]}]


def stays(**settings: object) -> list[str]:
    program = small.program("| day |\n| mon |", **settings)
    return told(phases.check_stay_fits_the_plan(NOTHING, program, "p.toml"))


def test_check_stay_fits_the_plan_looks_at_phases_and_every_path() -> None:
    assert stays(weeks=12, phases=STEPS) == []
    assert stays(weeks=11, phases=STEPS) == [
        "phases: a stay of 12 weeks is longer than the plan of 11 — plan 12 weeks or more"
    ]
    ways = [{"id": "short", "phases": [[1, 4]]}, {"id": "again", "phases": [[1, 4], [2, 4], [1, 4]]}]
    assert stays(weeks=12, phases=STEPS, paths=ways) == []
    assert stays(weeks=8, phases=STEPS, paths=ways) == [
        "paths[2].phases: a stay of 12 weeks is longer than the plan of 8 — plan 12 weeks or more"
    ]
    assert stays(weeks=52, phases=STEPS, paths=[{"id": "long", "phases": [[1, 52], [2, 1]]}]) == [
        "paths[1].phases: a stay of 53 weeks is longer than the plan of 52 — shorten the stay"
    ]


def test_check_stay_is_that_of_the_phases() -> None:
    def said(**settings: object) -> list[str]:
        program = small.program("| day |\n| mon |", **settings)
        return told(phases.check_stay_is_that_of_the_phases(NOTHING, program, "p.toml"))

    assert said(stay_weeks=[6]) == []
    assert said(stay_weeks=[12], phases=STEPS) == []
    assert said(stay_weeks=[6, 12], phases=STEPS) == [
        "stay_weeks: warning: says 6 to 12 weeks, but phases make a stay of 12 — write stay_weeks = [12]"
    ]
    assert said(stay_weeks=[6], phases=[{"number": 1, "weeks": [4, 1]}]) == []  # told by its weeks
    ways = [{"id": "a", "phases": [[1, 4]]}, {"id": "b", "phases": [[1, 4], [2, 4]]}]
    assert said(stay_weeks=[8, 4], phases=STEPS, paths=ways) == []
    assert said(stay_weeks=[6], phases=STEPS, paths=ways) == [
        "stay_weeks: warning: says 6 weeks, but paths make a stay of 4 to 8 — write stay_weeks = [4, 8]"
    ]


def test_check_phases_and_slots_are_known() -> None:
    program = small.program(
        "| day | phases |\n| mon | |\n| tue | 2; 3 |",
        phases=[{"number": 1, "slots": ["mon-1", "mon-2"]}, {"number": 2}],
        paths=[{"id": "a", "phases": [[1, 1], [4, 1], [2, 1], [4, 1]]}],
    )
    assert told(phases.check_phases_and_slots_are_known(NOTHING, program, "p.toml")) == [
        "phases[1].slots: no slot 'mon-2' — there are: mon-1, tue-1",
        "paths[1].phases: no phase '4' — there are: 1, 2",
        "slots[2].phases: no phase '3' — there are: 1, 2",
    ]
    bare = small.program("| day | phases |\n| mon | 1 |")
    assert told(phases.check_phases_and_slots_are_known(NOTHING, bare, "p.toml")) == [
        "slots[1].phases: no phase '1' — there is none yet: add it"
    ]


def test_check_phases_hold_the_slots_they_name() -> None:
    program = small.program(
        "| day | phases |\n| mon | |\n| tue | 2 |\n| wed | |",
        phases=[
            {"number": 1, "slots": ["mon-1", "tue-1", "wed-1", "thu-1"], "days": ["Monday", "Tuesday"]},
            {"number": 2, "slots": ["mon-1", "tue-1"]},
        ],
    )
    assert told(phases.check_phases_hold_the_slots_they_name(NOTHING, program, "p.toml")) == [
        f"phases[1].slots: warning: phase 1 names {why} — take it out, or change the other setting"
        for why in (
            "tue-1, but that slot names others",
            "wed-1, but its days leave Wednesday out",
        )
    ]


def follow(*spans: list[int], **settings: object) -> list[str]:
    steps = [{"number": number, "weeks": each} for number, each in enumerate(spans, 1)]
    program = small.program("| day |\n| mon |", phases=steps, **settings)
    return told(phases.check_phases_follow_each_other(NOTHING, program, "p.toml"))


def test_check_phases_follow_each_other_without_a_gap_from_week_1() -> None:
    remedy = " — let phases follow each other from week 1, or write [[paths]]"
    assert follow([1, 4], [5], [6, 12]) == []
    assert follow([5, 12], [1, 4]) == []
    assert follow([2, 4]) == [f"phases[1].weeks: phase 1 starts in week 2, not in week 1{remedy}"]
    assert follow([1, 4], [6, 12]) == [f"phases[2].weeks: phase 2 starts in week 6, not in week 5{remedy}"]
    assert follow([4, 8], [1, 4]) == [f"phases[1].weeks: phase 1 starts in week 4, not in week 5{remedy}"]
    assert follow([2, 4], [7], paths=[{"id": "a", "phases": [[1, 2]]}]) == []


def test_check_phases_follow_each_other_and_end_after_they_begin() -> None:
    assert follow([4, 1], [9]) == [
        (
            "phases[1].weeks: phase 1 would end in week 1, before its first, 4"
            " — write the first week, then the last"
        )
    ]
    assert len(follow([4, 1], paths=[{"id": "a", "phases": [[1, 2]]}])) == 1


def test_check_every_week_has_a_slot_names_the_phase_and_the_track() -> None:
    def empty(table: str, *steps: dict[str, object], **settings: object) -> list[str]:
        program = small.program(table, phases=list(steps), **settings)
        return told(phases.check_every_week_has_a_slot(NOTHING, program, "p.toml"))

    remedy = "comes to any slot — add a slot, or change the days or slots of the phase"
    one, two = {"number": 1, "weeks": [1]}, {"number": 2, "weeks": [2, 3], "days": ["Tuesday"]}
    assert empty("| day |\n| mon |\n| tue |", one, two) == []
    assert empty("| day |\n| mon |", two, one) == [f"phases[1]: warning: nobody in phase 2 {remedy}"]
    tracks = "| day | track |\n| mon | am |\n| tue | am |\n| mon | pm |"
    assert empty(tracks, one, two) == [f"phases[2]: warning: nobody in phase 2 of the pm track {remedy}"]
    assert empty("| day |\n| mon |", one, two, paths=[{"id": "a", "phases": [[1, 3]]}]) == []
    assert empty("| day |\n| mon |") == []


def test_check_phases_name_days_with_slots() -> None:
    steps = [
        {"number": 1, "weeks": [1, 1]},
        {"number": 2, "weeks": [2, 2], "days": ["Monday", "Saturday"]},
    ]
    program = small.program("| day |\n| mon |\n| wed |", phases=steps)
    assert told(phases.check_phases_name_days_with_slots(NOTHING, program, "p.toml")) == [
        (
            "phases[2].days: warning: phase 2 names Saturday, and no slot meets then — "
            "take the day out, or add its slots"
        )
    ]
