"""What a user asks to be changed in a plan, and why it may be refused."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date

from iop_sessions.curriculum.library import Curriculum
from iop_sessions.curriculum.records import Topic
from iop_sessions.ground.english import joined
from iop_sessions.ground.errors import NotFound, UsageError
from iop_sessions.ground.speech import ENGLISH
from iop_sessions.jobs.persons import refuse_persons, refuse_who, with_mark
from iop_sessions.plans.chain import require_own
from iop_sessions.plans.plan import Session
from iop_sessions.plans.store import Kept, refuse_published
from iop_sessions.program.surprises import Surprise


@dataclass(frozen=True)
class ReplanRequest:
    """What happened, and what a person wants of the new plan."""

    plan: str
    made_on: date  # the day on which the user asks; what lies on it or before it keeps its topics
    surprises: tuple[Surprise, ...] = ()
    pins: tuple[str, ...] = ()  # sessions that must not move, now or later
    puts: tuple[tuple[str, str], ...] = ()  # session and the topic a person wants there
    bump: bool = False  # slide everything to the next meeting of its type
    fewest: bool = False  # fewest changes before any promise
    again: bool = False  # look for a better plan though nothing happened
    first: date | None = None  # no topic before this day changes
    who: str = ""  # who decided: a code or a role, never a name
    cancels: tuple[str, ...] = ()  # single sessions that fall out
    reason: str = ""  # why they do
    no_person_meant: bool = False  # what looks like a person in a reason is none

    @property
    def frozen_to(self) -> date:
        """Return the first day on which topics may change."""
        after = date.fromordinal(self.made_on.toordinal() + 1)
        return max(after, self.first) if self.first else after

    @property
    def moves_topics(self) -> bool:
        """Say whether topics may move: not when only a leader or a room is away."""
        fall_out = bool(self.cancels) or any(each.moves_topics for each in self.surprises)
        return self.again or self.bump or fall_out


def require_sense(request: ReplanRequest, curriculum: Curriculum, kept: Kept) -> None:
    """Raise when a request names what is not there, or asks for what cannot be.

    Raises
    ------
    UsageError
        With the nearest name that is there.
    """
    wishes = (request.surprises, request.pins, request.cancels, request.puts, request.bump, request.again)
    if not any(wishes):
        raise UsageError(
            "nothing to change — write --closed DAY, --late DAY=TIME, --early DAY=TIME, --absent CODE:DAY, "
            "--room CODE:DAY, --cancel SESSION, --pin SESSION, --put SESSION=TOPIC, --bump or --again"
        )
    refuse_published(kept.name)
    if request.first is not None:
        _require_in_plan(request.first, request.first, kept)
    if request.bump and not any(each.moves_topics for each in request.surprises):
        raise UsageError("nothing to slide — write --closed DAY, --late DAY=TIME or --early DAY=TIME too")
    for surprise in request.surprises:
        _require_sense_of(surprise, kept)
    by_id = {each.session_id: each for each in kept.plan.sessions}
    for session_id in (*request.pins, *request.cancels, *(session for session, _ in request.puts)):
        _require_session(session_id, by_id)
    for session_id in request.pins:
        _require_stays(by_id[session_id], request, "nothing is left to pin")
    for session_id, topic_id in request.puts:
        _require(topic_id, curriculum.topic_by_id, "topic")
        _require_one_topic(session_id, request)
        _require_free(by_id[session_id], request)
        _require_type(curriculum.topic_by_id[topic_id], by_id[session_id])
    _require_not_held(request, kept)


def with_nobody_named(request: ReplanRequest, curriculum: Curriculum, kept: Kept) -> ReplanRequest:
    """Return a request whose words name nobody; a reason that was passed as such says so in the log.

    Raises
    ------
    UsageError
        When a reason looks as if it named a person, or who decided is no code and no role.
    """
    refuse_who(request.who, kept.program)
    reasons = dict.fromkeys([request.reason, *(each.reason for each in request.surprises)])
    texts = [("--reason", each) for each in reasons]
    if not request.no_person_meant:
        refuse_persons(texts, curriculum, kept.program)
        return request
    said = {each: with_mark(each, curriculum, kept.program) for each in reasons}
    surprises = tuple(each.model_copy(update={"reason": said[each.reason]}) for each in request.surprises)
    return replace(request, reason=said[request.reason], surprises=surprises)


def _require_sense_of(surprise: Surprise, kept: Kept) -> None:
    _require_days(surprise, kept)
    if surprise.moves_topics and surprise.subject:
        _require_site(surprise.subject, {slot.site for slot in kept.program.slots if slot.site})
    if surprise.kind == "absent":
        _require(surprise.subject, [each.code for each in kept.program.facilitators], "facilitator")
    if surprise.kind == "room":
        _require(surprise.subject, [each.code for each in kept.program.rooms], "room")
    _require_half_of_day(surprise, kept)


def _require(name: str, known: Collection[str], kind: str) -> None:
    several = [each.strip() for each in name.split(",")]
    if len(several) > 1 and set(several) <= set(known):
        raise UsageError(f"'{name}' names several — write the option once for each")
    if name not in known:
        raise NotFound(kind, name, known)


def _require_site(name: str, sites: Collection[str]) -> None:
    if not sites:
        raise UsageError(f"no site '{name}' — the program names no sites: write the day alone")
    _require(name, sites, "site")


def _require_session(name: str, known: Mapping[str, Session]) -> None:
    """Refuse what is no session; of a day, name the sessions."""
    of_day = [session_id for session_id, each in known.items() if each.date.isoformat() == name]
    if name not in known and of_day:
        raise UsageError(
            f"{name} is a day, not a session — name its sessions one by one: {', '.join(of_day)}; "
            f"to close the whole day write --closed {name}"
        )
    _require(name, known, "session")


def _require_days(surprise: Surprise, kept: Kept) -> None:
    if surprise.first > surprise.last:
        raise UsageError(
            f"{surprise.first}..{surprise.last} ends before it begins — write the earlier day first"
        )
    _require_in_plan(surprise.first, surprise.last, kept)


def _require_in_plan(first: date, last: date, kept: Kept) -> None:
    sheet = kept.plan.sheet
    require_own(kept.plan, first)
    if last < sheet.start or first >= sheet.end:
        end = date.fromordinal(sheet.end.toordinal() - 1)
        raise UsageError(f"{first} lies outside the plan, which covers {sheet.start} to {end}")


def _require_half_of_day(surprise: Surprise, kept: Kept) -> None:
    """Refuse a clock in the morning where an evening's is meant: 6:30 where groups begin at 17:30."""
    moment = surprise.clock
    here = [
        each
        for each in kept.plan.sessions
        if each.takes_place and each.date in surprise.span and surprise.is_at(each.site)
    ]
    if moment is None or moment.hour >= 12 or not here:
        return
    first, last = min(each.start for each in here), max(each.end for each in here)
    meant = moment.replace(hour=moment.hour + 12)
    if moment <= first < meant < last or (surprise.kind == "early" and moment <= first < meant == last):
        whole = f", or --closed {surprise.first} for the whole day" if surprise.kind == "early" else ""
        raise UsageError(
            f"{ENGLISH.clock(moment)} lies before the first group, at {ENGLISH.clock(first)} — "
            f"did you mean {meant:%H:%M}{whole}?"
        )


