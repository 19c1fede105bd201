"""The operator's screen: nothing opens without the PIN, and what it does reaches the disk."""

from __future__ import annotations

import csv
import stat
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from db.catalogue.loading import load_catalogue
from db.catalogue.phrases import load_phrases
from db.participation.feedback import NewFeedback, add_feedback
from db.problems import Cause, StorageUnavailable
from db.records.feedback import About
from db.store.notices import add_notice
from db.store.opening import open_store
from desktop.background.tasks import Tasks
from desktop.exchange.sticks import folder_of, places
from desktop.kiosk.operator.constants import LEAVE, proposed_inches
from desktop.kiosk.operator.intents import (
    ChooseSite,
    ConfirmPin,
    ExportToFolder,
    Measure,
    OpenPage,
    PlaySound,
    PressDigit,
    SavePanel,
    SeeNotices,
    TypeFolder,
)
from desktop.kiosk.operator.overview.gather import NOTICES
from desktop.kiosk.operator.pin.guard import FREE_TRIES, LOCKS, PinGuard, fault_of
from desktop.kiosk.operator.presenter import OperatorPresenter
from desktop.kiosk.operator.state import At, Note, PinFault, Remark
from desktop.kiosk.shell.routes import ToOperator
from desktop.settings import load_settings
from tests.desktop.access.recording_voice import RecordingVoice
from tests.desktop.kiosk.services import services

PIN, OTHER = "380917", "472058"


@dataclass
class Desk:
    """An operator's screen without its view."""

    presenter: OperatorPresenter
    data_dir: Path
    voice: RecordingVoice
    now: list[int]
    qtbot: QtBot

    @property
    def at(self) -> At:
        return self.presenter.state.at

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: not self.presenter.state.busy, timeout=10_000)

    def type(self, digits: str) -> At:
        for digit in digits:
            self.presenter.do(PressDigit(digit))
        self.presenter.do(ConfirmPin())
        self.settle()
        return self.at

    def open(self) -> None:
        self.presenter.enter(ToOperator())
        if self.at is At.NEW:
            self.type(PIN)
        self.type(PIN)
        assert self.at is At.MENU


@pytest.fixture
def desk(data_dir: Path, qtbot: QtBot) -> Iterator[Desk]:
    now = [1_790_000_000_000_000]
    tasks = Tasks(lambda: open_store(data_dir, lambda: now[0]))
    voice = RecordingVoice()
    given = services(tasks, data_dir, lambda: now[0], **asdict(load_settings(data_dir)))
    presenter = OperatorPresenter(given, voice)
    yield Desk(presenter, data_dir, voice, now, qtbot)
    presenter.wipe()
    tasks.close()


def test_a_new_kiosk_opens_nothing_before_a_pin_is_chosen(desk: Desk) -> None:
    desk.presenter.enter(ToOperator())
    assert desk.at is At.NEW
    for page in At:
        desk.presenter.do(OpenPage(page))
    assert desk.at is At.NEW
    assert desk.type(PIN) is At.AGAIN
    assert desk.type(PIN) is At.MENU


def test_the_stored_pin_is_a_hash_that_only_the_owner_reads(desk: Desk) -> None:
    desk.open()
    file = desk.data_dir / "cheonman.toml"
    text = file.read_text(encoding="utf-8")
    assert "$argon2id$" in text
    assert PIN not in text
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_leaving_locks_and_the_pin_opens_again(desk: Desk) -> None:
    desk.open()
    desk.presenter.leave()
    assert desk.at is At.PIN
    desk.presenter.do(OpenPage(At.OVERVIEW))
    assert desk.at is At.PIN
    desk.presenter.enter(ToOperator())
    assert desk.type(OTHER) is At.PIN
    assert desk.presenter.state.note is Note.WRONG
    assert desk.type(PIN) is At.MENU


def test_two_different_new_pins_are_asked_for_again(desk: Desk) -> None:
    desk.presenter.enter(ToOperator())
    desk.type(PIN)
    desk.type(OTHER)
    assert desk.at is At.NEW
    assert desk.presenter.state.note is Note.DIFFERENT


