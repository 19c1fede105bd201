"""나도 심었어요 on every shape of panel: no answer is wider than its line, ticked or not."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from desktop import i18n
from desktop.kiosk.planted.state import PlantedState, PlantedStep
from desktop.kiosk.planted.steps import WhenStep
from desktop.theme.fonts import add_fonts
from desktop.theme.look import Look
from desktop.theme.metrics import Metrics
from desktop.theme.palette import LIGHT
from desktop.widgets.measures import reading_width


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize(
    ("width", "height", "inches"), [(1920, 1080, 24), (1366, 768, 15.6), (1080, 1920, 24)]
)
def test_years_and_months_fit_beside_each_other(
    qtbot: QtBot, width: int, height: int, inches: float, large: bool, language: str
) -> None:
    add_fonts()
    i18n.use_language(language)
    look = Look(Metrics.for_panel(width, height, inches, large=large), LIGHT, language)
    for month in (0, 9):
        asked = PlantedState((), 2026, 12, 2018, step=PlantedStep.WHEN, year=2026, month=month)
        step = WhenStep(look, asked)
        qtbot.addWidget(step)
        assert step.minimumSizeHint().width() <= reading_width(look)
