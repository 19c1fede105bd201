"""Fills an empty desk with demonstration data 시연 자료, a million opinions within minutes.

Real are the journals: every event has its number, its salted hash and its place in the chain of
the device that wrote it, the last event of every page carries that device's signature, and every
table follows from them. The kiosks and the two desks are made up: their keys follow from the seed
and are kept nowhere, no city vouches for them, and so nothing of it is taken by any other store.
Contacts are a few sealed boxes over again. Nobody signed in for the reviews and replies, so the
log of acts knows none of them.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from random import Random

import msgspec

from db.catalogue.dong_names import dong_names
from db.catalogue.loading import load_catalogue
from db.catalogue.phrases import load_phrases
from db.clock import Clock, system_clock
from db.demonstration.journals import PAGE, MadeUpJournal
from db.demonstration.opinions import Opinions
from db.demonstration.sentences import DEPARTMENTS, REASONS
from db.exchange.trust.trust import PAPERS
from db.inbox.columns import Inbox
from db.privacy.contact import seal
from db.problems import InputRefused
from db.receipts.code import receipt_key
from db.records.event_kinds import FEEDBACK, REPLY, REVIEW
from db.records.feedback import (
    Consent,
    Contact,
    ContactKind,
    Kind,
    ReplyBody,
    ReviewBody,
    ReviewState,
)
from db.store.demonstration import is_demonstration, mark_demonstration
from db.store.events import Event
from db.store.opening import open_store
from db.store.store import Store

MOST = 5_000_000
REVIEWED = 0.3
"""Reviews for each feedback: who reads a million has not answered most of them."""
_DAY_US = 86_400_000_000
_LASTS_US = 540 * _DAY_US
_CONSENT = Consent(
    version="demonstration", purpose=True, items=True, retention=True, refusal=True, over_14=True
)
_WITH_DEPARTMENT = (ReviewState.ASSIGNED, ReviewState.ANSWERED)
_OUTCOMES = (
    (ReviewState.IN_REVIEW, 24),
    (ReviewState.ASSIGNED, 22),
    (ReviewState.ANSWERED, 38),
    (ReviewState.ADOPTED, 5),
    (ReviewState.DECLINED, 5),
    (ReviewState.DUPLICATE, 4),
    (ReviewState.WITHHELD, 2),
)

Told = Callable[[int, int], None]
"""How many were made, of how many."""


class Made(msgspec.Struct, frozen=True, kw_only=True):
    feedback: int
    reviews: int
    replies: int


def make_demonstration(
    data_dir: Path,
    feedback: int,
    *,
    seed: int = 0,
    told: Told | None = None,
    clock: Clock = system_clock,
) -> Made:
    """Fills a desk that holds nothing. The same seed says the same things.

    Raises InputRefused where something is in it already, and as `open_store`.
    """
    if not 1 <= feedback <= MOST:
        raise InputRefused("feedback", f"1건에서 {MOST:,}건까지입니다.", f"1 to {MOST:,}.")
    with open_store(data_dir, clock) as store:
        _refuse_what_is_real(store)
        # Keys of its own tables are put down in no order: they want room.
        store.connection.execute("PRAGMA cache_size = -262144")
        return _Maker(store, feedback, seed, told or (lambda done, of: None)).make()


def _refuse_what_is_real(store: Store) -> None:
    (held,) = store.row(
        "SELECT EXISTS(SELECT 1 FROM event) OR EXISTS(SELECT 1 FROM set_aside)"
    ) or (0,)
    # A device that a city trusts is a real one before it holds anything.
    if not held and not (store.directory.keys / PAPERS).exists():
        return
    if is_demonstration(store):
        raise InputRefused(
            "data-dir",
            "이미 시연 자료가 들어 있습니다. 빈 폴더를 고르세요.",
            "it holds demonstration data already; choose an empty folder.",
        )
    raise InputRefused(
        "data-dir",
        "진짜 기록이 들어 있는 저장소에는 시연 자료를 섞지 않습니다. 빈 폴더를 고르세요.",
        "it holds real records, which are never mixed with made-up ones; choose an empty folder.",
    )


class _Reviewed(msgspec.Struct, frozen=True, gc=False):
    id: bytes
    place: str
    at_us: int


class _Maker:
    def __init__(self, store: Store, feedback: int, seed: int, told: Told) -> None:
        self._store, self._feedback, self._told = store, feedback, told
        self._random = Random(seed)
        self._now = store.clock()
        self._seed = seed
        catalogue = load_catalogue()
        phrases = load_phrases()
        self._opinions = Opinions(
            self._random,
            tuple(project.id for project in catalogue.projects),
            tuple(sorted(dong_names())),
            {kind: tuple(each.id for each in phrases if each.kind is kind) for kind in Kind},
        )
        self._sites = tuple(each.id for each in catalogue.landmarks if each.id.startswith("lib-"))
        self._reviewed: list[_Reviewed] = []

    def make(self) -> Made:
        self._join()
        self._make_feedback()
        reviews, replies = self._make_reviews()
        inbox = Inbox(self._store, {})
        while inbox.keep_one():
            pass
        self._store.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return Made(feedback=self._feedback, reviews=reviews, replies=replies)

    def _join(self) -> None:
        began = self._now - _LASTS_US
        self._kiosks = [MadeUpJournal(self._store, self._seed, site) for site in self._sites]
        self._desks = [
            MadeUpJournal(self._store, self._seed, f"desk {number}") for number in (1, 2)
        ]
        with self._store.change() as connection:
            mark_demonstration(connection)
            for each in (*self._kiosks, *self._desks):
                each.join(connection, began)

    # -- feedback --------------------------------------------------------------------------------

    def _make_feedback(self) -> None:
        random, of = self._random, self._feedback
        page = min(PAGE, max(8, of // 200))
        shares = [1 / (place + 2) for place in range(len(self._kiosks))]
        boxes = self._boxes()
        # Some are decided twice.
        reviewed = REVIEWED * 0.92
        done = 0
        while done < of:
            with self._store.change() as connection:
                for _ in range(min(20, -(-(of - done) // page))):
                    (number,) = random.choices(range(len(self._kiosks)), shares)
                    kiosk, site = self._kiosks[number], self._sites[number]
                    many = min(page, of - done)
                    for at_us in self._times(done, many):
                        opinion = self._opinions.draw(site)
                        contact = random.random() < 0.06
                        body = opinion.body
                        if contact:
                            body = msgspec.structs.replace(body, consent=_CONSENT)
                        event = kiosk.write(
                            FEEDBACK,
                            opinion.subject,
                            body,
                            at_us,
                            random.randbytes(32),
                            receipt=receipt_key(random.randbytes(16)),
                            sealed=random.choice(boxes) if contact else None,
                        )
                        if random.random() < reviewed:
                            place = f"{event.device}/{event.seq}"
                            self._reviewed.append(_Reviewed(event.id, place, at_us))
                    kiosk.end_page(connection)
                    done += many
            self._told(done, of)

    def _times(self, done: int, many: int) -> list[int]:
        """When these were said: more of them lately, by day, and within some days of each other."""
        share = ((done + many) / self._feedback) ** 0.7
        end = self._now - 60_000_000 - int(_LASTS_US * (1 - share))
        times = []
        for _ in range(many):
            at_us = end - int(self._random.expovariate(1 / (1.5 * _DAY_US)))
            hour = int(self._random.gauss(14, 3)) % 24
            day = at_us - at_us % _DAY_US
            at_us = day + ((hour - 9) % 24) * 3_600_000_000 + at_us % 3_600_000_000
            times.append(min(at_us, end))
        return sorted(times)

    def _boxes(self) -> list[bytes]:
        """Sealed numbers that nobody has."""
        made = []
        for number in range(32):
            value = f"0100000{number:04d}"
            contact = Contact(kind=ContactKind.PHONE, value=value, consent=_CONSENT)
            made.append(seal(contact, self._store.contact))
        return made

    # -- reviews ---------------------------------------------------------------------------------

    def _make_reviews(self) -> tuple[int, int]:
        wanted = round(self._feedback * REVIEWED)
        reviews = replies = 0
        first, second = self._desks
        while reviews < wanted and self._reviewed:
            with self._store.change() as connection:
                for _ in range(2_000):
                    if reviews >= wanted or not self._reviewed:
                        break
                    made, answered = self._review(first, self._reviewed.pop(), wanted - reviews)
                    reviews += made
                    replies += answered
                    for each in (first, second):
                        if each.is_full:
                            each.end_page(connection)
                for each in (first, second):
                    each.end_page(connection)
        return reviews, replies

    def _review(self, desk: MadeUpJournal, about: _Reviewed, most: int) -> tuple[int, int]:
        """The decisions about one feedback; how many reviews and replies they were."""
        random = self._random
        (state,) = random.choices(
            [state for state, _share in _OUTCOMES], [share for _state, share in _OUTCOMES]
        )
        at_us = min(about.at_us + int(random.expovariate(1 / (4 * _DAY_US))), self._now)
        department, made = random.choice(DEPARTMENTS), 0
        saw: tuple[str, ...] = ()
        if random.random() < 0.25 and most > 1 and state is not ReviewState.IN_REVIEW:
            event = self._decide(desk, about, ReviewState.IN_REVIEW, at_us)
            saw, made = (f"{event.device}/{event.seq}",), 1
            at_us = min(at_us + int(random.expovariate(1 / _DAY_US)), self._now)
        replies = 0
        if state is ReviewState.ANSWERED:
            body = ReplyBody(
                feedback=about.id.hex(),
                text=self._opinions.reply(),
                department=department,
                public=random.random() < 0.4,
            )
            subject = f"feedback/{about.id.hex()}"
            desk.write(REPLY, subject, body, at_us, random.randbytes(32))
            replies = 1
        self._decide(desk, about, state, at_us, department, saw)
        made += 1
        if made < most and random.random() < 0.002:
            # Two desks that did not know of each other.
            self._decide(self._desks[1], about, ReviewState.IN_REVIEW, at_us)
            made += 1
        return made, replies

    def _decide(
        self,
        desk: MadeUpJournal,
        about: _Reviewed,
        state: ReviewState,
        at_us: int,
        department: str | None = None,
        saw: tuple[str, ...] = (),
    ) -> Event:
        random = self._random
        original = random.choice(self._reviewed[-200:] or [about])
        duplicate = state is ReviewState.DUPLICATE and original is not about
        if state is ReviewState.DUPLICATE and not duplicate:
            state = ReviewState.IN_REVIEW
        reasoned = state in (ReviewState.DECLINED, ReviewState.WITHHELD)
        body = ReviewBody(
            feedback=about.id.hex(),
            state=state,
            saw=saw,
            reason=random.choice(REASONS) if reasoned else None,
            department=department
            if state in (ReviewState.ASSIGNED, ReviewState.ANSWERED)
            else None,
            duplicate_of=original.id.hex() if duplicate else None,
            duplicate_at=original.place if duplicate else None,
        )
        subject = f"feedback/{about.id.hex()}"
        return desk.write(REVIEW, subject, body, at_us, random.randbytes(32))
