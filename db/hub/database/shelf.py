"""What a hub asks of its database, whichever it is: the shelf of pages and a little more.

The shape keeps to what PostgreSQL and its distributed relatives all accept: (device, seq) is the
only unique key, no serial numbers, triggers, temporary tables or listening; transactions are short
and may be tried again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Protocol, TypeVar

import msgspec

from db.exchange.pages.exporting import WrittenPage
from db.exchange.pages.importing import Shelf
from db.exchange.status.acknowledgements import Acknowledgement
from db.exchange.trust.papers import Papers, Revocation, Signed
from db.problems import Cause, StorageUnavailable
from db.store.events import Contents, Event
from db.store.lacking import Place
from db.store.page import Page
from db.store.rot import Mended

T = TypeVar("T")


class Census(msgspec.Struct, frozen=True, kw_only=True):
    """Numbers for the metrics; nothing in it names a person or a place."""

    events: int
    devices: int
    apart: int
    words: int


class QuarantinedPage(msgspec.Struct, frozen=True, kw_only=True):
    """One quarantined page, without its contents."""

    device: str
    first: int
    last: int
    reason: str
    place: str
    at_us: int


class TryAgain(StorageUnavailable):
    """Nothing was stored, and the same work done again may well get through."""


class Overtaken(TryAgain):
    """Somebody else wrote to the same journal meanwhile."""

    def __init__(self, place: str) -> None:
        super().__init__(Cause.LOCKED, place)


class Away(TryAgain):
    """The database does not answer, or its leader has just changed."""

    def __init__(self, place: str) -> None:
        super().__init__(Cause.UNREACHABLE, place)


class HubShelf(Shelf, Protocol):
    """One connection to the hub's database. One thread uses it at a time.

    Writing happens inside `change`, as with every shelf, or better inside `run`; what has ended is
    on disk, and on every copy that must confirm. Everything here raises StorageUnavailable when
    the database refuses or is away; the next call connects anew.
    """

    def run(self, work: Callable[[], T]) -> T:
        """Does `work` in one transaction, and all of it again where the database asks for that.

        `work` may take several pages (`take_page`) and must do nothing but use this shelf, since
        it may be called more than once. Pages of several devices go in the order of the devices'
        names: then hubs wait for each other instead of colliding.
        """

    @staticmethod
    def written(page: Page) -> object:
        """The events of a page as this kind of database takes them. For any thread, so that the
        one that writes need not do it.
        """

    def expect(self, page: Page, rows: object) -> None:
        """Inside `change`: this page comes next, and `written` has given these rows for it."""

    def foresee(self, devices: Iterable[str]) -> None:
        """Inside `change`: whose pages come next, so that their ends are asked for at once."""

    def settle(self) -> None:
        """Inside `change`: writes now what pages brought. They are gathered until somebody needs
        them or the transaction ends, since a database answers one long question far sooner than
        many short ones. Raises Overtaken.
        """

    def links(self) -> dict[str, tuple[int, bytes]]:
        """The last number of each device and its link, in the order of the devices' names."""

    def lacking(self) -> list[Place]:
        """The places of contents that were lost here and not filled or erased since."""

    def look_through(self) -> Mended:
        """Reads everything, puts right what it can and marks what is lost."""

    def page(self, device: str, after: int) -> WrittenPage | None:
        """The next page of a device behind `after`, ending where a signature stands."""

    def word_number(self, device: str) -> int:
        """The number of the newest word held of a device, 0 without one."""

    def keep_word(self, word: Acknowledgement, signed: Signed) -> None:
        """Keeps a word that was checked, unless a newer one is there."""

    def words(self) -> list[tuple[str, Signed]]:
        """Everybody's newest word, by the device's name."""

    def papers(self) -> Papers | None:
        """The papers that the hubs before this database share."""

    def keep_papers(self, papers: Papers) -> None:
        """Adds papers to the shared ones; older ones change nothing. Raises Refused for papers
        of another city than the database already serves, forged or malformed ones.
        """

    def withdraw(self, revocation: Revocation) -> None:
        """Takes back what a revocation cut off, to quarantine. Inside `change`."""

    def about_receipt(self, *receipts: bytes) -> list[tuple[Event, Contents]]:
        """The events that receipt keys of 16 bytes lead to: first every feedback or planting that
        names one, those that were answered before others and one more than `MOST_FOUND` at most,
        then reviews and replies to them in the order of (device, seq). Empty when nothing is known.
        """

    def about_feedback(self, device: str, seq: int) -> list[tuple[Event, Contents]]:
        """The feedback at this place, then reviews and replies to it in the same order. Empty when
        there is none.
        """

    def quarantined(self) -> list[QuarantinedPage]:
        """The quarantined pages, by device and number."""

    def tidy(self) -> None:
        """Does what had to wait: takes erased text out of logs that somebody was reading."""

    def census(self) -> Census: ...
    def write_nothing(self) -> None:
        """Inside `change`: writes and takes it back, so that it fails where writing would."""

    def close(self) -> None: ...
