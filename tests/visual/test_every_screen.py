"""Every state of every screen, at every size, in both languages and every mode: nothing is cut."""

from __future__ import annotations

import struct
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from tests.flows.program import cheonman

SIZES = ("1920x1080", "1080x1920", "1366x768", "3840x2160")
#: The smallest panel: its millimetres leave a third of the reference panel's room.
SMALLEST = "1366x768 at 15.6"
LOOKS = (("ko", "default"), ("ko", "large"), ("en", "large"), ("en", "contrast"))
#: At the same diagonal these have the layout of 1920x1080, only finer: walked with the long tests.
FINER = tuple(("3840x2160", *look) for look in LOOKS[1:2] + LOOKS[3:])
TOURS = [
    pytest.param((size, *look), marks=pytest.mark.soak) if (size, *look) in FINER else (size, *look)
    for size in (*SIZES, SMALLEST)
    for look in LOOKS
]
#: Seconds one whole tour may take on two busy cores.
PATIENCE = 150
#: A touch target's least side; rounding to whole pixels may take a tenth of a millimetre.
SMALLEST_MM = 11.9
PAGE_BUTTONS = ("위로", "아래로", "Up", "Down")
#: What lies under these is covered by a scrim and takes no touches.
DIALOGS = ("idle-warning",)
#: States without which a tour has not shown the kiosk; it has many more.
MUST_SHOW = ("attract", "home", "map", "project", "trees", "feedback-text", "receipt", "help")


@pytest.fixture(scope="module", params=TOURS, ids="-".join)
def album(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, list[dict[str, Any]]]:
    size, language, mode = request.param
    out = tmp_path_factory.mktemp("tour")
    pixels, _, inches = size.partition(" at ")
    words = ("--size", pixels, "--panel-inches", inches or "24", "--lang", language, "--mode", mode)
    answer = cheonman("tour", out, *words, "--json", patience=PATIENCE)
    assert answer.status == 0, answer.err
    assert answer.err == ""
    return out, answer.document


@pytest.mark.timeout(PATIENCE + 30)
def test_every_state_is_whole_named_and_inside_the_panel(
    album: tuple[Path, list[dict[str, Any]]],
) -> None:
    folder, states = album
    wrong = [f"no state {name}" for name in MUST_SHOW if name not in {s["state"] for s in states}]
    for state in states:
        width, height = state["size_px"]
        if png_size(folder / state["file"]) != (width, height):
            wrong.append(f"{state['state']}: the picture has another size")
        for each in state["controls"]:
            wrong += [
                f"{state['state']}: {each['name'] or each['text']!r} {trouble}"
                for trouble in troubles(each, width, height)
            ]
        wrong += [f"{state['state']}: {pair}" for pair in overlaps(state)]
    assert not wrong, "\n".join(wrong)


def troubles(entry: dict[str, Any], width: int, height: int) -> list[str]:
    """What is wrong with one control or text of the inventory."""
    x, y, w, h = entry["rect_px"]
    found = []
    if entry["clipped"]:
        found.append("does not fit its place")
    if x < 0 or y < 0 or x + w > width or y + h > height:
        found.append("leaves the panel")
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
    """Pairs of controls of which one lies partly over the other."""
    if state["state"] in DIALOGS:
        return []
    controls = [each for each in state["controls"] if each["control"]]
    return [
        f"{one['name']!r} and {other['name']!r} overlap"
        for one, other in combinations(controls, 2)
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
