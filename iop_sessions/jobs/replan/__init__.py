"""Change a plan after a surprise: propose, look, then accept.

A proposal writes nothing. Accepting it writes the plan with a copy of the old one beside it, the log of
changes and the notice for the staff room.
"""

from __future__ import annotations

from iop_sessions.jobs.replan.accept import Accepted, accept, faults_of_briefs, notice_page
from iop_sessions.jobs.replan.propose import Proposal, propose
from iop_sessions.jobs.replan.request import ReplanRequest

__all__ = ["Accepted", "Proposal", "ReplanRequest", "accept", "faults_of_briefs", "notice_page", "propose"]
