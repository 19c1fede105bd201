from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRectF

from desktop.map.viewport import CLOSEST, MapPosition, Viewport

BOUNDS = QRectF(-11_000, -9_200, 22_000, 19_000)
VIEWS = st.builds(
    Viewport,
    st.integers(200, 4000),
    st.integers(200, 4000),
    st.floats(-50_000, 50_000),
    st.floats(-50_000, 50_000),
    st.floats(0.02, 4),
)
PIXELS = st.floats(0, 4000)


@given(VIEWS, PIXELS, PIXELS)
def test_a_screen_point_comes_back(view: Viewport, px: float, py: float) -> None:
    back = view.to_screen(*view.to_world(px, py))
    assert abs(back[0] - px) < 0.01 and abs(back[1] - py) < 0.01


@given(VIEWS, PIXELS, PIXELS, st.floats(0.3, 3))
def test_what_is_under_the_finger_stays_under_it_while_zooming(
    view: Viewport, px: float, py: float, factor: float
) -> None:
    world = view.to_world(px, py)
    after = view.zoomed(factor, px, py).to_screen(*world)
    assert abs(after[0] - px) < 0.05 and abs(after[1] - py) < 0.05


@given(VIEWS)
def test_clamping_keeps_the_city_in_sight_and_is_done_once(view: Viewport) -> None:
    clamped = view.clamped(BOUNDS, 1.0)
    assert clamped.clamped(BOUNDS, 1.0) == clamped
    assert clamped.scale <= CLOSEST
    assert BOUNDS.adjusted(-1, -1, 1, 1).contains(clamped.x, clamped.y)


@given(VIEWS, st.floats(-500, 500), st.floats(-500, 500))
def test_the_picture_follows_the_finger(view: Viewport, dx: float, dy: float) -> None:
    x, y = view.to_screen(0, 0)
    moved = view.panned(dx, dy).to_screen(0, 0)
    assert abs(moved[0] - x - dx) < 0.05 and abs(moved[1] - y - dy) < 0.05


@given(VIEWS)
def test_a_fitted_place_lies_inside_the_screen(view: Viewport) -> None:
    place = QRectF(100, 200, 900, 500)
    fitted = view.fitting(place, 20)
    left, top = fitted.to_screen(place.left(), place.top())
    right, bottom = fitted.to_screen(place.right(), place.bottom())
    assert left >= 19 and top >= 19
    assert right <= view.width - 19 and bottom <= view.height - 19


@given(VIEWS, VIEWS)
def test_a_motion_begins_and_ends_where_it_says(start: Viewport, end: Viewport) -> None:
    end = Viewport(start.width, start.height, end.x, end.y, end.scale)
    assert close(start.between(end, 0.0), start) and close(start.between(end, 1.0), end)


def close(one: Viewport, other: Viewport) -> bool:
    return (
        abs(one.x - other.x) < 1 and abs(one.y - other.y) < 1
        and abs(one.scale / other.scale - 1) < 1e-3
    )  # fmt: skip


@given(VIEWS, st.floats(0.5, 3))
def test_a_position_means_the_same_on_every_panel(view: Viewport, px_per_ref: float) -> None:
    position = view.position(px_per_ref)
    back = Viewport.at(position, view.width, view.height, px_per_ref)
    assert close(back, view)
    assert MapPosition(position.x, position.y, position.zoom) == position
