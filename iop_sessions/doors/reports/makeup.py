"""Word a make-up group: when, for whom, who leads it, what it counts for; short, for it is one group."""

from __future__ import annotations

from iop_sessions.coverage.covering import cover_all
from iop_sessions.doors.reports import Facts
from iop_sessions.doors.reports.replan import agenda_line, proposal_facts, tell_line
from iop_sessions.ground.english import counted, joined
from iop_sessions.ground.speech import ENGLISH
from iop_sessions.jobs.makeup import MakingUp
from iop_sessions.plans.case import Case
from iop_sessions.plans.changes import topic_words


def makeup_lines(making: MakingUp) -> list[str]:
    """Return a make-up group as a person reads it."""
    added, missed = making.added, making.missed
    when = ENGLISH.long_day(added.date), ENGLISH.span(added.start, added.end)
    place = f", room {added.room}" if added.room else ""
    what = topic_words(making.case.curriculum, added)
    led = f"{_leader(added.facilitators)} ({added.session_id})."
    return [
        f"Plan {making.kept.name}: {what}, {', '.join(when)}{place}; {led}",
        f"For those who missed {ENGLISH.moment(missed.date, missed.start)} ({missed.session_id}).",
        _counts(making),
        *_promises(making),
        tell_line(making),
        agenda_line(making),
    ]


def _leader(codes: tuple[str, ...]) -> str:
    return f"led by {joined(codes)}" if codes else "nobody leads it yet"


def _counts(making: MakingUp) -> str:
    """Say what it counts for: that group fell out for everybody, or some missed it."""
    if making.is_for_all:
        return "That group fell out, so the hours count for everybody who was there then."
    return (
        "That group took place, so this one counts for nobody's hours, nobody starts with it, and clients' "
        "calendars do not show it: tell those who missed the group."
    )


def _promises(making: MakingUp) -> list[str]:
    """Count the promises that it keeps."""
    number = _missed(making.before) - _missed(making.case)
    kept = f"{counted(number, 'promise')} that {'was' if number == 1 else 'were'} missed"
    return [f"It keeps {kept}."] if number > 0 else []


def _missed(case: Case) -> int:
    return sum(answer.state == "missed" for each in cover_all(case) for answer in each.answers)


def makeup_facts(making: MakingUp) -> Facts:
    """Return a make-up group as a script reads it."""
    return proposal_facts(making) | {
        "session_id": making.added.session_id,
        "makes_up_for": making.missed.session_id,
        "fell_out_for_all": making.is_for_all,
    }
