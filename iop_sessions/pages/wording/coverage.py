"""Word what a plan teaches, to whom, by when: tracks and paths by their names, waits, what lacks."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from iop_sessions.coverage.covering import CLAIMS, Answer, Coverage, is_too_brief, worst_of
from iop_sessions.coverage.rules import Whom
from iop_sessions.ground.speech import Speech, capital
from iop_sessions.plans.case import Case
from iop_sessions.plans.plan import Session
from iop_sessions.program.choosing import not_promised, wanted_topics
from iop_sessions.program.journeys import Journey
from iop_sessions.program.sections import GROUPS


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
    number = len(coverage.objectives)
    claim = claim_words(say, coverage, starts.met)
    if starts.short:
        total = say.count(number, "coverage.core")
        return say.count(len(starts.short), "coverage.missed", decided=starts.decided, objectives=total)
    if not starts.met:
        return say("coverage.none-decided")
    return say.count(number, "coverage.decided-met" if starts.open else "coverage.all-met", claim=claim)


def claim_words(say: Speech, coverage: Coverage, starts: Iterable[date]) -> str:
    """Say what the promises to some start dates rest on: taught 12, planned 80; one claim needs no number."""
    met = [each for start in starts for each in coverage.decided(start)]
    counts = coverage.claims(met)
    found = [(claim_name(say, claim), counts[claim]) for claim in CLAIMS if counts[claim]]
    if len(found) > 2 or (len(found) == 2 and not counts["by appointment"]):
        return ", ".join(say("claim.count", claim=name, number=number) for name, number in found)
    return say.listed([name for name, _ in found], "shared.or")


def claim_name(say: Speech, claim: str) -> str:
    """Name what a promise rests on."""
    return say(f"claim.{claim.replace(' ', '-')}")


def undecided_words(coverage: Coverage, starts: Starts, say: Speech) -> str:
    """Say for how many start dates the plan decides; empty where nothing is promised."""
    if not coverage.objectives:
        return ""
    if not starts.open:
        return say.count(len(coverage.starts), "coverage.all-decided")
    every = say.count(len(coverage.starts), "coverage.starts")
    told = say.count(starts.decided, "coverage.some-decided", starts=every)
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
    key = f"coverage.{(last.claim or CLAIMS[0]).replace(' ', '-')}-on"
    return f"{longest} {say(key, start=began, objective=objective, day=when)}"


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


STATES: Final = ("held", "partly", "not held", "cancelled", "not confirmed", "planned")
_NAMED: Final = ("partly", "not held", "not confirmed")
_MOST_NAMED: Final = 4


def groups_by_state(case: Case) -> dict[str, list[Session]]:
    """List the groups of a plan by what became of them, in order; nothing before the first was held."""
    found: dict[str, list[Session]] = {state: [] for state in STATES}
    for each in sorted(case.plan.sessions, key=lambda session: session.order):
        if each.kind in GROUPS:
            found[case.state_of(each)].append(each)
    past = any(found[state] for state in ("held", *_NAMED))
    return {state: sessions for state, sessions in found.items() if sessions and past}


def state_name(say: Speech, state: str) -> str:
    """Name what became of a group."""
    return say(f"state.{state.replace(' ', '-')}")


def which_words(case: Case, sessions: Sequence[Session], say: Speech) -> str:
    """Name the first groups of a state, where it is one to look into; of others the first and last day."""
    if case.state_of(sessions[0]) not in _NAMED:
        first, last = (say.short_day(each.date) for each in (sessions[0], sessions[-1]))
        return first if first == last else say("state.span", first=first, last=last)
    named = "; ".join(_when(case, each, say) for each in sessions[:_MOST_NAMED])
    more = len(sessions) - _MOST_NAMED
    return say("coverage.and-more", days=named, number=more) if more > 0 else named


def _when(case: Case, session: Session, say: Speech) -> str:
    when = f"{say.moment(session.date, session.start)} ({session.topic_id or session.group_type})"
    if session.state != "partly":
        return when
    key = "state.too-brief" if is_too_brief(case.program, session) else "state.minutes"
    return say(key, when=when, held=session.minutes, planned=session.planned_minutes)


def states_words(case: Case, say: Speech) -> list[str]:
    """Say what became of the groups, a line for those to look into; nothing before the first was held."""
    groups = groups_by_state(case)
    if not groups:
        return []
    counts = "; ".join(f"{state_name(say, state)} {len(sessions)}" for state, sessions in groups.items())
    told = {state: which_words(case, groups[state], say) for state in _NAMED if state in groups}
    named = [f"  - {capital(state_name(say, state))}: {which}." for state, which in told.items()]
    return [f"{say('state.title')}: {counts}.", *named]
