"""Say what each further printed paper says: sheets for clients, relatives and staff."""

from __future__ import annotations

from iop_sessions.pages.papers.bound import make_up_packet, workbook, workbook_weeks
from iop_sessions.pages.papers.cards import role_play_cards
from iop_sessions.pages.papers.change_notice import Became, change_notice
from iop_sessions.pages.papers.family import (
    family_agenda,
    family_calendar,
    family_sessions,
    has_family_groups,
)
from iop_sessions.pages.papers.first_days import first_day_sheet, last_day_sheet, newcomer_pack
from iop_sessions.pages.papers.forms import (
    certificate,
    check_in_slip,
    feedback_slip,
    group_agreement,
    weekend_plan,
)
from iop_sessions.pages.papers.start_here import start_here
from iop_sessions.pages.papers.substitute_brief import substitute_brief
from iop_sessions.pages.papers.week_sheets import group_content, print_run, sign_in_sheet

__all__ = [
    "Became",
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
