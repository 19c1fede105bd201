"""The desk through its own window: signing in, locking, and the inbox by keyboard alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QTextEdit
from pytestqt.qtbot import QtBot

from db.inbox.filters import Facet
from db.officers.accounts import Officers
from db.officers.desk_records import DeskRecords
from db.participation.feedback import NewFeedback, add_feedback
from db.records.feedback import About, Kind
from db.records.officers import OfficerRole
from db.store.demonstration import mark_demonstration
from db.store.opening import open_store
from desktop.desk.inbox.intents import Narrow, Search
from tests.flows.desk_in_hand import CTRL, NAME, PASSWORD, DeskInHand
from tests.frozen_clock import FrozenClock

SAID = "데크가 미끄럽습니다 {number}"
SHIFT = Qt.KeyboardModifier.ShiftModifier


def fill(data_dir: Path, clock: FrozenClock, *, demonstration: bool = False) -> None:
    """Twelve feedback, and an officer where it is no demonstration."""
    with open_store(data_dir, clock=clock) as store:
        for number in range(12):
            kind = Kind.PROBLEM if number % 2 else Kind.QUESTION
            said = SAID.format(number=number)
            add_feedback(store, NewFeedback(about=About.GENERAL, kind=kind, text=said))
        if demonstration:
            with store.change() as connection:
                mark_demonstration(connection)
        else:
            officers = Officers(DeskRecords(store))
            officers.add(NAME, PASSWORD, OfficerRole.ADMINISTRATOR, by=None)


@pytest.fixture
def desk(data_dir: Path, frozen_clock: FrozenClock, qtbot: QtBot) -> Iterator[DeskInHand]:
    fill(data_dir, frozen_clock)
    made = DeskInHand(data_dir, qtbot, clock=frozen_clock)
    yield made
    made.close()


def current(desk: DeskInHand) -> int:
    return desk.screens.inbox.state.current


def test_a_wrong_password_is_told_calmly_and_nothing_is_seen(desk: DeskInHand) -> None:
    desk.sign_in("느티나무 아래 18")
    assert "이름이나 비밀번호가 맞지 않습니다" in desk.words()
    assert "미끄럽습니다" not in desk.words()
    desk.sign_in()
    assert not desk.desk.locked and "미끄럽습니다 0" in desk.words()


def test_a_locked_desk_shows_nothing_of_the_list_and_keeps_what_was_being_written(
    desk: DeskInHand,
) -> None:
    desk.sign_in()
    desk.key(Qt.Key.Key_R)
    desk.write("editor", "현장을 보고")
    desk.key(Qt.Key.Key_L, CTRL)
    assert desk.desk.locked
    assert "미끄럽습니다" not in desk.words() and "현장" not in desk.words()
    assert desk.desk.window.findChild(QTextEdit) is None
    desk.key(Qt.Key.Key_J)  # no key reaches what is not there
    desk.sign_in()
    editor = desk.find("editor")
    assert isinstance(editor, QTextEdit) and editor.toPlainText() == "현장을 보고"


def test_a_desk_that_nobody_touches_locks_itself(desk: DeskInHand) -> None:
    desk.sign_in()
    idle = desk.desk._idle
    assert idle.isActive() and idle.interval() == 600_000
    idle.timeout.emit()
    assert desk.desk.locked and not idle.isActive()


def test_the_inbox_is_worked_by_keys_while_the_keyboard_writes_hangul(desk: DeskInHand) -> None:
    desk.sign_in()
    for jamo in "ㅓㅓㅏㅓ":
        desk.key_in_hangul(jamo)
    assert current(desk) == 2
    desk.key(Qt.Key.Key_End)
    assert current(desk) == 11
    desk.key(Qt.Key.Key_J)  # the end of the list is its end
    assert current(desk) == 11
    desk.key(Qt.Key.Key_Home)
    desk.key(Qt.Key.Key_Return)
    assert desk.screens.inbox.state.reading
    desk.key_in_hangul("ㅜ")
    assert desk.screens.dossier.state.doing == "note"


def test_letters_are_letters_in_a_field(desk: DeskInHand) -> None:
    desk.sign_in()
    desk.key(Qt.Key.Key_R)
    assert isinstance(QApplication.focusWidget(), QTextEdit)
    desk.key(Qt.Key.Key_J)
    desk.key(Qt.Key.Key_X)
    state = desk.screens.inbox.state
    assert (state.current, state.checked_count) == (0, 0)
    assert desk.screens.dossier.state.draft.reply == "jx"


def test_esc_leads_out_one_step_at_a_time_to_the_same_row(desk: DeskInHand) -> None:
    desk.sign_in()
    inbox = desk.screens.inbox
    desk.key(Qt.Key.Key_J)
    inbox.do(Narrow(Facet.KIND, Kind.PROBLEM, True))
    desk.settle()
    desk.key(Qt.Key.Key_J)
    desk.key(Qt.Key.Key_X)
    desk.key(Qt.Key.Key_R)
    steps = []
    for _ in range(4):
        desk.key(Qt.Key.Key_Escape)
        state = inbox.state
        writing = desk.screens.dossier.state.doing != "nothing"
        steps.append((writing, state.reading, state.checked_count, bool(state.filter.chosen)))
        if state.filter.chosen:
            assert state.current == 1
    assert steps == [
        (False, True, 1, True),
        (False, False, 1, True),
        (False, False, 0, True),
        (False, False, 0, False),
    ]


def test_what_is_ticked_survives_a_filter_and_says_so(desk: DeskInHand) -> None:
    desk.sign_in()
    desk.key(Qt.Key.Key_X)
    desk.key(Qt.Key.Key_J, SHIFT)
    desk.key(Qt.Key.Key_J, SHIFT)
    assert "3건 고름" in desk.words()
    desk.screens.inbox.do(Narrow(Facet.KIND, Kind.PROBLEM, True))
    desk.settle()
    hidden = desk.screens.inbox.state.checked_hidden
    assert hidden in (1, 2)
    assert f"3건 고름, 이 가운데 {hidden}건은 걸러져 안 보임" in desk.words()
    desk.key(Qt.Key.Key_A, CTRL)
    assert desk.screens.inbox.state.checked_count == 6 + hidden


def test_an_act_is_done_to_what_is_ticked_and_taken_back_whole(desk: DeskInHand) -> None:
    desk.sign_in()
    for _ in range(3):
        desk.key(Qt.Key.Key_J, SHIFT)
    desk.key(Qt.Key.Key_S)
    assert "고른 4건에" in desk.words()
    desk.press("state-in-review")
    desk.press("save")
    inbox = desk.screens.inbox
    assert inbox.state.counts is not None
    assert inbox.state.counts[Facet.STATE] == {"received": 8, "in-review": 4}
    assert desk.strip == "4건을 '검토 중' 상태로 바꾸었습니다"
    desk.key(Qt.Key.Key_Z, CTRL)
    assert inbox.state.counts[Facet.STATE] == {"received": 12}


def test_a_state_that_needs_a_reason_asks_for_it_beside_the_field(desk: DeskInHand) -> None:
    desk.sign_in()
    desk.key(Qt.Key.Key_S)
    desk.press("state-declined")
    desk.press("save")
    assert "까닭을 적어야 합니다" in desk.words()
    desk.write("editor", "다른 시설이 계획되어 있습니다.")
    desk.key(Qt.Key.Key_Return, CTRL)
    assert desk.screens.inbox.state.counts is not None
    assert desk.screens.inbox.state.counts[Facet.STATE]["declined"] == 1


def test_a_search_that_finds_nothing_names_the_way_out(desk: DeskInHand) -> None:
    desk.sign_in()
    desk.screens.inbox.do(Search("분수"))
    desk.settle()
    assert "이 거르개에 맞는 의견이 없습니다." in desk.words()
    desk.press("empty-clear")
    assert desk.screens.inbox.state.count == 12


def test_what_no_longer_matches_stays_until_the_list_is_renewed(desk: DeskInHand) -> None:
    desk.sign_in()
    inbox = desk.screens.inbox
    inbox.do(Narrow(Facet.STATE, "received", True))
    desk.settle()
    desk.key(Qt.Key.Key_A)
    desk.write("department", "공원 담당")
    desk.key(Qt.Key.Key_Return)
    assert (inbox.state.count, len(inbox.state.dimmed)) == (12, 1)
    desk.key(Qt.Key.Key_Escape)
    desk.key(Qt.Key.Key_F5)
    assert (inbox.state.count, len(inbox.state.dimmed)) == (11, 0)


def test_a_demonstration_opens_without_a_password_and_says_what_it_is(
    data_dir: Path, frozen_clock: FrozenClock, qtbot: QtBot
) -> None:
    fill(data_dir, frozen_clock, demonstration=True)
    desk = DeskInHand(data_dir, qtbot, clock=frozen_clock)
    try:
        assert "지어낸 것입니다" in desk.words()
        desk.press("enter")
        assert "시연 자료" in desk.words() and "미끄럽습니다 0" in desk.words()
        for number in ("2", "3"):
            desk.key(Qt.Key(ord(number)), CTRL)
            assert "시연 자료" in desk.words()
    finally:
        desk.close()
