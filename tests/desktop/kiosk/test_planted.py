"""나도 심었어요: five answers, one durable event, no personal data."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from db.plantings import PlantingRow, list_plantings
from db.problems import Cause, StorageUnavailable
from desktop import i18n
from desktop.kiosk.page import Route, Services
from desktop.kiosk.planted_presenter import PlantedPresenter
from desktop.kiosk.planted_state import COUNT, DONE, KIND, OTHER, PLACE, REVIEW, STEPS, WHEN
from desktop.kiosk.planted_view import PlantedView
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


def press_value(view: QWidget, prop: str, value: object) -> None:
    next(b for b in view.findChildren(QAbstractButton) if b.property(prop) == value).click()


def answer_all(view: PlantedView) -> None:
    press(view, "소나무")
    press_value(view, "trees", 5)
    press(view, "next")
    press_value(view, "dong", "덕진동1가")
    press(view, "next")
    press_value(view, "year", 2025)
    press_value(view, "month", 4)
    press(view, "next")


def opened(window: QWidget, services: Services) -> tuple[PlantedPresenter, PlantedView]:
    presenter, view = PlantedPresenter(services), PlantedView(look_of(), CITY)
    presenter.enter(None)
    presenter.attach(view)
    put_on(window, view, view.look)
    return presenter, view


def test_five_answers_become_one_planting_on_disk_before_the_thanks(
    window: QWidget, services: Services, qtbot: QtBot
) -> None:
    presenter, view = opened(window, services)
    answer_all(view)
    assert (presenter.state.step, presenter.state.code) == (REVIEW, "")
    press(view, "send")
    qtbot.waitUntil(lambda: presenter.state.step == DONE)
    assert presenter.state.code
    found: list[PlantingRow] = []
    services.tasks.query(list_plantings, found.extend)
    qtbot.waitUntil(lambda: bool(found))
    (row,) = found
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
    presenter.on_send_pressed()
    presenter.on_send_pressed()
    qtbot.waitUntil(lambda: presenter.state.step == DONE)
    presenter.on_send_pressed()
    counts: list[int] = []
    services.tasks.query(lambda store: len(list_plantings(store)), counts.append)
    qtbot.waitUntil(lambda: counts == [1])
    tree_stage.take_off(view)


def test_nothing_of_the_form_lets_a_resident_type(window: QWidget, services: Services) -> None:
    presenter, view = opened(window, services)
    for step in STEPS:
        presenter._show(step=step, species="소나무", year=2025)
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
    assert (state.step, state.saving, state.trees, state.dong) == (REVIEW, False, 5, "덕진동1가")
    assert any("저장 공간" in words for words in tree_stage.words_of(view))
    services.tasks.close()
    tree_stage.take_off(view)


def test_changing_one_answer_returns_to_the_review(window: QWidget, services: Services) -> None:
    presenter, view = opened(window, services)
    answer_all(view)
    press(view, "edit-count")
    assert presenter.state.step == COUNT
    press_value(view, "trees", 10)
    press(view, "next")
    assert (presenter.state.step, presenter.state.trees) == (REVIEW, 10)
    tree_stage.take_off(view)


def test_back_undoes_one_step_and_leaves_from_the_first(
    window: QWidget, services: Services
) -> None:
    presenter, view = opened(window, services)
    left: list[int] = []
    presenter.back.connect(lambda: left.append(1))
    press(view, OTHER)
    assert presenter.state.step == COUNT
    press(view, "back")
    assert (presenter.state.step, presenter.state.species) == (KIND, OTHER)
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
    assert (presenter.state.step, presenter.state.species) == (COUNT, "소나무")
    presenter.wipe()
    assert (presenter.state.step, presenter.state.species) == (KIND, None)
    tree_stage.take_off(view)
    tree_stage.take_off(other)


def test_a_month_that_has_not_come_cannot_be_chosen(window: QWidget, services: Services) -> None:
    presenter, view = opened(window, services)
    presenter._show(step=WHEN)
    press_value(view, "year", 2025)
    press_value(view, "month", 12)
    assert presenter.state.month == 12
    services_now = presenter.state.this_month
    press_value(view, "year", presenter.state.this_year)
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
    presenter.on_send_pressed()
    presenter.wipe()
    done: list[object] = []
    services.tasks.load(lambda: None, done.append)
    qtbot.waitUntil(lambda: bool(done))
    assert (presenter.state.step, presenter.state.code) == (KIND, "")
    tree_stage.take_off(view)


def test_the_thanks_lead_back_to_the_ledger_or_end_the_visit(
    window: QWidget, services: Services
) -> None:
    presenter, view = opened(window, services)
    went: list[object] = []
    presenter.go.connect(went.append)
    presenter.visit_over.connect(lambda: went.append("over"))
    presenter._show(step=DONE, code="느티나무-1234-수국")
    view.ledger_pressed.emit()
    view.finish_pressed.emit()
    assert went == [Route("trees"), "over"]
    presenter.enter(None)
    assert presenter.state.step == KIND
    tree_stage.take_off(view)


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize(("panel", "mode"), LOOKS)
def test_every_question_is_whole_on_every_panel(
    window: QWidget, services: Services, panel: str, mode: str, language: str
) -> None:
    look = look_of(panel, mode, language)
    presenter = PlantedPresenter(services)
    for step in (*STEPS, DONE):
        presenter._show(step=step, species="소나무", dong="덕진동1가", year=2025, month=4)
        view = PlantedView(look, CITY)
        view.render(presenter.state)
        put_on(window, view, look, panel)
        assert not tree_stage.overflowing(view), step
        assert not tree_stage.out_of_sight(view, look), step
        assert not tree_stage.cramped(view, look), step
        tree_stage.take_off(view)


def test_the_place_is_chosen_by_its_dong_on_the_map_too(
    window: QWidget, services: Services
) -> None:
    presenter, view = opened(window, services)
    presenter._show(step=PLACE)
    dong = CITY.dong_named("진북동")
    assert dong is not None
    stage = view.findChild(QWidget, "place-map")
    assert stage is not None
    stage.canvas.dong_chosen.emit(dong.code)  # type: ignore[attr-defined]
    assert presenter.state.dong == "진북동"
    tree_stage.take_off(view)
