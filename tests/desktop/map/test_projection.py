from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from desktop.map.projection import (
    METRES_PER_DEGREE_LAT,
    METRES_PER_DEGREE_LON,
    distance_m,
    to_wgs84,
    to_world,
)
from desktop.map.walking import walking_minutes

LATITUDES = st.floats(35.70, 35.95)
LONGITUDES = st.floats(126.95, 127.30)
CENTIMETRE = 0.01


@given(LATITUDES, LONGITUDES)
def test_a_point_comes_back_within_a_centimetre(lat: float, lon: float) -> None:
    back = to_wgs84(*to_world(lat, lon))
    assert abs(back[0] - lat) * METRES_PER_DEGREE_LAT < CENTIMETRE
    assert abs(back[1] - lon) * METRES_PER_DEGREE_LON < CENTIMETRE


@given(LATITUDES, LATITUDES, LONGITUDES, LONGITUDES)
def test_north_is_up_and_east_is_right(a: float, b: float, c: float, d: float) -> None:
    south, north = sorted((a, b))
    west, east = sorted((c, d))
    assert to_world(south, west)[1] >= to_world(north, west)[1]
    assert to_world(south, west)[0] <= to_world(south, east)[0]


@given(LATITUDES, LONGITUDES, LATITUDES, LONGITUDES)
def test_a_way_is_as_long_back_as_there(a: float, b: float, c: float, d: float) -> None:
    assert distance_m(a, b, c, d) == distance_m(c, d, a, b)


def test_a_degree_of_latitude_is_a_hundred_and_eleven_kilometres() -> None:
    assert abs(distance_m(35.8, 127.1, 35.9, 127.1) - 11_095) < 1


def test_six_hundred_metres_straight_are_twelve_minutes_on_foot() -> None:
    assert walking_minutes(600) == 12


@given(st.floats(0, 30_000), st.floats(0, 30_000))
def test_a_longer_way_never_takes_less_time(a: float, b: float) -> None:
    near, far = sorted((a, b))
    assert 1 <= walking_minutes(near) <= walking_minutes(far)
