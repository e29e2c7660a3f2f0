"""How many examples a property is tried on: few by default, many with ``-m deep``; always the same."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

FEW = settings(derandomize=True, max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
MANY = settings(FEW, max_examples=3000)
