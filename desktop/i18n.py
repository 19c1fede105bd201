"""Korean first, English beside it.

The Korean sentence in the code is the source text. English lies in `resources/i18n/en/*.toml` as
plain `"한국어" = "English"` lines, one file an area, so a translator needs a text editor and no
compiled catalogue is kept. Values are put in after the look-up: `tr("사업 {n}건", n=65)`. Where
English needs a singular, the line holds a table: `{one = "{n} project", other = "{n} projects"}`.
A date among the values is said as the language says dates: 2026-06 is June 2026 in English.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from desktop import assets

KOREAN, ENGLISH = "ko", "en"
LANGUAGES = (KOREAN, ENGLISH)

_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_DATE = re.compile(r"(\d{4})-(0[1-9]|1[0-2])(?:-(\d\d))?")
_DATE_WITHIN = re.compile(rf"(?<![\d-]){_DATE.pattern}(?![\d-])")

_Plural = dict[str, str]
_english: dict[str, str | _Plural] = {}
_current = KOREAN


def english_lines() -> dict[str, str | _Plural]:
    """All English lines by their Korean source; read once, on the first English visit."""
    if not _english:
        import tomllib  # a Korean visit, and so the first frame, has no use for it

        for name in assets.names("i18n/en", ".toml"):
            _english.update(tomllib.loads(assets.read("i18n/en", name).decode()))
    return _english


def use_language(language: str) -> None:
    """Make `tr` answer in `language` from now on; views built before keep their words."""
    global _current
    if language not in LANGUAGES:
        raise ValueError(f"language is one of {LANGUAGES}, not {language!r}")
    _current = language


def language() -> str:
    return _current


def in_both(say: Callable[[], str]) -> tuple[str, str]:
    """What `say` answers in Korean and in English, whatever the visit speaks: for what is kept."""
    before = _current
    try:
        use_language(KOREAN)
        korean = say()
        use_language(ENGLISH)
        return korean, say()
    finally:
        use_language(before)


def tr(korean: str, **values: object) -> str:
    """`korean` in the visit's language with `values` put in. Call it with a literal."""
    text: str | _Plural = korean
    if _current == ENGLISH:
        text = english_lines().get(korean, korean)
        if isinstance(text, dict):
            text = text["one" if values.get("n") == 1 else "other"]
    assert isinstance(text, str)
    said = {k: date_words(v) if isinstance(v, str) else v for k, v in values.items()}
    return text.format(**said) if said else text


def date_words(date: str) -> str:
    """2026-06 or 2026-06-30 as it stands on a screen; anything else unchanged. Korean keeps the
    figures, in English the month has its name."""
    found = _DATE.fullmatch(date) if _current == ENGLISH else None
    if found is None:
        return date
    year, month, day = found.groups()
    words = f"{_MONTHS[int(month) - 1]} {year}"
    return f"{int(day)} {words}" if day else words


def dated(text: str) -> str:
    """Running text with the dates in it as a screen says them."""
    return _DATE_WITHIN.sub(lambda found: date_words(found[0]), text)


def month_words(month: int) -> str:
    """The month (1 to 12) in front of 월, or its English name."""
    return _MONTHS[month - 1] if _current == ENGLISH else str(month)
