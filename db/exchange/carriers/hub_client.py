"""A visit to the hub 허브: papers, pages and words, both ways, over HTTP.

The network is waited for away from the store, and the store is asked for one page at a time, so
whoever saves meanwhile waits for one page at most. A visit that broke off leaves nothing to clean
up: the next one asks again what is missing. Nothing the hub answers is believed but what a device
of this city signed: what counts as confirmed, and what is taken, is decided as with a stick.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import msgspec

from db.exchange.carriers.bundle_reading import Reading, Refusal
from db.exchange.carriers.hub_http import HubCalls, Patience
from db.exchange.carriers.hub_session import Breath, HubSession, OnStore, no_breath
from db.exchange.carriers.hub_store_work import (
    agree,
    asked_for,
    difference,
    hear,
    is_behind,
    lacking_at_the_hub,
    next_page,
    note_visit,
    take,
    unheard,
)
from db.exchange.hub_messages import LARGEST_WORDS, Words
from db.exchange.hub_trouble import HubTrouble, Trouble
from db.exchange.pages.exporting import WrittenPage
from db.exchange.pages.importing import Outcome, unreadable
from db.exchange.pages.store_shelf import StoreShelf
from db.exchange.pages.version_vector import vector
from db.exchange.status.acknowledgements import (
    Acknowledgement,
    can_give,
    take_acknowledgement,
)
from db.exchange.trust.papers import (
    LARGEST_PAPERS,
    MOST_DEVICES,
    DeviceRole,
    Papers,
    Signed,
    parsed,
)
from db.problems import Problem
from db.refusals import Reason, Refused
from db.store.lacking import lacking
from db.store.page import LARGEST_PAGE, unpacked_size

MOST_PAGES = 20_000
"""Pages fetched in one visit: ten million events. What is left comes with the next."""
MOST_IN_VAIN = 64 * 1024 * 1024
"""Bytes that pages which were refused may unpack to, in one visit."""
WORDS_AT_ONCE = 10
"""Words taken before the store's thread is given back."""

Arrived = Callable[[DeviceRole], None]
"""Told at once when events of a device of this role were taken."""
Progress = Callable[[int, int], None]
"""Told how many events have gone either way, of how many the hub's word made one expect."""


class HubVisit(msgspec.Struct, kw_only=True):
    """What a visit brought, and how many events the hub took; `more` waits for the next visit."""

    reading: Reading
    sent: int = 0
    more: bool = False


async def sync_hub(
    on_store: OnStore,
    url: str,
    *,
    patience: Patience | None = None,
    breath: Breath = no_breath,
    arrived: Arrived = lambda role: None,
    progress: Progress = lambda done, total: None,
) -> HubVisit:
    """Gives the hub at `url` what it lacks and takes what it has.

    Raises HubTrouble when the visit broke off, Refused where this device has no papers,
    StorageUnavailable when this disk refuses; the log has it then. What came until then stays.
    """
    done = HubVisit(reading=Reading())
    try:
        async with HubCalls(url, patience) as calls:
            visit = _Visit(HubSession(on_store, calls, breath), done, arrived, progress)
            await visit.make()
    except Problem as problem:
        # An address that cannot be used may hold a password; its trouble names it without.
        place = problem.place if isinstance(problem, HubTrouble) else url
        await on_store(partial(note_visit, place=place, reading=done.reading, problem=problem))
        raise
    await on_store(partial(note_visit, place=calls.url, reading=done.reading, problem=None))
    return done


