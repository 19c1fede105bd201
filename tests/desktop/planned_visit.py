"""When a kiosk means to visit its hub next."""

from __future__ import annotations

from desktop.background.hub_sync import HubSync


def planned_s(syncing: HubSync) -> float:
    """The wait in seconds as it was set, whatever has passed of it."""
    assert syncing.next_s is not None
    return syncing._timer.interval() / 1000
