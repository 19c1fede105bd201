"""Every state of every screen, at every size, in both languages and every mode: nothing is cut."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from itertools import combinations, product
from math import hypot
from pathlib import Path
from typing import Any

import pytest

from tests.flows.program import cheonman


@dataclass(frozen=True)
class Tour:
    """One walk through every state: a panel, how high it hangs, a language, and what is on."""

    size: str
    inches: float
    floor_mm: int
    language: str
    mode: str

    @property
    def name(self) -> str:
        floor = f"@{self.floor_mm}" if self.floor_mm else ""
        return f"{self.size}-{self.inches:g}in{floor}-{self.language}-{self.mode}"

    @property
    def pixels(self) -> tuple[int, int]:
        width, _, height = self.size.partition("x")
        return int(width), int(height)

    @property
    def px_per_mm(self) -> float:
        return hypot(*self.pixels) / (self.inches * 25.4)


#: (size, inches, height above the floor): the last of the lying ones leaves a third of the
#: reference panel's room, the last of the upright ones is half as high again as one can reach.
LYING, FINE, HIGH = ("1920x1080", 24.0, 0), ("3840x2160", 24.0, 0), ("1920x1080", 24.0, 1000)
SMALL, SMALLEST = ("1366x768", 24.0, 0), ("1366x768", 15.6, 0)
UPRIGHT, TALL, TALLEST = ("1080x1920", 24.0, 0), ("1080x1920", 24.0, 850), ("2160x3840", 43.0, 700)
PANELS = (LYING, FINE, HIGH, SMALL, SMALLEST, UPRIGHT, TALL, TALLEST)
#: Every panel, mode, strip and language meets every other once, the hardest panels more often.
FEW = (
    Tour(*LYING, "ko", "default"),
    Tour(*LYING, "ko", "large"),
    Tour(*FINE, "en", "contrast+speech"),
    Tour(*HIGH, "ko", "low+speech"),
    Tour(*SMALL, "en", "large+speech"),
    Tour(*SMALLEST, "ko", "large+low"),
    Tour(*SMALLEST, "en", "large+speech"),
    Tour(*SMALLEST, "en", "low+speech"),
    Tour(*UPRIGHT, "en", "large+speech"),
    Tour(*UPRIGHT, "en", "low+speech"),
    Tour(*TALL, "en", "large+low+speech"),
    Tour(*TALLEST, "ko", "large+low"),
)
MODES = [
    "+".join(switches) or "default"
    for n in range(4)
    for switches in combinations(("large", "low", "speech"), n)
] + ["contrast"]
ALL = [Tour(*panel, *how) for panel in PANELS for how in product(("ko", "en"), MODES)]
TOURS = [
    *(pytest.param(tour, id=tour.name) for tour in FEW),
    *(pytest.param(tour, id=tour.name, marks=pytest.mark.soak) for tour in ALL if tour not in FEW),
]
#: Seconds after which a tour hangs; on two idle cores it takes 20 to 40.
PATIENCE = 600
#: A touch target's least side; rounding to whole pixels may take a tenth of a millimetre.
SMALLEST_MM = 11.9
PAGE_BUTTONS = ("위로", "아래로", "Up", "Down")
#: Height above the floor up to which a seated person reaches and reads.
REACH_MM = 1220
#: What lies under these is covered by a scrim and takes no touches.
DIALOGS = ("idle-warning",)
#: States without which a tour has not shown the kiosk; it has many more.
MUST_SHOW = ("attract", "home", "map", "project", "trees", "feedback-text", "receipt", "help")


@pytest.mark.timeout(PATIENCE + 30)
@pytest.mark.parametrize("tour", TOURS)
def test_every_state_is_whole_named_in_reach_and_inside_the_panel(
    tour: Tour, tmp_path: Path
) -> None:
    pictures = tour == FEW[0]  # of one tour: writing them takes as long as half a tour
    wrong, states = [], album(tour, tmp_path, pictures=pictures)
    wrong += [f"no state {name}" for name in MUST_SHOW if name not in {s["state"] for s in states}]
    for state in states:
        width, height = state["size_px"]
        if pictures and png_size(tmp_path / state["file"]) != (width, height):
            wrong.append(f"{state['state']}: the picture has another size")
        for each in state["controls"]:
            wrong += [
                f"{state['state']}: {each['name'] or each['text']!r} {trouble}"
                for trouble in (*troubles(each, width, height), *out_of_reach(each, tour, height))
            ]
        wrong += [f"{state['state']}: {pair}" for pair in overlaps(state)]
    assert not wrong, "\n".join(wrong)
    assert len(places_of_the_way_back(states)) == 1


def album(tour: Tour, out: Path, *, pictures: bool = True) -> list[dict[str, Any]]:
    words = ("--size", tour.size, "--panel-inches", str(tour.inches), "--lang", tour.language)
    floor = ("--floor-to-panel-mm", str(tour.floor_mm), "--mode", tour.mode)
    more = () if pictures else ("--no-pictures",)
    answer = cheonman("tour", out, *words, *floor, *more, "--json", patience=PATIENCE)
    assert (answer.status, answer.err) == (0, "")
    states: list[dict[str, Any]] = answer.document
    return states


def places_of_the_way_back(states: list[dict[str, Any]]) -> set[tuple[int, int]]:
    """Where the back button begins, over all screens that have one."""
    heads = (next((e for e in s["controls"] if e["key"] == "back"), None) for s in states)
    return {(each["rect_px"][0], each["rect_px"][1]) for each in heads if each is not None}


def out_of_reach(entry: dict[str, Any], tour: Tour, height: int) -> list[str]:
    """In the low position nothing to read or press is higher than a seated person reaches."""
    if "low" not in tour.mode or not tour.floor_mm:
        return []
    above = tour.floor_mm + (height - entry["rect_px"][1]) / tour.px_per_mm
    return [f"is {above:.0f} mm above the floor"] if above > REACH_MM + 0.5 else []


def troubles(entry: dict[str, Any], width: int, height: int) -> list[str]:
    """What is wrong with one control or text of the inventory."""
    x, y, w, h = entry["rect_px"]
    found = []
    if entry["clipped"]:
        found.append("does not fit its place")
    if x < 0 or y < 0 or x + w > width or y + h > height:
        found.append("leaves the panel")
    if entry["cut"]:
        found.append("is cut in the middle of a line")
    if entry["narrowed"]:
        found.append("is cut at its side")
    if entry["name"] in PAGE_BUTTONS and not entry["whole"]:
        found.append("is a page button that is cut")
    if entry["control"] and not entry["name"].strip():
        found.append("has no name")
    if entry["control"] and entry["whole"] and min(entry["rect_mm"][2:]) < SMALLEST_MM:
        found.append(f"is {entry['rect_mm'][2:]} mm large")
    return found


def overlaps(state: dict[str, Any]) -> list[str]:
    """Pairs of controls or texts of which one lies partly over the other."""
    if state["state"] in DIALOGS:
        return []
    return [
        f"{one['name'] or one['text']!r} and {other['name'] or other['text']!r} overlap"
        for one, other in combinations(state["controls"], 2)
        if partly_over(one["rect_px"], other["rect_px"])
    ]


def partly_over(one: list[int], other: list[int]) -> bool:
    """They share pixels, and neither holds the whole of the other as a map holds its buttons."""
    left, top = max(one[0], other[0]), max(one[1], other[1])
    right = min(one[0] + one[2], other[0] + other[2])
    bottom = min(one[1] + one[3], other[1] + other[3])
    if right <= left or bottom <= top:
        return False
    shared = [left, top, right - left, bottom - top]
    return shared not in (one, other)


def png_size(path: Path) -> tuple[int, int]:
    """Width and height as the file's header gives them."""
    head = path.read_bytes()[:24]
    assert head[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">II", head[16:24])
    return width, height
