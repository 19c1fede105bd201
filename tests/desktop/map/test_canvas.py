"""The map under real events: mouse, wheel, fingers, keys, and the buttons' own methods."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QMouseEvent, QPointingDevice, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.map.canvas import MapCanvas
from desktop.map.city import City
from desktop.map.features import Here, Pin
from desktop.map.projection import distance_m, to_wgs84, to_world
from desktop.map.scene import mark_rect
from desktop.map.viewport import CLOSEST, FIRST_ZOOM, ZOOM_STEP, MapPosition
from desktop.theme.look import Look
from tests.desktop.map.conftest import HERE

FAR = Pin("far", 35.8200, 127.1100, "garden", "먼 곳")
TOGETHER = tuple(
    Pin(f"t{i}", 35.8363 + i * 0.0009, 127.1401, "economy", f"가까운 곳 {i}") for i in range(3)
)
STACKED = tuple(Pin(f"s{i}", 35.8450, 127.1300, "health", f"한곳 {i}") for i in range(2))
LEFT = Qt.MouseButton.LeftButton


def screen_of(canvas: MapCanvas, lat: float, lon: float) -> QPoint:
    """Where a point of the world is on the canvas."""
    x, y = to_world(lat, lon)
    at, scale = canvas.position, canvas.position.zoom
    return QPoint(
        round((x - at.x) * scale + canvas.width() / 2),
        round((y - at.y) * scale + canvas.height() / 2),
    )


def above(point: QPoint, px: int = 45) -> QPoint:
    """A pin's tile stands above its ground point."""
    return QPoint(point.x(), point.y() - px)


def drag(canvas: MapCanvas, start: QPoint, end: QPoint) -> None:
    QTest.mousePress(canvas, LEFT, Qt.KeyboardModifier.NoModifier, start)
    for share in (0.25, 0.5, 0.75, 1.0):
        QTest.mouseMove(canvas, start + (end - start) * share)
    QTest.mouseRelease(canvas, LEFT, Qt.KeyboardModifier.NoModifier, end)


def test_a_drag_moves_the_picture_with_the_mouse(canvas: MapCanvas) -> None:
    before = canvas.position
    drag(canvas, QPoint(600, 350), QPoint(500, 380))
    after = canvas.position
    assert after.zoom == before.zoom
    assert (after.x - before.x) * after.zoom == pytest.approx(100, abs=2)
    assert (after.y - before.y) * after.zoom == pytest.approx(-30, abs=2)


def test_a_drag_chooses_nothing(canvas: MapCanvas, qtbot: QtBot) -> None:
    canvas.show_pins((FAR,))
    at = above(screen_of(canvas, FAR.lat, FAR.lon))
    with (
        qtbot.assertNotEmitted(canvas.pin_chosen),
        qtbot.assertNotEmitted(canvas.dong_chosen, wait=300),
    ):
        drag(canvas, at, at + QPoint(80, 0))


def test_the_wheel_zooms_at_the_pointer(canvas: MapCanvas) -> None:
    before, at = canvas.position, QPoint(900, 200)
    world = under(canvas, at)
    wheel(canvas, at, 120)
    assert canvas.position.zoom == pytest.approx(before.zoom * ZOOM_STEP)
    assert distance_m(*world, *under(canvas, at)) < 5


def under(canvas: MapCanvas, at: QPoint) -> tuple[float, float]:
    position = canvas.position
    return to_wgs84(
        position.x + (at.x() - canvas.width() / 2) / position.zoom,
        position.y + (at.y() - canvas.height() / 2) / position.zoom,
    )


