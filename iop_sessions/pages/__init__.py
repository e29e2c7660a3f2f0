"""What each paper says, as plain frozen blocks, and every sentence; knows no Word and no HTML."""

from __future__ import annotations

from iop_sessions.pages.agenda import week_agenda
from iop_sessions.pages.coverage import coverage_page
from iop_sessions.pages.guide import guide_page
from iop_sessions.pages.handout import handout_page
from iop_sessions.pages.packet import client_packet, leader_packet

__all__ = [
    "client_packet",
    "coverage_page",
    "guide_page",
    "handout_page",
    "leader_packet",
    "week_agenda",
]
