"""What a hub does, whoever carries the calls to it: its keys, its trust and its database.

The trust is one object that all threads read; only the writing clerk changes it. Papers reach the
other hubs before the same database through it, and are looked for every few seconds.
"""

from __future__ import annotations

import hashlib
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from time import monotonic
from typing import NamedTuple

import msgspec

from db.clock import Clock, system_clock
from db.directory import DataDirectory
from db.exchange.hub_messages import Greeting, Taken, Words
from db.exchange.pages.exporting import WrittenPage
from db.exchange.pages.importing import Outcome, read_known, take_read_page, unreadable
from db.exchange.trust.call_signature import give_challenge
from db.exchange.trust.papers import (
    CERTIFICATE,
    Certificate,
    DeviceRole,
    Papers,
    Signed,
    opened,
)
from db.exchange.trust.trust import Trust, load_trust, save_trust
from db.hub.database.opening import Database
from db.hub.database.shelf import Census, HubShelf, TryAgain
from db.hub.database.worker_threads import WorkerThreads
from db.hub.limits import Limits
from db.hub.others_acknowledgements import cut, keep, news_among
from db.hub.own_acknowledgement import OwnAcknowledgement
from db.hub.receipt_status import Shown, all_shown
from db.keys.device import DeviceKeys, load_keys
from db.participation.issue_receipt import Found
from db.problems import Cause, NoStore, Problem, StorageUnavailable
from db.refusals import Reason, Refused
from db.store.page import Page

READERS = 2
HANDS = 1
"""Threads that read the database, and threads that check signatures and unpack pages: a second one
would only wait for the first, and the thread that writes for both.
"""
PAPERS_EVERY = 3.0


class Arrived(NamedTuple):
    """A page that was read, and its rows as the database takes them."""

    page: Page
    rows: object


class NotAHub(Problem):
    """This data directory is no hub of any city yet."""

    def __init__(self, place: str, found: str) -> None:
        super().__init__(
            f"{place}: 허브로 등록된 기기가 아닙니다({found}). 'cheonman init --role hub', "
            "'cheonman enroll request', 'cheonman authority sign --role hub', "
            "'cheonman enroll accept'를 차례로 하세요.",
            f"{place} is not enrolled as a hub ({found}); do 'cheonman init --role hub', "
            "'cheonman enroll request', 'cheonman authority sign --role hub' and "
            "'cheonman enroll accept', in this order.",
        )


