"""What is due: contacts, words and plantings past their period, where this store may erase."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from db.clock import DAY_US
from db.exchange.pages.store_shelf import StoreShelf
from db.exchange.pages.version_vector import vector
from db.exchange.status.outbox import own_role
from db.exchange.trust.papers import DeviceRole
from db.records.event_kinds import FEEDBACK, PLANTING, REDACTION
from db.records.feedback import Erased
from db.retention.known_ages import Ages

_WINDOW = 5_000
"""Event numbers one question looks through."""

Item = tuple[str, int, Erased]


class Periods(msgspec.Struct, frozen=True, kw_only=True):
    """Days; 0 means that time destroys nothing of this kind.

    A contact may also go some days after the first reply to its feedback: by then it was told.
    """

    contact: int = 0
    contact_after_reply: int = 0
    feedback: int = 0
    planting: int = 0

    @property
    def shortest_us(self) -> int | None:
        set_ones = [days for days in (self.contact, self.feedback, self.planting) if days]
        return min(set_ones) * DAY_US if set_ones else None


class Due:
    """Looks through the store while it is being erased from; `now` is the date it surely is."""

    def __init__(self, shelf: StoreShelf, periods: Periods, ages: Ages, now: int | None) -> None:
        self.store, self.role = shelf.store, own_role(shelf)
        self.periods, self.ages, self.now = periods, ages, now

    def items(self) -> Iterator[Item]:
        for device in vector(self.store):
            if self._may_erase(device):
                yield from self._due_of(device)
        yield from self._due_copies()
        if self.periods.contact_after_reply:
            yield from self._due_after_reply()

    def _may_erase(self, device: str) -> bool:
        if self.role is not DeviceRole.KIOSK:
            return self.role is DeviceRole.DESK
        return self.store.is_own(device)

    def _upto(self, device: str, days: int, *, only_held: bool) -> int:
        if not days:
            return 0
        return self.ages.old_enough(device, days * DAY_US, self.now, only_held=only_held)

    def _limits(self, device: str) -> tuple[int, int, int]:
        """Up to which number contacts, feedback and plantings of a device are due. Words go only
        once somebody else holds them; the erasure then follows them there. A contact goes anyway.
        """
        return (
            self._upto(device, self.periods.contact, only_held=False),
            self._upto(device, self.periods.feedback, only_held=True),
            self._upto(device, self.periods.planting, only_held=True),
        )

    def _due_of(self, device: str) -> Iterator[Item]:
        contact, feedback, planting = limits = self._limits(device)
        for after in range(0, max(limits), _WINDOW):
            rows = self.store.rows(
                "SELECT seq, kind, body IS NOT NULL, sealed IS NOT NULL FROM event"
                " WHERE device = ? AND seq > ? AND seq <= ? AND kind <> ?"
                " AND (body IS NOT NULL OR sealed IS NOT NULL) ORDER BY seq",
                (device, after, min(after + _WINDOW, max(limits)), REDACTION),
            )
            for seq, kind, has_body, has_sealed in rows:
                limit = {FEEDBACK: feedback, PLANTING: planting}.get(kind, 0)
                what = _what(bool(has_body) and seq <= limit, bool(has_sealed) and seq <= contact)
                if what is not None:
                    yield device, seq, what

    def _due_copies(self) -> Iterator[Item]:
        """What was written again under a new name is as old as what it was written from."""
        for table in ("feedback", "planting"):
            rows = self.store.rows(
                "SELECT f.device, f.seq, f.salvaged_from, e.sealed IS NOT NULL"
                f" FROM {table} f JOIN event e ON e.device = f.device AND e.seq = f.seq"
                " WHERE f.salvaged_from IS NOT NULL"
            )
            for device, seq, source, has_sealed in rows:
                origin, _slash, number = source.partition("/")
                contact, feedback, planting = self._limits(origin)
                limit = feedback if table == "feedback" else planting
                what = _what(int(number) <= limit, bool(has_sealed) and int(number) <= contact)
                if what is not None and self._may_erase(device):
                    yield device, seq, what

    def _due_after_reply(self) -> Iterator[Item]:
        rows = self.store.rows(
            "SELECT f.device, f.seq, p.device, p.seq FROM feedback f"
            " JOIN reply p ON p.feedback = f.id WHERE f.has_contact = 1"
        )
        for device, seq, desk, number in rows:
            due = self._upto(desk, self.periods.contact_after_reply, only_held=False)
            if number <= due and self._may_erase(device):
                yield device, seq, Erased.CONTACT


def _what(body: bool, contact: bool) -> Erased | None:
    if body and contact:
        return Erased.BOTH
    return Erased.BODY if body else Erased.CONTACT if contact else None
