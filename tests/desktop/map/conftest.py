"""The built-in city, the reference look and a canvas in a window."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pytest
from pytestqt.qtbot import QtBot

from desktop import i18n
from desktop.map.canvas import MapCanvas
from desktop.map.city import City, load_city
from desktop.map.projection import to_world
from desktop.map.viewport import MapPosition
from desktop.theme.fonts import add_fonts
from desktop.theme.look import Look
from desktop.theme.metrics import Metrics
from desktop.theme.palette import LIGHT

#: The kiosk of 금암도서관.
HERE = (35.83631, 127.1401)


@cache
def the_city() -> City:
    return load_city()


@pytest.fixture
def city() -> City:
    return the_city()


@pytest.fixture
def look(qtbot: QtBot) -> Iterator[Look]:
    """The reference panel; nothing moves by itself, so that no test waits for a motion."""
    add_fonts()
    i18n.use_language("ko")
    yield Look(Metrics.for_panel(1920, 1080, 24), LIGHT, "ko", reduced_motion=True)


@pytest.fixture
def canvas(qtbot: QtBot, look: Look, city: City) -> Iterator[MapCanvas]:
    """A shown map of 1192 x 700 px round the kiosk."""
    canvas = MapCanvas(look, city, position=MapPosition(*to_world(*HERE)))
    qtbot.addWidget(canvas)
    canvas.resize(1192, 700)
    canvas.show()
    canvas.settle()
    yield canvas
    canvas.hide()
