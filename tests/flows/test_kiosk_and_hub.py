"""A kiosk whose settings name a hub visits it by itself, and a hand on its screen goes first."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import msgspec
import pytest
from pytestqt.qtbot import QtBot

from db.exchange.pages.store_shelf import StoreShelf
from db.exchange.status.status import exchange_status
from db.participation.feedback import add_feedback
from db.participation.issue_receipt import Receipt
from db.refusals import Reason, Refused
from desktop.background.hub_sync import FIRST_S
from desktop.background.throttle import CALM_S, REST_S
from desktop.kiosk.receipt.presenter import qr_text
from desktop.kiosk.upkeep import Upkeep
from tests.db.exchange.live_hub import live_hub
from tests.db.exchange.machines import Machines
from tests.db.in_memory import praise
from tests.desktop.planned_visit import planned_s
from tests.flows.kiosk_in_hand import KioskInHand


@pytest.fixture
def machines(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Machines:
    return Machines(tmp_path, capsys)


@pytest.fixture
def hub(machines: Machines) -> Iterator[str]:
    machines.enrol("hub", "hub")
    with live_hub(machines.of("hub")) as address:
        yield address


class Synced(KioskInHand):
    """The real kiosk as it runs in a library, ready a moment ago."""

    def __init__(self, data_dir: Path, qtbot: QtBot, hub_url: str) -> None:
        super().__init__(data_dir, qtbot, hub_url=hub_url)
        self.upkeep = Upkeep(self.kiosk)
        self.kiosk.ready.emit()
        self.settle()

    def close(self) -> None:
        self.upkeep.close()
        super().close()


def test_what_residents_said_reaches_the_hub_that_the_settings_name_and_opens_from_the_qr(
    machines: Machines, hub: str, qtbot: QtBot
) -> None:
    machines.enrol("kiosk", "kiosk")
    receipt = msgspec.convert(machines.say("kiosk", "그늘이 좋아요"), Receipt)
    kiosk = Synced(machines.of("kiosk"), qtbot, hub)
    try:
        syncing = kiosk.upkeep.syncing
        assert syncing is not None and planned_s(syncing) == FIRST_S
        with qtbot.waitSignal(syncing.ended, timeout=20_000) as ended:
            syncing.visit()
        assert ended.args == [None]
        standing = kiosk.kiosk.tasks.lend(lambda store: exchange_status(StoreShelf(store))).result()
        assert (standing.pending, standing.sent_not_confirmed) == (0, 0)
        # What the QR on the receipt's screen holds is the page of this very feedback.
        page = httpx.get(qr_text(receipt, kiosk.kiosk.settings.hub_url), trust_env=False)
        assert page.status_code == 200 and "접수했습니다" in page.text
    finally:
        kiosk.close()


def test_a_touch_anywhere_on_the_screen_makes_the_visit_wait(
    machines: Machines, hub: str, qtbot: QtBot
) -> None:
    machines.enrol("kiosk", "kiosk")
    kiosk = Synced(machines.of("kiosk"), qtbot, hub)
    try:
        pace, syncing = kiosk.upkeep.pace, kiosk.upkeep.syncing
        assert syncing is not None and syncing._pace is pace
        before = pace._touched
        kiosk.touch(kiosk.bar("help"))
        assert pace._touched > before
        # The hand is there still and a piece of work was just done: the next one waits.
        pace._clock = lambda: pace._touched
        pace._worked = pace._touched
        assert pace.left() == pytest.approx(min(REST_S, CALM_S))
    finally:
        kiosk.close()


def test_without_a_hub_in_the_settings_nothing_is_called(machines: Machines, qtbot: QtBot) -> None:
    machines.enrol("kiosk", "kiosk")
    kiosk = Synced(machines.of("kiosk"), qtbot, "")
    try:
        assert kiosk.upkeep.syncing is None
    finally:
        kiosk.close()


def test_with_damaged_papers_the_kiosk_opens_and_collects_and_only_the_hub_waits(
    machines: Machines, hub: str, qtbot: QtBot
) -> None:
    machines.enrol("kiosk", "kiosk")
    (machines.of("kiosk") / "keys" / "papers.json").write_bytes(b"{")
    kiosk = Synced(machines.of("kiosk"), qtbot, hub)
    try:
        kiosk.open("map")
        assert kiosk.screen == "map"
        syncing = kiosk.upkeep.syncing
        assert syncing is not None
        with qtbot.waitSignal(syncing.ended, timeout=20_000) as ended:
            syncing.visit()
        assert isinstance(ended.args[0], Refused)
        assert ended.args[0].reason is Reason.DAMAGED_PAPERS
        receipt = kiosk.kiosk.tasks.lend(lambda store: add_feedback(store, praise())).result()
        assert receipt.seq == 1
    finally:
        kiosk.close()
