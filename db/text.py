"""What people write: cleaned, counted as they count it, and bounded.

One count serves the screen, the command line and the store, so a text that fits on one fits on
all.
"""

from __future__ import annotations

import re
import unicodedata

from db.letters import LARGEST_BYTES, count_letters
from db.problems import InputRefused
from db.unseen import is_empty

LONGEST = 300
"""Characters of one feedback, as a reader counts them."""

_LARGEST_INPUT = 20_000
# Direction overrides can make a sentence read as another one.
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_UNSEEN = re.compile(r"[\u00ad\u061c\u180e\u200b\u200e\u200f\u2060-\u2065\ufeff\ufff9-\ufffb]")


def clean_text(text: str, field: str = "text") -> str:
    """The text as it is stored: NFC, plain line ends, no blank edges. Raises InputRefused.

    Emoji and rare or single jamo are kept as they are; marks nobody sees are taken out, but for
    those that join emoji and letters.
    """
    if len(text) > _LARGEST_INPUT:
        raise _too_long(field)
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    _refuse_control(text, field)
    text = unicodedata.normalize("NFC", _UNSEEN.sub("", text)).strip()
    if is_empty(text):
        return ""
    if count_letters(text) > LONGEST or len(text.encode()) > LARGEST_BYTES:
        raise _too_long(field)
    return text


def official_text(text: str, field: str, most: int) -> str:
    """What an officer writes, as it is stored: NFC, plain line ends, no blank edges, no marks that
    nobody sees. Raises InputRefused, also where nothing is left to see.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if len(text) > _LARGEST_INPUT + most:
        raise _longer_than(most, field)
    _refuse_control(text, field)
    text = composed(_UNSEEN.sub("", text)).strip()
    if is_empty(text):
        raise InputRefused(
            field,
            f"보이는 글자가 없습니다. 1자에서 {most:,}자까지 적으세요.",
            f"holds nothing that anybody would see; write 1 to {most:,} characters.",
        )
    # As the records of whoever receives it count.
    if len(text) > most:
        raise _longer_than(most, field)
    return text


def text_if_any(text: str | None, field: str, most: int) -> str | None:
    """The same of what may be left out; what is written all the same is not to be empty."""
    return None if text is None else official_text(text, field, most)


def composed(text: str) -> str:
    """NFC. What macOS writes and what others write is the same word, and becomes the same bytes."""
    return unicodedata.normalize("NFC", text)


def composed_bytes(raw: bytes) -> bytes:
    """The same of UTF-8 in a file, without a byte order mark; what is no UTF-8 stays as it is."""
    raw = raw.removeprefix(b"\xef\xbb\xbf")
    if raw.isascii():
        return raw
    try:
        return composed(raw.decode()).encode()
    except UnicodeDecodeError:
        return raw


def official_name(text: str, field: str, most: int) -> str:
    """The same of what stands in one line, as a name does. Raises InputRefused."""
    return official_text(" ".join(text.split()), field, most)


def name_if_any(text: str | None, field: str, most: int) -> str | None:
    return None if text is None else official_name(text, field, most)


def _refuse_control(text: str, field: str) -> None:
    forbidden = _FORBIDDEN.search(text)
    if forbidden:
        raise InputRefused(
            field,
            f"쓸 수 없는 제어 문자(U+{ord(forbidden[0]):04X})가 들어 있습니다. 그 글자를 지우세요.",
            f"contains the control character U+{ord(forbidden[0]):04X}; remove it.",
        )


def _longer_than(most: int, field: str) -> InputRefused:
    return InputRefused(
        field, f"{most:,}자까지 쓸 수 있습니다.", f"may have {most:,} characters; shorten it."
    )


def _too_long(field: str) -> InputRefused:
    return InputRefused(
        field,
        f"글은 {LONGEST}자까지 쓸 수 있습니다. 조금 줄여 주세요.",
        f"a text may have {LONGEST} characters; please shorten it.",
    )
