"""The log of changes: how a change is worded, who is told, and that the file reads back."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path

import pytest

from iop_sessions.ground.errors import ProblemsFound
from iop_sessions.plans.changes import Change, Difference, What, change, changes_bytes, read_changes, words_of
from iop_sessions.plans.plan import Session
from tests.lib import small

SUNDAY = date(2027, 1, 3)
CURRICULUM = small.curriculum(
    group_types="""
        | group_type | title              | service_kind | needs_topic |
        | RP         | Relapse prevention | counseling   | yes         |
        | FG         | Family group       | family       | yes         |
        | PG         | Process group      | counseling   | no          |
    """,
    topics="| topic_id | title |\n| RP-01 | Cravings |\n| RP-02 | Places |",
)
PROGRAM = small.program("| day | group_type |\n| mon | RP |\n| mon | FG |\n| mon | PG |", weeks=1)
RP, FG, PG = small.plan(PROGRAM, "| mon-1 | mon-2 | mon-3 |\n| RP-01 | - | - |").sessions
RP = RP.model_copy(update={"facilitators": ("F1",), "room": "A"})


def worded(what: What, before: Session | None, after: Session | None, **others: str) -> Change:
    return change(CURRICULUM, Difference(what, before, after), SUNDAY, **others)


def now(session: Session, **values: object) -> Session:
    return session.model_copy(update=values)


def test_a_cancelled_session_is_told_with_its_own_reason() -> None:
    after = now(RP, state="cancelled", reason="snow")
    assert worded("cancelled", RP, after, reason="closed; late start", who="CD") == Change(
        made_on=SUNDAY, session_id="2027-01-04-mon-1", date=date(2027, 1, 4), start=time(17, 30),
        what="cancelled", before="RP-01 Cravings", after="cancelled", reason="snow", who="CD",
        tell=("F1", "clients"),
    )  # fmt: skip


def test_a_session_without_a_reason_of_its_own_takes_that_of_the_request() -> None:
    made = worded("topic", RP, now(RP, topic_id="RP-02"), reason="snow")
    assert (made.before, made.after, made.reason, made.tell) == (
        "RP-01 Cravings", "RP-02 Places", "snow", ("F1",),
    )  # fmt: skip


def test_a_reason_that_stood_there_before_is_not_the_reason_of_this_change() -> None:
    before = now(RP, reason="moved for the holiday")
    assert worded("topic", before, now(before, topic_id="RP-02"), reason="snow").reason == "snow"


@pytest.mark.parametrize(
    ("what", "values", "before", "after", "tell"),
    [
        ("leader", {"facilitators": ("F2", "F3")}, "F1", "F2, F3", ("F1", "F2", "F3")),
        ("leader", {"facilitators": ()}, "F1", "nobody", ("F1",)),
        ("room", {"room": ""}, "room A", "no room", ("F1", "clients")),
        ("mode", {"mode": "telehealth"}, "room", "telehealth", ("F1", "clients")),
        (
            "time", {"date": date(2027, 1, 5), "start": time(18), "end": time(19)},
            "Mon, Jan 4, 5:30 pm to 6:30 pm", "Tue, Jan 5, 6:00 pm to 7:00 pm", ("F1", "clients"),
        ),
        ("topic", {"topic_id": ""}, "RP-01 Cravings", "Relapse prevention, no topic", ("F1",)),
    ],
)  # fmt: skip
def test_each_kind_of_change_says_what_was_what_is_and_whom_to_tell(
    what: What, values: dict[str, object], before: str, after: str, tell: tuple[str, ...]
) -> None:
    made = worded(what, RP, now(RP, **values))
    assert (made.before, made.after, made.tell) == (before, after, tell)


def test_relatives_hear_of_their_own_group() -> None:
    made = worded("cancelled", FG, now(FG, state="cancelled"))
    assert (made.before, made.tell) == ("Family group, no topic", ("clients", "families"))


def test_groups_without_topics_and_sessions_that_are_no_groups_are_called_what_they_are() -> None:
    assert words_of(CURRICULUM, PG, "cancelled") == "Process group"
    orientation = now(PG, kind="drug_test", group_type="")
    assert words_of(CURRICULUM, orientation, "cancelled") == "drug test"


def test_an_added_row_was_nothing_before() -> None:
    made = worded("added", None, RP, reason="planned anew")
    assert (made.before, made.after, made.reason) == ("", "RP-01 Cravings", "planned anew")
    gone = worded("gone", RP, None, reason="planned anew")
    assert (gone.before, gone.after, gone.reason) == ("RP-01 Cravings", "", "planned anew")


def test_the_log_reads_back_as_it_was_written_the_oldest_change_on_top(tmp_path: Path) -> None:
    first = worded("cancelled", RP, now(RP, state="cancelled", reason="snow"), who="CD")
    second = worded("leader", FG, now(FG, facilitators=("F2",)))
    later = first.model_copy(update={"made_on": date(2027, 1, 4), "what": "takes place"})
    (tmp_path / "changes.csv").write_bytes(changes_bytes([later, second, first]))
    assert read_changes(tmp_path) == [first, second, later]
    assert (tmp_path / "changes.csv").read_text(encoding="utf-8-sig").splitlines()[:2] == [
        "made_on,session_id,date,start,what,before,after,reason,who,tell",
        (
            "2027-01-03,2027-01-04-mon-1,2027-01-04,17:30,cancelled,RP-01 Cravings,cancelled,snow,CD,"
            "F1; clients"
        ),
    ]


def test_no_log_is_an_empty_log_and_a_log_with_a_slip_is_told(tmp_path: Path) -> None:
    assert read_changes(tmp_path) == []
    data = changes_bytes([worded("room", RP, now(RP, room="B"))])
    (tmp_path / "changes.csv").write_bytes(data.replace(b",room,", b",chair,"))
    with pytest.raises(ProblemsFound) as raised:
        read_changes(tmp_path)
    place = f"{tmp_path.name}/changes.csv:2: what: "
    assert str(raised.value).startswith(f"{place}'chair' is not one of the words for it — use one of: ")
