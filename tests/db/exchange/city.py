"""A city for tests: its keys, and devices in memory that trust it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from db.exchange.enrolment.authority import Authority, make_authority
from db.exchange.pages.exporting import export_pages
from db.exchange.pages.importing import Outcome, import_page
from db.exchange.pages.store_shelf import StoreShelf
from db.exchange.trust.papers import DeviceRole, Request
from db.exchange.trust.trust import Trust
from db.keys.age_files import Identity
from db.store.store import Store
from tests.db.in_memory import NOON, memory_store

#: One key for every made-up device: bundles have tests of their own.
AGE = Identity.generate().recipient


class City:
    """The authority and the devices it has enrolled, all in step with its papers."""

    def __init__(
        self, path: Path, stack: ExitStack, clock: Callable[[], int] = lambda: NOON
    ) -> None:
        self.authority: Authority = make_authority(path, clock)
        self.shelves: dict[str, StoreShelf] = {}
        self._clock = clock
        self._stack = stack
        self._made = 0

    def enrol(self, role: DeviceRole, name: str) -> StoreShelf:
        """A new device in memory, certified; every other one learns of it."""
        shelf = self.stranger()
        self.certify(shelf.store, role, name)
        self.shelves[name] = shelf
        self.tell_all()
        return shelf

    def stranger(self) -> StoreShelf:
        """A new device in memory that knows the city but has no certificate."""
        self._made += 1
        store = self._stack.enter_context(memory_store(self._made, self._clock))
        return StoreShelf(store, Trust(self._clock))

    def certify(self, store: Store, role: DeviceRole, name: str) -> None:
        request = Request(public_key=store.keys.public.hex(), age=AGE, name=name, at_us=NOON)
        self.authority.sign(request, role, name)

    def tell_all(self) -> None:
        for shelf in self.shelves.values():
            shelf.trust.accept(self.authority.papers, "papers")


@contextmanager
def a_city(path: Path, clock: Callable[[], int] = lambda: NOON) -> Iterator[City]:
    with ExitStack() as stack:
        yield City(path, stack, clock)


def pages(store: Store, known: dict[str, int] | None = None) -> list[bytes]:
    return [page.data for page in export_pages(store, known)]


def take_all(shelf: StoreShelf, data: list[bytes]) -> list[Outcome]:
    return [import_page(shelf, page) for page in data]
