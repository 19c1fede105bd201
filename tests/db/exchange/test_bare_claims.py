"""What others only say of this device's journal: nothing is given up for it, nothing is confirmed
by it, and people are told. Only this device's own signature proves that there is a copy of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.directory import SEED, DataDirectory
from db.exchange.pages.importing import import_page
from db.exchange.pages.store_shelf import StoreShelf
from db.exchange.pages.version_vector import links
from db.exchange.status.acknowledgements import (
    Acknowledgement,
    agreed,
    own_acknowledgement,
    take_acknowledgement,
    words,
)
from db.exchange.status.outbox import confirmed, known_to_all, pending
from db.exchange.status.status import Alarm, Counter, exchange_status, rows_of
from db.exchange.trust.papers import ACKNOWLEDGEMENT, DeviceRole, Signed, sign
from db.exchange.trust.trust import Trust
from db.keys.device import RETIRED, load_keys
from db.participation.feedback import add_feedback
from db.refusals import Reason, Refused
from db.store.notices import notices
from db.store.page import read_page, write_page
from db.store.store import Store
from tests.db.exchange.between import Between, on
from tests.db.exchange.city import City, a_city, pages, take_all
from tests.db.exchange.machines import Machines
from tests.db.exchange.visiting import changing, sync
from tests.db.in_memory import NOON, memory_store, praise

YEAR = 366 * 86_400 * 1_000_000
LINK = "ab" * 32


def say(store: Store, count: int) -> None:
    for number in range(count):
        add_feedback(store, praise(f"의견 {number}"))


def word_by(signer: StoreShelf, holds: Mapping[str, tuple[int, str]], number: int = 1) -> Signed:
    """The word of a device that says whatever it likes."""
    word = Acknowledgement(device=signer.store.device, number=number, at_us=NOON, holds=dict(holds))
    return sign(signer.store.keys.signing, ACKNOWLEDGEMENT, word)


def standing(shelf: StoreShelf) -> tuple[str, bytes, bool]:
    """Which device this is, and whether it is enrolled."""
    return shelf.store.device, shelf.store.keys.public, exchange_status(shelf).enrolled


@pytest.mark.parametrize("role", list(DeviceRole))
@pytest.mark.parametrize("own", list(DeviceRole))
def test_nobody_elses_word_makes_a_device_give_up_its_name(
    city: City, role: DeviceRole, own: DeviceRole
) -> None:
    shelf, liar = city.enrol(own, "여기"), city.enrol(role, "거짓말쟁이")
    say(shelf.store, 3)
    before = standing(shelf)
    device = shelf.store.device
    for number, seq in enumerate((4, 10**6, 2**62), start=1):
        take_acknowledgement(shelf, word_by(liar, {device: (seq, LINK)}, number), "stick")
        assert standing(shelf) == before
        assert confirmed(shelf) == {} and known_to_all(shelf) == {}
        assert pending(shelf) == {device: (0, 3)}
    # It rings for people: once in the notices, and in the alarms as long as it is said.
    (notice,) = [each for each in notices(shelf.store) if each.kind == "foreign-claim"]
    assert "거짓말쟁이" in notice.ko and liar.store.device in notice.en
    (alarm,) = rows_of(shelf, Counter.FORKS)
    assert isinstance(alarm, Alarm)
    assert (alarm.device, alarm.last, alarm.place) == (device, 2**62, liar.store.device)
    take_acknowledgement(shelf, word_by(liar, {}, 9), "stick")
    assert rows_of(shelf, Counter.FORKS) == []


@pytest.mark.parametrize("gone", ["expired", "revoked"])
def test_the_word_of_a_signer_whose_time_is_over_is_not_heard_at_all(city: City, gone: str) -> None:
    shelf, other = city.enrol(DeviceRole.KIOSK, "여기"), city.enrol(DeviceRole.DESK, "검토대")
    say(shelf.store, 1)
    true = {device: (seq, link.hex()) for device, (seq, link) in links(shelf.store).items()}
    if gone == "revoked":
        city.authority.revoke(other.store.device)
        city.tell_all()
    else:
        trust = Trust(lambda: NOON + 4 * YEAR)
        trust.accept(city.authority.papers, "papers")
        shelf = StoreShelf(shelf.store, trust)
    for holds in (true, {shelf.store.device: (10**6, LINK)}):
        assert take_acknowledgement(shelf, word_by(other, holds), "stick") is None
    assert words(shelf) == [] and confirmed(shelf) == {}
    assert shelf.store.row("SELECT count(*) FROM acknowledgement") == (0,)
    assert notices(shelf.store) == ()


@st.composite
def lies(draw: st.DrawFn) -> list[tuple[int, int, int | None]]:
    """(signer, number said, whose true link it is said with; None for a made-up one)."""
    one = st.tuples(
        st.integers(0, 3),
        st.one_of(st.integers(0, 8), st.sampled_from((10**6, 2**62))),
        st.one_of(st.none(), st.integers(1, 3)),
    )
    return draw(st.lists(one, min_size=1, max_size=12))


@pytest.fixture(scope="module")
def surrounded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[StoreShelf, ...]]:
    """A kiosk with five events of which three were handed over, and four others of its city."""
    with a_city(tmp_path_factory.mktemp("city")) as city:
        shelf = city.enrol(DeviceRole.KIOSK, "여기")
        others = [
            city.enrol(role, f"{role} {at}")
            for at, role in enumerate((*DeviceRole, DeviceRole.HUB))
        ]
        say(shelf.store, 5)
        yield shelf, *others


@settings(max_examples=40, deadline=None)
@given(lies())
def test_whatever_a_set_of_certified_devices_signs_nothing_changes_that_was_not_delivered(
    surrounded: tuple[StoreShelf, ...], said: list[tuple[int, int, int | None]]
) -> None:
    """The third link is the furthest that anybody outside has seen."""
    shelf, *liars = surrounded
    device, before = shelf.store.device, standing(shelf)
    with shelf.change() as connection:
        connection.execute("DELETE FROM acknowledgement")
        connection.execute("DELETE FROM meta WHERE key LIKE 'agreed/%'")
    seen = {seq: link.hex() for seq, link in _chain(shelf.store, device)[:3]}
    for number, (at, seq, known) in enumerate(said, start=1):
        link = LINK if known is None else seen[known]
        word = word_by(liars[at], {device: (seq, link)}, number)
        take_acknowledgement(shelf, word, "stick")
        assert standing(shelf) == before
        assert confirmed(shelf).get(device, 0) <= 3
        assert known_to_all(shelf).get(device, 0) <= 3
        assert pending(shelf)[device][1] == 5


def _chain(store: Store, device: str) -> list[tuple[int, bytes]]:
    return store.rows("SELECT seq, chain FROM event WHERE device = ? ORDER BY seq", (device,))


def _page_alone(store: Store, seq: int) -> bytes:
    """The page that holds one event, which nothing before it has to be known for."""
    page = read_page(pages(store)[0])
    before = page.events[seq - 2].chain if seq > 1 else page.previous
    return write_page(before, page.events[seq - 1 : seq], page.contents[seq - 1 : seq])


@pytest.mark.parametrize("by", ["page", "page behind a gap", "forked page", "word", "older fork"])
def test_its_own_signature_under_what_it_did_not_write_is_proof_of_a_copy(
    city: City, kiosk: StoreShelf, tmp_path: Path, by: str
) -> None:
    """The kiosk's disk went back to one event while another two were out already."""
    kiosk.store.directory = DataDirectory(tmp_path / "kiosk")
    with memory_store(1) as copy:
        assert copy.device == kiosk.store.device
        say(copy, 1)
        copy.connection.backup(kiosk.store.connection)
        say(copy, 3)
        say(kiosk.store, {"older fork": 5, "forked page": 2}.get(by, 0))
        held = kiosk.tail(copy.device)
        if by == "word":
            trust = Trust(lambda: NOON)
            trust.accept(city.authority.papers, "papers")
            signed = own_acknowledgement(StoreShelf(copy, trust))
            assert take_acknowledgement(kiosk, signed, "stick") is None
        else:
            data = _page_alone(copy, 4) if by == "page behind a gap" else pages(copy)[0]
            import_page(kiosk, data)
        assert kiosk.store.device != copy.device
        assert [each.kind for each in notices(kiosk.store) if each.kind == "new-device"]
        # What is written from now on bears the new name, from its first number on.
        assert add_feedback(kiosk.store, praise("그 뒤")).seq == 1
        assert kiosk.tail(copy.device) >= held


