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
    assert metrics.mm(metrics.font_px(Role.BODY.size(False)) * CAP) >= 7.25
    assert metrics.mm(metrics.font_px(Role.BODY.size(True)) * CAP) >= 11.9


@pytest.mark.parametrize("role", Role)
def test_large_letters_are_large_on_the_smallest_panel_too(role: Role) -> None:
    metrics = Metrics.for_panel(1366, 768, 15.6, large=True)
    assert metrics.tight
    size = role.size(metrics.large, metrics.tight)
    assert metrics.mm(metrics.font_px(size) * CAP) >= 12
    assert size <= role.size(True)


@pytest.mark.parametrize("panel", [(1920, 1080, 24), (3840, 2160, 24), (1920, 1080, 21.5)])
def test_only_a_small_lying_panel_spares_height(panel: tuple[int, int, float]) -> None:
    assert not Metrics.for_panel(*panel, large=True).shallow
    width, height, inches = panel
    assert not Metrics.for_panel(height, width, inches, large=True).shallow


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
