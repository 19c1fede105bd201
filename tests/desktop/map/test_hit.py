from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.map.hit import Target, touched

REACH = 27.0


@pytest.mark.parametrize("order", list(permutations(("left", "right", "below"))))
def test_the_nearest_mark_is_meant_whichever_comes_first(order: tuple[str, ...]) -> None:
    places = {"left": (0, 0), "right": (60, 0), "below": (30, 50)}
    targets = [Target(name, *places[name], 60) for name in order]
    assert touched(targets, 35, 0, REACH) == "right"
    assert touched(targets, 25, 0, REACH) == "left"


def test_a_small_mark_is_hit_within_a_fingers_reach() -> None:
    assert touched([Target("a", 0, 0, 5)], 26, 0, REACH) == "a"
    assert touched([Target("a", 0, 0, 5)], 28, 0, REACH) is None


def test_a_large_mark_is_hit_all_over() -> None:
    assert touched([Target("a", 0, 0, 60)], 59, 0, REACH) == "a"


def test_nothing_is_nowhere() -> None:
    assert touched([], 0, 0, REACH) is None


@given(st.floats(-100, 100), st.floats(-100, 100))
def test_what_is_hit_is_within_reach(x: float, y: float) -> None:
    hit = touched([Target("a", 0, 0, 30)], x, y, REACH)
    assert (hit == "a") == ((x * x + y * y) ** 0.5 <= 30)
