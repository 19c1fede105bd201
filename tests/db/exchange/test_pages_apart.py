"""A page kept apart can be opened and discarded alone; nobody's words are shown."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from typing import Any

import pytest

from db.exchange.pages.exporting import export_pages
from db.exchange.pages.importing import import_page
from db.exchange.pages.store_shelf import MOST_QUARANTINED_EACH, StoreShelf
from db.exchange.status.status import Counter, exchange_status, rows_of
from db.participation.feedback import add_feedback
from db.problems import InputRefused
from db.refusals import Reason, Refused
from db.store.notices import notices
from db.store.page import read_page
from db.store.quarantine import discard_quarantined, newest_quarantined, open_quarantined
from tests.db.exchange.city import City, pages, take_all
from tests.db.exchange.machines import Machines
from tests.db.in_memory import NOON, PHONE, memory_store, praise

SECRET = "남이 보면 안 되는 글"
PLACE = "막대기/꾸러미.age"


@pytest.fixture
def clone(city: City, kiosk: StoreShelf, desk: StoreShelf) -> Callable[[str], bytes]:
    """A page of a clone of the kiosk, whose own journal the desk holds."""
    add_feedback(kiosk.store, praise())
    take_all(desk, pages(kiosk.store))

    number = 1 + list(city.shelves.values()).index(kiosk)

    def page(*texts: str) -> bytes:
        with memory_store(number) as store:
            for text in texts:
                add_feedback(store, praise(text, contact=PHONE))
            return pages(store)[0]

    return page


def apart(shelf: StoreShelf) -> list[Any]:
    return list(rows_of(shelf, Counter.KEPT_APART))


def test_a_page_kept_apart_opens_to_numbers_and_kinds_and_to_nobodys_words(
    kiosk: StoreShelf, desk: StoreShelf, clone: Callable[..., bytes]
) -> None:
    import_page(desk, clone(SECRET, SECRET), PLACE)
    (alarm,) = apart(desk)
    page = open_quarantined(desk.store, alarm.number)
    assert (page.device, page.first, page.last) == (kiosk.store.device, 1, 2)
    assert page.kinds == {"feedback.submitted": 2} and page.reason == "fork"
    assert (page.bodies, page.contacts, page.at_us) == (2, 2, NOON)
    assert PLACE in page.place and page.from_us is not None
    assert SECRET not in repr(page) and PHONE.value not in repr(page)


def test_a_discarded_page_is_gone_with_its_alarm_and_the_notice_says_why(
    kiosk: StoreShelf, desk: StoreShelf, clone: Callable[..., bytes]
) -> None:
    for text in ("하나", "둘"):
        import_page(desk, clone(text), PLACE)
    first, second = apart(desk)
    assert discard_quarantined(desk.store, first.number, " 복제\n확인함 ").number == first.number
    assert apart(desk) == [second]
    status = exchange_status(desk)
    assert (status.forks, status.kept_apart) == (1, 1)
    (row,) = desk.store.rows("SELECT page FROM set_aside WHERE number = ?", (first.number,))
    assert row == (b"",)
    told = notices(desk.store)[0]
    assert told.kind == "page-discarded" and "복제 확인함" in told.ko and "복제 확인함" in told.en
    assert kiosk.store.device in told.en
    for act in (open_quarantined, lambda store, number: discard_quarantined(store, number, "다시")):
        for number in (first.number, 0, -1, 1 << 63):
            with pytest.raises(InputRefused, match="no page kept apart"):
                act(desk.store, number)


def test_a_reason_known_in_both_languages_stands_in_each_notice_in_its_own(
    kiosk: StoreShelf, desk: StoreShelf, clone: Callable[..., bytes]
) -> None:
    import_page(desk, clone("하나"), PLACE)
    (alarm,) = apart(desk)
    discard_quarantined(
        desk.store, alarm.number, "복제한 기기가 쓴 기록", "written by a cloned device"
    )
    told = notices(desk.store)[0]
    assert "복제한 기기가 쓴 기록" in told.ko and "cloned" not in told.ko
    assert "written by a cloned device" in told.en and "복제한" not in told.en


def test_a_discarded_page_that_comes_again_is_refused_and_another_one_is_kept_apart(
    desk: StoreShelf, clone: Callable[..., bytes]
) -> None:
    data, grown = clone("복제"), clone("복제", "그 뒤에 쓴 글")
    import_page(desk, data, PLACE)
    discard_quarantined(desk.store, apart(desk)[0].number, "복제")
    for _ in range(2):
        assert import_page(desk, data, PLACE).reason is Reason.FORK
        assert apart(desk) == []
    import_page(desk, grown, PLACE)
    (alarm,) = apart(desk)
    # A number is never given twice: how old a page is follows from it.
    assert alarm.number == newest_quarantined(desk.store) == 2


def test_discarding_makes_room_for_other_pages_of_the_same_device(
    desk: StoreShelf, clone: Callable[..., bytes]
) -> None:
    for number in range(MOST_QUARANTINED_EACH):
        import_page(desk, clone(f"복제 {number}"), PLACE)
    for words in ("자리 없음", "여전히 없음"):
        import_page(desk, clone(words), PLACE)
    told = [each.kind for each in notices(desk.store)]
    assert told.count("exchange-apart-full") == 1
    assert len(apart(desk)) == MOST_QUARANTINED_EACH
    discard_quarantined(desk.store, 1, "복제")
    import_page(desk, clone("자리 남"), PLACE)
    assert [alarm.number for alarm in apart(desk)][-1] == MOST_QUARANTINED_EACH + 1


def test_what_is_taken_out_of_the_journal_is_kept_even_where_the_same_page_was_discarded(
    kiosk: StoreShelf, desk: StoreShelf, clone: Callable[..., bytes]
) -> None:
    (page,) = export_pages(kiosk.store)
    read = read_page(page.data)
    with desk.store.change():
        desk.put_in_quarantine(read, page.data, Refused(Reason.FORK, PLACE))
    discard_quarantined(desk.store, apart(desk)[0].number, "복제")
    with desk.store.change():
        desk.put_in_quarantine(read, page.data, Refused(Reason.REVOKED, "취소"))
    (alarm,) = apart(desk)
    assert alarm.reason == "revoked" and open_quarantined(desk.store, alarm.number).bodies == 1


@pytest.mark.parametrize("why", ["", " \n ", "가" * 201, "까닭\x1b[2J"])
def test_discarding_needs_a_short_reason(
    desk: StoreShelf, clone: Callable[..., bytes], why: str
) -> None:
    import_page(desk, clone("복제"), PLACE)
    with pytest.raises(InputRefused) as refused:
        discard_quarantined(desk.store, 1, why)
    assert refused.value.field == "reason" and len(apart(desk)) == 1


def test_the_commands_open_and_discard_one_page_and_say_what_is_wrong(machines: Machines) -> None:
    desk = machines.enrol("desk", "desk")
    machines.enrol("kiosk", "kiosk")
    device = machines.say("kiosk", "함께")["device"]
    shutil.copytree(machines.of("kiosk"), machines.of("clone"))
    machines.say("kiosk", "원래")
    machines.say("clone", SECRET)
    machines.carry("kiosk", "desk")
    stick = machines.root / "stick"
    made = machines.run("bundle", "write", "--data-dir", machines.of("clone"), "--to", stick)
    read = machines.run("bundle", "read", made["file"], "--data-dir", desk, status=1)
    (refusal,) = read["refusals"]
    assert refusal["en"].count(f"{device}/") == refusal["ko"].count(f"{device}/") == 1
    show = ("sync", "--show", "kept-apart", "--data-dir", desk, "--number")
    opened = machines.run(*show, 1)
    assert opened["device"] == device and opened["kinds"]["feedback.submitted"] >= 1
    said = machines.say_lines(*show, 1)
    assert f"{device}/" in said and "fork" in said and made["file"] in said
    assert SECRET not in said + repr(opened)
    discard = ("sync", "--data-dir", desk, "--discard", 1)
    assert "--reason" in machines.run(*discard, status=2)
    assert "--number" in machines.run(
        "sync", "--status", "--number", 1, "--data-dir", desk, status=2
    )
    assert machines.run(*discard, "--reason", "복제한 저장소")["number"] == 1
    assert machines.status("desk")["kept_apart"] == 0
    assert "--number" in machines.run(*show, 1, status=2)
    assert "--discard" in machines.run(*discard, "--reason", "다시", status=2)
