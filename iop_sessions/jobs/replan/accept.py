"""Write what was decided: a proposal with its notice and its log."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Final

from iop_sessions.formats import word
from iop_sessions.ground.blocks import Page
from iop_sessions.ground.errors import Problem, UsageError
from iop_sessions.ground.workspace import Workspace
from iop_sessions.jobs.replan.propose import Proposal, by_promise, topic_name
from iop_sessions.pages.papers.change_notice import Became, change_notice
from iop_sessions.pages.papers.substitute_brief import substitute_brief
from iop_sessions.pages.wording.coverage import headed, journey_words, starts_words, statement
from iop_sessions.plans import store
from iop_sessions.plans.changes import CHANGES_FILE, changes_bytes, next_meeting, read_changes
from iop_sessions.plans.plan import Session

BEFORE: Final = "undo/before"
AFTER: Final = "undo/after"
"""Where in its folder a plan lies as its last change found it, and as it left it."""


@dataclass(frozen=True)
class Accepted:
    """What accepting a proposal left: the plan's folder, the pages it wrote, and the plan as it was."""

    folder: Path
    pages: tuple[Path, ...]
    old: Path | None = None


def accept(workspace: Workspace, proposal: Proposal) -> Accepted:
    """Write a proposed plan; one that is as it was leaves everything as it is.

    Raises
    ------
    UsageError
        If the plan changed since it was proposed.
    CannotWrite
        If the disk does not let us.
    """
    name = proposal.kept.name
    if store.read(workspace.find_plan(name)).plan != proposal.kept.plan:
        raise UsageError(f"plans/{name} changed while you looked at the proposal — ask for it anew")
    if proposal.case.plan == proposal.kept.plan:
        return Accepted(proposal.kept.folder, ())
    log = [*read_changes(proposal.kept.folder), *proposal.changes]
    also = {CHANGES_FILE: changes_bytes(dict.fromkeys(log)), **_way_back(proposal)}
    made = _pages(proposal, workspace.output / name)
    files = word.draw_set(made, workspace.templates, proposal.case.curriculum.labels)
    old = store.copy_folder(proposal.kept.folder)
    folder = store.write_plan(
        workspace, name, proposal.case.plan,
        replace_old=True, also=also, pages=files, was=proposal.kept.plan,
    )  # fmt: skip
    return Accepted(folder, tuple(workspace.output / name / file for file in made), old)


def _way_back(proposal: Proposal) -> dict[str, bytes]:
    """Return the plan as it is and as it is to be, for whoever takes the change back."""
    sides = {BEFORE: store.two_files(proposal.kept.folder), AFTER: store.files_of(proposal.case.plan)}
    return {f"{folder}/{file}": data for folder, files in sides.items() for file, data in files.items()}


def notice_page(proposal: Proposal) -> Page:
    """Make the notice for the staff room.

    Raises
    ------
    UsageError
        If nothing changes.
    """
    return change_notice(
        proposal.case.program,
        proposal.changes,
        became=[
            Became(
                topic_name(proposal, each),
                each.was,
                each.now,
                None if each.now else next_meeting(proposal.case.plan, each),
            )
            for each in proposal.fates
        ],
        groups={each.session.session_id: each.session.group_type for each in proposal.found},
        weeks=proposal.weeks,
        missed=_missed_words(proposal),
        later=proposal.to_plan_anew,
        own=proposal.case.curriculum.labels,
    )


def _missed_words(proposal: Proposal) -> list[str]:
    """Say what newcomers miss by the change, in this plan and in those that continue it."""
    say, found = proposal.case.curriculum.speech("en"), []
    for promises in by_promise(proposal.newly_missed(proposal.case.plan)).values():
        coverage, answer = promises[-1]
        who = starts_words(coverage, [each.start for _, each in promises], say)
        said = say("coverage.not-in-time", objective=statement(coverage, answer, say), who=who)
        found.append(headed([journey_words(say, coverage.journey)], said))
    return found


def _pages(proposal: Proposal, output: Path) -> dict[str, Page]:
    """Make the notice, and a brief for each group that somebody else leads now."""
    curriculum = proposal.case.curriculum
    if not proposal.changes:
        return {}
    made = {_notice_file(proposal, output): notice_page(proposal)}
    return made | {
        f"print/{each.session_id}-brief.docx": substitute_brief(
            curriculum, proposal.case.program, each, every=proposal.case.plan.lived
        )
        for each in _stepped_in(proposal)
        if not curriculum.guide_faults(each.topic_id)
    }


def _stepped_in(proposal: Proposal) -> list[Session]:
    """List the groups with a topic that somebody else leads now."""
    led = (each.after for each in proposal.found if each.what == "leader")
    return [each for each in led if each and each.topic_id]


def faults_of_briefs(proposal: Proposal) -> tuple[Problem, ...]:
    """Name the faults of the guides without which no brief is printed for who steps in."""
    curriculum = proposal.case.curriculum
    found = (fault for each in _stepped_in(proposal) for fault in curriculum.guide_faults(each.topic_id))
    return tuple(dict.fromkeys(found))


def _notice_file(proposal: Proposal, output: Path) -> str:
    """Name the notice by its day, and count the notices of a day."""
    names = (f"notices/{proposal.request.made_on}-change-notice-{number:02}.docx" for number in count(1))
    return next(name for name in names if not (output / name).exists())
