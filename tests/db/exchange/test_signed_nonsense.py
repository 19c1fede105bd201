"""Whoever holds a key may sign anything: forks, replays and nonsense, revoked, expired, or with
somebody else's key. The signature holds, so everything behind it is tried.
"""

from __future__ import annotations

import random
import tracemalloc
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
import pytest

from db.clock import DAY_US
from db.exchange.pages.importing import TO_QUARANTINE, import_page
from db.exchange.pages.store_shelf import StoreShelf
from db.exchange.pages.version_vector import vector
from db.exchange.status.store_hash import store_hash
from db.exchange.trust.papers import DeviceRole, Request
from db.keys.device import DeviceKeys
from db.participation.feedback import add_feedback
from db.records import Erased
from db.records.event_kinds import FEEDBACK, PLANTING, REDACTION, REPLY, REVIEW
from db.refusals import Reason, Refused
from db.store.events import SIGNATURE, Contents, Event, genesis
from db.store.journal import events, redact
from db.store.page import read_page, write_page
from db.store.verification import verify
from tests.db.exchange.city import AGE, City, a_city, pages, take_all
from tests.db.in_memory import NOON, PHONE, praise

FEW, MANY = 1_200, 20_000
MEASURED = 200
"""Pages whose memory is measured: that alone takes longer than the pages."""

Pair = tuple[Event, Contents]

_KINDS = (FEEDBACK, PLANTING, REVIEW, REPLY, REDACTION, "pack.published", "hub.word", "x")
_SUBJECTS = ("general", "", "project/x", "feedback/" + "0" * 32, "a" * 26 + "/1")
_BODIES = ("{}", "[]", "null", "x", '{"kind":"praise","text":"다른 글"}', "[" * 5_000)


@dataclass
class Signer:
    """A device that signs, and the events it really wrote."""

    keys: DeviceKeys
    pairs: list[Pair] = field(default_factory=list)

    def link(self, before: int) -> bytes:
        return self.pairs[before - 1][0].chain if before else genesis(self.keys.public)


def signed(keys: DeviceKeys, previous: bytes, pairs: list[Pair]) -> bytes:
    """A page of these events, whatever they are, under a signature that holds."""
    made, contents = [event for event, _ in pairs], [each for _, each in pairs]
    made[-1] = msgspec.structs.replace(made[-1], signature=bytes(64))
    link = read_page(write_page(previous, made, contents)).link
    made[-1] = msgspec.structs.replace(made[-1], signature=keys.sign(SIGNATURE + link))
    return write_page(previous, made, contents)


def altered(chance: random.Random, pair: Pair) -> Pair:
    event, contents = pair
    act = chance.randrange(7)
    if act == 0:
        event = msgspec.structs.replace(event, kind=chance.choice(_KINDS))
    elif act == 1:
        event = msgspec.structs.replace(event, subject=chance.choice(_SUBJECTS))
    elif act == 2:
        event = msgspec.structs.replace(event, id=chance.randbytes(16))
    elif act == 3:
        event = msgspec.structs.replace(event, at_us=chance.randrange(-(2**60), 2**60))
    elif act == 4:
        body = chance.choice(_BODIES)
        contents = msgspec.structs.replace(contents, body=body, salt=chance.randbytes(16))
    elif act == 5:
        event = msgspec.structs.replace(event, body_hash=chance.randbytes(32))
        contents = msgspec.structs.replace(contents, body=None, salt=None)
    else:
        box = chance.randbytes(60)
        contents = msgspec.structs.replace(contents, key_id="none", sealed=box)
    return event, contents


def some_page(chance: random.Random, signers: list[Signer]) -> bytes | None:
    """A page of one device, or of no real one; None where no page can hold it."""
    signer = chance.choice(signers)
    first = chance.randrange(len(signer.pairs))
    last = chance.randint(first + 1, len(signer.pairs))
    pairs = signer.pairs[first:last]
    if chance.random() < 0.7:
        at = chance.randrange(len(pairs))
        pairs = [*pairs[:at], altered(chance, pairs[at]), *pairs[at + 1 :]]
    shift = chance.choice((0, 0, 0, 1, 2, 10**9))
    pairs = [(msgspec.structs.replace(e, seq=e.seq + shift), c) for e, c in pairs]
    previous = signer.link(first) if chance.random() < 0.9 else chance.randbytes(32)
    keys = signer.keys if chance.random() < 0.9 else chance.choice(signers).keys
    try:
        return signed(keys, previous, pairs)
    except (Refused, ValueError):
        return None


