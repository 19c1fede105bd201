"""Words and places nobody expected: refused by name or kept to the letter, never half."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from tests.flows.program import add_opinion, clear_sentence, in_this_process, texts


def at(data_dir: Path, place: str) -> list[str]:
    start = ["feedback", "add", "--data-dir", str(data_dir), "--kind", "problem", "--json"]
    return [*start, f"--at={place}", "--text", "여기 나무가 쓰러졌어요"]


@pytest.mark.parametrize(
    "place", ["37.5665,126.9780", "0,0", "-35.8,-127.1", "91,181", "127.1480,35.8242"]
)
def test_a_point_outside_the_city_is_refused_by_name(data_dir: Path, place: str) -> None:
    clear_sentence(in_this_process(*at(data_dir, place)), "--at", status=2)
    assert texts(data_dir) == []


@pytest.mark.parametrize(
    "place", ["", "35.8", "35.8,127.1,3", "nan,nan", "inf,127", "가,나", "35.8;127.1", "1e999,1"]
)
def test_a_point_that_is_no_point_is_refused_by_name(data_dir: Path, place: str) -> None:
    clear_sentence(in_this_process(*at(data_dir, place)), "--at", status=2)


def test_a_point_in_the_city_is_kept(data_dir: Path) -> None:
    answer = in_this_process(*at(data_dir, "35.8242,127.1480"))
    assert answer.status == 0, answer.err


@pytest.mark.parametrize(
    "text",
    [
        "가족 👨‍👩‍👧‍👦 이 함께 심었어요 🌳🌲",
        "ᄒᆞᆫ글 옛글자 ㆍ ㅿ ㆆ ㆁ",
        "각",
        "ㅋㅋㅋ ㅠㅠ ㄳ ㅄ",
        "français, 中文, العربية, ไทย",
        "따옴표 \" ' ; -- DROP TABLE feedback; %s {0} {n}",
        "<b>굵게</b> &amp; <script>",
    ],
)
def test_emoji_and_rare_letters_come_back_as_they_were_typed(data_dir: Path, text: str) -> None:
    answer = add_opinion(data_dir, text)
    assert answer.status == 0, answer.err
    assert texts(data_dir) == [unicodedata.normalize("NFC", text)]


@pytest.mark.parametrize(
    "text", ["종\x07소리", "줄\x1b[31m빨강", "\u202e뒤집기", "\ufeff숨은 글자"]
)
def test_characters_that_cannot_be_seen_are_refused_or_taken_out(data_dir: Path, text: str) -> None:
    answer = add_opinion(data_dir, text)
    if answer.status:
        clear_sentence(answer, "--text", status=2)
        assert texts(data_dir) == []
    else:
        (kept,) = texts(data_dir)
        assert not [c for c in kept if unicodedata.category(c) in ("Cc", "Cf")]


def test_three_hundred_characters_are_kept_and_one_more_is_refused(data_dir: Path) -> None:
    assert add_opinion(data_dir, "나" * 300).status == 0
    clear_sentence(add_opinion(data_dir, "나" * 301), "--text", "300", status=2)
    assert texts(data_dir) == ["나" * 300]


def test_a_text_as_long_as_a_book_is_refused_at_once(data_dir: Path) -> None:
    clear_sentence(add_opinion(data_dir, "책" * 40_000), "--text", status=2)


def test_a_resident_registration_number_never_reaches_the_disk(data_dir: Path) -> None:
    number = "900101-1234568"
    clear_sentence(add_opinion(data_dir, f"제 번호는 {number} 입니다"), status=2)
    needles = (number.encode(), number.replace("-", "").encode())
    for path in data_dir.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert not [needle for needle in needles if needle in content], path


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (["--general", "--kind", "rage"], "--kind"),
        (["--general"], "--kind"),
        (["--kind", "praise"], "--general"),
        (["--general", "--kind", "praise", "--rating", "4"], "--rating"),
        (["--project", "no-such-project", "--kind", "praise"], "no-such-project"),
        (["--dong", "없는동", "--kind", "praise"], "없는동"),
    ],
)
def test_wrong_use_of_the_command_is_named(data_dir: Path, words: list[str], named: str) -> None:
    answer = in_this_process("feedback", "add", "--data-dir", data_dir, *words, "--text", "글")
    assert answer.status == 2
    assert named in answer.err
    assert "Traceback" not in answer.err
    assert answer.out == ""
