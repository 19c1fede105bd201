"""Any certified device can sign any time: its readers go on and say that a clock stood wrong."""

from __future__ import annotations

import csv
from datetime import UTC, datetime
from pathlib import Path

import pytest

from db.clock import EARLIEST_US, LATEST_US, in_seoul, is_suspect, nearest_in_seoul
from db.doctor.checks import examine
from db.exchange.carriers.tarball import Packer
from db.exchange.pages.exporting import export_pages
from db.exchange.pages.importing import import_page
from db.exchange.trust.papers import DeviceRole
from db.hub.web.receipt_page import day
from db.participation.csv_export import export_feedback
from db.participation.feedback import add_feedback, list_feedback
from db.participation.public_opinions import published_about
from db.participation.replies import look_up_token
from db.publishing.announcements import announcements
from db.publishing.packs import packs
from db.records.event_kinds import ANNOUNCEMENT, REPLY
from db.records.feedback import About, ReplyBody
from db.records.publication import AnnouncementBody
from db.store.journal import append
from db.store.opening import open_store
from db.store.page import read_page
from db.store.salvage import move_aside
from db.store.store import Store
from tests.db.exchange.city import a_city
from tests.db.in_memory import NOON, memory_store, praise

END_OF_CALENDAR = int(datetime(9999, 12, 31, tzinfo=UTC).timestamp()) * 1_000_000
WILD = (-(2**62), -1, 0, LATEST_US, END_OF_CALENDAR, END_OF_CALENDAR + 2 * 86_400_000_000, 2**62)
PROJECT = "forest-of-gardens"


def test_a_clock_is_right_between_the_first_day_of_the_program_and_a_century_s_end() -> None:
    assert [is_suspect(at) for at in WILD] == [True] * len(WILD)
    assert not is_suspect(EARLIEST_US) and not is_suspect(LATEST_US - 1)
    assert is_suspect(EARLIEST_US - 1)


@pytest.mark.parametrize("at", WILD)
def test_a_wild_time_has_no_date_but_a_nearest_one(at: int) -> None:
    assert in_seoul(at) is None
    assert 1 <= nearest_in_seoul(at).year <= 9999
    assert day(at) == "시계 오류 · clock error"


def test_a_right_time_is_told_as_it_is_in_jeonju() -> None:
    at = in_seoul(NOON)
    assert at is not None and at.strftime("%Y-%m-%d %H:%M") == "2026-12-01 11:46"
    assert nearest_in_seoul(NOON) == at
    assert day(NOON) == "2026-12-01"


@pytest.mark.parametrize("at", WILD)
def test_everything_a_wild_time_stands_on_is_told_beside_its_neighbours(
    tmp_path: Path, at: int
) -> None:
    now = NOON
    with memory_store(1, lambda: now) as store:
        about = {"about": About.PROJECT, "project": PROJECT}
        receipts = []
        for text, then in (("먼저", NOON), ("이상한 때", at), ("나중", NOON)):
            now = then
            receipts.append(add_feedback(store, praise(text, **about)))
            reply = ReplyBody(feedback=receipts[-1].id, text="답", public=True)
            with store.change() as connection:
                append(store, connection, REPLY, f"feedback/{receipts[-1].id}", reply)
                append(store, connection, ANNOUNCEMENT, "announcement", AnnouncementBody(ko=text))
        now = NOON
        rows, _after = list_feedback(store)
        assert [row.clock_suspect for row in rows] == [False, True, False]

        assert export_feedback(store, tmp_path / "all.csv") == 3
        with (tmp_path / "all.csv").open(encoding="utf-8-sig", newline="") as file:
            table = list(csv.DictReader(file))
        moments = [row["들어온 때"] for row in table]
        assert moments == ["2026-12-01 11:46:40", "시계 오류", "2026-12-01 11:46:40"]
        assert [row["글"] for row in table] == ["먼저", "이상한 때", "나중"]

        assert [each.replied for each in published_about(store, PROJECT)] == [NOON, at, NOON]
        status = look_up_token(store, receipts[1].token)
        assert status is not None and status.clock_suspect
        assert status.replies[0].text == "답"

        told = {each.ko: each.day for each in announcements(store, {store.device})}
        assert told == {"먼저": "2026-12-01", "이상한 때": "", "나중": "2026-12-01"}
        assert packs(store, {store.device}) == ()


@pytest.mark.parametrize("at", [-(2**62), 2**62])
def test_a_page_that_holds_both_ends_of_time_is_read_by_the_next_store(
    tmp_path: Path, at: int
) -> None:
    now = NOON
    with a_city(tmp_path / "authority", lambda: now) as city:
        kiosk, desk = city.enrol(DeviceRole.KIOSK, "완산"), city.enrol(DeviceRole.DESK, "시청")
        for then in (NOON, at, -at, NOON):
            now = then
            add_feedback(kiosk.store, praise())
        now = NOON
        (page,) = export_pages(kiosk.store)
        assert [event.at_us for event in read_page(page.data).events] == [NOON, at, -at, NOON]
        assert import_page(desk, page.data).new == 4


@pytest.mark.parametrize("now", [at for at in WILD if at != 0])
def test_a_device_whose_own_clock_is_wild_examines_and_moves_aside(
    data_dir: Path, now: int
) -> None:
    with open_store(data_dir, lambda: now) as store:
        add_feedback(store, praise())
        directory = store.directory
    report = examine(data_dir, lambda: now)
    assert report.clock.suspect
    assert "clock" in {each.part for each in report.troubles}
    assert move_aside(directory, lambda: now).is_dir()


def test_an_archive_takes_any_clock() -> None:
    for seconds in (-5, 0, 8**11, 2**62):
        tar = Packer(seconds)
        tar.add("words", "나무".encode())
        assert "나무".encode() in tar.finish()


def test_a_store_with_wild_times_is_read_again_after_it_was_closed(data_dir: Path) -> None:
    now = 2**62
    with open_store(data_dir, lambda: now) as store:
        add_feedback(store, praise("하나"))
    with open_store(data_dir, lambda: NOON) as store:
        assert _texts(store) == ["하나"]


def _texts(store: Store) -> list[str]:
    return [row.text for row in list_feedback(store)[0]]