def filled(shelf: StoreShelf, count: int = 6) -> Signer:
    """A device with feedback, one of them erased again."""
    for number in range(count - 1):
        add_feedback(shelf.store, praise(f"의견 {number}", contact=PHONE if number % 2 else None))
    redact(shelf.store, shelf.store.device, 2, Erased.BOTH, "요청")
    return Signer(shelf.store.keys, list(events(shelf.store.connection, shelf.store.device)))


@pytest.fixture
def now() -> list[int]:
    return [NOON]


def a_town(city: City, now: list[int]) -> tuple[StoreShelf, dict[str, Signer], dict[str, int]]:
    """A desk, devices of every standing, and how far each may ever be taken there."""
    desk = city.enrol(DeviceRole.DESK, "검토대")
    shelves = {
        name: city.enrol(DeviceRole.KIOSK, name) for name in ("키오스크", "취소됨", "만료됨")
    }
    shelves["남"] = city.stranger()
    signers = {name: filled(shelf) for name, shelf in shelves.items()}
    for name in ("키오스크", "취소됨", "만료됨"):
        first = signed(signers[name].keys, signers[name].link(0), signers[name].pairs[:3])
        assert import_page(desk, first).new == 3
    revoked, expired = signers["취소됨"].keys, signers["만료됨"].keys
    city.authority.revoke(revoked.device, 2, signers["취소됨"].link(2))
    request = Request(public_key=expired.public.hex(), age=AGE, name="", at_us=NOON)
    now[0] -= 366 * DAY_US
    city.authority.sign(request, DeviceRole.KIOSK, "만료됨", 1)
    now[0] += 366 * DAY_US
    city.tell_all()
    now[0] += DAY_US
    most = {
        signers["키오스크"].keys.device: len(signers["키오스크"].pairs),
        revoked.device: 3,
        expired.device: 3,
    }
    return desk, signers, most


@pytest.mark.parametrize("count", [FEW, pytest.param(MANY, marks=pytest.mark.soak)])
def test_whatever_a_known_device_signs_changes_no_more_than_it_may(
    tmp_path: Path, now: list[int], count: int
) -> None:
    seed = random.getrandbits(32)
    chance = random.Random(seed)
    with a_city(tmp_path / "authority", lambda: now[0]) as city:
        desk, signers, most = a_town(city, now)
        met: Counter[Reason | None] = Counter()
        before = store_hash(desk.store)
        tracemalloc.start()
        for number in range(count):
            if number == MEASURED:
                _now, peak = tracemalloc.get_traced_memory()
                tracemalloc.stop()
            data = some_page(chance, list(signers.values()))
            if data is None:
                continue
            outcome = import_page(desk, data)
            met[outcome.reason] += 1
            after = store_hash(desk.store)
            if outcome.new == outcome.filled == 0:
                assert after == before, f"seed {seed}"
            if outcome.reason not in (None, Reason.GAP):
                assert outcome.place in outcome.ko and outcome.place in outcome.en
            before = after
        assert peak < 64 * 1024 * 1024
        # Every way out was met, so nothing above stopped before it.
        wanted = {*TO_QUARANTINE, Reason.FORGED, Reason.GAP, Reason.UNKNOWN_DEVICE, Reason.EXPIRED}
        assert wanted <= met.keys(), f"seed {seed}: {met}"
        held = vector(desk.store)
        assert all(seq <= most.get(device, 0) for device, seq in held.items()), f"seed {seed}"
        assert verify(desk.store) == (), f"seed {seed}"
        # And an honest page still gets through.
        honest = city.enrol(DeviceRole.KIOSK, "새 키오스크")
        add_feedback(honest.store, praise("정직한 글"))
        assert [each.new for each in take_all(desk, pages(honest.store))] == [1]
