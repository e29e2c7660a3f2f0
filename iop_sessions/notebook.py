"""The face for notebooks: ``from iop_sessions.notebook import open_plan``."""

from iop_sessions.doors.notebook.book import Book, open_plan

__all__ = ["Book", "open_plan"]
