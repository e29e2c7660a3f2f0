"""Write a plan as calendar feeds; the one room that knows icalendar.

Staff read what each meeting is. What clients and relatives may get says a neutral word and the time, no more:
a phone shows it to whoever looks on.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, Final

from iop_sessions.coverage.covering import start_dates
from iop_sessions.ground.blocks import clean
from iop_sessions.pages.kinds import slug
from iop_sessions.pages.meetings import is_private, lead_words, place_words, session_title
from iop_sessions.pages.papers.parts import is_family
from iop_sessions.plans.case import Case
from iop_sessions.plans.plan import Session
from iop_sessions.program.journeys import Journey, journeys, tracks

if TYPE_CHECKING:
    from icalendar import Event

_MAKER: Final = "-//calendar//EN"
"""RFC 5545 asks who made a feed; a name of ours would tell a client's family what it is about."""
_NEUTRAL: Final = {"en": "Appointment", "es": "Cita"}
"""No label: a clinic's own words would stand on a client's phone."""
_PLANNED, _MOVED, _CANCELLED = range(3)

Comes = Callable[[Session], bool]


@dataclass(frozen=True)
class _Desk:
    """What the feeds of a plan are made from."""

    case: Case
    name: str
    language: str

    @property
    def sessions(self) -> list[Session]:
        """List every session, also what was cancelled: a feed has to say so."""
        return sorted(self.case.plan.sessions, key=lambda session: session.order)


def feeds(case: Case, name: str, *, language: str = "en") -> dict[str, bytes]:
    """Write the feeds of a plan, by file name; a feed without any meeting is left out.

    Parameters
    ----------
    name
        The plan's name: with a session's id it names an event for ever, in a published version too.
    """
    desk = _Desk(case, name.partition("/")[0], language)
    return {
        **{f"{file}.ics": _feed(desk, comes, _staff_event) for file, comes in _of_staff(desk)},
        **{
            f"{file}.ics": _feed(desk, comes, _neutral_event)
            for file, comes in _of_clients(desk)
            if any(map(comes, desk.sessions))
        },
    }


def _of_staff(desk: _Desk) -> Iterator[tuple[str, Comes]]:
    """Name the feeds of staff: the whole program, each track, each leader."""
    yield "program", lambda _: True
    for file, track in _file_names("track", tracks(desk.case.program)):
        yield file, _of_track(track)
    named = [each.code for each in desk.case.program.facilitators]
    codes = sorted({*named, *(code for each in desk.case.plan.sessions for code in each.facilitators)})
    for file, code in _file_names("facilitator", codes):
        comes = _led_by(code)
        if any(map(comes, desk.sessions)):
            yield file, comes


def _of_track(track: str) -> Comes:
    return lambda session: session.serves(track)


def _led_by(code: str) -> Comes:
    return lambda session: code in session.facilitators


def _of_clients(desk: _Desk) -> Iterator[tuple[str, Comes]]:
    """Name the feeds of clients, one for those who come to the same meetings, and that of their relatives."""
    ways = _comers(desk)
    known = {track: file for file, track in _file_names("clients", tracks(desk.case.program))}
    for (track, part), comes in ways.items():
        file = known.get(track, "clients")
        yield f"{file}-{part}" if part else file, _all_of(comes)
    yield (
        "families",
        lambda session: is_family(desk.case.curriculum, session.group_type) and not is_private(session),
    )


def _all_of(comes: Comes) -> Comes:
    """Leave out what is between one client and staff: it is nobody else's appointment."""
    return lambda session: comes(session) and not is_private(session)


def _comers(desk: _Desk) -> dict[tuple[str, str], Comes]:
    """Say who comes to what: a cohort goes through its phases by date, newcomers are in any of them."""
    ways = journeys(desk.case.program)
    if desk.case.program.admission == "cohort":
        paths = list(dict.fromkeys(way.path for way in ways))
        parts = {path: f"path-{number}" if len(paths) > 1 else "" for number, path in enumerate(paths, 1)}
        return {(way.track, parts[way.path]): _on_the_way(way, desk) for way in ways}
    phases = {phase for way in ways for phase in way.phases}
    return {
        (way.track, f"phase-{phase}" if len(phases) > 1 else ""): _in_phase(way, slots)
        for way in ways
        for phase, slots in sorted(zip(way.phases, way.slots, strict=True), key=lambda pair: pair[0])
    }


