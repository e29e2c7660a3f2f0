"""Print what one evening needs, or one topic: a file for the clients, a file for the leader."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from iop_sessions.curriculum.library import Curriculum
from iop_sessions.curriculum.records import Topic
from iop_sessions.curriculum.search import find
from iop_sessions.formats import word
from iop_sessions.ground import writing
from iop_sessions.ground.blocks import Page
from iop_sessions.ground.english import joined
from iop_sessions.ground.errors import IopError, NotFound, Problem, UsageError
from iop_sessions.ground.workspace import PLAN_FILE, Workspace, is_when, read_when
from iop_sessions.ground.writing import Exported
from iop_sessions.jobs.persons import without_persons
from iop_sessions.jobs.read import (
    Tell,
    be_silent,
    faults_of_topics,
    is_gone,
    read_curriculum,
    read_plan,
    tell_texts,
)
from iop_sessions.pages import kinds
from iop_sessions.pages.common import manual_words
from iop_sessions.pages.faults import fault_notes
from iop_sessions.pages.guide import guide_page
from iop_sessions.pages.handout import handout_page, held, is_written
from iop_sessions.pages.kinds import slug
from iop_sessions.pages.packet import client_packet, leader_packet
from iop_sessions.pages.papers.cards import role_play_cards
from iop_sessions.pages.papers.first_days import newcomer_pack
from iop_sessions.pages.papers.parts import week_sessions
from iop_sessions.pages.papers.substitute_brief import substitute_brief
from iop_sessions.plans.chain import require_own
from iop_sessions.plans.plan import Plan, Session
from iop_sessions.plans.store import Opened
from iop_sessions.program.program import Program


@dataclass(frozen=True)
class PrintRequest:
    """What a user asks to be printed, of a plan or of one topic."""

    what: str
    when: str = ""  # today, tomorrow, yesterday, a date, or a session's id
    week: int | None = None
    copies: int | None = None  # of each handout; None counts them from the census
    language: str = "en"
    large_print: bool = False
    no_person_on: date | None = None  # the day on which the user says that no text names a person

    @property
    def tail(self) -> str:
        """Return what files of this language and size end with."""
        language = "" if self.language == "en" else f"-{self.language}"
        return f"{language}{'-large-print' if self.large_print else ''}"


def print_day(workspace: Workspace, request: PrintRequest, today: date, tell: Tell = be_silent) -> Exported:
    """Write the files of a day, a session or a week: one for the clients of each track, one to lead by."""
    opened = without_persons(read_plan(workspace, request.what, tell), tell, request.no_person_on)
    curriculum, kept = opened.case.curriculum, opened.kept
    name, sessions = _asked(opened, request, today)
    made = _clients(curriculum, kept.program, name, sessions, request)
    notes = fault_notes(opened.case, {each.date for each in sessions}, curriculum.speech("en"))
    leader = leader_packet(
        curriculum, kept.program, sessions, copies=request.copies, notes=notes, every=kept.plan.lived
    )
    made |= {f"{name}-leader.docx": leader}
    texts = faults_of_topics(curriculum, [each.topic_id for each in sessions], request.language)
    tell_texts(texts, tell)
    folder = workspace.output / kept.name / "print"
    return _write(workspace, curriculum, folder, made, (*opened.problems, *texts))


def _clients(
    curriculum: Curriculum, program: Program, name: str, sessions: list[Session], request: PrintRequest
) -> dict[str, Page]:
    """Make the clients' file; one for each track where several meet, for nobody goes to two."""
    look: kinds.Edition = {"language": request.language, "large_print": request.large_print}
    here = list(dict.fromkeys(each.track for each in sessions if each.track))
    if len(here) < 2:
        page = client_packet(curriculum, program, sessions, **look)
        return {f"{name}-clients{request.tail}.docx": page}
    slugs = [slug(track) for track in here]
    if "" in slugs or len(set(slugs)) < len(slugs):  # names that differ in what no file name holds
        slugs = [f"track-{number}" for number in range(1, len(here) + 1)]
    return {
        f"{name}-clients-{called}{request.tail}.docx": client_packet(
            curriculum, program, [each for each in sessions if each.serves(track)], **look, track=track
        )
        for called, track in zip(slugs, here, strict=True)
    }


