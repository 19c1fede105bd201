"""What residents read: one word for one thing, one way of speaking, no notes among curators."""

from __future__ import annotations

import re

import pytest

from db.catalogue.loading import load_catalogue
from desktop import i18n

CATALOGUE = load_catalogue()
#: What the resident says themselves, by pressing it.
THEIRS = frozenset(
    (
        *("나도 심었어요", "다 했어요", "여기로 할게요", "남기지 않을게요", "연락처를 남길게요"),
        *("연락처 없이 보낼게요", "잘하고 있어요", "알고 싶어요", "만족해요", "보통이에요"),
        *("아쉬워요", "네 자리뿐이에요"),
    )
)
#: Statements in 해요체. Questions and requests (-나요, -까요, -세요) are polite in both.
_CASUAL = re.compile(r"(?:어|아|해|에|여|와|워|려|져|돼|러|라|보내|가|서|써|내|게)요(?=[.,)]|$)")
_PLAIN = re.compile(r"(?<!니)다(?=[.,)]|$)")
_REQUEST = re.compile(r"세요|나요|까요|가요")
#: A word for a thing that has another word already.
_SECOND_WORDS = ("뒤로", "지도로", "위", "아래", "글자판")
_CURATORS = (
    "지면",
    "판독",
    "글자가 깨",
    "랜드마크 목록",
    "좌표",
    "점을 두",
)


def _residents_words() -> list[str]:
    return [line for line in i18n.english_lines() if re.search("[가-힣]", line)]


def _told() -> list[str]:
    told = []
    for project in CATALOGUE.projects:
        told += [project.name_ko, project.summary_ko, project.notes_ko or "", project.place_ko]
    ledger = CATALOGUE.trees
    told += [p.note_ko or "" for p in ledger.plantings]
    return [line for line in told if line]


def test_the_program_speaks_in_one_way() -> None:
    casual = [
        line
        for line in _residents_words()
        if line not in THEIRS and _CASUAL.search(_REQUEST.sub("", line))
    ]
    assert not casual


def test_what_is_told_of_projects_and_trees_is_told_in_the_same_way() -> None:
    assert not [line for line in _told() if _PLAIN.search(line)]


def test_no_second_word_names_a_thing_that_has_one() -> None:
    lines = _residents_words()
    assert not [line for line in lines if line in _SECOND_WORDS or "글자판" in line]


@pytest.mark.parametrize("word", _CURATORS)
def test_no_note_among_curators_reaches_a_resident(word: str) -> None:
    assert not [line for line in _told() if word in line]


def test_no_source_is_named_by_a_file_number_or_a_scan() -> None:
    names = [(s.title_ko or "", s.publisher or "") for s in CATALOGUE.sources.values()]
    assert not [name for name in names if re.search(r"파일 \d|OCR|지면", " ".join(name))]


def test_english_words_are_written_for_residents() -> None:
    for project in CATALOGUE.projects:
        for words in (project.summary_en, project.notes_en or ""):
            assert not re.search(r"\bm2\b|\bseed\b|garbled|misread|caption|OCR", words), project.id
