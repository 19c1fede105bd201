"""Whatever answers in the hub's place, or lies in its name, gains nothing and is named."""

from __future__ import annotations

import msgspec
import pytest

from db.exchange.carriers.hub_http import Patience
from db.exchange.hub_trouble import HubTrouble, Trouble
from db.exchange.pages.exporting import export_pages
from db.exchange.pages.store_shelf import StoreShelf
from db.exchange.status.acknowledgements import Acknowledgement, own_acknowledgement
from db.exchange.trust.papers import Signed
from db.store.opening import open_store
from tests.db.exchange.between import (
    Between,
    Rule,
    cut,
    on,
    say,
)
from tests.db.exchange.machines import Machines
from tests.db.exchange.visiting import changing, first, last_cause, sync, visit


@pytest.mark.parametrize(
    ("rule", "trouble"),
    [
        (say(500), Trouble.FAILING),
        (say(503, Retry_After="7"), Trouble.BUSY),
        (say(429, Retry_After="999999"), Trouble.BUSY),
        (say(302, Location="http://127.0.0.1:1/v1/hub"), Trouble.STRANGE),
        (say(404, b"<html>"), Trouble.STRANGE),
        (say(200, b"<html>"), Trouble.STRANGE),
        (say(200, b"[" * 50_000), Trouble.STRANGE),
        (say(200, b"x" * 100_000), Trouble.STRANGE),
        (say(200, b"{}", Content_Encoding="gzip"), Trouble.STRANGE),
        (
            lambda call: b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n",
            Trouble.STRANGE,
        ),
        (
            lambda call: (
                b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                + b"ffff\r\n"
                + b"x" * 65_535
                + b"\r\n" * 2
            ),
            Trouble.STRANGE,
        ),
        (lambda call: b"\x00\xff" * 200, Trouble.STRANGE),
        (lambda call: b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{", Trouble.CUT),
        (cut, Trouble.CUT),
    ],
)
@pytest.mark.parametrize("call", ["GET /v1/hub?", "GET /v1/papers?", "GET /v1/word?"])
def test_whatever_answers_in_the_hubs_place_ends_the_visit_in_plain_words(
    machines: Machines, line: Between, call: str, rule: Rule, trouble: Trouble
) -> None:
    machines.enrol("kiosk", "kiosk")
    receipt = machines.say("kiosk", "하나")
    before = machines.hash("kiosk")
    line.follow(on(call, rule))
    with pytest.raises(HubTrouble) as caught:
        sync(machines, "kiosk", line.url)
    assert caught.value.trouble is trouble
    assert caught.value.after_s in (None, 7.0, 900.0)
    assert machines.hash("kiosk") == before and receipt["seq"] == 1
    assert last_cause(machines, "kiosk") == caught.value.trouble
    assert machines.status("kiosk")["ko"] == caught.value.ko


def test_a_hub_that_hangs_is_left_in_time(machines: Machines, line: Between) -> None:
    machines.enrol("kiosk", "kiosk")
    line.follow(on("GET /v1/word?", line.hang))
    with pytest.raises(HubTrouble) as caught:
        sync(machines, "kiosk", line.url, Patience(connect_s=2, silence_s=0.3, call_s=0.6))
    assert caught.value.trouble is Trouble.SLOW
    assert not caught.value.hopeless


@pytest.mark.parametrize("part", ["certificate", "challenge"])
def test_a_stranger_with_a_hubs_face_hears_nothing(
    machines: Machines, line: Between, part: str
) -> None:
    machines.enrol("kiosk", "kiosk")
    machines.say("kiosk", "하나")

    def forge(body: bytes) -> bytes:
        greeting = msgspec.json.decode(body)
        greeting[part]["signature"] = "0" * 128
        return msgspec.json.encode(greeting)

    line.follow(on("GET /v1/hub?", changing(forge)))
    with pytest.raises(HubTrouble) as caught:
        sync(machines, "kiosk", line.url)
    assert caught.value.trouble is Trouble.STRANGER and caught.value.hopeless
    assert line.seen == ["GET /v1/hub"]


def journal_of(machines: Machines, name: str) -> str:
    device: str = machines.run(
        "enroll", "request", "--data-dir", machines.of(name), "--out", machines.root / "again"
    )["device"]
    return device


def test_pages_that_are_forged_foreign_or_known_already_are_not_taken_and_end_the_asking(
    machines: Machines, line: Between
) -> None:
    for name in ("kiosk", "other", "desk"):
        machines.enrol(name, "desk" if name == "desk" else "kiosk")
    for name in ("kiosk", "other"):
        machines.say(name, f"{name}의 의견")
        visit(machines, name, line.url)
    wanted = journal_of(machines, "kiosk")
    asked = f"GET /v1/pages?device={wanted}"

    def flipped(body: bytes) -> bytes:
        return body[:-30] + bytes([body[-30] ^ 1]) + body[-29:]

    with open_store(machines.of("other")) as store:
        device = store.device
        (foreign,) = [each.data for each in export_pages(store) if each.device == device]
    for rule in (changing(flipped), changing(lambda body: body[:-5]), say(200, foreign), say(418)):
        line.follow(on(asked, rule))
        (refusal,) = sync(machines, "desk", line.url).reading.refusals
        assert refusal.en.count(f"{wanted}/") == refusal.ko.count(f"{wanted}/") == 1
        # The other journal, which came honestly, and nothing of this one.
        assert machines.hash("desk")["events"] == 1
        # Nobody who lies is asked for the same journal again in one visit.
        assert sum(each.startswith(asked) for each in line.seen) == 1
    line.follow(lambda call: None)
    visit(machines, "desk", line.url)
    assert machines.hash("desk")["events"] == 2


def test_an_old_page_served_for_ever_is_asked_for_once(machines: Machines, line: Between) -> None:
    for name in ("kiosk", "desk"):
        machines.enrol(name, name)
    machines.say("kiosk", "하나")
    visit(machines, "kiosk", line.url)
    first: list[bytes] = []

    def keep(body: bytes) -> bytes:
        first.append(body)
        return body

    line.follow(on("GET /v1/pages", changing(keep)))
    sync(machines, "desk", line.url)
    machines.say("kiosk", "둘")
    visit(machines, "kiosk", line.url)
    line.follow(on("GET /v1/pages", changing(lambda body: first[0])))
    done = sync(machines, "desk", line.url)
    assert (done.reading.new, len(done.reading.refusals)) == (0, 1)
    assert sum(each.startswith("GET /v1/pages") for each in line.seen) == 1
    line.follow(lambda call: None)
    assert visit(machines, "desk", line.url)["new"] == 1


def test_only_the_hubs_signed_word_confirms_whatever_it_answers_to_a_page(
    machines: Machines, line: Between
) -> None:
    machines.enrol("kiosk", "kiosk")
    visit(machines, "kiosk", line.url)
    machines.say("kiosk", "하나")
    line.follow(on("POST /v1/pages", say(200, b'{"place":"p","new":500,"known":9}')))
    assert sync(machines, "kiosk", line.url).sent == 1
    status = machines.status("kiosk")
    assert (status["pending"], status["sent_not_confirmed"]) == (0, 1)
    line.follow(lambda call: None)
    assert sync(machines, "kiosk", line.url).sent == 1
    assert machines.status("kiosk")["sent_not_confirmed"] == 0


def test_a_word_that_was_altered_or_is_another_devices_confirms_nothing(
    machines: Machines, line: Between
) -> None:
    for name in ("kiosk", "desk"):
        machines.enrol(name, name)
        visit(machines, name, line.url)
    machines.say("kiosk", "하나")
    line.follow(lambda call: None)

    def boast(body: bytes) -> bytes:
        signed = msgspec.json.decode(body, type=Signed)
        word = msgspec.json.decode(signed.text, type=Acknowledgement)
        more = {device: (10**6, link) for device, (_, link) in word.holds.items()}
        told = msgspec.json.encode(msgspec.structs.replace(word, number=2**60, holds=more))
        return msgspec.json.encode(Signed(told.decode(), signed.signature))

    with open_store(machines.of("desk")) as store:
        desks = msgspec.json.encode(own_acknowledgement(StoreShelf(store)))
    for change in (boast, lambda body: desks):
        line.follow(on("GET /v1/word?", changing(change)))
        with pytest.raises(HubTrouble) as caught:
            sync(machines, "kiosk", line.url)
        assert caught.value.trouble is Trouble.STRANGER
        assert machines.status("kiosk")["pending"] == 1


def test_an_old_word_played_again_makes_the_device_send_again_and_nothing_else(
    machines: Machines, line: Between
) -> None:
    machines.enrol("kiosk", "kiosk")
    old: list[bytes] = []

    def keep(body: bytes) -> bytes:
        old.append(body)
        return body

    line.follow(on("GET /v1/word?", changing(keep)))
    sync(machines, "kiosk", line.url)
    machines.say("kiosk", "하나")
    line.follow(lambda call: None)
    visit(machines, "kiosk", line.url)
    before = machines.hash("kiosk")
    line.follow(on("GET /v1/word?", changing(lambda body: old[0])))
    assert sync(machines, "kiosk", line.url).sent == 1
    assert machines.hash("kiosk") == before
    assert machines.status("kiosk")["sent_not_confirmed"] == 0


def test_a_gap_is_filled_once_and_a_hub_that_only_finds_gaps_is_left(
    machines: Machines, line: Between
) -> None:
    machines.enrol("kiosk", "kiosk")
    for number in range(3):
        machines.say("kiosk", f"의견 {number}")
        visit(machines, "kiosk", line.url)
    machines.say("kiosk", "마지막")
    gap = b'{"place":"page","gap":0,"reason":"gap"}'
    line.follow(first("POST /v1/pages", line, say(409, gap)))
    assert sync(machines, "kiosk", line.url).sent == 4
    machines.say("kiosk", "하나 더")
    line.follow(on("POST /v1/pages", say(409, gap)))
    done = sync(machines, "kiosk", line.url)
    assert [each.reason for each in done.reading.refusals] == ["gap"]
    assert line.seen.count("POST /v1/pages") == 2
    assert machines.status("kiosk")["pending"] == 1


def test_a_page_the_hub_refuses_is_named_and_stops_no_other(
    machines: Machines, line: Between
) -> None:
    for name in ("kiosk", "desk"):
        machines.enrol(name, name)
    machines.say("kiosk", "하나")
    machines.carry("kiosk", "desk")
    machines.say("desk", "둘")
    refuse = say(422, b'{"place":"page","rejected":1,"reason":"role"}')
    line.follow(first("POST /v1/pages", line, refuse))
    done = sync(machines, "desk", line.url)
    assert [each.reason for each in done.reading.refusals] == ["role"]
    assert done.sent == 1
    assert last_cause(machines, "desk") == "role"
