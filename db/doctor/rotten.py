"""A row beside the journal that no longer says what it was written to say, and how it is mended."""

from __future__ import annotations

import msgspec

Statement = tuple[str, tuple[str | int | bytes, ...]]


class Rotten(msgspec.Struct, frozen=True):
    """`where` is the table and the row in it; `ko` and `en` say what mends it. Without
    `statements` only a person can.
    """

    where: str
    ko: str
    en: str
    statements: tuple[Statement, ...] = ()

    @property
    def place(self) -> str:
        """`where` as it can be shown: a name that rotted may hold anything."""
        return "".join(letter if letter.isprintable() else "?" for letter in self.where)


def written_right(where: str, *statements: Statement) -> Rotten:
    """What it must say follows from something else that is sound."""
    return Rotten(
        where,
        "다른 기록에서 바로 쓸 수 있습니다",
        "what it must say follows from what is sound",
        statements,
    )


def said_again(where: str, *statements: Statement) -> Rotten:
    """It is taken out; whoever said it, or this store itself, says it again."""
    return Rotten(
        where, "지우면 다시 받거나 다시 씁니다", "it is taken out and comes again", statements
    )


def taken_out(where: str, *statements: Statement) -> Rotten:
    """It is taken out, and nothing depends on it."""
    return Rotten(where, "지웁니다", "it is taken out", statements)


def is_text(raw: bytes | None) -> bool:
    """True for bytes that somebody can have written as words."""
    try:
        text = (raw or b"").decode()
    except UnicodeDecodeError:
        return False
    return not any(ord(letter) < 32 and letter not in "\n\t" for letter in text)


def number_in(text: str, least: int = 0) -> int | None:
    """The number that a text is, None where it is none that SQLite can hold."""
    if not (text.isascii() and text.isdecimal() and len(text) <= 19):
        return None
    number = int(text)
    return number if least <= number < 1 << 63 else None
