"""Tell staff what changed in the plan: what was, what is, why, and whom to tell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import groupby
from types import MappingProxyType
from typing import Final

from iop_sessions.ground.blocks import Block, Heading, ItemList, Page, Paragraph, Table, cell, line
from iop_sessions.ground.colors import INK, WHITE, tint
from iop_sessions.ground.errors import UsageError
from iop_sessions.ground.fields import Label
from iop_sessions.ground.speech import Speech, capital, program_words, speech
from iop_sessions.pages import common
from iop_sessions.pages.papers.parts import staff_page
from iop_sessions.pages.shelf import Kind
from iop_sessions.plans.changes import TOGETHER, Change
from iop_sessions.plans.plan import Session
from iop_sessions.program.program import Program

_WIDTHS: Final = {"day": 1.55, "before": 2.25, "now": 2.25, "why": 1.0, "tell": 0.95}
_FATE_WIDTHS: Final = (2.9, 1.6, 2.5)
_NO_GROUPS: Final[Mapping[str, str]] = MappingProxyType({})


@dataclass(frozen=True)
class Became:
    """What became of a topic that lost a meeting: where it moved, or when it comes next by itself."""

    topic: str  # its id and title
    was: Session
    now: Session | None = None  # None where it fell out
    again: Session | None = None  # the next meeting of one that fell out


def change_notice(  # noqa: PLR0913  # each is a part of the page
    program: Program,
    changes: Sequence[Change],
    *,
    became: Sequence[Became] = (),
    groups: Mapping[str, str] = _NO_GROUPS,
    weeks: Sequence[int] = (),
    missed: Sequence[str] = (),
    later: Sequence[str] = (),
    language: str = "en",
    own: Iterable[Label] = (),
) -> Page:
    """Make the notice of some changes, the first day on top, in so few lines that it can hang on a wall.

    Parameters
    ----------
    became
        What became of the topics that lost a meeting.
    groups
        The group type of each session, by its id, to name it where only a leader or a room changes.
    weeks
        The weeks whose agenda is to be printed again.
    missed
        What newcomers miss by the changes, a sentence each.
    later
        The plans after it that may keep what is missed, once they are planned anew.
    own
        A curriculum's own labels.

    Raises
    ------
    UsageError
        When nothing changed.
    """
    if not changes:
        raise UsageError("nothing changed — there is no notice to print")
    say = speech(language, own)
    ordered = sorted(changes, key=lambda change: (change.date, change.start, change.session_id))
    days = common.days_words(say, ordered[0].date, ordered[-1].date)
    return staff_page(
        program,
        say("change-notice.title", days=days),
        (
            Paragraph(line(_opening(say, ordered, weeks))),
            *_told_first(say, ordered),
            _table(say, ordered, groups),
            *_fates(say, became),
            *_missed(say, missed, later),
            *_decided(say, ordered),
        ),
        (program.title,),
        language,
        template="change-notice",
    )


def _opening(say: Speech, changes: Sequence[Change], weeks: Sequence[int]) -> str:
    """Say how many changes there are, why where it is the same for all, what to do, and what to print."""
    count = say.count(len(changes), "change-notice.changes")
    reason = _said(changes[0].reason.rstrip("."), say)
    why = say("change-notice.because", reason=reason) if reason and not _differ(changes) else ""
    return " ".join(text for text in (count, why, say("change-notice.do"), _again(say, weeks)) if text)


def _differ(changes: Iterable[Change]) -> bool:
    """Say whether the changes have several reasons."""
    return len({change.reason for change in changes}) > 1


def _told_first(say: Speech, changes: Iterable[Change]) -> tuple[Block, ...]:
    """Say who must be told by when: each by the first day that concerns them, the most urgent first."""
    first: dict[str, date] = {}
    for change in changes:
        for who in change.tell:
            first.setdefault(who, change.date)
    told = (
        say("change-notice.by", day=say.short_day(day), who=say.listed([_told(say, who) for who in whom]))
        for day, whom in groupby(first, key=first.__getitem__)
    )
    return (
        (Paragraph(common.lead(say("change-notice.first"), f"{capital('; '.join(told))}.")),) if first else ()
    )


def _table(say: Speech, changes: Sequence[Change], groups: Mapping[str, str]) -> Table:
    """Give each session a line that stands by itself; the ground of its first field changes with the day."""
    names = tuple(name for name in _WIDTHS if name != "why" or _differ(changes))
    days = list(dict.fromkeys(change.date for change in changes))
    rows = []
    for _, same in groupby(changes, key=lambda change: change.session_id):
        texts = _texts(say, list(same), groups)
        ground = (tint(INK), WHITE)[days.index(texts.day) % 2]
        first = cell(texts.when, small=True, header=True, tint=ground)
        rows.append((first, *(cell(getattr(texts, name), small=True) for name in names[1:])))
    header = tuple(cell(say(f"change-notice.{name}"), small=True) for name in names)
    widths = tuple(_WIDTHS[name] for name in names)
    return Table(say("change-notice.table"), header, tuple(rows), "grid", widths)


@dataclass(frozen=True)
class _Line:
    """What a line of the table says."""

    day: date
    when: str
    before: str
    now: str
    why: str
    tell: str


def _texts(say: Speech, same: Sequence[Change], groups: Mapping[str, str]) -> _Line:
    """Word what changed of one session, all in one line."""
    first = same[0]
    named = f"{group}: " if (group := groups.get(first.session_id, "")) else ""
    before = "; ".join(_said(each.before, say) for each in same if each.before)
    now = "; ".join(_said(each.after, say) for each in same if each.after)
    nothing = say("change-notice.nothing")
    # a topic's id tells the group; a leader's code or a room does not
    bare = all(change.what in ("leader", "room", "time", "mode") for change in same)
    return _Line(
        first.date,
        capital(say.moment(first.date, first.start)),
        f"{named if bare else ''}{before or nothing}",
        f"{named if bare else ''}{now or nothing}",
        "; ".join(dict.fromkeys(_said(each.reason, say) for each in same if each.reason)),
        ", ".join(dict.fromkeys(_told(say, who) for each in same for who in each.tell)),
    )


def _said(kept: str, say: Speech) -> str:
    """Say what the program itself wrote into changes.csv, in English, as the reader does; all else stays."""
    return "; ".join(_piece(each, say) for each in kept.split("; "))


def _piece(kept: str, say: Speech) -> str:
    if name := _kept_words().get(kept):
        return say(f"kept.{name}")
    if found := re.fullmatch(r"(\S+) away", kept):
        return say("kept.away", code=found[1])
    if found := re.fullmatch(r"room (\S+)", kept):
        return say("kept.room", code=found[1])
    return kept


@cache
def _kept_words() -> Mapping[str, str]:
    found = ((key.partition("."), words) for key, words in program_words("en").items())
    return {words: name for (page, _, name), words in found if page == "kept"}


def _told(say: Speech, who: str) -> str:
    return say(f"change-notice.{who}") if who in TOGETHER else who


def _fates(say: Speech, became: Sequence[Became]) -> tuple[Block, ...]:
    """Give each topic that lost a meeting a line, those that have another one first."""
    ordered = sorted(became, key=lambda each: each.now is None)
    texts = ((each.topic, capital(_when(say, each.was)), _fate(say, each)) for each in ordered)
    rows = tuple(
        tuple(cell(text, small=True, header=not number) for number, text in enumerate(row)) for row in texts
    )
    header = tuple(cell(say(f"change-notice.{name}"), small=True) for name in ("topic", "was", "became"))
    title = say("change-notice.fates")
    return (Heading(2, title), Table(title, header, rows, "grid", _FATE_WIDTHS)) if rows else ()


def _fate(say: Speech, became: Became) -> str:
    if became.now:
        return say("change-notice.moved", when=_when(say, became.now))
    if became.again:
        return say("change-notice.fell-out", when=_when(say, became.again))
    return say("change-notice.not-again")


def _when(say: Speech, session: Session) -> str:
    return say.moment(session.date, session.start)


def _missed(say: Speech, missed: Sequence[str], later: Sequence[str]) -> tuple[Block, ...]:
    """List what newcomers miss now, and say what to do about it."""
    then = [say("change-notice.then", plans=say.listed(later))] if later else []
    items = ItemList("bullets", tuple(line(each) for each in (*missed, *then)))
    return (Heading(2, say("change-notice.missed")), items) if missed or then else ()


def _decided(say: Speech, changes: Iterable[Change]) -> tuple[Block, ...]:
    who = [each for each in dict.fromkeys(change.who for change in changes) if each]
    return (Paragraph(line(say("change-notice.decided", who=say.listed(who)))),) if who else ()


def _again(say: Speech, weeks: Sequence[int]) -> str:
    return say.count(len(weeks), "change-notice.weeks", weeks=common.ranges(weeks)) if weeks else ""


NOTICE: Final = Kind("change-notice", "what changed, and whom to tell", "staff", template="change-notice")
