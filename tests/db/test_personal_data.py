"""Personal data in free text is noticed in the guises people use, and little else is."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.privacy.personal_data import (
    PersonalData,
    PersonalDatum,
    find_personal_data,
    refuse_registration_numbers,
)
from db.problems import InputRefused

PHONE, EMAIL, NUMBER = PersonalData.PHONE, PersonalData.EMAIL, PersonalData.REGISTRATION_NUMBER


def marked(text: str) -> list[tuple[PersonalData, str]]:
    return [(each.kind, text[each.start : each.end]) for each in find_personal_data(text)]


@pytest.mark.parametrize(
    "number",
    [
        "010-1234-5678", "01012345678", "010 1234 5678", "010.1234.5678", "(010) 1234-5678",
        "+82-10-1234-5678", "+821012345678", "０１０－１２３４－５６７８", "⓪①⓪-1234-5678",
        "010다시1234다시5678", "공일공 일이삼사 오육칠팔", "공일공-1234-오육칠팔", "O1O-1234-5678",
        "010-l234-5678", "063-281-2114", "02-123-4567", "011-123-4567", "070-1234-5678",
        "010\u200b-1234-5678", "010 - 1234 - 5678", "0505-123-4567",
    ],
)  # fmt: skip
def test_a_phone_number_is_found_in_every_guise(number: str) -> None:
    assert [kind for kind, _ in marked(f"제 번호는 {number} 입니다")] == [PHONE]


@pytest.mark.parametrize(
    "address",
    [
        "hong@example.com", "HONG.gil-dong+1@mail.example.co.kr", "hong＠example.com",
        "hong 골뱅이 example.com", "hong@example 점 com", "hong(at)example.com",
        "hong [at] example [dot] com", "hong골뱅이example쩜com", "ｈｏｎｇ@example.com",
    ],
)  # fmt: skip
def test_an_address_is_found_in_every_guise(address: str) -> None:
    assert [kind for kind, _ in marked(f"답은 {address} 으로")] == [EMAIL]


@pytest.mark.parametrize(
    "number",
    [
        "900101-1234567", "9001011234567", "900101 1234567", "900101 - 1234567",
        "９００１０１-１２３４５６７", "050101-3234568", "850505-5234567", "900101-1234568",
        "구공공일공일 일이삼사오육칠", "900101–1234567", "900101.1234567",
    ],
)  # fmt: skip
def test_a_registration_number_is_refused_whether_its_check_holds_or_not(number: str) -> None:
    with pytest.raises(InputRefused) as refused:
        refuse_registration_numbers(f"번호 {number} 확인")
    assert refused.value.field == "text"
    assert number not in refused.value.sentence("ko") + refused.value.sentence("en")


@pytest.mark.parametrize(
    "text",
    [
        "천만그루 10,000,000 그루", "2018-07-02부터 2026-06-30까지", "예산 63,000,000원",
        "사업비 1,080,000,000,000원", "버스 1000번 3-1번", "우편번호 54994", "기린대로 451",
        "이 일이 삼사일 걸려요", "오육칠월에 팔복동에서", "2026년 11월 22일 오후 3시 30분",
        "위도 35.8242 경도 127.1480", "민원 1588-1234", "@전주 최고", "a@b",
        "좋아요!!!! 100점 만점에 100점",
        "공공 600만 그루와 민간 400만 그루", "사진 20261122 153000", "9999999999999",
    ],
)  # fmt: skip
def test_what_residents_write_about_trees_is_left_alone(text: str) -> None:
    assert marked(text) == []


def test_the_span_is_exactly_what_must_go() -> None:
    text = "전화는 010-1234-5678이에요, 메일은 a.b@example.com."
    assert marked(text) == [(PHONE, "010-1234-5678"), (EMAIL, "a.b@example.com")]


def test_several_findings_come_in_order_and_never_overlap() -> None:
    text = "900101-1234567 010-1234-5678 x@example.com 010 9999 8888"
    found = find_personal_data(text)
    assert [each.kind for each in found] == [NUMBER, PHONE, EMAIL, PHONE]
    assert all(one.end <= other.start for one, other in pairwise(found))


@given(st.text(max_size=200))
def test_no_text_breaks_the_search_and_every_span_lies_in_it(text: str) -> None:
    for each in find_personal_data(text):
        assert isinstance(each, PersonalDatum)
        assert 0 <= each.start < each.end <= len(text)


@given(
    st.text(st.characters(min_codepoint=0xAC00, max_codepoint=0xAC10), max_size=20),
    st.integers(10_000_000, 99_999_999),
)
def test_a_written_mobile_number_is_found_wherever_it_stands(around: str, rest: int) -> None:
    number = f"010-{rest // 10_000}-{rest % 10_000:04d}"
    assert marked(f"{around}{number}{around}") == [(PHONE, number)]


@pytest.mark.parametrize("piece", ["0", "010-", "a@", "a.", "1 ", "공", "(at)", "가-"])
def test_a_long_paste_is_searched_in_no_time(piece: str) -> None:
    assert len(find_personal_data(piece * 200_000)) < 20_000
