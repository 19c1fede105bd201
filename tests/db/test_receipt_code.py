"""Receipt codes can be said, written, mistyped and still be right or be noticed."""

from __future__ import annotations

import random
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.receipt_code import (
    CODES,
    CodeFault,
    code_number,
    code_of,
    draw_token,
    read_code,
    read_token,
    receipt_key,
    token_text,
)
from db.receipt_words import FLOWERS, TREES

receipts = st.binary(min_size=16, max_size=16)


def test_the_words_are_few_syllables_distinct_and_never_both_tree_and_flower() -> None:
    words = TREES + FLOWERS
    assert len(set(words)) == len(words)
    assert {len(word) for word in words} <= {2, 3, 4}
    assert all(0xAC00 <= ord(letter) <= 0xD7A3 for word in words for letter in word)
    assert CODES >= 2**24


@given(receipts)
def test_a_code_is_read_back(receipt: bytes) -> None:
    code = code_of(receipt)
    reading = read_code(code)
    assert (reading.code, reading.number) == (code, code_number(receipt))


@given(receipts, st.sampled_from([" ", "", "  ", "·", "_", "–", "．", "\u3000"]))
def test_other_gaps_full_width_digits_and_taken_apart_syllables_are_understood(
    receipt: bytes, gap: str
) -> None:
    code = code_of(receipt)
    tree, digits, flower = code.split("-")
    wide = "".join(chr(ord(digit) - ord("0") + ord("０")) for digit in digits)
    spelt = "".join("영일이삼사오육칠팔구"[int(digit)] for digit in digits)
    for typed in (
        gap.join((tree, digits, flower)),
        gap.join((tree, wide, flower)),
        gap.join((tree, spelt, flower)),
        f" {unicodedata.normalize('NFD', code)}\n",
        gap.join((flower, digits, tree)),
    ):
        assert read_code(typed).code == code, typed


@given(receipts, st.integers(0, 3), st.integers(1, 9))
def test_every_single_wrong_digit_is_noticed(receipt: bytes, place: int, by: int) -> None:
    tree, digits, flower = code_of(receipt).split("-")
    wrong = str((int(digits[place]) + by) % 10)
    typed = f"{tree}-{digits[:place]}{wrong}{digits[place + 1 :]}-{flower}"
    assert read_code(typed).fault is CodeFault.CHECK


@given(receipts, st.integers(0, 2))
def test_two_neighbouring_digits_exchanged_are_noticed(receipt: bytes, place: int) -> None:
    tree, digits, flower = code_of(receipt).split("-")
    if digits[place] != digits[place + 1]:
        swapped = digits[:place] + digits[place + 1] + digits[place] + digits[place + 2 :]
        assert read_code(f"{tree}-{swapped}-{flower}").fault is CodeFault.CHECK


def test_of_the_exchanges_of_one_word_for_another_ten_in_eleven_are_noticed() -> None:
    tree, digits, flower = code_of(b"one particular r").split("-")
    noticed = [read_code(f"{other}-{digits}-{flower}").fault for other in TREES if other != tree]
    noticed += [read_code(f"{tree}-{digits}-{other}").fault for other in FLOWERS if other != flower]
    assert noticed.count(CodeFault.CHECK) / len(noticed) > 0.9


@pytest.mark.parametrize(
    ("typed", "fault", "offered"),
    [
        ("소나모-1234-진달래", CodeFault.TREE, "소나무"),
        ("느티나우-1234-진달래", CodeFault.TREE, "느티나무"),
        ("소나무-1234-진달레", CodeFault.FLOWER, "진달래"),
    ],
)
def test_a_mistyped_word_is_answered_with_its_nearest(
    typed: str, fault: CodeFault, offered: str
) -> None:
    reading = read_code(typed)
    assert reading.fault is fault
    assert offered in reading.nearest


@pytest.mark.parametrize(
    "typed", ["", "소나무", "1234", "소나무-123-진달래", "소나무-12345-진달래", "x" * 10_000]
)
def test_what_has_not_the_shape_of_a_code_is_said_to_have_none(typed: str) -> None:
    assert read_code(typed).fault is CodeFault.SHAPE


@given(st.text(max_size=80))
def test_nothing_typed_breaks_the_reading(typed: str) -> None:
    reading = read_code(typed)
    assert (reading.code is None) != (reading.fault is None)
    assert read_token(typed) is None or len(typed.strip()) == 26


def test_codes_use_the_whole_space_evenly() -> None:
    chance = random.Random(1)
    codes = {code_of(chance.randbytes(16)) for _ in range(4000)}
    assert len(codes) >= 3990
    assert len({code.split("-")[0] for code in codes}) == len(TREES)
    assert len({code.split("-")[2] for code in codes}) == len(FLOWERS)


@given(receipts)
def test_a_token_is_read_back_and_leads_to_its_receipt_only(token: bytes) -> None:
    text = token_text(token)
    assert read_token(text) == token
    assert read_token(text.upper()) == token
    assert receipt_key(token) != token
    assert read_token(text[:-1]) is None


def test_tokens_of_one_draft_differ_between_attempts_and_stores() -> None:
    drawn = {draw_token(bytes([secret]) * 32, b"draft", attempt)
             for secret in (1, 2) for attempt in range(50)}  # fmt: skip
    assert len(drawn) == 100


def test_codes_already_on_paper_keep_their_meaning() -> None:
    assert code_of(bytes(16)) == "팽나무-9367-개나리"
    assert code_of(bytes(range(16))) == "상수리-0664-매화"
    assert (code_number(bytes(16)), code_number(bytes(range(16)))) == (1_792_404, 3_367_968)
