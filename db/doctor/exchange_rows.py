"""Rows beside the journal that exchange remembers: words of others, files, pages kept apart."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from db.doctor.rotten import Rotten, is_text, said_again, taken_out, written_right
from db.exchange.carriers.folder_own import is_memory_of_file
from db.exchange.pages.store_shelf import StoreShelf
from db.exchange.pages.why_apart import KNOWN, KeptApart, reason_again
from db.exchange.status.acknowledgements import kept_word
from db.exchange.trust.papers import ACKNOWLEDGEMENT, Signed, holds
from db.keys.device import device_bytes
from db.refusals import Refused
from db.store.page import read_page

_CARRIERS, _ACTS = ("bundle", "folder", "hub"), ("read", "sync", "write")


def words(shelf: StoreShelf) -> Iterator[Rotten]:
    """A word is what its device signed, and its row repeats what it says."""
    known = shelf.store.rows("SELECT device, public_key FROM device")
    keys = {str(device): bytes(key) for device, key in known}
    keys |= {
        device: bytes.fromhex(each.public_key) for device, each in shelf.trust.certificates.items()
    }
    for rowid, device, number, at_us, text, signature in shelf.store.rows(
        "SELECT rowid, device, number, at_us, text, signature FROM acknowledgement ORDER BY device"
    ):
        where = f"acknowledgement/{device}"
        out = said_again(where, ("DELETE FROM acknowledgement WHERE rowid = ?", (rowid,)))
        word = kept_word(device, text)
        if word is None:
            yield out
            continue
        key = keys.get(device)
        if key is None:
            # Of a city that this device has left: nothing here can tell, and nothing counts it.
            continue
        if not holds(key, ACKNOWLEDGEMENT, Signed(text, signature)):
            yield out
        elif (number, at_us) != (word.number, word.at_us):
            yield written_right(
                where,
                (
                    "UPDATE acknowledgement SET number = ?, at_us = ? WHERE rowid = ?",
                    (word.number, word.at_us, rowid),
                ),
            )


def sent(shelf: StoreShelf) -> Iterator[Rotten]:
    """Nothing was sent that is not here, but for what the city or this device took back."""
    for rowid, device, seq in shelf.store.rows("SELECT rowid, device, seq FROM sent"):
        taken_back = shelf.trust.revocation(device) is not None or (
            shelf.store.is_own(device) and device != shelf.store.device
        )
        far = seq > shelf.tail(device) and not taken_back
        if far or seq < 0 or not _is_device(device):
            yield said_again(f"sent/{device}", ("DELETE FROM sent WHERE rowid = ?", (rowid,)))


def attempts(shelf: StoreShelf) -> Iterator[Rotten]:
    for number, carrier, act, least, *written in shelf.store.rows(
        "SELECT number, carrier, act, min(new, known, rejected), CAST(place AS BLOB),"
        " CAST(cause AS BLOB), CAST(ko AS BLOB), CAST(en AS BLOB) FROM exchange"
    ):
        sound = carrier in _CARRIERS and act in _ACTS and least >= 0
        if not sound or not all(map(is_text, written)):
            yield taken_out(
                f"exchange/{number}", ("DELETE FROM exchange WHERE number = ?", (number,))
            )


def files(shelf: StoreShelf) -> Iterator[Rotten]:
    """What is remembered of a file in the folder: it is looked at again where that rotted."""
    for rowid, name, own, size, about in shelf.store.rows(
        "SELECT rowid, name, own, size, vector FROM folder_file"
    ):
        if size < 0 or not is_memory_of_file(shelf, name, bool(own), about):
            yield said_again(
                f"folder_file/{name}", ("DELETE FROM folder_file WHERE rowid = ?", (rowid,))
            )


def pages_apart(shelf: StoreShelf) -> Iterator[Rotten]:
    """A page kept apart can be read, and its row says what it is."""
    for number, device, first, last, reason, place, digest, data in shelf.store.rows(
        "SELECT number, device, first, last, reason, place, length(digest), page FROM set_aside"
    ):
        where = f"set_aside/{number}"
        if reason not in KNOWN:
            right = reason_again(shelf, KeptApart(number, device, first, last, reason, place))
            yield written_right(
                where, ("UPDATE set_aside SET reason = ? WHERE number = ?", (right, number))
            )
        if digest != 32:
            yield taken_out(where, ("DELETE FROM set_aside WHERE number = ?", (number,)))
        if not data:
            continue
        page = None
        with suppress(Refused):
            page = read_page(bytes(data), place)
        if page is None:
            yield Rotten(
                where,
                "읽을 수 없는 쪽입니다. 살펴보고 버리세요",
                "the page cannot be read; look at it and discard it",
            )
        elif (device, first, last) != (page.device, page.first, page.last):
            yield written_right(
                where,
                (
                    "UPDATE set_aside SET device = ?, first = ?, last = ? WHERE number = ?",
                    (page.device, page.first, page.last, number),
                ),
            )


def _is_device(name: str) -> bool:
    try:
        device_bytes(name)
    except ValueError:
        return False
    return True
