"""The buttons of a map: whole and apart at every height that a stage may have."""

from __future__ import annotations

from itertools import combinations

import pytest
from pytestqt.qtbot import QtBot

from desktop import i18n
from desktop.map.city import City
from desktop.map.stage import MapStage
from desktop.theme.fonts import add_fonts
from desktop.theme.look import Look
from desktop.theme.metrics import Metrics
from desktop.theme.palette import LIGHT

LOW = Metrics.for_panel(1080, 1920, 24, low=True)
LARGE = Metrics.for_panel(1080, 1920, 24, large=True)
LOWEST = Metrics.for_panel(1080, 1920, 24, large=True, low=True, floor_mm=850)


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize(("metrics", "least"), [(LOW, 240), (LARGE, 620), (LOWEST, 400)])
def test_every_button_of_a_low_map_is_whole_and_apart(
    qtbot: QtBot, city: City, metrics: Metrics, least: int, language: str
) -> None:
    add_fonts()
    i18n.use_language(language)
    look = Look(metrics, LIGHT, language, reduced_motion=True)
    stage = MapStage(look, city)
    qtbot.addWidget(stage)
    for height in (least, least + 60, least + 160, 860):
        stage.resize(984, height)
        for arrows in (False, True):
            stage.show_arrows(arrows)
            stage.arrange()
            parts = [w.geometry() for w in (*stage._buttons, stage.pad) if w.isVisibleTo(stage)]
            assert all(stage.rect().contains(part) for part in parts), (height, arrows)
            assert not any(a.intersects(b) for a, b in combinations(parts, 2)), (height, arrows)
            assert stage.canvas.height() > 1
            assert not any(b.overflows() for b in stage._buttons if b.isVisibleTo(stage))
        stage.show_arrows(False)