class Hub:
    """One running hub. `start` and `stop` belong to one thread, the rest to the event loop."""

    def __init__(
        self,
        directory: DataDirectory,
        keys: DeviceKeys,
        trust: Trust,
        database: Database,
        clock: Clock = system_clock,
        limits: Limits | None = None,
    ) -> None:
        self.directory, self.keys, self.trust, self.clock = directory, keys, trust, clock
        self.limits, self._database = limits or Limits(), database
        self._clerks = WorkerThreads(
            lambda: database.open(trust),
            self._share_papers,
            readers=READERS,
            waiting=self.limits.waiting,
            chore_seconds=PAPERS_EVERY,
        )
        self._own_word = OwnAcknowledgement(directory, keys, clock)
        # The number of the list whose withdrawals were done.
        self._withdrawn = -1
        self._refused: tuple[Cause, float] | None = None
        self.hands = ThreadPoolExecutor(HANDS, thread_name_prefix="hub-hands")

    def start(self) -> None:
        self._clerks.start()

    def stop(self) -> None:
        """Ends after everything that was begun."""
        self.hands.shutdown()
        self._clerks.stop()

    @property
    def device(self) -> str:
        return self.keys.device

    def trouble(self) -> Refused | None:
        """Why nobody should believe this hub any more, or None."""
        return standing(self.trust, self.device)

    def greeting(self) -> Greeting:
        """Who this is, with a fresh challenge. Raises Refused when nobody should believe it."""
        trouble = self.trouble()
        certificate = self.trust.signed_certificate(self.device)
        if trouble is not None or certificate is None or self.trust.city is None:
            raise trouble or Refused(Reason.NOT_ENROLLED, self.device)
        return Greeting(
            version=1,
            device=self.device,
            name=self.trust.certificates[self.device].name,
            city=self.trust.city.hex(),
            certificate=certificate,
            challenge=give_challenge(self.keys, self.clock()),
        )

    async def take_certificate(self, signed: Signed) -> Taken:
        """Takes one certificate of this city from anybody. Raises Refused."""
        papers = self._papers()
        # Anybody may send one: it is held against the city before the thread that writes hears.
        shown = opened(bytes.fromhex(papers.city), CERTIFICATE, signed, Certificate, "certificate")
        known = self.trust.certificates.get(shown.device)
        if known is not None and known.number >= shown.number:
            return Taken(new=0, known=1)
        return await self.take_papers(msgspec.structs.replace(papers, certificates=(signed,)))

    async def take_papers(self, papers: Papers) -> Taken:
        """Takes newer papers over, here at once and for all other hubs. Raises Refused."""
        changed = await self._clerks.change(lambda shelf: self._take_papers(shelf, papers))
        return Taken(new=int(changed), known=int(not changed))

    def papers_text(self) -> bytes:
        """The papers in force as they travel. Raises Refused."""
        return msgspec.json.encode(self._papers())

    async def word(self) -> Signed:
        """This hub's word on what is committed now."""
        return await self._clerks.change(self._own_word.give)

    async def words(self, after: str) -> Words:
        """The words of devices behind `after`, as many as fit into one answer."""
        held = await self._clerks.read(lambda shelf: shelf.words())
        return cut(held, after, self.trust)

    async def take_words(self, words: tuple[Signed, ...]) -> Taken:
        """Keeps what is newer; what is old, or whose signer does not count, changes nothing."""
        read = partial(news_among, trust=self.trust, own=self.device, words=words)
        fresh, refused = await self._clerks.read(read)
        if fresh:
            await self._clerks.change(lambda shelf: shelf.run(partial(keep, shelf, fresh)))
        return Taken(new=len(fresh), known=len(words) - len(fresh) - refused, refused=refused)

    def read(self, data: bytes) -> Arrived | Refused:
        """A page, or why it is none; for a thread that may take its time."""
        try:
            page = read_known(self.trust, data)
            return Arrived(page, self._database.written(page))
        except Refused as refused:
            return bare(refused)

    async def take_page(self, arrived: Arrived | Refused, data: bytes) -> Outcome:
        """What became of a page that `read` has read."""
        if isinstance(arrived, Refused):
            return unreadable(arrived)
        page, rows = arrived

        def take(shelf: HubShelf) -> Outcome:
            shelf.expect(page, rows)
            return take_read_page(shelf, page, data)

        try:
            outcome = await self._clerks.change(take, page.device)
        except StorageUnavailable as refused:
            if not isinstance(refused, TryAgain):
                self._refused = refused.cause, monotonic()
            raise
        self._refused = None
        return outcome

    async def page(self, device: str, after: int) -> WrittenPage | None:
        return await self._clerks.read(lambda shelf: shelf.page(device, after))

    def refused_within(self, seconds: float) -> Cause | None:
        """Why the database refused a page, where that was so long ago at most and none was taken
        since.
        """
        cause, at = self._refused or (None, 0.0)
        return cause if monotonic() - at <= seconds else None

    async def write_nothing(self) -> None:
        """Raises StorageUnavailable where nothing can be written now."""
        await self._clerks.change(lambda shelf: shelf.run(shelf.write_nothing))

    async def census(self) -> Census:
        return await self._clerks.read(lambda shelf: shelf.census())

    async def about_token(self, token: bytes) -> Found[Shown]:
        """What the token of a QR, 16 bytes, may show, read on a thread of the database."""
        return await self._clerks.read(lambda shelf: all_shown(shelf, token))

    def _papers(self) -> Papers:
        papers = self.trust.papers()
        if papers is None:
            raise Refused(Reason.NOT_ENROLLED, self.device)
        return papers

    def _take_papers(self, shelf: HubShelf, papers: Papers) -> bool:
        # What only one device may open stays with that device.
        changed = self.trust.accept(msgspec.structs.replace(papers, grant=None), "papers")
        if changed:
            save_trust(self.directory, self.trust)
            self._share_papers(shelf)
        return changed

    def _share_papers(self, shelf: HubShelf) -> None:
        """Brings this hub and the database to the same papers, and does what they ask."""
        shelf.tidy()
        theirs = shelf.papers()
        if theirs is not None and self.trust.accept(theirs, "database"):
            save_trust(self.directory, self.trust)
        ours = self.trust.papers()
        if ours is not None and ours != theirs:
            shelf.run(lambda: shelf.keep_papers(ours))
        listed = self.trust.list
        if listed is None or listed.number == self._withdrawn:
            return
        for revocation in listed.revoked:
            shelf.run(partial(shelf.withdraw, revocation))
        self._withdrawn = listed.number


def open_hub(
    data_dir: Path, database: Database, clock: Clock = system_clock, limits: Limits | None = None
) -> Hub:
    """The hub in a data directory, checked but not started. Raises Problem."""
    directory = DataDirectory(data_dir)
    keys = load_keys(directory)
    if keys is None:
        raise NoStore(str(data_dir))
    trust = load_trust(directory, clock)
    trouble = standing(trust, keys.device)
    if trouble is not None:
        if trouble.reason in (Reason.EXPIRED, Reason.REVOKED):
            raise Refused(trouble.reason, str(data_dir))
        raise NotAHub(str(data_dir), trouble.reason.value)
    return Hub(directory, keys, trust, database, clock, limits)


def standing(trust: Trust, device: str) -> Refused | None:
    """Why this device is no hub whose word counts, or None."""
    try:
        certificate = trust.certificate(device, "hub")
    except Refused as refused:
        return refused
    if certificate.role is not DeviceRole.HUB:
        return Refused(Reason.ROLE, "hub", certificate.role.value)
    if trust.revocation(device) is not None:
        return Refused(Reason.REVOKED, "hub", device)
    return Refused(Reason.EXPIRED, "hub", device) if trust.is_expired(certificate) else None


def bare(refused: Refused) -> Refused:
    """A refusal that is a value from here on, without the frames it came through: they hold the
    whole page, packed and unpacked, until somebody collects them.
    """
    refused.__cause__ = refused.__context__ = None
    return refused.with_traceback(None)


def mark(text: bytes) -> str:
    """The ETag of an answer."""
    return f'"{hashlib.sha256(text).hexdigest()[:32]}"'
