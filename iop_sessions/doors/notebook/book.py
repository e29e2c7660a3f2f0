"""What a notebook shows: a plan, its pages, its coverage, as safe HTML without script or network."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from iop_sessions import judge
from iop_sessions.coverage import covering, frames
from iop_sessions.coverage.covering import Answer, Coverage
from iop_sessions.curriculum.library import Curriculum
from iop_sessions.doors.notebook.html import Field, as_html, table
from iop_sessions.doors.notebook.views import ChangeView
from iop_sessions.formats import html
from iop_sessions.ground.colors import tint
from iop_sessions.ground.english import counted
from iop_sessions.ground.speech import ENGLISH
from iop_sessions.ground.workspace import PLAN_FILE, Workspace, find_workspace
from iop_sessions.jobs.export import export_week
from iop_sessions.jobs.library import library_of
from iop_sessions.jobs.plan import PlanRequest, solve
from iop_sessions.jobs.practice import practise_on
from iop_sessions.jobs.read import fault_lines
from iop_sessions.pages.agenda import week_agenda
from iop_sessions.pages.common import color_of
from iop_sessions.pages.guide import guide_page
from iop_sessions.pages.handout import handout_page
from iop_sessions.pages.kinds import Shelf
from iop_sessions.pages.meetings import session_title
from iop_sessions.pages.wording import remedy_words, shortfall_words
from iop_sessions.plans.case import Case
from iop_sessions.plans.facts import Shortfall
from iop_sessions.plans.plan import Plan, Session

if TYPE_CHECKING:
    import pandas as pd
    from IPython.display import HTML

MET, LATE, MISSED, OPEN = "#D7EBDD", "#F6E7C1", "#F4C7C3", "#ECECEC"
LATE_DAYS = 21
"""A wait worth a second look: three weeks of a six-week stay."""


@dataclass(frozen=True, repr=False)
class Book:
    """A plan with all it stands on, ready to be shown."""

    name: str
    workspace: Workspace
    case: Case

    @property
    def curriculum(self) -> Curriculum:
        """Return what the plan draws on."""
        return self.case.curriculum

    @property
    def plan(self) -> Plan:
        """Return the plan itself."""
        return self.case.plan

    def __repr__(self) -> str:
        """Name the plan, and not the folder it lies in: a notebook is passed on with what it shows."""
        return f"Book({self.name!r})"

    @cached_property
    def coverages(self) -> tuple[Coverage, ...]:
        """Return what the plan covers for each way through the program."""
        return tuple(covering.cover_all(self.case))

    @property
    def coverage(self) -> Coverage:
        """Return what the plan covers for the first way through the program, most often the only one."""
        return self.coverages[0]

    @cached_property
    def frames(self) -> Frames:
        """Return the coverage as pandas tables."""
        return Frames(self.coverages)

    def summary(self) -> HTML:
        """Show how good the plan is, as the judge sees it."""
        verdict = judge.judge(self.case)
        sheet = self.plan.sheet
        known = {"optimal": "proved best", "changed": "changed after it was made"}
        proof = known.get(sheet.status) or f"{sheet.status}, gap {sheet.gap:.1f} %"
        weeks = counted(sheet.weeks, "week")
        facts = [
            ("Plan", f"{self.case.program.title}, {weeks} from {sheet.start.isoformat()}"),
            ("Solver", f"{proof}; cost {sheet.cost}, bound {sheet.bound}"),
            ("Judge", f"cost {verdict.cost}, {counted(len(verdict.problems), 'problem')}"),
            ("Shortfalls", str(len(sheet.shortfalls))),
        ]
        return _table(("", ""), facts)

    def shortfalls(self) -> HTML:
        """Show what the plan lacks, in words."""
        lacks = self.plan.sheet.shortfalls
        if not lacks:
            return _table(
                ("what is missing",), [["Nothing: the whole core is planned in time for every newcomer."]]
            )
        return _table(
            ("kind", "what is missing", "what was tried"),
            map(self._cells_of, lacks),
        )

    def _cells_of(self, lack: Shortfall) -> tuple[str, str, str]:
        say = self.curriculum.speech("en")
        words = shortfall_words(lack, self.curriculum, say)
        return lack.kind, words, "; ".join(remedy_words(lack.remedies, say))

    def weeks(self) -> HTML:
        """Show the whole plan: a row a week, a column a slot, each topic in its group's colour."""
        slots = self.case.program.slots
        head = ["week", *(f"{slot.day[:3]} {slot.start:%H:%M} {slot.group_type}".strip() for slot in slots)]
        rows: list[list[str | Field]] = [
            [str(week), *(self._cell(week, slot.id) for slot in slots)]
            for week in range(1, self.plan.sheet.weeks + 1)
        ]
        return _table(head, rows)

    def _cell(self, week: int, slot_id: str) -> Field:
        found = [each for each in self.plan.in_week(week) if each.slot_id == slot_id]
        if not found:
            return _tinted("closed", OPEN)
        color = color_of(self.curriculum, found[0].group_type)
        session = found[0]
        kind = "open group" if session.kind == "group" else session_title(self.curriculum, session).lower()
        return _tinted(session.topic_id or kind, tint(color))

    def week(self, week: int) -> HTML:
        """Show one week: date, time, topic and aim."""
        rows = [self._row(each) for each in self.plan.in_week(week)]
        return _table(("date", "start", "topic", "title", "aim"), rows)

    def _row(self, session: Session) -> list[str]:
        topic = self.curriculum.topic_by_id.get(session.topic_id)
        kind = self.curriculum.group_type_by_id.get(session.group_type)
        title = self.curriculum.group_title(session.group_type, "en")
        words = (topic.title, topic.aim) if topic else (title, kind.purpose if kind else "")
        if not topic and session.kind != "group":
            words = (session_title(self.curriculum, session), "")
        first = (
            ENGLISH.short_day(session.date),
            f"{session.start:%H:%M}",
            session.topic_id or session.group_type,
        )
        return [*first, *words]

    def agenda(self, week: int) -> HTML:
        """Show the agenda of a week as the printer gives it."""
        return as_html(html.page_html(week_agenda(self.case, week)))

    def handout(self, handout_id: str) -> HTML:
        """Show a client handout as the printer gives it."""
        return as_html(html.page_html(handout_page(self.curriculum, self.case.program, handout_id)))

    def guide(self, topic_id: str) -> HTML:
        """Show a facilitator guide as the printer gives it."""
        length = next(each.planned_minutes for each in self.plan.sessions if each.topic_id == topic_id)
        return as_html(html.page_html(guide_page(self.curriculum, self.case.program, topic_id, length)))

    def first_handout(self, week: int) -> HTML:
        """Show the handout of the first meeting of a week that has one."""
        used = (pair for each in self._planned(week) for pair in self.curriculum.handouts_of(each.topic_id))
        return self.handout(next(used)[0].handout_id)

    def first_guide(self, week: int) -> HTML:
        """Show the guide of the first meeting of a week that holds a topic."""
        return self.guide(self._planned(week)[0].topic_id)

    def _planned(self, week: int) -> list[Session]:
        return [each for each in self.plan.in_week(week) if each.topic_id]

    def handouts_of_week(self, week: int) -> HTML:
        """Show which handouts a week needs, in handing-out order."""
        rows = [
            [ENGLISH.short_day(each.date), handout.handout_id, handout.title, str(copies)]
            for each in self.plan.in_week(week)
            for handout, copies in self.curriculum.handouts_of(each.topic_id)
        ]
        return _table(("date", "handout", "title", "copies a person"), rows)

    def export_week(self, week: int) -> HTML:
        """Write the agenda, handouts and guides of a week as Word files, and say where they are."""
        shelf = Shelf(self.case)
        written = export_week(self.workspace, self.name, shelf, week)
        return _table(("written",), [[self.workspace.shown(path)] for path in written])

    def practice(self) -> Book:
        """Return a copy of the plan to try changes on, made afresh; the plan itself stays as it is."""
        return replace(self, workspace=practise_on(self.workspace, self.name, self.plan))

    def close(
        self, first: str, last: str = "", *, made_on: str, reason: str = "", who: str = ""
    ) -> ChangeView:
        """Propose what the plan becomes where nothing meets on a day, or from one day to another."""
        return ChangeView.of_closing(
            self.workspace, self.name, (first, last or first), made_on=made_on, reason=reason, who=who
        )

    def heat_map(self) -> HTML:
        """Show objective by start date: days until it is first taught; missed and undecided apart."""
        stays = [(cover, start) for cover in self.coverages for start in cover.starts]
        several = len(self.coverages) > 1
        head = ["objective", *(f"{day.month}/{day.day}" for _, day in stays)]
        ways: list[list[str | Field]] = [["", *(cover.journey.name for cover, _ in stays)]] if several else []
        rows: list[list[str | Field]] = [
            [
                each.objective_id,
                *(_heat(cover.answer(each.objective_id, start)) for cover, start in stays),
            ]
            for each in self.coverage.objectives
        ]
        return _table(head, [*ways, *rows])

    def legend(self) -> HTML:
        """Show what the colours of the heat map mean."""
        meanings = (
            (MET, "number = days until the first group on it"),
            (LATE, f"more than {LATE_DAYS} days"),
            (MISSED, "× = not in time"),
            (OPEN, "· = not yet decided: the window ends after the plan"),
        )
        return _table(("", ""), [[_tinted("\u00a0\u00a0\u00a0", color), words] for color, words in meanings])

    def worst(self) -> HTML:
        """Show the worst newcomer: what this person waits for longest, and which topic would mend it."""
        found = covering.worst_of(self.coverages)
        answers = found[0].decided(found[1]) if found else []
        ordered = sorted(answers, key=lambda each: (each.first is not None, -_wait(each)))
        return _table(
            ("starts on", "objective", "first group on it", "days", "topics that meet it"),
            [self._worst_row(each) for each in ordered[:5]],
        )

    def _worst_row(self, answer: Answer) -> list[str]:
        topics = self.curriculum.topics_of_objective[answer.objective_id]
        first = ENGLISH.short_day(answer.first) if answer.first else "not in time"
        days = str(_wait(answer)) if answer.first else "–"
        statement = self.curriculum.objective_by_id[answer.objective_id].statement
        names = ", ".join(topic.topic_id for topic in topics)
        return [ENGLISH.short_day(answer.start), statement, first, days, names]


