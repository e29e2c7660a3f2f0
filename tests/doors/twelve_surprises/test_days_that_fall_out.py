"""Surprises of the calendar: a family night, a week, half a day."""

from __future__ import annotations

import shutil

from iop_sessions.ground.workspace import Workspace
from tests.doors.conftest import Clock, Run
from tests.lib.clinics import clinic, printed

FAMILY = {
    "group_types": "| group_type | title        | service_kind |\n| FG | Family group | family |",
    "topics": """
        | topic_id | group_type | title                 | audience  | source_ids | content |
        | FG-01    | FG         | What relatives can do | relatives | TIP-63     | outline |
        | FG-02    | FG         | Talk without blame    | relatives | TIP-63     | outline |
    """,
    "objectives": """
        | objective_id | statement                   | audience  |
        | help         | Name one way to help        | relatives |
        | calm         | Say one worry without blame | relatives |
    """,
    "topic_objectives": "| topic_id | objective_id |\n| FG-01 | help |\n| FG-02 | calm |",
}


def test_a_closure_on_the_only_family_night_says_who_misses_what_and_what_would_help(
    space: Workspace, clock: Clock, run: Run
) -> None:
    clinic(
        space.root,
        """
        title = "Evenings"
        start = 2027-01-04
        weeks = 6
        stay_weeks = [2]
        only_topics = ["RP-01", "RP-02", "FG-01", "FG-02"]
        facilitators = [{code = "F1"}, {code = "F2"}]
        """,
        "| day | group_type | lead |\n| mon | RP | F1 |\n| wed | FG | F2 |",
        """
        | mon-1 | wed-1 |
        | RP-01 | FG-01 |
        | RP-02 | FG-02 |
        | RP-01 | FG-01 |
        | RP-02 | FG-02 |
        | RP-01 | FG-01 |
        | RP-02 | FG-02 |
        """,
        **FAMILY,
    )
    clock("2027-01-19")
    assert run("replan", "evening", "--closed", "tomorrow", "--reason", "snow").out == printed("""
        Plan evening: 1 session falls out.
        Changes:
          - Wed, Jan 20, 5:30 pm: FG-01 What relatives can do — cancelled (snow)
        Fell out:
          - FG-01 What relatives can do, Wed, Jan 20, 5:30 pm; next on Wed, Feb 3, 5:30 pm
        Missed now by those who start on Mon, Jan 11; Wed, Jan 13; Mon, Jan 18; Wed, Jan 20: Name one way to
        ... help — teach it one to one.
        Who was to start on Wed, Jan 20 has no group then; their time is counted from that day.
        What else would help: explain evening.
        Tell: F2, clients, families.
        Print again: the agenda of week 3.
        """)
    assert run("explain", "evening").out == printed("""
        Plan evening, as its sessions stand now, lacks:
          - 'Name one way to help' is not taught within 2 weeks to anyone who starts on Mon, Jan 11, Wed,
          ... Jan 13: it needs FG-01, and that window holds 1 meeting of their kind; all that is promised by
          ... then needs at least 2 FG meetings; 1 exists since Wed, Jan 20 is closed; Mon, Jan 18 misses it
          ... too
            Tried:
              - add one FG slot on Monday at 6:40 pm (F1 is free then): then 1 instead of 3 start dates
              ... miss it
              - mark the objective of FG-01 elective: then 0 instead of 3 start dates miss it
              - lengthen the stay from 2 to 3 weeks: then 0 instead of 3 start dates miss it
        """)


