"""Say what each further printed paper says: sheets for clients, relatives and staff."""

from __future__ import annotations

from iop_sessions.pages.papers.audit_sheet import Evidence, audit_sheet
from iop_sessions.pages.papers.cards import role_play_cards
from iop_sessions.pages.papers.certificate import certificate
from iop_sessions.pages.papers.change_notice import Became, change_notice
from iop_sessions.pages.papers.check_in_slip import check_in_slip
from iop_sessions.pages.papers.family_agenda import family_agenda
from iop_sessions.pages.papers.family_calendar import (
    family_calendar,
    family_sessions,
    has_family_groups,
)
from iop_sessions.pages.papers.feedback_slip import feedback_slip
from iop_sessions.pages.papers.first_day_sheet import first_day_sheet
from iop_sessions.pages.papers.group_agreement import group_agreement
from iop_sessions.pages.papers.group_content import group_content
from iop_sessions.pages.papers.last_day_sheet import last_day_sheet
from iop_sessions.pages.papers.make_up_packet import make_up_packet
from iop_sessions.pages.papers.newcomer_pack import newcomer_pack
from iop_sessions.pages.papers.print_run import print_run
from iop_sessions.pages.papers.sign_in_sheet import sign_in_sheet
from iop_sessions.pages.papers.start_here import start_here
from iop_sessions.pages.papers.substitute_brief import substitute_brief
from iop_sessions.pages.papers.weekend_plan import weekend_plan
from iop_sessions.pages.papers.workbook import workbook, workbook_weeks

__all__ = [
    "Became",
    "Evidence",
    "audit_sheet",
    "certificate",
    "change_notice",
    "check_in_slip",
    "family_agenda",
    "family_calendar",
    "family_sessions",
    "feedback_slip",
    "first_day_sheet",
    "group_agreement",
    "group_content",
    "has_family_groups",
    "last_day_sheet",
    "make_up_packet",
    "newcomer_pack",
    "print_run",
    "role_play_cards",
    "sign_in_sheet",
    "start_here",
    "substitute_brief",
    "weekend_plan",
    "workbook",
    "workbook_weeks",
]
