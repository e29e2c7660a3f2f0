"""Surprises of people and rooms: a leader away or ill, a newcomer, a room lost, a plan edited in Excel."""

from __future__ import annotations

from iop_sessions.ground.workspace import Workspace
from tests.doors.conftest import Clock, Run, edit
from tests.lib.clinics import clinic, printed

EVENINGS = """
title = "Evenings"
start = 2027-01-04
weeks = 6
stay_weeks = [3]
only_topics = ["RP-01", "RP-02", "RP-03", "PE-01", "PE-02", "RP-09"]
"""
GRID = """
    | mon-1 | mon-2 | wed-1 |
    | RP-01 | PE-01 | RP-02 |
    | RP-03 | PE-02 | RP-01 |
    | RP-02 | PE-01 | RP-03 |
    | RP-01 | PE-02 | RP-02 |
    | RP-03 | PE-01 | RP-01 |
    | RP-02 | PE-02 | RP-03 |
"""
SHARE = """
    | topic_id | title          | zero_prep | source_ids | content |
    | RP-09    | Share the week | yes       | TIP-63     | outline |
"""


def lay_out(space: Workspace, settings: str, slots: str) -> None:
    """Lay out three groups a week, with a topic that needs no preparation and no plan holds."""
    clinic(space.root, f"{EVENINGS}{settings}", slots, GRID, topics=SHARE)


def test_a_leader_who_is_gone_for_two_weeks_is_replaced_and_no_topic_moves(
    space: Workspace, run: Run
) -> None:
    lay_out(
        space,
        'facilitators = [{code = "F1"}, {code = "F2"}, {code = "F3", days = ["Monday"]}]',
        "| day | group_type | lead |\n| mon | RP | F2 |\n| mon | PE | F1 |\n| wed | RP | F2 |",
    )
    words = ("replan", "evening", "--absent", "F2:2027-01-11..2027-01-24", "--reason", "vacation")
    assert run(*words).out == printed("""
        Plan evening: 4 sessions have another leader.
        Changes:
          - Mon, Jan 11, 5:30 pm: leader F3 (was F2)
          - Wed, Jan 13, 5:30 pm: leader F1 (was F2)
          - Mon, Jan 18, 5:30 pm: leader F3 (was F2)
          - Wed, Jan 20, 5:30 pm: leader F1 (was F2)
        Mon, Jan 11, 5:30 pm, RP-03: who may lead it, the best choice first:
          - F3: 0 groups this week
          - F1: 1 group this week
        Wed, Jan 13, 5:30 pm, RP-01: who may lead it:
          - F1: 1 group this week
        Mon, Jan 18, 5:30 pm, RP-02: who may lead it, the best choice first:
          - F3: 0 groups this week
          - F1: 1 group this week
        Wed, Jan 20, 5:30 pm, RP-03: who may lead it:
          - F1: 1 group this week
        No topic moves.
        Tell: F2, F3, F1.
        Print again: the agendas of weeks 2-3.
        """)


def test_a_section_that_nobody_leads_any_more_is_named(space: Workspace, run: Run) -> None:
    lay_out(
        space,
        'facilitators = [{code = "F1"}, {code = "F2"}]',
        "| day | group_type | lead | sections |\n| mon | RP | F1; F2 | 2 |\n| mon | PE | F1 | 1 |\n"
        "| wed | RP | F1 | 1 |",
    )
    assert run("replan", "evening", "--absent", "F2:2027-01-11", "--look").out == printed("""
        Plan evening: 1 session has another leader.
        Changes:
          - Mon, Jan 11, 5:30 pm: leader F1 (was F1, F2)
        Mon, Jan 11, 5:30 pm, RP-03: who may lead it:
          - F1: led RP 2 times; 2 groups this week
        Too few leaders:
          - Mon, Jan 11, mon-1: 1 of 2 sections: nobody can lead RP: F1 is there already; F2 is away on Mon,
          ... Jan 11. What would help: one more counselor, free from 17:30 to 18:30
        No topic moves.
        Tell: F1, F2.
        Print again: the agenda of week 2.
        """)