def test_a_week_of_closed_days_moves_no_topic_and_is_no_holiday_of_the_calendar(
    space: Workspace, clock: Clock, run: Run
) -> None:
    clinic(
        space.root,
        """
        title = "Evenings"
        start = 2027-01-04
        weeks = 4
        stay_weeks = [2]
        only_topics = ["RP-01", "RP-02", "RP-03"]
        rules = {packs = ["us-guidance"]}
        """,
        """
        | day | group_type | minutes |
        | mon | RP         | 60      |
        | mon | PG         | 120     |
        | wed | RP         | 60      |
        | wed | PG         | 120     |
        | fri | RP         | 60      |
        | fri | PG         | 120     |
        """,
        """
        | mon-1 | mon-2 | wed-1 | wed-2 | fri-1 | fri-2 |
        | RP-01 | -     | RP-02 | -     | RP-03 | -     |
        | RP-01 | -     | RP-02 | -     | RP-03 | -     |
        | RP-01 | -     | RP-02 | -     | RP-03 | -     |
        | RP-01 | -     | RP-02 | -     | RP-03 | -     |
        """,
    )
    clock("2027-01-14")
    words = ("replan", "evening", "--closed", "2027-01-18..2027-01-24", "--reason", "holidays")
    assert run(*words).out == printed("""
        Plan evening: 6 sessions fall out.
        Changes:
          - Mon, Jan 18, 5:30 pm: RP-01 How a craving gets started — cancelled (holidays)
          - Mon, Jan 18, 6:40 pm: Process group — cancelled (holidays)
          - Wed, Jan 20, 5:30 pm: RP-02 People and places — cancelled (holidays)
          - Wed, Jan 20, 6:40 pm: Process group — cancelled (holidays)
          - Fri, Jan 22, 5:30 pm: RP-03 Ride out a craving — cancelled (holidays)
          - Fri, Jan 22, 6:40 pm: Process group — cancelled (holidays)
        Fell out:
          - RP-01 How a craving gets started, Mon, Jan 18, 5:30 pm; next on Mon, Jan 25, 5:30 pm
          - RP-02 People and places, Wed, Jan 20, 5:30 pm; next on Wed, Jan 27, 5:30 pm
          - RP-03 Ride out a craving, Fri, Jan 22, 5:30 pm; next on Fri, Jan 29, 5:30 pm
        Nothing that was promised is missed by it.
        Week 3: 0 h clinical; 9 h or more, falls short by 9 h (HOURS-MIN, SAMHSA Advisory 2021).
          - add a session: 9 h of group
        Tell: clients.
        Print again: the agenda of week 3.
        """)


def test_a_half_day_takes_the_late_group_and_its_topic_comes_a_week_later(
    space: Workspace, clock: Clock, run: Run
) -> None:
    clinic(
        space.root,
        """
        title = "Evenings"
        start = 2027-01-04
        weeks = 6
        stay_weeks = [3]
        only_topics = ["RP-01", "RP-02", "PE-01", "PE-02"]
        facilitators = [{code = "F1"}]
        """,
        "| day | group_type | lead |\n| mon | RP | F1 |\n| mon | PE | F1 |\n| thu | RP | F1 |",
        """
        | mon-1 | mon-2 | thu-1 |
        | RP-01 | PE-01 | RP-02 |
        | RP-01 | PE-02 | RP-02 |
        | RP-01 | PE-01 | RP-02 |
        | RP-01 | PE-02 | RP-02 |
        | RP-01 | PE-01 | RP-02 |
        | RP-01 | PE-02 | RP-02 |
        """,
    )
    clock("2027-01-14")
    shutil.copytree(space.plans / "evening", space.plans / "before")
    words = ("replan", "evening", "--early", "2027-01-18=18:40", "--reason", "half day")
    assert run(*words).out == printed("""
        Plan evening: 1 session falls out, 1 other holds another topic; no plan that keeps as many promises
        ... changes fewer: proved.
        Changes:
          - Mon, Jan 18, 6:40 pm: PE-01 What use does to sleep — cancelled (half day)
          - Mon, Jan 25, 6:40 pm: PE-01 What use does to sleep (was PE-02 What use does to mood)
        Moved:
          - PE-01 What use does to sleep: from Mon, Jan 18, 6:40 pm to Mon, Jan 25, 6:40 pm
        Fell out:
          - PE-02 What use does to mood, Mon, Jan 25, 6:40 pm; next on Mon, Feb 8, 6:40 pm
        Nothing that was promised is missed by it; if no topic moved, 2 promises would be missed.
        Tell: F1, clients.
        Print again: the agendas of weeks 3-4.
        """)
    assert run("diff", "before", "evening").out == printed("""
        From before to evening: 2 differences.
          - Mon, Jan 18, 6:40 pm: PE-01 What use does to sleep — cancelled (half day)
          - Mon, Jan 25, 6:40 pm: PE-01 What use does to sleep (was PE-02 What use does to mood)
        """)