def _on_the_way(way: Journey, desk: _Desk) -> Comes:
    first = next(iter(start_dates(desk.case.program, desk.case.plan, way)), desk.case.plan.sheet.start)
    return lambda session: way.comes(session.slot_id, session.track, first, session.date)


def _in_phase(way: Journey, slots: frozenset[str]) -> Comes:
    def comes(session: Session) -> bool:
        if session.slot_id in way.known:
            return session.slot_id in slots
        return session.serves(way.track)

    return comes


def _file_names(kind: str, names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Give each name a file of its own, also where two are alike once written as a file name."""
    taken: set[str] = set()
    for number, name in enumerate(names, 1):
        short = name if name.isascii() and name.isalnum() else slug(name)
        file = (
            f"{kind}-{short}" if short and short.casefold() not in taken else f"{kind}-{short or ''}{number}"
        )
        taken.add(short.casefold())
        yield file, name


def _feed(desk: _Desk, comes: Comes, event: Callable[[_Desk, Session], Event]) -> bytes:
    """Write one feed; its times are those of the clock on the wall, for a program has no time zone."""
    from icalendar import Calendar

    feed = Calendar()
    feed.add("prodid", _MAKER)
    feed.add("version", "2.0")
    for session in filter(comes, desk.sessions):
        feed.add_component(event(desk, session))
    written: bytes = feed.to_ical()
    return written


def _staff_event(desk: _Desk, session: Session) -> Event:
    """Say what a meeting is, where, and who leads."""
    event = _event(desk, session, f"{session.session_id}@{desk.name}", _staff_title(desk, session))
    say = desk.case.curriculum.speech(desk.language)
    where = place_words(session, leads=False, language=desk.language, own=desk.case.curriculum.labels)
    place = " · ".join(piece for piece in (session.site, where) if piece)
    for name, words in (("location", place), ("description", lead_words(say, session.facilitators))):
        if words:
            event.add(name, clean(words))
    return event


def _staff_title(desk: _Desk, session: Session) -> str:
    title = session_title(desk.case.curriculum, session, language=desk.language)
    if session.topic_id not in desk.case.curriculum.topic_by_id:
        return title
    group = desk.case.curriculum.group_title(session.group_type, desk.language)
    return f"{group}: {session.topic_id} {title}"


def _neutral_event(desk: _Desk, session: Session) -> Event:
    """Say when, and nothing else; a session's id names its slot, so not even that stands in it as it is."""
    digest = hashlib.sha256(f"{session.session_id}@{desk.name}".encode()).hexdigest()
    return _event(desk, session, digest[:32], _NEUTRAL[desk.language])


def _event(desk: _Desk, session: Session, uid: str, title: str) -> Event:
    from icalendar import Event

    event = Event()
    event.add("uid", uid)
    made_on = desk.case.plan.sheet.start  # no clock gets into the bytes
    event.add("dtstamp", datetime.combine(made_on, time(), UTC))
    event.add("dtstart", datetime.combine(session.date, session.start))
    event.add("dtend", datetime.combine(session.date, session.end))
    event.add("summary", clean(title))
    event.add("sequence", _revision(desk, session))
    event.add("status", "CONFIRMED" if session.takes_place else "CANCELLED")
    return event


def _revision(desk: _Desk, session: Session) -> int:
    """Count how far a meeting is from its first plan: calendars take over only what counts higher."""
    if not session.takes_place:
        return _CANCELLED
    starts = {slot.id: slot.start for slot in desk.case.program.slots}
    same_day = session.session_id.startswith(f"{session.date.isoformat()}-")
    same_time = starts.get(session.slot_id, session.start) == session.start
    return _PLANNED if same_day and same_time else _MOVED
