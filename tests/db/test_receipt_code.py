"""Receipt codes can be said, written, mistyped and still be right or be noticed."""

from __future__ import annotations

import random
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.participation.issue_receipt import SAFE_SHARE
from db.receipts.code import (
    CODES,
    SHORT_CODES,
    CodeFault,
    code_number,
    code_of,
    draw_token,
    read_code,
    read_token,
    receipt_key,
    receipt_keys,
    token_text,
    with_word,
)
from db.receipts.words import FLOWERS, TREES

#: As the first receipts had them, and as they are given now.
short = st.binary(min_size=16, max_size=16)
long = short.map(receipt_key)
receipts = short | long


def test_the_words_are_few_syllables_distinct_and_never_both_tree_and_flower() -> None:
    words = TREES + FLOWERS
    assert len(set(words)) == len(words)
    assert {len(word) for word in words} <= {2, 3, 4}
    assert all(0xAC00 <= ord(letter) <= 0xD7A3 for word in words for letter in word)


def test_a_country_of_receipts_is_not_worth_guessing_in() -> None:
    """The README's largest case: 500,000 opinions a day, for a year."""
    assert 500_000 * 365 / CODES < 1.1 / SAFE_SHARE


@given(receipts)
def test_a_code_is_read_back(receipt: bytes) -> None:
    code = code_of(receipt)
    reading = read_code(code)
    assert (reading.code, reading.number) == (code, code_number(receipt))


@given(short, long)
def test_short_and_long_codes_never_share_a_number(first: bytes, now: bytes) -> None:
    assert 0 <= code_number(first) < SHORT_CODES <= code_number(now) < SHORT_CODES + CODES
    assert code_of(first).count("-") == 2 and code_of(now).count("-") == 3


@given(receipts, st.sampled_from([" ", "", "  ", "·", "_", "–", "．", "\u3000"]))
def test_other_gaps_full_width_digits_and_taken_apart_syllables_are_understood(
    receipt: bytes, gap: str
) -> None:
    code = code_of(receipt)
    wide = "".join(chr(ord(c) - ord("0") + ord("０")) if c.isdigit() else c for c in code)
    spelt = "".join("영일이삼사오육칠팔구"[int(c)] if c.isdigit() else c for c in code)
    tree, digits, flower, *more = code.split("-")
    for typed in (
        code.replace("-", gap),
        wide.replace("-", gap),
        spelt.replace("-", gap),
        f" {unicodedata.normalize('NFD', code)}\n",
        gap.join((flower, *more, tree, digits) if more else (flower, digits, tree)),
    ):
        assert read_code(typed).code == code, typed


@given(receipts, st.data(), st.integers(1, 9))
def test_every_single_wrong_digit_is_noticed(receipt: bytes, data: st.DataObject, by: int) -> None:
    code = code_of(receipt)
    at = data.draw(st.sampled_from([i for i, c in enumerate(code) if c.isdigit()]))
    wrong = f"{code[:at]}{(int(code[at]) + by) % 10}{code[at + 1 :]}"
    assert read_code(wrong).fault is CodeFault.CHECK


@given(receipts, st.data())
def test_two_neighbouring_digits_exchanged_are_noticed(receipt: bytes, data: st.DataObject) -> None:
    code = code_of(receipt)
    pairs = [i for i in range(len(code) - 1) if code[i : i + 2].isdigit()]
    at = data.draw(st.sampled_from(pairs))
    if code[at] != code[at + 1]:
        swapped = code[:at] + code[at + 1] + code[at] + code[at + 2 :]
        assert read_code(swapped).fault is CodeFault.CHECK


def test_of_the_exchanges_of_one_word_for_another_ten_in_eleven_are_noticed() -> None:
    for receipt in (b"one particular r", receipt_key(b"one particular r")):
        code = code_of(receipt)
        tree, _, flower = code.split("-")[:3]
        noticed = [read_code(code.replace(tree, each)).fault for each in TREES if each != tree]
        noticed += [
            read_code(code.replace(flower, each)).fault for each in FLOWERS if each != flower
        ]
        assert noticed.count(CodeFault.CHECK) / len(noticed) > 0.9


@pytest.mark.parametrize(
    ("typed", "fault", "offered"),
    [
        ("소나모-1234-진달래", CodeFault.TREE, "소나무"),
        ("느티나우-1234-진달래", CodeFault.TREE, "느티나무"),
        ("소나무-1234-진달레", CodeFault.FLOWER, "진달래"),
        ("소나모-12345-진달래-67890", CodeFault.TREE, "소나무"),
        ("진달레 67890 소나무 12345", CodeFault.FLOWER, "진달래"),
    ],
)
def test_a_mistyped_word_is_answered_with_its_nearest(
    typed: str, fault: CodeFault, offered: str
) -> None:
    reading = read_code(typed)
    assert reading.fault is fault
    assert offered in reading.nearest
    mended = read_code(with_word(typed, offered))
    assert mended.fault is not fault and offered in with_word(typed, offered)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "소나무",
        "1234",
        "소나무-123-진달래",
        "소나무-12345-진달래",
        "소나무-1234-진달래-67890",
        "소나무-12345-진달래-6789",
        "12345-소나무-67890-진달래",
        "x" * 10_000,
    ],
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
    assert token not in receipt_keys(token) and receipt_key(token) in receipt_keys(token)
    assert read_token(text[:-1]) is None


def test_tokens_of_one_draft_differ_between_attempts_and_stores() -> None:
    drawn = {draw_token(bytes([secret]) * 32, b"draft", attempt)
             for secret in (1, 2) for attempt in range(50)}  # fmt: skip
    assert len(drawn) == 100


def test_codes_already_on_paper_keep_their_meaning() -> None:
    assert code_of(bytes(16)) == "팽나무-9367-개나리"
    assert code_of(bytes(range(16))) == "상수리-0664-매화"
    assert (code_number(bytes(16)), code_number(bytes(range(16)))) == (1_792_404, 3_367_968)
    assert code_of(receipt_key(bytes(16))) == "보리수-48931-분꽃-39815"
    assert code_number(receipt_key(bytes(16))) == 16_258_734_477_782
    first_kind = receipt_keys(bytes(16))[1]
    assert first_kind.hex() == "fbee3438ffb17bf05f852d616a47cf79"
