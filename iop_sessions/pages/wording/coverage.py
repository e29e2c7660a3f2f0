"""Word what a plan teaches, to whom, by when: tracks and paths by their names, waits, what lacks."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from iop_sessions.coverage.covering import Answer, Coverage, worst_of
from iop_sessions.coverage.rules import Whom
from iop_sessions.ground.speech import Speech, capital
from iop_sessions.program.choosing import not_promised, wanted_topics
from iop_sessions.program.journeys import Journey


def track_words(say: Speech, track: str) -> str:
    """Name a track: evening track."""
    return say("whom.track", name=track) if track else ""


def whom_words(say: Speech, whom: Whom) -> str:
    """Name those of one track in one phase: phase 2, evening track; empty where there is only one."""
    phase = say("whom.phase", number=whom.phase) if whom.phase else ""
    return _joined(phase, track_words(say, whom.track))


def journey_words(say: Speech, journey: Journey) -> str:
    """Name a way through a program: path short, evening track."""
    path = say("whom.path", name=journey.path) if journey.path else ""
    return _joined(path, track_words(say, journey.track))


def _joined(*pieces: str) -> str:
    return ", ".join(piece for piece in pieces if piece)


def headed(names: Sequence[str], text: str) -> str:
    """Put before a sentence whom it is about: Morning track; evening track: 9 h."""
    head = "; ".join(name for name in names if name)
    return f"{capital(head)}: {text}" if head else text


def alike(told: Iterable[tuple[str, str]], everybody: Collection[str]) -> list[str]:
    """Say once what is true of several, and unnamed what is true of all.

    Parameters
    ----------
    told
        Pairs of a name and what is said of it.
    everybody
        All names there are.
    """
    if len(everybody) == 1:
        return [text for _, text in told]
    found: dict[str, list[str]] = {}
    for name, text in told:
        found.setdefault(text, []).append(name)
    return [
        text if set(names) == set(everybody) else headed(list(dict.fromkeys(names)), text)
        for text, names in found.items()
    ]


@dataclass(frozen=True)
class Starts:
    """The start dates, parted by what the plan already tells of them."""

    met: tuple[date, ...]
    short: tuple[date, ...]
    open: tuple[date, ...]

    @property
    def decided(self) -> int:
        """Count those of whom the plan tells all or misses some."""
        return len(self.met) + len(self.short)


def parted(coverage: Coverage) -> Starts:
    """Part the start dates of one way through the program."""
    short = tuple(start for start in coverage.starts if coverage.missed(start))
    rest = [start for start in coverage.starts if start not in short]
    full = len(coverage.objectives)
    met = tuple(start for start in rest if len(coverage.decided(start)) == full)
    return Starts(met, short, tuple(start for start in rest if start not in met))


def each_way(
    coverages: Sequence[Coverage], say: Speech, word: Callable[[Coverage, Starts, Speech], str]
) -> list[str]:
    """Say something of every way through the program, what is alike only once."""
    names = [journey_words(say, each.journey) for each in coverages]
    told = (word(each, parted(each), say) for each in coverages)
    return alike(zip(names, told, strict=True), names)


def taught_words(coverage: Coverage, starts: Starts, say: Speech) -> str:
    """Say whether newcomers are taught the core in time."""
    if not coverage.objectives:
        return say("coverage.no-core")
    total = say.count(len(coverage.objectives), "coverage.core")
    if starts.short:
        return say("coverage.missed", number=len(starts.short), decided=starts.decided, objectives=total)
    if not starts.met:
        return say("coverage.none-decided")
    return say("coverage.decided-met" if starts.open else "coverage.all-met", objectives=total)


def undecided_words(coverage: Coverage, starts: Starts, say: Speech) -> str:
    """Say for how many start dates the plan decides; empty where nothing is promised."""
    if not coverage.objectives:
        return ""
    every = say.count(len(coverage.starts), "coverage.starts")
    if not starts.open:
        return say("coverage.all-decided", starts=every)
    told = say("coverage.some-decided", number=starts.decided, starts=every)
    return f"{told} {say.count(len(starts.open), 'coverage.undecided')}"


def starts_words(coverage: Coverage, starts: Collection[date], say: Speech, *, most: int = 0) -> str:
    """Name those who start on some dates in few words: everybody: 29 start dates.

    Parameters
    ----------
    most
        How many dates are named before the others are counted. Default: all.
    """
    every = coverage.starts
    if len(every) > 2 and set(starts) == set(every):
        return say("coverage.everybody", starts=say.count(len(every), "coverage.starts"))
    return say("coverage.who-starts", days=say.days(starts, every, most=most))


def worst_words(coverages: Sequence[Coverage], say: Speech) -> str:
    """Say who misses most, or waits longest; empty where no stay is decided."""
    found = worst_of(coverages)
    if found is None:
        return ""
    name = [journey_words(say, found[0].journey)] if len(coverages) > 1 else []
    return headed(name, _worst_of(*found, say))


def _worst_of(coverage: Coverage, start: date, say: Speech) -> str:
    missed = coverage.missed(start)
    began = say.short_day(start)
    if missed:
        names = "; ".join(statement(coverage, answer, say) for answer in missed)
        return say("coverage.worst", day=began, objectives=names)
    held = [answer for answer in coverage.decided(start) if answer.first is not None]
    last = max(held, key=lambda answer: answer.wait)
    longest = say("coverage.longest", days=say.count(last.wait, "coverage.days"))
    when = say.short_day(last.first or start)
    objective = statement(coverage, last, say)
    return f"{longest} {say('coverage.taught-on', start=began, objective=objective, day=when)}"


def statement(coverage: Coverage, answer: Answer, say: Speech) -> str:
    """Return what an answer is about."""
    return coverage.case.curriculum.statement(answer.objective_id, say.language)


def wanted_words(coverage: Coverage, say: Speech) -> list[str]:
    """Name the topics that the program waits for, and how much of the core waits with them."""
    wanted = wanted_topics(coverage.case.curriculum, coverage.case.program)
    open_core = len(not_promised(coverage.case.curriculum, coverage.case.program))
    topics = "; ".join(f"{each.topic_id} {each.title}" for each in wanted)
    return [
        *([say("coverage.wanted", topics=topics)] if topics else []),
        *([say.count(open_core, "coverage.not-promised")] if open_core else []),
    ]