class RowsGone(IopError):
    """All that is asked for had rows that are not in the plan any more: nobody says that nothing meets."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(
            f"{PLAN_FILE} has no row any more for {joined(names)} — "
            "undo in Excel what took it out; replan puts rows back that are gone"
        )


def _asked(opened: Opened, request: PrintRequest, today: date) -> tuple[str, list[Session]]:
    """Return the sessions asked for, and the name of their files."""
    try:
        return _found(opened.own.plan, request, today)
    except UsageError:
        days = [read_when(request.when, today).isoformat()] if is_when(request.when) else []
        gone = [each.place.column for each in opened.problems if is_gone(each)]
        lost = [name for name in gone if name == request.when or name[:10] in days]
        if lost:
            raise RowsGone(lost) from None
        raise


def _found(plan: Plan, request: PrintRequest, today: date) -> tuple[str, list[Session]]:
    if request.week is not None:
        return f"week-{request.week:02}", held(week_sessions(plan, request.week))
    sessions = sessions_for(plan, request.when, today)
    named = request.when == sessions[0].session_id
    return (request.when if named else sessions[0].date.isoformat()), sessions


def print_newcomer(
    workspace: Workspace, request: PrintRequest, today: date, tell: Tell = be_silent
) -> Exported:
    """Write the pack of who starts on a day: the first day, and where the groups are."""
    opened = without_persons(read_plan(workspace, request.what, tell), tell, request.no_person_on)
    curriculum, kept = opened.case.curriculum, opened.kept
    day = read_when(request.when, today)
    page = newcomer_pack(opened.own.sound, day, language=request.language, large_print=request.large_print)
    folder = workspace.output / kept.name / "print"
    made = {f"{day}-newcomer{request.tail}.docx": page}
    return _write(workspace, curriculum, folder, made, opened.problems)


def print_briefs(
    workspace: Workspace, request: PrintRequest, today: date, tell: Tell = be_silent
) -> Exported:
    """Write a brief for whoever steps in, one for each group of a day or for one session."""
    opened = without_persons(read_plan(workspace, request.what, tell), tell, request.no_person_on)
    curriculum, kept = opened.case.curriculum, opened.kept
    with_topic = [each for each in _asked(opened, request, today)[1] if each.topic_id]
    made = {
        f"{each.session_id}-brief.docx": substitute_brief(
            curriculum, kept.program, each, every=kept.plan.lived
        )
        for each in with_topic
        if not curriculum.guide_faults(each.topic_id)
    }
    texts = tuple(fault for each in with_topic for fault in curriculum.guide_faults(each.topic_id))
    tell_texts(texts, tell)
    folder = workspace.output / kept.name / "print"
    return _write(workspace, curriculum, folder, made, (*opened.problems, *texts))


def print_topic(workspace: Workspace, request: PrintRequest, tell: Tell = be_silent) -> Exported:
    """Write the handouts, the guide and the role-play cards of one topic; no plan is needed."""
    curriculum = read_curriculum(workspace)
    topic = curriculum.topic_by_id.get(request.what.upper())
    if topic is None and (workspace.plans / request.what / PLAN_FILE).is_file():
        name = request.what
        raise UsageError(f"which day of the plan {name}? — write: iop-sessions print {name} tomorrow")
    if topic is None:
        raise _no_topic(workspace, curriculum, request.what)
    texts = faults_of_topics(curriculum, [topic.topic_id], request.language)
    tell_texts(texts, tell)
    made = _handouts(curriculum, topic, request) | _cards(curriculum, topic, request)
    manual = manual_words(curriculum, topic.topic_id)
    if manual and not made and f"en/{topic.topic_id}" not in curriculum.guides:
        message = f"{topic.topic_id} '{topic.title}' has no guide and no handout here"
        raise UsageError(f"{message} — {manual[0].casefold()}{manual[1:]}")
    if not made and request.language != "en" and not texts:
        remedy = "leave --language away to print the English pages"
        raise UsageError(f"{topic.topic_id}: no text in Spanish yet — {remedy}")
    guide = not curriculum.guide_faults(topic.topic_id)
    if guide and request.language == "en" and not request.large_print:
        made[f"{topic.topic_id}-guide.docx"] = guide_page(curriculum, None, topic.topic_id, topic.lengths[-1])
    return _write(workspace, curriculum, workspace.output / "print", made, texts)


def _no_topic(workspace: Workspace, curriculum: Curriculum, what: str) -> UsageError:
    """Word that nothing is called so: a plan's name with its day forgotten, a topic's subject, or a slip."""
    if any(path.stem == what for path in workspace.ready_programs):
        return UsageError(f"'{what}' is a program, and no plan was made from it yet — first: plan {what}")
    if not re.search("[0-9]", what) and any(hit.kind == "topic" for hit in find(curriculum, what)):
        return UsageError(f"'{what}' is the id of no topic — look for one with: find {what}")
    return NotFound("topic", what, curriculum.topic_by_id)


def _handouts(curriculum: Curriculum, topic: Topic, request: PrintRequest) -> dict[str, Page]:
    """Make the handouts of a topic that have a text in the language asked for."""
    language = request.language
    own = [each for each, _ in curriculum.handouts_of(topic.topic_id) if each.kind != "external"]
    there = [each for each in own if is_written(curriculum, each, language)]
    return {
        f"{each.handout_id}-{slug(curriculum.handout_title(each.handout_id, language))}{request.tail}.docx": (
            handout_page(curriculum, None, each.handout_id, language, large_print=request.large_print)
        )
        for each in there
    }


def _cards(curriculum: Curriculum, topic: Topic, request: PrintRequest) -> dict[str, Page]:
    """Make the role-play cards of a topic that has some in the language asked for."""
    if not curriculum.scenarios_of(topic.topic_id, request.language):
        return {}
    page = role_play_cards(
        curriculum, None, topic.topic_id, language=request.language, large_print=request.large_print
    )
    return {f"{topic.topic_id}-cards{request.tail}.docx": page}


def _write(
    workspace: Workspace,
    curriculum: Curriculum,
    folder: Path,
    made: dict[str, Page],
    problems: tuple[Problem, ...] = (),
) -> Exported:
    """Write the files; what a person changed since the last print stays beside the new one."""
    files = word.draw_set(made, workspace.templates, curriculum.labels)
    within = folder if folder.parent == workspace.output else folder.parent  # that of the plan's export
    return replace(writing.export(folder, files, whole=False, within=within), problems=problems)


def sessions_for(plan: Plan, when: str, today: date) -> list[Session]:
    """List the sessions that take place on a day, or the one session with an id."""
    named = [each for each in plan.sessions if each.session_id == when]
    if not named and when[:4].isdigit() and not is_when(when):
        raise NotFound("session", when, [each.session_id for each in plan.sessions])
    day = named[0].date if named else read_when(when, today)
    found = named or [each for each in plan.sessions if each.date == day]
    meeting = [each for each in found if each.takes_place]
    if not meeting:
        require_own(plan, day)
        raise UsageError(f"{_nothing(found, when, day)} — {_next_groups(plan, day)}")
    return meeting


def _nothing(found: list[Session], when: str, day: date) -> str:
    """Say why nothing is to be printed of a day, or of a session that is named."""
    if not found:
        return f"nothing meets on {day}"
    states, named = {each.state for each in found}, found[0].session_id == when
    if states == {"cancelled"}:
        return f"the group {when} is cancelled" if named else f"every group on {day} is cancelled"
    return f"the group {when} was not held" if named else f"no group on {day} takes place"


def _next_groups(plan: Plan, day: date) -> str:
    days = sorted({each.date for each in plan.sessions if each.takes_place})
    after = next((each for each in days if each > day), None)
    last = max(each.date for each in plan.sessions)
    return f"the next groups are on {after}" if after else f"the plan ends on {last}"
