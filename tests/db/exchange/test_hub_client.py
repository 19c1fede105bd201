"""A visit to a real hub, whole or cut off anywhere, and what a hub that lies can do: nothing."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import pytest

from db.exchange.acknowledgements import Acknowledgement, own_acknowledgement
from db.exchange.exporting import export_pages
from db.exchange.hub_calls import Patience, checked_address
from db.exchange.hub_client import HubSync, sync_hub
from db.exchange.hub_trouble import HubTrouble, Trouble
from db.exchange.log import exchanges
from db.exchange.papers import Signed
from db.exchange.shelf import StoreShelf
from db.problems import Problem
from db.replies import look_up_all
from db.store import open_store
from tests.db.exchange.between import (
    Between,
    Call,
    Rule,
    at,
    between,
    cut,
    cut_after,
    cut_in_the_middle,
    on,
    say,
)
from tests.db.exchange.live_hub import live_hub
from tests.db.exchange.machines import Machines

T = TypeVar("T")
HASTY = Patience(connect_s=2, silence_s=0.3, call_s=0.6)


@pytest.fixture
def url(machines: Machines) -> Iterator[str]:
    machines.enrol("hub", "hub")
    with live_hub(machines.of("hub")) as address:
        yield address


@pytest.fixture
def line(url: str) -> Iterator[Between]:
    with between(url) as made:
        yield made


def visit(machines: Machines, name: str, url: str, status: int = 0) -> Any:
    words = ("--hub", url, "--data-dir", machines.of(name))
    return machines.run("sync", *words, status=status)


def hasty(machines: Machines, name: str, url: str) -> HubSync:
    """A visit of somebody who waits for nothing long."""
    with open_store(machines.of(name)) as store:
        shelf = StoreShelf(store)

        async def here(act: Callable[[StoreShelf], T]) -> T:
            return act(shelf)

        return asyncio.run(sync_hub(here, url, patience=HASTY))


def ends_well(machines: Machines, name: str, url: str) -> bool:
    try:
        return hasty(machines, name, url).reading.refusals == []
    except Problem:
        return False


def last_cause(machines: Machines, name: str) -> str | None:
    with open_store(machines.of(name)) as store:
        return exchanges(store, limit=1)[0].cause


def changing(change: Callable[[bytes], bytes]) -> Rule:
    """The hub's answer with another body."""

    def rule(call: Call) -> bytes:
        answer = call.ask()
        answer.body = change(answer.body)
        return answer.raw()

    return rule


def first(start: str, line: Between, rule: Rule) -> Rule:
    """Only at the first call that begins so."""
    return on(start, lambda call: rule(call) if line.seen.count(line.seen[-1]) == 1 else None)


def raw(head: bytes, kilobytes: int = 0) -> Rule:
    return lambda call: b"HTTP/1.1 200 OK\r\n" + head + b"x" * 1024 * kilobytes


def test_two_kiosks_and_a_desk_meet_at_a_hub_and_the_reply_opens_at_the_other_kiosk(
    machines: Machines, url: str
) -> None:
    names = ["kiosk", "second-kiosk", "desk"]
    for name in names:
        machines.enrol(name, "desk" if name == "desk" else "kiosk")
    receipt = machines.say("kiosk", "그늘이 더 있으면 좋겠어요")
    machines.say("second-kiosk", "고맙습니다")
    assert visit(machines, "kiosk", url)["sent"] == 1
    visit(machines, "desk", url)
    desk = ("--data-dir", machines.of("desk"))
    machines.run("review", "set", receipt["id"], "--state", "adopted", *desk)
    machines.run("reply", receipt["id"], "--text", "나무를 더 심겠습니다", "--public", *desk)
    for name in (*names, *names):
        visit(machines, name, url)
    assert len({machines.hash(name)["journal"] for name in names}) == 1
    assert len({machines.hash(name)["projections"] for name in names}) == 1
    assert machines.hash("kiosk")["events"] == 4
    for name in names:
        status = machines.status(name)
        assert (status["pending"], status["sent_not_confirmed"]) == (0, 0), name
    with open_store(machines.of("second-kiosk")) as store:
        (found,) = look_up_all(store, receipt["code"])
    assert [reply.text for reply in found.replies] == ["나무를 더 심겠습니다"]


def test_a_hub_that_never_heard_of_a_kiosk_learns_of_it_from_the_kiosk_itself(
    machines: Machines, line: Between
) -> None:
    machines.enrol("kiosk", "kiosk")
    machines.say("kiosk", "하나")
    visit(machines, "kiosk", line.url)
    assert "POST /v1/certificate" in line.seen
    line.follow(lambda call: None)
    visit(machines, "kiosk", line.url)
    assert "POST /v1/certificate" not in line.seen


