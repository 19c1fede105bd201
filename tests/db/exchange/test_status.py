"""The state of exchange: plain words, and behind every counter the rows it counts."""

from __future__ import annotations

import shutil
from pathlib import Path

import msgspec

from db.exchange.hub_trouble import HubTrouble, Trouble
from db.exchange.pages.importing import import_page
from db.exchange.pages.store_shelf import StoreShelf
from db.exchange.status.acknowledgements import (
    Acknowledgement,
    own_acknowledgement,
    signed_words,
    take_acknowledgement,
    words,
)
from db.exchange.status.log import KEPT, exchanges, note
from db.exchange.status.status import Counter, conflicts, exchange_status, rows_of
from db.exchange.trust.papers import DeviceRole
from db.exchange.trust.trust import Trust
from db.participation.feedback import add_feedback
from db.participation.reviews import set_review
from db.records import ReviewState
from db.refusals import Reason, Refused
from tests.db.exchange.city import City, a_city, pages, take_all
from tests.db.exchange.machines import Machines
from tests.db.in_memory import NOON, memory_store, praise

DAY = 86_400 * 1_000_000


def test_two_officers_who_disagree_are_a_conflict_one_can_open_until_it_is_settled(
    city: City, kiosk: StoreShelf, desk: StoreShelf
) -> None:
    second = city.enrol(DeviceRole.DESK, "정원도시과")
    ids = [add_feedback(kiosk.store, praise(f"의견 {number}")).id for number in range(3)]
    for each in (desk, second):
        take_all(each, pages(kiosk.store))
    set_review(desk.store, ids[1], ReviewState.ADOPTED)
    set_review(second.store, ids[1], ReviewState.DECLINED, reason="예산")
    take_all(desk, pages(second.store))
    assert rows_of(desk, Counter.CONFLICTS) == [ids[1]]
    assert exchange_status(desk).conflicts == 1
    set_review(desk.store, ids[1], ReviewState.ADOPTED)
    assert conflicts(desk.store) == []


def test_a_fork_is_said_before_anything_else_and_names_device_and_number(
    kiosk: StoreShelf, desk: StoreShelf
) -> None:
    add_feedback(kiosk.store, praise())
    take_all(desk, pages(kiosk.store))
    with memory_store(1) as clone:
        add_feedback(clone, praise("복제"))
        import_page(desk, pages(clone)[0], "막대기/꾸러미.age")
    status = exchange_status(desk)
    assert (status.forks, status.kept_apart) == (1, 1)
    assert "복제" in status.ko and "Fork" in status.en
    (alarm,) = rows_of(desk, Counter.FORKS)
    assert alarm.device == kiosk.store.device  # type: ignore[union-attr]
    assert "막대기/꾸러미.age" in alarm.place  # type: ignore[union-attr]


def test_a_word_that_rotted_counts_as_none_until_its_device_says_it_again(
    kiosk: StoreShelf, desk: StoreShelf
) -> None:
    add_feedback(kiosk.store, praise())
    take_all(desk, pages(kiosk.store))
    said = own_acknowledgement(desk)
    take_acknowledgement(kiosk, said, "desk")
    own_acknowledgement(kiosk)
    with kiosk.store.change() as connection:
        connection.execute("UPDATE acknowledgement SET text = '{'")
    assert words(kiosk) == [] and exchange_status(kiosk).pending == 1
    assert len(signed_words(kiosk)) == 1
    take_acknowledgement(kiosk, said, "desk")
    assert [word.device for word in words(kiosk)] == [desk.store.device]
    assert exchange_status(kiosk).pending == 0


def test_a_number_that_rotted_is_followed_by_a_higher_one(kiosk: StoreShelf) -> None:
    add_feedback(kiosk.store, praise())
    before = msgspec.json.decode(own_acknowledgement(kiosk).text, type=Acknowledgement)
    kiosk.store.set_meta("acknowledgement", "?")
    add_feedback(kiosk.store, praise())
    after = msgspec.json.decode(own_acknowledgement(kiosk).text, type=Acknowledgement)
    assert after.number > before.number


def test_a_certificate_that_ended_and_one_that_was_taken_away_are_told_apart(
    city: City, kiosk: StoreShelf
) -> None:
    later = Trust(lambda: NOON + 4 * 366 * DAY)
    later.accept(city.authority.papers, "papers")
    status = exchange_status(StoreShelf(kiosk.store, later))
    assert not status.enrolled and "clock" in status.en and "시계" in status.ko
    city.authority.revoke(kiosk.store.device)
    city.tell_all()
    status = exchange_status(kiosk)
    assert not status.enrolled and "revoked" in status.en and "취소" in status.ko


def test_the_last_cause_is_told_in_plain_words_until_an_exchange_goes_well(
    kiosk: StoreShelf,
) -> None:
    assert "아직" in exchange_status(kiosk).ko
    note(kiosk.store, "folder", "read", "공유", problem=Refused(Reason.GAP, "공유/파일"))
    status = exchange_status(kiosk)
    assert "공유/파일" in status.ko and status.last_success_us is None
    assert exchanges(kiosk.store, only_failed=True)[0].cause == "gap"
    note(kiosk.store, "folder", "read", "공유", new=1)
    status = exchange_status(kiosk)
    assert "공유/파일" not in status.ko and status.last_success_us == NOON


