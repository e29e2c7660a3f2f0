"""Change a plan after a surprise, compare two plans, and mark what was held."""

from __future__ import annotations

import re
from datetime import date, time
from typing import TYPE_CHECKING, Annotated

import typer

from iop_sessions.doors.verbs import Json, NoPerson, PlanName, end, show, tell, today, workspace
from iop_sessions.ground.cells import CellError, day_readings, read_clock
from iop_sessions.ground.errors import UsageError
from iop_sessions.ground.workspace import Workspace, read_when

verbs = typer.Typer()

if TYPE_CHECKING:
    from iop_sessions.jobs.replan.accept import Accepted
    from iop_sessions.jobs.replan.propose import Proposal
    from iop_sessions.program.surprises import Surprise, SurpriseKind

Several = list[str] | None
_ISO_DAY = re.compile("[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}")
Closed = Annotated[
    Several,
    typer.Option(metavar="DAY", help="A day, or DAY..DAY, on which nothing meets; at one site: SITE:DAY."),
]
Late = Annotated[Several, typer.Option(metavar="DAY=TIME", help="Doors open only then.")]
Early = Annotated[Several, typer.Option(metavar="DAY=TIME", help="Doors close by then.")]
Absent = Annotated[Several, typer.Option(metavar="CODE:DAY", help="A leader is away, also CODE:DAY..DAY.")]
Room = Annotated[Several, typer.Option(metavar="CODE:DAY", help="A room is lost, also CODE:DAY..DAY.")]
Pin = Annotated[Several, typer.Option(metavar="SESSION", help="A session that must not move.")]
Cancel = Annotated[Several, typer.Option(metavar="SESSION", help="A session that does not meet.")]
Put = Annotated[Several, typer.Option(metavar="SESSION=TOPIC", help="Hold this topic there.")]
Bump = Annotated[bool, typer.Option("--bump", help="Slide all topics to the next meeting of their type.")]
Fewest = Annotated[
    bool, typer.Option("--fewest", help="Fewest changes, even where a promise is missed by it.")
]
Again = Annotated[bool, typer.Option("--again", help="Look for a better plan though nothing happened.")]
First = Annotated[str, typer.Option("--from", metavar="DAY", help="No topic before this day changes.")]
Reason = Annotated[str, typer.Option(metavar="WORDS", help="Why, in a few words; never about a client.")]
Who = Annotated[str, typer.Option(metavar="ROLE", help="Who decided: a code or a role, never a name.")]
Look = Annotated[bool, typer.Option("--look", help="Only show what would change.")]


@verbs.command(epilog="Example: iop-sessions replan evening-12-week --closed 2027-01-11")
def replan(  # noqa: PLR0913, PLR0917  # typer makes each argument a word or option of the verb
    plan: PlanName,
    closed: Closed = None,
    late: Late = None,
    early: Early = None,
    absent: Absent = None,
    room: Room = None,
    pin: Pin = None,
    cancel: Cancel = None,
    put: Put = None,
    bump: Bump = False,
    fewest: Fewest = False,
    again: Again = False,
    first: First = "",
    reason: Reason = "",
    who: Who = "",
    no_person_meant: NoPerson = False,
    look: Look = False,
    as_json: Json = False,
) -> None:
    """Change a plan after a surprise: fewest changes, nothing held moves."""
    from iop_sessions.doors.reports import replan as wording
    from iop_sessions.jobs import replan as replans
    from iop_sessions.jobs.putting_back import put_back

    named: list[tuple[SurpriseKind, list[str] | None]] = [
        ("closed", closed), ("late", late), ("early", early), ("absent", absent), ("room", room),
    ]  # fmt: skip
    found = tuple(read_surprise(kind, text, reason) for kind, texts in named for text in texts or ())
    request = replans.ReplanRequest(
        plan, today(), found,
        pins=tuple(pin or ()), puts=tuple(_pair(each, "SESSION=TOPIC") for each in put or ()),
        bump=bump, fewest=fewest, again=again, first=read_when(first, today()) if first else None,
        who=who, cancels=tuple(cancel or ()), reason=reason, no_person_meant=no_person_meant,
    )  # fmt: skip
    here = workspace()
    if not look:
        put_back(here, plan, tell)
    proposal = replans.propose(here, request, tell)
    accepted = None if look else replans.accept(here, proposal)
    for warning in proposal.kept.warnings:
        tell(str(warning))
    show(wording.proposal_lines(proposal), wording.proposal_facts(proposal), as_json=as_json)
    if look and (proposal.found or pin):
        tell("Nothing is changed yet: the same without --look changes the plan.")
    if accepted:
        tell_accepted(here, proposal, accepted, f"to take the change back: undo {plan}")


def tell_accepted(here: Workspace, proposal: Proposal, accepted: Accepted, back: str) -> None:
    """Say which pages were written and which could not be, and how the change is taken back."""
    from iop_sessions.jobs.read import tell_texts
    from iop_sessions.jobs.replan import faults_of_briefs

    for page in accepted.pages:
        tell(f"Written: {here.shown(page)}")
    if accepted.old:
        tell(f"As it was: {here.shown(accepted.old)}/; {back}")
    texts = faults_of_briefs(proposal)
    tell_texts(texts, tell)
    end(texts)


