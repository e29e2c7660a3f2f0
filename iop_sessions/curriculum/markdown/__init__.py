"""Read the Markdown of handouts and guides into typed blocks."""

from __future__ import annotations

from iop_sessions.curriculum.markdown.documents import read_guide, read_handout
from iop_sessions.curriculum.markdown.shapes import LABELS, writing_rows
from iop_sessions.curriculum.passages import Document, Section, Unit

__all__ = ["LABELS", "Document", "Section", "Unit", "read_guide", "read_handout", "writing_rows"]
