"""Print what one evening needs, or one topic: a file for the clients, a file for the leader."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from iop_sessions import pages, word, writing
from iop_sessions.errors import NotFound, UsageError
from iop_sessions.pipeline import read_curriculum, read_plan, sessions_for, slug
from iop_sessions.plans import PLAN_FILE
from iop_sessions.workspace import Workspace


def print_day(workspace: Workspace, plan: str, when: str, today: date) -> list[Path]:
    """Write the two files of a day, or of one session."""
    curriculum, kept = read_plan(workspace, plan)
    sessions = sessions_for(kept.plan, when, today)
    name = when if when == sessions[0].session_id else sessions[0].date.isoformat()
    made = {
        f"{name}-clients.docx": pages.client_packet(curriculum, kept.program, sessions),
        f"{name}-leader.docx": pages.leader_packet(curriculum, kept.program, sessions),
    }
    folder = workspace.output / kept.name / "print"
    return _write(folder, {file: word.draw(page, workspace.templates) for file, page in made.items()})


def print_topic(workspace: Workspace, topic_id: str) -> list[Path]:
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
    return _write(
        workspace.output / "print",
        {file: word.draw(page, workspace.templates) for file, page in made.items()},
    )


def _write(folder: Path, files: dict[str, bytes]) -> list[Path]:
    for name, data in files.items():
        writing.write_file(folder / name, data)
    return [folder / name for name in files]
