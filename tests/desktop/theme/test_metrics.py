"""Millimetres on the real panel."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.theme.metrics import Metrics
from desktop.theme.type import Role

#: Capital height as a share of the type size (measured for the bundled font).
CAP = 0.705


def test_the_reference_panel_is_its_own_measure() -> None:
    metrics = Metrics.for_panel(1920, 1080, 24)
    assert metrics.scale == 1
    assert metrics.px(48) == 48
    assert metrics.mm(361) == pytest.approx(100, abs=0.3)


@pytest.mark.parametrize("inches", [15.6, 21.5, 24, 32, 43, 55])
@pytest.mark.parametrize("size", [(1920, 1080), (1080, 1920), (3840, 2160), (1366, 768)])
def test_the_smallest_letters_are_tall_enough_on_every_panel(
    size: tuple[int, int], inches: float
) -> None:
    metrics = Metrics.for_panel(*size, inches)
    small = metrics.small
    assert metrics.mm(metrics.font_px(Role.BODY.size(small=small)) * CAP) >= 7.25
    large = (role.size(large=True, small=small) for role in Role if role is not Role.KEY_WORD)
    assert metrics.mm(metrics.font_px(min(large)) * CAP) >= 11.9


#: They stand on keys of 14 mm, in a bar of seven buttons, or fill a panel's width as they are.
HELD_BACK = {Role.KEY, Role.KEY_WORD, Role.BAR, Role.FIGURE_L, Role.FIGURE_M}


@pytest.mark.parametrize("small", [False, True])
@pytest.mark.parametrize("role", Role)
def test_large_letters_are_twice_as_large_whatever_they_say(role: Role, small: bool) -> None:
    if role not in HELD_BACK:
        assert role.size(large=True, small=small) >= 2 * role.size(small=small)
    assert Role.BAR.size(large=True) == 2 * Role.BAR.size()


@pytest.mark.parametrize("panel", [(1920, 1080, 24), (3840, 2160, 24), (1920, 1080, 21.5)])
def test_only_large_letters_or_a_small_lying_panel_spare_height(
    panel: tuple[int, int, float],
) -> None:
    assert not Metrics.for_panel(*panel).shallow
    assert Metrics.for_panel(*panel, large=True).tight
    width, height, inches = panel
    assert not Metrics.for_panel(height, width, inches, large=True).shallow
    assert Metrics.for_panel(1366, 768, 15.6).shallow


REACH_MM = 1220
PANELS = [(1920, 1080, 24), (1080, 1920, 24), (1080, 1920, 32), (3840, 2160, 43), (2160, 3840, 43)]


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("floor_mm", [600, 700, 800, 900, 990])
@pytest.mark.parametrize("panel", PANELS)
def test_in_the_low_position_nothing_in_use_is_higher_than_a_seated_person_reaches(
    panel: tuple[int, int, float], floor_mm: int, large: bool
) -> None:
    metrics = Metrics.for_panel(*panel, large=large, low=True, floor_mm=floor_mm)
    if large and metrics.portrait and floor_mm > 880:
        assert metrics.in_use == pytest.approx(1200, abs=1), "fewer lines cannot be read"
        return
    top = floor_mm + metrics.mm(metrics.height)
    assert metrics.highest_mm <= REACH_MM
    # What could stay in use stays in use.
    assert metrics.highest_mm == pytest.approx(min(top, REACH_MM), abs=1)
    assert Metrics.for_panel(*panel, large=large, floor_mm=floor_mm).band == 0


def test_a_large_panel_shows_less_large_where_little_of_it_is_within_reach() -> None:
    standing = Metrics.for_panel(2160, 3840, 55, floor_mm=800)
    low = Metrics.for_panel(2160, 3840, 55, low=True, floor_mm=800)
    assert low.scale < standing.scale
    assert (low.height - low.band) / low.scale >= 1000
    assert low.mm(low.font_px(Role.BODY.size()) * CAP) >= 7.25


@pytest.mark.parametrize("floor_mm", [0, 900, 1200])
def test_a_small_lying_panel_has_no_height_to_give_away(floor_mm: int) -> None:
    assert Metrics.for_panel(1366, 768, 15.6, low=True, floor_mm=floor_mm).band <= 1


def test_where_nobody_knows_how_high_a_panel_hangs_its_upper_part_stays_free() -> None:
    assert Metrics.for_panel(1080, 1920, 24, low=True).band == 880
    assert Metrics.for_panel(1080, 1920, 24, low=True, large=True).band == 560
    assert Metrics.for_panel(1920, 1080, 24, low=True).band == 216
    assert Metrics.for_panel(1920, 1080, 24).highest_mm == 0


@given(
    st.integers(640, 7680), st.integers(480, 4320), st.floats(7, 120), st.booleans(), st.booleans()
)
def test_the_canvas_is_never_larger_than_the_reference_and_a_length_never_vanishes(
    width: int, height: int, inches: float, large: bool, low: bool
) -> None:
    metrics = Metrics.for_panel(width, height, inches, large=large, low=low)
    short, long_side = sorted((metrics.ref_width, metrics.ref_height))
    assert short <= 1080 * 1.03 or long_side <= 1920 * 1.03
    assert metrics.px(0.01) >= 1
    assert metrics.compact or not (large or low)