def test_a_leader_who_is_ill_at_four_is_replaced_by_the_best_choice_who_gets_a_brief(
    space: Workspace, clock: Clock, run: Run
) -> None:
    lay_out(
        space,
        'facilitators = [{code = "F1"}, {code = "F2"}, {code = "F3"}, {code = "P1", kind = "peer"}]',
        "| day | group_type | lead |\n| mon | RP | F2 |\n| mon | PE | F1 |\n| wed | RP | F3 |",
    )
    clock("2027-01-18")
    ended = run("replan", "evening", "--absent", "F2:today", "--reason", "ill")
    assert ended.out == printed("""
        Plan evening: 1 session has another leader.
        Changes:
          - Mon, Jan 18, 5:30 pm: leader F3 (was F2)
        Mon, Jan 18, 5:30 pm, RP-02: who may lead it, the best choice first:
          - F3: led RP-02 once; led RP 2 times; 1 group this week
          - F1: 1 group this week
        No topic moves.
        Tell: F2, F3.
        Print again: the agenda of week 3.
        """)
    (old,) = (path.name for path in (space.plans / "evening" / "replaced").iterdir())
    assert ended.err == printed(f"""
        Written: output/evening/notices/2027-01-18-change-notice-01.docx
        Written: output/evening/print/2027-01-18-mon-1-brief.docx
        As it was: plans/evening/replaced/{old}/; to take the change back: undo evening
        """)


def test_with_nobody_free_at_four_a_topic_without_preparation_is_offered(
    space: Workspace, clock: Clock, run: Run
) -> None:
    lay_out(
        space,
        'facilitators = [{code = "F1", group_types = ["PE"]}, {code = "F2"}, {code = "P1", kind = "peer"}]',
        "| day | group_type | lead |\n| mon | RP | F2 |\n| mon | PE | F1 |\n| wed | RP | F2 |",
    )
    clock("2027-01-18")
    assert run("replan", "evening", "--absent", "F2:today", "--reason", "ill").out == printed("""
        Plan evening: 1 session has nobody to lead it.
        Changes:
          - Mon, Jan 18, 5:30 pm: nobody leads it (was F2)
        Mon, Jan 18, 5:30 pm, RP-02: nobody may lead it:
          - F1 leads PE only, not RP
          - F2 is away on Mon, Jan 18
          - P1 (peer) may not lead counseling alone
          - RP-09 Share the week needs no preparation: replan … --put 2027-01-18-mon-1=RP-09
        No topic moves.
        Tell: F2.
        Print again: the agenda of week 3.
        """)
    sheet = (space.plans / "evening" / "plan.toml").read_text(encoding="utf-8")
    assert 'role = "counselor"' in sheet  # nobody can undo an illness
    assert "without-leave" not in sheet
    assert run("replan", "evening", "--put", "2027-01-18-mon-1=RP-09", "--reason", "ill").out == printed("""
        Plan evening: 1 session holds another topic.
        Changes:
          - Mon, Jan 18, 5:30 pm: RP-09 Share the week (was RP-02 People and places)
        Fell out:
          - RP-02 People and places, Mon, Jan 18, 5:30 pm; next on Wed, Jan 27, 5:30 pm
        Nothing that was promised is missed by it.
        Tell: nobody.
        Print again: the agenda of week 3.
        """)
    assert run("explain", "evening").out == printed("""
        Plan evening, as its sessions stand now, lacks:
          - Mon, Jan 18, mon-1: nobody can lead RP: F1 leads PE only, not RP; F2 is away on Mon, Jan 18; P1
          ... (peer) may not lead counseling alone. What would help: F1 with that group type among theirs,
          ... or one more counselor, free from 17:30 to 18:30
        """)
    assert run("held", "evening", "today", "--except", "2027-01-18-mon-1").out == printed("""
        Held on Monday, January 18, 2027: 2027-01-18-mon-2.
        Not held: 2027-01-18-mon-1.
        """)


def test_a_newcomer_on_wednesday_is_told_what_they_are_taught_and_when(space: Workspace, run: Run) -> None:
    lay_out(space, "", "| day | group_type |\n| mon | RP |\n| mon | PE |\n| wed | RP |")
    assert run("coverage", "evening", "--start", "2027-01-06").out == printed("""
        Somebody who starts on Wednesday, January 6, 2027 and stays 3 weeks:
          - planned, Wed, Jan 6: Change one place that pulls you
          - planned, Mon, Jan 11: Name one of your triggers
          - planned, Mon, Jan 11: Wait until a craving is over
          - planned, Mon, Jan 18: Name one change that helps you sleep
        """)
    assert run("print", "evening", "2027-01-06", "--newcomer").out == printed("""
        Ready to print: output/evening/print/2027-01-06-newcomer.docx
        """)
    assert run("coverage", "evening", "--start", "2027-01-07").err == printed("""
        nobody can start on Thursday, January 7, 2027 — the next start is on Monday, January 11, 2027
        """)


