"""A kiosk keeps in step with its hub by itself, tells its screens, and ends when it is told to."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic

import pytest
from pytestqt.qtbot import QtBot

from db.exchange.hub_trouble import HubTrouble, Trouble
from db.exchange.pages.store_shelf import StoreShelf
from db.exchange.status.log import exchanges
from db.exchange.status.status import ExchangeStatus, exchange_status
from db.store.opening import open_store
from desktop.background.hub_sync import BACKOFF_S, EVERY_S, LONGEST_BACKOFF_S, SOON_S, HubSync
from desktop.background.tasks import Changes, Tasks
from desktop.background.throttle import CALM_S, REST_S, Throttle
from tests.db.exchange.between import between, cut, on, say
from tests.db.exchange.live_hub import live_hub
from tests.db.exchange.machines import Machines
from tests.desktop.planned_visit import planned_s


@pytest.fixture
def machines(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Machines:
    return Machines(tmp_path, capsys)


@pytest.fixture
def url(machines: Machines) -> Iterator[str]:
    machines.enrol("hub", "hub")
    machines.enrol("kiosk", "kiosk")
    with live_hub(machines.of("hub")) as address:
        yield address


class Background:
    """A kiosk's syncing without its screens."""

    def __init__(self, data_dir: Path, url: str, qtbot: QtBot, chance: float = 1.0) -> None:
        self.tasks = Tasks(lambda: open_store(data_dir))
        self.changes: list[Changes] = []
        self.tasks.changed.connect(self.changes.append)
        self.syncing = HubSync(self.tasks, data_dir, url, Throttle(), chance=lambda: chance)
        self._qtbot = qtbot
        self._closed = False

    def standing(self) -> ExchangeStatus:
        answer: ExchangeStatus = self.tasks.lend(
            lambda store: exchange_status(StoreShelf(store))
        ).result()
        return answer

    def visit(self) -> Exception | None:
        with self._qtbot.waitSignal(self.syncing.ended, timeout=20_000) as ended:
            self.syncing.visit()
        problem: Exception | None = ended.args[0]
        return problem

    def close(self) -> None:
        if not self._closed:
            self._closed = True
            self.syncing.close()
            self.tasks.close()


@pytest.fixture
def start(machines: Machines, qtbot: QtBot) -> Iterator[Callable[..., Background]]:
    made: list[Background] = []

    def begin(url: str, **more: float) -> Background:
        made.append(Background(machines.of("kiosk"), url, qtbot, **more))
        return made[-1]

    yield begin
    for each in made:
        each.close()


def test_a_visit_in_the_background_brings_replies_and_tells_the_screens(
    machines: Machines, url: str, start: Callable[..., Background]
) -> None:
    machines.enrol("desk", "desk")
    receipt = machines.say("kiosk", "하나")
    kiosk = start(url)
    assert kiosk.visit() is None
    kiosk.tasks.close()
    kiosk.tasks = Tasks(lambda: open_store(machines.of("kiosk")))
    desk = ("--data-dir", machines.of("desk"))
    machines.run("sync", "--hub", url, *desk)
    machines.run("reply", receipt["id"], "--text", "답변", "--public", *desk)
    machines.run("sync", "--hub", url, *desk)
    again = start(url)
    assert again.visit() is None
    assert any(Changes.REPLIES in each for each in again.changes)
    assert again.changes[-1] == Changes.EXCHANGE
    assert planned_s(again.syncing) == pytest.approx(EVERY_S * 1.2)


def test_a_new_opinion_is_carried_soon_and_not_once_for_each(
    url: str, start: Callable[..., Background]
) -> None:
    kiosk = start(url)
    assert kiosk.visit() is None
    for _ in range(3):
        kiosk.tasks.changed.emit(Changes.FEEDBACK)
        assert planned_s(kiosk.syncing) == pytest.approx(SOON_S)


def test_failures_come_later_and_later_but_never_later_than_a_quarter_of_an_hour(
    machines: Machines, start: Callable[..., Background]
) -> None:
    machines.enrol("kiosk", "kiosk")
    with socket.create_server(("127.0.0.1", 0)) as gone:
        port = gone.getsockname()[1]
    kiosk = start(f"http://127.0.0.1:{port}")
    waits = []
    for _ in range(9):
        problem = kiosk.visit()
        assert isinstance(problem, HubTrouble) and problem.trouble is Trouble.UNREACHABLE
        waits.append(planned_s(kiosk.syncing))
        # An opinion does not hurry a hub that is away.
        kiosk.tasks.changed.emit(Changes.FEEDBACK)
        assert planned_s(kiosk.syncing) == pytest.approx(waits[-1])
    assert waits[0] == pytest.approx(BACKOFF_S)
    assert waits[1] == pytest.approx(2 * BACKOFF_S)
    assert waits[-1] == pytest.approx(LONGEST_BACKOFF_S)


