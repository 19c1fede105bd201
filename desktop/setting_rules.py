"""What a setting takes, and the sentence for one that holds something else: which field, what is
there, what would be right, in Korean and English.

Read before the first frame: nothing is imported here but what that needs anyway.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

T = TypeVar("T")
Pair = tuple[str, str]
"""The same in Korean and in English."""

_SHOWN = 60
"""Letters of a wrong value that are repeated."""


class SettingsProblem(Exception):
    """A setting cannot be used: names the file, the key, what is there and the cure."""

    def __init__(self, file: Path | str, key: str, ko: str, en: str) -> None:
        self.file, self.key = str(file), key
        self.ko, self.en = f"{file}: {key}{ko}", f"{file}: {key}{en}"
        super().__init__(self.en)


@dataclass(frozen=True)
class Takes(Generic[T]):
    """What is right for a setting: a phrase for it, an example as it stands in the file, and who
    judges. `why` knows better than the phrase what is wrong with a value of the right type.
    """

    ko: str
    en: str
    example: str
    fits: Callable[[T], bool] = lambda value: True
    why: Callable[[T], Pair | None] = lambda value: None
    secret: bool = False

    def refusal(
        self, file: Path | str, key: str, value: object, why: Pair | None = None
    ) -> SettingsProblem:
        """The sentence about a value that does not fit."""
        shown = "" if self.secret else f" = {_shown(value)}"
        here = f"{key} = {self.example}" if self.example else ""
        ko, en = f"{self.ko} 써야 합니다.", f"takes {self.en}"
        if why is not None:
            ko, en = f"{why[0]} {ko}", f"{why[1]}; it {en}"
        return SettingsProblem(
            file,
            key,
            f"{shown}: {ko}" + (f" 예: {here}" if here else ""),
            f"{shown}: {en}" + (f", for example {here}" if here else ""),
        )


def one_of(*allowed: str) -> Takes[str]:
    listed = ", ".join(f'"{each}"' for each in allowed)
    return Takes(
        f"{listed} 가운데 하나를", f"one of {listed}", f'"{allowed[0]}"', lambda v: v in allowed
    )


def whole_number(low: int, high: int, example: int) -> Takes[int]:
    return Takes(
        f"{low}에서 {high}까지의 정수를",
        f"a whole number from {low} to {high}",
        str(example),
        lambda v: low <= v <= high,
    )


def number(low: float, high: float, example: float) -> Takes[float]:
    return Takes(
        f"{low:g}에서 {high:g}까지의 수를",
        f"a number from {low:g} to {high:g}",
        str(example),
        lambda v: low <= v <= high,
    )


def words(most: int, example: str) -> Takes[str]:
    return Takes(
        f"따옴표 안에 {most}자까지의 글을",
        f"up to {most} characters in quotation marks",
        f'"{example}"',
        lambda v: len(v) <= most,
    )


def yes_or_no(example: bool) -> Takes[bool]:
    return Takes("true나 false를 따옴표 없이", "true or false, without quotation marks",
                 str(example).lower())  # fmt: skip


def an_id(example: str) -> Takes[str]:
    return Takes(
        "따옴표 안에 영문자, 숫자, '-', '_', '.'만으로 된 60자까지의 아이디를",
        "an id in quotation marks: up to 60 letters, digits, '-', '_' and '.'",
        f'"{example}"',
        _is_id,
    )


def _is_id(value: str) -> bool:
    # Without `re`, which the first frame does without.
    plain = (
        value.isascii() and value.replace("-", "a").replace("_", "a").replace(".", "a").isalnum()
    )
    return not value or (plain and value[0].isalnum() and len(value) <= 60)


def _shown(value: object) -> str:
    """A wrong value as it stands in the file, cut, and without what nobody would see of it."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        from db.unseen import is_empty  # in trouble alone

        # What stands before an @ in an address may be a password.
        plain = value.rpartition("@")[2][: _SHOWN + 1]
        seen = "".join(
            c if c == " " or not (is_empty(c) or not c.isprintable()) else f"\\u{ord(c):04x}"
            for c in plain
        )
        return f'"{seen[:_SHOWN]}{"..." if len(seen) > _SHOWN else ""}"'
    if isinstance(value, int) and abs(value) >= 1 << 64:
        # Python writes no decimals of what has thousands of them.
        return f"{hex(value)[:20]}..."
    if isinstance(value, list | dict):
        return "[...]" if isinstance(value, list) else "{...}"
    return str(value)[:_SHOWN]
