"""Show in a notebook what a surprise makes of a plan: the changes, both weeks, the notice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from iop_sessions.coverage.rules import hours_by_week
from iop_sessions.doors.notebook.html import (
    ONE_LINE,
    Field,
    as_html,
    listing,
    sentence,
    table,
)
from iop_sessions.doors.notebook.week_views import both_weeks
from iop_sessions.doors.reports import wording
from iop_sessions.formats import html as preview
from iop_sessions.ground.dates import clock, hours, short_day
from iop_sessions.ground.errors import UsageError
from iop_sessions.ground.workspace import Workspace, read_when
from iop_sessions.jobs import replan as replans
from iop_sessions.jobs.replan import Accepted, Proposal, ReplanRequest
from iop_sessions.plans.changelog import CHANGES_FILE
from iop_sessions.plans.plan import PLAN_FILE
from iop_sessions.program.surprises import Surprise

if TYPE_CHECKING:
    from IPython.display import HTML


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
        changed, last = self.proposal.weeks, self.proposal.plan.sheet.weeks
        week = number or next(iter(changed), 1)
        if not 1 <= week <= last:
            raise UsageError(f"no week {week} — the plan has weeks 1 to {last}")
        others = ", ".join(str(each) for each in changed if each != week)
        more = sentence(f"Other weeks with changes: {others}.") if others else ""
        return as_html(both_weeks(self.proposal, week) + more)

    def notice(self) -> HTML:
        """Show the notice for the staff room as the printer gives it."""
        return as_html(preview.page_html(replans.notice_page(self.proposal)))

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
                sentence(wording.first_line(self.proposal)),
                listing("Promises", wording.promise_lines(self.proposal)),
                listing("Hours", wording.hour_lines(self.proposal)),
                sentence(wording.tell_line(self.proposal)),
                sentence(wording.agenda_line(self.proposal)),
            )
        )

    def _changes(self) -> str:
        if not self.proposal.changes:
            return ""
        rows = [
            (
                Field((f"{short_day(each.date)}, {clock(each.start)}",), looks=ONE_LINE),
                each.before,
                each.after,
                each.reason,
                ", ".join(each.tell),
            )
            for each in self.proposal.changes
        ]
        return table("What changes", ("day", "before", "now", "why", "tell"), rows)

    def _fates(self) -> str:
        moved, fell_out = wording.moved_lines(self.proposal), wording.fell_out_lines(self.proposal)
        return listing("Moved", moved) + listing("Fell out", fell_out)

    def _hours(self) -> str:
        rows = list(self._hour_rows())
        head = ("week", "hours before", "hours now")
        return table("Weeks whose hours change", head, rows) if rows else ""

    def _hour_rows(self) -> Iterator[tuple[str, str, str]]:
        """Compare the counted hours of each week, for those of each track in each phase."""
        kept = self.proposal.kept
        before = {(each.week, each.whom): each.counted for each in hours_by_week(kept.program, kept.plan)}
        for each in hours_by_week(self.proposal.program, self.proposal.plan):
            was = before.get((each.week, each.whom), each.counted)
            if was != each.counted:
                whose = ", ".join(text for text in (str(each.week), str(each.whom)) if text)
                yield whose, hours(was), hours(each.counted)