def wheel(canvas: MapCanvas, at: QPoint, angle: int) -> None:
    event = QWheelEvent(
        QPointF(at),
        QPointF(canvas.mapToGlobal(at)),
        QPoint(),
        QPoint(0, angle),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(canvas, event)


@pytest.fixture(scope="module")
def finger() -> QPointingDevice:
    return QTest.createTouchDevice()


def test_two_fingers_pinch_the_map(canvas: MapCanvas, finger: QPointingDevice) -> None:
    before = canvas.position
    touch = QTest.touchEvent(canvas, finger)
    touch.press(0, QPoint(500, 350), canvas).press(1, QPoint(700, 350), canvas).commit()
    for reach in (125, 150, 175, 200):
        touch = QTest.touchEvent(canvas, finger)
        touch.move(0, QPoint(600 - reach, 350), canvas)
        touch.move(1, QPoint(600 + reach, 350), canvas).commit()
    touch = QTest.touchEvent(canvas, finger)
    touch.release(0, QPoint(400, 350), canvas).release(1, QPoint(800, 350), canvas).commit()
    assert canvas.position.zoom == pytest.approx(before.zoom * 2, rel=0.02)


def test_one_finger_drags_and_taps(
    canvas: MapCanvas, finger: QPointingDevice, qtbot: QtBot
) -> None:
    canvas.show_pins((FAR,))
    before = canvas.position
    QTest.touchEvent(canvas, finger).press(0, QPoint(600, 350), canvas).commit()
    QTest.touchEvent(canvas, finger).move(0, QPoint(660, 350), canvas).commit()
    QTest.touchEvent(canvas, finger).release(0, QPoint(660, 350), canvas).commit()
    assert (before.x - canvas.position.x) * before.zoom == pytest.approx(60, abs=2)
    at = above(screen_of(canvas, FAR.lat, FAR.lon))
    with qtbot.waitSignal(canvas.pin_chosen) as chosen:
        QTest.touchEvent(canvas, finger).press(0, at, canvas).commit()
        QTest.touchEvent(canvas, finger).release(0, at, canvas).commit()
    assert chosen.args == ["far"]


def test_a_double_tap_zooms_and_chooses_no_dong(canvas: MapCanvas, qtbot: QtBot) -> None:
    before, at = canvas.position, QPoint(300, 500)
    with qtbot.assertNotEmitted(canvas.dong_chosen, wait=400):
        QTest.mouseClick(canvas, LEFT, Qt.KeyboardModifier.NoModifier, at)
        QTest.mouseDClick(canvas, LEFT, Qt.KeyboardModifier.NoModifier, at)
    assert canvas.position.zoom == pytest.approx(before.zoom * ZOOM_STEP)


def test_no_mark_is_cut_by_an_edge_or_a_control_while_the_map_rests(canvas: MapCanvas) -> None:
    control = QRectF(500, 600, 240, 90)
    canvas.set_keep_clear((control,))
    # One pin at the left edge, three that make a flower under the control, one that stands free.
    places = {
        "edge": (10, 300),
        "a": (600, 660),
        "b": (612, 664),
        "c": (624, 660),
        "free": (300, 300),
    }
    canvas.show_pins(
        tuple(
            Pin(ident, *to_wgs84(*_world_of(canvas, *at)), "garden", ident)
            for ident, at in places.items()
        )
    )
    canvas.settle()
    view = canvas._motion.view
    assert view is not None
    seen = canvas._marks.visible(view)
    # A pin never leaves its ground: it is counted where the next one stands.
    assert sorted(pin.ident for mark in seen for pin in mark.pins) == sorted(places)
    for mark in seen:
        rect = mark_rect(canvas._look, mark, view)
        assert canvas.rect().toRectF().contains(rect) and not rect.intersects(control)
    at = above(QPoint(*places["edge"]))
    assert canvas._marks.touched(view, QPointF(at)) is None
    canvas.select_pin("edge")  # what was chosen is never left out
    canvas.settle()
    assert "edge" in {mark.ident for mark in canvas._marks.visible(view)}


def _world_of(canvas: MapCanvas, x: float, y: float) -> tuple[float, float]:
    view = canvas._motion.view
    assert view is not None
    return view.to_world(x, y)


def test_two_quick_clicks_zoom_as_two_quick_taps_do(canvas: MapCanvas) -> None:
    before, at = canvas.position, QPointF(300, 500)
    for moment in (1_000, 1_080, 1_200, 1_290):
        down = moment in (1_000, 1_200)
        kind = QEvent.Type.MouseButtonPress if down else QEvent.Type.MouseButtonRelease
        held = LEFT if down else Qt.MouseButton.NoButton
        event = QMouseEvent(kind, at, at, LEFT, held, Qt.KeyboardModifier.NoModifier)
        event.setTimestamp(moment)
        QApplication.sendEvent(canvas, event)
    assert canvas.position.zoom == pytest.approx(before.zoom * ZOOM_STEP)


def test_buttons_zoom_as_far_as_gestures_do(canvas: MapCanvas) -> None:
    for _ in range(12):
        canvas.zoom_in()
    assert canvas.position.zoom == pytest.approx(CLOSEST)
    assert not canvas.can_zoom_in() and canvas.can_zoom_out()
    for _ in range(20):
        canvas.zoom_out()
    assert canvas.can_zoom_in() and not canvas.can_zoom_out()


def test_arrow_buttons_move_as_a_drag_does(canvas: MapCanvas) -> None:
    before = canvas.position
    canvas.pan(-100, 30)
    after = canvas.position
    assert (after.x - before.x) * after.zoom == pytest.approx(100, abs=1)
    assert (after.y - before.y) * after.zoom == pytest.approx(-30, abs=1)


def test_recentre_comes_back_to_here(canvas: MapCanvas) -> None:
    canvas.show_here(Here(*HERE, "여기"))
    canvas.pan(900, 900)
    canvas.zoom_in()
    canvas.recentre()
    x, y = to_world(*HERE)
    assert (canvas.position.x, canvas.position.y) == pytest.approx((x, y))
    assert canvas.position.zoom == FIRST_ZOOM


def test_a_tap_on_a_pin_chooses_it(canvas: MapCanvas, qtbot: QtBot) -> None:
    canvas.show_pins((FAR,))
    at = above(screen_of(canvas, FAR.lat, FAR.lon))
    with qtbot.waitSignal(canvas.pin_chosen) as chosen:
        QTest.mouseClick(canvas, LEFT, Qt.KeyboardModifier.NoModifier, at)
    assert chosen.args == ["far"]


def test_a_tap_on_a_flower_zooms_until_its_pins_stand_apart(
    canvas: MapCanvas, qtbot: QtBot
) -> None:
    canvas.show_pins(TOGETHER)
    before = canvas.position.zoom
    with qtbot.assertNotEmitted(canvas.cluster_chosen):
        QTest.mouseClick(
            canvas, LEFT, Qt.KeyboardModifier.NoModifier, screen_of(canvas, 35.8367, 127.1401)
        )
    assert canvas.position.zoom > before
    canvas.settle()
    assert {name for name in canvas.accessibleDescription().split(", ")} == {
        pin.name for pin in TOGETHER
    }


def test_a_flower_that_no_zoom_parts_is_told_to_the_screen(canvas: MapCanvas, qtbot: QtBot) -> None:
    canvas.show_pins(STACKED)
    before = canvas.position
    with qtbot.waitSignal(canvas.cluster_chosen) as chosen:
        QTest.mouseClick(
            canvas, LEFT, Qt.KeyboardModifier.NoModifier, screen_of(canvas, 35.8450, 127.1300)
        )
    assert chosen.args == [("s0", "s1")]
    assert canvas.position == before


def test_a_tap_on_the_ground_chooses_its_dong(canvas: MapCanvas, qtbot: QtBot, city: City) -> None:
    with qtbot.waitSignal(canvas.dong_chosen) as chosen:
        QTest.mouseClick(canvas, LEFT, Qt.KeyboardModifier.NoModifier, QPoint(596, 350))
    dong = city.dong_named("금암동")
    assert dong is not None and chosen.args == [dong.code]


def test_in_pick_mode_a_tap_tells_the_place(qtbot: QtBot, look: Look, city: City) -> None:
    canvas = MapCanvas(look, city, position=MapPosition(*to_world(*HERE)), pick=True)
    qtbot.addWidget(canvas)
    canvas.resize(800, 600)
    canvas.show()
    with qtbot.waitSignal(canvas.place_chosen) as chosen:
        QTest.mouseClick(canvas, LEFT, Qt.KeyboardModifier.NoModifier, QPoint(400, 300))
    lat, lon = chosen.args
    assert distance_m(lat, lon, *HERE) < 10
    canvas.hide()


def test_tab_walks_the_pins_and_enter_chooses(canvas: MapCanvas, qtbot: QtBot) -> None:
    canvas.show_pins((FAR, Pin("north", 35.8500, 127.1401, "health", "북쪽")))
    canvas.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(canvas, Qt.Key.Key_Tab)
    with qtbot.waitSignal(canvas.pin_chosen) as first:
        QTest.keyClick(canvas, Qt.Key.Key_Return)
    QTest.keyClick(canvas, Qt.Key.Key_Tab)
    with qtbot.waitSignal(canvas.pin_chosen) as second:
        QTest.keyClick(canvas, Qt.Key.Key_Return)
    assert [first.args, second.args] == [["north"], ["far"]]


def test_keys_move_and_zoom(canvas: MapCanvas) -> None:
    before = canvas.position
    QTest.keyClick(canvas, Qt.Key.Key_Right)
    assert canvas.position.x > before.x
    QTest.keyClick(canvas, Qt.Key.Key_Plus)
    assert canvas.position.zoom > before.zoom
    QTest.keyClick(canvas, Qt.Key.Key_Minus)
    assert canvas.position.zoom == pytest.approx(before.zoom)


def test_a_still_map_takes_no_touch(qtbot: QtBot, look: Look, city: City) -> None:
    canvas = MapCanvas(look, city, interactive=False)
    qtbot.addWidget(canvas)
    canvas.resize(800, 600)
    canvas.show()
    before = canvas.position
    drag(canvas, QPoint(400, 300), QPoint(300, 300))
    wheel(canvas, QPoint(400, 300), 120)
    assert canvas.position == before
    canvas.hide()


def test_a_chosen_pin_leaves_its_flower_and_can_be_revealed(canvas: MapCanvas) -> None:
    canvas.show_pins((*TOGETHER, FAR))
    canvas.pan(-5000, 0)
    canvas.select_pin("t1")
    canvas.reveal("t1")
    canvas.settle()
    assert "가까운 곳 1" in canvas.accessibleDescription()


def test_the_position_survives_another_canvas(canvas: MapCanvas, look: Look, city: City) -> None:
    canvas.zoom_in()
    canvas.pan(200, 100)
    other = MapCanvas(look, city, position=canvas.position)
    other.resize(canvas.size())
    assert other.position == canvas.position
    other.deleteLater()


def test_the_land_is_drawn_on_a_thread_that_ends_with_the_map(
    qtbot: QtBot, look: Look, city: City
) -> None:
    canvas = MapCanvas(look, city)
    qtbot.addWidget(canvas)
    canvas.resize(800, 600)
    canvas.show()
    qtbot.waitUntil(lambda: any(t.name == "map-land" for t in threading.enumerate()))
    canvas.hide()
    assert not any(t.name == "map-land" for t in threading.enumerate())


def test_a_map_deleted_while_it_is_shown_leaves_no_thread(
    qtbot: QtBot, look: Look, city: City
) -> None:
    canvas = MapCanvas(look, city)
    canvas.resize(800, 600)
    canvas.show()
    qtbot.waitUntil(lambda: any(t.name == "map-land" for t in threading.enumerate()))
    canvas.deleteLater()
    qtbot.waitUntil(lambda: not any(t.name == "map-land" for t in threading.enumerate()))


def test_a_motion_ends_where_a_jump_does(qtbot: QtBot, look: Look, city: City) -> None:
    moving = Look(look.metrics, look.palette, "ko", reduced_motion=False)
    canvas = MapCanvas(moving, city, position=MapPosition(*to_world(*HERE)))
    qtbot.addWidget(canvas)
    canvas.resize(800, 600)
    canvas.show()
    with qtbot.waitSignal(canvas.viewport_changed):
        canvas.zoom_in()
    assert canvas.position.zoom == pytest.approx(FIRST_ZOOM * ZOOM_STEP)
    canvas.hide()
