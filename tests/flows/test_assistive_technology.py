"""Assistive technology, from another process: what it is told, and that its actions act."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.flows.assistive import Reader, kiosk


@pytest.fixture
def reader(data_dir: Path, tmp_path: Path) -> Iterator[Reader]:
    """A kiosk for each test: a filter or a word that one leaves on the map stays for the visit."""
    with kiosk(data_dir, tmp_path) as reader:
        yield reader


def at_home(reader: Reader) -> None:
    reader.press("push button", "처음으로")
    reader.find("push button", "지도에서 사업 보기")


def rows(reader: Reader) -> list[str]:
    """The list beside the map: what each row is called."""
    return [reader.name(row) for row in reader.children(reader.find("list", "사업 목록"))]


def test_the_map_is_told_by_role_and_announced_once(reader: Reader) -> None:
    at_home(reader)
    with reader.hearing("object:Announcement") as heard:
        reader.press("push button", "지도에서 사업 보기")
        reader.wait(lambda: len(rows(reader)) > 2)
        reader.wait(lambda: reader.checked(reader.find("radio button", "전체")))
        told = {(role, name) for _, role, name in reader.all()}
    for role in ("panel", "heading"):
        assert (role, "지도에서 사업 보기") in told
    assert "frame" in {role for role, _ in told}
    assert heard == ["지도에서 사업 보기"]


#: By door: the heading behind it, and what it took before it was told as a whole.
SCREENS = {
    "지도에서 사업 보기": "지도에서 사업 보기",  # 280
    "천만그루 현황": "천만그루 현황",  # 165
    "의견 보내기": "무엇에 대한 의견인가요?",  # 137
}
#: What still moves once a screen is there: rows and page buttons that come with their data.
FEW = 60


@pytest.mark.parametrize("door", SCREENS)
def test_a_screen_is_told_in_few_events_to_whoever_listens_to_all(
    reader: Reader, door: str
) -> None:
    at_home(reader)
    with reader.hearing("object:") as there:
        reader.press("push button", door)
        reader.find("heading", SCREENS[door])
    with reader.hearing("object:") as back:
        at_home(reader)
    assert 0 < len(there) < FEW and 0 < len(back) < FEW


def test_default_actions_choose_and_switch_for_real(reader: Reader) -> None:
    at_home(reader)
    reader.press("push button", "지도에서 사업 보기")
    before = reader.wait(lambda: rows(reader))
    reader.press("radio button", "정원")
    reader.wait(lambda: reader.checked(reader.find("radio button", "정원")))
    reader.wait(lambda: rows(reader) != before)

    def height() -> int:
        return reader.height(reader.find("push button", "처음으로"))

    small = reader.wait(height)
    reader.press("check box", "글자 크기")
    reader.wait(lambda: height() > small)
    assert reader.wait(lambda: reader.checked(reader.find("check box", "글자 크기")))
    reader.press("check box", "글자 크기")
    reader.wait(lambda: height() == small)


def test_a_syllable_being_composed_is_part_of_the_text(reader: Reader) -> None:
    at_home(reader)
    reader.press("push button", "지도에서 사업 보기")
    reader.wait(lambda: reader.focus(reader.find("text", "사업 찾기")))
    for key in ("ㄱ", "ㅏ"):
        reader.press("push button", key)
    reader.wait(lambda: reader.text(reader.find("text", "사업 찾기")) == "가")
