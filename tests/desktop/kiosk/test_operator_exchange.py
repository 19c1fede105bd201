"""The operator enrols, sends, receives and rescues by stick; nothing is trusted silently."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Any

import msgspec
import pytest
from PySide6.QtCore import QThread
from pytestqt.qtbot import QtBot

from db.exchange.carriers import bundle as bundles_on_disk
from db.exchange.carriers.bundle import write_bundles
from db.exchange.carriers.bundle_reading import read_bundle
from db.exchange.enrolment.accepting import accept_papers
from db.exchange.enrolment.authority import make_request, read_request
from db.exchange.pages.store_shelf import StoreShelf
from db.exchange.trust.fingerprint import PAIRS
from db.exchange.trust.papers import DeviceRole
from db.participation.feedback import add_feedback, list_feedback
from db.participation.replies import add_reply, look_up
from db.problems import Cause, StorageUnavailable
from db.refusals import Reason, Refused
from db.store.opening import open_store
from db.store.store import Store
from desktop.exchange import bundles
from desktop.exchange.results import Accepted, PaperKind, Saved, StickRead, Written
from desktop.exchange.standing import Enrolled
from desktop.exchange.sticks import sticks
from desktop.exchange.words import room_words, trouble
from desktop.kiosk.operator.intents import Differ, ReadPile, TakePaper, TrustCity, WriteTo
from desktop.kiosk.operator.state import At
from tests.db.in_memory import NOON, PHONE, praise
from tests.desktop.kiosk.exchange_counter import Counter


def test_a_fresh_kiosk_is_enrolled_sends_and_shows_the_answer_that_came_back(
    counter: Counter,
) -> None:
    code = counter.ask(lambda store: add_feedback(store, praise("그늘이 필요합니다")).code)
    desk = counter.desk()
    counter.open(At.ENROL)
    enrolment, status = counter.state.enrolment, counter.state.status
    assert enrolment.enrolled is Enrolled.NO
    assert status is None  # nobody waits for it: no counter
    counter.enrol()
    assert counter.state.result == Accepted(changed=True)
    assert counter.state.enrolment.enrolled is Enrolled.YES
    assert counter.state.enrolment.name == "금암도서관"

    counter.open(At.WRITE)
    counter.do(WriteTo(0))
    assert counter.state.result == Written(counter.stick, 1, 1)
    assert counter.standing.state.status is not None
    assert counter.standing.state.status.sent_not_confirmed == 1

    with desk:
        shelf = StoreShelf(desk)
        (file,) = counter.stick.glob("*.age")
        read_bundle(shelf, file)
        (found,) = desk.rows("SELECT id FROM feedback")
        add_reply(desk, found[0].hex(), "긴 의자와 그늘을 두겠습니다.", public=True)
        write_bundles(shelf, counter.stick)

    counter.open(At.READ)
    assert [len(pile.files) for pile in counter.state.piles] == [1]  # its own is not offered
    counter.do(ReadPile(0))
    taken = counter.state.result
    assert isinstance(taken, StickRead)
    assert (taken.new, taken.rejected, taken.problem) == (1, 0, None)
    status = counter.standing.state.status
    assert status is not None
    assert (status.pending, status.sent_not_confirmed) == (0, 0)
    answer = counter.ask(lambda store: look_up(store, code))
    assert [reply.text for reply in answer.replies] == ["긴 의자와 그늘을 두겠습니다."]
    assert answer.last_exchange_us == NOON


def test_an_unknown_city_is_only_trusted_after_a_person_compared_the_words(
    counter: Counter,
) -> None:
    counter.open(At.REQUEST)
    counter.do(WriteTo(0))
    counter.sign_request()
    counter.open(At.PAPERS)
    counter.do(TakePaper(0))
    compare = counter.state.compare
    assert compare is not None
    assert len(compare.city_words.split("-")) == len(compare.words.split("-")) == 2 * PAIRS
    assert counter.ask(lambda store: StoreShelf(store).trust.city) is None
    counter.do(Differ())
    assert counter.state.refused
    assert counter.ask(lambda store: StoreShelf(store).trust.city) is None
    assert not (counter.data_dir / "keys" / "papers.json").exists()


def test_what_was_compared_is_what_is_taken_whatever_the_stick_holds_by_then(
    counter: Counter,
) -> None:
    counter.open(At.REQUEST)
    counter.do(WriteTo(0))
    counter.sign_request()
    counter.open(At.PAPERS)
    counter.do(TakePaper(0))
    (counter.stick / "kiosk.cert").write_bytes(b"{}")
    counter.do(TrustCity())
    city = counter.ask(lambda store: StoreShelf(store).trust.city)
    assert city == counter.city.public


def take_list(counter: Counter) -> None:
    """The city's newest papers lie on the stick, and the operator takes them."""
    (counter.stick / "list.cert").write_bytes(msgspec.json.encode(counter.city.papers))
    counter.open(At.PAPERS)
    at = [each.path.name for each in counter.state.papers].index("list.cert")
    counter.do(TakePaper(at))
    assert counter.state.result == Accepted(changed=True)


