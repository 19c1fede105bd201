"""How long it takes to walk: an estimate, and every screen says so."""

from __future__ import annotations

from math import ceil

#: Streets are longer than the straight line, and a resident walks 4 km an hour.
DETOUR, METRES_A_MINUTE = 1.3, 67.0


def walking_minutes(straight_m: float) -> int:
    """Estimated minutes on foot for a straight-line distance in metres; at least 1."""
    return max(1, ceil(straight_m * DETOUR / METRES_A_MINUTE))