def read_surprise(kind: SurpriseKind, text: str, reason: str = "") -> Surprise:
    """Read a surprise as the command line words it: 2027-01-11, F2:today..tomorrow, north:2027-01-11=17:30.

    Raises
    ------
    UsageError
        With the form that it should have.
    """
    from iop_sessions.program.surprises import Surprise

    subject, clock, days = "", None, text
    if kind in ("absent", "room"):
        subject, days = _split(text, ":", "CODE:DAY")
    if kind in ("late", "early"):
        days, moment = _split(text, "=", "DAY=TIME")
        clock = read_time(moment)
    if kind in ("closed", "late", "early"):
        subject, days = _site(days)
    begin, end = _days(days)
    return Surprise(kind=kind, first=begin, last=end, subject=subject, clock=clock, reason=reason)


def _site(text: str) -> tuple[str, str]:
    """Read which site the days are about, where one stands before them: north:2027-01-11."""
    site, found, days = text.partition(":")
    return (site.strip(), days) if found and not day_readings(site.strip()) else ("", text)


def _days(text: str) -> tuple[date, date]:
    """Read a day, or the first and the last of several in a row."""
    first, several, last = text.partition("..")
    if (several and not (first.strip() and last.strip())) or len(_ISO_DAY.findall(text)) > 1 + bool(several):
        raise UsageError(
            f"no days '{text}' — write the first and the last of several in a row: 2027-01-04..2027-01-08; "
            "name others one by one, each with the option before it"
        )
    begin = read_when(first, today())
    return begin, read_when(last, today()) if several else begin


def _example(form: str, text: str) -> str:
    """Write a word of the command line in its form, with what the user wrote where it belongs."""
    before, mark, after = re.split("([:=])", form)
    is_second = bool(day_readings(text)) if after == "DAY" else after == "TOPIC" and not text[:1].isdigit()
    examples = {"DAY": "today", "TIME": "18:00", "TOPIC": "RP-04", "MINUTES": "30"}
    firsts = {"CODE": "F2", "SESSION": "2027-01-04-mon-1"}
    return f"{firsts[before]}{mark}{text}" if is_second else f"{text}{mark}{examples[after]}"


def _split(text: str, mark: str, form: str) -> tuple[str, str]:
    before, found, after = text.partition(mark)
    if not found or not before.strip() or not after.strip():
        raise UsageError(f"'{text}' cannot be read — write {form}: {_example(form, before.strip())}")
    return before.strip(), after.strip()


def _pair(text: str, form: str) -> tuple[str, str]:
    return _split(text, "=", form)


def _minutes(text: str) -> tuple[str, int]:
    name, minutes = _pair(text, "SESSION=MINUTES")
    if not re.fullmatch("[0-9]{1,3}", minutes):
        raise UsageError(f"no minutes '{minutes}' — write a whole number: {name}=30")
    return name, int(minutes)


def read_time(text: str) -> time:
    """Read a time of day; `UsageError` with the form that it should have."""
    try:
        found = read_clock(text)
    except CellError as fault:
        raise UsageError(f"no time '{text}' — {fault.remedy}") from None
    assert isinstance(found, time), "text becomes a time or is refused"
    return found


@verbs.command(epilog="Example: iop-sessions diff evening-12-week morning-and-evening")
def diff(
    before: Annotated[str, typer.Argument(metavar="PLAN", help="A plan: its name in plans/, or a folder.")],
    after: Annotated[str, typer.Argument(metavar="PLAN", help="Another one.")],
    as_json: Json = False,
) -> None:
    """Say what is different between two plans."""
    from iop_sessions.doors.reports.replan import comparison_facts, comparison_lines
    from iop_sessions.jobs.read import compare

    compared = compare(workspace(), before, after, tell)
    show(comparison_lines(compared), comparison_facts(compared), as_json=as_json)
    end(compared.problems)


@verbs.command(epilog="Example: iop-sessions held evening-12-week today")
def held(
    plan: PlanName,
    day: Annotated[str, typer.Argument(metavar="DAY", help="today, yesterday, a date, or a session's id.")],
    except_: Annotated[
        Several, typer.Option("--except", metavar="SESSION", help="A session that was not held.")
    ] = None,
    partly: Annotated[
        Several, typer.Option(metavar="SESSION=MINUTES", help="One that was held for some of its minutes.")
    ] = None,
    topic: Annotated[
        Several, typer.Option(metavar="SESSION=TOPIC", help="One in which another topic was taught.")
    ] = None,
    undo: Annotated[bool, typer.Option("--undo", help="Take back what was marked.")] = False,
    as_json: Json = False,
) -> None:
    """Mark what became of the groups of a day; what was held never moves again."""
    from iop_sessions.doors.reports.held import held_facts, held_lines
    from iop_sessions.jobs.held import Marking, mark_held

    marking = Marking(
        plan, day, not_held=tuple(except_ or ()), partly=tuple(_minutes(each) for each in partly or ()),
        topics=tuple(_pair(each, "SESSION=TOPIC") for each in topic or ()), undo=undo,
    )  # fmt: skip
    marked = mark_held(workspace(), marking, today(), tell)
    show(held_lines(marked), held_facts(marked), as_json=as_json)
