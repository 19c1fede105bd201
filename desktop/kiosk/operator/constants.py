"""What the operator's screens agree on: values with words of their own, statuses, sums."""

from __future__ import annotations

DEMONSTRATION, SOUND, FAULTS, CLOCK = "demonstration", "ok", "faults", "clock"

#: Exit statuses: the service file restarts the program after the first and not after the second.
RESTART, LEAVE = 0, 10


def proposed_inches(panel_inches: float, measured_mm: int) -> float:
    """The diagonal that makes a drawn 100 mm line 100 mm long, in tenths of an inch."""
    return round(panel_inches * measured_mm / 100, 1)
