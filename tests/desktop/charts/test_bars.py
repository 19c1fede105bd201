"""Bars: values at their ends, unknown drawn as unknown, a second series told apart by hatching."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.charts.bars import Bar, BarChart
from desktop.theme.look import Look
from tests.desktop.kiosk.tree_stage import MODES, look_of

BARS = (
    Bar("2018", 100, "100"),
    Bar("2019", 50, "50", 80, "80"),
    Bar("2020", None, "확인되지 않음"),
)


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[QWidget]:
    widget = QWidget()
    qtbot.addWidget(widget)
    yield widget


def drawn(window: QWidget, look: Look, bars: tuple[Bar, ...] = BARS, width: int = 1100) -> QImage:
    chart = BarChart(look, bars, "그림", window)
    palette = window.palette()
    palette.setColor(window.backgroundRole(), look.palette.paper)
    window.setPalette(palette)
    window.resize(width, chart.height())
    chart.setGeometry(0, 0, width, chart.height())
    window.show()
    chart.show()
    assert not chart.overflows()
    return window.grab().toImage()


def share_of(image: QImage, colour: QColor, top: float, foot: float) -> float:
    """Share of the pixels between two heights (0..1 of the picture) that have this colour."""
    rows = range(round(image.height() * top), round(image.height() * foot))
    hits = sum(image.pixelColor(x, y) == colour for y in rows for x in range(0, image.width(), 2))
    return hits / max(1, len(rows) * (image.width() // 2))


@pytest.mark.parametrize("mode", MODES)
def test_a_chart_draws_in_every_mode_and_reacts_to_no_touch(window: QWidget, mode: str) -> None:
    look = look_of(mode=mode)
    image = drawn(window, look)
    chart = window.findChild(BarChart)
    assert chart is not None
    assert chart.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    assert share_of(image, look.palette.pine, 0, 0.25) > 0.2


def test_an_unknown_value_has_no_solid_bar(window: QWidget) -> None:
    look = look_of()
    image = drawn(window, look)
    assert share_of(image, look.palette.pine, 0.8, 1.0) == 0


def test_the_second_series_is_hatched_and_never_solid(window: QWidget) -> None:
    look = look_of()
    solid = share_of(drawn(window, look, (Bar("2019", 80, "80"),)), look.palette.pine, 0, 1)
    hatched = drawn(window, look, (Bar("2019", 0, "0", 80, "80"),))
    assert 0 < share_of(hatched, look.palette.pine, 0.5, 1.0) < solid / 2


def test_a_larger_value_has_a_longer_bar(window: QWidget) -> None:
    look = look_of()
    image = drawn(window, look, (Bar("가", 100, "100"), Bar("나", 25, "25")))
    upper = share_of(image, look.palette.pine, 0, 0.5)
    lower = share_of(image, look.palette.pine, 0.5, 1)
    assert 3.4 < upper / lower < 4.6


def test_nothing_but_zeros_is_drawn_without_complaint(window: QWidget) -> None:
    drawn(window, look_of(), (Bar("가", 0, "0"), Bar("나", None, "확인되지 않음")))
