"""Say what a plan lacks, and why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from iop_sessions.curriculum.library import Curriculum
from iop_sessions.ground.speech import Speech, capital
from iop_sessions.pages.wording.remedies import folded, holiday_words
from iop_sessions.plans.facts import (
    AllClosed,
    Alone,
    ClosedDay,
    Hindrance,
    Homeless,
    KeptApart,
    Newcomers,
    NoTopic,
    NotTaught,
    OtherLengths,
    Reason,
    Shortfall,
    TooFew,
    Unled,
    hindrance_words,
)

MOST_DAYS: Final = 4
"""Closed days that one sentence names."""


def shortfall_words(shortfall: Shortfall, curriculum: Curriculum, say: Speech) -> str:
    """Say what is missing and why, whole: Wed, Jan 6, wed-1: no RP topic: A may not stand there."""
    cause = shortfall.cause
    if cause is None:
        return say("shortfall.not-kept", subject=shortfall.subject)
    if isinstance(cause, NotTaught):
        return _not_taught(shortfall.subject, cause, curriculum, say)
    day = say.short_day(shortfall.starts[0])
    return capital(say("shortfall.at", day=day, slot=cause.slot, said=_of_meeting(cause, say)))


def _of_meeting(cause: NoTopic | KeptApart | Unled | Alone | Homeless, say: Speech) -> str:
    if isinstance(cause, Unled):
        said = say(
            "shortfall.unled",
            what=_what(cause, say),
            reasons=_why(cause.reasons, say),
            helps=_helps(cause, say),
        )
        return _of_sections(cause, said, say)
    if isinstance(cause, Alone):
        one = "one" if cause.missing == 1 else "many"
        return say(f"shortfall.alone.{one}", number=cause.missing, **cause.spoken(say))
    if isinstance(cause, Homeless):
        told = cause.spoken(say) | {"reasons": _why(cause.reasons, say)}
        return _of_sections(
            cause, say("shortfall.homeless-at" if cause.site else "shortfall.homeless", **told), say
        )
    why = (
        _kept_apart(cause, say)
        if isinstance(cause, KeptApart)
        else say(f"shortfall.{cause.kind}", **cause.spoken(say))
    )
    return say("shortfall.no-topic", group_type=cause.group_type, why=why)


def _not_taught(objective_id: str, cause: NotTaught, curriculum: Curriculum, say: Speech) -> str:
    known = objective_id in curriculum.objective_by_id
    said = say(
        "shortfall.not-taught",
        statement=curriculum.statement(objective_id, say.language) if known else objective_id,
        weeks=say.count(cause.weeks, "coverage.weeks"),
        who="; ".join(_who(each, say) for each in cause.who),
        topics=folded("fact.or", cause.topics, say) or say("shortfall.topic-that-teaches"),
        meetings=say.count(cause.meetings, "coverage.meetings"),
    )
    return "; ".join((said, *(_reason(each, say) for each in cause.reasons)))


def _who(newcomers: Newcomers, say: Speech) -> str:
    """Name start dates: Mon, Jan 4, Wed, Jan 6 (path short, evening track)."""
    days = ", ".join(say.short_day(day) for day in newcomers.starts)
    path = say("whom.path", name=newcomers.path) if newcomers.path else ""
    track = say("whom.track", name=newcomers.track) if newcomers.track else ""
    journey = ", ".join(filter(None, (path, track)))
    return say("shortfall.who", days=days, journey=journey) if journey else days


def _reason(reason: Reason, say: Speech) -> str:
    if isinstance(reason, TooFew):
        return _too_few(reason, say)
    if isinstance(reason, AllClosed):
        return _closed(reason.lost, say)
    if isinstance(reason, OtherLengths):
        one = "many" if reason.topics > 1 else "one"
        return say(f"shortfall.other-lengths.{one}", lengths=_listed(map(str, reason.lengths), say))
    return say(f"shortfall.{reason.kind}", topic_id=reason.topic_id)


def _too_few(reason: TooFew, say: Speech) -> str:
    one = "one" if reason.needed == 1 else "many"
    needed = say(f"shortfall.of-type.{one}", number=reason.needed, group_type=reason.group_type)
    there = say.count(reason.there, "shortfall.exist")
    if not reason.lost:
        return say("shortfall.too-few", needed=needed, there=there)
    return say("shortfall.too-few-since", needed=needed, there=there, lost=_closed(reason.lost, say))


def _closed(lost: Sequence[ClosedDay], say: Speech) -> str:
    """Name the days on which meetings fell out."""
    named = [_day(each.day, holiday_words(each.name, say), say) for each in lost[:MOST_DAYS]]
    more = len(lost) - MOST_DAYS
    named += [say.count(more, "shortfall.more-days")] if more > 0 else []
    return say(f"shortfall.closed.{'one' if len(lost) == 1 else 'many'}", days=_listed(named, say))


def _day(day: date, name: str, say: Speech) -> str:
    said = say.short_day(day)
    return say("remedy.with-note", said=said, note=name) if name else said


def _listed(words: Iterable[str], say: Speech) -> str:
    *head, last = words
    return say("fact.and", first="; ".join(head), last=last) if head else last


def _kept_apart(cause: KeptApart, say: Speech) -> str:
    told = cause.spoken(say)
    rules = [say("shortfall.rules")]
    rules += [say("shortfall.spacing", **told)] if cause.spacing else []
    rules += [say("shortfall.sequence", **told)] if cause.sequence else []
    said = say("shortfall.kept-apart", topics=told["topics"], rules=folded("fact.and", rules, say))
    if not cause.asked:
        return said
    return say(
        "shortfall.asked", said=said, asked=cause.asked, there=say.count(cause.there, "shortfall.exist")
    )


def _what(cause: Unled, say: Speech) -> object:
    return cause.group_type or cause.spoken(say)["meeting"]


def _why(reasons: Iterable[Hindrance], say: Speech) -> str:
    return "; ".join(hindrance_words(each, say) for each in reasons)


def _helps(cause: Unled, say: Speech) -> str:
    helps = [say(f"help.{each.kind}", code=each.code) for each in cause.helps]
    return folded("shortfall.or-else", [*helps, say("shortfall.one-more", **cause.spoken(say))], say)


def _of_sections(cause: Unled | Homeless, said: str, say: Speech) -> str:
    """Say of how many sections something is true, where there are several."""
    if cause.sections < 2:
        return said
    return say("shortfall.of-sections", missing=cause.missing, sections=cause.sections, said=said)
