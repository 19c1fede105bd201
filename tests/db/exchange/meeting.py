"""A hub in memory that the members of a network visit, over a line that loses and alters."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import count

import msgspec
import pysqlite3.dbapi2 as sqlite

from db.exchange.pages.exporting import export_pages
from db.exchange.pages.importing import import_page, take_page
from db.exchange.pages.store_shelf import StoreShelf
from db.exchange.status.acknowledgements import Acknowledgement, signed_words, take_acknowledgement
from db.exchange.trust.papers import ACKNOWLEDGEMENT, Signed, sign
from db.exchange.trust.trust import Trust
from db.hub.database.erasure import Addition
from db.hub.database.schema import statements
from db.hub.database.sql_shelf import SqlShelf
from db.hub.database.sqlite import SqliteShelf
from db.keys.device import DeviceKeys
from db.refusals import Refused
from tests.db.in_memory import NOON


class LineDown(Exception):
    """The connection is gone, or the hub is."""


class Line:
    """What happens to each thing on its way: mostly nothing. Always the same for one seed."""

    def __init__(self, seed: int | None) -> None:
        self._chance = random.Random(seed) if seed is not None else None

    @property
    def is_bad(self) -> bool:
        return self._chance is not None

    def carry(self, data: bytes) -> Iterator[bytes]:
        """What of `data` arrives, and how often. Raises LineDown."""
        if self._chance is None:
            yield data
            return
        fate = self._chance.randrange(12)
        if fate == 0:
            raise LineDown
        if fate == 1:
            return
        if fate == 2:
            altered = bytearray(data)
            altered[self._chance.randrange(len(data))] ^= 1 << self._chance.randrange(8)
            yield bytes(altered)
        elif fate == 3:
            yield data[: self._chance.randrange(len(data))]
        else:
            yield data
            if fate == 4:
                yield data


class MemoryHub(SqliteShelf):
    """The SQLite shelf of a hub without its file; `dies_after` pages the hub is gone."""

    dies_after: int | None = None

    def __init__(self, keys: DeviceKeys, trust: Trust, source: sqlite.Connection | None) -> None:
        SqlShelf.__init__(self, "memory", trust, lambda: NOON)
        self._has_erased = self._log_is_due = False
        self.keys = keys
        self.connection = sqlite.connect(":memory:", isolation_level=None)
        if source is not None:
            source.backup(self.connection)
            return
        for each in statements(bytes_type="BLOB", whole_number="INTEGER", ending=" STRICT"):
            self.connection.execute(each)

    def _insert(self, additions: Sequence[Addition]) -> None:
        super()._insert(additions)
        if self.dies_after is not None:
            self.dies_after -= 1
            if self.dies_after < 0:
                raise LineDown

    def take(self, data: bytes) -> None:
        """One page, as the service takes it."""
        self.run(lambda: take_page(self, data))

    def word(self, numbers: count[int]) -> Signed:
        holds = {device: (seq, link.hex()) for device, (seq, link) in self.links().items()}
        made = Acknowledgement(
            device=self.keys.device, number=next(numbers), at_us=NOON, holds=holds
        )
        return sign(self.keys.signing, ACKNOWLEDGEMENT, made)


def visit(member: StoreShelf, hub: MemoryHub, numbers: count[int], line: Line) -> None:
    """Pages and words both ways, until the line goes down."""
    with suppress(LineDown):
        held = {device: seq for device, (seq, _link) in hub.links().items()}
        if line.is_bad:
            # What was heard of the hub may be old: much of it is sent again.
            held = {}
        for page in list(export_pages(member.store, held)):
            for arrived in line.carry(page.data):
                hub.take(arrived)
        _fetch(member, hub, line)
        words = [*(signed for _device, signed in hub.words()), hub.word(numbers)]
        for signed in words:
            for arrived in line.carry(signed.text.encode()):
                with suppress(Refused, UnicodeDecodeError):
                    word = Signed(arrived.decode(), signed.signature)
                    take_acknowledgement(member, word, "hub")
        for signed in signed_words(member):
            _hear(hub, signed)


def _fetch(member: StoreShelf, hub: MemoryHub, line: Line) -> None:
    for device, (upto, _link) in hub.links().items():
        after = member.tail(device)
        while after < upto:
            page = hub.page(device, after)
            if page is None:
                break
            for arrived in line.carry(page.data):
                import_page(member, arrived)
            if member.tail(device) <= after:
                break
            after = member.tail(device)


def _hear(hub: MemoryHub, signed: Signed) -> None:
    word = msgspec.json.decode(signed.text, type=Acknowledgement)
    if hub.trust.revocation(word.device) is None:
        hub.run(lambda: hub.keep_word(word, signed))
