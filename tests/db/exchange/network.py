"""Many small stores in memory that exchange over a bad network, and what must hold in the end."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from functools import lru_cache
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import pysqlite3.dbapi2 as sqlite
from msgspec.structs import replace

from db.exchange.carriers.bundle import pack
from db.exchange.carriers.bundle_reading import Reading, take_archive
from db.exchange.carriers.folder import FolderSync, sync_folder
from db.exchange.enrolment.authority import make_authority
from db.exchange.pages.exporting import export_pages
from db.exchange.pages.importing import import_page
from db.exchange.pages.store_shelf import StoreShelf
from db.exchange.status.outbox import known_to_all
from db.exchange.status.store_hash import store_hash
from db.exchange.trust.papers import Certificate, DeviceRole, Papers, Request
from db.exchange.trust.trust import Trust
from db.keys.contact_key import ContactKey
from db.keys.device import DeviceKeys
from db.refusals import Refused
from db.store.migrations import migrate
from db.store.projections import NOT_SUPERSEDED
from db.store.store import Store
from db.store.verification import verify
from tests.db.exchange.meeting import Line, MemoryHub, visit
from tests.db.exchange.share import Share, identity
from tests.db.in_memory import NOON, keys

KIOSKS, DESKS = 5, 2
SPARE = 24
"""Names for devices that were restored and had to take a new one."""
HUB = KIOSKS + DESKS + SPARE + 1
READER = HUB + 1


@lru_cache(maxsize=1)
def _papers() -> tuple[Papers, dict[str, Certificate]]:
    """Certificates for every device there may be, made once: signing is the slow part."""
    with TemporaryDirectory() as folder:
        authority = make_authority(Path(folder), lambda: NOON)
        age = identity().recipient
        for number in range(1, KIOSKS + DESKS + SPARE + 1):
            role = DeviceRole.DESK if KIOSKS < number <= KIOSKS + DESKS else DeviceRole.KIOSK
            public_key = keys(number).public.hex()
            request = Request(public_key=public_key, age=age, name="", at_us=NOON)
            authority.sign(request, role, f"{role} {number}")
        public_key = keys(HUB).public.hex()
        request = Request(public_key=public_key, age=age, name="", at_us=NOON)
        authority.sign(request, DeviceRole.HUB, "hub")
        return authority.papers, dict(authority.trust.certificates)


@lru_cache(maxsize=1)
def _empty() -> sqlite.Connection:
    connection = sqlite.connect(":memory:", isolation_level=None, check_same_thread=False)
    migrate(connection)
    return connection


_EVERYTHING = (
    "SELECT device, seq, chain, salt, body, key_id, sealed FROM event ORDER BY device, seq"
)


class Lost(Exception):
    """The power went."""


class Member(StoreShelf):
    """One device; `dies_after` pages its power goes in the middle of a transaction."""

    dies_after: int | None = None

    def add(self, *what: object) -> None:
        super().add(*what)  # type: ignore[arg-type]
        if self.dies_after is not None:
            self.dies_after -= 1
            if self.dies_after < 0:
                raise Lost


class Network:
    """Five kiosks, two desks and a hub. Every device that takes part holds its certificate."""

    def __init__(self, stack: ExitStack) -> None:
        papers, self._certificates = _papers()
        self.trust = Trust(lambda: NOON)
        self.trust.accept(papers, "papers")
        self.trust.certificates = {}
        self._stack = stack
        self.share = Share(stack)
        self._names = 0
        self.members: list[Member] = [self._join(_empty()) for _ in range(KIOSKS + DESKS)]
        self.trust.certificates[keys(HUB).device] = self._certificates[keys(HUB).device]
        # As a clock does, the numbers of the hub's words go on whatever becomes of its database.
        self._word_numbers = count(NOON)
        self.hub = self._open_hub(None)
        self.acknowledged: set[bytes] = set()
        self.expected: set[bytes] = set()

    @property
    def kiosks(self) -> list[Member]:
        return self.members[:KIOSKS]

    @property
    def desks(self) -> list[Member]:
        return self.members[KIOSKS:]

    @property
    def has_spare_names(self) -> bool:
        return self._names < KIOSKS + DESKS + SPARE

    def _join(self, source: sqlite.Connection, role: DeviceRole | None = None) -> Member:
        self._names += 1
        device = dataclasses.replace(keys(self._names), age_recipient=identity().recipient)
        certificate = self._certificates[device.device]
        # A spare name may become either; nobody here reads the signature of its certificate.
        role = role or certificate.role
        self.trust.certificates[device.device] = replace(certificate, role=role)
        return self._member(device, copy_of(source))

    def _member(self, device: DeviceKeys, connection: sqlite.Connection) -> Member:
        self._stack.callback(connection.close)
        connection.execute("UPDATE device SET own = 0")
        connection.execute(
            "INSERT INTO device(device, public_key, own, since_us) VALUES(?, ?, 1, ?)",
            (device.device, device.public, NOON),
        )
        contact = ContactKey(bytes([9]) * 32, demonstration=True)
        store = Store(self.share.home, connection, device, contact, lambda: NOON, None)
        return Member(store, self.trust)

    def note(self, id: str) -> None:
        """A receipt was shown for this feedback."""
        self.acknowledged.add(bytes.fromhex(id))
        self.expected.add(bytes.fromhex(id))

    def restore(self, at: int, backup: sqlite.Connection) -> None:
        """A disk died; its device comes back from a backup, under a new name, as restore does.

        What nobody else held is lost with the disk, receipt or not.
        """
        role = DeviceRole.KIOSK if at < KIOSKS else DeviceRole.DESK
        gone = _ids(self.members[at].store)
        self.members[at] = self._join(backup, role)
        held = set().union(*(_ids(member.store) for member in self.members))
        self.expected -= gone - held

    def _open_hub(self, source: sqlite.Connection | None) -> MemoryHub:
        hub = MemoryHub(keys(HUB), self.trust, source)
        self._stack.callback(hub.close)
        return hub

    def restore_hub(self, backup: sqlite.Connection) -> None:
        """The hub's disk died; what it alone had heard of is sent again by those who wrote it."""
        self.hub = self._open_hub(backup)

    def visit(self, at: int, seed: int | None = None, dies_after: int | None = None) -> None:
        """A member calls the hub; with a seed over a bad line."""
        self.hub.dies_after = dies_after
        visit(self.members[at], self.hub, self._word_numbers, Line(seed))
        self.hub.dies_after = None

    def stick(self, at: int) -> bytes:
        """What a bundle of this device holds, unsealed: what the others lack by their own word."""
        shelf = self.members[at]
        pages = list(export_pages(shelf.store, known_to_all(shelf)))
        return pack(shelf, pages, 0, {})

    def put_in(self, at: int, stick: bytes) -> Reading:
        reading = Reading()
        with suppress(Refused, Lost):
            take_archive(self.members[at], stick, "stick", reading)
        return reading

    def visit_folder(self, at: int, dies_after: int | None = None) -> FolderSync | None:
        """A member visits the shared folder; None when its power went meanwhile."""
        member = self.members[at]
        member.dies_after = dies_after
        try:
            return sync_folder(member, self.share.folder)
        except Lost:
            return None
        finally:
            member.dies_after = None

    def settle_in_the_folder(self) -> None:
        """Nobody carries sticks any more, and the folder is whole again: everybody visits, and
        again for what others left.
        """
        self.share.tidy()
        for _ in range(4):
            for at in range(len(self.members)):
                done = self.visit_folder(at)
                assert done is not None and done.reading.rejected == 0

    def settle(self) -> None:
        """Everybody's bundle reaches everybody, as often as it takes news to go around; one of
        them fetches what a disk that died had given to the hub alone.
        """
        self.visit(0)
        for _ in range(3):
            for giver in range(len(self.members)):
                stick = self.stick(giver)
                for taker in range(len(self.members)):
                    if taker != giver:
                        self.put_in(taker, stick)

    def settle_at_the_hub(self) -> None:
        """Nobody carries sticks any more: everybody visits, and again for what others brought."""
        for _ in range(2):
            for at in range(len(self.members)):
                self.visit(at)

    def check(self) -> None:
        hashes = {store_hash(member.store) for member in self.members}
        hashes.add(store_hash(self._reader().store))
        assert len(hashes) == 1
        first, last = self.members[0].store, self.members[-1].store
        assert self.hub.connection.execute(_EVERYTHING).fetchall() == first.rows(_EVERYTHING)
        for store in (first, last):
            found = store.rows(f"SELECT f.id FROM feedback f WHERE {NOT_SUPERSEDED}")
            ids = [bytes(row[0]) for row in found]
            assert len(ids) == len(set(ids))
            assert self.expected <= set(ids) <= self.acknowledged
        assert verify(last) == ()

    def _reader(self) -> Member:
        """A store that has nothing but what the hub gives."""
        self.visit(0)
        reader = self._member(keys(READER), copy_of(_empty()))
        for device in self.hub.links():
            after = 0
            while (page := self.hub.page(device, after)) is not None:
                outcome = import_page(reader, page.data)
                assert outcome.reason is None
                after = page.last
        return reader


def _ids(store: Store) -> set[bytes]:
    return {bytes(row[0]) for row in store.rows("SELECT id FROM feedback")}


def copy_of(connection: sqlite.Connection) -> sqlite.Connection:
    copy = sqlite.connect(":memory:", isolation_level=None)
    connection.backup(copy)
    return copy


@contextmanager
def a_network() -> Iterator[Network]:
    with ExitStack() as stack:
        yield Network(stack)