def test_another_contact_key_is_taken_by_stick_and_seals_from_then_on(counter: Counter) -> None:
    counter.enrol()
    before = counter.ask(lambda store: store.contact.key_id)
    key_id = counter.city.new_contact_key()
    take_list(counter)
    new = praise(contact=PHONE)
    counter.ask(lambda store: add_feedback(store, new).id)
    assert counter.ask(lambda store: store.rows("SELECT key_id FROM event")) == [(key_id,)]
    assert before != key_id


def test_a_lost_laptop_is_shut_out_by_stick(counter: Counter) -> None:
    counter.enrol()
    with counter.desk() as lost:
        counter.city.revoke(lost.device)
        take_list(counter)
        counter.ask(lambda store: add_feedback(store, praise()).id)
        counter.open(At.WRITE)
        counter.do(WriteTo(0))
        (file,) = counter.stick.glob("*.age")
        with pytest.raises(Refused) as refused:
            read_bundle(StoreShelf(lost), file)
        assert refused.value.reason is Reason.NOT_FOR_US


def test_a_kiosk_whose_name_was_revoked_is_enrolled_anew_by_stick_and_says_all_again(
    counter: Counter,
) -> None:
    counter.enrol()
    counter.ask(lambda store: add_feedback(store, praise("먼저")).id)
    name = counter.ask(lambda store: store.device)
    counter.city.revoke(name)
    take_list(counter)
    assert counter.ask(lambda store: store.device) != name
    enrolment = counter.state.enrolment
    assert enrolment.enrolled is Enrolled.NO
    for file in counter.stick.iterdir():
        file.unlink()
    counter.open(At.REQUEST)
    counter.do(WriteTo(0))
    counter.sign_request()
    counter.open(At.PAPERS)
    counter.do(TakePaper(0))
    assert counter.state.enrolment.enrolled is Enrolled.YES
    counter.open(At.WRITE)
    counter.do(WriteTo(0))
    with counter.desk() as desk:
        (file,) = counter.stick.glob("*.age")
        assert read_bundle(StoreShelf(desk), file).new == 1
        assert [row.text for row in list_feedback(desk)[0]] == ["먼저"]


def test_damaged_papers_are_told_and_their_place_is_taken_once_the_words_were_compared(
    counter: Counter,
) -> None:
    counter.enrol()
    (counter.data_dir / "keys" / "papers.json").write_bytes(b"{")
    counter.open(At.SYNC)
    assert counter.state.problem.reason is Reason.DAMAGED_PAPERS
    counter.open(At.ENROL)
    enrolment = counter.state.enrolment
    assert enrolment.enrolled is Enrolled.NO
    counter.open(At.PAPERS)
    counter.do(TakePaper(0))
    assert counter.state.compare is not None
    counter.do(TrustCity())
    assert counter.state.enrolment.enrolled is Enrolled.YES
    assert counter.standing.state.problem is None


