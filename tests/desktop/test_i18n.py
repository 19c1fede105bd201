"""Korean first, English beside it."""

from __future__ import annotations

import pytest

from desktop.i18n import ENGLISH, KOREAN, tr, use_language


def test_korean_words_stand_as_they_are_written() -> None:
    use_language(KOREAN)
    assert tr("사업 {n}건", n=65) == "사업 65건"


def test_english_knows_one_and_many() -> None:
    use_language(ENGLISH)
    assert tr("사업 {n}건", n=1) == "1 project"
    assert tr("사업 {n}건", n=65) == "65 projects"


def test_braces_in_a_value_are_no_placeholders() -> None:
    use_language(KOREAN)
    assert tr("{date} 기준", date="{x}") == "{x} 기준"


def test_a_language_we_do_not_speak_is_refused() -> None:
    with pytest.raises(ValueError, match="language is one of"):
        use_language("fr")
