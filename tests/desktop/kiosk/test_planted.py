"""나도 심었어요: five answers, one durable event, no personal data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from db.participation.plantings import PlantingRow, list_plantings
from db.problems import Cause, StorageUnavailable
from desktop import i18n
from desktop.kiosk.planted.presenter import PlantedPresenter
from desktop.kiosk.planted.state import OTHER, STEPS, YEAR_UNKNOWN, PlantedStep
from desktop.kiosk.planted.view import PlantedView
from desktop.kiosk.shell.intents import Send
from desktop.kiosk.shell.routes import Route, ToHome, ToPlanted, ToReceipt
from desktop.kiosk.shell.screen import Services
from desktop.widgets.button import PressButton
from tests.desktop.kiosk import tree_stage
from tests.desktop.kiosk.tree_stage import CITY, LOOKS, look_of, put_on, services_over
from tests.frozen_clock import FrozenClock


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[QWidget]:
    widget = QWidget()
    qtbot.addWidget(widget)
    yield widget
    i18n.use_language("ko")


@pytest.fixture
def services(data_dir: Path, frozen_clock: FrozenClock, qtbot: QtBot) -> Iterator[Services]:
    made = services_over(data_dir, frozen_clock)
    yield made
    made.tasks.close()


def press(view: QWidget, name: str) -> None:
    button = view.findChild(QAbstractButton, name)
    assert button is not None, name
    button.click()


def answer_all(view: PlantedView) -> None:
    press(view, "소나무")
    press(view, "trees-5")
    press(view, "next")
    press(view, "덕진동1가")
    press(view, "next")
    press(view, "year-2025")
    press(view, "month-4")
    press(view, "next")


def receipts_of(presenter: PlantedPresenter) -> list[ToReceipt]:
    """The receipts it leads to, from now on."""
    found: list[ToReceipt] = []

    def on_go(route: Route) -> None:
        if isinstance(route, ToReceipt):
            found.append(route)

    presenter.go.connect(on_go)
    return found


def registered(services: Services, qtbot: QtBot) -> list[PlantingRow]:
    """What the store holds."""
    found: list[tuple[PlantingRow, ...]] = []
    services.tasks.query(list_plantings, found.append)
    qtbot.waitUntil(lambda: bool(found))
    return list(found[0])


def opened(window: QWidget, services: Services) -> tuple[PlantedPresenter, PlantedView]:
    presenter, view = PlantedPresenter(services), PlantedView(look_of(), CITY)
    presenter.enter(ToPlanted())
    presenter.attach(view)
    put_on(window, view, view.look)
    return presenter, view


def test_five_answers_become_one_planting_on_disk_before_the_receipt(
    window: QWidget, services: Services, qtbot: QtBot
) -> None:
    presenter, view = opened(window, services)
    answer_all(view)
    receipts = receipts_of(presenter)
    assert (presenter.state.step, receipts) == (PlantedStep.REVIEW, [])
    press(view, "send")
    qtbot.waitUntil(lambda: bool(receipts))
    (receipt,) = receipts
    assert (receipt.trees, bool(receipt.receipt.code)) == (5, True)
    assert (presenter.state.step, presenter.state.species) == (PlantedStep.KIND, None)
    (row,) = registered(services, qtbot)
    assert (row.species, row.trees, row.dong, row.planted_on) == (
        "소나무",
        5,
        "덕진동1가",
        "2025-04",
    )
    assert row.lat is None and row.lon is None
    tree_stage.take_off(view)


def test_an_impatient_second_press_registers_nothing_twice(
    window: QWidget, services: Services, qtbot: QtBot
) -> None:
    presenter, view = opened(window, services)
    answer_all(view)
    receipts = receipts_of(presenter)
    presenter.do(Send())
    presenter.do(Send())
    qtbot.waitUntil(lambda: bool(receipts))
    presenter.do(Send())
    assert len(registered(services, qtbot)) == 1
    tree_stage.take_off(view)


def test_nothing_of_the_form_lets_a_resident_type(window: QWidget, services: Services) -> None:
    presenter, view = opened(window, services)
    for step in STEPS:
        presenter._show(replace(presenter.state, step=step, species="소나무", year=2025))
        assert not view.findChildren(QLineEdit) and not view.findChildren(QTextEdit)
    tree_stage.take_off(view)


def test_a_store_that_cannot_write_keeps_every_answer_and_says_why(
    window: QWidget, data_dir: Path, frozen_clock: FrozenClock, qtbot: QtBot
) -> None:
    def full() -> None:
        raise StorageUnavailable(Cause.FULL, str(data_dir))

    services = services_over(data_dir, frozen_clock, full)
    presenter, view = opened(window, services)
    answer_all(view)
    press(view, "send")
    qtbot.waitUntil(lambda: bool(presenter.state.trouble))
    state = presenter.state
    assert (state.step, state.saving, state.trees, state.dong) == (
        PlantedStep.REVIEW,
        False,
        5,
        "덕진동1가",
    )
    assert any("저장 공간" in words for words in tree_stage.words_of(view))
    services.tasks.close()
    tree_stage.take_off(view)


def test_changing_one_answer_returns_to_the_review(window: QWidget, services: Services) -> None:
    presenter, view = opened(window, services)
    answer_all(view)
    press(view, "edit-count")
    assert presenter.state.step == PlantedStep.COUNT
    press(view, "trees-10")
    press(view, "next")
    assert (presenter.state.step, presenter.state.trees) == (PlantedStep.REVIEW, 10)
    tree_stage.take_off(view)


def test_back_undoes_one_step_and_leaves_from_the_first(
    window: QWidget, services: Services
) -> None:
    presenter, view = opened(window, services)
    left: list[int] = []
    presenter.back.connect(lambda: left.append(1))
    press(view, OTHER)
    assert presenter.state.step == PlantedStep.COUNT
    press(view, "back")
    assert (presenter.state.step, presenter.state.species) == (PlantedStep.KIND, OTHER)
    press(view, "back")
    assert left == [1]
    tree_stage.take_off(view)


def test_answers_survive_a_new_view_and_end_with_the_visit(
    window: QWidget, services: Services
) -> None:
    presenter, view = opened(window, services)
    press(view, "소나무")
    presenter.detach()
    other = PlantedView(look_of(mode="large"), CITY)
    presenter.attach(other)
    assert (presenter.state.step, presenter.state.species) == (PlantedStep.COUNT, "소나무")
    presenter.wipe()
    assert (presenter.state.step, presenter.state.species) == (PlantedStep.KIND, None)
    tree_stage.take_off(view)
    tree_stage.take_off(other)


def test_a_month_that_has_not_come_cannot_be_chosen(window: QWidget, services: Services) -> None:
    presenter, view = opened(window, services)
    presenter._show(replace(presenter.state, step=PlantedStep.WHEN))
    press(view, "year-2025")
    press(view, "month-12")
    assert presenter.state.month == 12
    services_now = presenter.state.this_month
    press(view, f"year-{presenter.state.this_year}")
    assert presenter.state.month in (None, services_now)
    tree_stage.take_off(view)


def test_a_clock_of_1970_still_offers_the_years_of_the_programme(
    data_dir: Path, qtbot: QtBot
) -> None:
    services = services_over(data_dir, lambda: 0)
    state = PlantedPresenter(services).state
    assert (state.first_year, state.this_year) == (2018, 2026)
    services.tasks.close()


def test_a_visit_that_ends_while_saving_learns_nothing_of_the_receipt(
    window: QWidget, services: Services, qtbot: QtBot
) -> None:
    presenter, view = opened(window, services)
    answer_all(view)
    receipts = receipts_of(presenter)
    presenter.do(Send())
    presenter.wipe()
    assert len(registered(services, qtbot)) == 1
    assert (presenter.state.step, receipts) == (PlantedStep.KIND, [])
    tree_stage.take_off(view)


@pytest.mark.parametrize(
    ("year", "month", "stored"),
    [(2025, 4, "2025-04"), (2025, 0, "2025"), (YEAR_UNKNOWN, None, None)],
)
def test_who_does_not_remember_when_registers_all_the_same(
    window: QWidget,
    services: Services,
    qtbot: QtBot,
    year: int,
    month: int | None,
    stored: str | None,
) -> None:
    presenter, view = opened(window, services)
    receipts = receipts_of(presenter)
    presenter._show(replace(presenter.state, step=PlantedStep.WHEN, species="소나무", month=7))
    press(view, f"year-{year}")
    if month is not None:
        press(view, f"month-{month}")
    press(view, "next")
    assert any((stored or "모름")[:4] in words for words in tree_stage.words_of(view))
    press(view, "send")
    qtbot.waitUntil(lambda: bool(receipts))
    assert [row.planted_on for row in registered(services, qtbot)] == [stored]
    tree_stage.take_off(view)


def test_a_year_nobody_remembers_leads_on_and_the_way_on_says_that_one_is_missing(
    window: QWidget, services: Services
) -> None:
    presenter, view = opened(window, services)
    presenter._show(replace(presenter.state, step=PlantedStep.WHEN, species="소나무"))
    on = view.findChild(PressButton, "next")
    assert on is not None and (on.isEnabled(), on.face_words) == (False, "해를 골라 주세요")
    press(view, f"year-{YEAR_UNKNOWN}")
    shut = on.isEnabled(), on.face_words
    assert shut == (True, "다음")
    tree_stage.take_off(view)


@pytest.mark.parametrize("step", STEPS)
def test_every_question_can_be_stopped_and_asks_before_it_forgets(
    window: QWidget, services: Services, step: PlantedStep
) -> None:
    presenter, view = opened(window, services)
    went: list[Route] = []
    presenter.go.connect(went.append)
    presenter._show(replace(presenter.state, step=step, species="소나무", year=2025))
    press(view, "quit")
    assert (presenter.state.asking_quit, went) == (True, [])
    answers = [b for b in view.focus_order() if isinstance(b, PressButton)]
    variants = [(b.objectName(), b.variant) for b in answers]
    safe_is_main = [("answer-quit", "grave"), ("answer-stay", "main")]
    assert variants == safe_is_main, "the safe answer is the main one"
    press(view, "answer-stay")
    assert (presenter.state.step, presenter.state.species) == (step, "소나무")
    press(view, "quit")
    press(view, "answer-quit")
    assert (went, presenter.state.species) == ([ToHome()], None)
    tree_stage.take_off(view)


def test_with_nothing_answered_stopping_asks_nothing(window: QWidget, services: Services) -> None:
    presenter, view = opened(window, services)
    went: list[Route] = []
    presenter.go.connect(went.append)
    press(view, "quit")
    assert went == [ToHome()]
    tree_stage.take_off(view)


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize(("panel", "mode"), LOOKS)
def test_every_question_is_whole_on_every_panel(
    window: QWidget, services: Services, panel: str, mode: str, language: str
) -> None:
    look = look_of(panel, mode, language)
    presenter = PlantedPresenter(services)
    for step in STEPS:
        presenter._show(
            replace(
                presenter.state, step=step, species="소나무", dong="덕진동1가", year=2025, month=4
            )
        )
        view = PlantedView(look, CITY)
        view.show_state(presenter.state)
        put_on(window, view, look, panel)
        assert not tree_stage.overflowing(view), step
        assert not tree_stage.out_of_sight(view, look), step
        assert not tree_stage.cramped(view, look), step
        tree_stage.take_off(view)


def test_the_place_is_chosen_by_its_dong_on_the_map_too(
    window: QWidget, services: Services
) -> None:
    presenter, view = opened(window, services)
    presenter._show(replace(presenter.state, step=PlantedStep.PLACE))
    dong = CITY.dong_named("진북동")
    assert dong is not None
    stage = view.findChild(QWidget, "place-map")
    assert stage is not None
    stage.canvas.dong_chosen.emit(dong.code)  # type: ignore[attr-defined]
    assert presenter.state.dong == "진북동"
    tree_stage.take_off(view)


def test_two_steps_in_one_turn_of_the_loop_leave_nothing_of_the_one_between(
    window: QWidget, services: Services, qtbot: QtBot
) -> None:
    presenter, view = opened(window, services)
    between = replace(presenter.state, step=PlantedStep.PLACE, species="소나무", trees=5)
    presenter._show(between)
    presenter._show(replace(presenter.state, step=PlantedStep.KIND))
    _settled()
    seen = _what_stands(view)
    presenter.detach()
    tree_stage.take_off(view)
    other, fresh = opened(window, services)
    other._show(replace(between, step=PlantedStep.KIND))
    _settled()
    assert _what_stands(fresh) == seen
    tree_stage.take_off(fresh)


def _settled() -> None:
    for _ in range(5):
        QApplication.processEvents()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _what_stands(view: QWidget) -> list[tuple[str, str, tuple[int, int, int, int]]]:
    """Kind, name and place of everything that is seen."""
    seen = []
    for each in view.findChildren(QWidget):
        if each.isVisible():
            at = each.mapTo(view, each.rect().topLeft())
            box = (at.x(), at.y(), each.width(), each.height())
            seen.append((type(each).__name__, each.objectName(), box))
    return sorted(seen)
