"""Erasing before time, because the person concerned wishes it: everywhere, with who and why."""

from __future__ import annotations

import re

import msgspec

from db.exchange.pages.store_shelf import StoreShelf
from db.exchange.status.outbox import own_role
from db.exchange.trust.papers import DeviceRole
from db.privacy.personal_data import refuse_registration_numbers
from db.problems import InputRefused
from db.records.event_kinds import NEVER_ERASED, REDACTION
from db.records.feedback import Erased, RedactionBody
from db.store.journal import append
from db.store.quarantine import pages_naming, strip_quarantine
from db.store.store import Store, empty_log_of
from db.text import official_name


class ErasedNow(msgspec.Struct, frozen=True, kw_only=True):
    """What was erased, as device/seq; copies that salvage made are among them."""

    events: tuple[str, ...]
    what: Erased
    pages_apart: int
    log_emptied: bool


def erase_named(shelf: StoreShelf, named: str, what: Erased, reason: str) -> ErasedNow:
    """Erases one event (device/seq), or everything with one id (32 hexadecimal digits).

    The reason is kept for good and travels; it must not repeat what is erased. Raises
    InputRefused, StorageUnavailable.
    """
    store = shelf.store
    words = official_name(reason, "reason", 200)
    reason = words
    refuse_registration_numbers(reason, "reason")
    found = _events(store, named)
    foreign = [device for device, _seq in found if device != store.device]
    if foreign and own_role(shelf) is not DeviceRole.DESK:
        raise InputRefused(
            "event",
            f"기기 {foreign[0]}의 기록은 검토대에서 지우세요. 이 기기는 제 기록만 지웁니다.",
            f"erase what {foreign[0]} wrote on a desk; this device may erase its own events alone.",
        )
    before = pages_naming(store, found)
    with store.change() as connection:
        for device, seq in found:
            target = f"{device}/{seq}"
            body = RedactionBody(target=target, what=what, reason=reason)
            append(store, connection, REDACTION, target, body)
    strip_quarantine(store)
    after = pages_naming(store, found)
    empty_log_of(store.connection)
    return ErasedNow(
        events=tuple(f"{device}/{seq}" for device, seq in found),
        what=what,
        pages_apart=sum(after[number] != page for number, page in before.items()),
        log_emptied=store.log_is_empty,
    )


def _events(store: Store, named: str) -> list[tuple[str, int]]:
    kept = f"kind NOT IN ({', '.join('?' * len(NEVER_ERASED))})"
    event = re.fullmatch(r"([a-z2-7]{26})/([1-9]\d{0,17})", named)
    if event:
        rows = store.rows(
            f"SELECT device, seq FROM event WHERE device = ? AND seq = ? AND {kept}",
            (event[1], int(event[2]), *NEVER_ERASED),
        )
    elif re.fullmatch(r"[0-9a-f]{32}", named):
        rows = store.rows(
            f"SELECT device, seq FROM event WHERE id = ? AND {kept} ORDER BY device, seq",
            (bytes.fromhex(named), *NEVER_ERASED),
        )
    else:
        rows = []
    if not rows:
        raise InputRefused(
            "event",
            f"'{named[:64]}'(이)라는 기록이 없습니다. 'cheonman feedback list'의 id나 "
            "기기/번호를 적으세요.",
            f"there is no event '{named[:64]}'; give an id from 'cheonman feedback list' or "
            "device/number.",
        )
    return [(str(device), int(seq)) for device, seq in rows]
