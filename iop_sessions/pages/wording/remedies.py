"""Say what was tried to mend something, and what came of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import reduce

from iop_sessions.ground.speech import Speech
from iop_sessions.plans import facts


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
        one = "one" if remedy.before == 1 else "many"
        return say(f"remedy.then-{remedy.of}.{one}", change=change, left=remedy.left, before=remedy.before)
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
        one = "one" if change.number == 1 else "many"
        said = say(f"remedy.write-topics.{one}", **change.spoken(say) | {"lengths": lengths})
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
