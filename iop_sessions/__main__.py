"""Run ``python -m iop_sessions``."""

from iop_sessions.doors.cli import main

main()
