"""What each job found, as lines for people and as facts for programs; short: each has a file of its own."""

from __future__ import annotations

from typing import Any

Facts = dict[str, Any]
"""A result as a script reads it: what `--json` writes."""
