"""Healing 고치기: the daily look after a store, for a quiet moment, because it reads all of it."""

from __future__ import annotations

from db.doctor.beside import mend_rows
from db.exchange.pages.store_shelf import StoreShelf
from db.exchange.status.outbox import confirmed
from db.refusals import Refused
from db.store.journal import events, rebuild
from db.store.lacking import broken_journals, mark_broken
from db.store.migrations import PROJECTIONS
from db.store.notices import add_notice
from db.store.recovery import write_again
from db.store.rot import mend
from db.store.store import Store
from db.store.verification import projection_faults


def heal(store: Store) -> bool:
    """Puts right or marks what rotted in the journal, and writes the projections anew where they
    do not follow from it; True when anything was changed. Raises StorageUnavailable.
    """
    mended = mend_rows(store)
    mended |= bool(mend(store))
    mended |= _go_on_under_a_new_name(store)
    faults = projection_faults(store)
    if not faults:
        return mended
    rebuild(store)
    tables = ", ".join(fault.where for fault in faults)
    with store.change() as connection:
        add_notice(
            connection,
            store.clock(),
            "healed",
            f"화면이 읽는 표가 기록장과 달라 기록장에서 다시 썼습니다: {tables}.",
            f"Tables that screens read differed from the journal and were written anew: {tables}.",
        )
    return True


def _go_on_under_a_new_name(store: Store) -> bool:
    """Where this device's own journal is broken at an event that nobody else has: no store could
    ever take what stands behind it, so it is written again under a new name.
    """
    device = store.device
    broken = broken_journals(store.connection).get(device)
    if broken is None:
        return False
    try:
        shelf = StoreShelf(store)
    except Refused:
        # Papers that cannot be read say nothing of who holds what; staff hear of them elsewhere.
        return False
    if confirmed(shelf).get(device, 0) >= broken:
        # Whoever has it sends it again: this store's own word asks for it.
        return False
    behind = list(events(store.connection, device, broken - 1))
    with store.change() as connection:
        for table in ("event", *PROJECTIONS):
            connection.execute(
                f"DELETE FROM {table} WHERE device = ? AND seq >= ?", (device, broken)
            )
        mark_broken(connection, device, None)
        shelf.take_new_name(
            f"이 기기의 기록 {broken}번이 디스크에서 상했고 다른 곳에 없습니다",
            f"event {broken} of this device rotted on the disk and nobody else has it",
        )
        for event, contents in behind:
            write_again(store, event, contents)
    return True