class _Visit:
    """One visit from greeting to goodbye."""

    def __init__(
        self, session: HubSession, done: HubVisit, arrived: Arrived, progress: Progress
    ) -> None:
        self._session, self._done, self._arrived = session, done, arrived
        self._url = session.url
        self._fetched = self._spent = 0
        self._progress = progress
        self._moved = self._expected = 0

    async def make(self) -> None:
        await self._session.meet()
        await self._papers()
        word = await self._word()
        self._expected = await self._session.on_store(partial(difference, word=word))
        if await self._send(word):
            word = await self._word()
        await self._fetch(word)
        await self._fetch_lost(word)
        await self._words()
        if self._expected:
            self._progress(self._expected, self._expected)

    def _tell(self, events: int) -> None:
        """So many more have gone; the end is told by the end alone."""
        self._moved += events
        if self._expected:
            self._progress(min(self._moved, self._expected - 1), self._expected)

    # -- papers --------------------------------------------------------------------------------

    async def _papers(self) -> None:
        answer = await self._session.call("GET", "/v1/papers", largest=LARGEST_PAPERS)
        theirs = self._session.document(answer, Papers)
        try:
            more = await self._session.on_store(partial(agree, theirs=theirs, place=self._url))
        except Refused as refused:
            # The hub is this city's, and still its papers are not: nothing else is worth asking.
            if refused.reason is Reason.NOT_ENROLLED:
                raise
            raise HubTrouble(Trouble.STRANGER, self._url, why=refused) from refused
        if more is not None:
            await self._session.call("POST", "/v1/papers", msgspec.json.encode(more))

    # -- out -----------------------------------------------------------------------------------

    async def _word(self) -> Acknowledgement:
        """The hub's own word, believed for its signature alone."""
        answer = await self._session.call("GET", "/v1/word", largest=LARGEST_WORDS)
        signed = self._session.document(answer, Signed)
        try:
            word, role = await self._session.on_store(partial(hear, signed=signed, place=self._url))
        except Refused as refused:
            raise HubTrouble(Trouble.STRANGER, self._url, why=refused) from refused
        self._done.reading.acknowledgements += role is not None
        return word

    async def _send(self, word: Acknowledgement) -> bool:
        """Sends what the hub lacks by its own word; True when it took anything."""
        ranges = await self._session.on_store(partial(lacking_at_the_hub, word=word))
        for device, (after, upto) in ranges.items():
            await self._send_journal(device, after, upto)
        for page in await self._session.on_store(partial(can_give, asked=(word,))):
            await self._session.call("POST", "/v1/pages", page.data)
        return self._done.sent > 0

    async def _send_journal(self, device: str, after: int, upto: int) -> None:
        went_back = False
        page = await self._session.on_store(partial(next_page, device=device, after=after))
        while page is not None:
            answer = await self._session.call("POST", "/v1/pages", page.data)
            outcome = self._outcome(answer.status, answer.body, page)
            if answer.status == 409 and not went_back and is_behind(outcome, page):
                # It lost something since its word, or another hub answers now.
                went_back, sent, after = True, None, outcome.gap or 0
            elif answer.status != 200 or outcome.reason is not None:
                self._refuse(outcome, page)
                return
            else:
                self._done.sent += page.last - page.first + 1
                self._tell(page.last - page.first + 1)
                sent, after = page.last, page.last
            page = await self._session.on_store(
                partial(next_page, device=device, after=after, sent=sent, upto=upto)
            )

    def _outcome(self, status: int, body: bytes, page: WrittenPage) -> Outcome:
        """What the hub says became of a page; only whether it is worth going on is believed."""
        if status not in (200, 409, 422):
            reason = Reason.TOO_LARGE if status == 413 else Reason.UNREADABLE
            return Outcome(place=page.name, reason=reason)
        try:
            return parsed(body, Outcome, self._url)
        except Refused as refused:
            raise HubTrouble(Trouble.STRANGE, self._url, refused.detail) from refused

    def _refuse(self, outcome: Outcome, page: WrittenPage) -> None:
        refused = Refused(outcome.reason or Reason.UNREADABLE, f"{self._url}: {page.name}")
        self._done.reading.refuse(Refusal(refused.place, refused.reason, refused.ko, refused.en))

    # -- in ------------------------------------------------------------------------------------

    async def _fetch(self, word: Acknowledgement) -> None:
        known, certified = await self._session.on_store(
            lambda shelf: (vector(shelf.store), frozenset(shelf.trust.certificates))
        )
        for device, (upto, _) in word.holds.items():
            if upto > known.get(device, 0):
                if device not in certified:
                    self._in_vain(Refused(Reason.UNKNOWN_DEVICE, self._url, device))
                    continue
                await self._fetch_journal(device, known.get(device, 0), upto)

    async def _fetch_journal(self, device: str, after: int, upto: int) -> None:
        while after < upto and self._fetched < MOST_PAGES:
            self._fetched += 1
            target = f"/v1/pages?device={device}&after={after}"
            answer = await self._session.call("GET", target, largest=LARGEST_PAGE)
            if answer.status == 204:
                return
            place = f"{self._url}: {device}/{after + 1}"
            if answer.status != 200:
                self._done.reading.add(unreadable(Refused(Reason.UNREADABLE, place)))
                return
            page = asked_for(answer.body, place, device, after)
            if isinstance(page, Refused):
                self._in_vain(page, unpacked_size(answer.body))
                return
            outcome, role = await self._session.on_store(
                partial(take, page=page, data=answer.body, place=self._url)
            )
            self._done.reading.add(outcome)
            if role is not None:
                self._arrived(role)
            if outcome.reason is Reason.FORGED:
                self._spend(unpacked_size(answer.body))
            if outcome.reason is not None:
                return
            self._tell(page.last - after)
            after = page.last
        self._done.more = self._done.more or after < upto

    def _in_vain(self, refused: Refused, unpacked: int = 0) -> None:
        self._done.reading.add(unreadable(refused))
        self._spend(unpacked)

    def _spend(self, unpacked: int) -> None:
        """Counts what was unpacked for nothing. Raises HubTrouble for a hub that gives little
        else.
        """
        self._spent += unpacked
        if self._spent > MOST_IN_VAIN:
            raise HubTrouble(Trouble.STRANGE, self._url, "pages that are none")

    async def _fetch_lost(self, word: Acknowledgement) -> None:
        """Contents that rotted here, and that the hub does not say it lost too."""
        for device, seq in await self._session.on_store(lambda shelf: lacking(shelf.store)):
            upto, _link = word.holds.get(device, (0, ""))
            if seq <= upto and seq not in word.lacks.get(device, ()):
                await self._fetch_journal(device, seq - 1, seq)

    # -- words ---------------------------------------------------------------------------------

    async def _words(self) -> None:
        theirs: set[str] = set()
        after = ""
        for _ in range(MOST_DEVICES):
            target = f"/v1/words?after={after}" if after else "/v1/words"
            answer = await self._session.call("GET", target, largest=LARGEST_WORDS)
            some = self._session.document(answer, Words)
            theirs.update(signed.signature for signed in some.words)
            for at in range(0, len(some.words), WORDS_AT_ONCE):
                await self._take_words(some.words[at : at + WORDS_AT_ONCE])
            if not some.more or some.last is None or some.last <= after:
                break
            after = some.last
        for body in await self._session.on_store(partial(unheard, theirs=theirs)):
            await self._session.call("POST", "/v1/words", body)

    async def _take_words(self, words: tuple[Signed, ...]) -> None:
        reading = self._done.reading

        def act(shelf: StoreShelf) -> None:
            for signed in words:
                try:
                    role = take_acknowledgement(shelf, signed, self._url)
                except Refused as refused:
                    # One stranger's word among many spoils nothing else.
                    reading.refuse(Refusal(refused.place, refused.reason, refused.ko, refused.en))
                    continue
                reading.acknowledgements += role is not None

        await self._session.on_store(act)