def test_a_word_or_page_of_its_own_that_came_back_changes_nothing(
    kiosk: StoreShelf, desk: StoreShelf
) -> None:
    say(kiosk.store, 2)
    before, early = kiosk.store.device, own_acknowledgement(kiosk)
    first = pages(kiosk.store)
    say(kiosk.store, 2)
    late = own_acknowledgement(kiosk)
    for signed in (early, late, early):
        assert take_acknowledgement(kiosk, signed, "stick") is None
    take_all(kiosk, [*first, *pages(kiosk.store)])
    assert kiosk.store.device == before and notices(kiosk.store) == ()


def test_a_forged_word_in_this_devices_name_is_refused_and_changes_nothing(
    kiosk: StoreShelf, desk: StoreShelf
) -> None:
    say(kiosk.store, 1)
    before = standing(kiosk)
    forged = Acknowledgement(
        device=kiosk.store.device, number=5, at_us=NOON, holds={kiosk.store.device: (9, LINK)}
    )
    signed = sign(desk.store.keys.signing, ACKNOWLEDGEMENT, forged)
    with pytest.raises(Refused) as refused:
        take_acknowledgement(kiosk, signed, "stick")
    assert refused.value.reason is Reason.FORGED
    assert standing(kiosk) == before


def test_the_words_of_a_store_that_went_back_are_newer_than_those_before(
    kiosk: StoreShelf, desk: StoreShelf
) -> None:
    """Else everybody would pass over what it says, as old."""
    say(kiosk.store, 1)
    with memory_store(1) as before:
        shelf = StoreShelf(before, kiosk.trust)
        kiosk.store.connection.backup(before.connection)
        for number in range(3):
            say(desk.store, 1)
            take_all(shelf, pages(desk.store))
            late = own_acknowledgement(shelf)
            assert take_acknowledgement(desk, late, "stick") is DeviceRole.KIOSK, number
    assert take_acknowledgement(kiosk, late, "stick") is None
    take_all(kiosk, pages(desk.store))
    assert take_acknowledgement(desk, own_acknowledgement(kiosk), "stick") is DeviceRole.KIOSK


