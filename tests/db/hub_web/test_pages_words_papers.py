"""What travels over HTTP is what travels on a stick, and comes to the same."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from db.exchange.hub_messages import Words
from db.exchange.pages.importing import Outcome, import_page
from db.exchange.pages.store_shelf import StoreShelf
from db.exchange.pages.version_vector import links
from db.exchange.status.acknowledgements import (
    Acknowledgement,
    own_acknowledgement,
    signed_words,
    take_acknowledgement,
)
from db.exchange.status.store_hash import store_hash
from db.exchange.trust.papers import ACKNOWLEDGEMENT, DeviceRole, Papers, Signed, opened
from db.exchange.trust.trust import read_papers
from db.participation.feedback import add_feedback
from db.store.page import read_page, write_page
from tests.db.exchange.city import City, pages
from tests.db.hub_web.running import Caller, Clock, make_hub, serving
from tests.db.in_memory import praise

Meet = Callable[[StoreShelf], Caller]


@pytest.fixture
def fresh(fresh_of_each_kind: Callable[[], str]) -> Callable[[], str]:
    return fresh_of_each_kind


def _whole(shelf: StoreShelf, count: int = 3) -> list[bytes]:
    after = shelf.tail(shelf.store.device)
    for number in range(count):
        add_feedback(shelf.store, praise(f"의견 {number}"))
    return pages(shelf.store, {shelf.store.device: after})


def became(answered: object) -> Outcome:
    return msgspec.json.decode(answered.content, type=Outcome)  # type: ignore[attr-defined]


def word_of(caller: Caller) -> Acknowledgement:
    signed = msgspec.json.decode(caller.get("/v1/word").content, type=Signed)
    return msgspec.json.decode(signed.text, type=Acknowledgement)


def test_a_page_is_new_once_and_known_afterwards(at_kiosk: Caller) -> None:
    (page,) = _whole(at_kiosk.shelf)
    first, again = at_kiosk.post("/v1/pages", page), at_kiosk.post("/v1/pages", page)
    assert (first.status_code, became(first).new, became(first).known) == (200, 3, 0)
    assert (again.status_code, became(again).new, became(again).known) == (200, 0, 3)


def test_a_gap_is_answered_with_the_number_behind_which_pages_are_needed(at_kiosk: Caller) -> None:
    _first, second = _whole(at_kiosk.shelf), _whole(at_kiosk.shelf)
    answered = at_kiosk.post("/v1/pages", second[0])
    assert (answered.status_code, became(answered).gap) == (409, 0)
    assert word_of(at_kiosk).holds == {}


def test_a_fork_is_refused_and_kept_apart(at_kiosk: Caller, at_desk: Caller, city: City) -> None:
    (page,) = _whole(at_kiosk.shelf, 1)
    twin = city.stranger()
    twin.store.keys = at_kiosk.keys
    twin.store.connection.execute("DELETE FROM device")
    twin.store.connection.execute(
        "INSERT INTO device(device, public_key, own, since_us) VALUES(?, ?, 1, 0)",
        (at_kiosk.keys.device, at_kiosk.keys.public),
    )
    add_feedback(twin.store, praise("다른 기록"))
    assert at_kiosk.post("/v1/pages", page).status_code == 200
    answered = at_desk.post("/v1/pages", pages(twin.store)[0])
    assert (answered.status_code, became(answered).fork) == (422, True)
    assert "cheonman_hub_apart 1.0" in at_desk.http.get(f"{at_desk.address}/metrics").text


def test_a_forged_page_is_refused(at_kiosk: Caller, city: City) -> None:
    (page,) = _whole(at_kiosk.shelf, 1)
    read = read_page(page)
    event = msgspec.structs.replace(read.events[0], signature=bytes(64))
    answered = at_kiosk.post("/v1/pages", write_page(read.previous, [event], read.contents))
    assert (answered.status_code, answered.json()["reason"]) == (422, "forged")
    assert word_of(at_kiosk).holds == {}


def test_a_page_of_a_device_without_a_certificate_is_refused(at_kiosk: Caller, city: City) -> None:
    stranger = city.stranger()
    (page,) = _whole(stranger, 1)
    answered = at_kiosk.post("/v1/pages", page)
    assert (answered.status_code, answered.json()["reason"]) == (422, "unknown-device")


def test_what_is_no_page_is_refused_with_a_reason(at_kiosk: Caller) -> None:
    for body in (b"", b"CMPAGE1\n", b"\0" * 1000, b"CMPAGE1\n" + b"\xff" * 500):
        answered = at_kiosk.post("/v1/pages", body)
        assert (answered.status_code, answered.json()["reason"]) == (422, "unreadable")


def test_a_desk_reads_back_what_a_kiosk_gave_and_holds_the_same(
    at_kiosk: Caller, at_desk: Caller
) -> None:
    for page in _whole(at_kiosk.shelf) + _whole(at_kiosk.shelf, 700):
        assert at_kiosk.post("/v1/pages", page).status_code == 200
    device, after = at_kiosk.keys.device, 0
    while (answered := at_desk.get(f"/v1/pages?device={device}&after={after}")).status_code == 200:
        assert answered.headers["content-type"] == "application/octet-stream"
        assert import_page(at_desk.shelf, answered.content).reason is None
        after = at_desk.shelf.tail(device)
    assert (answered.status_code, answered.content) == (204, b"")
    assert links(at_desk.shelf.store) == links(at_kiosk.shelf.store)
    assert store_hash(at_desk.shelf.store) == store_hash(at_kiosk.shelf.store)


def test_the_hubs_word_confirms_what_a_kiosk_gave(at_kiosk: Caller) -> None:
    (page,) = _whole(at_kiosk.shelf)
    at_kiosk.post("/v1/pages", page)
    signed = msgspec.json.decode(at_kiosk.get("/v1/word").content, type=Signed)
    greeting = at_kiosk.http.get(f"{at_kiosk.address}/v1/hub").json()
    certificate = Signed(**greeting["certificate"])
    papers = at_kiosk.shelf.trust.papers()
    assert papers is not None
    at_kiosk.shelf.trust.accept(
        msgspec.structs.replace(papers, certificates=(certificate,)), "papers"
    )
    assert take_acknowledgement(at_kiosk.shelf, signed, "word") is DeviceRole.HUB
    word = msgspec.json.decode(signed.text, type=Acknowledgement)
    assert word.holds == {
        d: (s, link.hex()) for d, (s, link) in links(at_kiosk.shelf.store).items()
    }


def test_a_word_is_the_same_until_something_changed_and_an_etag_saves_sending_it(
    at_kiosk: Caller,
) -> None:
    first = at_kiosk.get("/v1/word")
    assert at_kiosk.get("/v1/word").content == first.content
    headers = at_kiosk.headers("GET", "/v1/word") | {"If-None-Match": first.headers["etag"]}
    assert at_kiosk.http.get(f"{at_kiosk.address}/v1/word", headers=headers).status_code == 304
    at_kiosk.post("/v1/pages", _whole(at_kiosk.shelf)[0])
    assert at_kiosk.get("/v1/word").content != first.content


def test_a_words_number_rises_over_a_restart_and_over_a_database_that_came_back_older(
    hub_dir: Path, database: str, fresh: Callable[[], str], kiosk: StoreShelf, at_kiosk: Caller
) -> None:
    at_kiosk.post("/v1/pages", _whole(kiosk)[0])
    before = word_of(at_kiosk)
    for each in (database, fresh()):
        with serving(hub_dir, each) as address:
            again = Caller(address, kiosk, at_kiosk.http)
            again.post("/v1/pages", _whole(kiosk)[0])
            after = word_of(again)
            assert after.number > before.number
            before = after


def test_words_travel_on_with_the_signatures_they_came_with(
    at_kiosk: Caller, at_desk: Caller
) -> None:
    words = tuple(signed_words(at_desk.shelf))
    given = at_desk.post("/v1/words", Words(words=words))
    assert given.json() == {"new": 1, "known": 0, "refused": 0}
    assert at_desk.post("/v1/words", Words(words=words)).json()["known"] == 1
    read = msgspec.json.decode(at_kiosk.get("/v1/words").content, type=Words)
    assert own_acknowledgement(at_desk.shelf) in read.words
    beyond = at_kiosk.get(f"/v1/words?after={'z' * 26}")
    assert msgspec.json.decode(beyond.content, type=Words).words == ()


def test_a_word_that_its_signer_did_not_sign_is_not_kept(at_kiosk: Caller, at_desk: Caller) -> None:
    word = own_acknowledgement(at_desk.shelf)
    forged = Signed(word.text.replace('"number":1', '"number":9'), word.signature)
    answered = at_kiosk.post("/v1/words", Words(words=(forged, word)))
    assert answered.json() == {"new": 1, "known": 0, "refused": 1}
    read = msgspec.json.decode(at_kiosk.get("/v1/words").content, type=Words)
    assert word in read.words and forged not in read.words


def test_papers_take_effect_at_once_and_stay_on_disk(
    at_kiosk: Caller, at_desk: Caller, city: City, hub_dir: Path
) -> None:
    new = city.enrol(DeviceRole.KIOSK, "새 도서관")
    assert at_desk.post("/v1/papers", city.authority.papers).json()["new"] == 1
    assert at_desk.post("/v1/papers", city.authority.papers).json()["known"] == 1
    held = msgspec.json.decode(at_kiosk.get("/v1/papers").content, type=Papers)
    assert held == read_papers(hub_dir / "keys" / "papers.json")
    assert any(new.store.device in each.text for each in held.certificates)
    assert at_kiosk.post("/v1/pages", _whole(new, 1)[0]).status_code == 200


def test_papers_of_another_city_are_refused(at_desk: Caller, city: City) -> None:
    papers = city.authority.papers
    other = msgspec.structs.replace(papers, city="0" * 64)
    answered = at_desk.post("/v1/papers", other)
    assert (answered.status_code, answered.json()["reason"]) == (422, "other-city")


def test_a_revocation_takes_back_what_it_cut_off(
    at_kiosk: Caller, at_desk: Caller, city: City
) -> None:
    for page in _whole(at_kiosk.shelf):
        at_kiosk.post("/v1/pages", page)
    device = at_kiosk.keys.device
    city.authority.revoke(device, 1, at_kiosk.shelf.link(device, 1))
    at_desk.post("/v1/papers", city.authority.papers)
    assert word_of(at_desk).holds[device][0] == 1


def test_another_hub_before_the_same_database_learns_a_revocation_within_seconds(
    at_kiosk: Caller, at_desk: Caller, city: City, database: str, tmp_path: Path, clock: Clock
) -> None:
    make_hub(tmp_path / "second", city)
    at_desk.post("/v1/papers", city.authority.papers)
    with serving(tmp_path / "second", database, clock) as address:
        there = Caller(address, at_kiosk.shelf, at_kiosk.http)
        assert there.get("/v1/word").status_code == 200
        city.authority.revoke(at_kiosk.keys.device)
        at_desk.post("/v1/papers", city.authority.papers)
        deadline = clock() + 15_000_000
        while (status := there.get("/v1/word").status_code) == 200 and clock() < deadline:
            pass
        assert status == 401


def test_a_word_signed_by_a_revoked_device_is_passed_over(
    at_kiosk: Caller, at_desk: Caller, city: City
) -> None:
    word = own_acknowledgement(at_kiosk.shelf)
    city.authority.revoke(at_kiosk.keys.device)
    at_desk.post("/v1/papers", city.authority.papers)
    assert at_desk.post("/v1/words", Words(words=(word,))).json()["new"] == 0


@pytest.mark.parametrize("role", [DeviceRole.KIOSK, DeviceRole.DESK])
def test_every_live_device_may_read_every_journal(
    role: DeviceRole, caller: Meet, at_kiosk: Caller, at_desk: Caller, city: City
) -> None:
    at_kiosk.post("/v1/pages", _whole(at_kiosk.shelf)[0])
    reader = caller(city.enrol(role, "읽는 기기"))
    at_desk.post("/v1/papers", city.authority.papers)
    assert reader.get(f"/v1/pages?device={at_kiosk.keys.device}").status_code == 200


def test_the_hubs_own_word_is_signed_by_its_own_key(at_kiosk: Caller, hub_dir: Path) -> None:
    signed = msgspec.json.decode(at_kiosk.get("/v1/word").content, type=Signed)
    trust = read_papers(hub_dir / "keys" / "papers.json")
    word = msgspec.json.decode(signed.text, type=Acknowledgement)
    certificate = next(each for each in trust.certificates if word.device in each.text)
    key = bytes.fromhex(msgspec.json.decode(certificate.text)["public_key"])
    assert opened(key, ACKNOWLEDGEMENT, signed, Acknowledgement, "word") == word