def test_a_kiosk_that_never_heard_of_the_hub_believes_the_citys_signature(
    machines: Machines,
) -> None:
    machines.enrol("kiosk", "kiosk")
    machines.enrol("hub", "hub")
    machines.say("kiosk", "하나")
    with live_hub(machines.of("hub")) as url:
        assert visit(machines, "kiosk", url)["sent"] == 1
    assert machines.status("kiosk")["sent_not_confirmed"] == 0


@pytest.mark.parametrize("rule", [cut, cut_after, cut_in_the_middle])
def test_a_line_cut_at_any_call_loses_nothing_and_doubles_nothing(
    machines: Machines, line: Between, rule: Rule
) -> None:
    names = ("kiosk", "second-kiosk", "desk")
    for name in names:
        machines.enrol(name, "desk" if name == "desk" else "kiosk")
        visit(machines, name, line.url)
    said = number = 0
    whole = False
    while not whole:
        number += 1
        for name in ("kiosk", "second-kiosk"):
            machines.say(name, f"의견 {said}")
            said += 1
        visit(machines, "second-kiosk", line.url)
        line.follow(at(number, rule))
        whole = ends_well(machines, "kiosk", line.url)
        assert whole is (line.calls < number)
        line.follow(lambda call: None)
        for name in ("kiosk", "desk"):
            visit(machines, name, line.url)
            assert machines.hash(name)["events"] == said
    # Greeting, papers, word, page, word, page, words there and back.
    assert number > 7
    for name in names:
        visit(machines, name, line.url)
    visit(machines, "kiosk", line.url)
    assert len({machines.hash(name)["journal"] for name in names}) == 1
    assert machines.status("kiosk")["sent_not_confirmed"] == 0


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
        hasty(machines, "kiosk", line.url)
    assert caught.value.trouble is trouble
    assert caught.value.after_s in (None, 7.0, 900.0)
    assert machines.hash("kiosk") == before and receipt["seq"] == 1
    assert last_cause(machines, "kiosk") == caught.value.trouble
    assert machines.status("kiosk")["ko"] == caught.value.ko


def test_a_hub_that_hangs_is_left_in_time(machines: Machines, line: Between) -> None:
    machines.enrol("kiosk", "kiosk")
    line.follow(on("GET /v1/word?", line.hang))
    with pytest.raises(HubTrouble) as caught:
        hasty(machines, "kiosk", line.url)
    assert caught.value.trouble is Trouble.SLOW
    assert not caught.value.hopeless


def test_nobody_listens_and_the_store_says_so(machines: Machines) -> None:
    machines.enrol("kiosk", "kiosk")
    with socket.create_server(("127.0.0.1", 0)) as gone:
        port = gone.getsockname()[1]
    said = visit(machines, "kiosk", f"http://127.0.0.1:{port}", status=1)
    assert "cannot be reached" in said
    assert last_cause(machines, "kiosk") == Trouble.UNREACHABLE


@pytest.mark.parametrize(
    "url",
    [
        "http://hub.example",
        "http://127.0.0.1.example",
        "https://somebody:password@hub.example",
        "ftp://127.0.0.1",
        "https://",
        "127.0.0.1",
        "https://hub.example/?a=b",
        "http://[::1",
    ],
)
def test_only_https_or_this_machine_is_called_and_no_password_is_written_down(
    machines: Machines, url: str
) -> None:
    machines.enrol("kiosk", "kiosk")
    assert "password" not in visit(machines, "kiosk", url, status=1)
    assert last_cause(machines, "kiosk") == Trouble.ADDRESS
    with pytest.raises(HubTrouble) as caught:
        checked_address(url)
    assert caught.value.hopeless


def test_an_address_may_end_with_a_slash_or_lie_behind_a_path() -> None:
    assert checked_address("https://hub.example/") == "https://hub.example"
    assert checked_address("https://hub.example/garden/") == "https://hub.example/garden"
    assert checked_address("http://[::1]:8080") == "http://[::1]:8080"