def test_only_papers_are_offered_and_those_of_this_device_first(counter: Counter) -> None:
    with counter.desk():
        pass
    (counter.stick / "a-list.cert").write_bytes(msgspec.json.encode(counter.city.papers))
    (counter.stick / "notes.txt").write_text("hello")
    (counter.stick / "broken.cert").write_bytes(b'{"version":1,"city":')
    (counter.stick / "folder").mkdir()
    counter.open(At.REQUEST)
    counter.do(WriteTo(0))
    counter.sign_request()
    counter.open(At.PAPERS)
    kinds = [(each.path.name, each.kind) for each in counter.state.papers]
    assert kinds == [("kiosk.cert", PaperKind.OWN), ("a-list.cert", PaperKind.OTHERS)]
    counter.do(TakePaper(1))  # the first papers must name this device
    assert counter.state.problem is not None
    assert counter.ask(lambda store: StoreShelf(store).trust.city) is None


def test_many_other_files_on_a_stick_hide_neither_papers_nor_bundles(counter: Counter) -> None:
    with counter.desk() as desk:
        add_feedback(desk, praise())
        (made,) = write_bundles(StoreShelf(desk), counter.stick)
    counter.open(At.REQUEST)
    counter.do(WriteTo(0))
    counter.sign_request()
    others = msgspec.json.encode(counter.city.papers)
    (counter.stick / "._kiosk.cert").write_bytes(others)
    (counter.stick / "kiosk.cert").rename(counter.stick / "z.cert")
    for number in range(25):
        (counter.stick / f"list-{number:02}.cert").write_bytes(others)
    for number in range(501):
        (counter.stick / f"a-{number:03}.age").write_bytes(b"")
        (counter.stick / f"b-{number:03}.txt").write_bytes(b"")
    (counter.stick / f"._{Path(made.file).name}").write_bytes(b"x")
    counter.open(At.PAPERS)
    kinds = [each.kind for each in counter.state.papers]
    assert (kinds[0], len(kinds)) == (PaperKind.OWN, 26)
    counter.open(At.READ)
    (pile,) = counter.state.piles
    assert len(pile.files) == 502 and Path(made.file) in pile.files


