"""Groups through the desk's own window: proposed, decided by keys, answered once for all."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from db.groups.board import GroupCard
from db.officers.accounts import Officers
from db.officers.desk_records import DeskRecords
from db.participation.feedback import NewFeedback, add_feedback
from db.records.feedback import About, Kind
from db.records.officers import OfficerRole
from db.store.opening import open_store
from desktop.desk.groups.state import GroupShelf, GroupsState
from desktop.desk.shell.screen import DeskScreen
from tests.flows.desk_in_hand import CTRL, NAME, PASSWORD, DeskInHand
from tests.frozen_clock import FrozenClock

DARK = (
    "연못 산책로가 밤에 너무 어두워요",
    "가로등이 나가서 발밑이 안 보입니다",
    "밤길이 캄캄해요. 조명을 켜 주세요",
)
OTHERS = ("화장실에서 악취가 나요", "자전거가 너무 빨라요")


@pytest.fixture
def desk(data_dir: Path, frozen_clock: FrozenClock, qtbot: QtBot) -> Iterator[DeskInHand]:
    with open_store(data_dir, clock=frozen_clock) as store:
        for text in (*DARK, *OTHERS):
            add_feedback(
                store,
                NewFeedback(
                    about=About.PROJECT, project="deokjin-park", kind=Kind.PROBLEM, text=text
                ),
            )
        Officers(DeskRecords(store)).add(NAME, PASSWORD, OfficerRole.ADMINISTRATOR, by=None)
    made = DeskInHand(data_dir, qtbot, clock=frozen_clock)
    made.sign_in()
    made.key(Qt.Key.Key_2, CTRL)
    qtbot.waitUntil(lambda: bool(state(made).seats))
    made.settle()
    yield made
    made.close()


def state(desk: DeskInHand) -> GroupsState:
    return desk.screens.groups.state


def only_card(desk: DeskInHand) -> GroupCard:
    (card,) = state(desk).cards or ()
    return card


def words_of(desk: DeskInHand) -> list[str]:
    return sorted(seat.row.text for seat in state(desk).seats or ())


def test_alike_opinions_are_proposed_and_nothing_is_grouped_alone(desk: DeskInHand) -> None:
    assert (state(desk).proposed, state(desk).made) == (1, 0)
    assert words_of(desk) == sorted(DARK)
    assert only_card(desk).group is None
    assert "제안 · 아직 묶이지 않음" in desk.words()


def test_enter_groups_ctrl_z_takes_it_back_and_minus_keeps_apart(desk: DeskInHand) -> None:
    desk.key(Qt.Key.Key_Return)
    assert (state(desk).proposed, state(desk).made) == (0, 1)
    assert "3건을 묶었습니다" in desk.strip
    desk.key(Qt.Key.Key_Z, CTRL)
    assert (state(desk).proposed, state(desk).made) == (1, 0)
    desk.key(Qt.Key.Key_Minus)
    assert (state(desk).proposed, state(desk).made) == (0, 0)
    assert "다시 제안하지 않습니다" in desk.strip


def test_what_is_taken_out_is_not_grouped_and_another_may_lead(desk: DeskInHand) -> None:
    desk.key(Qt.Key.Key_F6)
    desk.key(Qt.Key.Key_J)
    desk.key(Qt.Key.Key_O)
    second = (state(desk).seats or ())[1].row.id
    assert state(desk).lead == second
    desk.key(Qt.Key.Key_J)
    desk.key(Qt.Key.Key_X)
    desk.press("put-together")
    desk.press("shelf-made")
    assert state(desk).shelf is GroupShelf.MADE
    assert only_card(desk).size == 2 and only_card(desk).lead.id == second


def test_one_answer_goes_to_all_and_a_group_is_taken_apart(desk: DeskInHand) -> None:
    desk.key(Qt.Key.Key_R)
    assert state(desk).made == 1
    desk.write("editor", "가로등을 고쳤습니다.")
    desk.key(Qt.Key.Key_Return, CTRL)
    assert "답변 3건을 저장했습니다" in desk.strip
    desk.desk.go(DeskScreen.INBOX)
    desk.settle()
    desk.key(Qt.Key.Key_2, CTRL)
    desk.press("shelf-made")
    assert {seat.row.state.value for seat in state(desk).seats or ()} == {"answered"}
    # Nobody is answered twice by the way.
    assert not state(desk).unanswered
    assert "답변" not in desk.words().splitlines()
    desk.press("take-apart")
    assert (state(desk).made, state(desk).proposed) == (0, 1)
