"""Acknowledgements 확인서: a device's signed word on how far it holds every journal.

An event counts as confirmed when another device of the city said, signed, that it holds it, by
number and link. Until then it may be sent but is not confirmed, and stays in the outbox.

A word agrees with this store where this store has that number and the link is the same, and
nowhere else: of a number alone anybody can speak. Where a word goes further than this store, what
an earlier word of the same signer agreed to goes on counting, and is compared anew each time. What
others say of this very device's journal changes nothing here; people are told.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

import msgspec

from db.exchange.pages.exporting import WrittenPage, page_holding
from db.exchange.pages.store_shelf import StoreShelf
from db.exchange.pages.version_vector import links, vector
from db.exchange.trust.papers import (
    ACKNOWLEDGEMENT,
    MOST_DEVICES,
    Device,
    DeviceRole,
    Hex32,
    Micros,
    Number,
    Signed,
    holds,
    opened,
    parsed,
    sign,
)
from db.store.lacking import MOST_LACKING, lacking
from db.store.notices import add_notice_once
from db.store.store import Store, put_meta

NUMBER = "acknowledgement"
EARLIER = "agreed/"
"""Meta keys: the number of this store's last word, and followed by a device what its earlier word
agreed to.
"""

Holds = dict[Device, tuple[Number, Hex32]]


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
    holds: Annotated[Holds, msgspec.Meta(max_length=2 * MOST_DEVICES)]
    lacks: Lacks = {}


def own_acknowledgement(shelf: StoreShelf) -> Signed:
    """This store's word on what it holds now; a new one only where something changed."""
    store = shelf.store
    reaches = {device: (seq, link.hex()) for device, (seq, link) in links(store).items()}
    lacks = by_device(lacking(store))
    held = store.row(
        "SELECT text, signature FROM acknowledgement WHERE device = ?", (store.device,)
    )
    if held is not None:
        last, said = kept_word(store.device, held[0]), Signed(held[0], held[1])
        same = last is not None and last.holds == reaches and last.lacks == lacks
        if same and holds(store.keys.public, ACKNOWLEDGEMENT, said):
            return said
    number = _last_number(store) + 1
    made = Acknowledgement(
        device=store.device, number=number, at_us=store.clock(), holds=reaches, lacks=lacks
    )
    signed = sign(store.keys.signing, ACKNOWLEDGEMENT, made)
    with store.change() as connection:
        put_meta(connection, NUMBER, str(number))
        _keep(shelf, made, signed)
    return signed


def _last_number(store: Store) -> int:
    """The number of this store's last word. Where it rotted the clock stands in, far beyond any
    count: a number only has to rise.
    """
    if store.meta(NUMBER) is None:
        return 0
    kept = store.meta_number(NUMBER)
    return store.clock() if kept is None else kept


def by_device(places: Iterable[tuple[str, int]]) -> dict[str, tuple[int, ...]]:
    """Places as a word names them."""
    named: dict[str, tuple[int, ...]] = {}
    for device, seq in sorted(places):
        named[device] = (*named.get(device, ()), seq)
    return named


def can_give(shelf: StoreShelf, asked: Iterable[Acknowledgement]) -> list[WrittenPage]:
    """Pages with contents that somebody lost and this store has, each once."""
    places = {
        (device, seq) for word in asked for device, lost in word.lacks.items() for seq in lost
    }
    pages = [page_holding(shelf.store, device, seq) for device, seq in sorted(places)]
    given: list[WrittenPage] = []
    for page in pages:
        if page is not None and not (given and _is_in(page, given[-1])):
            given.append(page)
    return given[:MOST_LACKING]


def _is_in(page: WrittenPage, other: WrittenPage) -> bool:
    return page.device == other.device and page.last <= other.last


def take_acknowledgement(shelf: StoreShelf, signed: Signed, place: str) -> DeviceRole | None:
    """Keeps a newer word of a device whose word counts; returns its role, None when it is old
    or this store's own. Raises Refused.
    """
    claimed = parsed(signed.text.encode(), Acknowledgement, place)
    if claimed.device == shelf.store.device:
        _take_own(shelf, claimed, signed, place)
        return None
    # Most words are old ones, and an old one need not be true to be passed over.
    row = shelf.store.row("SELECT text FROM acknowledgement WHERE device = ?", (claimed.device,))
    held = kept_word(claimed.device, row[0]) if row is not None else None
    if held is not None and held.number >= claimed.number:
        return None
    certificate = shelf.trust.certificate(claimed.device, place)
    key = bytes.fromhex(certificate.public_key)
    word = opened(key, ACKNOWLEDGEMENT, signed, Acknowledgement, place)
    if not shelf.trust.is_live(word.device):
        # It no longer counts; others who have not heard of that yet carry it along in good faith.
        return None
    with shelf.store.change():
        if held is not None:
            _remember_agreed(shelf, held, word)
        _keep(shelf, word, signed)
        if _claims_more(shelf, word):
            _tell_of_claim(shelf, certificate.name, word.device)
    return certificate.role


def _take_own(shelf: StoreShelf, word: Acknowledgement, signed: Signed, place: str) -> None:
    """This device's own word comes back. One that this store cannot have given is a proof that
    its store was restored or copied; its next one counts on from the last.
    """
    device = shelf.store.device
    ours, theirs = _last_number(shelf.store), word.holds.get(device)
    strange = theirs is not None and not _is_ours(shelf, device, *theirs)
    if not strange and word.number <= ours:
        return
    opened(shelf.store.keys.public, ACKNOWLEDGEMENT, signed, Acknowledgement, place)
    with shelf.store.change() as connection:
        put_meta(connection, NUMBER, str(max(word.number, ours)))
        if theirs is not None:
            shelf.signed_link(device, *theirs)


