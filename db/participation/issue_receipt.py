"""Receipts 접수번호 as a store gives them: no code twice, and the same one for the same draft."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import Generic, NamedTuple, TypeVar

import msgspec

from db.clock import is_suspect, uuid7
from db.receipts.code import (
    CODES,
    SHORT_CODES,
    code_number,
    code_of,
    draw_token,
    receipt_key,
    token_text,
)
from db.store.events import Event
from db.store.store import Store

_ATTEMPTS = 8
_SECRET = secrets.token_bytes(32)
"""What tokens follow from. It lives as long as the process, which is as long as a draft does, and
is never written: whoever copies a kiosk's disk or backup opens no reply with it.
"""
MOST_FOUND = 8
"""One receipt leads to one thing; where others share it, nobody chooses from more, and it is said.
"""
SAFE_SHARE = 100_000
"""A number alone opens what is not public only while fewer than one guess in so many would hit."""


T = TypeVar("T")


class Found(NamedTuple, Generic[T]):
    """What one receipt leads to, `MOST_FOUND` of it at most; `more` says that some was left out."""

    these: tuple[T, ...]
    more: bool = False


def at_most(found: Sequence[T]) -> Found[T]:
    return Found(tuple(found[:MOST_FOUND]), len(found) > MOST_FOUND)


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
    """The receipt of a draft, inside a `change`. Its code is one that nobody else here holds, as
    far as a few attempts find one: an opinion is stored also when every code is taken, and a
    shared one asks the resident which it was.
    """
    for attempt in range(_ATTEMPTS):
        token = draw_token(_SECRET, draft, attempt)
        key = receipt_key(token)
        holder = store.connection.execute(
            "SELECT id FROM feedback WHERE code = ?1"
            " UNION ALL SELECT id FROM planting WHERE code = ?1 LIMIT 1",
            (code_number(key),),
        ).fetchone()
        if holder is None or holder[0] == draft:
            return Drawn(token, key, code_of(key), held=holder is not None)
    return Drawn(token, key, code_of(key), held=False)


def is_guessable(store: Store, number: int) -> bool:
    """Whether so many receipts are known here that guessing numbers like this one might pay.

    `number` as `code_number` gives it; short and long codes are counted apart.
    """
    short = number < SHORT_CODES
    first, codes = (0, SHORT_CODES) if short else (SHORT_CODES, CODES)
    most = codes // SAFE_SHARE
    held = store.row(
        "SELECT count(*) FROM (SELECT 1 FROM feedback WHERE code BETWEEN ?1 AND ?2"
        " UNION ALL SELECT 1 FROM planting WHERE code BETWEEN ?1 AND ?2 LIMIT ?3)",
        (first, first + codes - 1, most + 1),
    )
    return held is not None and int(held[0]) > most


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
