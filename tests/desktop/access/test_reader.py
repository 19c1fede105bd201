"""What is written with signs is spoken in words, in both languages."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.access.reader import aloud, spell
from desktop.access.speech import Speaker
from tests.desktop.access.recording_voice import RecordingVoice

KOREAN = [
    # dates
    ("2026-06-10", "2026년 유월 10일"),
    ("2026.06.10", "2026년 유월 10일"),
    ("2026. 10. 3. 기준", "2026년 시월 3일 기준"),
    ("2026/07/01", "2026년 7월 1일"),
    ("완료 · 2026-06", "완료, 2026년 유월"),
    ("10월 3일", "시월 3일"),
    # ranges
    ("2016~2017년", "2016년에서 2017년"),
    ("2016~2017", "2016년에서 2017년"),
    ("2018-2026", "2018년에서 2026년"),
    ("2018년 ~ 2021년 5월", "2018년에서 2021년 5월"),
    ("2018-07..2026-06", "2018년 7월에서 2026년 유월"),
    ("2025-05-09/2025-05-13", "2025년 5월 9일에서 2025년 5월 13일"),
    ("5월 9~13일", "5월 9일에서 13일"),
    ("5월 9-13일", "5월 9일에서 13일"),
    ("50억～60억 원", "50억에서 60억 원"),
    ("10~20만 그루", "10만에서 20만 그루"),
    ("0.8~1.5km", "0점 8킬로미터에서 1점 5킬로미터"),
    ("2~3명", "두 명에서 세 명"),
    ("(2024~)", "(2024년부터)"),
    ("~2026", "2026년까지"),
    ("안녕~", "안녕"),
    # figures
    ("35.7", "35점 7"),
    ("0.05", "0점 0 5"),
    ("1,234.56m", "1234점 5 6미터"),
    ("10,000,000그루", "10000000그루"),
    ("1만 1,169㎡", "1만 1169제곱미터"),
    ("-25.6 %", "마이너스 25점 6퍼센트"),
    ("−3℃", "섭씨 마이너스 3도"),
    ("-5~3℃", "섭씨 마이너스 5도에서 섭씨 3도"),
    ("±300 m", "플러스마이너스 300미터"),
    ("+5%", "플러스 5퍼센트"),
    ("30~40%", "30퍼센트에서 40퍼센트"),
    ("2.5%p", "2점 5퍼센트포인트"),
    ("1 / 6", "6 가운데 1"),
    ("1/6", "6 가운데 1"),
    ("50 / 300자", "300자 가운데 50"),
    ("4.5 : 1", "4점 5 대 1"),
    ("0.1.0", "0점 1점 0"),
    # what is counted
    ("3그루", "세 그루"),
    ("25명", "스물다섯 명"),
    ("20명", "스무 명"),
    ("100명", "100명"),
    ("65가지입니다", "예순다섯 가지입니다"),
    ("6곳(혼불·달빛)", "여섯 곳(혼불, 달빛)"),
    # units
    ("4,100㎡와 m²", "4100제곱미터와 제곱미터"),
    ("3 m²", "3제곱미터"),
    ("3 m2", "3제곱미터"),
    ("2㎢", "2제곱킬로미터"),
    ("10 ha", "10헥타르"),
    ("10㏊", "10헥타르"),
    ("3km", "3킬로미터"),
    ("3㎞", "3킬로미터"),
    ("500m", "500미터"),
    ("15㎍/㎥", "세제곱미터당 15마이크로그램"),
    ("24″", "24인치"),
    # times
    ("14:30", "14시 30분"),
    ("09:00~18:00", "아홉시에서 18시"),
    ("3시 30분", "세시 30분"),
    ("8시간", "여덟 시간"),
    # codes
    ("은행나무-0372-벌개미취", "은행나무, 공 삼 칠 이, 벌개미취"),
    ("소나무-개나리-4821-진달래", "소나무, 개나리, 사 팔 이 일, 진달래"),
    ("은행나무-0372", "은행나무, 공 삼 칠 이"),
    ("소나무-48215-진달래-07315", "소나무, 사 팔 이 일 오, 진달래, 공 칠 삼 일 오"),
    ("소나무 48215 진달래 07315", "소나무, 사 팔 이 일 오, 진달래, 공 칠 삼 일 오"),
    ("은행나무, 4 8 2 1, 벌개미취", "은행나무, 사 팔 이 일, 벌개미취"),
    ("063-281-2114", "공 육 삼, 이 팔 일, 이 일 일 사"),
    ("1588-1234", "일 오 팔 팔, 일 이 삼 사"),
    ("팔복로 25-3", "팔복로 25 다시 3"),
    # other signs
    ("국가·전북도/전주시", "국가, 전북도, 전주시"),
    ("※ **굵게** 「글」", "굵게 글"),
    ("① 나무 ② 꽃", "1, 나무 2, 꽃"),
    ("２０２６－０６－１０", "2026년 유월 10일"),
    ("3 × 4", "3 곱하기 4"),
    # what is sound stays
    ("나무를 더 심어 주세요, 버튼", "나무를 더 심어 주세요, 버튼"),
    ("2층 1위 30초", "2층 1위 30초"),
    ("PM10", "PM10"),
]
ENGLISH = [
    ("2026-06-10", "10 June 2026"),
    ("2026-06", "June 2026"),
    ("2018-07..2026-06", "July 2018 to June 2026"),
    ("2016~2017", "2016 to 2017"),
    ("2018-2026", "2018 to 2026"),
    ("9–13 May", "9 to 13 May"),
    ("0.8~1.5 km", "0 point 8 to 1 point 5 kilometres"),
    ("2024~", "from 2024"),
    ("~2026", "until 2026"),
    ("35.7", "35 point 7"),
    ("0.05", "0 point 0 5"),
    ("10,000,000 trees", "10000000 trees"),
    ("-25.6 %", "minus 25 point 6 percent"),
    ("−3℃", "minus 3 degrees Celsius"),
    ("±300 m", "plus or minus 300 metres"),
    ("1 / 6", "1 of 6"),
    ("50/300", "50 of 300"),
    ("4.5:1", "4 point 5 to 1"),
    ("4,100㎡", "4100 square metres"),
    ("3 m²", "3 square metres"),
    ("10 ha", "10 hectares"),
    ("1 ha", "1 hectare"),
    ("3km", "3 kilometres"),
    ("15㎍/㎥", "15 micrograms per cubic metre"),
    ("14:30", "2 30 PM"),
    ("09:05", "9 oh 5 AM"),
    ("12:00", "12 PM"),
    ("00:00", "12 AM"),
    ("pine-0372-lily", "pine, zero three seven two, lily"),
    ("063-281-2114", "zero six three, two eight one, two one one four"),
    ("map · list", "map, list"),
    ("a & b", "a and b"),
    ("A well-known tree", "A well-known tree"),
]


@pytest.mark.parametrize(("written", "said"), KOREAN)
def test_korean_is_read_in_words(written: str, said: str) -> None:
    assert aloud(written, "ko") == said


@pytest.mark.parametrize(("written", "said"), ENGLISH)
def test_english_is_read_in_words(written: str, said: str) -> None:
    assert aloud(written, "en") == said


@given(
    st.text("0123456789.,~-−/:%m²㎡hak 년월일시가나·", max_size=40), st.sampled_from(("ko", "en"))
)
def test_no_sign_that_a_voice_names_is_ever_left(written: str, language: str) -> None:
    said = aloud(written, language)
    assert not re.search(r"[~%²㎡−·/]|\d\.\d", said), said


def test_a_text_of_the_longest_length_is_read_at_once() -> None:
    assert aloud("1~" * 2000, "ko")
    assert aloud("1,234" * 800, "en")
    assert aloud("가-" * 2000, "ko")


def test_a_receipt_number_stands_apart_for_assistive_technology() -> None:
    assert spell("은행나무-4821-벌개미취") == "은행나무, 4 8 2 1, 벌개미취"


def test_a_speaker_shows_what_is_written_and_speaks_what_is_said(voice: RecordingVoice) -> None:
    speaker = Speaker(voice)
    shown: list[str] = []
    speaker.said.connect(shown.append)
    speaker.set_on(True)
    speaker.say("1 / 6, 35.7 ha")
    speaker.use(language="en", rate=1, volume=50)
    speaker.repeat()
    assert shown == ["1 / 6, 35.7 ha", "1 / 6, 35.7 ha"]
    assert voice.texts == ["6 가운데 1, 35점 7헥타르", "1 of 6, 35 point 7 hectares"]
