"""Whatever the program says in Korean it says in English too, with the same values in it."""

from __future__ import annotations

import re
import string
import tomllib
from collections import Counter
from pathlib import Path

from tests.gates.sources import ROOT, place, python_files, tree_of
from tests.gates.spoken import Said, calls_of_tr, korean_outside_tr

ENGLISH = ROOT / "resources" / "i18n" / "en"
#: Screens and their parts: Korean written here reaches a resident, so it goes through `tr`.
SPEAKING = ("kiosk", "desk", "exchange", "words", "widgets", "access", "keyboard", "map", "charts")
#: Names that are written the same way in every language.
NAMES = {"천만정원", "한국어", "두벌식", "천지인", "한글"}

Line = str | dict[str, str]


def said() -> list[Said]:
    paths = [path for path in python_files("desktop") if path.name != "i18n.py"]
    return [call for path in paths for call in calls_of_tr(path, tree_of(path))]


def areas() -> dict[Path, dict[str, Line]]:
    return {
        path: tomllib.loads(path.read_text(encoding="utf-8"))
        for path in sorted(ENGLISH.glob("*.toml"))
    }


def english() -> dict[str, Line]:
    return {korean: line for area in areas().values() for korean, line in area.items()}


def values_in(text: str) -> set[str]:
    return {field for _, field, _, _ in string.Formatter().parse(text) if field is not None}


def test_tr_is_only_ever_given_literal_text() -> None:
    assert not [place(call.path, call.line) for call in said() if call.korean is None]


def test_every_korean_sentence_has_an_english_line() -> None:
    lines = english()
    missing = {c.korean: place(c.path, c.line) for c in said() if c.korean not in lines}
    assert not missing


def test_every_english_line_is_still_spoken() -> None:
    spoken = {call.korean for call in said()}
    assert not [korean for korean in english() if korean not in spoken]


def test_no_two_areas_translate_the_same_korean() -> None:
    count = Counter(korean for area in areas().values() for korean in area)
    assert not [korean for korean, times in count.items() if times > 1]


def test_english_carries_the_same_values_as_the_korean() -> None:
    wrong = []
    for korean, line in english().items():
        if isinstance(line, dict):
            forms, wanted = line, values_in(korean) | {"n"}
            # "one" may say "a project" where Korean gives the number.
            right = set(forms) == {"one", "other"} and (
                values_in(forms["other"]) | {"n"} == wanted
                and values_in(forms["one"]) | {"n"} == wanted
            )
        else:
            right = values_in(line) == values_in(korean)
        if not right:
            wrong.append(korean)
    assert not wrong


#: Knows how each language says figures and units; it is handed the language and shows nothing.
READER = "reader.py"
#: And these are the letters themselves, with the names they are read by.
LETTERS = "layouts.py"


def test_no_screen_asks_for_what_only_a_prompt_can_do() -> None:
    lines = english()
    said_in_english = [
        words
        for line in lines.values()
        for words in (line.values() if isinstance(line, dict) else [line])
    ]
    typed = re.compile(r"cheonman [a-z]|--\w")
    assert not [words for words in (*lines, *said_in_english) if typed.search(words)]


def test_every_english_line_says_something_in_english() -> None:
    texts = [
        text
        for line in english().values()
        for text in (line.values() if isinstance(line, dict) else [line])
    ]
    assert all(text.strip() for text in texts)


def test_particles_follow_the_sound_before_them() -> None:
    """를 and 와 after the wrong sound are easily left behind when a noun is exchanged."""

    def closed(syllable: str) -> bool:
        return (ord(syllable) - ord("가")) % 28 > 0

    wrong = [
        korean
        for korean in english()
        for noun, particle in re.findall(r"([가-힣])(를|와)(?![가-힣])", korean)
        if closed(noun)
    ]
    assert not wrong


def test_no_korean_on_a_screen_bypasses_the_translation() -> None:
    found = [
        f"{place(path, line)} {text!r}"
        for path in python_files(*(f"desktop/{part}" for part in SPEAKING))
        if path.name not in (READER, LETTERS)
        for line, text in korean_outside_tr(tree_of(path))
        if text not in NAMES
    ]
    assert not found
