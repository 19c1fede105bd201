"""A visit to a real hub: whole, cut off anywhere, or refused; nothing is lost or doubled."""

from __future__ import annotations

import socket
import sys
from functools import partial
from pathlib import Path

import pytest

from db.exchange.carriers.hub_http import checked_address
from db.exchange.hub_trouble import HubTrouble, Trouble
from db.exchange.status.log import exchanges, last_exchange
from db.participation.feedback import add_feedback
from db.participation.replies import look_up_all
from db.store.opening import open_store
from desktop.__main__ import main
from desktop.cli import output
from tests.db.exchange.between import (
    Between,
    Rule,
    at,
    cut,
    cut_after,
    cut_in_the_middle,
    on,
    say,
)
from tests.db.exchange.live_hub import live_hub
from tests.db.exchange.machines import Machines
from tests.db.exchange.visiting import ends_well, last_cause, sync, visit
from tests.db.in_memory import praise
from tests.desktop.commands.test_progress import a_terminal


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
        ((found,), _more) = look_up_all(store, receipt["code"])
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
        "http://127.0.0.1:99999",
        "https://hub.example:0",
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
    sync(machines, "desk", line.url)
    with pytest.raises(HubTrouble) as caught:
        sync(machines, "kiosk", line.url)
    assert caught.value.trouble is Trouble.NOT_BELIEVED and caught.value.hopeless
    assert "revoked" in caught.value.en
    assert machines.hash("kiosk")["events"] == 1


def test_a_challenge_that_grew_old_is_renewed_on_the_way(machines: Machines, line: Between) -> None:
    machines.enrol("kiosk", "kiosk")
    machines.say("kiosk", "하나")
    stale = say(401, b'{"reason":"stale-challenge","ko":"","en":""}')
    line.follow(lambda call: stale(call) if call.number == 4 else None)
    assert sync(machines, "kiosk", line.url).sent == 1
    assert line.seen.count("GET /v1/hub") == 2
    line.follow(on("GET /v1/papers?", stale))
    with pytest.raises(HubTrouble) as caught:
        sync(machines, "kiosk", line.url)
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


def test_a_quiet_week_leaves_one_row_in_the_log(machines: Machines, url: str) -> None:
    machines.enrol("kiosk", "kiosk")
    for _ in range(3):
        visit(machines, "kiosk", url)
    machines.say("kiosk", "하나")
    with open_store(machines.of("kiosk")) as store:
        assert len(exchanges(store)) == 1


def test_a_long_visit_says_on_a_terminal_how_far_it_is_and_ends_the_line(
    machines: Machines, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("kiosk", "desk"):
        machines.enrol(name, name)
    with open_store(machines.of("kiosk")) as store:
        for number in range(520):
            add_feedback(store, praise(f"의견 {number}"))
    monkeypatch.setattr(output, "progress", partial(output.progress, after_s=0.0))
    for name in ("kiosk", "desk"):
        with a_terminal() as (hear, stream), monkeypatch.context() as patch:
            patch.setattr(sys, "stderr", stream)
            assert main(["sync", "--hub", url, "--data-dir", str(machines.of(name))]) == 0
            said = hear(b"\r\n").decode()
        assert said == "\r500 of 520 events exchanged\r519 of 520 events exchanged" + (
            "\r520 of 520 events exchanged\r\n"
        )


def test_a_visit_that_failed_leaves_the_date_until_which_replies_are_here(
    machines: Machines, line: Between
) -> None:
    """Residents read it beside their reply; a visit that broke off has not brought them all."""
    machines.enrol("kiosk", "kiosk")
    machines.say("kiosk", "하나")

    def date() -> int | None:
        with open_store(machines.of("kiosk")) as store:
            return last_exchange(store)

    for start in (
        "GET /v1/hub",
        "GET /v1/papers",
        "GET /v1/word?",
        "POST /v1/pages",
        "GET /v1/words",
    ):
        line.follow(on(start, cut))
        assert not ends_well(machines, "kiosk", line.url)
        assert date() is None, start
    line.follow(lambda call: None)
    assert ends_well(machines, "kiosk", line.url)
    before = date()
    assert before is not None
    line.follow(on("GET /v1/words", cut))
    assert not ends_well(machines, "kiosk", line.url)
    assert date() == before