def _claims_more(shelf: StoreShelf, word: Acknowledgement) -> bool:
    device = shelf.store.device
    return word.holds.get(device, (0, ""))[0] > shelf.tail(device)


def _tell_of_claim(shelf: StoreShelf, name: str, signer: str) -> None:
    add_notice_once(
        shelf.store.connection,
        shelf.store.clock(),
        "foreign-claim",
        f"{name}({signer})이(가) 이 기기가 쓰지 않은 이 기기의 기록을 가졌다고 합니다. 이 기기의 "
        "저장소를 되돌렸거나 복제하지 않았다면 그 기기를 살피세요. 이 기기는 그대로 씁니다.",
        f"{name} ({signer}) says that it holds events of this device which this device never "
        "wrote. Unless this store was restored or copied, look at that device; nothing changed "
        "here.",
    )


def _remember_agreed(shelf: StoreShelf, before: Acknowledgement, after: Acknowledgement) -> None:
    """Where the newer word goes further than this store, what the older one agreed to is kept."""
    tails, earlier = vector(shelf.store), _earlier(shelf, after.device)
    kept: Holds = {}
    for device, (seq, _link) in after.holds.items():
        if not 0 < tails.get(device, 0) < seq:
            continue
        for known in (before.holds.get(device), earlier.get(device)):
            # Whoever holds less than it did has lost something, and says so.
            if known is not None and known[0] <= seq and _is_ours(shelf, device, *known):
                kept[device] = known
                break
    if kept != earlier:
        text = msgspec.json.encode(kept).decode()
        put_meta(shelf.store.connection, f"{EARLIER}{after.device}", text)


def _earlier(shelf: StoreShelf, signer: str) -> Holds:
    text = shelf.store.meta(f"{EARLIER}{signer}")
    try:
        return msgspec.json.decode(text, type=Holds) if text else {}
    except (msgspec.DecodeError, UnicodeError):
        # It rotted: what it agreed to counts again once its device says more.
        return {}


def _is_ours(shelf: StoreShelf, device: str, seq: int, link: str) -> bool:
    ours = shelf.link(device, seq)
    return ours is not None and ours.hex() == link


def _keep(shelf: StoreShelf, word: Acknowledgement, signed: Signed) -> None:
    shelf.store.connection.execute(
        "INSERT INTO acknowledgement(device, number, at_us, text, signature) VALUES(?,?,?,?,?)"
        " ON CONFLICT(device) DO UPDATE SET number = excluded.number, at_us = excluded.at_us,"
        " text = excluded.text, signature = excluded.signature",
        (word.device, word.number, word.at_us, signed.text, signed.signature),
    )


def kept_word(device: str, text: str) -> Acknowledgement | None:
    """A device's word as it was kept; None for one that rotted: its device says it again."""
    try:
        word = msgspec.json.decode(text, type=Acknowledgement)
    except (msgspec.DecodeError, UnicodeError):
        return None
    return word if word.device == device else None


def words(shelf: StoreShelf) -> list[Acknowledgement]:
    """The newest word of every other device whose word counts, by the device's name. What this
    one said under an earlier name of its own is nobody else's word.
    """
    rows = shelf.store.rows("SELECT device, text FROM acknowledgement ORDER BY device")
    return [
        word
        for device, text in rows
        if shelf.trust.is_live(device) and not shelf.store.is_own(device)
        if (word := kept_word(device, text)) is not None
    ]


def signed_words(shelf: StoreShelf) -> list[Signed]:
    """Every word that may still count, to be carried on; this store's own last."""
    own = own_acknowledgement(shelf)
    rows = shelf.store.rows("SELECT device, text, signature FROM acknowledgement ORDER BY device")
    others = [
        Signed(text, signature)
        for device, text, signature in rows
        if device != shelf.store.device and shelf.trust.revocation(device) is None
        if kept_word(device, text) is not None
        if _is_said(shelf, device, Signed(text, signature))
    ]
    return [*others, own]


def _is_said(shelf: StoreShelf, device: str, signed: Signed) -> bool:
    """False for a word that rotted here: nobody would take it, and everybody would name it."""
    certificate = shelf.trust.certificates.get(device)
    if certificate is None:
        return True
    return holds(bytes.fromhex(certificate.public_key), ACKNOWLEDGEMENT, signed)


def agreed(shelf: StoreShelf, word: Acknowledgement) -> dict[str, int]:
    """How far a device's word covers this very journal; a fork of it confirms nothing."""
    covered: dict[str, int] = {}
    earlier = _earlier(shelf, word.device)
    for device, (seq, link) in word.holds.items():
        ours = shelf.link(device, seq)
        if ours is None and device in earlier:
            seq, link = earlier[device]
            ours = shelf.link(device, seq)
        if ours is not None and ours.hex() == link:
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


def claims(shelf: StoreShelf) -> list[tuple[str, int]]:
    """(signer, number) where somebody says it holds more of this device than was ever written."""
    device = shelf.store.device
    return [
        (word.device, word.holds[device][0]) for word in words(shelf) if _claims_more(shelf, word)
    ]
