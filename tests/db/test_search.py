"""Projects are found by name, place and initials, at every stage of typing."""

from __future__ import annotations

import re
import unicodedata

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.catalogue.loading import load_catalogue
from db.catalogue.search import ProjectIndex
from db.records import Project

CATALOGUE = load_catalogue()
INDEX = ProjectIndex(CATALOGUE.projects)
PARK = next(project for project in CATALOGUE.projects if project.name_ko.startswith("덕진공원"))


@pytest.mark.parametrize(
    "typed",
    ["ㄷ", "더", "덕", "덕ㅈ", "덕지", "덕진", "덕진ㄱ", "덕진고", "덕진공", "덕진공ㅇ", "덕진공우",
     "덕진공워", "덕진공원", "ㄷㅈ", "ㄷㅈㄱ", "ㄷㅈㄱㅇ", "ㄷㅈ공원", "덕진 공원", " 덕진공원 ",
     "공원 덕진", "DEOKJIN", "deokjin park"],
)  # fmt: skip
def test_a_park_is_found_at_every_stage_of_typing_its_name(typed: str) -> None:
    assert PARK.id in INDEX.find(typed)


@pytest.mark.parametrize(("typed", "name"), [("남", "나무길"), ("닭", "달걀길"), ("없", "업소길")])
def test_a_final_letter_that_will_move_on_hides_nothing(typed: str, name: str) -> None:
    project = msgspec.structs.replace(PARK, id="moving", name_ko=name)
    assert ProjectIndex([project]).find(typed) == ["moving"]


def test_names_that_begin_with_the_word_come_first_then_names_then_places() -> None:
    def named(id: str, name: str, place: str) -> Project:
        return msgspec.structs.replace(PARK, id=id, name_ko=name, place_ko=place, legal_dong=None)

    index = ProjectIndex(
        [named("place", "도서관", "팔복동"), named("inside", "새 팔복예술공장", "전주"),
         named("start", "팔복예술공장", "전주")]
    )  # fmt: skip
    assert index.find("팔복") == ["start", "inside", "place"]
    assert index.find("ㅍㅂ") == ["start", "inside", "place"]


def test_a_dong_finds_its_projects() -> None:
    found = set(INDEX.find("팔복동"))
    assert found >= {p.id for p in CATALOGUE.projects if (p.legal_dong or "").startswith("팔복동")}


def test_nothing_typed_shows_all_in_their_order() -> None:
    assert INDEX.find("  ") == [project.id for project in CATALOGUE.projects]


@pytest.mark.parametrize(
    "typed", ["없는이름", "ㅏ", "ㄷㅈㄱㅇㅋㅋ", "덕진 없음", "\n", "(?", "[a-"]
)
def test_what_is_not_there_finds_nothing_and_breaks_nothing(typed: str) -> None:
    assert INDEX.find(typed) in ([], [project.id for project in CATALOGUE.projects])


@given(st.sampled_from(CATALOGUE.projects), st.data())
def test_every_part_of_every_name_finds_it(project: Project, data: st.DataObject) -> None:
    name = "".join(project.name_ko.split())
    start = data.draw(st.integers(0, len(name) - 1))
    end = data.draw(st.integers(start + 1, len(name)))
    assert project.id in INDEX.find(name[start:end])


@given(st.sampled_from(CATALOGUE.projects))
def test_the_initials_of_every_name_find_it(project: Project) -> None:
    initials = "".join(
        "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"[(ord(letter) - 0xAC00) // 588]
        for letter in project.name_ko
        if 0xAC00 <= ord(letter) <= 0xD7A3
    )
    beginning = project.name_ko.split()[0]
    whole = len([letter for letter in beginning if 0xAC00 <= ord(letter) <= 0xD7A3])
    if whole == len(beginning):
        assert project.id in INDEX.find(initials[:whole])


@given(st.text(max_size=80))
def test_no_query_breaks_the_search(typed: str) -> None:
    assert len(set(INDEX.find(typed))) == len(INDEX.find(typed))


@given(st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3), st.sampled_from(["", "ㄱ", "덕"]))
def test_the_short_ways_find_what_looking_everywhere_finds(syllable: str, before: str) -> None:
    looked = re.compile(pattern(before + syllable)).search
    everywhere = {
        project.id
        for project in CATALOGUE.projects
        if any(
            looked("".join(unicodedata.normalize("NFC", words).casefold().split()))
            for words in (project.name_ko, project.name_en, project.place_ko)
            + ((project.legal_dong,) if project.legal_dong else ())
            + ((project.place_en,) if project.place_en else ())
        )
    }
    assert set(INDEX.find(before + syllable)) == everywhere


def pattern(word: str) -> str:
    """Everything the last syllable may become, spelt out letter by letter."""
    head = word[:-1].replace("ㄱ", "[가-깋ㄱ]")
    apart = unicodedata.normalize("NFD", word[-1])
    vowels = {"ᅩ": "ᅩᅪᅫᅬ", "ᅪ": "ᅪᅫ", "ᅮ": "ᅮᅯᅰᅱ", "ᅯ": "ᅯᅰ", "ᅳ": "ᅳᅴ"}
    finals = ["", *map(chr, range(0x11A8, 0x11C3))]
    if len(apart) == 2:
        forms = [apart[0] + v + f for v in vowels.get(apart[1], apart[1]) for f in finals]
        return head + "(?:" + "|".join(unicodedata.normalize("NFC", form) for form in forms) + ")"
    grown = {"ᆨ": "ᆨᆩᆪ", "ᆫ": "ᆫᆬᆭ", "ᆯ": "ᆯᆰᆱᆲᆳᆴᆵᆶ", "ᆸ": "ᆸᆹ"}
    stays = [unicodedata.normalize("NFC", apart[:2] + f) for f in grown.get(apart[2], apart[2])]
    kept, moved = MOVES[apart[2]]
    open_form = unicodedata.normalize("NFC", apart[:2] + kept)
    first = 0xAC00 + 588 * INITIALS.index(moved)
    goes = f"{open_form}[{chr(first)}-{chr(first + 587)}{moved}]"
    return f"{head}(?:{'|'.join([*stays, goes])})"


INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
#: Each final consonant: what stays and what moves on when a vowel follows.
MOVES = dict(
    zip(
        map(chr, range(0x11A8, 0x11C3)),
        [("", "ㄱ"), ("", "ㄲ"), ("ᆨ", "ㅅ"), ("", "ㄴ"), ("ᆫ", "ㅈ"), ("ᆫ", "ㅎ"), ("", "ㄷ"),
         ("", "ㄹ"), ("ᆯ", "ㄱ"), ("ᆯ", "ㅁ"), ("ᆯ", "ㅂ"), ("ᆯ", "ㅅ"), ("ᆯ", "ㅌ"), ("ᆯ", "ㅍ"),
         ("ᆯ", "ㅎ"), ("", "ㅁ"), ("", "ㅂ"), ("ᆸ", "ㅅ"), ("", "ㅅ"), ("", "ㅆ"), ("", "ㅇ"),
         ("", "ㅈ"), ("", "ㅊ"), ("", "ㅋ"), ("", "ㅌ"), ("", "ㅍ"), ("", "ㅎ")],
        strict=True,
    )
)  # fmt: skip
