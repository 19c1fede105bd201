"""Retention 보관 기간: what is stored of people is destroyed when its period is over, everywhere.

A purge erases by redaction events with the reason "retention": they travel like every event, so
each store that holds the words erases them too, and every header, hash and signature stays. A
kiosk erases what it wrote itself, a desk anybody's. How old something is `known_ages.py` decides.

Work goes in small transactions with a pause between them, so that nobody's save waits. Stopped at
any point it leaves whole redactions, and the next look does the rest.
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable

import msgspec

from db.clock import DAY_US, is_suspect
from db.directory import DataDirectory, calmly
from db.exchange.pages.store_shelf import StoreShelf
from db.exchange.pages.version_vector import Vector, vector
from db.exchange.status.outbox import confirmed, own_role
from db.exchange.trust.papers import DeviceRole
from db.records.event_kinds import PLANTING, REDACTION
from db.records.feedback import Erased, RedactionBody
from db.retention.due import Due, Item, Periods
from db.retention.known_ages import Ages, Passing, load_ages, machine_running, save_ages
from db.retention.trusted_time import latest_date, trusted_time, who
from db.store.journal import append
from db.store.notices import add_notice, add_notice_once
from db.store.projections import erase
from db.store.quarantine import newest_quarantined, strip_quarantine
from db.store.store import empty_log_of

RETENTION = "retention"
"""The reason that redactions of a purge give."""
APART, DAMAGED = "pages apart", "damaged/"

LONGEST_DAYS = 3650
"""The longest period that can be set."""
_SLICE = 100
"""Erasures in one transaction."""


class Purged(msgspec.Struct, frozen=True, kw_only=True):
    """What a purge destroyed, or would: counts alone. `waits` says why nothing could be.

    `log_emptied` is False where somebody was reading the store just then, so that erased bytes
    may stand in its write-ahead log until the next look.
    """

    contacts: int = 0
    feedback: int = 0
    plantings: int = 0
    pages_apart: int = 0
    damaged_stores: int = 0
    waits: str | None = None
    log_emptied: bool = True

    @property
    def total(self) -> int:
        events = self.contacts + self.feedback + self.plantings
        return events + self.pages_apart + self.damaged_stores


def purge(
    shelf: StoreShelf,
    periods: Periods,
    *,
    passing: Passing = machine_running,
    dry: bool = False,
    pause: Callable[[], bool] = lambda: True,
) -> Purged:
    """Takes note of what is stored and destroys what is older than its period.

    `pause` is called between transactions; False ends the work there. Raises StorageUnavailable.
    """
    directory = shelf.store.directory
    ages = load_ages(directory)
    ages.pass_time(passing)
    trusted = trusted_time(shelf)
    now = ages.hear(trusted.now if trusted else None, latest_date(shelf))
    own_now = shelf.store.clock()
    # Another's date may be older than this clock, never newer by rights: the smaller of both.
    now = None if now is None or is_suspect(own_now) else min(now, own_now)
    tails = _tails(shelf)
    held = confirmed(shelf) if own_role(shelf) is DeviceRole.KIOSK else tails
    own = {name for name in ages.marks if shelf.store.is_own(name)}
    said, ours = (trusted.not_after, trusted.by_own_clock) if trusted else (None, None)
    ages.mark(tails, held, said, own, ours)
    ages.forget(LONGEST_DAYS * DAY_US)
    if not dry:
        save_ages(directory, ages)
        for name in trusted.later if trusted else ():
            _name_signer(shelf, name)
    if is_suspect(own_now):
        return Purged(waits="clock")
    return _Purge(shelf, periods, ages, now, dry, pause).run()


def _name_signer(shelf: StoreShelf, signer: str) -> None:
    """One of two clocks stands wrong, and only a person sees which."""
    ko, en = who(shelf, signer)
    with shelf.change() as connection:
        add_notice_once(
            connection,
            shelf.store.clock(),
            "later-clock",
            f"{ko}의 날짜가 이 기기의 시계보다 한 달 넘게 앞섭니다. 두 시계를 확인하세요. 보관 "
            "기간은 다른 기기들의 날짜로 셉니다.",
            f"The date of {en} is more than a month ahead of this machine's clock; check both. "
            "Periods are counted by the dates of the others.",
        )


class _Purge:
    def __init__(
        self,
        shelf: StoreShelf,
        periods: Periods,
        ages: Ages,
        now: int | None,
        dry: bool,
        pause: Callable[[], bool],
    ) -> None:
        self.shelf, self.store, self.periods = shelf, shelf.store, periods
        self.ages, self.now, self.dry, self.pause = ages, now, dry, pause
        self.role = own_role(shelf)
        self.counts: Counter[str] = Counter()
        self._seen: set[tuple[str, int, bool]] = set()

    def run(self) -> Purged:
        batch: list[Item] = []
        going = True
        for item in Due(self.shelf, self.periods, self.ages, self.now).items():
            batch.append(item)
            if len(batch) == _SLICE:
                self._destroy(batch)
                batch = []
                going = self.pause()
                if not going:
                    break
        self._destroy(batch)
        if going:
            self._strip_quarantine()
            self._remove_damaged()
        emptied = True
        if not self.dry:
            if self.counts:
                self._tell()
            # Erased words may still stand in the write-ahead log, also from a purge cut short.
            empty_log_of(self.store.connection)
            emptied = self.store.log_is_empty
        return self._counted(emptied)

    # -- destroying ----------------------------------------------------------------------------

    def _destroy(self, batch: list[Item]) -> None:
        if self.dry:
            for device, seq, what in batch:
                self._count(device, seq, what)
            return
        if not batch:
            return
        with self.store.change() as connection:
            for device, seq, what in batch:
                if not self._count(device, seq, what):
                    continue
                if device == self.store.device or self.role is DeviceRole.DESK:
                    target = f"{device}/{seq}"
                    body = RedactionBody(target=target, what=what, reason=RETENTION)
                    append(self.store, connection, REDACTION, target, body)
                else:
                    # A name this kiosk had before: it may no longer sign for it, and a desk that
                    # holds these words erases them by itself.
                    erase(connection, device, seq, what)

    def _count(self, device: str, seq: int, what: Erased) -> bool:
        """Counts what an erasure would take; False when nothing is left of it, because another
        rule has just taken it.
        """
        row = self.store.row(
            "SELECT kind, body IS NOT NULL, sealed IS NOT NULL FROM event"
            " WHERE device = ? AND seq = ?",
            (device, seq),
        )
        if row is None:
            return False
        kind, has_body, has_sealed = row
        here = (device, seq)
        body = has_body and what is not Erased.CONTACT and (*here, True) not in self._seen
        contact = has_sealed and what is not Erased.BODY and (*here, False) not in self._seen
        self._seen |= {(*here, True)} if body else set()
        self._seen |= {(*here, False)} if contact else set()
        if body:
            self.counts["plantings" if kind == PLANTING else "feedback"] += 1
        if contact:
            self.counts["contacts"] += 1
        return bool(body or contact)

    def _strip_quarantine(self) -> None:
        shortest = self.periods.shortest_us
        old = 0 if shortest is None else self._old(APART, shortest)
        changed = strip_quarantine(self.store, old, dry=self.dry, pause=self.pause)
        if changed:
            self.counts["pages_apart"] = changed

    def _old(self, name: str, period_us: int) -> int:
        return self.ages.old_enough(name, period_us, self.now, only_held=False)

    def _remove_damaged(self) -> None:
        """Damaged stores that lie aside: whatever could be read of them was brought over then."""
        shortest = self.periods.shortest_us
        for name in damaged_stores(self.store.directory):
            if shortest is None or not self._old(DAMAGED + name, shortest):
                continue
            self.counts["damaged_stores"] += 1
            if not self.dry:
                shutil.rmtree(self.store.directory.damaged / name, ignore_errors=True)

    def _counted(self, log_emptied: bool) -> Purged:
        counts = self.counts
        return Purged(
            contacts=counts["contacts"],
            feedback=counts["feedback"],
            plantings=counts["plantings"],
            pages_apart=counts["pages_apart"],
            damaged_stores=counts["damaged_stores"],
            log_emptied=log_emptied,
        )

    def _tell(self) -> None:
        done = self._counted(True)
        ko = (
            f"보관 기간이 지나 지웠습니다: 연락처 {done.contacts}건, 의견 {done.feedback}건, "
            f"식재 {done.plantings}건, 따로 둔 쪽 {done.pages_apart}개, "
            f"손상된 저장소 {done.damaged_stores}개."
        )
        en = (
            f"Destroyed at the end of their period: {done.contacts} contacts, {done.feedback} "
            f"feedback, {done.plantings} plantings, contents of {done.pages_apart} pages kept "
            f"apart, {done.damaged_stores} damaged stores."
        )
        with self.store.change() as connection:
            add_notice(connection, self.store.clock(), RETENTION, ko, en)


def _tails(shelf: StoreShelf) -> Vector:
    """How far everything goes that grows old here: journals, and what lies apart from them."""
    others = {DAMAGED + name: 1 for name in damaged_stores(shelf.store.directory)}
    return {**vector(shelf.store), **others, APART: newest_quarantined(shelf.store)}


def damaged_stores(directory: DataDirectory) -> list[str]:
    """The names of stores that were moved aside."""
    folder = directory.damaged
    return sorted(each.name for each in folder.iterdir()) if folder.is_dir() else []


def destroy_damaged(directory: DataDirectory, name: str) -> None:
    """Raises StorageUnavailable."""
    with calmly(directory.damaged / name):
        shutil.rmtree(directory.damaged / name)
