from __future__ import annotations

from random import Random

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter
from pytestqt.qtbot import QtBot

from desktop.map.city import City
from desktop.map.features import Here, NamedPlace, Pin, TreeSpot
from desktop.map.projection import to_wgs84
from desktop.map.scene import compose, group_marks, mark_rect
from desktop.map.still import MapStill, paint_city, position_of
from desktop.map.viewport import Viewport
from desktop.theme.look import Look
from desktop.theme.palette import CONTRAST
from tests.desktop.map.conftest import HERE

PIN = Pin("a", *HERE, "garden", "정원")
TREE = TreeSpot("t", *HERE, "pine", 900, "숲")


def picture(look: Look, city: City, **what: object) -> QImage:
    image = QImage(600, 400, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    paint_city(painter, image.rect(), look, city, position_of(*HERE), **what)  # type: ignore[arg-type]
    painter.end()
    return image


def test_the_same_map_is_the_same_picture(look: Look, city: City) -> None:
    what = {"pins": (PIN,), "here": Here(*HERE, "여기"), "trees": (TREE,)}
    assert picture(look, city, **what) == picture(look, city, **what)


def test_pins_trees_and_places_are_seen(look: Look, city: City) -> None:
    bare = picture(look, city)
    assert picture(look, city, pins=(PIN,)) != bare
    assert picture(look, city, trees=(TREE,)) != bare
    assert picture(look, city, places=(NamedPlace(*HERE, "전주역", "landmark"),)) != bare
    assert picture(look, city, dong="52113105") != bare


def test_the_contrast_map_is_dark(look: Look, city: City) -> None:
    dark = Look(look.metrics, CONTRAST, "ko")
    image = picture(dark, city).scaled(1, 1)
    assert image.pixelColor(0, 0).lightness() < 60


def test_a_still_paints_itself(qtbot: QtBot, look: Look, city: City) -> None:
    still = MapStill(look, city, position_of(*HERE), pins=(PIN,), selected="a")
    qtbot.addWidget(still)
    still.resize(500, 300)
    assert still.grab().toImage().pixelColor(250, 150).isValid()


def test_flowers_step_out_of_controls_and_names_keep_off(look: Look, city: City) -> None:
    view = Viewport.at(position_of(*HERE), 1192, 700, 1.0)
    pins = tuple(Pin(str(i), *HERE, "garden", "정원") for i in range(3))
    marks = group_marks(look, pins, None, view.scale)
    control = QRectF(560, 300, 100, 100)
    scene = compose(look, city, view, marks, keep_clear=(control,))
    (flower,) = scene.marks
    x, y = view.to_screen(flower.x, flower.y)
    assert not control.contains(x, y)
    assert scene.names and not any(name.rect.intersects(control) for name in scene.names)


@pytest.mark.parametrize("size", [(984, 560), (984, 200), (1192, 700)])
@pytest.mark.parametrize("crowd", [2, 3, 12, 65])
def test_every_project_on_the_screen_is_in_one_mark_that_is_seen_whole(
    look: Look, city: City, size: tuple[int, int], crowd: int
) -> None:
    width, height = size
    view = Viewport.at(position_of(*HERE), width, height, 1.0)
    # Two rows of buttons along the foot, as on an upright map, and what stands at the top.
    controls = (
        QRectF(20, height - 100, 272, 80),
        QRectF(width - 292, height - 100, 272, 80),
        QRectF(20, height - 196, 272, 80),
        QRectF(width - 292, height - 196, 272, 80),
        QRectF(20, 20, 300, 60),
    )
    chance = Random(f"{size} {crowd}")
    for _ in range(12):
        # Some beside the buttons, where three that stand together find no place.
        places = [(width - 300.0 - 12 * n, height - 60.0) for n in range(min(3, crowd))]
        places += [
            (chance.uniform(0, width), chance.uniform(0, height))
            for _ in range(crowd - len(places))
        ]
        pins = tuple(
            Pin(f"p{n}", *to_wgs84(*view.to_world(x, y)), "garden", "정원")
            for n, (x, y) in enumerate(places)
        )
        marks = group_marks(look, pins, None, view.scale)
        scene = compose(look, city, view, marks, keep_clear=controls)
        seen = [mark for mark in scene.marks if mark.ident not in scene.cut]
        assert sorted(p.ident for m in seen for p in m.pins) == sorted(p.ident for p in pins)
        for mark in seen:
            rect = mark_rect(look, mark, view)
            assert QRectF(0, 0, width, height).contains(rect)
            assert not any(rect.intersects(control) for control in controls)


def test_far_away_groups_are_named_and_near_by_legal_dongs(look: Look, city: City) -> None:
    far = compose(look, city, Viewport.at(position_of(*HERE, 0.09), 1192, 700, 1.0), [])
    near = compose(look, city, Viewport.at(position_of(*HERE, 0.2), 1192, 700, 1.0), [])
    assert "인후동" in {name.text for name in far.names}
    assert "인후동1가" in {name.text for name in near.names}
    assert "인후동" not in {name.text for name in near.names}