def test_who_is_ahead_still_counts_for_what_its_earlier_word_agreed_to(
    city: City, kiosk: StoreShelf, desk: StoreShelf
) -> None:
    """A second desk knows more of the kiosk than this one: it is not sent everything anew."""
    second, device = city.enrol(DeviceRole.DESK, "정원도시과"), kiosk.store.device
    for shelf, seq in ((desk, 2), (second, 2), (second, 4)):
        say(kiosk.store, seq - kiosk.tail(device))
        take_all(shelf, pages(kiosk.store))
        if shelf is second:
            take_acknowledgement(desk, own_acknowledgement(second), "stick")
    (word,) = words(desk)
    assert word.holds[device][0] == 4
    assert agreed(desk, word) == {device: 2} == confirmed(desk)
    # The link of what is not here yet may be anything: it is held against what comes.
    true = word.holds[device]
    take_acknowledgement(desk, word_by(second, {device: (4, LINK)}, 9), "stick")
    assert confirmed(desk) == {device: 2}
    take_all(desk, pages(kiosk.store))
    assert confirmed(desk) == {}
    take_acknowledgement(desk, word_by(second, {device: true}, 10), "stick")
    assert confirmed(desk) == {device: 4}
    # And whoever says that it holds less than it did is believed at once.
    take_acknowledgement(desk, word_by(second, {}, 11), "stick")
    assert confirmed(desk) == {}


def test_a_hub_that_boasts_keeps_its_kiosk_as_it_is_and_confirms_nothing(
    machines: Machines, line: Between
) -> None:
    machines.enrol("kiosk", "kiosk")
    sync(machines, "kiosk", line.url)
    device = machines.say("kiosk", "하나")["device"]
    keys = load_keys(DataDirectory(machines.of("hub")))
    assert keys is not None

    def boast(body: bytes) -> bytes:
        word = msgspec.json.decode(
            msgspec.json.decode(body, type=Signed).text, type=Acknowledgement
        )
        told = msgspec.structs.replace(
            word, number=word.number + 1, holds={**word.holds, device: (10**6, LINK)}
        )
        return msgspec.json.encode(sign(keys.signing, ACKNOWLEDGEMENT, told))

    line.follow(on("GET /v1/word?", changing(boast)))
    sync(machines, "kiosk", line.url)
    status = machines.status("kiosk")
    assert status["enrolled"] and (status["pending"], status["forks"]) == (1, 1)
    assert machines.say("kiosk", "또")["device"] == device
    line.follow(lambda call: None)
    sync(machines, "kiosk", line.url)
    status = machines.status("kiosk")
    assert (status["pending"], status["sent_not_confirmed"], status["forks"]) == (0, 0, 0)


def test_what_a_device_said_under_an_earlier_name_is_nobody_elses_word(
    city: City, desk: StoreShelf, tmp_path: Path
) -> None:
    """A desk believes anybody; its own old word, which others carry back, confirms nothing."""
    say(desk.store, 2)
    before, old = desk.store.device, own_acknowledgement(desk)
    desk.store.directory = DataDirectory(tmp_path / "desk")
    retired = desk.store.directory.keys / RETIRED / before
    retired.mkdir(parents=True)
    (retired / SEED).write_bytes(bytes(32))
    with desk.change():
        desk.take_new_name("시험", "a test")
    city.certify(desk.store, DeviceRole.DESK, "새 이름")
    city.tell_all()
    take_acknowledgement(desk, old, "stick")
    assert words(desk) == [] and confirmed(desk) == {}
    assert pending(desk) == {before: (0, 2)}
