"""How written things are said: dates, ranges, figures, units and codes become words.

A voice reads letters and whole numbers well and signs badly: it says "tilde", drops a decimal point
or a minus, and spells m². Each table below is applied from top to bottom, once; a rule sees what
the ones before it left. What is shown stays as it is: only what is spoken comes through here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache

from desktop.i18n import KOREAN

Rule = tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]]

_DIGITS_KO = dict(zip("0123456789", "공일이삼사오육칠팔구", strict=True))
_DIGITS_EN = dict(
    zip(
        "0123456789",
        ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
        strict=True,
    )
)
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
#: 유월 and 시월 are said unlike the numbers they are written with.
_ODD_MONTHS = {6: "유월", 10: "시월"}

#: What follows a figure: (spellings, Korean, English for one, English for more).
_UNITS = (
    ("km²|km2|㎢", "제곱킬로미터", "square kilometre", "square kilometres"),
    ("m²|m2|㎡", "제곱미터", "square metre", "square metres"),
    ("m³|m3|㎥", "세제곱미터", "cubic metre", "cubic metres"),
    ("km|㎞", "킬로미터", "kilometre", "kilometres"),
    ("cm|㎝", "센티미터", "centimetre", "centimetres"),
    ("mm|㎜", "밀리미터", "millimetre", "millimetres"),
    ("ha|㏊", "헥타르", "hectare", "hectares"),
    ("kg|㎏", "킬로그램", "kilogram", "kilograms"),
    ("[µμ]g|㎍", "마이크로그램", "microgram", "micrograms"),
    ("mg|㎎", "밀리그램", "milligram", "milligrams"),
    ("GB", "기가바이트", "gigabyte", "gigabytes"),
    ("MB", "메가바이트", "megabyte", "megabytes"),
    ("dBA|dB", "데시벨", "decibel", "decibels"),
    ("%p|%P|％p", "퍼센트포인트", "percentage point", "percentage points"),
    ("%|％", "퍼센트", "percent", "percent"),
    ("℃|°C", "도", "degree Celsius", "degrees Celsius"),
    ("°", "도", "degree", "degrees"),
    ("″", "인치", "inch", "inches"),
    ("yr", "년", "year", "years"),
    ("ℓ|L", "리터", "litre", "litres"),
    ("m", "미터", "metre", "metres"),
    ("g", "그램", "gram", "grams"),
    ("t", "톤", "tonne", "tonnes"),
)  # fmt: skip
_UNIT = "|".join(spellings for spellings, *_ in _UNITS)
_NO_LETTER = r"(?![A-Za-z0-9²³])"
#: Full-width letters, circled and Roman numbers: other shapes of what every rule knows.
_SHAPES = {
    **{code: unicodedata.normalize("NFKC", chr(code)) for code in range(0xFF01, 0xFF5F)},
    **{0x2460 + i: f"{i + 1}, " for i in range(20)},
    **{0x2160 + i: str(i + 1) for i in range(12)},
}
_FIGURE = r"\d+(?:,\d{3})*(?:\.\d+)?"
_YEAR = r"(?:19|20)\d\d"
_MONTH = r"(?:1[0-2]|0?[1-9])"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])"
_TILDE = r"[~～〜∼]"
_CLOCK = re.compile(r"(?<![\d:.])(2[0-4]|[01]?\d):([0-5]\d)(?::([0-5]\d))?(?![\d:])")

#: Counted with the native numbers: 세 그루, not 삼 그루.
_COUNTERS = "그루|가지|사람|마리|시간|번째|명|곳|개|칸|줄|권|살|달|쪽"
_ONES = ("", "한", "두", "세", "네", "다섯", "여섯", "일곱", "여덟", "아홉")
_TENS = ("", "열", "스물", "서른", "마흔", "쉰", "예순", "일흔", "여든", "아흔")
#: Said after both ends of a range, though it is written after the second only: 9일에서 13일.
_SHARED = f"년|월|일|시|분|초|층|위|회|차|쪽|단계|만|억|천|{_COUNTERS}|{_UNIT}"


def aloud(text: str, language: str) -> str:
    """`text` as it is to be spoken in `language`."""
    text = text.translate(_SHAPES)
    for pattern, said in _rules(language):
        text = pattern.sub(said, text)
    return " ".join(text.split())


def spell(code: str) -> str:
    """A receipt number with its parts and digits apart, for whoever reads it to a person."""
    parts = (" ".join(part) if part.isdecimal() else part for part in code.split("-"))
    return ", ".join(parts)


@cache
def _rules(language: str) -> tuple[Rule, ...]:
    korean = language == KOREAN
    return (*_codes(korean), *(_korean() if korean else _english()), *_signs(korean))


def _codes(korean: bool) -> tuple[Rule, ...]:
    """What is no quantity is said digit by digit: receipt numbers and telephone numbers."""
    words = _DIGITS_KO if korean else _DIGITS_EN

    def digits(match: re.Match[str]) -> str:
        parts = re.split(r"\s*[-–]\s*|\s+", match[0])
        return ", ".join(
            " ".join(words[c] for c in part) if part.isdecimal() else part for part in parts
        )

    def apart(match: re.Match[str]) -> str:
        return " ".join(words[c] for c in match[0].split())

    letters = r"[가-힣A-Za-z]+"
    return (
        (re.compile(rf"(?:{letters}-)+\d{{3,5}}(?:-{letters}(?:-\d{{5}})?)*(?![\d-])"), digits),
        (re.compile(rf"{letters} \d{{5}} {letters} \d{{5}}(?!\d)"), digits),
        (re.compile(r"(?<![\d-])0\d{1,2}-\d{3,4}-\d{4}(?![\d-])"), digits),
        (re.compile(r"(?<![\d-])1[5-9]\d\d-\d{4}(?![\d-])"), digits),
        (re.compile(r"(?<!\d)(?<!\d )\d(?: \d){3,}(?! ?\d)"), apart),
    )


def _korean() -> tuple[Rule, ...]:
    def date(match: re.Match[str]) -> str:
        year, month, day = match[1], int(match[2]), match[3]
        said = f"{year}년 {_ODD_MONTHS.get(month, f'{month}월')}"
        return f"{said} {int(day)}일" if day else said

    def clock(match: re.Match[str]) -> str:
        hour, minute, second = int(match[1]), int(match[2]), int(match[3] or 0)
        said = f"{_native(hour) if 1 <= hour <= 12 else hour}시"
        said += f" {minute}분" if minute or second else ""
        return f"{said} {second}초" if second else said

    def counted(match: re.Match[str]) -> str:
        return f"{_native(int(match[1]))} {match[2]}"

    def decimal(match: re.Match[str]) -> str:
        whole, *rest = match[0].split(".")
        return f"{whole}점 " + "점 ".join(" ".join(part) for part in rest)

    def rate(match: re.Match[str]) -> str:
        return f"{_unit(match[3])[0]}당 {match[1]}{_unit(match[2])[0]}"

    return (
        *_dates(date),
        (re.compile(rf"({_FIGURE})\s*{_TILDE}\s*({_FIGURE})\s*({_SHARED})"), r"\1\3에서 \2\3"),
        (re.compile(rf"({_YEAR})\s*(?:[-–]|{_TILDE})\s*({_YEAR})(?!\d)(년?)"), r"\1년에서 \2년"),
        (
            re.compile(rf"(?<![\d-])(\d+)\s*[-–]\s*(\d+)(년|월|일|시|분|명|{_UNIT})"),
            r"\1\3에서 \2\3",
        ),
        (re.compile(r"(?<=\d)\s*–\s*(?=\d)"), "에서 "),
        (re.compile(rf"(?<!\d)({_YEAR})\s*{_TILDE}(?!\s*\d)"), r"\1년부터 "),
        (re.compile(rf"{_TILDE}\s*({_YEAR})(?![\d년])"), r"\1년까지"),
        (re.compile(rf"(?<=[\w%％℃°²³)])\s*{_TILDE}\s*(?=[-−+±]?[\w(])"), "에서 "),
        (re.compile(rf"(?<=[\d년월일시분])\s*{_TILDE}"), "부터 "),
        (re.compile(rf"{_TILDE}\s*([-−]?\d[\d,.]*[^\s,.)]*)"), r"\1까지"),
        (_CLOCK, clock),
        (re.compile(r"(?<=\d)\s*:\s*(?=\d)"), " 대 "),
        (
            re.compile(r"(?<![\d.,])(1[0-2]|[1-9])(?=시(?![간군장민내청도]))"),
            lambda m: _native(int(m[1])),
        ),
        (re.compile(r"(?<![\d.,])(6|10)월"), lambda m: _ODD_MONTHS[int(m[1])]),
        (re.compile(rf"(?<![\d.,/])([1-9]\d?)\s?({_COUNTERS})(?![a-z])"), counted),
        (re.compile(rf"({_FIGURE})\s*/\s*({_FIGURE}[가-힣]?)(?![\d/])"), r"\2 가운데 \1"),
        (re.compile(rf"({_FIGURE})\s*({_UNIT})/({_UNIT}){_NO_LETTER}"), rate),
        (re.compile(rf"({_UNIT})/({_UNIT}){_NO_LETTER}"), _per_korean),
        *_thousands_and_units(korean=True),
        (re.compile(r"(?<!\d)\d+(?:\.\d+)+"), decimal),
        (re.compile(r"(?<![\w)])[-−–]\s?(?=\d)"), "마이너스 "),
        (re.compile(r"(?<=\d)[-−–](?=\d)"), " 다시 "),
        (re.compile(r"±\s*"), "플러스마이너스 "),
        (re.compile(r"(?<![\w)])\+\s?(?=\d)"), "플러스 "),
    )


def _english() -> tuple[Rule, ...]:
    def date(match: re.Match[str]) -> str:
        year, month, day = match[1], _MONTHS[int(match[2]) - 1], match[3]
        return f"{int(day)} {month} {year}" if day else f"{month} {year}"

    def clock(match: re.Match[str]) -> str:
        hour, minute, second = int(match[1]), int(match[2]), int(match[3] or 0)
        said = str((hour - 1) % 12 + 1)
        if minute:
            said += f" {minute}" if minute > 9 else f" oh {minute}"
        said += " PM" if 12 <= hour < 24 else " AM"
        return f"{said} and {second} seconds" if second else said

    def decimal(match: re.Match[str]) -> str:
        whole, *rest = match[0].split(".")
        return f"{whole} point " + " point ".join(" ".join(part) for part in rest)

    def rate(match: re.Match[str]) -> str:
        one, more = _unit(match[2])[1:]
        return f"{match[1]} {one if match[1] == '1' else more} per {_unit(match[3])[1]}"

    return (
        *_dates(date),
        (re.compile(rf"({_YEAR})\s*[-–]\s*({_YEAR})(?!\d)"), r"\1 to \2"),
        (re.compile(rf"(?<=[\w%％℃°²³)])\s*{_TILDE}\s*(?=[-−+±]?[\w(])"), " to "),
        (re.compile(r"(?<=\d)\s*–\s*(?=\d)"), " to "),
        (re.compile(rf"({_FIGURE})\s*{_TILDE}"), r"from \1"),
        (re.compile(rf"{_TILDE}\s*(?=[-−]?\d)"), "until "),
        (_CLOCK, clock),
        (re.compile(r"(?<=\d)\s*:\s*(?=\d)"), " to "),
        (re.compile(rf"({_FIGURE})\s*/\s*({_FIGURE})(?![\d/])"), r"\1 of \2"),
        (re.compile(rf"({_FIGURE})\s*({_UNIT})/({_UNIT}){_NO_LETTER}"), rate),
        (re.compile(rf"({_UNIT})/({_UNIT}){_NO_LETTER}"), _per_english),
        *_thousands_and_units(korean=False),
        (re.compile(r"(?<!\d)\d+(?:\.\d+)+"), decimal),
        (re.compile(r"(?<![\w)])[-−–]\s?(?=\d)"), "minus "),
        (re.compile(r"(?<=\d)[-−](?=\d)"), " dash "),
        (re.compile(r"±\s*"), "plus or minus "),
        (re.compile(r"(?<![\w)])\+\s?(?=\d)"), "plus "),
    )


def _dates(date: Callable[[re.Match[str]], str]) -> tuple[Rule, ...]:
    """2026-06-10, 2026.06.10, 2026. 6. 10., 2026/06/10 and 2026-06; `date` has year, month, day."""
    whole = rf"(?<![\d.-])({_YEAR})(?:-({_MONTH})-({_DAY})|\.\s?({_MONTH})\.\s?({_DAY})\.?"
    whole += rf"|/({_MONTH})/({_DAY}))(?![\d-])"

    def any_of(match: re.Match[str]) -> str:
        plain = "-".join(each for each in match.groups() if each)
        again = re.fullmatch(r"(\d+)-(\d+)-(\d+)", plain)
        assert again is not None
        return date(again)

    month = re.compile(rf"(?<![\d.-])({_YEAR})[-.](1[0-2]|0[1-9])()(?![\d.-])")
    # Two dates with a stroke or two dots between them are the ends of a time.
    ends = re.compile(rf"(?<=\d\d)\s*(?:/|\.\.)\s*(?={_YEAR}-{_MONTH}(?!\d))")
    return (ends, "~"), (re.compile(whole), any_of), (month, date)


def _thousands_and_units(*, korean: bool) -> tuple[Rule, ...]:
    def measured(match: re.Match[str]) -> str:
        figure, name = match[1], _unit(match[2])
        if korean:
            return f"{'섭씨 ' if match[2] in ('℃', '°C') else ''}{figure}{name[0]}"
        return f"{figure} {name[1] if figure in ('1', '-1') else name[2]}"

    def alone(match: re.Match[str]) -> str:
        return _unit(match[0])[0 if korean else 2]

    return (
        (re.compile(r"(?<=\d),(?=\d{3}(?:,\d{3})*(?!\d))"), ""),
        (
            re.compile(rf"((?<![\w.])[-−]?{_FIGURE}|(?<=[만천억백])\s)\s?({_UNIT}){_NO_LETTER}"),
            measured,
        ),
        (re.compile(r"㎢|㎡|㎥|㎞|㎝|㎜|㏊|㎏|㎍|㎎|℃|″|(?<![A-Za-z])k?m[²³]|%|％"), alone),
    )


def _signs(korean: bool) -> tuple[Rule, ...]:
    """What is left and would be named, spelt or swallowed by a voice."""
    times, equals, at = ("곱하기", "은", "골뱅이") if korean else ("times", "equals", "at")
    squared, cubed = ("제곱", "세제곱") if korean else ("squared", "cubed")
    return (
        (re.compile(r"\s*&\s*"), ", " if korean else " and "),
        (re.compile(r"(?<=\d)\s*[×x]\s*(?=\d)"), f" {times} "),
        (re.compile(r"(?<=[\w)])\s*=\s*(?=[\w-])"), f" {equals} "),
        (re.compile(r"(?<=[\w.])@(?=\w)"), f" {at} "),
        (re.compile("²"), f" {squared} "),
        (re.compile("³"), f" {cubed} "),
        (re.compile(r"https?://"), ""),
        (re.compile(r"\s*[·∙•‧/|→←↑↓▲▼]\s*"), ", "),
        (re.compile(r"[~～〜∼−*_#^`=<>〔〕「」『』〈〉《》※✓★☆×]+"), " "),
        (re.compile(r"(?:\s*,)+"), ","),
        (re.compile(r"^\s*,\s*|\s*,\s*$"), ""),
        (re.compile(r"\s+(?=[.,!?)](?!\d))"), ""),
    )


def _unit(written: str) -> tuple[str, str, str]:
    for spellings, korean, one, more in _UNITS:
        if re.fullmatch(spellings, written):
            return korean, one, more
    raise KeyError(written)


def _per_korean(match: re.Match[str]) -> str:
    return f"{_unit(match[2])[0]}당 {_unit(match[1])[0]}"


def _per_english(match: re.Match[str]) -> str:
    return f"{_unit(match[1])[2]} per {_unit(match[2])[1]}"


def _native(number: int) -> str:
    """1 to 99 as things are counted."""
    if number == 20:
        return "스무"
    tens, ones = divmod(number, 10)
    return _TENS[tens] + _ONES[ones]
