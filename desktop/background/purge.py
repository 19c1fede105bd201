"""Retention periods as the settings have them, and the purge that follows them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from desktop.settings import Settings

if TYPE_CHECKING:
    from db.retention.due import Periods
    from db.retention.purge import Purged
    from db.store.store import Store


def periods(settings: Settings) -> Periods:
    from db.retention.due import Periods  # brings sqlite along: on the worker thread only

    return Periods(
        contact=settings.keep_contact_days,
        contact_after_reply=settings.keep_contact_days_after_reply,
        feedback=settings.keep_feedback_days,
        planting=settings.keep_planting_days,
    )


def purge_store(store: Store, settings: Settings, pause: Callable[[], bool]) -> Purged:
    """Destroys what is past its period. Raises StorageUnavailable, Refused."""
    from db.exchange.pages.store_shelf import StoreShelf  # likewise
    from db.retention.purge import purge

    return purge(StoreShelf(store), periods(settings), pause=pause)
