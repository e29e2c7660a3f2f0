"""No name slips in by a reason, by who decided, by a note, by a program; every name is made up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from iop_sessions.ground.errors import ProblemsFound, UsageError
from iop_sessions.jobs import persons
from iop_sessions.jobs.persons import (
    PASSED,
    problems_in,
    refuse_in_program,
    refuse_persons,
    refuse_who,
    with_mark,
    without_persons,
)
from iop_sessions.plans.case import Case
from iop_sessions.plans.changes import read_changes
from iop_sessions.plans.store import Kept, Opened
from tests.lib import small
from tests.lib.ready import READY, library, ready

LIBRARY = small.curriculum(
    group_types="| group_type | title | needs_topic |\n| RP | Relapse prevention | yes |",
    topics="| topic_id | title | aim |\n| RP-01 | Cravings | Draw your chain |",
)
PROGRAM = small.program("| day | lead | room |\n| mon | F1 | A |\n| wed | F1 | A |", weeks=1)
PLAN = small.plan(PROGRAM, "| mon-1 | wed-1 |\n| RP-01 | RP-01 |")
LEFT_OUT = "that text is left out"
INSTEAD = (
    "write a code or a role instead, such as F1 or 'a client'; if nobody is meant, add --no-person-meant"
)
NOTE = "Priya Raman needs the door seat"


def noted(*notes: str) -> Case:
    rows = zip(PLAN.sessions, notes, strict=True)
    return Case(
        LIBRARY,
        PROGRAM,
        replace(PLAN, sessions=tuple(each.model_copy(update={"note": text}) for each, text in rows)),
    )


def opened(case: Case, folder: Path) -> Opened:
    return Opened(Kept("evening", folder, case.program, case.plan), case)


def test_a_reason_with_a_name_is_refused_with_what_to_write_instead() -> None:
    with pytest.raises(UsageError) as refused:
        refuse_persons([("--reason", "Priya Raman in court")], LIBRARY, PROGRAM)
    assert str(refused.value) == (f"--reason holds 'Priya Raman', which looks like a name — {INSTEAD}")
    refuse_persons([("--reason", "Snow"), ("--reason", "")], LIBRARY, PROGRAM)


def test_a_reason_that_was_passed_says_so_in_the_log() -> None:
    assert with_mark("Priya Raman", LIBRARY, PROGRAM) == "Priya Raman [no person meant]"
    assert with_mark("Priya Raman [no person meant]", LIBRARY, PROGRAM) == "Priya Raman [no person meant]"
    assert with_mark("Snow", LIBRARY, PROGRAM) == "Snow"


@pytest.mark.parametrize("who", ["", "F1", "CD", "clinical director", "Front desk", "directora"])
def test_who_decided_is_a_code_or_a_role(who: str) -> None:
    refuse_who(who, PROGRAM)


@pytest.mark.parametrize("who", ["Priya", "Raman, nurse", "F9"])
def test_who_decided_is_no_name_and_no_code_of_another_program(who: str) -> None:
    with pytest.raises(UsageError) as refused:
        refuse_who(who, PROGRAM)
    assert str(refused.value) == (
        f"--who {who}: no code of this program and no role — write a leader's code (F1) or a role, such as "
        "'clinical director'"
    )


def test_a_note_with_a_name_is_left_out_and_named_and_all_else_is_printed(tmp_path: Path) -> None:
    told: list[str] = []
    found = without_persons(opened(noted(NOTE, "Bring pens"), tmp_path), told.append)
    assert told == [
        f"plan.csv: 2027-01-04-mon-1 note: 'Priya Raman' looks like a name — {INSTEAD}; until then {LEFT_OUT}"
    ]
    assert [each.note for each in found.case.plan.sessions] == ["", "Bring pens"]
    assert [each.note for each in found.kept.plan.sessions] == ["", "Bring pens"]
    assert len(found.problems) == 1


def test_a_note_that_was_passed_once_stays_and_the_log_remembers_it(tmp_path: Path) -> None:
    told: list[str] = []
    first = without_persons(opened(noted(NOTE, ""), tmp_path), told.append, date(2027, 1, 4))
    again = without_persons(opened(noted(NOTE, ""), tmp_path), told.append)
    assert [each.kept.plan.sessions[0].note for each in (first, again)] == [NOTE, NOTE]
    assert told == []
    log = [(each.session_id, each.what, each.before, each.after) for each in read_changes(tmp_path)]
    assert log == [("2027-01-04-mon-1", "note", "Priya Raman", PASSED)]


def test_a_plan_s_name_a_program_s_notes_and_an_own_topic_s_title_are_looked_at() -> None:
    titled = small.curriculum(topics="| topic_id | title |\n| RP-01 | What Denise learned |")
    with pytest.raises(ProblemsFound) as refused:
        refuse_in_program(titled, PROGRAM, "priya-makeup", no_person_meant=False)
    assert [str(each).partition(" — ")[0] for each in refused.value.problems] == [
        "topics.csv: RP-01 title: 'What Denise' looks like a name",
        "plans/priya-makeup: 'priya' looks like a name",
    ]
    assert len(refuse_in_program(titled, PROGRAM, "priya-makeup", no_person_meant=True)) == 2


@pytest.mark.parametrize("name", READY)
def test_what_ships_names_nobody(name: str) -> None:
    assert refuse_in_program(library(), ready(name), name, no_person_meant=False) == ()


def test_no_message_says_that_nothing_was_found() -> None:
    assert problems_in(noted("", "")) == ()
    source = Path(persons.__file__).read_text(encoding="utf-8")
    assert not any(words in source for words in ("no names found", "free of names", "nothing found"))
