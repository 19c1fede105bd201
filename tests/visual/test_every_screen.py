"""Every state of every screen, at every size, in both languages and every mode: nothing is cut."""

from __future__ import annotations

import struct
from pathlib import Path
from typing import Any

import pytest

from tests.flows.program import cheonman

SIZES = ("1920x1080", "1080x1920", "1366x768", "3840x2160")
LOOKS = (("ko", "default"), ("ko", "large"), ("en", "large"), ("en", "contrast"))
#: Seconds one whole tour may take on two busy cores.
PATIENCE = 150
#: States without which a tour has not shown the kiosk; it has many more.
MUST_SHOW = ("attract", "home", "map", "project", "trees", "feedback-text", "receipt", "help")


@pytest.fixture(scope="module", params=[(s, *look) for s in SIZES for look in LOOKS], ids="-".join)
def album(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, list[dict[str, Any]]]:
    size, language, mode = request.param
    out = tmp_path_factory.mktemp("tour")
    words = ("--size", size, "--lang", language, "--mode", mode, "--json")
    answer = cheonman("tour", out, *words, patience=PATIENCE)
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
    assert not wrong, "\n".join(wrong)


def troubles(entry: dict[str, Any], width: int, height: int) -> list[str]:
    """What is wrong with one control or text of the inventory."""
    x, y, w, h = entry["rect_px"]
    found = []
    if entry["clipped"]:
        found.append("does not fit its place")
    if x < 0 or y < 0 or x + w > width or y + h > height:
        found.append("leaves the panel")
    if entry["control"] and not entry["name"].strip():
        found.append("has no name")
    return found


def png_size(path: Path) -> tuple[int, int]:
    """Width and height as the file's header gives them."""
    head = path.read_bytes()[:24]
    assert head[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">II", head[16:24])
    return width, height
