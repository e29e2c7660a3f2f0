"""Print what one evening needs, or one topic: a file for the clients, a file for the leader."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from iop_sessions import exporting, pages, word
from iop_sessions.blocks import Page
from iop_sessions.documents import slug
from iop_sessions.errors import NotFound, UsageError
from iop_sessions.exporting import Exported
from iop_sessions.pages import papers
from iop_sessions.pipeline import read_curriculum, read_plan
from iop_sessions.plans import PLAN_FILE, Plan, Session
from iop_sessions.workspace import Workspace, is_when, read_when


def print_day(workspace: Workspace, plan: str, when: str, today: date) -> Exported:
    """Write the two files of a day, or of one session."""
    curriculum, kept = read_plan(workspace, plan)
    sessions = sessions_for(kept.plan, when, today)
    name = when if when == sessions[0].session_id else sessions[0].date.isoformat()
    made = {
        f"{name}-clients.docx": pages.client_packet(curriculum, kept.program, sessions),
        f"{name}-leader.docx": pages.leader_packet(curriculum, kept.program, sessions),
    }
    folder = workspace.output / kept.name / "print"
    return _write(workspace, folder, made)


def print_newcomer(workspace: Workspace, plan: str, when: str, today: date) -> Exported:
    """Write the pack of who starts on a day: the first day, and where the groups are."""
    curriculum, kept = read_plan(workspace, plan)
    day = read_when(when, today)
    page = papers.newcomer_pack(curriculum, kept.program, kept.plan, day)
    folder = workspace.output / kept.name / "print"
    return _write(workspace, folder, {f"{day}-newcomer.docx": page})


def print_briefs(workspace: Workspace, plan: str, when: str, today: date) -> Exported:
    """Write a one-page brief for whoever steps in, one for each group of a day or for one session."""
    curriculum, kept = read_plan(workspace, plan)
    with_topic = [each for each in sessions_for(kept.plan, when, today) if each.topic_id]
    made = {
        f"{each.session_id}-brief.docx": papers.substitute_brief(curriculum, kept.program, each)
        for each in with_topic
    }
    folder = workspace.output / kept.name / "print"
    return _write(workspace, folder, made)


def print_topic(workspace: Workspace, topic_id: str) -> Exported:
    """Write the handouts and the guide of one topic; no plan is needed."""
    curriculum = read_curriculum(workspace)
    topic = curriculum.topic_by_id.get(topic_id.upper())
    if topic is None and (workspace.plans / topic_id / PLAN_FILE).is_file():
        raise UsageError(f"which day of the plan {topic_id}? — write: iop-sessions print {topic_id} tomorrow")
    if topic is None:
        raise NotFound("topic", topic_id, curriculum.topic_by_id)
    made = {
        f"{handout.handout_id}-{slug(handout.title)}.docx": pages.handout_page(
            curriculum, None, handout.handout_id
        )
        for handout, _ in curriculum.handouts_of(topic.topic_id)
        if handout.kind != "external"
    }
    guide = pages.guide_page(curriculum, None, topic.topic_id, topic.lengths[-1])
    made[f"{topic.topic_id}-guide.docx"] = guide
    return _write(workspace, workspace.output / "print", made)


def _write(workspace: Workspace, folder: Path, made: dict[str, Page]) -> Exported:
    """Write the files; what a person changed since the last print stays beside the new one."""
    files = {file: word.draw(page, workspace.templates) for file, page in made.items()}
    return exporting.export(folder, files, whole=False)


def sessions_for(plan: Plan, when: str, today: date) -> list[Session]:
    """List the sessions that take place on a day, or the one session with an id."""
    named = [each for each in plan.sessions if each.session_id == when]
    if not named and when[:4].isdigit() and not is_when(when):
        raise NotFound("session", when, [each.session_id for each in plan.sessions])
    day = named[0].date if named else read_when(when, today)
    found = named or [each for each in plan.sessions if each.date == day]
    meeting = [each for each in found if each.takes_place]
    if not meeting:
        cancelled = f"the group {when} is cancelled" if named else f"every group on {day} is cancelled"
        raise UsageError(f"{cancelled if found else f'nothing meets on {day}'} — {_next_groups(plan, day)}")
    return meeting


def _next_groups(plan: Plan, day: date) -> str:
    days = sorted({each.date for each in plan.sessions if each.takes_place})
    after = next((each for each in days if each > day), None)
    last = max(each.date for each in plan.sessions)
    return f"the next groups are on {after}" if after else f"the plan ends on {last}"
