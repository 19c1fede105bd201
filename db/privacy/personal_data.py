"""Notices personal data in free text before it is stored.

Registration numbers 주민등록번호 may not be kept at all; phone numbers and e-mail addresses belong
in the sealed contact, so the resident is shown where they stand and asked to take them out. Full
width digits, circled digits, digits spelt in Hangul and the usual disguises of an @ are seen
through. It is a help, not a proof: what a person hides well stays hidden.
"""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum

import msgspec

from db.problems import InputRefused

LONGEST_SCANNED = 20_000


class PersonalData(StrEnum):
    REGISTRATION_NUMBER = "registration-number"
    PHONE = "phone"
    EMAIL = "email"


class PersonalDatum(msgspec.Struct, frozen=True):
    """One place in a text: characters `start` to `end` (not included) of the text as given."""

    kind: PersonalData
    start: int
    end: int


_SPELT = dict(zip("영공빵일이삼사오육륙칠팔구", "0001234566789", strict=True))
_LOOKALIKE = {"o": "0", "O": "0", "l": "1", "I": "1", "|": "1"}

# Nine digits of any kind with little between them, or something that stands for an @: most texts
# have neither and need no closer look.
_WORTH_A_LOOK = re.compile(
    r"(?:[\doOlI|영공빵일이삼사오육륙칠팔구](?:다시|_|\W){0,8}){9}|@|골뱅이|앳|at\b", re.IGNORECASE
)

_GAP = r"(?:[\s.\-_·/,()~*]|다시){0,3}"
_REGISTRATION = re.compile(
    r"(?<!\d)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])" + _GAP + r"\d(?:[\s.\-]?\d){6}(?!\d)"
)
_PHONE = re.compile(
    r"(?<!\d)(?:\+?\s?82" + _GAP + r"0?|0)"
    r"(?:1"
    + _GAP
    + r"[016-9]|2|[3-6]"
    + _GAP
    + r"[1-5]|70|50\d|80)"
    + _GAP
    + r"\d(?:[\s.]?\d){2,3}"
    + _GAP
    + r"\d(?:[\s.]?\d){3}(?!\d)"
)
_AT = r"\s{0,2}(?:@|\(at\)|\[at\]|\bat\b|골뱅이|앳)\s{0,2}"
_DOT = r"\s{0,2}(?:\.|\(dot\)|\[dot\]|\bdot\b|점|쩜|닷)\s{0,2}"
_EMAIL = re.compile(
    r"[a-z0-9][a-z0-9._%+-]{0,63}" + _AT + r"[a-z0-9][a-z0-9-]{0,62}"
    r"(?:" + _DOT + r"[a-z0-9-]{1,62}){0,4}" + _DOT + r"(?:[a-z]{2,24}|컴|넷|케이알)",
    re.IGNORECASE,
)


def find_personal_data(text: str) -> tuple[PersonalDatum, ...]:
    """Every place that looks like personal data, in order, none overlapping another.

    Only the first 20,000 characters are looked at; a longer text is refused anyway.
    """
    text = text[:LONGEST_SCANNED]
    if not _WORTH_A_LOOK.search(unicodedata.normalize("NFKC", text)):
        return ()
    plain, at = _plain(text)
    taken = [False] * len(plain)
    findings: list[PersonalDatum] = []
    written, spelt = _digits(plain, spelt=False), _digits(plain, spelt=True)
    # Written digits first: in 5678이에요 the 이 is no two.
    for kind, pattern, where in (
        (PersonalData.EMAIL, _EMAIL, plain),
        (PersonalData.REGISTRATION_NUMBER, _REGISTRATION, written),
        (PersonalData.PHONE, _PHONE, written),
        (PersonalData.REGISTRATION_NUMBER, _REGISTRATION, spelt),
        (PersonalData.PHONE, _PHONE, spelt),
    ):
        for match in pattern.finditer(where):
            start, end = match.span()
            if any(taken[start:end]) or not _meant(kind, plain[start:end]):
                continue
            taken[start:end] = [True] * (end - start)
            findings.append(PersonalDatum(kind, at[start], at[end - 1] + 1))
    return tuple(sorted(findings, key=lambda finding: finding.start))


def refuse_registration_numbers(text: str, field: str = "text") -> None:
    """Raises InputRefused when the text holds what looks like a registration number."""
    kinds = {finding.kind for finding in find_personal_data(text)}
    if PersonalData.REGISTRATION_NUMBER in kinds:
        raise InputRefused(
            field,
            "주민등록번호로 보이는 숫자가 있습니다. 그 숫자를 지워 주세요.",
            "contains what looks like a resident registration number; please remove it.",
        )


def _plain(text: str) -> tuple[str, list[int]]:
    """Every character in its plain form, and for each where in `text` it came from."""
    plain: list[str] = []
    at: list[int] = []
    for index, character in enumerate(text):
        if unicodedata.category(character) == "Cf":
            continue
        for each in unicodedata.normalize("NFKC", character):
            dash = unicodedata.category(each) == "Pd" or each == "\u2212"
            plain.append("-" if dash else each if len(each.lower()) == 1 else "?")
            at.append(index)
    return "".join(plain), at


def _digits(plain: str, *, spelt: bool) -> str:
    """The same length with every kind of digit as 0 to 9; `spelt` turns 일이삼 and O, l too."""
    disguised = {**_SPELT, **_LOOKALIKE} if spelt else {}
    return "".join(
        disguised.get(character)
        or (str(unicodedata.digit(character)) if character.isdigit() else character)
        for character in plain
    )


def _meant(kind: PersonalData, matched: str) -> bool:
    """Sorts out chance: spelt numbers count only where a sentence could not hold them."""
    if kind is PersonalData.EMAIL:
        return True
    real = sum(character.isdigit() for character in matched)
    spelt = sum(character in _SPELT for character in matched)
    lookalike = sum(character in _LOOKALIKE for character in matched)
    return lookalike <= 4 and (real >= 7 or spelt >= 8 or real + spelt >= 9)
