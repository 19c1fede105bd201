"""Acknowledgements 확인서: a device's signed word on how far it holds every journal.

An event counts as confirmed when another device of the city said, signed, that it holds it, by
number and link. Until then it may be sent but is not confirmed, and stays in the outbox.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

import msgspec

from db.exchange.exporting import Written, page_holding
from db.exchange.papers import (
    ACKNOWLEDGEMENT,
    MOST_DEVICES,
    Device,
    Hex32,
    Micros,
    Number,
    Role,
    Signed,
    opened,
    parsed,
    sign,
)
from db.exchange.shelf import StoreShelf
from db.exchange.vector import links
from db.lacking import MOST_LACKING, lacking
from db.store import put_meta

_NUMBER = "acknowledgement"


Lacks = Annotated[
    dict[Device, Annotated[tuple[Number, ...], msgspec.Meta(max_length=MOST_LACKING)]],
    msgspec.Meta(max_length=MOST_LACKING),
]


class Acknowledgement(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`holds` is (last number, link) of each device. The highest number of a signer counts.

    `lacks` are numbers among them whose contents the signer lost and asks for.
    """

    device: Device
    number: Number
    at_us: Micros
    holds: Annotated[dict[Device, tuple[Number, Hex32]], msgspec.Meta(max_length=2 * MOST_DEVICES)]
    lacks: Lacks = {}


def own_acknowledgement(shelf: StoreShelf) -> Signed:
    """This store's word on what it holds now; a new one only where something changed."""
    store = shelf.store
    holds = {device: (seq, link.hex()) for device, (seq, link) in links(store).items()}
    lacks = by_device(lacking(store))
    held = store.row(
        "SELECT text, signature FROM acknowledgement WHERE device = ?", (store.device,)
    )
    if held is not None:
        last = msgspec.json.decode(held[0], type=Acknowledgement)
        if last.holds == holds and last.lacks == lacks:
            return Signed(held[0], held[1])
    number = int(store.meta(_NUMBER) or 0) + 1
    made = Acknowledgement(
        device=store.device, number=number, at_us=store.clock(), holds=holds, lacks=lacks
    )
    signed = sign(store.keys.signing, ACKNOWLEDGEMENT, made)
    with store.change() as connection:
        put_meta(connection, _NUMBER, str(number))
        _keep(shelf, made, signed)
    return signed


def by_device(places: Iterable[tuple[str, int]]) -> dict[str, tuple[int, ...]]:
    """Places as a word names them."""
    named: dict[str, tuple[int, ...]] = {}
    for device, seq in sorted(places):
        named[device] = (*named.get(device, ()), seq)
    return named


def can_give(shelf: StoreShelf, asked: Iterable[Acknowledgement]) -> list[Written]:
    """Pages with contents that somebody lost and this store has, each once."""
    places = {
        (device, seq) for word in asked for device, lost in word.lacks.items() for seq in lost
    }
    pages = [page_holding(shelf.store, device, seq) for device, seq in sorted(places)]
    given: list[Written] = []
    for page in pages:
        if page is not None and not (given and _is_in(page, given[-1])):
            given.append(page)
    return given[:MOST_LACKING]


def _is_in(page: Written, other: Written) -> bool:
    return page.device == other.device and page.last <= other.last


def take_acknowledgement(shelf: StoreShelf, signed: Signed, place: str) -> Role | None:
    """Keeps a newer word of a device whose word counts; returns its role, None when it is old
    or this store's own. Raises Refused.
    """
    claimed = parsed(signed.text.encode(), Acknowledgement, place)
    if claimed.device == shelf.store.device:
        return None
    # Most words are old ones, and an old one need not be true to be passed over.
    held = shelf.store.row("SELECT number FROM acknowledgement WHERE device = ?", (claimed.device,))
    if held is not None and held[0] >= claimed.number:
        return None
    certificate = shelf.trust.certificate(claimed.device, place)
    key = bytes.fromhex(certificate.public_key)
    word = opened(key, ACKNOWLEDGEMENT, signed, Acknowledgement, place)
    if shelf.trust.revocation(word.device):
        # It no longer counts; others who have not heard of that yet carry it along in good faith.
        return None
    with shelf.store.change():
        _keep(shelf, word, signed)
        own = word.holds.get(shelf.store.device)
        if own and own[0] > shelf.tail(shelf.store.device):
            shelf.outgrown(shelf.store.device)
    return certificate.role


def _keep(shelf: StoreShelf, word: Acknowledgement, signed: Signed) -> None:
    shelf.store.connection.execute(
        "INSERT INTO acknowledgement(device, number, at_us, text, signature) VALUES(?,?,?,?,?)"
        " ON CONFLICT(device) DO UPDATE SET number = excluded.number, at_us = excluded.at_us,"
        " text = excluded.text, signature = excluded.signature",
        (word.device, word.number, word.at_us, signed.text, signed.signature),
    )


def words(shelf: StoreShelf) -> list[Acknowledgement]:
    """The newest word of every other device whose word counts, by the device's name."""
    rows = shelf.store.rows("SELECT device, text FROM acknowledgement ORDER BY device")
    return [
        msgspec.json.decode(text, type=Acknowledgement)
        for device, text in rows
        if device != shelf.store.device and shelf.trust.is_live(device)
    ]


def signed_words(shelf: StoreShelf) -> list[Signed]:
    """Every word that may still count, to be carried on; this store's own last."""
    own = own_acknowledgement(shelf)
    rows = shelf.store.rows("SELECT device, text, signature FROM acknowledgement ORDER BY device")
    others = [
        Signed(text, signature)
        for device, text, signature in rows
        if device != shelf.store.device and shelf.trust.revocation(device) is None
    ]
    return [*others, own]


def agreed(shelf: StoreShelf, word: Acknowledgement) -> dict[str, int]:
    """How far a device's word covers this very journal; a fork of it confirms nothing."""
    covered: dict[str, int] = {}
    for device, (seq, link) in word.holds.items():
        ours = shelf.link(device, seq)
        if ours is None or ours.hex() == link:
            covered[device] = seq
    return covered


def disagreements(shelf: StoreShelf) -> list[tuple[str, str, int]]:
    """(signer, device, number) where somebody's journal of a device differs from ours: a fork
    that was seen before any page of it came.
    """
    return [
        (word.device, device, seq)
        for word in words(shelf)
        for device, (seq, link) in word.holds.items()
        if (ours := shelf.link(device, seq)) is not None and ours.hex() != link
    ]
