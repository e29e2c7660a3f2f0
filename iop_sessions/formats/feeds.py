"""Write a plan as calendar feeds; the one room that knows icalendar.

Staff read what each meeting is. What clients and relatives may get says a neutral word and the time, no more:
a phone shows it to whoever looks on.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from iop_sessions.coverage.covering import start_dates
from iop_sessions.ground.blocks import clean
from iop_sessions.ground.errors import UsageError
from iop_sessions.pages.kinds import slug
from iop_sessions.pages.meetings import is_private, lead_words, place_words, session_title
from iop_sessions.pages.papers.parts import is_family
from iop_sessions.plans.case import Case
from iop_sessions.plans.fed import Fed
from iop_sessions.plans.plan import Session
from iop_sessions.program.journeys import Journey, journeys, tracks
from iop_sessions.program.zones import EXAMPLE, Onset, onsets

if TYPE_CHECKING:
    from icalendar import Event, Timezone, TimezoneDaylight, TimezoneStandard

_MAKER: Final = "-//calendar//EN"
"""RFC 5545 asks who made a feed; a name of ours would tell a client's family what it is about."""
_NEUTRAL: Final = {"en": "Appointment", "es": "Cita"}
"""No label: a clinic's own words would stand on a client's phone."""
_YEARS: Final = 5
"""Years in which a zone's clocks must change on the same days, so that a rule may say so."""

Comes = Callable[[Session], bool]


@dataclass(frozen=True)
class _Desk:
    """What the feeds of a plan are made from."""

    case: Case
    name: str
    language: str
    fed: tuple[Fed, ...] = ()

    @property
    def sessions(self) -> list[Session]:
        """List every session, also what was cancelled: a feed has to say so."""
        return sorted(self.case.plan.sessions, key=lambda session: session.order)

    @cached_property
    def told(self) -> Mapping[str, Fed]:
        """Return what calendars are told of each session, by its id."""
        return {each.session_id: each for each in self.fed}

    @cached_property
    def fallen(self) -> Mapping[str, Session]:
        """Return the sessions that fell out, in this plan and in those before it, by their ids."""
        return {each.session_id: each for each in self.case.plan.lived if not each.takes_place}

    @cached_property
    def comers(self) -> Mapping[str, Comes]:
        """Say who comes to what, by the name of the feed."""
        return {**dict(_of_staff(self)), **dict(_of_clients(self))}

    @cached_property
    def files(self) -> Mapping[str, tuple[str, ...]]:
        """Return the feeds in which each session stands, by its id."""
        return {
            session.session_id: tuple(file for file, comes in self.comers.items() if comes(session))
            for session in self.sessions
        }

    def within(self, file: str) -> list[Session]:
        """List the sessions of a feed; what stood in it and is not there any more, as cancelled."""
        here = [session for session in self.sessions if file in self.files[session.session_id]]
        there = {session.session_id for session in here}
        gone = [each.cancelled() for each in self.fed if file in each.files and each.session_id not in there]
        return sorted((*here, *gone), key=lambda session: session.order)


def _desk(case: Case, name: str, language: str = "en", fed: Iterable[Fed] = ()) -> _Desk:
    """Set a desk for a plan, or for a published version of it: an event has the same name in both."""
    if not case.program.time_zone:
        raise UsageError(
            "the program names no time zone, so a phone cannot tell when to ring — write into its file, "
            f'before the first line in square brackets, that of your clinic: time_zone = "{EXAMPLE}"'
        )
    return _Desk(case, name.partition("/")[0], language, tuple(fed))


def renewed(case: Case, name: str, fed: Iterable[Fed] = (), unsure: Collection[str] = ()) -> tuple[Fed, ...]:
    """Return what calendars are told from now on: whatever is not as it was told last counts one higher.

    Parameters
    ----------
    fed
        What they were told until now.
    unsure
        Ids of sessions of which nothing can be said; what was said last stands.
    """
    desk = _desk(case, name)
    before = {each.session_id: each for each in fed}
    now = {each.session_id: _fed(desk, each, before.get(each.session_id)) for each in desk.sessions}
    gone = (each for each in before.values() if each.session_id not in now)
    return (*now.values(), *(each if each.session_id in unsure else _off(each) for each in gone))


def _fed(desk: _Desk, session: Session, before: Fed | None) -> Fed:
    """Return what is told of a session."""
    files, when = desk.files[session.session_id], (session.date, session.start, session.end)
    words = [_staff_words(replace(desk, language=language), session) for language in _NEUTRAL]
    said = _digest(str(([str(each) for each in when], session.takes_place, words, files)))[:12]
    number = before.sequence + (said != before.said) if before else 0
    return Fed(
        session_id=session.session_id, date=session.date, start=session.start, end=session.end,
        group_type=session.group_type, topic_id=session.topic_id, kind=session.kind,
        files=tuple(dict.fromkeys((*(before.files if before else ()), *files))), sequence=number, said=said,
    )  # fmt: skip


def _off(before: Fed) -> Fed:
    """Return what is told of a session that is not there any more."""
    return (
        before
        if before.said == _OFF
        else before.model_copy(update={"sequence": before.sequence + 1, "said": _OFF})
    )


_OFF: Final = "gone"