@pytest.mark.parametrize(
    ("pin", "fault"),
    [
        ("12345", PinFault.SHORT),
        ("111111", PinFault.SIMPLE),
        ("345678", PinFault.SIMPLE),
        ("890123", PinFault.SIMPLE),
        ("987654", PinFault.SIMPLE),
        ("１２３９０７", PinFault.SHORT),
        ("1234567890123", PinFault.SHORT),
        (PIN, None),
    ],
)
def test_pins_that_everybody_would_guess_are_refused(pin: str, fault: PinFault | None) -> None:
    assert fault_of(pin) is fault


def test_five_wrong_pins_lock_for_longer_each_time_and_across_restarts(data_dir: Path) -> None:
    now = [1000.0]
    guard = PinGuard(data_dir, lambda: now[0])
    guard.set_pin(PIN)
    for _ in range(FREE_TRIES - 1):
        assert not guard.check(OTHER)
        assert guard.wait() == 0
    for lock in (*LOCKS, LOCKS[-1]):
        assert not guard.check(OTHER)
        guard = PinGuard(data_dir, lambda: now[0])
        assert guard.wait() == lock
        assert not guard.check(PIN)
        now[0] += lock
    assert guard.check(PIN)
    assert guard.wait() == 0


def test_a_wrong_pin_counts_although_the_plug_is_pulled_while_it_is_checked(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Pulled(BaseException):
        pass

    def pulled(*_given: object) -> None:
        raise Pulled

    guard = PinGuard(data_dir, lambda: 1000.0)
    monkeypatch.setattr("nacl.pwhash.verify", pulled)
    for _ in range(FREE_TRIES):
        assert guard.wait() == 0
        with pytest.raises(Pulled):
            guard.check(PIN)
    assert PinGuard(data_dir, lambda: 1000.0).wait() == LOCKS[0]


@pytest.mark.parametrize("typed", [PIN, OTHER])
def test_a_pin_whose_check_ends_after_the_screen_was_locked_opens_nothing(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, typed: str
) -> None:
    """Whoever stands there by then did not type it."""
    desk.presenter._guard.set_pin(PIN)
    late: list[Callable[[], None]] = []
    monkeypatch.setattr(
        desk.presenter.services.tasks,
        "load",
        lambda work, done, error: late.append(lambda: done(work())),
    )
    ends = (desk.presenter.leave, desk.presenter.wipe, lambda: desk.presenter.enter(ToOperator()))
    for locked in ends:
        desk.presenter.enter(ToOperator())
        for digit in typed:
            desk.presenter.do(PressDigit(digit))
        desk.presenter.do(ConfirmPin())
        locked()
        here = desk.at
        late.pop()()
        assert desk.at is here is not At.MENU
        desk.presenter.do(OpenPage(At.OVERVIEW))
        assert desk.at is not At.OVERVIEW and late == []


@pytest.mark.parametrize("intent", [ExportToFolder(), SeeNotices()])
def test_what_fails_after_the_screen_was_locked_is_told_to_nobody(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, intent: ExportToFolder | SeeNotices
) -> None:
    desk.open()
    late: list[Callable[[Exception], None]] = []
    for way in ("query", "change"):
        monkeypatch.setattr(
            desk.presenter.services.tasks,
            way,
            lambda _work, _done, error, **_more: late.append(error),
        )
    desk.presenter.do(TypeFolder(str(tmp_path)))
    desk.presenter.do(intent)
    desk.presenter.enter(ToOperator())
    late.pop()(StorageUnavailable(Cause.FULL))
    assert desk.presenter.state.problem is None


def test_a_clock_set_back_does_not_lock_for_years(data_dir: Path) -> None:
    now = [2e9]
    guard = PinGuard(data_dir, lambda: now[0])
    guard.set_pin(PIN)
    for _ in range(FREE_TRIES):
        guard.check(OTHER)
    now[0] = 0.0
    assert guard.wait() == LOCKS[-1]


def test_the_pad_counts_down_while_it_is_locked(desk: Desk) -> None:
    desk.open()
    desk.presenter.enter(ToOperator())
    for _ in range(FREE_TRIES):
        desk.type(OTHER)
    assert desk.presenter.state.wait == LOCKS[0]
    desk.presenter.do(PressDigit("1"))
    assert desk.presenter.state.digits == 0
    desk.now[0] += LOCKS[0] * 1_000_000
    desk.presenter._count_down()
    assert desk.presenter.state.wait == 0


def test_typed_digits_are_never_part_of_the_state(desk: Desk) -> None:
    desk.presenter.enter(ToOperator())
    for digit in PIN:
        desk.presenter.do(PressDigit(digit))
    assert PIN not in repr(desk.presenter.state)
    desk.presenter.wipe()
    assert PIN not in repr(vars(desk.presenter))


def test_the_overview_tells_versions_disk_key_and_notices(desk: Desk) -> None:
    with open_store(desk.data_dir) as store, store.change() as connection:
        add_notice(connection, 1, "damaged", "저장소를 옮겨 두었습니다.", "The store was moved.")
    desk.open()
    desk.presenter.do(OpenPage(At.OVERVIEW))
    desk.settle()
    found = desk.presenter.state.overview
    assert found is not None
    rows = dict(found.rows)
    assert rows["integrity"] == "ok"
    assert rows["journal"] == "ok"
    assert rows["key"] == "demonstration"
    assert rows["device"]
    assert [notice.ko for notice in found.notices] == ["저장소를 옮겨 두었습니다."]
    desk.presenter.do(SeeNotices())

    def seen() -> bool:
        shown = desk.presenter.state.overview
        return not desk.presenter.state.busy and shown is not None and not shown.notices

    desk.qtbot.waitUntil(seen)


def test_notices_are_seen_as_far_as_they_were_shown(desk: Desk) -> None:
    with open_store(desk.data_dir) as store, store.change() as connection:
        for number in range(NOTICES + 5):
            add_notice(connection, 1, "damaged", f"{number}번째", "")
    desk.open()
    desk.presenter.do(OpenPage(At.OVERVIEW))
    desk.settle()
    found = desk.presenter.state.overview
    assert found is not None
    assert (len(found.notices), found.older_notices) == (NOTICES, 5)
    desk.presenter.do(SeeNotices())

    def rest() -> bool:
        shown = desk.presenter.state.overview
        return shown is not None and (len(shown.notices), shown.older_notices) == (5, 0)

    desk.qtbot.waitUntil(rest)
    desk.settle()


def test_the_overview_speaks_the_language_of_the_visit(desk: Desk) -> None:
    remark = Remark("열쇠가 없습니다.", "contacts are sealed to nobody.")
    assert remark.sentence("en") == "Contacts are sealed to nobody."
    desk.presenter.services.visit.language = "en"
    desk.open()
    desk.presenter.do(OpenPage(At.OVERVIEW))
    desk.settle()
    chosen = desk.presenter.services.settings.site
    english = {each.id: each.en for each in desk.presenter.state.sites}
    assert desk.presenter.state.overview is not None
    assert dict(desk.presenter.state.overview.rows)["site"] == english.get(chosen, chosen)


def test_feedback_is_exported_to_the_folder_that_was_typed(desk: Desk, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    project, phrase = load_catalogue(None).projects[0], load_phrases()[0]
    new = NewFeedback(
        about=About.PROJECT, kind=phrase.kind, project=project.id, phrases=(phrase.id,)
    )
    with open_store(desk.data_dir) as store:
        add_feedback(store, new)
    desk.open()
    desk.presenter.do(OpenPage(At.EXPORT))
    desk.settle()
    desk.presenter.do(TypeFolder(f" {stick} "))
    desk.presenter.do(ExportToFolder())
    desk.settle()
    exported = desk.presenter.state.exported
    assert exported is not None
    assert exported.path.parent == stick
    assert exported.count == 1
    with exported.path.open(encoding="utf-8-sig", newline="") as file:
        head, row = csv.reader(file)
    assert head[0] == "아이디"
    # An officer reads words where the store keeps ids.
    assert {project.name_ko, phrase.ko} <= set(row)


@pytest.mark.parametrize("typed", ["", "usb", "/nowhere/at/all", "/etc/passwd", "/" + "a" * 500])
def test_a_folder_that_cannot_be_used_is_named_with_the_cure(desk: Desk, typed: str) -> None:
    desk.open()
    desk.presenter.do(OpenPage(At.EXPORT))
    desk.settle()
    desk.presenter.do(TypeFolder(typed))
    desk.presenter.do(ExportToFolder())
    problem = desk.presenter.state.problem
    assert problem is not None
    assert problem.sentence("ko") != problem.sentence("en")
    assert desk.presenter.state.folder == typed


def test_only_writable_mounts_below_the_usual_places_are_offered(
    data_dir: Path, tmp_path: Path
) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(
        "/dev/sda1 / ext4 rw 0 0\nproc /proc proc rw 0 0\n"
        "/dev/sdb1 /media/no\\040such\\040stick vfat rw 0 0\n"
    )
    # The room on a disk changes from one look to the next, so only names are compared.
    for file in (mounts, tmp_path / "missing"):
        found = [(place.own, place.path) for place in places(data_dir, file)]
        assert found == [(True, data_dir / "exports")]


@given(typed=st.text(max_size=60))
def test_no_typed_folder_makes_the_program_stumble(typed: str) -> None:
    from db.problems import Problem

    try:
        assert folder_of(typed).is_dir()
    except Problem as problem:
        assert problem.sentence("ko")


def test_another_library_is_kept_in_the_settings_file(desk: Desk) -> None:
    desk.open()
    desk.presenter.do(OpenPage(At.SITE))
    site = desk.presenter.state.sites[2].id
    desk.presenter.do(ChooseSite(site))
    desk.settle()
    settings = load_settings(desk.data_dir)
    assert settings.site == site
    assert settings.operator_pin_hash
    assert desk.presenter.state.restart_needed


def test_a_measured_line_gives_the_diagonal_of_the_panel(desk: Desk) -> None:
    assert proposed_inches(24.0, 100) == 24.0
    assert proposed_inches(24.0, 90) == 21.6
    desk.open()
    desk.presenter.do(OpenPage(At.RULER))
    for _ in range(200):
        desk.presenter.do(Measure(desk.presenter.state.measured_mm - 1))
    assert desk.presenter.state.measured_mm == 60
    desk.presenter.do(Measure(90))
    desk.presenter.do(SavePanel())
    desk.settle()
    assert load_settings(desk.data_dir).panel_inches == 21.6


def test_the_sound_test_speaks_at_the_volume_asked_for(desk: Desk) -> None:
    desk.open()
    desk.presenter.do(OpenPage(At.SOUND))
    desk.presenter.do(PlaySound("소리 시험입니다.", 75))
    assert (desk.voice.said[-1].text, desk.voice.said[-1].volume) == ("소리 시험입니다.", 75)


def test_back_goes_from_a_page_to_the_menu_and_from_the_menu_out(desk: Desk) -> None:
    desk.open()
    desk.presenter.do(OpenPage(At.CONTRAST))
    desk.presenter.on_back()
    assert desk.at is At.MENU
    desk.presenter.do(OpenPage(At.NEW))
    desk.presenter.on_back()
    assert desk.at is At.MENU
    with desk.qtbot.waitSignal(desk.presenter.back):
        desk.presenter.on_back()


def test_a_folder_without_rights_to_write_is_told_calmly(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    from desktop.kiosk.operator.pin import guard

    def refuse(*_: object) -> None:
        raise PermissionError(13, "no")

    desk.presenter.enter(ToOperator())
    monkeypatch.setattr(guard, "write_durably", refuse)
    desk.type(PIN)
    desk.type(PIN)
    assert desk.at is At.AGAIN
    assert desk.presenter.state.problem is not None


def test_the_exit_status_for_leaving_differs_from_a_restart() -> None:
    assert LEAVE not in (0, 1, 2)


@pytest.mark.parametrize("typed", ["NFC", "NFD"])
@pytest.mark.parametrize("lies", ["NFC", "NFD"])
def test_a_folder_is_found_in_whichever_form_its_disk_has_the_name(
    tmp_path: Path, typed: Literal["NFC", "NFD"], lies: Literal["NFC", "NFD"]
) -> None:
    folder = tmp_path / unicodedata.normalize(lies, "꾸러미")
    folder.mkdir()
    assert folder_of(f"{tmp_path}/{unicodedata.normalize(typed, '꾸러미')}") == folder
