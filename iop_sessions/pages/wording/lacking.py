"""Say what a plan lacks and why, which rules clash, and what would help: facts in, sentences out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import reduce
from typing import Final

from iop_sessions.curriculum.library import Curriculum
from iop_sessions.ground.errors import Clash
from iop_sessions.ground.speech import Speech, capital
from iop_sessions.judge.pricing import Flaw
from iop_sessions.plans import facts
from iop_sessions.plans.facts import Clashing, InStretch, OfTopic, OfType
from iop_sessions.plans.leaders import Candidate


def remedy_words(remedies: Iterable[facts.Remedy], say: Speech) -> list[str]:
    """Say what came of each trial: lower [spacing] RP from 3 to 0: then 0 instead of 2 are missed."""
    return [_remedy(each, say) for each in remedies]


def _remedy(remedy: facts.Remedy, say: Speech) -> str:
    if isinstance(remedy, facts.NothingHelps):
        return say(f"remedy.{remedy.kind}")
    change = changes_words(remedy.changes, say)
    if isinstance(remedy, facts.NotKnown):
        return say("remedy.not-known", change=change)
    if isinstance(remedy, facts.Helps):
        told = {"change": change, "left": remedy.left, "before": remedy.before}
        return say.count(remedy.before, f"remedy.then-{remedy.of}", **told)
    return change


def changes_words(changes: Sequence[facts.Change], say: Speech) -> str:
    """Say what would be changed: one thing, or two together."""
    if len(changes) > 1 and all(isinstance(each, facts.MarkElective) for each in changes):
        first, last = (_topics(each, say) for each in changes if isinstance(each, facts.MarkElective))
        return say("remedy.both-elective", first=first, last=last)
    first, *others = (_change(each, say) for each in changes)
    plain = "remedy.both-long" if say("remedy.both", first="", last="") in first else "remedy.both"
    return say(plain, first=first, last=others[0]) if others else first


def _change(change: facts.Change, say: Speech) -> str:
    if isinstance(change, facts.MarkElective):
        return say("remedy.mark-elective", topics=_topics(change, say))
    if isinstance(change, facts.AddSlots):
        first, *others = (_time(each, say) for each in change.times)
        said = say(f"remedy.{change.kind}", **change.spoken(say), time=first)
        return folded(
            "remedy.one-more-at" if change.kind == "add-slots" else "fact.and", [said, *others], say
        )
    if isinstance(change, facts.WriteTopics):
        lengths = folded("fact.and", map(str, change.lengths), say)
        said = say.count(change.number, "remedy.write-topics", **change.spoken(say) | {"lengths": lengths})
        return say("remedy.id-after", said=said, after=change.after) if change.after else said
    was = "-was" if isinstance(change, facts.FillOpenSlot) and change.was else ""
    said = say(f"remedy.{change.kind}{was}", **change.spoken(say))
    if isinstance(change, facts.MeetOn):
        said = noted(said, [holiday_words(change.name, say)], say)
    if isinstance(change, facts.MeetOn | facts.FillOpenSlot | facts.LengthenStay):
        said = noted(said, [free_words(change.free, say)], say)
    return said


def _topics(change: facts.MarkElective, say: Speech) -> str:
    return folded("fact.or", map("/".join, change.objectives), say)


def _time(new: facts.NewTime, say: Speech) -> str:
    track = say("whom.track", name=new.track) if new.track else ""
    return noted(say.clock(new.start), [track, free_words(new.free, say)], say)


def noted(said: str, notes: Iterable[str], say: Speech) -> str:
    """Put behind some words what else is known, in brackets; nothing where nothing is."""
    note = ", ".join(filter(None, notes))
    return say("remedy.with-note", said=said, note=note) if note else said


def free_words(free: facts.WhoIsFree, say: Speech) -> str:
    """Say who is free, and who or what is lacking: F3 is free then, room B too; empty for nothing known."""
    leaders, rooms = (
        folded("fact.or", (folded("fact.and", each, say) for each in names), say)
        for names in (free.leaders, free.rooms)
    )
    there = [_are_free(leaders, free.leaders, say)] if leaders else []
    if rooms and leaders:
        there.append(say("remedy.room-too", names=rooms))
    elif rooms:
        there.append(_are_free(say("remedy.room", names=rooms), free.rooms, say))
    lacking = folded("fact.and", _lacking(free, "bare" if there else "then", say), say)
    return folded("remedy.but", filter(None, (", ".join(there), lacking)), say)


def _are_free(names: str, groups: Iterable[Sequence[str]], say: Speech) -> str:
    several = any(len(each) > 1 for each in groups)
    return say("remedy.are-free" if several else "remedy.is-free", names=names)


def _lacking(free: facts.WhoIsFree, ending: str, say: Speech) -> list[str]:
    kinds = folded("fact.or", free.kinds, say)
    counts = {"unled": free.unled, "homeless": free.homeless, "alone": free.alone}
    return [
        say(
            f"remedy.{what}-{ending if number == free.meetings else 'some'}",
            kinds=kinds, number=number, meetings=free.meetings,
        )
        for what, number in counts.items()
        if number
    ]  # fmt: skip


def holiday_words(name: str, say: Speech) -> str:
    """Say what the calendar calls a day; a holiday that has no other name keeps its own."""
    if name == facts.HALF_DAY:
        return say("shortfall.half-day")
    plain, observed, _ = name.partition(" (observed)")
    slug = re.sub("[^a-z]+", "-", plain.casefold().replace("'", "")).strip("-")
    known = say(f"holiday.{slug}") if say.knows(f"holiday.{slug}") else plain
    return say("holiday.observed", name=known) if observed else known


def folded(key: str, words: Iterable[str], say: Speech) -> str:
    """Join words by a label that takes two of them, one after another; empty where there are none."""
    listed = list(words)
    return reduce(lambda first, last: say(key, first=first, last=last), listed) if listed else ""


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
        return say.count(cause.missing, "shortfall.alone", **cause.spoken(say))
    if isinstance(cause, facts.Homeless):
        told = cause.spoken(say) | {"reasons": _why(cause.reasons, say)}
        key = "shortfall.homeless-at" if cause.site else "shortfall.homeless"
        said = say.count(cause.seats, key, **told)
        return _of_sections(cause, said, say)
    if isinstance(cause, facts.KeptApart):
        why = _kept_apart(cause, say)
    elif cause.kind == "no-topic-allowed":
        why = say.count(len(cause.topics), "shortfall.no-topic-allowed", **cause.spoken(say))
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
    days = say.days(newcomers.starts, between=", ")
    path = say("whom.path", name=newcomers.path) if newcomers.path else ""
    track = say("whom.track", name=newcomers.track) if newcomers.track else ""
    journey = ", ".join(filter(None, (path, track)))
    return say("shortfall.who", days=days, journey=journey) if journey else days


def flaw_words(flaw: Flaw, say: Speech) -> str:
    """Say what a week would be better without: Mon, Jan 4: A and C are two lectures in a row."""
    told, key = flaw.spoken(say), f"flaw.{flaw.kind}"
    if flaw.kind == "lectures":
        return say(key, day=told["day"], first=flaw.topics[0], last=flaw.topics[1])
    if flaw.kind == "practice":
        return say.count(flaw.minutes, key, **told)
    return say(key, **told | {"who": _who(flaw.who, say) if flaw.who else ""})


def _reason(reason: facts.Reason, say: Speech) -> str:
    if isinstance(reason, facts.TooFew):
        return _too_few(reason, say)
    if isinstance(reason, facts.AllClosed):
        return _closed(reason.lost, say)
    if isinstance(reason, facts.OtherLengths):
        lengths = _listed(map(str, reason.lengths), say)
        return say.count(reason.topics, "shortfall.other-lengths", lengths=lengths)
    return say(f"shortfall.{reason.kind}", topic_id=reason.topic_id)


def _too_few(reason: facts.TooFew, say: Speech) -> str:
    needed = say.count(reason.needed, "shortfall.of-type", group_type=reason.group_type)
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
    return say.count(len(lost), "shortfall.closed", days=_listed(named, say))


def _listed(words: Iterable[str], say: Speech) -> str:
    *head, last = words
    return say("fact.and", first="; ".join(head), last=last) if head else last


def _kept_apart(cause: facts.KeptApart, say: Speech) -> str:
    told = cause.spoken(say)
    rules = [say("shortfall.rules")]
    rules += [say("shortfall.spacing", **told)] if cause.spacing else []
    rules += [say("shortfall.sequence", **told)] if cause.sequence else []
    parted = {"topics": told["topics"], "rules": folded("fact.and", rules, say)}
    said = say.count(len(cause.topics), "shortfall.kept-apart", **parted)
    if not cause.asked:
        return said
    there = say.count(cause.there, "shortfall.exist")
    return say("shortfall.asked", said=said, asked=cause.asked, there=there)


def _why(reasons: Iterable[facts.Hindrance], say: Speech) -> str:
    return "; ".join(facts.hindrance_words(each, say) for each in reasons)


def candidate_words(candidate: Candidate, say: Speech) -> str:
    """Say what speaks for somebody who may step in, or against it: F2: led RP 14 times; 4 of 12 groups."""
    if candidate.why_not:
        return facts.hindrance_words(candidate.why_not, say)
    told = [say.count(count, "candidate.led", what=what) for what, count in candidate.led]
    if candidate.max_week:
        told.append(say("candidate.groups-of", number=candidate.groups, most=candidate.max_week))
    else:
        told.append(say.count(candidate.groups, "candidate.groups"))
    return f"{candidate.code}: {'; '.join(told)}"


def _of_sections(cause: facts.Unled | facts.Homeless, said: str, say: Speech) -> str:
    """Say of how many sections something is true, where there are several."""
    if cause.sections < 2:
        return said
    return say("shortfall.of-sections", missing=cause.missing, sections=cause.sections, said=said)


@contextmanager
def clashes_in_words(curriculum: Curriculum, language: str = "en") -> Iterator[None]:
    """Let a clash that is found inside leave with its words."""
    try:
        yield
    except Clash as clash:
        words = clash_words(clash, curriculum, curriculum.speech(language))
        raise Clash(clash.reasons, clash.remedies, words) from None


def clash_words(clash: Clash, curriculum: Curriculum, say: Speech) -> str:
    """Say which rules clash, a line each, and below them what would help."""
    rules = [_rule(each, curriculum, say) for each in clash.reasons]
    lines = [say("clash.together" if len(rules) > 1 else "clash.alone"), *(f"  - {each}" for each in rules)]
    helps = remedy_words(clash.remedies, say)
    return "\n".join([*lines, *([say("clash.help")] if helps else []), *(f"  - {each}" for each in helps)])


def _rule(rule: Clashing, curriculum: Curriculum, say: Speech) -> str:
    told = rule.spoken(say)
    if isinstance(rule, OfTopic | InStretch):
        told["topic"] = _topic(rule.topic_id, curriculum, say)
    if isinstance(rule, OfTopic):
        told["earlier"] = _topic(rule.earlier_id, curriculum, say)
    if isinstance(rule, InStretch):
        told["fitting"] = say("clash.fitting-of-track" if rule.track else "clash.fitting", **told)
    if isinstance(rule, OfType) and rule.kind in ("spaced", "spaced-gaps"):
        return say.count(rule.meetings, f"clash.{rule.kind}", **told)
    return say(f"clash.{rule.kind}", **told)


def _topic(topic_id: str, curriculum: Curriculum, say: Speech) -> str:
    """Name a topic as counselors know it, by its title too."""
    if topic_id not in curriculum.topic_by_id:
        return topic_id
    return say("clash.topic", topic_id=topic_id, title=curriculum.topic_title(topic_id, say.language))
