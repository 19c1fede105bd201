"""What a visit to the hub asks of the store: short pieces of work on the store's thread, so that
whoever saves meanwhile waits for one of them at most.
"""

from __future__ import annotations

import msgspec

from db.exchange.carriers.bundle_reading import Reading
from db.exchange.enrolment.accepting import accept_papers
from db.exchange.hub_messages import LARGEST_WORDS, Words
from db.exchange.pages.exporting import WrittenPage, export_pages
from db.exchange.pages.importing import Outcome, take_read_page
from db.exchange.pages.store_shelf import StoreShelf
from db.exchange.pages.version_vector import vector
from db.exchange.status.acknowledgements import (
    Acknowledgement,
    own_acknowledgement,
    signed_words,
    take_acknowledgement,
)
from db.exchange.status.log import LAST_EXCHANGE, note
from db.exchange.status.outbox import mark_sent
from db.exchange.trust.papers import (
    ACKNOWLEDGEMENT,
    DeviceRole,
    Papers,
    Signed,
    opened,
    parsed,
)
from db.problems import Problem
from db.refusals import Reason, Refused
from db.store.page import Page, read_page, whose_page


def agree(shelf: StoreShelf, theirs: Papers, place: str) -> Papers | None:
    """Takes over what is newer; what the hub lacks, or None. Raises Refused."""
    accept_papers(shelf, theirs, place)
    if shelf.trust.revocation(shelf.store.device) or not shelf.trust.signed_certificate(
        shelf.store.device
    ):
        # These very papers took this device its name.
        raise Refused(Reason.NOT_ENROLLED, shelf.store.device)
    ours = shelf.trust.papers()
    assert ours is not None
    known = {signed.signature for signed in theirs.certificates}
    news = tuple(each for each in ours.certificates if each.signature not in known)
    if not news and ours.list == theirs.list:
        return None
    return msgspec.structs.replace(ours, certificates=news)


def hear(
    shelf: StoreShelf, signed: Signed, place: str
) -> tuple[Acknowledgement, DeviceRole | None]:
    """The word of a hub, whatever its number: a hub that lost something says so with an older
    one. Only a newer one is kept, and counts. Raises Refused.
    """
    claimed = parsed(signed.text.encode(), Acknowledgement, place)
    certificate = shelf.trust.certificate(claimed.device, place)
    if certificate.role is not DeviceRole.HUB or not shelf.trust.is_live(claimed.device):
        raise Refused(Reason.ROLE, place, claimed.device)
    key = bytes.fromhex(certificate.public_key)
    word = opened(key, ACKNOWLEDGEMENT, signed, Acknowledgement, place)
    return word, take_acknowledgement(shelf, signed, place)


def lacking_at_the_hub(shelf: StoreShelf, word: Acknowledgement) -> dict[str, tuple[int, int]]:
    """Ranges (after, upto) the hub lacks. Where its journal forks from ours, the one event that
    shows it.
    """
    found: dict[str, tuple[int, int]] = {}
    for device, last in vector(shelf.store).items():
        seq, link = word.holds.get(device, (0, ""))
        ours = shelf.link(device, seq) if seq else None
        forked = ours is not None and ours.hex() != link
        if forked:
            found[device] = (seq - 1, seq)
        elif last > seq:
            found[device] = (seq, last)
    return found


def difference(shelf: StoreShelf, word: Acknowledgement) -> int:
    """How many events the hub lacks and how many are lacking here, by its own word."""
    lacking = sum(upto - after for after, upto in lacking_at_the_hub(shelf, word).values())
    known = vector(shelf.store)
    return lacking + sum(
        max(0, upto - known.get(device, 0)) for device, (upto, _) in word.holds.items()
    )


def next_page(
    shelf: StoreShelf, device: str, after: int, sent: int | None = None, upto: int | None = None
) -> WrittenPage | None:
    """The page behind `after`, having remembered what was sent; None behind `upto`."""
    if sent is not None:
        with shelf.change() as connection:
            mark_sent(shelf, connection, {device: sent})
    if upto is not None and after >= upto:
        return None
    return next(export_pages(shelf.store, {**vector(shelf.store), device: after}), None)


def is_behind(outcome: Outcome, page: WrittenPage) -> bool:
    return outcome.gap is not None and 0 <= outcome.gap < page.first - 1


def asked_for(data: bytes, place: str, device: str, after: int) -> Page | Refused:
    """The page, if it is the one behind `after` of `device`; read before the store is asked."""
    try:
        if whose_page(data, place) != device:
            return Refused(Reason.UNREADABLE, place, "another device's page")
        page = read_page(data, place)
    except Refused as refused:
        return refused
    if page.device != device or not page.first <= after + 1 <= page.last:
        return Refused(Reason.UNREADABLE, place, page.name)
    return page


def take(
    shelf: StoreShelf, page: Page, data: bytes, place: str
) -> tuple[Outcome, DeviceRole | None]:
    """What became of a page, and whose news it was, if it was any."""
    with shelf.change():
        outcome = take_read_page(shelf, page, data, place)
    news = shelf.trust.certificates[page.device].role if outcome.new else None
    return outcome, news


def unheard(shelf: StoreShelf, theirs: set[str]) -> list[bytes]:
    """Bodies with the words the hub does not have, this store's own among them."""
    own_acknowledgement(shelf)
    words = [each for each in signed_words(shelf) if each.signature not in theirs]
    bodies: list[bytes] = []
    while words:
        some = [words.pop()]
        size = len(some[0].text)
        while words and size + len(words[-1].text) < LARGEST_WORDS // 4:
            size += len(words[-1].text)
            some.append(words.pop())
        bodies.append(msgspec.json.encode(Words(words=tuple(some))))
    return bodies


def note_visit(shelf: StoreShelf, place: str, reading: Reading, problem: Problem | None) -> None:
    """Writes the visit down. Residents are told until when replies are here."""
    refusal = reading.refusals[0] if reading.refusals else None
    note(
        shelf.store,
        "hub",
        "sync",
        place,
        new=reading.new,
        known=reading.known,
        rejected=reading.rejected,
        problem=problem,
        cause=refusal.reason.value if refusal else None,
        ko=refusal.ko if refusal else None,
        en=refusal.en if refusal else None,
        repeats=True,
    )
    if problem is None:
        shelf.store.set_meta(LAST_EXCHANGE, str(shelf.store.clock()))