def test_a_full_stick_keeps_what_is_whole_and_the_next_one_goes_on(
    counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    counter.enrol()
    counter.ask(lambda store: [add_feedback(store, praise(f"의견 {n}")).id for n in range(520)])
    monkeypatch.setattr(bundles, "PART", 1)  # one page a file
    really = bundles_on_disk.write_verified
    written: list[Path] = []

    def fill_up(file: Path, data: bytes, *_written: Any) -> None:
        if len(written) == 1:
            raise StorageUnavailable.from_os(OSError(errno.ENOSPC, "full"), str(file))
        written.append(file)
        really(file, data)

    monkeypatch.setattr(bundles_on_disk, "write_verified", fill_up)
    counter.open(At.WRITE)
    counter.do(WriteTo(0))
    first = counter.state.result
    assert isinstance(first.problem, StorageUnavailable)
    assert (first.files, first.problem.cause) == (1, Cause.FULL)
    assert first.events + first.left == 520
    counter.pages.wipe()  # also after the screen was locked it is known where to go on
    counter.open(At.WRITE)
    assert counter.state.outbox.unfinished
    monkeypatch.setattr(bundles_on_disk, "write_verified", really)
    counter.do(WriteTo(0))
    assert counter.state.result.events == first.left
    counter.open(At.WRITE)
    assert not counter.state.outbox.unfinished


def test_a_stick_that_was_pulled_is_named_and_its_folder_is_not_made_again(
    counter: Counter,
) -> None:
    counter.enrol()
    counter.open(At.WRITE)
    counter.here = ()
    counter.do(WriteTo(0))
    assert isinstance(counter.state.problem, StorageUnavailable)
    assert counter.state.sticks == ()
    assert not list(counter.stick.glob("*.age"))


def test_a_stick_pulled_before_it_is_read_spoils_nothing(counter: Counter) -> None:
    counter.enrol()
    (counter.stick / "away.age").write_bytes(b"x")
    counter.open(At.READ)
    (counter.stick / "away.age").unlink()
    counter.do(ReadPile(0))
    taken = counter.state.result
    assert (taken.new, len(taken.refusals)) == (0, 1)


def test_a_second_press_begins_nothing_anew(counter: Counter) -> None:
    counter.enrol()
    counter.open(At.WRITE)
    counter.pages.do(WriteTo(0))
    counter.pages.do(WriteTo(0))
    counter.settle()
    assert len(list(counter.stick.glob("*.age"))) == 1


def test_work_ends_well_though_the_screen_locks_and_its_answer_is_dropped(
    counter: Counter,
) -> None:
    counter.enrol()
    counter.ask(lambda store: add_feedback(store, praise()).id)
    counter.open(At.WRITE)
    counter.pages.do(WriteTo(0))
    counter.pages.wipe()
    counter.settle()
    assert counter.state.result is None
    assert len(list(counter.stick.glob("*.age"))) == 1
    assert counter.standing.state.status is not None
    assert counter.standing.state.status.sent_not_confirmed == 1


def test_everything_readable_is_rescued_though_the_store_cannot_be_opened(
    tmp_path: Path, qtbot: QtBot
) -> None:
    def damaged() -> Store:
        raise StorageUnavailable(Cause.CORRUPT)

    broken = Counter(tmp_path, qtbot, damaged)
    with open_store(broken.data_dir, lambda: NOON) as store:
        add_feedback(store, praise())
        keys = store.keys
        asked = tmp_path / "kiosk.req"
        asked.write_bytes(make_request(keys.signing, keys.age_recipient, "", NOON))
        papers = broken.city.papers_for(
            broken.city.sign(read_request(asked), DeviceRole.KIOSK, "금암도서관")
        )
        accept_papers(StoreShelf(store), papers, "kiosk")
    broken.open(At.SYNC)
    assert isinstance(broken.state.problem, StorageUnavailable)
    broken.open(At.RESCUE)
    broken.do(WriteTo(0))
    saved = broken.state.result
    assert isinstance(saved, Saved)
    assert (saved.events, [each.parent for each in saved.files]) == (1, [broken.stick])
    broken.tasks.close()


def test_what_the_devices_own_disk_does_is_not_said_of_the_stick(
    tmp_path: Path, qtbot: QtBot
) -> None:
    def full() -> Store:
        raise StorageUnavailable(Cause.FULL, str(tmp_path / "kiosk" / "store.db"))

    broken = Counter(tmp_path, qtbot, full)
    for at in (At.WRITE, At.READ):
        broken.open(at)
        said = trouble(broken.state.problem, stick=True)
        assert "저장 공간이 가득 찼습니다" in said and "USB" not in said
    broken.tasks.close()
    on_stick = StorageUnavailable(Cause.FULL, str(broken.stick / "x.age"))
    assert bundles.blamed(on_stick, tmp_path / "kiosk") is on_stick


def test_room_is_told_in_the_unit_of_its_size() -> None:
    assert room_words(14_200_000_000) == "14.2 GB 남음"
    assert room_words(61_300_000) == "61 MB 남음"


def test_a_long_work_lets_a_resident_go_first_and_stops_where_nothing_is_lost(
    counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    counter.enrol()
    counter.ask(lambda store: [add_feedback(store, praise(f"의견 {n}")).id for n in range(520)])
    monkeypatch.setattr(bundles, "PART", 1)
    order: list[str] = []
    tell = counter.pages._tell

    def told(done: int, total: int) -> None:
        if not order:
            order.append("first part")
            counter.tasks.query(lambda store: order.append("resident"), lambda nothing: None)
            counter.pages._stop.set()
        tell(done, total)

    monkeypatch.setattr(counter.pages, "_tell", told)
    counter.open(At.WRITE)
    counter.do(WriteTo(0))
    assert order == ["first part", "resident"]
    stopped = counter.state.result
    assert isinstance(stopped.problem, bundles.Stopped)
    assert stopped.events + stopped.left == 520
    assert QThread.currentThread() is counter.pages.thread()


def test_a_stick_that_may_only_be_read_is_found_and_marked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from desktop.exchange import sticks as places

    stick, mounts = tmp_path / "media" / "STICK", tmp_path / "mounts"
    stick.mkdir(parents=True)
    mounts.write_text(f"/dev/sdb1 {stick} vfat ro 0 0\n")
    monkeypatch.setattr(places, "ROOTS", (f"{tmp_path}/media/",))
    may = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: mode != 2 and may(path, mode))
    (found,) = sticks(mounts)
    assert (found.path, found.read_only) == (stick, True)
