"""A notebook shows what a closed day changes, on a copy of the plan; nothing else is written."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from html import unescape
from pathlib import Path

import pytest

from iop_sessions.doors.notebook.book import Book, open_plan
from iop_sessions.doors.notebook.views import ChangeView
from iop_sessions.ground.errors import UsageError
from iop_sessions.ground.workspace import Workspace
from iop_sessions.jobs import replan
from iop_sessions.plans.changes import differences
from iop_sessions.program.surprises import Surprise
from tests.lib import small
from tests.lib.workspaces import small_workspace

ENDS = {"</caption>": "\n", "</tr>": "\n", "</p>": "\n", "</li>": "\n", "<ul": "\n<ul", "<br>": " / "}


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Book:
    """A copy to look at; tests that write make their own."""
    return practice_copy(small_workspace(tmp_path_factory.mktemp("views") / "clinic"))


@pytest.fixture(scope="module")
def change(book: Book) -> ChangeView:
    return snow_on(book)


def practice_copy(workspace: Workspace) -> Book:
    return open_plan("evening", workspace.root).practice()


def snow_on(book: Book) -> ChangeView:
    return book.close("2027-01-13", made_on="2027-01-11", reason="<snow> & ice", who="F1")


def lines_of(html: str) -> list[str]:
    """Return what a reader sees: a line each caption, row, item and paragraph, fields between bars."""
    for tag, end in ENDS.items():
        html = html.replace(tag, end + tag if tag.startswith("</") else end)
    text = re.sub(r"</t[hd]><t[hd][^>]*>", " | ", html)
    return [unescape(line) for line in re.sub(r"<[^>]+>", "", text).splitlines() if line]


def files_in(folder: Path) -> dict[str, bytes]:
    found = (path for path in sorted(folder.rglob("*")) if path.is_file() and ".iop-" not in path.name)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def test_the_change_list_says_day_before_now_why_and_whom_to_tell(change: ChangeView) -> None:
    assert lines_of(change.changes().data) == [
        "What changes",
        "day | before | now | why | tell",
        "Wed, Jan 13, 5:30 pm | RP-02 People and places | cancelled | <snow> & ice | F1, clients",
        "Wed, Jan 13, 6:40 pm | RT-01 Say no and leave | cancelled | <snow> & ice | F1, clients",
        "Wed, Jan 13, 7:50 pm | PE-02 What use does to mood | cancelled | <snow> & ice | F1, clients",
    ]


def test_what_a_person_wrote_is_shown_as_text(change: ChangeView) -> None:
    shown = change.changes().data + change.weeks().data + change.notice().data
    assert "<snow>" not in shown
    assert shown.count("&lt;snow&gt; &amp; ice") == 7


def test_the_summary_names_promises_hours_whom_to_tell_and_what_to_print(change: ChangeView) -> None:
    assert lines_of(change.summary().data) == [
        "Plan evening: 3 sessions fall out.",
        "Promises",
        "Nothing that was promised is missed by it.",
        "Hours",
        "Week 2: 6 h clinical; 9 h or more, falls short by 3 h (HOURS-MIN, SAMHSA Advisory 2021).",
        (
            "move: hold on another day of the week what falls out on Wednesday, January 13 "
            "(wed-1, wed-2, wed-3; 3 h)"
        ),
        "add a session: 3 h of group; breaks do not count",
        "Tell: F1, clients.",
        "Print again: the agenda of week 2.",
    ]


def test_a_topic_that_falls_out_is_listed_with_its_next_meeting(change: ChangeView) -> None:
    assert lines_of(change.fates().data) == [
        "Fell out",
        "RP-02 People and places, Wed, Jan 13, 5:30 pm; next on Fri, Jan 22, 5:30 pm",
        "RT-01 Say no and leave, Wed, Jan 13, 6:40 pm; next on Wed, Jan 20, 6:40 pm",
        "PE-02 What use does to mood, Wed, Jan 13, 7:50 pm; next on Mon, Jan 25, 7:50 pm",
    ]


def test_hours_are_shown_for_the_weeks_in_which_they_change(change: ChangeView) -> None:
    assert lines_of(change.hours().data) == [
        "Weeks whose hours change",
        "week | hours before | hours now",
        "2 | 9 h | 6 h",
    ]


def test_both_weeks_mark_what_changes_by_a_sign_and_words(change: ChangeView) -> None:
    before, after = (
        lines_of(part) for part in re.findall(r"<table.*?</table>", change.weeks().data, re.DOTALL)
    )
    assert before[:3] == [
        "Week 2 as it is: January 11 to January 15",
        "time | Mon, Jan 11 | Wed, Jan 13 | Fri, Jan 15",
        (
            "5:30 pm | RP-01 How a craving gets started | × To be cancelled / RP-02 People and places / "
            "(falls out) | RP-03 Ride out a craving"
        ),
    ]
    assert after[:3] == [
        "Week 2 after the change: January 11 to January 15",
        "time | Mon, Jan 11 | Wed, Jan 13 | Fri, Jan 15",
        (
            "5:30 pm | RP-01 How a craving gets started | × Cancelled: <snow> & ice / RP-02 People and places"
            " | RP-03 Ride out a craving"
        ),
    ]
    assert [sum("×" in line for line in side) for side in (before, after)] == [3, 3]


def test_a_week_without_changes_says_which_weeks_have_some(change: ChangeView) -> None:
    shown = lines_of(change.weeks(3).data)
    assert shown[-1] == "Other weeks with changes: 2."
    assert "5:30 pm | Closed | RP-01 How a craving gets started | RP-02 People and places" in shown
    assert [line for line in shown if "×" in line or "◆" in line] == []


@pytest.mark.parametrize("number", [-1, 7])
def test_a_week_outside_the_plan_is_refused(change: ChangeView, number: int) -> None:
    with pytest.raises(UsageError, match=rf"^no week {number} — the plan has weeks 1 to 6$"):
        change.weeks(number)


def test_a_topic_that_moves_is_marked_where_it_was_and_where_it_comes(book: Book) -> None:
    request = replan.ReplanRequest(
        "evening", date(2027, 1, 11), bump=True, surprises=(closed_on(date(2027, 1, 13)),)
    )
    shown = lines_of(ChangeView(book.workspace, replan.propose(book.workspace, request)).weeks().data)
    assert [line for line in shown if line.startswith("5:30 pm")] == [
        (
            "5:30 pm | RP-01 How a craving gets started | × To be cancelled / RP-02 People and places / "
            "(moves to Fri, Jan 15, 5:30 pm) | ◆ Changes / RP-03 Ride out a craving / "
            "(moves to Wed, Jan 20, 5:30 pm)"
        ),
        (
            "5:30 pm | RP-01 How a craving gets started | × Cancelled: closed / RP-02 People and places | "
            "◆ New topic / RP-02 People and places / (was RP-03 Ride out a craving)"
        ),
    ]


def test_another_leader_is_named_in_the_week_after_the_change(change: ChangeView) -> None:
    kept = change.proposal.kept.plan
    led = small.changed(kept, "2027-01-13-wed-1", facilitators=("F2", "F3"))
    found = tuple(differences(kept.sessions, led.sessions))
    case = change.proposal.case.with_plan(led)
    shown = replace(change, proposal=replace(change.proposal, case=case, found=found)).weeks()
    assert [line for line in lines_of(shown.data) if line.startswith("5:30 pm")] == [
        (
            "5:30 pm | RP-01 How a craving gets started | ◆ Changes / RP-02 People and places"
            " | RP-03 Ride out a craving"
        ),
        (
            "5:30 pm | RP-01 How a craving gets started | ◆ New leader: F2, F3 (was F1) / "
            "RP-02 People and places | RP-03 Ride out a craving"
        ),
    ]


def closed_on(day: date) -> Surprise:
    return Surprise(kind="closed", first=day, last=day)


def test_every_header_of_a_table_says_what_it_heads(change: ChangeView) -> None:
    shown = change.changes().data + change.hours().data + change.weeks().data
    headers = re.findall(r"<th( scope=\"(?:col|row)\")? ", shown)
    assert len(headers) == 26
    assert set(headers) == {' scope="col"', ' scope="row"'}
    assert shown.count("<caption") == shown.count("<table") == 4


def test_the_whole_view_holds_the_parts_in_order(change: ChangeView) -> None:
    parts = (change.summary(), change.changes(), change.fates(), change.hours())
    assert change._repr_html_() == "".join(part.data for part in parts)
    assert repr(change) == "ChangeView('evening')"


def test_accepting_writes_into_the_practice_folder_alone(tmp_path: Path) -> None:
    workspace = small_workspace(tmp_path / "clinic")
    change = snow_on(practice_copy(workspace))
    before = files_in(workspace.plans)
    first = change.accept()
    assert lines_of(first.data) == [
        "Written",
        "file | what it is",
        "practice/plans/evening/plan.csv | the new plan, one row a meeting",
        "practice/plans/evening/changes.csv | the log of its changes",
        "practice/plans/evening/replaced | the plan as it was before each change",
        "practice/output/evening/notices/2027-01-11-change-notice-01.docx | to print",
    ]
    assert change.accept().data == first.data
    assert files_in(workspace.plans) == before
    assert not workspace.output.exists()


def test_practising_again_begins_with_the_plan_as_it_is(tmp_path: Path) -> None:
    workspace = small_workspace(tmp_path / "clinic")
    snow_on(practice_copy(workspace)).accept()
    assert files_in(practice_copy(workspace).workspace.plans) == files_in(workspace.plans)


def test_a_program_without_a_plan_is_planned_to_practise_on(tmp_path: Path) -> None:
    workspace = small_workspace(tmp_path / "clinic")
    for path in workspace.plans.rglob("*.*"):
        path.unlink()
    change = snow_on(practice_copy(workspace))
    assert lines_of(change.changes().data)[1] == "day | before | now | why | tell"
    assert files_in(workspace.plans) == {}


def test_a_change_without_the_practice_copy_changes_the_plan_itself(tmp_path: Path) -> None:
    workspace = small_workspace(tmp_path / "clinic")
    change = open_plan("evening", workspace.root).close("2027-01-13", "2027-01-15", made_on="2027-01-11")
    assert "plans/evening/plan.csv | the new plan, one row a meeting" in lines_of(change.accept().data)
    assert not (workspace.root / "practice").exists()


def test_a_plan_that_continues_others_is_copied_with_them(tmp_path: Path) -> None:
    workspace = small_workspace(tmp_path / "clinic")
    later = workspace.plans / "later"
    later.mkdir()
    (later / "plan.csv").write_bytes((workspace.plans / "evening" / "plan.csv").read_bytes())
    sheet = (workspace.plans / "evening" / "plan.toml").read_text(encoding="utf-8")
    (later / "plan.toml").write_text(sheet.replace('after = ""', 'after = "evening"'), encoding="utf-8")
    practice = open_plan("later", workspace.root).practice()
    assert files_in(practice.workspace.plans) == files_in(workspace.plans)


def test_a_row_names_the_track_that_meets_then_and_a_shared_row_each_group_s_own(change: ChangeView) -> None:
    tracks = {"1": "morning", "2": "evening"}
    old = change.proposal
    slots = tuple(
        each.model_copy(update={"track": tracks.get(each.id[-1], "")}) for each in old.kept.program.slots
    )
    program = old.kept.program.model_copy(update={"slots": slots})
    sessions = tuple(
        each.model_copy(update={"track": tracks.get(each.slot_id[-1], each.slot_id[:3])})
        for each in old.kept.plan.sessions
    )
    plan = replace(old.kept.plan, sessions=sessions)
    kept = replace(old.kept, program=program, plan=plan)
    case = replace(old.case, program=program, plan=plan)
    shown = replace(change, proposal=replace(old, kept=kept, case=case, found=()))
    assert lines_of(shown.weeks(1).data)[2:5] == [
        (
            "5:30 pm / Morning track | RP-01 How a craving gets started | RP-02 People and places"
            " | RP-03 Ride out a craving"
        ),
        (
            "6:40 pm / Evening track | RT-01 Say no and leave | RT-02 Say no to a friend"
            " | RT-01 Say no and leave"
        ),
        (
            "7:50 pm | PE-01 What use does to sleep / Mon track | PE-02 What use does to mood / Wed track"
            " | PG Process group / Fri track"
        ),
    ]


def test_nothing_that_changes_is_said(book: Book) -> None:
    change = book.close("2027-01-12", made_on="2027-01-11")
    assert lines_of(change.summary().data) == ["Plan evening: nothing changes."]
    assert lines_of(change.fates().data) == ["No topic lost a meeting."]
    assert lines_of(change.hours().data) == ["No week loses or gains hours."]
    assert (change.changes().data, len(re.findall("<table", change.weeks().data))) == ("", 2)


def test_a_published_version_is_not_practised_on(tmp_path: Path) -> None:
    workspace = small_workspace(tmp_path / "clinic")
    version = workspace.plans / "evening" / "versions" / "2027-01-04"
    version.mkdir(parents=True)
    for name in ("plan.csv", "plan.toml"):
        (version / name).write_bytes((workspace.plans / "evening" / name).read_bytes())
    book = open_plan("evening/versions/2027-01-04", workspace.root)
    message = "plans/evening/versions/2027-01-04 was published and does not change — practise on its plan"
    with pytest.raises(UsageError, match=f"^{message}$"):
        book.practice()
