"""Korean first, English beside it."""

from __future__ import annotations

import pytest

from desktop.i18n import ENGLISH, KOREAN, date_words, dated, month_words, tr, use_language


def test_korean_words_stand_as_they_are_written() -> None:
    use_language(KOREAN)
    assert tr("사업 {n}건", n=65) == "사업 65건"


def test_english_knows_one_and_many() -> None:
    use_language(ENGLISH)
    assert tr("사업 {n}건", n=1) == "1 project"
    assert tr("사업 {n}건", n=65) == "65 projects"


@pytest.mark.parametrize(
    ("date", "english"),
    [
        ("2026", "2026"),
        ("2026-06", "June 2026"),
        ("2018-12-20", "20 December 2018"),
        ("2026-01-05", "5 January 2026"),
        ("2026-13", "2026-13"),
        ("4821-06-1", "4821-06-1"),
    ],
)
def test_english_names_the_month_and_korean_keeps_the_figures(date: str, english: str) -> None:
    use_language(KOREAN)
    assert (date_words(date), tr("{date} 기준", date=date)) == (date, f"{date} 기준")
    use_language(ENGLISH)
    assert (date_words(date), tr("{date} 기준", date=date)) == (english, f"as of {english}")


def test_dates_in_running_text_are_said_as_the_language_says_them() -> None:
    text = "Borders NGII 2023-09-15, 2021-04; call 063-2024-1130 or 12345-06."
    use_language(KOREAN)
    assert dated(text) == text
    use_language(ENGLISH)
    said = "Borders NGII 15 September 2023, April 2021; call 063-2024-1130 or 12345-06."
    assert dated(text) == said


def test_months_have_names_in_english() -> None:
    use_language(ENGLISH)
    assert tr("{year}년 {month}월", year=2025, month=month_words(4)) == "April 2025"
    use_language(KOREAN)
    assert tr("{year}년 {month}월", year=2025, month=month_words(4)) == "2025년 4월"


def test_braces_in_a_value_are_no_placeholders() -> None:
    use_language(KOREAN)
    assert tr("{date} 기준", date="{x}") == "{x} 기준"


def test_a_language_we_do_not_speak_is_refused() -> None:
    with pytest.raises(ValueError, match="language is one of"):
        use_language("fr")
