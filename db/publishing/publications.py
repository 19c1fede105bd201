"""Publications 발행: what desks say to every kiosk, read straight from the journal.

There is no table of them: they are few, and what stands follows from the events alone. Only what
a desk signed counts, asked anew at each reading: an event may lie in the journal of a kiosk that
somebody has tampered with.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from typing import Generic, TypeVar

import msgspec

from db.clock import in_seoul
from db.exchange.trust.papers import DeviceRole
from db.exchange.trust.trust import load_trust
from db.problems import InputRefused
from db.records.event_kinds import ANNOUNCEMENT, PACK, WITHDRAWAL
from db.records.feedback import Body
from db.records.publication import AnnouncementBody, PackBody, WithdrawalBody
from db.store.journal import append, bodies
from db.store.sound import READ
from db.store.store import Store

_Body = TypeVar("_Body", bound=Body)


class DeskEvent(msgspec.Struct, Generic[_Body], frozen=True):
    """One event of a desk with its body. `device` and `seq` are where it stands, `origin` where
    it stood first: a desk that lost its store writes again what could be saved."""

    id: str
    device: str
    seq: int
    at_us: int
    body: _Body

    @property
    def origin(self) -> tuple[str, int]:
        device, _slash, seq = (self.body.salvaged_from or f"{self.device}/{self.seq}").partition(
            "/"
        )
        return device, int(seq)


def desks_of(store: Store) -> frozenset[str]:
    """Every device that the city ever certified as a desk. A revoked one is among them: what it
    signed before that still counts, and nothing later is in the journal. Raises Refused."""
    certificates = load_trust(store.directory, store.clock).certificates
    return frozenset(
        d for d, certificate in certificates.items() if certificate.role is DeviceRole.DESK
    )


def published(
    store: Store, kind: str, record: type[_Body], desks: Collection[str]
) -> tuple[DeskEvent[_Body], ...]:
    """All of one kind that can be read, each id once, in the order of (device, seq)."""
    found: dict[str, DeskEvent[_Body]] = {}
    for each in sorted(
        _all(store, kind, record, desks),
        key=lambda each: (each.body.salvaged_from is not None, each.device, each.seq),
    ):
        found.setdefault(each.id, each)
    return tuple(sorted(found.values(), key=lambda each: each.origin))


def _all(
    store: Store, kind: str, record: type[_Body], desks: Collection[str]
) -> Iterator[DeskEvent[_Body]]:
    for device in desks:
        rows = store.rows(
            f"SELECT {READ} FROM event e WHERE e.device = ? AND e.kind = ? ORDER BY e.seq",
            (device, kind),
        )
        for event, body in bodies(store, rows, kind, record):
            yield DeskEvent(event.id.hex(), device, event.seq, event.at_us, body)


def withdrawn(store: Store, desks: Collection[str]) -> frozenset[str]:
    """The ids that any desk took back."""
    return frozenset(
        each.body.target for each in published(store, WITHDRAWAL, WithdrawalBody, desks)
    )


def withdraw(store: Store, id: str, desks: Collection[str]) -> None:
    """Takes a pack or an announcement back, everywhere; what stood before stands again.

    Raises InputRefused when there is none, StorageUnavailable.
    """
    standing = {
        each.id
        for kind, record in ((PACK, PackBody), (ANNOUNCEMENT, AnnouncementBody))
        for each in published(store, kind, record, desks)
    } - withdrawn(store, desks)
    if id not in standing:
        raise InputRefused(
            "id",
            f"'{id[:64]}'(이)라는 자료집이나 공지가 없습니다. 'cheonman publish list'로 "
            "확인하세요.",
            f"there is no pack or announcement '{id[:64]}'; see 'cheonman publish list'.",
        )
    with store.change() as connection:
        append(store, connection, WITHDRAWAL, f"publication/{id}", WithdrawalBody(target=id))


def day(at_us: int) -> date | None:
    """The day in Jeonju; None where the clock cannot have been right."""
    at = in_seoul(at_us)
    return at.date() if at else None
