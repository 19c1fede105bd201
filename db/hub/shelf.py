"""What a hub asks of its database, whichever it is: the shelf of pages and a little more.

The shape keeps to what PostgreSQL and its distributed relatives all accept: (device, seq) is the
only unique key, no serial numbers, triggers, temporary tables or listening; transactions are short
and may be tried again.
"""

from __future__ import annotations

from typing import Protocol

import msgspec

from db.events import Contents, Event
from db.exchange.acknowledgements import Acknowledgement
from db.exchange.exporting import Written
from db.exchange.importing import Shelf
from db.exchange.papers import Papers, Revocation, Signed


class Census(msgspec.Struct, frozen=True, kw_only=True):
    """Numbers for the metrics; nothing in it names a person or a place."""

    events: int
    devices: int
    apart: int
    words: int


class HubShelf(Shelf, Protocol):
    """One connection to the hub's database; belongs to the thread that uses it.

    Writing happens inside `change`, as with every shelf; what `change` has ended is on disk, and
    on every copy that must confirm. Raises StorageUnavailable when the database refuses.
    """

    def links(self) -> dict[str, tuple[int, bytes]]:
        """The last number of each device and its link."""

    def page(self, device: str, after: int) -> Written | None:
        """The next page of a device behind `after`, ending where a signature stands."""

    def word_number(self, device: str) -> int:
        """The number of the newest word held of a device, 0 without one."""

    def keep_word(self, word: Acknowledgement, signed: Signed) -> None:
        """Keeps a word that was checked, unless a newer one is there."""

    def words(self) -> list[tuple[str, Signed]]:
        """Everybody's newest word, by the device's name."""

    def papers(self) -> Papers | None:
        """The papers that the hubs before this database share."""

    def keep_papers(self, papers: Papers) -> None: ...

    def withdraw(self, revocation: Revocation) -> None:
        """Takes back what a revocation cut off, to the pages kept apart."""

    def about_receipt(self, receipt: bytes) -> list[tuple[Event, Contents]]:
        """The events a receipt key of 16 bytes leads to: the feedback or planting first, then
        reviews and replies to it in the order of (device, seq). Empty when nothing is known.
        """

    def census(self) -> Census: ...

    def close(self) -> None: ...
