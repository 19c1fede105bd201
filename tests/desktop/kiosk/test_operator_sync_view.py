"""The state of exchange on the operator's screen: what is wrong, since when, and the way out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from db.problems import Cause, StorageUnavailable
from db.refusals import Reason, Refused
from desktop import i18n
from desktop.exchange.results import ExchangeState, NotTaken, StickRead, Written
from desktop.exchange.standing import Enrolled, Enrolment
from desktop.kiosk.operator.intents import OpenPage, OperatorIntent
from desktop.kiosk.operator.state import At, OperatorState
from desktop.kiosk.operator.view import OperatorView
from desktop.theme.fonts import add_fonts
from desktop.theme.look import Look
from desktop.theme.metrics import Metrics
from desktop.theme.palette import LIGHT
from desktop.tour.operator_states import states
from desktop.widgets.card import PressCard
from desktop.widgets.text import Text
from tests.db.in_memory import NOON

Show = Callable[[At, ExchangeState], OperatorView]
WHO = Enrolment(Enrolled.YES, "a" * 26, "", "금암도서관", "kiosk", NOON)
STATES = {name: (at, state) for name, at, state in states(NOON)}


@pytest.fixture
def show(qtbot: QtBot) -> Iterator[Show]:
    add_fonts()
    stage = QWidget()
    qtbot.addWidget(stage)

    def shown(at: At, state: ExchangeState) -> OperatorView:
        stage.resize(1920, 976)
        view = OperatorView(Look(Metrics.for_panel(1920, 1080, 24.0), LIGHT))
        view.setParent(stage)
        view.setGeometry(stage.rect())
        known = replace(state, enrolment=state.enrolment or WHO)
        view.show_state(OperatorState(at=at, exchange=known))
        stage.show()
        view.show()
        return view

    yield shown
    i18n.use_language("ko")


def words_on(view: OperatorView) -> str:
    return " ".join(text.text() for text in view.findChildren(Text))


def asked_by(view: OperatorView, door: str) -> list[OperatorIntent]:
    """What a touch on the door asks for."""
    asked: list[OperatorIntent] = []
    view.did.connect(asked.append)
    found = view.findChild(PressCard, door)
    assert found is not None
    found.click()
    return asked


def test_a_hub_that_refuses_says_since_when_and_that_nobody_tries_again(show: Show) -> None:
    said = words_on(show(*STATES["sync-hub-refuses"]))
    for words in ("허브가 이 기기를 받아들이지 않습니다", "저절로 다시 연결하지 않습니다",
                  "마지막 시도: 2", "마지막으로 잘 주고받은 때: 2"):  # fmt: skip
        assert words in said
    settled = words_on(show(*STATES["sync-settled"]))
    assert "마지막 시도" not in settled and "저절로" not in settled


@pytest.mark.parametrize(
    ("reason", "step"),
    [
        (Reason.NOT_ENROLLED, "'등록'의 '신청서 쓰기'"),
        (Reason.DAMAGED_PAPERS, "'등록'의 '서류 받기'"),
        (Reason.FORK, "'교환 상태'의 '따로 둔 기록'"),
    ],
)
def test_a_refusal_says_where_on_this_screen_one_goes_on(
    show: Show, reason: Reason, step: str
) -> None:
    refused = Refused(reason, "꾸러미.age")
    told = tuple(NotTaken(reason, refused.ko, refused.en) for _ in range(7))
    settled = STATES["sync-settled"][1].status
    assert settled is not None
    status = msgspec.structs.replace(settled, last_cause=reason)
    for at, state in (
        (At.WRITE, ExchangeState(problem=refused)),
        (At.WRITE, ExchangeState(result=Written(Path("USB"), 0, 0, 0, refused))),
        (At.READ, ExchangeState(result=StickRead(rejected=7, refusals=told))),
        (At.SYNC, ExchangeState(problem=refused)),
        (At.SYNC, ExchangeState(status=status)),
    ):
        assert words_on(show(at, state)).count(step) == 1


@pytest.mark.parametrize("ended", ["revoked", "expired"])
def test_whose_enrolment_has_ended_is_led_to_a_new_one(show: Show, ended: str) -> None:
    view = show(*STATES[f"sync-{ended}"])
    assert asked_by(view, "to-enrol") == [OpenPage(At.ENROL)]


def test_a_damaged_store_still_leads_to_the_export_of_everything(show: Show) -> None:
    view = show(At.SYNC, ExchangeState(problem=StorageUnavailable(Cause.CORRUPT)))
    assert asked_by(view, "bundle-rescue") == [OpenPage(At.RESCUE)]


@pytest.mark.parametrize("name", [name for name in STATES if name.startswith("rows-")])
def test_an_opened_counter_says_what_its_rows_are_and_who_acts(show: Show, name: str) -> None:
    said = words_on(show(*STATES[name]))
    assert any(words in said for words in ("줄어듭니다", "사라집니다", "담당자에게 알"))


def test_numbers_of_rows_are_numbers_and_not_bare_figures(show: Show) -> None:
    said = words_on(show(*STATES["rows-kept-apart"]))
    assert "p3vd6ltn · 12,001~12,500번" in said and "2wkqz5hm · 1번" in said
    assert "1,204건 · 31~60번째" in words_on(show(*STATES["rows-many"]))


def test_a_stick_that_was_read_may_be_pulled_and_the_screen_says_so(show: Show) -> None:
    assert "다 읽었습니다. USB를 뽑아도 됩니다." in words_on(show(*STATES["read-taken"]))
    assert "받지 않은 것이 있습니다" in words_on(show(*STATES["read-refused"]))
