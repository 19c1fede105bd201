"""Colours as numbers: text, outlines and statuses in both modes, and without any colour at all."""

from __future__ import annotations

from itertools import combinations

import pytest
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from desktop.kiosk.operator.device_tests.drawings import contrast_ratio
from desktop.theme.icons import paint_icon
from desktop.theme.palette import CONTRAST, LIGHT, Palette
from desktop.theme.shapes import STATUS_ICONS, THEME_ICONS, paint_theme_tile

MODES = pytest.mark.parametrize("palette", [LIGHT, CONTRAST], ids=["light", "contrast"])
#: (text, the grounds it stands on)
TEXTS = {
    "ink": ("paper", "white", "raised", "sand", "tint", "sprout", "pressed", "warn_bed"),
    "ink2": ("paper", "white", "sand"),
    "on_pine": ("pine", "pine2"),
    "on_soil": ("soil", "soil2"),
    "on_bar_light": ("bar_light",),
    "on_bar_on": ("bar_on",),
    "on_selected": ("selected",),
    "on_indigo": ("indigo",),
    "figure": ("paper", "white"),
    "danger": ("paper", "white"),
    "info": ("paper", "white"),
    "warn": ("paper", "white", "warn_bed"),
    "pine": ("paper", "white"),
    "demo_text": ("demo",),
    "hill_text": ("paper", "halo", "water"),
    "water_text": ("paper", "halo", "water"),
}
#: (outline or mark, the grounds beside it)
MARKS = {
    "line": ("paper", "white", "sand"),
    "reed": ("paper", "sand"),
    "soil_line": ("soil", "soil2"),
    "indigo": ("paper", "white"),
    "ochre": ("paper", "white"),
    "water_edge": ("paper",),
    "city_line": ("paper",),
    "leaf": ("soil",),
}


@MODES
@pytest.mark.parametrize("text", TEXTS)
def test_every_text_stands_out_from_every_ground_it_meets(palette: Palette, text: str) -> None:
    least = 7.0 if palette.contrast else 4.5
    for ground in TEXTS[text]:
        ratio = contrast_ratio(getattr(palette, text), getattr(palette, ground))
        assert ratio >= least, f"{text} on {ground}: {ratio:.2f}"


@MODES
@pytest.mark.parametrize("mark", MARKS)
def test_every_outline_and_mark_reaches_three_to_one(palette: Palette, mark: str) -> None:
    for ground in MARKS[mark]:
        ratio = contrast_ratio(getattr(palette, mark), getattr(palette, ground))
        assert ratio >= 3.0, f"{mark} on {ground}: {ratio:.2f}"


@MODES
def test_statuses_and_theme_tiles_reach_their_ratios(palette: Palette) -> None:
    for status, colour in palette.statuses.items():
        assert contrast_ratio(colour, palette.paper) >= (7.0 if palette.contrast else 4.5), status
    for theme, tile in palette.themes.items():
        assert contrast_ratio(tile.icon, tile.fill) >= 4.5, theme
        assert contrast_ratio(tile.fill, palette.paper) >= 3.0, theme
        for land in palette.land:
            assert contrast_ratio(tile.fill, land) >= 3.0, theme


def grey(paint: object, palette: Palette) -> QImage:
    """What `paint(painter)` draws, as somebody sees it who sees no colour."""
    image = QImage(64, 64, QImage.Format.Format_RGB32)
    image.fill(palette.paper)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint(painter)  # type: ignore[operator]
    painter.end()
    return image.convertToFormat(QImage.Format.Format_Grayscale8)


def differing(one: QImage, other: QImage) -> int:
    return sum(
        abs(QColor(one.pixel(x, y)).red() - QColor(other.pixel(x, y)).red()) > 60
        for x in range(64)
        for y in range(64)
    )


@MODES
def test_statuses_stay_apart_without_colour(palette: Palette, qapp: object) -> None:
    drawn = {
        status: grey(
            lambda p, icon=icon: paint_icon(p, icon, QRectF(4, 4, 56, 56), palette.ink), palette
        )
        for status, icon in STATUS_ICONS.items()
    }
    for one, other in combinations(drawn, 2):
        assert differing(drawn[one], drawn[other]) > 100, (one, other)


@MODES
def test_themes_stay_apart_without_colour(palette: Palette, qapp: object) -> None:
    drawn = {
        theme: grey(
            lambda p, t=theme: paint_theme_tile(p, palette, t, QPointF(32, 32), 26), palette
        )
        for theme in THEME_ICONS
    }
    for one, other in combinations(drawn, 2):
        assert differing(drawn[one], drawn[other]) > 100, (one, other)


@MODES
def test_no_red_stands_on_green_and_no_yellow_on_blue(palette: Palette) -> None:
    for text, grounds in TEXTS.items():
        for ground in grounds:
            first, second = getattr(palette, text), getattr(palette, ground)
            hues = tuple(_hue(colour) for colour in (first, second))
            assert hues != ("red", "green"), (text, ground)
            assert hues != ("yellow", "blue"), (text, ground)


def _hue(colour: QColor) -> str:
    if colour.hslSaturationF() < 0.25 or colour.lightnessF() > 0.9 or colour.lightnessF() < 0.08:
        return "none"
    names = ((15, "red"), (40, "orange"), (70, "yellow"), (165, "green"), (260, "blue"))
    return next((name for limit, name in names if colour.hslHue() <= limit), "red")
