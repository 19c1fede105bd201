"""Times that no right clock gave: every screen opens, and says 시계 오류 in their place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget
from pytestqt.qtbot import QtBot

from db.clock import LATEST_US
from db.exchange.status.status import Peer
from db.exchange.trust.papers import DeviceRole
from desktop import i18n
from desktop.commands.sync import _moment
from desktop.exchange.results import ExchangeState, Row, Rows
from desktop.exchange.standing import Enrolled, Enrolment
from desktop.kiosk.operator.constants import CLOCK
from desktop.kiosk.operator.overview.gather import _when
from desktop.kiosk.operator.overview.words import shown
from desktop.kiosk.operator.state import At, OperatorState
from desktop.kiosk.operator.view import OperatorView
from desktop.kiosk.planted.presenter import PlantedPresenter
from desktop.kiosk.project import panels
from desktop.kiosk.project.state import ShownOpinion
from desktop.kiosk.replies.state import Ask
from desktop.kiosk.replies.view import RepliesView
from desktop.kiosk.shell.screen import Services
from desktop.tour.operator_states import states
from desktop.words.dates import day_of, moment_of, until_of
from tests.db.in_memory import NOON
from tests.db.test_wild_times import END_OF_CALENDAR
from tests.desktop.kiosk.feedback_stage import look
from tests.desktop.kiosk.test_replies_layout import GIVEN, REPLY, STATUS
from tests.desktop.kiosk.tree_stage import services_over

FAULT = "시계 오류"
WILD = (-(2**62), 0, END_OF_CALENDAR, 2**62)


@pytest.fixture(autouse=True)
def korean_again() -> Iterator[None]:
    yield
    i18n.use_language(i18n.KOREAN)


def words_on(view: QWidget) -> str:
    said = [label.text() for label in view.findChildren(QLabel)]
    return "\n".join([*said, *(each.text() for each in view.findChildren(QAbstractButton))])


@pytest.mark.parametrize("at", WILD)
def test_replies_with_a_wild_time_are_shown_whole(qtbot: QtBot, at: int) -> None:
    reply = msgspec.structs.replace(REPLY, at_us=at)
    status = msgspec.structs.replace(STATUS, at_us=at, replies=(reply,), clock_suspect=True)
    for state, times in (
        (replace(GIVEN, ask=Ask.FOUND, found=(status,)), 2),
        (replace(GIVEN, ask=Ask.WHICH, found=(STATUS, status)), 1),
        (replace(GIVEN, ask=Ask.NOT_FOUND, last_exchange_us=at), 1),
    ):
        view = RepliesView(look(), lambda kind, ident: ident)
        qtbot.addWidget(view)
        view.show_state(state)
        assert words_on(view).count(FAULT) == times


@pytest.mark.parametrize("at", WILD)
def test_an_answered_opinion_with_a_wild_time_stands_on_its_project(qtbot: QtBot, at: int) -> None:
    shown = (ShownOpinion("praise", "좋아요", "고맙습니다", at),)
    box = panels.opinions(look(), shown, 1)
    qtbot.addWidget(box)
    assert f"답변 {FAULT}" in words_on(box) and "고맙습니다" in words_on(box)


@pytest.mark.parametrize("at", WILD)
def test_the_operator_reads_wild_times_of_rows_pages_devices_and_exchanges(
    qtbot: QtBot, at: int
) -> None:
    known = {where: state for _name, where, state in states(NOON)}
    peer = Peer(
        device="b" * 26, name="시청", role=DeviceRole.DESK, heard_us=at, behind=0, revoked=False,
        expired=False,
    )  # fmt: skip
    sync = known[At.SYNC]
    assert sync.status is not None
    status = msgspec.structs.replace(
        sync.status, peers=(peer,), last_success_us=at, last_attempt_us=at, last_cause="x"
    )
    rows = Rows("pending", 0, 1, (Row("feedback.submitted", "a" * 26, at, first=1, last=1),))
    opened = next(state.opened for _name, _where, state in states(NOON) if state.opened)
    page = msgspec.structs.replace(opened, at_us=at, from_us=at, until_us=at)
    ended = Enrolment(Enrolled.EXPIRED, "a" * 26, "", "금암도서관", "kiosk", at)
    view = OperatorView(look())
    qtbot.addWidget(view)
    for where, state, times in (
        (At.SYNC, replace(sync, status=status, enrolment=ended), 3),
        (At.ROWS, replace(ExchangeState(), status=status, rows=rows, enrolment=ended), 1),
        (At.ROWS, replace(known[At.ROWS], rows=rows, opened=page, discard=None), 1),
    ):
        view.show_state(OperatorState(at=where, exchange=state))
        assert words_on(view).count(FAULT) == times
    assert shown("exchange", _when(at)) == FAULT
    assert (_when(None), _when(NOON)) == ("", "2026-12-01 11:46")


@pytest.mark.parametrize("at", [*WILD, LATEST_US + 1])
def test_a_kiosk_with_a_wild_clock_still_asks_for_the_year_of_a_planting(
    data_dir: Path, at: int
) -> None:
    services: Services = services_over(data_dir, lambda: at)
    try:
        state = PlantedPresenter(services).state
        compiled = int(services.catalogue.trees.meta.compiled[:4])
        assert (state.this_year, state.this_month) == (compiled, 12)
    finally:
        services.tasks.close()


def test_a_date_is_said_in_the_visit_s_language_and_a_limit_is_no_clock_s_fault() -> None:
    assert (day_of(NOON), moment_of(NOON)) == ("2026-12-01", "2026-12-01 11:46")
    assert (day_of(0), moment_of(2**62)) == (FAULT, FAULT)
    assert (until_of(LATEST_US), until_of(2**62)) == ("2100-01-01", "9999-12-31")
    assert (_moment(0), _moment(2**62), _moment(None)) == ("clock error", "clock error", "unknown")
    assert _moment(NOON) == "2026-12-01T02:46:40+00:00"
    i18n.use_language("en")
    assert day_of(0) == "Clock error"
    assert shown("exchange", CLOCK) == "Clock error"
