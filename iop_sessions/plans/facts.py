"""What a plan lacks and why, what would mend it, which rules clash: facts in plain values, never sentences.

The planner makes them, ``pages.wording`` says them in the reader's language, and plan.toml keeps them: a fact
stands there as its values with its kind beside them. The places to fill in its label have its fields' names.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, model_serializer

from iop_sessions.ground.speech import Speech

HALF_DAY: Final = "half day"
"""What a day is called on which only a part of the day is open."""
VOCABULARY: Final = frozenset({"weekday", "role", "service", "ages", "meeting"})
"""Fields that hold a word of the program's own, which each language has its own word for."""


class Fact(BaseModel):
    """Something found out: a kind, and the values that belong to it."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    @model_serializer(mode="wrap")
    def _without_what_is_usual(self, write: Callable[[Fact], dict[str, Any]]) -> dict[str, Any]:
        usual = {name: field.default for name, field in type(self).model_fields.items() if name != "kind"}
        told = write(self).items()
        return {name: value for name, value in told if name == "kind" or getattr(self, name) != usual[name]}

    def spoken(self, say: Speech) -> dict[str, object]:
        """Return its values as they stand in a sentence."""
        return {name: _spoken(name, value, say) for name, value in self if name != "kind"}


def _spoken(name: str, value: object, say: Speech) -> object:
    if name in VOCABULARY and value:
        return say(f"fact.{str(value).lower()}")
    if isinstance(value, date):
        return say.short_day(value)
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return ", ".join(map(str, value)) if isinstance(value, tuple) else value


class Hindrance(Fact):
    """What keeps somebody from leading a session, or a room from holding it; or that nothing does."""

    kind: Literal[
        "away-on", "away-through", "leads-only", "off-day", "starts-later", "ends-earlier", "not-alone",
        "leads", "full-week", "there", "free",
        "other-site", "other-ages", "too-small", "closed", "holds", "taken",
    ]  # fmt: skip
    code: str  # of the leader or the room
    day: date | None = None
    weekday: str = ""
    group_types: tuple[str, ...] = ()  # those that somebody leads
    group_type: str = ""
    role: str = ""
    service: str = ""
    slot: str = ""  # where somebody or a room is taken
    start: time | None = None
    end: time | None = None
    number: int = 0  # groups in the week, or seats
    most: int = 0  # groups a week, or people to be seated
    site: str = ""
    ages: str = ""


def hindrance_words(hindrance: Hindrance, say: Speech) -> str:
    """Say what stands against somebody or a room."""
    key, told = f"hindrance.{hindrance.kind}", hindrance.spoken(say)
    counted = hindrance.kind in ("full-week", "too-small")
    return say.count(hindrance.number, key, **told) if counted else say(key, **told)


class WhoIsFree(Fact):
    """Who could lead new meetings, in which rooms, and at how many of them somebody or something lacks."""

    leaders: tuple[tuple[str, ...], ...] = ()  # those who go together, whoever has most meetings first
    rooms: tuple[tuple[str, ...], ...] = ()
    kinds: tuple[str, ...] = ()  # group types of the meetings
    meetings: int = 0
    unled: int = 0
    homeless: int = 0
    alone: int = 0  # led, with nobody beside the leader where somebody should be


class NewTime(Fact):
    """When a new slot starts, for which track, and who is free then."""

    start: time
    track: str = ""
    free: WhoIsFree = WhoIsFree()


class WriteLengths(Fact):
    """Write topics for groups of a length more."""

    kind: Literal["write-lengths"] = "write-lengths"
    topics: tuple[str, ...]
    minutes: int


class LowerSpacing(Fact):
    """Let topics of a type come again sooner."""

    kind: Literal["lower-spacing"] = "lower-spacing"
    group_type: str
    now: int
    then: int


class LoosenSequence(Fact):
    """Let topics of a type come in a looser order."""

    kind: Literal["loosen-sequence"] = "loosen-sequence"
    group_type: str
    order: str


class MeetOn(Fact):
    """Meet on a closed day, or for the whole of a half day."""

    kind: Literal["meet-on"] = "meet-on"
    day: date
    name: str = ""  # what the calendar calls it
    free: WhoIsFree = WhoIsFree()


class MarkElective(Fact):
    """Promise an objective to nobody: any one of some, each by the topics that teach it."""

    kind: Literal["mark-elective"] = "mark-elective"
    objectives: tuple[tuple[str, ...], ...]


class FreeTopic(Fact):
    """Let a topic count whatever came before it, come at any time of the year, or open or close nothing."""

    kind: Literal["empty-after", "untie", "make-ordinary"]
    topic_id: str


class FillOpenSlot(Fact):
    """Let an open group hold topics of a type."""

    kind: Literal["fill-open-slot"] = "fill-open-slot"
    slot: str
    was: str = ""
    group_type: str
    free: WhoIsFree = WhoIsFree()


class LengthenStay(Fact):
    """Let people stay some weeks longer."""

    kind: Literal["lengthen-stay"] = "lengthen-stay"
    now: int
    then: int
    free: WhoIsFree = WhoIsFree()


class WriteTopics(Fact):
    """Write new topics of a type, where the order counts after one that is there."""

    kind: Literal["write-topics"] = "write-topics"
    group_type: str
    number: int
    lengths: tuple[int, ...]
    after: str = ""


class TakeApart(Fact):
    """Let the parts of a series stand apart."""

    kind: Literal["take-apart"] = "take-apart"
    series: str
    topics: tuple[str, ...]


class OpenGroup(Fact):
    """Make a slot an open group, which needs no topic."""

    kind: Literal["open-group"] = "open-group"
    slot: str


class DropSlot(Fact):
    """Leave a slot out of the program."""

    kind: Literal["drop-slot"] = "drop-slot"
    slot: str
    minutes: int


class AddSlots(Fact):
    """Add a slot for each track on a day, or as many as make it a day of three groups."""

    kind: Literal["add-slots", "three-groups"]
    group_type: str
    weekday: str
    times: tuple[NewTime, ...]


Change = Annotated[
    WriteLengths | LowerSpacing | LoosenSequence | MeetOn | MarkElective | FreeTopic | FillOpenSlot
    | LengthenStay | WriteTopics | TakeApart | OpenGroup | DropSlot | AddSlots,
    Field(discriminator="kind"),
]  # fmt: skip
"""What a clinic could change."""
Changes = tuple[Change, ...]
"""What is changed together: one thing, or two."""


class Helps(Fact):
    """Changes that were tried: so many of what is lacking would then lack, instead of so many."""

    kind: Literal["helps"] = "helps"
    changes: Changes
    of: Literal["meetings", "starts", "promises"]
    left: int
    before: int


class LetsPlan(Fact):
    """Changes that were tried, with which a plan exists at all."""

    kind: Literal["lets-plan"] = "lets-plan"
    changes: Changes


class NotKnown(Fact):
    """Changes that were tried without an answer in the work allowed."""

    kind: Literal["not-known"] = "not-known"
    changes: Changes


class NothingHelps(Fact):
    """Nothing that was tried helps, nothing lets a plan exist, or there is nothing to try."""

    kind: Literal["none-helps", "none-lets-plan", "nothing-to-try"]


Remedy = Annotated[Helps | LetsPlan | NotKnown | NothingHelps, Field(discriminator="kind")]
"""What came of trying to mend something."""


def days_of(remedy: Remedy) -> list[date]:
    """List the days on which a remedy asks to meet."""
    changes = () if isinstance(remedy, NothingHelps) else remedy.changes
    return [each.day for each in changes if isinstance(each, MeetOn)]


class ClosedDay(Fact):
    """A day on which meetings fell out, and what the calendar calls it; empty where it has no name."""

    day: date
    name: str = ""


class KeptOut(Fact):
    """What keeps a topic out of every meeting of a window."""

    kind: Literal["trigger-content", "calendar-tie"]
    topic_id: str


class TooFew(Fact):
    """What a window needs of a group type at least, what is there, and what fell out."""

    kind: Literal["too-few"] = "too-few"
    group_type: str
    needed: int
    there: int
    lost: tuple[ClosedDay, ...] = ()


class OtherLengths(Fact):
    """No topic is written for the minutes of the meetings there are."""

    kind: Literal["other-lengths"] = "other-lengths"
    lengths: tuple[int, ...]
    topics: int  # how many could teach it


class AllClosed(Fact):
    """The days on which the meetings would have been are closed."""

    kind: Literal["all-closed"] = "all-closed"
    lost: tuple[ClosedDay, ...]


Reason = Annotated[KeptOut | TooFew | OtherLengths | AllClosed, Field(discriminator="kind")]
"""What a count tells of a missed promise."""


class Newcomers(Fact):
    """Who goes one way through the program, by the days on which they start."""

    path: str = ""
    track: str = ""
    starts: tuple[date, ...]


class NotTaught(Fact):
    """An objective that some newcomers are not taught in time."""

    kind: Literal["not-taught"] = "not-taught"
    weeks: int
    who: tuple[Newcomers, ...]
    topics: tuple[str, ...] = ()  # that would teach it
    meetings: int  # of their kind, that the window holds
    reasons: tuple[Reason, ...] = ()


class NoTopic(Fact):
    """A meeting that no topic could fill: none is there, none is written for it, or none may stand there."""

    kind: Literal["no-topic-of-type", "no-topic-of-length", "no-topic-allowed"]
    slot: str
    group_type: str
    ages: str = ""
    minutes: int = 0
    topics: tuple[str, ...] = ()


class KeptApart(Fact):
    """A meeting from which the rules of order keep the topics that may stand there."""

    kind: Literal["kept-apart"] = "kept-apart"
    slot: str
    group_type: str
    topics: tuple[str, ...]
    spacing: int = 0
    sequence: str = ""
    asked: int = 0  # topics that the spacing asks for, where there are fewer
    there: int = 0


HelpKind = Literal["without-leave", "that-day", "longer-hours", "group-type", "one-more-group"]


class Help(Fact):
    """What would let somebody lead a session."""

    kind: HelpKind
    code: str


class Unled(Fact):
    """A session that nobody can lead, or not every section of it."""

    kind: Literal["unled"] = "unled"
    slot: str
    group_type: str = ""
    meeting: str = ""  # its kind, where it is no group of a type
    missing: int
    sections: int = 1
    reasons: tuple[Hindrance, ...] = ()
    helps: tuple[Help, ...] = ()
    role: str  # who else could lead it
    start: time
    end: time


class Alone(Fact):
    """A session with nobody beside the leader where somebody should be."""

    kind: Literal["alone"] = "alone"
    slot: str
    missing: int
    people: int
    least: int


class Homeless(Fact):
    """A session without a room, or not with one for every section."""

    kind: Literal["homeless"] = "homeless"
    slot: str
    missing: int
    sections: int = 1
    reasons: tuple[Hindrance, ...] = ()
    seats: int
    site: str = ""


Cause = Annotated[NotTaught | NoTopic | KeptApart | Unled | Alone | Homeless, Field(discriminator="kind")]
"""Why a plan lacks something."""


class Shortfall(Fact):
    """Something the plan lacks, by name, with what it costs and the start dates it hurts."""

    kind: str  # objective | empty | leader | co-leader | room
    subject: str  # objective id, or session id
    starts: tuple[date, ...]
    cost: int
    cause: Cause | None = None  # none in a plan of an earlier version, which kept a sentence
    remedies: tuple[Remedy, ...] = ()  # what was tried, and what came of it


class OfType(Fact):
    """A rule on the topics of a group type: one a meeting, alike in tracks, in the order of ids, spaced."""

    kind: Literal["one-topic", "tracks-alike", "in-sequence", "spaced", "spaced-gaps"]
    group_type: str
    order: str = ""  # of the ids
    meetings: int = 0  # after which a topic comes again; with gaps: cancelled ones count too


class TogetherInOrder(Fact):
    """The parts of a series follow each other directly."""

    kind: Literal["together-in-order"] = "together-in-order"
    series: str
    topics: tuple[str, ...]


class OfTopic(Fact):
    """A rule on one topic: it stirs people up, is tied to closures, or builds on another one."""

    kind: Literal["mid-day", "before-closure", "builds-on"]
    topic_id: str
    earlier_id: str = ""


class InStretch(Fact):
    """An opening or a closing of a cohort comes in its weeks."""

    kind: Literal["opening", "closing"]
    topic_id: str
    track: str = ""
    first: date
    last: date
    fitting: int  # meetings that it fits


Clashing = OfType | TogetherInOrder | OfTopic | InStretch
"""A rule that cannot hold together with others."""