def feeds(
    case: Case,
    name: str,
    *,
    language: str = "en",
    fed: Iterable[Fed] | None = None,
    unsure: Collection[str] = (),
) -> dict[str, bytes]:
    """Write the feeds of a plan, by file name; a feed without any meeting is left out.

    Parameters
    ----------
    name
        The plan's name: with a session's id it names an event for ever, in a published version too.
    fed
        What calendars are told, as `renewed` returns it. Default: as if they had never been told anything.
    unsure
        Ids of sessions of which nothing is said.

    Raises
    ------
    UsageError
        If the program names no time zone.
    """
    told = renewed(case, name) if fed is None else fed
    desk = _desk(case, name, language, (each for each in told if each.session_id not in unsure))
    staff = dict(_of_staff(desk))
    others = sorted({file for each in desk.fed for file in each.files} - desk.comers.keys())
    made = {}
    for file in (*desk.comers, *others):
        is_clients = file not in staff and file.startswith(("clients", "families"))
        sessions = desk.within(file)
        if sessions or not is_clients:
            made[f"{file}.ics"] = _feed(desk, sessions, _neutral_event if is_clients else _staff_event)
    return made


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
        yield f"{file}-{part}" if part else file, _all_of(desk, comes)
    yield "families", _all_of(desk, lambda session: is_family(desk.case.curriculum, session.group_type))


def _all_of(desk: _Desk, comes: Comes) -> Comes:
    """Leave out what is between one client and staff: it is nobody else's appointment.

    A make-up group is everybody's only where the group it makes up for fell out; else those who missed that
    one are told by staff.
    """

    def theirs(session: Session) -> bool:
        missed = desk.fallen.get(session.slot_id) if session.is_make_up else session
        return missed is not None and comes(missed) and not is_private(session)

    return theirs


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


def _feed(desk: _Desk, sessions: Iterable[Session], event: Callable[[_Desk, Session], Event]) -> bytes:
    """Write one feed, with the clock by which its times are meant."""
    from icalendar import Calendar

    feed = Calendar()
    feed.add("prodid", _MAKER)
    feed.add("version", "2.0")
    feed.add("method", "PUBLISH")
    events = [event(desk, session) for session in sessions]
    if events:
        feed.add_component(_zone(desk))
    for each in events:
        feed.add_component(each)
    written: bytes = feed.to_ical()
    return written


def _zone(desk: _Desk) -> Timezone:
    """Say when the clocks of the program's zone change; by a rule where it is the same each year."""
    from icalendar import Timezone

    zone, days = desk.case.program.time_zone, [desk.case.plan.sheet.start, *(each.date for each in desk.fed)]
    first = min(days).year - 1
    found = onsets(zone, first, max(max(days).year, first + _YEARS))
    made = Timezone()
    made.add("tzid", zone)
    yearly = all(each.is_yearly(found) for each in found)
    shown = [each for each in found if each.local.year == first] if yearly else found
    for each in shown or [_still(zone, first)]:
        made.add_component(_change(each, yearly=yearly and bool(found)))
    return made


def _still(zone: str, year: int) -> Onset:
    """Return the clock of a zone that never changes."""
    moment = datetime(year, 1, 1, tzinfo=ZoneInfo(zone))
    ahead = moment.utcoffset() or timedelta()
    return Onset(moment.replace(tzinfo=None), ahead, ahead, moment.tzname() or zone, summer=False)


def _change(onset: Onset, *, yearly: bool) -> TimezoneStandard | TimezoneDaylight:
    from icalendar import TimezoneDaylight, TimezoneStandard

    made = TimezoneDaylight() if onset.summer else TimezoneStandard()
    made.add("dtstart", onset.local)
    made.add("tzoffsetfrom", onset.before)
    made.add("tzoffsetto", onset.after)
    made.add("tzname", onset.name)
    if yearly:
        month, day = onset.rule
        made.add("rrule", {"freq": "yearly", "bymonth": month, "byday": day})
    return made


def _staff_event(desk: _Desk, session: Session) -> Event:
    """Say what a meeting is, where, and who leads."""
    title, *others = _staff_words(desk, session)
    event = _event(desk, session, f"{session.session_id}@{desk.name}", title)
    for name, words in zip(("location", "description"), others, strict=True):
        if words:
            event.add(name, clean(words))
    return event


def _staff_words(desk: _Desk, session: Session) -> tuple[str, str, str]:
    say = desk.case.curriculum.speech(desk.language)
    where = place_words(session, leads=False, language=desk.language, own=desk.case.curriculum.labels)
    place = " · ".join(piece for piece in (session.site, where) if piece)
    return _staff_title(desk, session), place, lead_words(say, session.facilitators)


def _staff_title(desk: _Desk, session: Session) -> str:
    title = session_title(desk.case.curriculum, session, language=desk.language)
    if session.topic_id not in desk.case.curriculum.topic_by_id:
        return title
    group = desk.case.curriculum.group_title(session.group_type, desk.language)
    return f"{group}: {session.topic_id} {title}"


def _neutral_event(desk: _Desk, session: Session) -> Event:
    """Say when, and nothing else; a session's id names its slot, so not even that stands in it as it is."""
    digest = _digest(f"{session.session_id}@{desk.name}")
    return _event(desk, session, digest[:32], _NEUTRAL[desk.language])


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _event(desk: _Desk, session: Session, uid: str, title: str) -> Event:
    from icalendar import Event

    told, zone = desk.told.get(session.session_id), ZoneInfo(desk.case.program.time_zone)
    number = told.sequence if told else 0
    event = Event()
    event.add("uid", uid)
    event.add("dtstamp", _stamp(desk.case.plan.sheet.start, number))
    event.add("dtstart", datetime.combine(session.date, session.start, zone))
    event.add("dtend", datetime.combine(session.date, session.end, zone))
    event.add("summary", clean(title))
    event.add("sequence", number)
    event.add("status", "CONFIRMED" if session.takes_place else "CANCELLED")
    return event


def _stamp(start: date, number: int) -> datetime:
    """Return the moment a word was said: no clock gets into the bytes, and a later word is later."""
    return datetime.combine(start, time(), UTC) + timedelta(seconds=number)