ROOMS = "| day | group_type | room |\n| mon | RP | A |\n| mon | PE | A |\n| wed | RP | A |"


def test_a_lost_room_gives_way_to_another_one(space: Workspace, clock: Clock, run: Run) -> None:
    lay_out(space, 'rooms = [{code = "A", seats = 14}, {code = "B", seats = 12}]', ROOMS)
    clock("2027-01-11")
    assert run("replan", "evening", "--room", "A:today", "--reason", "water").out == printed("""
        Plan evening: 2 sessions meet in another room.
        Changes:
          - Mon, Jan 11, 5:30 pm: room B (was room A)
          - Mon, Jan 11, 6:40 pm: room B (was room A)
        No topic moves.
        Tell: clients.
        Print again: the agenda of week 2.
        """)


def test_a_lost_room_without_another_one_says_why_and_what_would_help(
    space: Workspace, clock: Clock, run: Run
) -> None:
    lay_out(space, 'rooms = [{code = "A", seats = 14}, {code = "B", seats = 4}]', ROOMS)
    clock("2027-01-11")
    assert run("replan", "evening", "--room", "A:today", "--reason", "water").out == printed("""
        Plan evening: 2 sessions have no room.
        Changes:
          - Mon, Jan 11, 5:30 pm: no room (was room A)
          - Mon, Jan 11, 6:40 pm: no room (was room A)
        No room:
          - Mon, Jan 11, mon-1: no room: A is closed; B has 4 seats for 10 people. What would help: one more
          ... room with 10 seats
          - Mon, Jan 11, mon-2: no room: A is closed; B has 4 seats for 10 people. What would help: one more
          ... room with 10 seats
        No topic moves.
        Tell: clients.
        Print again: the agenda of week 2.
        """)
    assert run("explain", "evening").out == printed("""
        Plan evening, as its sessions stand now, lacks:
          - Mon, Jan 11, mon-1: no room: A is closed; B has 4 seats for 10 people. What would help: one more
          ... room with 10 seats
          - Mon, Jan 11, mon-2: no room: A is closed; B has 4 seats for 10 people. What would help: one more
          ... room with 10 seats
        """)


def test_a_plan_edited_in_excel_is_judged_and_the_rest_gives_way_to_it(space: Workspace, run: Run) -> None:
    lay_out(
        space,
        'facilitators = [{code = "F1"}]\nleave_out = ["RP-09"]\nspacing = {RP = 1}',
        "| day | group_type | lead |\n| mon | RP | F1 |\n| mon | PE | F1 |\n| wed | RP | F1 |",
    )
    ours = "2027-01-13-wed-1,wed-1,2,2027-01-13,17:30,18:30,,,room,group,RP,RP-01"
    excel = "2027-01-13-wed-1,wed-1,2,1/13/2027,5:30 PM,6:30 PM,,,room,group,RP,RP-03"
    edit(space.plans / "evening" / "plan.csv", ours, excel)
    assert run("verify", "evening").out == printed("""
        plan.csv:7: topic_id: RP-03 comes twice in a row, [spacing] asks for 1 meeting of RP between —
        ... choose another topic
        plan.csv:7: 2027-01-13-wed-1: warning: was changed by hand since the plan was made
        1 problem to mend, 1 warning.
        The sessions as they stand cost 0.
        """)
    assert run("replan", "evening", "--again").out == printed("""
        Plan evening: 1 session holds another topic; no plan that keeps as many promises changes fewer:
        ... proved.
        Changes:
          - Mon, Jan 11, 5:30 pm: RP-01 How a craving gets started (was RP-03 Ride out a craving)
        Fell out:
          - RP-03 Ride out a craving, Mon, Jan 11, 5:30 pm; next on Wed, Jan 13, 5:30 pm
        Nothing that was promised is missed by it.
        Tell: F1.
        Print again: the agenda of week 2.
        """)
    assert run("verify", "evening").out == printed("""
        plan.csv:7: 2027-01-13-wed-1: warning: was changed by hand since the plan was made
        No problem found, 1 warning.
        The sessions as they stand cost 0.
        """)
    assert run("plan", "evening").err == printed("""
        plans/evening is in use: 2027-01-13-wed-1 was changed by hand — give the new plan another name with
        ... --name, or write --replace (a copy of the old one is kept)
        """)