def test_a_hub_that_refuses_is_not_visited_again_by_itself_and_one_out_of_reach_is(
    kiosk: StoreShelf,
) -> None:
    add_feedback(kiosk.store, praise())
    assert "1건" in exchange_status(kiosk).ko, "what waits is said before the first exchange too"
    for trouble, stopped in ((Trouble.NOT_BELIEVED, True), (Trouble.UNREACHABLE, False)):
        problem = HubTrouble(trouble, "https://hub.example.kr")
        note(kiosk.store, "hub", "sync", "https://hub.example.kr", problem=problem)
        status = exchange_status(kiosk)
        assert (status.last_cause, status.stopped) == (trouble.value, stopped)
    # One bad page of a visit that went on stops nobody.
    note(kiosk.store, "hub", "sync", "https://hub.example.kr", cause=Reason.FORGED.value)
    assert not exchange_status(kiosk).stopped


def test_an_enrolment_that_ended_is_told_apart_from_none(tmp_path: Path) -> None:
    now = [NOON]
    with a_city(tmp_path / "authority", lambda: now[0]) as city:
        kiosk, lost = city.enrol(DeviceRole.KIOSK, "가"), city.enrol(DeviceRole.KIOSK, "나")
        city.authority.revoke(lost.store.device)
        city.tell_all()
        assert "취소되어" in exchange_status(lost).ko and "revoked" in exchange_status(lost).en
        now[0] += 4 * 366 * DAY
        assert "기한이 지나" in exchange_status(kiosk).ko
        assert "expired" in exchange_status(kiosk).en


def test_a_kiosk_nobody_visited_for_a_week_says_how_many_are_waiting(tmp_path: Path) -> None:
    now = [NOON]
    with a_city(tmp_path / "authority", lambda: now[0]) as city:
        kiosk = city.enrol(DeviceRole.KIOSK, "가")
        note(kiosk.store, "bundle", "write", "막대기")
        add_feedback(kiosk.store, praise())
        now[0] += 8 * DAY
        assert "1" in exchange_status(kiosk).ko and "week" in exchange_status(kiosk).en


def test_the_log_of_exchanges_never_grows_without_end(kiosk: StoreShelf) -> None:
    with kiosk.store.change() as connection:
        connection.executemany(
            "INSERT INTO exchange(at_us, carrier, act, place, new, known, rejected)"
            " VALUES(0, 'folder', 'read', '', 0, 0, 0)",
            [()] * (KEPT + 50),
        )
    note(kiosk.store, "folder", "read", "공유")
    assert kiosk.store.row("SELECT count(*) FROM exchange") == (KEPT,)


def test_a_device_that_is_not_enrolled_says_so_first(city: City) -> None:
    stranger = city.stranger()
    status = exchange_status(stranger)
    assert not status.enrolled and "등록" in status.ko


def test_every_counter_opens_from_the_command_line_to_what_it_counts(machines: Machines) -> None:
    for name, role in (("kiosk", "kiosk"), ("desk", "desk"), ("second", "desk")):
        machines.enrol(name, role)
    receipt = machines.say("kiosk", "함께")
    shutil.copytree(machines.of("kiosk"), machines.of("clone"))
    for name in ("kiosk", "clone"):
        machines.say(name, f"{name}의 의견")
    for name, state in (("desk", "adopted"), ("second", "in-review")):
        machines.carry("kiosk", name, "--all")
        words = ("review", "set", receipt["id"], "--state", state)
        machines.run(*words, "--data-dir", machines.of(name))
    machines.carry("second", "desk")
    stick, desk = machines.root / "stick", machines.of("desk")
    made = machines.run("bundle", "write", "--data-dir", machines.of("clone"), "--to", stick)
    machines.run("bundle", "read", made["file"], "--data-dir", desk, status=1)
    machines.run("bundle", "write", "--data-dir", desk, "--to", stick)
    machines.run("reply", receipt["id"], "--text", "답변", "--data-dir", desk)
    status = machines.status("desk")
    for counter in Counter:
        shown = machines.run("sync", "--show", counter.value, "--data-dir", desk)
        assert shown["count"] == len(shown["rows"]) == status[counter.value.replace("-", "_")]
        assert shown["count"] > 0, counter
    device = receipt["device"]
    rows = {
        counter: machines.run("sync", "--show", counter.value, "--data-dir", desk)["rows"]
        for counter in Counter
    }
    assert [row["kind"] for row in rows[Counter.PENDING]] == ["reply.published"]
    assert rows[Counter.CONFLICTS] == [receipt["id"]]
    for counter in (Counter.FORKS, Counter.KEPT_APART):
        assert {row["device"] for row in rows[counter]} == {device}
        assert made["file"] in rows[counter][0]["place"]
    said = machines.say_lines("sync", "--show", "forks", "--data-dir", desk)
    assert device in said and made["file"] in said


def test_the_last_exchange_that_went_well_is_remembered_however_many_failed_since(
    kiosk: StoreShelf,
) -> None:
    note(kiosk.store, "bundle", "read", "first")
    with kiosk.store.change() as connection:
        connection.execute(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)"
            " INSERT INTO exchange(at_us, carrier, act, place, new, known, rejected, cause)"
            " SELECT ?, 'folder', 'read', i, 0, 0, 0, 'unreadable' FROM n",
            (KEPT + 3, NOON + 1),
        )
    note(kiosk.store, "folder", "read", "last", cause="unreadable")
    assert exchange_status(kiosk).last_success_us == NOON
    assert kiosk.store.row("SELECT count(*) FROM exchange") == (KEPT + 1,)
