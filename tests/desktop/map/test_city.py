from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from math import hypot
from pathlib import Path
from typing import Any

import pytest

from desktop import assets
from desktop.map.city import MAX_BYTES, City, CityError, load_city, read_city
from desktop.map.projection import to_world

ROOT = Path(__file__).resolve().parents[3]
LANDMARKS = json.loads(assets.read("catalogue", "landmarks.json"))["landmarks"]
#: Two streams and their mouths; a bridge stands on the water, give or take its abutments.
NEAR_WATER_M = 60


def raw() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(assets.read("map", "city.json"))
    return found


def metres_to_water(city: City, x: float, y: float) -> float:
    return min(
        to_segment(x, y, *start, *end)
        for stream in city.streams
        for start, end in zip(stream.points, stream.points[1:], strict=False)
    )


def to_segment(x: float, y: float, ax: float, ay: float, bx: float, by: float) -> float:
    length = (bx - ax) ** 2 + (by - ay) ** 2
    along = 0.0 if length == 0 else ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length
    along = max(0.0, min(1.0, along))
    return hypot(x - ax - along * (bx - ax), y - ay - along * (by - ay))


def test_the_city_has_its_83_legal_dongs_with_the_codes_of_both_provinces(city: City) -> None:
    assert len(city.dongs) == 83
    assert all(d.code[:2] == "52" and d.code_2023[:2] == "45" for d in city.dongs)
    assert city.dong("52113105") is city.dong("45113105") is city.dong_named("덕진동1가")
    assert {d.gu_ko for d in city.dongs} == {"완산구", "덕진구"}


@pytest.mark.parametrize(
    "mark", [m for m in LANDMARKS if m.get("legal_dong")], ids=lambda m: m["id"]
)
def test_every_landmark_lies_in_the_dong_its_source_names(city: City, mark: Any) -> None:
    dong = city.dong_at(*to_world(mark["lat"], mark["lon"]))
    assert dong is not None and dong.spot.name_ko == mark["legal_dong"]


@pytest.mark.parametrize(
    "mark", [m for m in LANDMARKS if m["kind"] == "bridge"], ids=lambda m: m["id"]
)
def test_every_bridge_stands_on_a_stream(city: City, mark: Any) -> None:
    assert metres_to_water(city, *to_world(mark["lat"], mark["lon"])) < NEAR_WATER_M


def test_the_streams_meet(city: City) -> None:
    samcheon = next(s for s in city.streams if s.name_ko == "삼천")
    main = next(s for s in city.streams if s.ident == "jeonjucheon")
    mouth = samcheon.points[-1]
    assert min(hypot(x - mouth[0], y - mouth[1]) for x, y in main.points) < 130


def test_water_and_hills_are_marked_as_schematic() -> None:
    data = raw()
    assert all(each["schematic"] for kind in ("streams", "lakes", "hills") for each in data[kind])
    assert "약도" in data["attribution_ko"] and "2023-09-15" in data["attribution_ko"]
    assert "2023-09-15" in data["attribution_en"]


def test_neighbours_never_share_a_tint_and_all_tints_are_used(city: City) -> None:
    used = Counter(d.tint for d in city.dongs)
    assert set(used) == set(range(5)) and max(used.values()) < 2 * min(used.values())
    for dong in city.dongs:
        for other in city.dongs:
            near = dong.code < other.code and dong.bounds.intersects(other.bounds)
            if near and dong.tint == other.tint:
                assert shared_corners(dong.path, other.path) < 2


def shared_corners(path: Any, other: Any) -> int:
    def corners(of: Any) -> set[tuple[float, float]]:
        return {(p.x(), p.y()) for ring in of.toSubpathPolygons() for p in ring.toList()}

    return len(corners(path) & corners(other))


def test_numbered_dongs_are_grouped_under_the_name_people_use(city: City) -> None:
    groups = {spot.name_ko: spot.name_en for spot in city.groups}
    assert groups["송천동"] == "Songcheon-dong"
    assert "송천동1가" not in groups
    songcheon = city.dong_named("송천동1가")
    assert songcheon is not None and songcheon.name("en") == "Songcheon-dong 1-ga"


def test_english_names_of_dongs_are_those_the_landmarks_give(city: City) -> None:
    given = {m["name_ko"]: m["name_en"] for m in LANDMARKS if m["kind"] == "district"}
    groups = {spot.name_ko: spot.name_en for spot in city.groups}
    known = [name for name in given if name in groups]
    assert len(known) > 15
    assert {name: groups[name] for name in known} == {name: given[name] for name in known}


def test_a_label_stands_inside_its_dong(city: City) -> None:
    assert all(d.contains(d.spot.x, d.spot.y) for d in city.dongs)


def test_a_point_outside_the_city_lies_in_no_dong(city: City) -> None:
    assert city.dong_at(*to_world(35.94, 127.29)) is None


def test_the_script_makes_the_very_file_that_is_shipped(tmp_path: Path) -> None:
    out = tmp_path / "city.json"
    script = ROOT / "resources" / "map" / "make_city.py"
    landmarks = ROOT / "resources" / "catalogue" / "landmarks.json"
    subprocess.run([sys.executable, str(script), str(landmarks), str(out)], check=True)
    assert out.read_bytes() == assets.read("map", "city.json")


# A site's own file


def changed(**fields: Any) -> bytes:
    return json.dumps(raw() | fields, ensure_ascii=False).encode()


def test_a_site_may_bring_its_own_city(tmp_path: Path) -> None:
    (tmp_path / "map").mkdir()
    (tmp_path / "map" / "city.json").write_bytes(changed(attribution_ko="우리 시 경계"))
    assert load_city(tmp_path).attribution_ko == "우리 시 경계"
    assert load_city(None).attribution_ko != "우리 시 경계"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"{", "city.json"),
        (b"\xff\xfe", "city.json"),
        (changed(dongs=[]), "dongs"),
        (changed(format=2), "format"),
        (changed(unknown=1), "unknown"),
        (changed(outline=[[0, 0, 10**9, 0, 0, 5]]), "outline"),
        (b" " * (MAX_BYTES + 1), str(MAX_BYTES)),
    ],
    ids=["cut off", "no text", "no dongs", "newer", "unknown field", "on the moon", "too large"],
)
def test_a_city_that_is_wrong_is_refused_in_a_sentence_that_names_the_field(
    data: bytes, said: str
) -> None:
    with pytest.raises(CityError, match=said):
        read_city(data)
