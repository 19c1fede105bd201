"""The operator's pages are whole in every size, and pass on what is pressed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from db.catalogue.loading import load_catalogue
from desktop import i18n
from desktop.exchange.sticks import Place
from desktop.kiosk.operator.device_tests.drawings import contrast_ratio, pairs
from desktop.kiosk.operator.device_tests.view import Cell
from desktop.kiosk.operator.intents import (
    EraseDigit,
    OpenPage,
    OperatorIntent,
    PressDigit,
    TouchCell,
)
from desktop.kiosk.operator.menu import GROUPS
from desktop.kiosk.operator.state import (
    At,
    Exported,
    Note,
    OperatorState,
    Overview,
    Remark,
    SiteChoice,
)
from desktop.kiosk.operator.view import OperatorView
from desktop.theme.fonts import add_fonts
from desktop.theme.look import Look
from desktop.theme.metrics import Metrics
from desktop.theme.palette import CONTRAST, LIGHT
from desktop.widgets.button import PressButton
from desktop.widgets.text import Text

PANELS = {
    "24 inch": (1920, 1080, 24.0, 104, 239),
    "portrait": (1080, 1920, 24.0, 191, 239),
    "15.6 inch": (1366, 768, 15.6, 202, 168),
}


@pytest.fixture(scope="module")
def sites() -> tuple[SiteChoice, ...]:
    return tuple(SiteChoice(s.id, s.name_ko, s.name_en) for s in load_catalogue(None).libraries)


@pytest.fixture
def stage(qtbot: QtBot) -> Iterator[QWidget]:
    add_fonts()
    window = QWidget()
    qtbot.addWidget(window)
    yield window
    i18n.use_language("ko")


@pytest.mark.parametrize(("floor_mm", "named"), [(880, False), (950, True)])
def test_the_overview_names_a_panel_that_hangs_beyond_reach(
    stage: QWidget, sites: tuple[SiteChoice, ...], floor_mm: int, named: bool
) -> None:
    view = OperatorView(Look(Metrics.for_panel(1080, 1920, 24, floor_mm=floor_mm), LIGHT))
    view.setParent(stage)
    view.show_state(filled(At.OVERVIEW, sites))
    said = [text.text() for text in view.findChildren(Text)]
    assert any("888 mm" in words for words in said) is named
    assert "문제가 없습니다." not in said


def filled(at: At, sites: tuple[SiteChoice, ...]) -> OperatorState:
    return OperatorState(
        at=at,
        digits=4,
        note=Note.SAVED if at not in (At.PIN, At.MENU) else Note.WRONG,
        overview=Overview(
            (("program", "0.1.0"), ("role", "kiosk"), ("key", "demonstration"), ("feedback", "12")),
            (Remark("시계가 맞지 않습니다.", "The clock is wrong.", trouble=True),),
            (Remark("저장소를 옮겼습니다.", "The store was moved."),),
            (("2026-11-20 10:11:12", "bug: ValueError at desktop/kiosk/map/view.py:40 render"),),
        ),
        places=(Place(Path("/media/usb/도시 정원과"), 10**10), Place(Path("/d/exports"), 1, True)),
        exported=Exported(Path("/media/usb/cheonman-abcdefgh-20261122-160000.csv"), 128),
        sites=sites,
        site=sites[3].id,
        voice=True,
        measured_mm=95,
    )


def shown(stage: QWidget, look: Look, state: OperatorState, height: int) -> OperatorView:
    stage.resize(look.metrics.width, height)
    view = OperatorView(look)
    view.setParent(stage)
    view.setGeometry(stage.rect())
    view.show_state(state)
    stage.show()
    view.show()
    return view


@pytest.mark.parametrize("at", [at for at in At if at is not At.AGAIN])
@pytest.mark.parametrize("mode", ["default", "large", "contrast"])
@pytest.mark.parametrize("panel", PANELS)
def test_every_page_is_whole(
    stage: QWidget, sites: tuple[SiteChoice, ...], panel: str, mode: str, at: At
) -> None:
    width, height, inches, bar, large_bar = PANELS[panel]
    language = "en" if mode == "large" else "ko"
    i18n.use_language(language)
    metrics = Metrics.for_panel(width, height, inches, large=mode == "large")
    look = Look(metrics, CONTRAST if mode == "contrast" else LIGHT, language)
    room = height - look.px(large_bar if mode == "large" else bar)
    view = shown(stage, look, filled(at, sites), room)
    for text in view.findChildren(Text):
        assert not text.isVisible() or not text.overflows(), text.text()
    for button in view.findChildren(PressButton):
        if button.isVisible() and not button.visibleRegion().isEmpty():
            assert not button.overflows(), button.text()
            assert button.accessibleName().strip()
            assert metrics.mm(min(button.width(), button.height())) >= 12


def test_the_menu_leads_to_every_page(stage: QWidget, qtbot: QtBot) -> None:
    look = Look(Metrics.for_panel(1920, 1080, 24.0), LIGHT)
    view = shown(stage, look, OperatorState(at=At.MENU), 976)
    asked: list[OperatorIntent] = []
    view.did.connect(asked.append)
    for button in view.findChildren(PressButton):
        if button.objectName().startswith("operator-"):
            qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert asked == [OpenPage(at) for group in GROUPS for at, _icon in group]


def test_a_keypad_types_the_pin(stage: QWidget, qtbot: QtBot) -> None:
    look = Look(Metrics.for_panel(1920, 1080, 24.0), LIGHT)
    view = shown(stage, look, OperatorState(), 976)
    typed: list[OperatorIntent] = []
    view.did.connect(typed.append)
    qtbot.keyClicks(view, "40 9x")
    qtbot.keyClick(view, Qt.Key.Key_Backspace)
    assert typed == [PressDigit("4"), PressDigit("0"), PressDigit("9"), EraseDigit()]


def test_a_touched_cell_is_ticked_and_the_last_one_ends_the_test(
    stage: QWidget, qtbot: QtBot
) -> None:
    look = Look(Metrics.for_panel(1920, 1080, 24.0), LIGHT)
    state = OperatorState(at=At.TOUCH)
    view = shown(stage, look, state, 976)

    def touched(intent: OperatorIntent) -> None:
        nonlocal state
        assert isinstance(intent, TouchCell)
        state = replace(state, touched=state.touched | {intent.cell})
        view.show_state(state)

    view.did.connect(touched)
    for button in view.findChildren(Cell):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert len(state.touched) == 24
    assert any("모든 칸" in text.text() for text in view.findChildren(Text))


@pytest.mark.parametrize(("palette", "least"), [(LIGHT, 4.5), (CONTRAST, 7.0)])
def test_every_sample_of_the_contrast_test_reaches_its_ratio(palette: object, least: float) -> None:
    assert all(contrast_ratio(*pair) >= least for pair in pairs(palette))  # type: ignore[arg-type]
