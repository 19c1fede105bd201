"""When a kiosk means to visit its hub next."""

from __future__ import annotations

from desktop.background.hub_sync import Syncing


def planned_s(syncing: Syncing) -> float:
    """The wait in seconds as it was set, whatever has passed of it."""
    assert syncing.next_s is not None
    return syncing._timer.interval() / 1000
