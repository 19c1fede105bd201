"""WGS84 degrees to flat world metres and back.

The city is 22 km wide, so an equirectangular projection round its middle is exact to a few metres,
and a map needs no more. World x runs east and world y runs SOUTH of the origin, as a screen does.
"""

from __future__ import annotations

from math import cos, radians

ORIGIN_LAT, ORIGIN_LON = 35.82, 127.12
METRES_PER_DEGREE_LAT = 110_950.0
METRES_PER_DEGREE_LON = 111_320.0 * cos(radians(ORIGIN_LAT))


def to_world(lat: float, lon: float) -> tuple[float, float]:
    """World metres (x east, y south) of a WGS84 point in degrees."""
    return (
        (lon - ORIGIN_LON) * METRES_PER_DEGREE_LON,
        (ORIGIN_LAT - lat) * METRES_PER_DEGREE_LAT,
    )


def to_wgs84(x: float, y: float) -> tuple[float, float]:
    """(lat, lon) in degrees of a world point in metres."""
    return (
        ORIGIN_LAT - y / METRES_PER_DEGREE_LAT,
        ORIGIN_LON + x / METRES_PER_DEGREE_LON,
    )


def distance_m(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Straight line in metres between two WGS84 points inside the city."""
    x, y = to_world(lat, lon)
    other_x, other_y = to_world(other_lat, other_lon)
    return float(((x - other_x) ** 2 + (y - other_y) ** 2) ** 0.5)
