"""At the end of its period what people left is gone, from every store, and only then."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest

from db.clock import DAY_US, EARLIEST_US
from db.exchange.enrolment.accepting import accept_enrolment, accept_papers
from db.exchange.enrolment.authority import Authority, make_authority
from db.exchange.pages.exporting import export_pages
from db.exchange.pages.importing import import_page
from db.exchange.pages.store_shelf import StoreShelf
from db.exchange.status.acknowledgements import (
    Acknowledgement,
    own_acknowledgement,
    take_acknowledgement,
)
from db.exchange.status.store_hash import store_hash
from db.exchange.trust.papers import ACKNOWLEDGEMENT, DeviceRole, Request, Signed, sign
from db.participation.feedback import add_feedback, list_feedback
from db.participation.plantings import NewPlanting, list_plantings, register_planting
from db.participation.replies import add_reply
from db.problems import InputRefused
from db.records import Erased
from db.refusals import Reason, Refused
from db.retention.due import Periods
from db.retention.erasure import erase_named
from db.retention.purge import Purged, purge
from db.store.journal import events, rebuild
from db.store.notices import notices
from db.store.opening import open_store
from db.store.page import read_page
from db.store.recovery import write_again
from db.store.verification import projection_hash, verify
from tests.db.in_memory import PHONE, praise
from tests.frozen_clock import FrozenClock

SECRET = "기간이 지나면 없어질 글"
MONTH = Periods(contact=30, feedback=30, planting=30)
CONTACTS = Periods(contact=30)


class Town:
    """A kiosk and a desk that meet, on machines that run all the time while days pass."""

    def __init__(self, path: Path, clock: FrozenClock) -> None:
        self.clock, self.ran = clock, 0
        self.authority: Authority = make_authority(path / "authority", clock)
        self.kiosk = self._enrol(path / "kiosk", DeviceRole.KIOSK)
        self.desk = self._enrol(path / "desk", DeviceRole.DESK)
        for shelf in (self.kiosk, self.desk):
            accept_papers(shelf, self.authority.papers, "papers")

    def _enrol(self, path: Path, role: DeviceRole) -> StoreShelf:
        store = open_store(path, self.clock)
        key, age = store.keys.public.hex(), store.keys.age_recipient
        request = Request(public_key=key, age=age, name="", at_us=self.clock())
        certificate = self.authority.sign(request, role, role.value)
        shelf = StoreShelf(store)
        accept_enrolment(shelf, self.authority.papers_for(certificate), "papers")
        return shelf

    def days(self, days: float, *, running: bool = True) -> None:
        self.clock.advance(timedelta(days=days).total_seconds())
        self.ran += int(days * DAY_US) if running else 0

    def purge(self, shelf: StoreShelf, periods: Periods, *, dry: bool = False) -> Purged:
        return purge(shelf, periods, passing=lambda: ("boot", self.ran), dry=dry)

    def meet(self) -> None:
        for giving, taking in ((self.kiosk, self.desk), (self.desk, self.kiosk)):
            for page in export_pages(giving.store):
                assert import_page(taking, page.data).rejected == 0
            take_acknowledgement(taking, own_acknowledgement(giving), "word")


@pytest.fixture
def town(tmp_path: Path, frozen_clock: FrozenClock) -> Iterator[Town]:
    town = Town(tmp_path, frozen_clock)
    yield town
    for shelf in (town.kiosk, town.desk):
        shelf.store.close()


def files_with(folder: Path, words: bytes) -> list[Path]:
    return [f for f in folder.rglob("*") if f.is_file() and words in f.read_bytes()]


def sealed(shelf: StoreShelf) -> int:
    return len(shelf.store.rows("SELECT 1 FROM event WHERE sealed IS NOT NULL"))


def test_words_past_their_period_are_in_no_file_of_any_store_and_everything_verifies(
    town: Town, tmp_path: Path
) -> None:
    add_feedback(town.kiosk.store, praise(SECRET, contact=PHONE))
    register_planting(town.kiosk.store, NewPlanting(species=SECRET, trees=2))
    town.meet()
    assert files_with(tmp_path, SECRET.encode())
    town.purge(town.kiosk, MONTH)
    town.days(31)
    add_feedback(town.kiosk.store, praise("새 글"))
    done = town.purge(town.kiosk, MONTH)
    assert (done.contacts, done.feedback, done.plantings) == (1, 1, 1) and done.log_emptied
    town.meet()
    town.purge(town.desk, Periods())  # empties the log, as every look does
    assert not files_with(tmp_path, SECRET.encode())
    for shelf in (town.kiosk, town.desk):
        assert verify(shelf.store) == ()
        before = projection_hash(shelf.store.connection)
        rebuild(shelf.store)
        assert projection_hash(shelf.store.connection) == before
        assert [row.text for row in list_feedback(shelf.store)[0]] == ["", "새 글"]
        assert list_plantings(shelf.store) == () and sealed(shelf) == 0
    assert store_hash(town.kiosk.store) == store_hash(town.desk.store)


def test_nothing_goes_a_day_early_or_without_a_period(town: Town) -> None:
    add_feedback(town.kiosk.store, praise(SECRET, contact=PHONE))
    town.meet()
    town.purge(town.kiosk, MONTH)
    town.days(29)
    town.meet()
    assert town.purge(town.kiosk, MONTH).total == 0
    town.days(400)
    assert town.purge(town.kiosk, Periods()).total == 0
    assert town.purge(town.kiosk, MONTH, dry=True).total == 2
    assert list_feedback(town.kiosk.store)[0][0].text == SECRET
    assert town.purge(town.kiosk, MONTH).total == 2
    assert town.purge(town.kiosk, MONTH).total == 0


def test_words_nobody_else_holds_stay_and_their_contact_goes(town: Town) -> None:
    add_feedback(town.kiosk.store, praise(SECRET, contact=PHONE))
    town.purge(town.kiosk, MONTH)
    town.days(31)
    done = town.purge(town.kiosk, MONTH)
    assert (done.contacts, done.feedback) == (1, 0)
    assert list_feedback(town.kiosk.store)[0][0].text == SECRET
    town.meet()
    assert town.purge(town.kiosk, MONTH).feedback == 0
    town.days(31)
    assert town.purge(town.kiosk, MONTH).feedback == 1


@pytest.mark.parametrize("wrong_us", [0, EARLIEST_US - 1, 4_070_908_800_000_000])
def test_a_clock_that_stands_wrong_destroys_nothing(
    town: Town, frozen_clock: FrozenClock, wrong_us: int
) -> None:
    for shelf in (town.kiosk, town.desk):
        add_feedback(shelf.store, praise(SECRET, contact=PHONE))
    town.meet()
    for shelf in (town.kiosk, town.desk):
        town.purge(shelf, MONTH)
        right = shelf.store.clock
        shelf.store.clock = lambda: wrong_us
        for _ in range(3):
            assert town.purge(shelf, MONTH).total == 0
        shelf.store.clock = right
        assert town.purge(shelf, MONTH).total == 0


def test_a_suspect_clock_waits_even_when_a_period_has_passed(town: Town) -> None:
    add_feedback(town.kiosk.store, praise(SECRET, contact=PHONE))
    town.meet()
    town.purge(town.kiosk, MONTH)
    town.days(31)
    right = town.kiosk.store.clock
    town.kiosk.store.clock = lambda: 0
    assert town.purge(town.kiosk, MONTH) == Purged(waits="clock")
    town.kiosk.store.clock = right
    assert town.purge(town.kiosk, MONTH).total == 2


def test_a_kiosk_that_stood_still_learns_from_a_desk_how_much_time_passed(town: Town) -> None:
    add_feedback(town.kiosk.store, praise(SECRET, contact=PHONE))
    town.meet()
    town.meet()
    town.purge(town.kiosk, MONTH)
    town.days(31, running=False)
    assert town.purge(town.kiosk, MONTH).total == 0
    add_feedback(town.desk.store, praise("검토대에서 받은 글"))
    town.meet()
    assert town.purge(town.kiosk, MONTH).total == 2


def test_a_desk_erases_what_a_kiosk_left_that_never_came_back(town: Town) -> None:
    add_feedback(town.kiosk.store, praise(SECRET, contact=PHONE))
    town.meet()
    town.purge(town.desk, MONTH)
    town.days(31)
    assert town.purge(town.desk, MONTH).total == 2
    assert town.purge(town.kiosk, MONTH).total == 0
    town.meet()
    assert [row.text for row in list_feedback(town.kiosk.store)[0]] == [""]


def test_a_contact_goes_some_days_after_the_reply(town: Town) -> None:
    receipt = add_feedback(town.kiosk.store, praise("고쳐 주세요", contact=PHONE))
    add_feedback(town.kiosk.store, praise("답변 없는 글", contact=PHONE))
    town.meet()
    add_reply(town.desk.store, receipt.id, "고쳤습니다.")
    town.meet()
    after_reply = Periods(contact_after_reply=14)
    town.purge(town.kiosk, after_reply)
    town.days(13)
    assert town.purge(town.kiosk, after_reply).total == 0
    town.days(2)
    assert town.purge(town.kiosk, after_reply).contacts == 1
    assert [row.has_contact for row in list_feedback(town.kiosk.store)[0]] == [False, True]
    assert list_feedback(town.kiosk.store)[0][0].text == "고쳐 주세요"


def test_a_copy_that_salvage_wrote_is_as_old_as_its_original(town: Town) -> None:
    store = town.kiosk.store
    add_feedback(store, praise(SECRET, contact=PHONE))
    town.purge(town.kiosk, CONTACTS)
    town.days(20)
    (pair,) = events(store.connection)
    with store.change():
        town.kiosk.take_new_name("시험", "a test")
        assert write_again(store, *pair)
    town.purge(town.kiosk, CONTACTS)
    town.days(11)
    # The original goes without a word of its lost name, the copy by a redaction.
    assert town.purge(town.kiosk, CONTACTS).contacts == 2
    assert sealed(town.kiosk) == 0
    ((target,),) = store.rows("SELECT target_device FROM redaction")
    assert target == store.device


def test_a_page_kept_apart_keeps_its_headers_and_loses_its_words(town: Town) -> None:
    receipt = add_feedback(town.kiosk.store, praise(SECRET, contact=PHONE))
    add_feedback(town.kiosk.store, praise("다른 글"))
    (page,) = export_pages(town.kiosk.store)
    read = read_page(page.data, "page")
    town.meet()
    desk = town.desk.store
    with desk.change():
        town.desk.put_in_quarantine(read, page.data, Refused(Reason.FORK, "stick"))
    done = erase_named(town.desk, receipt.id, Erased.BOTH, "본인이 원함")
    assert done.pages_apart == 1 and done.events == (f"{receipt.device}/1",)
    ((kept,),) = desk.rows("SELECT page FROM set_aside")
    left = read_page(bytes(kept), "page")
    assert [each.body is None for each in left.contents] == [True, False]
    assert left.events == read.events and not left.contents[0].sealed
    town.purge(town.desk, CONTACTS)
    town.days(31)
    assert town.purge(town.desk, CONTACTS).pages_apart == 1
    assert desk.rows("SELECT reason, page FROM set_aside") == [("fork", b"")]
    with desk.change():
        town.desk.put_in_quarantine(read, page.data, Refused(Reason.FORK, "stick"))
    assert desk.rows("SELECT page FROM set_aside") == [(b"",)]


def test_a_damaged_store_that_lies_aside_goes_with_its_contacts(town: Town) -> None:
    aside = town.kiosk.store.directory.damaged / "20261201T030000Z-1"
    aside.mkdir(parents=True)
    (aside / "cheonman.db").write_bytes(b"rest")
    town.purge(town.kiosk, CONTACTS)
    town.days(29)
    assert town.purge(town.kiosk, CONTACTS).total == 0 and aside.exists()
    town.days(2)
    assert town.purge(town.kiosk, CONTACTS).damaged_stores == 1 and not aside.exists()


def test_the_log_of_a_purge_has_counts_and_no_data(town: Town) -> None:
    add_feedback(town.kiosk.store, praise(SECRET, contact=PHONE))
    town.meet()
    town.purge(town.kiosk, MONTH)
    town.days(31)
    town.purge(town.kiosk, MONTH)
    notice = notices(town.kiosk.store)[0]
    assert notice.kind == "retention" and "1 contacts, 1 feedback" in notice.en
    rows = town.kiosk.store.rows("SELECT what, reason FROM redaction")
    assert rows == [("both", "retention")]
    assert SECRET not in msgspec.json.encode(notice).decode()


def test_a_purge_gives_way_between_pieces_and_goes_on_next_time(town: Town) -> None:
    for number in range(250):
        add_feedback(town.kiosk.store, praise(f"글 {number}"))
    town.meet()
    town.purge(town.kiosk, MONTH)
    town.days(31)
    passing = lambda: ("boot", town.ran)  # noqa: E731
    assert purge(town.kiosk, MONTH, passing=passing, pause=lambda: False).feedback == 100
    assert town.purge(town.kiosk, MONTH).feedback == 150


@pytest.mark.parametrize("named", ["", "0" * 32, "a" * 26 + "/1", "../etc", "x" * 5000])
def test_erasing_what_is_not_there_is_refused(town: Town, named: str) -> None:
    with pytest.raises(InputRefused):
        erase_named(town.kiosk, named, Erased.BOTH, "본인이 원함")


def test_a_kiosk_sends_the_operator_to_the_desk_for_what_others_wrote(town: Town) -> None:
    receipt = add_feedback(town.desk.store, praise(SECRET))
    town.meet()
    with pytest.raises(InputRefused, match="on a desk"):
        erase_named(town.kiosk, receipt.id, Erased.BODY, "본인이 원함")
    with pytest.raises(InputRefused):
        erase_named(town.desk, receipt.id, Erased.BODY, "900101-1234567의 부탁")
    assert list_feedback(town.kiosk.store)[0][0].text == SECRET


def word_at(signer: StoreShelf, at_us: int, number: int) -> Signed:
    """A true word of what a device holds, with another date."""
    signed = own_acknowledgement(signer)
    word = msgspec.json.decode(signed.text, type=Acknowledgement)
    word = msgspec.structs.replace(word, at_us=at_us, number=number)
    return sign(signer.store.keys.signing, ACKNOWLEDGEMENT, word)


YEAR_2090 = 3_786_912_000_000_000


@pytest.mark.parametrize("at_us", [YEAR_2090, 2**62])
@pytest.mark.parametrize("role", [DeviceRole.KIOSK, DeviceRole.DESK])
def test_one_word_with_a_date_in_the_future_ends_no_retention_and_its_signer_is_named(
    town: Town, role: DeviceRole, at_us: int
) -> None:
    """The machines stand still, so that only dates of others tell how old anything is."""
    shelf, liar = (town.kiosk, town.desk) if role is DeviceRole.KIOSK else (town.desk, town.kiosk)
    add_feedback(town.kiosk.store, praise(SECRET, contact=PHONE))
    town.meet()
    take_acknowledgement(shelf, word_at(liar, at_us, 100), "word")
    for day in range(33):
        town.authority.new_contact_key()  # a newer date of the city's
        accept_papers(shelf, town.authority.papers, "papers")
        assert town.purge(shelf, MONTH).total == (2 if day == 30 else 0), day
        town.days(1, running=False)
    (named,) = [each for each in notices(shelf.store) if each.kind == "later-clock"]
    assert liar.store.device in named.en and liar.store.device in named.ko


def test_a_date_before_its_time_makes_nothing_old(town: Town) -> None:
    """A desk whose clock runs three weeks ahead is no liar; its date is not the present yet."""
    weeks = Periods(contact=14, feedback=14, planting=14)
    add_feedback(town.kiosk.store, praise(SECRET, contact=PHONE))
    register_planting(town.kiosk.store, NewPlanting(species="은행나무", trees=1))
    town.meet()
    assert town.purge(town.kiosk, weeks).total == 0
    ahead = town.clock() + 21 * DAY_US
    take_acknowledgement(town.kiosk, word_at(town.desk, ahead, 100), "word")
    for day in (0, 13):
        town.days(day, running=False)
        assert town.purge(town.kiosk, weeks).total == 0, day
    town.days(1, running=False)
    assert town.purge(town.kiosk, weeks).total == 3


def test_a_planting_goes_only_once_somebody_else_holds_it(town: Town) -> None:
    register_planting(town.kiosk.store, NewPlanting(species="은행나무", trees=1))
    town.purge(town.kiosk, MONTH)
    town.days(40)
    assert town.purge(town.kiosk, MONTH).total == 0
    assert len(list_plantings(town.kiosk.store)) == 1
    town.meet()
    town.purge(town.kiosk, MONTH)
    town.days(31)
    assert town.purge(town.kiosk, MONTH).plantings == 1
