"""What a resident may mean while looking for their own feedback."""

from __future__ import annotations

from msgspec import Struct

from desktop.kiosk.replies.state import Ask


class CorrectPart(Struct, frozen=True):
    """One part of the number was touched."""

    part: Ask


class ChooseInitial(Struct, frozen=True):
    """The consonant a word begins with; empty for 다른 자음."""

    initial: str


class ChooseWord(Struct, frozen=True):
    word: str


class AddDigit(Struct, frozen=True):
    """One digit; the fifth leads on."""

    digit: str


class DeleteDigit(Struct, frozen=True):
    """지우기."""


class EndShort(Struct, frozen=True):
    """네 자리뿐이에요: a number of the first kind ends with its flower."""


class UseKeyboard(Struct, frozen=True):
    """자판으로 적기."""


class TypeNumber(Struct, frozen=True):
    text: str


class Find(Struct, frozen=True):
    """찾기: what was typed, understood as far as possible."""


class TakeNearest(Struct, frozen=True):
    """A word offered for a mistyped one takes its place."""

    word: str


class ChooseFound(Struct, frozen=True):
    """Which of several with the same number."""

    index: int


class Again(Struct, frozen=True):
    """Another number, from the start."""


RepliesIntent = (
    CorrectPart
    | ChooseInitial
    | ChooseWord
    | AddDigit
    | DeleteDigit
    | EndShort
    | UseKeyboard
    | TypeNumber
    | Find
    | TakeNearest
    | ChooseFound
    | Again
)
