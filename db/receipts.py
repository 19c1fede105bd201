"""Receipts 접수번호 as a store gives them: no code twice, and the same one for the same draft."""

from __future__ import annotations

from typing import NamedTuple

import msgspec

from db.clock import is_suspect, uuid7
from db.events import Event
from db.receipt_code import code_number, code_of, draw_token, receipt_key, token_text
from db.store import Store

_ATTEMPTS = 64


class Receipt(msgspec.Struct, frozen=True, kw_only=True):
    """Proof of a stored feedback or planting; it exists only after the commit is on disk.

    `code` is spoken and written down; `token` goes into the QR alone and is kept nowhere.
    """

    code: str
    token: str
    id: str
    device: str
    seq: int
    at_us: int
    clock_suspect: bool


class Drawn(NamedTuple):
    """Token and receipt key of 16 bytes each, their code, and whether this draft holds it."""

    token: bytes
    key: bytes
    code: str
    held: bool


def new_draft(store: Store) -> bytes:
    """A name for one filling of a form, 16 bytes."""
    return uuid7(store.clock())


def draw_receipt(store: Store, draft: bytes) -> Drawn:
    """The receipt of a draft, whose code nobody else here holds; inside a `change`."""
    secret = store.keys.receipt_secret
    for attempt in range(_ATTEMPTS):
        token = draw_token(secret, draft, attempt)
        key = receipt_key(token)
        holder = store.connection.execute(
            "SELECT id FROM feedback WHERE code = ?1"
            " UNION ALL SELECT id FROM planting WHERE code = ?1 LIMIT 1",
            (code_number(key),),
        ).fetchone()
        if holder is None or holder[0] == draft:
            return Drawn(token, key, code_of(key), held=holder is not None)
    raise RuntimeError("no free receipt code")


def receipt_for(drawn: Drawn, event: Event) -> Receipt:
    """The receipt of a committed event."""
    return Receipt(
        code=drawn.code,
        token=token_text(drawn.token),
        id=event.id.hex(),
        device=event.device,
        seq=event.seq,
        at_us=event.at_us,
        clock_suspect=is_suspect(event.at_us),
    )
