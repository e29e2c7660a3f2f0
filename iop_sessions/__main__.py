"""Run ``python -m iop_sessions``."""

from iop_sessions.cli import main

main()
