"""Announcements: what a desk tells residents, by its own words and dates, and no longer."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from db.exchange.pages.store_shelf import StoreShelf
from db.exchange.trust.papers import DeviceRole
from db.problems import InputRefused
from db.publishing.announcements import announce, announcements
from db.publishing.publications import withdraw
from db.records.event_kinds import ANNOUNCEMENT
from db.records.feedback import Erased
from db.records.publication import AnnouncementBody
from db.refusals import Reason
from db.store.journal import append, redact
from tests.db.exchange.city import City, a_city, pages, take_all
from tests.frozen_clock import FrozenClock


def desks(city: City) -> frozenset[str]:
    certificates = next(iter(city.shelves.values())).trust.certificates
    return frozenset(d for d, each in certificates.items() if each.role is DeviceRole.DESK)


def words(city: City, shelf: StoreShelf) -> list[str]:
    return [each.ko for each in announcements(shelf.store, desks(city))]


def test_an_announcement_reaches_a_kiosk_and_is_gone_once_withdrawn_or_erased(
    city: City, kiosk: StoreShelf, desk: StoreShelf
) -> None:
    first = announce(desk.store, "  나무를 심습니다.  ", en="We plant trees.", department="정원과")
    announce(desk.store, "길을 막습니다.", project="deokjin-park")
    take_all(kiosk, pages(desk.store))
    told = announcements(kiosk.store, desks(city))
    assert {each.ko for each in told} == {"나무를 심습니다.", "길을 막습니다."}
    mine = next(each for each in told if each.id == first)
    assert (mine.words("en"), mine.words("ko")) == ("We plant trees.", "나무를 심습니다.")
    assert (mine.day, mine.department) == ("2026-12-01", "정원과")
    other = next(each for each in told if each.id != first)
    assert (other.words("en"), other.en, other.project) == ("길을 막습니다.", None, "deokjin-park")
    withdraw(desk.store, first, desks(city))
    take_all(kiosk, pages(desk.store))
    assert words(city, kiosk) == ["길을 막습니다."]
    redact(desk.store, desk.store.device, 2, Erased.BODY, "잘못")
    take_all(kiosk, pages(desk.store))
    assert words(city, kiosk) == []


def test_it_is_shown_through_its_last_day_in_jeonju_and_as_long_as_a_clock_cannot_be_right(
    tmp_path: Any,
) -> None:
    clock = FrozenClock(datetime(2026, 12, 1, 3, 0, tzinfo=UTC))
    with a_city(tmp_path / "authority", clock) as city:
        desk = city.enrol(DeviceRole.DESK, "검토대")
        announce(desk.store, "오늘까지", until="2026-12-01")
        clock.set(datetime(2026, 12, 1, 14, 59, tzinfo=UTC))
        assert words(city, desk) == ["오늘까지"]
        clock.set(datetime(2026, 12, 1, 15, 0, tzinfo=UTC))
        assert words(city, desk) == []
        clock.set(datetime(1970, 1, 1, tzinfo=UTC))
        assert words(city, desk) == ["오늘까지"]


def test_the_newest_stands_first_and_none_is_left_out_for_being_old(
    city: City, desk: StoreShelf
) -> None:
    for number in range(60):
        body = AnnouncementBody(ko=f"공지 {number}")
        with desk.store.change() as connection:
            append(desk.store, connection, ANNOUNCEMENT, "announcement", body, at_us=number)
    told = announcements(desk.store, desks(city))
    assert [each.ko for each in told][:2] == ["공지 59", "공지 58"]
    assert len(told) == 60
    assert told[0].day == ""


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("ko", {"ko": "  "}),
        ("ko", {"ko": "가" * 501}),
        ("ko", {"ko": "거꾸로\u202e 읽히는 글"}),
        ("en", {"en": "a\x1b[31m"}),
        ("until", {"until": "2026-02-30"}),
        ("until", {"until": "20261201"}),
        ("until", {"until": "2020-01-01"}),
        ("department", {"department": "가" * 121}),
        ("ko", {"ko": "글이 아닌 \udcff"}),
        ("project", {"project": "../x"}),
    ],
)
def test_what_cannot_be_shown_is_refused_by_its_field(
    city: City, desk: StoreShelf, field: str, given: dict[str, str]
) -> None:
    with pytest.raises(InputRefused) as caught:
        announce(desk.store, **({"ko": "공지"} | given))
    assert caught.value.field == field
    assert desk.tail(desk.store.device) == 0


def test_a_kiosk_announces_nothing(city: City, kiosk: StoreShelf, desk: StoreShelf) -> None:
    announce(kiosk.store, "가짜 공지")
    assert words(city, kiosk) == []
    (outcome,) = take_all(desk, pages(kiosk.store))
    assert outcome.reason is Reason.ROLE


@pytest.mark.parametrize(
    ("until", "said"),
    [
        ("9999-12-31", "2099-12-31"),
        ("2100-01-01", "2099-12-31"),
        ("0001-01-01", "has passed"),
        ("1999-12-31", "has passed"),
        ("2026-11-30", "has passed"),
        ("2027-02-29", "no date"),
        ("2100-02-29", "no date"),
        ("2027-04-31", "no date"),
        ("10000-01-01", "no date"),
        ("2027-W01-1", "no date"),
        ("20270101", "no date"),
        ("2027-1-1", "no date"),
        ("-001-01-01", "no date"),
        ("내일", "no date"),
        ("", "no date"),
        ("9" * 100_000, "no date"),
    ],
)
def test_a_last_day_is_refused_for_what_is_wrong_with_it(
    desk: StoreShelf, until: str, said: str
) -> None:
    with pytest.raises(InputRefused, match=said) as refused:
        announce(desk.store, "공지", until=until)
    assert refused.value.field == "until"
    assert any("가" <= letter <= "힣" for letter in refused.value.ko)
    assert len(refused.value.en) < 200


@pytest.mark.parametrize(
    ("until", "stored"),
    [
        ("2099-12-31", "2099-12-31"),
        ("2028-02-29", "2028-02-29"),
        ("２０２８-０２-２９", "2028-02-29"),
        (" ２０２８－０２－２９　", "2028-02-29"),
    ],
)
def test_a_last_day_is_the_same_day_however_it_was_typed(
    desk: StoreShelf, until: str, stored: str
) -> None:
    announce(desk.store, "공지", until=until)
    (told,) = announcements(desk.store, {desk.store.device})
    assert told.until == stored
