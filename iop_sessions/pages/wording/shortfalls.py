"""Say what a plan lacks, and why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from iop_sessions.curriculum.library import Curriculum
from iop_sessions.ground.speech import Speech, capital
from iop_sessions.pages.wording.remedies import folded, holiday_words, noted
from iop_sessions.plans import facts

MOST_DAYS: Final = 4
"""Closed days that one sentence names."""


def shortfall_words(shortfall: facts.Shortfall, curriculum: Curriculum, say: Speech) -> str:
    """Say what is missing and why, whole: Wed, Jan 6, wed-1: no RP topic: A may not stand there."""
    cause = shortfall.cause
    if cause is None:
        return say("shortfall.not-kept", subject=shortfall.subject)
    if isinstance(cause, facts.NotTaught):
        return _not_taught(shortfall.subject, cause, curriculum, say)
    day = say.short_day(shortfall.starts[0])
    return capital(say("shortfall.at", day=day, slot=cause.slot, said=_of_meeting(cause, say)))


def _of_meeting(
    cause: facts.NoTopic | facts.KeptApart | facts.Unled | facts.Alone | facts.Homeless, say: Speech
) -> str:
    if isinstance(cause, facts.Unled):
        told = cause.spoken(say)
        helps = [say(f"help.{each.kind}", code=each.code) for each in cause.helps]
        helps.append(say("shortfall.one-more", **told))
        told |= {"what": cause.group_type or told["meeting"], "reasons": _why(cause.reasons, say)}
        told |= {"helps": folded("shortfall.or-else", helps, say)}
        return _of_sections(cause, say("shortfall.unled", **told), say)
    if isinstance(cause, facts.Alone):
        one = "one" if cause.missing == 1 else "many"
        return say(f"shortfall.alone.{one}", number=cause.missing, **cause.spoken(say))
    if isinstance(cause, facts.Homeless):
        told = cause.spoken(say) | {"reasons": _why(cause.reasons, say)}
        said = say("shortfall.homeless-at" if cause.site else "shortfall.homeless", **told)
        return _of_sections(cause, said, say)
    if isinstance(cause, facts.KeptApart):
        why = _kept_apart(cause, say)
    else:
        why = say(f"shortfall.{cause.kind}", **cause.spoken(say))
    return say("shortfall.no-topic", group_type=cause.group_type, why=why)


def _not_taught(objective_id: str, cause: facts.NotTaught, curriculum: Curriculum, say: Speech) -> str:
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


def _who(newcomers: facts.Newcomers, say: Speech) -> str:
    """Name start dates: Mon, Jan 4, Wed, Jan 6 (path short, evening track)."""
    days = ", ".join(say.short_day(day) for day in newcomers.starts)
    path = say("whom.path", name=newcomers.path) if newcomers.path else ""
    track = say("whom.track", name=newcomers.track) if newcomers.track else ""
    journey = ", ".join(filter(None, (path, track)))
    return say("shortfall.who", days=days, journey=journey) if journey else days


def _reason(reason: facts.Reason, say: Speech) -> str:
    if isinstance(reason, facts.TooFew):
        return _too_few(reason, say)
    if isinstance(reason, facts.AllClosed):
        return _closed(reason.lost, say)
    if isinstance(reason, facts.OtherLengths):
        one = "many" if reason.topics > 1 else "one"
        return say(f"shortfall.other-lengths.{one}", lengths=_listed(map(str, reason.lengths), say))
    return say(f"shortfall.{reason.kind}", topic_id=reason.topic_id)


def _too_few(reason: facts.TooFew, say: Speech) -> str:
    one = "one" if reason.needed == 1 else "many"
    needed = say(f"shortfall.of-type.{one}", number=reason.needed, group_type=reason.group_type)
    there = say.count(reason.there, "shortfall.exist")
    if not reason.lost:
        return say("shortfall.too-few", needed=needed, there=there)
    return say("shortfall.too-few-since", needed=needed, there=there, lost=_closed(reason.lost, say))


def _closed(lost: Sequence[facts.ClosedDay], say: Speech) -> str:
    """Name the days on which meetings fell out."""
    some = lost[:MOST_DAYS]
    named = [noted(say.short_day(each.day), [holiday_words(each.name, say)], say) for each in some]
    more = len(lost) - MOST_DAYS
    named += [say.count(more, "shortfall.more-days")] if more > 0 else []
    return say(f"shortfall.closed.{'one' if len(lost) == 1 else 'many'}", days=_listed(named, say))


def _listed(words: Iterable[str], say: Speech) -> str:
    *head, last = words
    return say("fact.and", first="; ".join(head), last=last) if head else last


def _kept_apart(cause: facts.KeptApart, say: Speech) -> str:
    told = cause.spoken(say)
    rules = [say("shortfall.rules")]
    rules += [say("shortfall.spacing", **told)] if cause.spacing else []
    rules += [say("shortfall.sequence", **told)] if cause.sequence else []
    said = say("shortfall.kept-apart", topics=told["topics"], rules=folded("fact.and", rules, say))
    if not cause.asked:
        return said
    there = say.count(cause.there, "shortfall.exist")
    return say("shortfall.asked", said=said, asked=cause.asked, there=there)


def _why(reasons: Iterable[facts.Hindrance], say: Speech) -> str:
    return "; ".join(facts.hindrance_words(each, say) for each in reasons)


def _of_sections(cause: facts.Unled | facts.Homeless, said: str, say: Speech) -> str:
    """Say of how many sections something is true, where there are several."""
    if cause.sections < 2:
        return said
    return say("shortfall.of-sections", missing=cause.missing, sections=cause.sections, said=said)
