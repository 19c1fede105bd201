"""A panel that hangs too high for a seated person is named, with the height that would do."""

from __future__ import annotations

import re

import pytest

from desktop.theme.metrics import Metrics
from desktop.theme.reach import beyond_reach, beyond_reach_unseen

LYING, UPRIGHT = (1920, 1080, 24.0), (1080, 1920, 24.0)


@pytest.mark.parametrize(
    ("panel", "floor_mm", "most", "only_large"),
    [
        (LYING, 0, None, False),
        (LYING, 1000, None, False),
        (LYING, 1100, 1026, False),
        ((1366, 768, 15.6), 1020, None, False),
        (UPRIGHT, 0, None, False),
        (UPRIGHT, 888, None, False),
        (UPRIGHT, 900, 888, True),
        (UPRIGHT, 1000, 888, False),
        ((2160, 3840, 43.0), 700, None, False),
    ],
)
def test_what_hangs_beyond_reach_is_told_how_low_it_may_hang(
    panel: tuple[int, int, float], floor_mm: int, most: int | None, only_large: bool
) -> None:
    said = beyond_reach(Metrics.for_panel(*panel, floor_mm=floor_mm))
    if most is None:
        assert said is None
        return
    assert said is not None
    for words in said:
        assert f"{most:,} mm" in words
    assert (said[0].startswith("큰 글자"), "large letters" in said[1]) == (only_large, only_large)
    assert beyond_reach(Metrics.for_panel(*panel, floor_mm=most)) is None
    assert beyond_reach(Metrics.for_panel(*panel, floor_mm=most + 2)) is not None


def test_of_a_panel_that_nobody_has_seen_both_ways_to_hang_it_are_judged() -> None:
    assert beyond_reach_unseen(24, 0) is None
    assert beyond_reach_unseen(24, 880) is None
    upright = beyond_reach_unseen(24, 950)
    assert upright is not None
    assert (upright[0].startswith("화면을 세워"), "upright" in upright[1]) == (True, True)
    lying = beyond_reach_unseen(24, 1150)
    assert lying is not None
    assert not re.search("upright|large letters", lying[1])
