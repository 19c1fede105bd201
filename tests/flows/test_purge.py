"""The kiosk destroys by itself what is past its period, and never while somebody is there."""

from __future__ import annotations

from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from db.clock import DAY_US
from db.directory import DataDirectory
from db.participation.feedback import add_feedback, list_feedback
from db.retention.known_ages import load_ages, save_ages
from db.store.opening import open_store
from desktop.background.tasks import Changes
from desktop.kiosk.upkeep import DAY_MS, Upkeep
from tests.db.in_memory import PHONE, praise
from tests.flows.kiosk_in_hand import KioskInHand


def contacts(kiosk: KioskInHand) -> list[bool]:
    found: list[bool] = []
    kiosk.kiosk.tasks.query(
        lambda store: [row.has_contact for row in list_feedback(store)[0]], found.extend
    )
    kiosk.settle()
    return found


def a_month_passed(data_dir: Path) -> None:
    ages = load_ages(DataDirectory(data_dir))
    ages.ran += 30 * DAY_US
    save_ages(DataDirectory(data_dir), ages)


@pytest.mark.parametrize("moment", ["start", "day"])
def test_nobody_asks_for_it_it_comes_with_every_start_and_every_day(
    data_dir: Path, qtbot: QtBot, moment: str
) -> None:
    with open_store(data_dir) as store:
        add_feedback(store, praise("그늘이 좋아요", contact=PHONE))
    kiosk = KioskInHand(data_dir, qtbot, keep_contact_days=30)
    upkeep = Upkeep(kiosk.kiosk)
    try:
        kiosk.kiosk.ready.emit()
        assert contacts(kiosk) == [True]
        a_month_passed(data_dir)
        if moment == "start":
            kiosk.kiosk.ready.emit()
        else:
            (daily,) = [each for each in upkeep.findChildren(QTimer) if each.interval() == DAY_MS]
            assert daily.isActive() and not daily.isSingleShot()
            daily.timeout.emit()
        assert contacts(kiosk) == [False]
    finally:
        upkeep.close()
        kiosk.close()


@pytest.mark.parametrize("visiting", [False, True])
def test_contacts_past_their_period_go_once_nobody_is_there(
    data_dir: Path, qtbot: QtBot, visiting: bool
) -> None:
    with open_store(data_dir) as store:
        add_feedback(store, praise("그늘이 좋아요", contact=PHONE))
    kiosk = KioskInHand(data_dir, qtbot, keep_contact_days=30)
    upkeep = Upkeep(kiosk.kiosk)
    try:
        upkeep.purge()
        assert contacts(kiosk) == [True]
        a_month_passed(data_dir)
        if visiting:
            kiosk.open("map")
        upkeep.purge()
        assert contacts(kiosk) == [visiting]
        # What found somebody there is done when they have gone, not a day later.
        kiosk.kiosk.navigator.end_visit()
        assert contacts(kiosk) == [False]
        if not visiting:
            log = (data_dir / "logs" / "cheonman.log").read_text(encoding="utf-8")
            assert "purged 1 contacts" in log and "010" not in log
    finally:
        upkeep.close()
        kiosk.close()


def test_a_purge_that_a_resident_cut_short_goes_on_when_they_have_gone_and_then_rests(
    data_dir: Path, qtbot: QtBot
) -> None:
    with open_store(data_dir) as store:
        for number in range(250):
            add_feedback(store, praise(f"의견 {number}", contact=PHONE))
    kiosk = KioskInHand(data_dir, qtbot, keep_contact_days=30)
    upkeep = Upkeep(kiosk.kiosk)
    navigator = kiosk.kiosk.navigator
    try:
        upkeep.purge()
        assert all(contacts(kiosk))
        a_month_passed(data_dir)
        # Both wait before the store is free: the resident comes right after the first piece.
        free = Event()
        kiosk.kiosk.tasks.query(lambda store: free.wait(20), lambda nothing: None)
        upkeep.purge()
        kiosk.kiosk.tasks.query(lambda store: setattr(navigator, "visiting", True), lambda no: None)
        free.set()
        kiosk.settle()
        left = sum(contacts(kiosk))
        assert 0 < left < 250
        navigator.end_visit()
        kiosk.settle()
        assert not any(contacts(kiosk))
        kiosk.kiosk.tasks.change(
            lambda store: add_feedback(store, praise(contact=PHONE)),
            lambda receipt: None,
            changes=Changes.FEEDBACK,
        )
        kiosk.settle()
        upkeep.purge()
        kiosk.settle()
        a_month_passed(data_dir)
        # Nothing waits any more: the end of a visit alone is no reason.
        navigator.begin_visit()
        navigator.end_visit()
        kiosk.settle()
        assert sum(contacts(kiosk)) == 1
    finally:
        upkeep.close()
        kiosk.close()