@dataclass(frozen=True)
class Frames:
    """The coverage as pandas tables, made when asked for."""

    coverages: tuple[Coverage, ...]  # one for each way through the program

    def by_week(self) -> pd.DataFrame:
        """Return objective by week."""
        return frames.by_week(self.coverages[0])

    def by_start(self) -> pd.DataFrame:
        """Return objective by start date."""
        return frames.by_start(*self.coverages)

    def newcomers(self) -> pd.DataFrame:
        """Return one row a start date, the worst first."""
        return frames.newcomers(*self.coverages)

    def worst_days(self) -> pd.DataFrame:
        """Return the worst start day of each week."""
        return frames.worst_days(*self.coverages)

    def hours(self) -> pd.DataFrame:
        """Return each week's hours."""
        return frames.hours(self.coverages[0])


def open_plan(name: str, folder: Path | None = None) -> Book:
    """Open a plan of the workspace a notebook lies in; a program without a plan is planned on the spot."""
    workspace = find_workspace((folder or Path.cwd()).resolve())
    library = library_of(workspace)
    if (workspace.plans / name / PLAN_FILE).is_file():
        opened = library.plan(name)
        for line in fault_lines(opened.problems):
            sys.stderr.write(f"{line}\n")  # beside what the cell shows
        return Book(name, workspace, opened.case)
    return Book(name, workspace, solve(workspace, library.curriculum(), PlanRequest(name)))


def _wait(answer: Answer) -> int:
    return (answer.first - answer.start).days if answer.first else 0


def _heat(answer: Answer) -> Field:
    if answer.first is not None:
        return _tinted(str(_wait(answer)), LATE if _wait(answer) > LATE_DAYS else MET)
    return _tinted("×", MISSED) if answer.state == "missed" else _tinted("·", OPEN)


def _tinted(text: str, color: str) -> Field:
    return Field((text,), looks={"background-color": color})


def _table(head: Iterable[str], rows: Iterable[Iterable[str | Field]]) -> HTML:
    return as_html(table("", head, rows))