def test_devices_that_began_together_do_not_come_back_together(
    url: str, start: Callable[..., Background]
) -> None:
    """The waiting follows chance: all of it after a failure, a fifth either way after a success."""
    for chance in (0.0, 0.5, 1.0):
        kiosk = start(url, chance=chance)
        assert kiosk.visit() is None
        assert planned_s(kiosk.syncing) == pytest.approx(EVERY_S * (0.8 + 0.4 * chance))
        kiosk.close()
    with between(url) as line:
        line.follow(say(500))
        for chance in (0.2, 0.6, 1.0):
            kiosk = start(line.url, chance=chance)
            assert kiosk.visit() is not None
            assert planned_s(kiosk.syncing) == pytest.approx(BACKOFF_S * chance)
            kiosk.close()


def test_what_waited_for_the_network_goes_by_itself_also_after_a_restart_without_one(
    machines: Machines, url: str, start: Callable[..., Background], qtbot: QtBot
) -> None:
    machines.say("kiosk", "망이 없을 때")
    with between(url) as line:
        line.follow(cut)
        before = start(line.url)
        assert before.visit() is not None
        before.close()
        kiosk = start(line.url, chance=0.0)
        assert kiosk.visit() is not None
        standing = kiosk.standing()
        assert standing.pending == 1 and line.url in standing.ko
        line.follow(lambda call: None)
        # Nobody asks for it.
        with qtbot.waitSignal(kiosk.syncing.ended, timeout=20_000) as ended:
            pass
        assert ended.args == [None]
        standing = kiosk.standing()
        assert (standing.pending, standing.sent_not_confirmed) == (0, 0)
        assert standing.ko == "모두 보내고 확인받았습니다."


def test_a_hub_that_is_busy_is_left_alone_as_long_as_it_asks(
    url: str, start: Callable[..., Background]
) -> None:
    with between(url) as line:
        line.follow(say(429, Retry_After="123"))
        kiosk = start(line.url, chance=0.0)
        kiosk.visit()
        assert planned_s(kiosk.syncing) == pytest.approx(123)


def test_a_device_that_is_not_believed_stops_until_its_papers_change(
    machines: Machines, url: str, start: Callable[..., Background]
) -> None:
    with between(url) as line:
        refused = say(401, b'{"reason":"revoked","ko":"","en":""}')
        line.follow(on("GET /v1/papers?", refused))
        kiosk = start(line.url)
        problem = kiosk.visit()
        assert isinstance(problem, HubTrouble) and problem.hopeless
        row = kiosk.tasks.lend(lambda store: exchanges(store, limit=1)[0]).result()
        assert row.cause == Trouble.NOT_BELIEVED and "이 기기를 받아들이지 않습니다" in str(row.ko)
        calls = line.calls
        kiosk.syncing.visit()
        assert planned_s(kiosk.syncing) == pytest.approx(EVERY_S)
        assert line.calls == calls
        line.follow(lambda call: None)
        papers = machines.of("kiosk") / "keys" / "papers.json"
        papers.write_bytes(papers.read_bytes() + b" ")
        assert kiosk.visit() is None


def test_a_kiosk_whose_hub_hangs_still_ends_at_once(
    url: str, start: Callable[..., Background], qtbot: QtBot
) -> None:
    with between(url) as line:
        line.follow(on("GET /v1/word?", line.hang))
        kiosk = start(line.url)
        kiosk.syncing.visit()
        qtbot.waitUntil(lambda: any("/v1/word" in each for each in line.seen), timeout=20_000)
        began = monotonic()
        kiosk.syncing.close()
        assert monotonic() - began < 10  # the hub hangs for thirty seconds
        kiosk.syncing.close = lambda: None  # type: ignore[method-assign]


def test_work_in_the_background_goes_on_slowly_under_a_hand_and_freely_without() -> None:
    now = [100.0]
    pace = Throttle(lambda: now[0])
    assert pace.left() == 0
    pace.touch()
    worked = 0
    for _ in range(1000):
        now[0] += 0.01
        pace.touch()
        if pace.left() <= 0:
            worked += 1
            pace._worked = now[0]
    assert worked == pytest.approx(10 / REST_S, abs=2)
    now[0] += CALM_S
    assert pace.left() == 0
