"""Pages out of a store: everything the other side does not have yet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from db.events import Contents, Event, genesis
from db.exchange.page import GOAL_PLAIN, MOST_EVENTS, write_page
from db.exchange.vector import Vector, vector
from db.journal import events

if TYPE_CHECKING:
    from db.store import Store


class Written:
    """One page on its way out: its bytes and which events are in it."""

    __slots__ = ("data", "device", "first", "last")

    def __init__(self, device: str, first: int, last: int, data: bytes) -> None:
        self.device, self.first, self.last, self.data = device, first, last, data

    @property
    def name(self) -> str:
        return f"{self.device}/{self.first}-{self.last}"


def export_pages(store: Store, known: Vector | None = None) -> Iterator[Written]:
    """Pages of everything behind `known`, device by device, in order; all of it without `known`.

    A page ends where a signature stands, so what came from
    others is sent on with the signatures it came with.
    """
    known = known or {}
    for device, last in vector(store).items():
        if last > known.get(device, 0):
            yield from _pages_of(store, device, known.get(device, 0))


def _pages_of(store: Store, device: str, after: int) -> Iterator[Written]:
    return pages_from(_link(store, device, after), events(store.connection, device, after))


def pages_from(previous: bytes, pairs: Iterable[tuple[Event, Contents]]) -> Iterator[Written]:
    """Pages of one device's events without a break, `previous` being the link before the first.

    The last event of all is signed, or a revocation vouches for it.
    """
    held_events: list[Event] = []
    held_contents: list[Contents] = []
    size = signed = 0
    for event, contents in pairs:
        held_events.append(event)
        held_contents.append(contents)
        size += _bytes_of(contents)
        if event.signature is not None:
            signed = len(held_events)
        if signed and (size >= GOAL_PLAIN or len(held_events) == MOST_EVENTS):
            yield _written(previous, held_events[:signed], held_contents[:signed])
            previous = held_events[signed - 1].chain
            del held_events[:signed], held_contents[:signed]
            size, signed = sum(map(_bytes_of, held_contents)), 0
    if held_events:
        yield _written(previous, held_events, held_contents)


def _bytes_of(contents: Contents) -> int:
    """At most so many; Hangul takes three bytes a letter."""
    return 3 * len(contents.body or "") + len(contents.sealed or b"")


def _written(previous: bytes, events: list[Event], contents: list[Contents]) -> Written:
    data = write_page(previous, events, contents)
    return Written(events[0].device, events[0].seq, events[-1].seq, data)


def _link(store: Store, device: str, seq: int) -> bytes:
    if seq == 0:
        row = store.row("SELECT public_key FROM device WHERE device = ?", (device,))
        assert row is not None
        return genesis(bytes(row[0]))
    row = store.row("SELECT chain FROM event WHERE device = ? AND seq = ?", (device, seq))
    assert row is not None
    return bytes(row[0])