def _require_one_topic(session_id: str, request: ReplanRequest) -> None:
    topics = list(dict.fromkeys(topic for session, topic in request.puts if session == session_id))
    if len(topics) > 1:
        raise UsageError(f"{session_id} holds one topic, not {joined(topics)} — put one of them there")


def _require_stays(session: Session, request: ReplanRequest, why: str) -> None:
    if _takes_out(request, session):
        raise UsageError(f"{session.session_id} falls out by this change — {why}")


def _require_free(session: Session, request: ReplanRequest) -> None:
    name, another = session.session_id, "a topic can be put into planned sessions only"
    if session.state != "planned":
        raise UsageError(f"{name} is {session.state} — {another}")
    _require_stays(session, request, another)


def _require_type(topic: Topic, session: Session) -> None:
    if topic.group_type != session.group_type:
        kind = session.group_type or session.kind
        raise UsageError(
            f"{topic.topic_id} is a topic of {topic.group_type}, {session.session_id} is {kind} — "
            f"put a topic of {kind} there"
        )


def _takes_out(request: ReplanRequest, session: Session) -> bool:
    named = session.session_id in request.cancels
    return named or any(
        each.takes_out(session.date, session.start, session.end, session.site) for each in request.surprises
    )


def _require_not_held(request: ReplanRequest, kept: Kept) -> None:
    """Refuse to take out a group that was held: what happened happened."""
    for session in kept.plan.sessions:
        if session.state in ("held", "partly") and _takes_out(request, session):
            raise UsageError(
                f"{session.session_id} was {'held partly' if session.state == 'partly' else 'held'} on "
                f"{ENGLISH.long_day(session.date)} — take that back first: "
                f"held {kept.name} {session.session_id} --undo"
            )
