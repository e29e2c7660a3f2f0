"""Read the Markdown of handouts and guides into typed blocks."""

from __future__ import annotations

from iop_sessions.markdown.documents import read_guide, read_handout
from iop_sessions.markdown.shapes import LABELS, writing_rows
from iop_sessions.passages import Document, Section, Unit

__all__ = ["LABELS", "Document", "Section", "Unit", "read_guide", "read_handout", "writing_rows"]