def test_proxies_of_the_environment_are_not_asked(
    machines: Machines, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
        monkeypatch.setenv(name.upper(), "http://127.0.0.1:1")
    monkeypatch.delenv("no_proxy", raising=False)
    machines.enrol("kiosk", "kiosk")
    visit(machines, "kiosk", url)


def test_a_device_without_papers_calls_nobody(machines: Machines, line: Between) -> None:
    machines.make("kiosk", "kiosk")
    assert "not enrolled" in visit(machines, "kiosk", line.url, status=1)
    assert line.calls == 0


def test_a_hub_of_another_city_hears_nothing(
    machines: Machines, tmp_path: Path, capsys: pytest.CaptureFixture[str], line: Between
) -> None:
    (tmp_path / "elsewhere").mkdir()
    elsewhere = Machines(tmp_path / "elsewhere", capsys)
    elsewhere.enrol("kiosk", "kiosk")
    elsewhere.say("kiosk", "하나")
    said = visit(elsewhere, "kiosk", line.url, status=1)
    assert "not believed to be a hub of this city" in said
    assert line.seen == ["GET /v1/hub"]
    assert last_cause(elsewhere, "kiosk") == Trouble.STRANGER


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
        hasty(machines, "kiosk", line.url)
    assert caught.value.trouble is Trouble.STRANGER and caught.value.hopeless
    assert line.seen == ["GET /v1/hub"]


def test_a_revoked_device_is_told_so_and_does_not_try_again(
    machines: Machines, line: Between
) -> None:
    machines.enrol("kiosk", "kiosk")
    machines.say("kiosk", "하나")
    visit(machines, "kiosk", line.url)
    machines.enrol("desk", "desk")
    listed = machines.root / "list"
    (device,) = {
        peer["device"] for peer in machines.status("desk")["peers"] if peer["name"] == "kiosk"
    }
    machines.run("authority", "revoke", device, "--dir", machines.authority, "--out", listed)
    machines.run("enroll", "accept", listed, "--data-dir", machines.of("desk"))
    # The hub may still offer what it has not withdrawn yet; the desk does not take it.
    hasty(machines, "desk", line.url)
    with pytest.raises(HubTrouble) as caught:
        hasty(machines, "kiosk", line.url)
    assert caught.value.trouble is Trouble.NOT_BELIEVED and caught.value.hopeless
    assert "revoked" in caught.value.en
    assert machines.hash("kiosk")["events"] == 1


def test_a_challenge_that_grew_old_is_renewed_on_the_way(machines: Machines, line: Between) -> None:
    machines.enrol("kiosk", "kiosk")
    machines.say("kiosk", "하나")
    stale = say(401, b'{"reason":"stale-challenge","ko":"","en":""}')
    line.follow(lambda call: stale(call) if call.number == 4 else None)
    assert hasty(machines, "kiosk", line.url).sent == 1
    assert line.seen.count("GET /v1/hub") == 2
    line.follow(on("GET /v1/papers?", stale))
    with pytest.raises(HubTrouble) as caught:
        hasty(machines, "kiosk", line.url)
    assert caught.value.trouble is Trouble.NOT_BELIEVED
    assert line.calls < 8


def test_an_enrolment_travels_from_a_device_that_knows_it_to_all_others(
    machines: Machines, url: str
) -> None:
    machines.enrol("kiosk", "kiosk")
    visit(machines, "kiosk", url)
    machines.enrol("desk", "desk")
    visit(machines, "desk", url)
    assert "desk" not in {peer["name"] for peer in machines.status("kiosk")["peers"]}
    visit(machines, "kiosk", url)
    assert "desk" in {peer["name"] for peer in machines.status("kiosk")["peers"]}


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
        hasty(machines, "desk", line.url)
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
    hasty(machines, "desk", line.url)
    machines.say("kiosk", "둘")
    visit(machines, "kiosk", line.url)
    line.follow(on("GET /v1/pages", changing(lambda body: first[0])))
    done = hasty(machines, "desk", line.url)
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
    assert hasty(machines, "kiosk", line.url).sent == 1
    status = machines.status("kiosk")
    assert (status["pending"], status["sent_not_confirmed"]) == (0, 1)
    line.follow(lambda call: None)
    assert hasty(machines, "kiosk", line.url).sent == 1
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
            hasty(machines, "kiosk", line.url)
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
    hasty(machines, "kiosk", line.url)
    machines.say("kiosk", "하나")
    line.follow(lambda call: None)
    visit(machines, "kiosk", line.url)
    before = machines.hash("kiosk")
    line.follow(on("GET /v1/word?", changing(lambda body: old[0])))
    assert hasty(machines, "kiosk", line.url).sent == 1
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
    assert hasty(machines, "kiosk", line.url).sent == 4
    machines.say("kiosk", "하나 더")
    line.follow(on("POST /v1/pages", say(409, gap)))
    done = hasty(machines, "kiosk", line.url)
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
    done = hasty(machines, "desk", line.url)
    assert [each.reason for each in done.reading.refusals] == ["role"]
    assert done.sent == 1
    assert last_cause(machines, "desk") == "role"


def test_a_quiet_week_leaves_one_row_in_the_log(machines: Machines, url: str) -> None:
    machines.enrol("kiosk", "kiosk")
    for _ in range(3):
        visit(machines, "kiosk", url)
    machines.say("kiosk", "하나")
    with open_store(machines.of("kiosk")) as store:
        assert len(exchanges(store)) == 1
