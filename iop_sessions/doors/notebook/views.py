"""Show in a notebook what a surprise makes of a plan: the changes, both weeks, the notice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Final

from iop_sessions.coverage.rules import hours_by_week
from iop_sessions.curriculum.library import Curriculum
from iop_sessions.doors.notebook.html import ONE_LINE, Field, as_html, listing, sentence, side_by_side, table
from iop_sessions.doors.reports import replan
from iop_sessions.formats import html
from iop_sessions.ground.colors import ALERT, QUIET, tint
from iop_sessions.ground.errors import UsageError
from iop_sessions.ground.speech import ENGLISH, capital, hours
from iop_sessions.ground.workspace import PLAN_FILE, Workspace, read_when
from iop_sessions.jobs import replan as replans
from iop_sessions.jobs.replan import Accepted, Proposal, ReplanRequest
from iop_sessions.pages.common import color_of
from iop_sessions.pages.grid import Grid, Spot, shut_words, week_grid
from iop_sessions.pages.meetings import session_title
from iop_sessions.pages.wording.coverage import track_words
from iop_sessions.plans.changes import CHANGES_FILE, Difference, Fate, words_of
from iop_sessions.plans.plan import Session
from iop_sessions.program.surprises import Surprise

if TYPE_CHECKING:
    from IPython.display import HTML


CHANGED: Final = "#7A4B00"
_TIMES, _DAY = 66, 140  # pixels: the columns of the times and of a day
_LOST: Final = ("cancelled", "not held", "gone")


@dataclass(frozen=True)
class _Side:
    """One of the two weeks."""

    curriculum: Curriculum
    grid: Grid
    found: Mapping[str, Sequence[Difference]]  # by session
    fates: Mapping[str, Fate]  # by the session that lost its topic
    after: bool

    def table(self, caption: str) -> str:
        time = Field(("time",), looks={"width": f"{_TIMES}px"})
        days = (ENGLISH.short_day(day) for day in self.grid.days)
        rows: list[tuple[str | Field, ...]] = [
            (self._time(spot), *(self._field(day, spot) for day in self.grid.days))
            for spot in self.grid.spots
        ]
        return table(caption, (time, *days), rows, width="100%")

    def _time(self, spot: Spot) -> Field:
        return Field((ENGLISH.clock(spot.start), self._track(self.grid.track(spot))))

    def _track(self, track: str) -> str:
        return capital(track_words(self.curriculum.speech("en"), track))

    def _field(self, day: date, spot: Spot) -> Field:
        session = self.grid.at(day, spot)
        if session is None:
            return Field((self._shut(day),), looks={"background-color": QUIET})
        found = self.found.get(session.session_id, ())
        name = f"{session.topic_id or session.group_type} {self._title(session)}".strip()
        marks = [text for each in found for text in self._marks(each)]
        if not session.takes_place and not marks:
            marks = [f"× {capital(session.state)}"]
        more = self._was(found) if self.after else self._goes(session)
        track = self._track(session.track) if self.grid.parted and not self.grid.track(spot) else ""
        return Field((*marks, name, track, more), len(marks), self._looks(session, found))

    def _shut(self, day: date) -> str:
        if day in self.grid.open_days:
            return "no group"
        return shut_words(self.curriculum.speech("en"), self.grid, day)

    def _title(self, session: Session) -> str:
        return session_title(self.curriculum, session)

    def _was(self, found: Sequence[Difference]) -> str:
        return next((f"(was {self._words(each)})" for each in found if each.what == "topic"), "")

    def _goes(self, session: Session) -> str:
        """Say what becomes of the topic that a session loses."""
        fate = self.fates.get(session.session_id)
        if fate is None:
            return ""
        return f"(moves to {ENGLISH.moment(fate.now.date, fate.now.start)})" if fate.now else "(falls out)"

    def _words(self, each: Difference) -> str:
        return words_of(self.curriculum, each.before, each.what)

    def _marks(self, each: Difference) -> list[str]:
        """Say what happens to a session, or what happened to it."""
        if not self.after:
            return ["× To be cancelled" if each.what in _LOST else "◆ Changes"]
        if each.what == "cancelled":
            reason = each.session.reason
            return [f"× Cancelled: {reason}" if reason else "× Cancelled"]
        if each.what in ("leader", "room", "time", "mode"):
            now = words_of(self.curriculum, each.after, each.what)
            return [f"◆ New {each.what}: {now} (was {self._words(each)})"]
        return {"topic": ["◆ New topic"], "takes place": ["◆ Takes place again"]}.get(each.what, ["◆ Added"])

    def _looks(self, session: Session, found: Sequence[Difference]) -> dict[str, str]:
        if not session.takes_place or any(each.what in _LOST for each in found):
            edge = {"border": f"3px solid {ALERT}"} if found else {}
            return {"background-color": tint(ALERT)} | edge
        edge = {"border": f"3px solid {CHANGED}"} if found else {}
        return {"background-color": tint(color_of(self.curriculum, session.group_type))} | edge


def both_weeks(proposal: Proposal, week: int) -> str:
    """Return a week as it is and as it would be, beside each other or one above the other."""
    curriculum = proposal.case.curriculum
    found: dict[str, list[Difference]] = {}
    for each in proposal.found:
        found.setdefault(each.session.session_id, []).append(each)
    fates = {each.was.session_id: each for each in proposal.fates}
    grids = (
        week_grid(proposal.before, week),
        week_grid(proposal.case, week),
    )
    days = max(len(grid.days) for grid in grids)
    tables = [
        _Side(curriculum, grid, found, fates, after).table(f"Week {week} {name}{_span(grid)}")
        for grid, after, name in zip(grids, (False, True), ("as it is", "after the change"), strict=True)
    ]
    return side_by_side(tables, f"{_TIMES + _DAY * days}px")


def _span(grid: Grid) -> str:
    return f": {ENGLISH.month_day(grid.days[0])} to {ENGLISH.month_day(grid.days[-1])}" if grid.days else ""


@dataclass(frozen=True, repr=False)
class ChangeView:
    """A changed plan that is proposed, ready to be shown; nothing is written before it is accepted."""

    workspace: Workspace
    proposal: Proposal

    @classmethod
    def of_closing(
        cls,
        workspace: Workspace,
        plan: str,
        days: tuple[str, str],
        *,
        made_on: str,
        reason: str = "",
        who: str = "",
    ) -> ChangeView:
        """Propose what a plan becomes where nothing meets from one day to another.

        Parameters
        ----------
        made_on
            The day on which it is decided, a date or the word today; no topic changes on it or before.
        reason, who
            Why, in a few words; who decided, a code or a role. Never about a client, never a name.
        """
        first, last, decided = (read_when(day, date.today()) for day in (*days, made_on))
        surprise = Surprise(kind="closed", first=first, last=last, reason=reason)
        request = ReplanRequest(plan, decided, (surprise,), who=who)
        return cls(workspace, replans.propose(workspace, request))

    def __repr__(self) -> str:
        """Name the plan, and not the folder it lies in."""
        return f"ChangeView({self.proposal.kept.name!r})"

    def _repr_html_(self) -> str:
        """Show all there is to know before the change is accepted."""
        return f"{self._summary()}{self._changes()}{self._fates()}{self._hours()}"

    def summary(self) -> HTML:
        """Show how much changes, what newcomers miss by it, which hours fall short, and whom to tell."""
        return as_html(self._summary())

    def changes(self) -> HTML:
        """Show the change list: what was, what is, why, and who must be told."""
        return as_html(self._changes())

    def fates(self) -> HTML:
        """Show what became of each topic that lost a meeting: moved, or fell out."""
        return as_html(self._fates() or sentence("No topic lost a meeting."))

    def hours(self) -> HTML:
        """Show the weeks whose hours change."""
        return as_html(self._hours() or sentence("No week loses or gains hours."))

    def weeks(self, number: int | None = None) -> HTML:
        """Show a week as it is and as it would be, with the changed groups marked.

        Parameters
        ----------
        number
            The week. Default: the first one in which something changes.

        Raises
        ------
        UsageError
            If the plan has no such week.
        """
        changed, last = self.proposal.weeks, self.proposal.case.plan.sheet.weeks
        week = number or next(iter(changed), 1)
        if not 1 <= week <= last:
            raise UsageError(f"no week {week} — the plan has weeks 1 to {last}")
        others = ", ".join(str(each) for each in changed if each != week)
        more = sentence(f"Other weeks with changes: {others}.") if others else ""
        return as_html(both_weeks(self.proposal, week) + more)

    def notice(self) -> HTML:
        """Show the notice for the staff room as the printer gives it."""
        return as_html(html.page_html(replans.notice_page(self.proposal)))

    def accept(self) -> HTML:
        """Write the new plan, a copy of the old one, the log and the notice, and say where they are.

        A second call writes nothing, and shows the same.
        """
        accepted = self._accepted
        folder, old = accepted.folder, accepted.folder / "replaced"
        files = [
            (folder / PLAN_FILE, "the new plan, one row a meeting"),
            (folder / CHANGES_FILE, "the log of its changes"),
            (old, "the plan as it was before each change"),
            *((page, "to print") for page in accepted.pages),
        ]
        rows = [(self.workspace.shown(path), what) for path, what in files if path.exists()]
        return as_html(table("Written", ("file", "what it is"), rows))

    @cached_property
    def _accepted(self) -> Accepted:
        return replans.accept(self.workspace, self.proposal)

    def _summary(self) -> str:
        if not self.proposal.found:
            return sentence(f"Plan {self.proposal.kept.name}: nothing changes.")
        return "".join(
            (
                sentence(replan.first_line(self.proposal)),
                listing("Promises", replan.promise_lines(self.proposal)),
                listing("Then plan anew what follows", replan.then_lines(self.proposal)),
                listing("Hours", replan.hour_lines(self.proposal)),
                sentence(replan.tell_line(self.proposal)),
                sentence(replan.agenda_line(self.proposal)),
            )
        )

    def _changes(self) -> str:
        if not self.proposal.changes:
            return ""
        rows = [
            (
                Field((ENGLISH.moment(each.date, each.start),), looks=ONE_LINE),
                each.before,
                each.after,
                each.reason,
                ", ".join(each.tell),
            )
            for each in self.proposal.changes
        ]
        return table("What changes", ("day", "before", "now", "why", "tell"), rows)

    def _fates(self) -> str:
        moved, fell_out = replan.moved_lines(self.proposal), replan.fell_out_lines(self.proposal)
        return listing("Moved", moved) + listing("Fell out", fell_out)

    def _hours(self) -> str:
        rows = list(self._hour_rows())
        head = ("week", "hours before", "hours now")
        return table("Weeks whose hours change", head, rows) if rows else ""

    def _hour_rows(self) -> Iterator[tuple[str, str, str]]:
        """Compare the counted hours of each week, for those of each track in each phase."""
        kept = self.proposal.kept
        before = {(each.week, each.whom): each.counted for each in hours_by_week(kept.program, kept.plan)}
        for each in hours_by_week(self.proposal.case.program, self.proposal.case.plan):
            was = before.get((each.week, each.whom), each.counted)
            if was != each.counted:
                whose = ", ".join(text for text in (str(each.week), str(each.whom)) if text)
                yield whose, hours(was), hours(each.counted)
