"""What is one matter and what only looks so: words, sides, demands, turns, numbers, seasons."""

from __future__ import annotations

import pytest

from db.groups.gist import Gist, GistReader, Told
from db.groups.likeness import LikeReason, Rarity, likeness, shared_words
from tests.db.groups.labelled import score

READER = GistReader()
DAY_US = 86_400_000_000


def told(text: str, *, kind: str = "problem", project: str = "park", day: int = 0) -> Gist:
    return READER.gist(Told(text=text, kind=kind, project=project, at_us=day * DAY_US))


def _compared(one: Gist, other: Gist) -> tuple[bool, tuple[LikeReason, ...]]:
    found = likeness(one, other, Rarity([one, other]))
    assert found == likeness(other, one, Rarity([one, other]))
    return found.together, found.against


@pytest.mark.parametrize(
    "one, other",
    [
        ("연못 산책로가 밤에 너무 어두워요", "가로등이 나가서 발밑이 안 보입니다"),
        ("벤치가 모자라요. 앉을 데가 없습니다", "쉴 의자 좀 놓아 주세요"),
        ("안녕하세요. 수고 많으십니다. 화장실 냄새가 나요", "화장실 악취 때문에 못 들어갑니다"),
        ("쓰레기가 너무 많아요", "쓰레기가너무많아요!!"),
    ],
)
def test_other_words_for_one_matter_at_one_place_are_together(one: str, other: str) -> None:
    assert _compared(told(one), told(other)) == (True, ())


@pytest.mark.parametrize(
    "one, other, why",
    [
        ("연못 북쪽 길이 어두워요", "연못 남쪽 길이 어두워요", LikeReason.OTHER_SIDE),
        ("버스를 늘려 주세요", "버스를 줄여 주세요", LikeReason.OPPOSITE),
        ("버드나무를 베지 말아 주세요", "버드나무를 베어 주세요", LikeReason.OPPOSITE),
        ("쉼터 말고 놀이터를 지어 주세요", "놀이터 말고 쉼터를 지어 주세요", LikeReason.SWAPPED),
        ("의자가 부족해요", "지난번에 의자가 부족하다고 쓴 사람입니다", LikeReason.FOLLOWS),
        ("79번 버스가 안 와요", "684번 버스가 안 와요", LikeReason.NUMBER),
        ("정문에 택시 타는 곳이 멀어요", "정문에 그늘막 치는 곳이 멀어요", LikeReason.OTHER_WORDS),
        ("화장실에서 냄새가 나요", "자전거가 너무 빨라요", LikeReason.OTHER_MATTER),
    ],
)
def test_what_only_looks_like_it_is_kept_apart_with_its_reason(
    one: str, other: str, why: LikeReason
) -> None:
    together, against = _compared(told(one), told(other))
    assert not together and why in against


def test_the_same_words_about_another_project_or_in_another_year_are_another_matter() -> None:
    words = "그늘이 없어서 너무 더워요"
    assert _compared(told(words), told(words)) == (True, ())
    assert LikeReason.OTHER_PLACE in _compared(told(words), told(words, project="lake"))[1]
    assert LikeReason.LONG_AGO in _compared(told(words), told(words, day=365))[1]
    assert LikeReason.PRAISE in _compared(told(words), told(words, kind="praise"))[1]


def test_points_far_from_each_other_are_two_places_and_near_ones_are_one() -> None:
    def at(lat: float, lon: float) -> Gist:
        return READER.gist(Told(text="불이 꺼져 있어요", kind="problem", lat=lat, lon=lon))

    here = at(35.8467, 127.1214)
    assert _compared(here, at(35.8470, 127.1220)) == (True, ())
    assert _compared(here, at(35.8520, 127.1214))[1] == (LikeReason.FAR,)


def test_the_words_that_two_share_are_marked_where_they_stand() -> None:
    text = "밤에 산책로가 캄캄합니다. 빨리요"
    marks = shared_words(told("연못 산책로가 어두워요"), text)
    assert [text[start:end] for start, end in marks] == ["산책로가", "캄캄합니다."]


@pytest.mark.parametrize("name, precision, recall", [("shown", 0.75, 0.8), ("kept", 0.7, 0.6)])
def test_labelled_pairs_are_told_apart_no_worse_than_before(
    name: str, precision: float, recall: float
) -> None:
    """Far from what is wanted (0.95 and 0.90): raise these with every step towards it."""
    found = score(name)
    assert found.pairs > 700
    assert found.precision >= precision and found.recall >= recall
