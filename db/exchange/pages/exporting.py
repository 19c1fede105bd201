"""Pages out of a store: everything the other side does not have yet."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from db.exchange.pages.version_vector import Vector, vector
from db.store.events import Contents, Event, genesis, signature_holds
from db.store.journal import event_at, events_behind
from db.store.lacking import lacking
from db.store.page import GOAL_PLAIN, MOST_EVENTS, write_page
from db.store.rot import mend_doubts
from db.store.verification import VOUCHED

if TYPE_CHECKING:
    from db.store.store import Store


class WrittenPage:
    """One page on its way out: its bytes and which events are in it."""

    __slots__ = ("data", "device", "first", "last")

    def __init__(self, device: str, first: int, last: int, data: bytes) -> None:
        self.device, self.first, self.last, self.data = device, first, last, data

    @property
    def name(self) -> str:
        return f"{self.device}/{self.first}-{self.last}"


def export_pages(store: Store, known: Vector | None = None) -> Iterator[WrittenPage]:
    """Pages of everything behind `known`, device by device, in order; all of it without `known`.

    A page ends where a signature stands, so what came from
    others is sent on with the signatures it came with. What does not fit its hashes goes out as
    those alone, and a journal whose headers prove nothing further on ends there.
    """
    known = known or {}
    for device, last in vector(store).items():
        if last > known.get(device, 0):
            yield from _pages_of(store, device, known.get(device, 0))


def _pages_of(store: Store, device: str, after: int) -> Iterator[WrittenPage]:
    for page in _pages_behind(store, device, after):
        if store.doubts and mend_doubts(store):
            break
        yield page
        after = page.last
    else:
        if not (store.doubts and mend_doubts(store)):
            return
    # Once: what is in doubt again now could not be put right.
    yield from _pages_behind(store, device, after)


def _pages_behind(store: Store, device: str, after: int) -> Iterator[WrittenPage]:
    row = store.row("SELECT public_key FROM device WHERE device = ?", (device,))
    previous = _link(store, device, after)
    if row is None or previous is None:
        return
    public_key, vouched = bytes(row[0]), store.meta(f"{VOUCHED}{device}")

    def proven(event: Event) -> bool:
        return is_signed(event, public_key) or vouched == f"{event.seq}:{event.chain.hex()}"

    behind = events_behind(store.connection, device, after, previous)
    yield from pages_from(previous, after, behind, proven)


def page_holding(store: Store, device: str, seq: int) -> WrittenPage | None:
    """A page that begins with one event; None where its contents are not here either."""
    pair = event_at(store.connection, device, seq)
    if pair is None or pair[1].body is None or (device, seq) in lacking(store):
        return None
    return next(_pages_behind(store, device, seq - 1), None)


def is_signed(event: Event, public_key: bytes) -> bool:
    """True when an event carries its device's own signature."""
    signature = event.signature
    return signature is not None and signature_holds(public_key, event.chain, signature)


def pages_from(
    previous: bytes,
    after: int,
    pairs: Iterable[tuple[Event, Contents]],
    proven: Callable[[Event], bool],
) -> Iterator[WrittenPage]:
    """Pages of one device's events behind the number `after`, whose link is `previous`.

    Each ends with an event that is `proven`, signed or vouched for; what lies behind the last of
    these, or behind a number that is missing, is left out.
    """
    held: list[tuple[Event, Contents]] = []
    size = 0
    for due, (event, contents) in enumerate(pairs, start=after + 1):
        if event.seq != due:
            break
        held.append((event, contents))
        size += _bytes_of(contents)
        if size >= GOAL_PLAIN or len(held) == MOST_EVENTS:
            end = _end(held, proven)
            if end:
                yield _written(previous, held[:end])
                previous = held[end - 1][0].chain
                del held[:end]
                size = sum(_bytes_of(each) for _event, each in held)
            elif len(held) == MOST_EVENTS:
                break
    end = _end(held, proven)
    if end:
        yield _written(previous, held[:end])


def _end(held: list[tuple[Event, Contents]], proven: Callable[[Event], bool]) -> int:
    """How many of these a page may hold."""
    return next((n for n in range(len(held), 0, -1) if proven(held[n - 1][0])), 0)


def _bytes_of(contents: Contents) -> int:
    """At most so many; Hangul takes three bytes a letter."""
    return 3 * len(contents.body or "") + len(contents.sealed or b"")


def _written(previous: bytes, pairs: list[tuple[Event, Contents]]) -> WrittenPage:
    events, contents = [each for each, _ in pairs], [each for _, each in pairs]
    data = write_page(previous, events, contents)
    return WrittenPage(events[0].device, events[0].seq, events[-1].seq, data)


def _link(store: Store, device: str, seq: int) -> bytes | None:
    if seq == 0:
        row = store.row("SELECT public_key FROM device WHERE device = ?", (device,))
        return genesis(bytes(row[0])) if row else None
    row = store.row("SELECT chain FROM event WHERE device = ? AND seq = ?", (device, seq))
    return bytes(row[0]) if row else None
