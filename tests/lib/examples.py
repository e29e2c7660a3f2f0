"""How many examples a property is tried on: few in the default run, many with ``-m deep``; the same ones each time."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

FEW = settings(derandomize=True, max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
MANY = settings(FEW, max_examples=3000)
