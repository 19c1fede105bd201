"""Receipt numbers 접수번호: a code to say aloud and a token for the QR, both leading to one key.

    token (128 random bits, only on the receipt) -> receipt key (in the event) -> code (spoken)

The event carries the receipt key, a hash of the token, so any kiosk that has the event can answer
either. A code is two words with five digits each, such as 소나무-48215-진달래-07315, and one of
16.8 million million. The first receipts had four digits and one of 16.8 million; their codes are
still answered, and the last bytes of a receipt key say which kind it is. The flower is a check:
every single wrong digit and every two neighbouring digits exchanged is noticed, and so is a wrong
word outside the lists; of the words in the lists ten in eleven exchanges are.
"""

from __future__ import annotations

import base64
import difflib
import hashlib
import re
import struct
import unicodedata
from enum import StrEnum

import msgspec

from db.receipts.words import FLOWERS, TREES

CHECK = 11
_PER_CLASS = len(FLOWERS) // CHECK
GROUP = 5
"""Digits behind each of the two words."""
SHORT_GROUP = 4
"""Digits of the first receipts, which had no second group."""
SHORT_CODES: int = len(TREES) * 10**SHORT_GROUP * _PER_CLASS
"""How many codes of the first kind there are: 16,800,000."""
CODES: int = len(TREES) * 10 ** (2 * GROUP) * _PER_CLASS
"""How many codes there are: 16,800,000,000,000."""
SHORT_WEIGHTS = (2, 3, 5, 7)
WEIGHTS = (2, 3, 5, 7, 4, 6, 8, 9, 10, 1)
"""What each digit counts in the check. No two neighbours are alike, so that exchanging them shows,
and none is a multiple of 11, so that a single wrong digit does.
"""

_LONG = b"\0\0\0\2"
"""How receipt keys with a long code end. A key of the first kind ends so by a chance of 2^-32."""
_FIRST_8 = struct.Struct(">Q")
_LETTERS = "abcdefghijklmnopqrstuvwxyz234567"
_TREE_AT = {word: index for index, word in enumerate(TREES)}
_FLOWER_AT = {word: index for index, word in enumerate(FLOWERS)}
_SPELT_DIGITS = "영공일이삼사오육륙칠팔구"
_HANGUL_DIGITS = str.maketrans(_SPELT_DIGITS, "001234566789")
LONGEST_INPUT = 60
"""Characters; nobody types more for a code."""


class CodeFault(StrEnum):
    """Which part of a code cannot be right."""

    SHAPE = "shape"
    TREE = "tree"
    FLOWER = "flower"
    CHECK = "check"


class CodeReading(msgspec.Struct, frozen=True, kw_only=True):
    """What was understood of a typed code, in its words and as a number. `nearest` offers list
    words for a mistyped one.
    """

    code: str | None = None
    number: int | None = None
    fault: CodeFault | None = None
    nearest: tuple[str, ...] = ()


def receipt_key(token: bytes) -> bytes:
    """The 16 bytes that the event of a new receipt carries for its token of 16 bytes."""
    return hashlib.sha256(b"cheonman.receipt.2\0" + token).digest()[:12] + _LONG


def receipt_keys(token: bytes) -> tuple[bytes, bytes]:
    """The keys under which the event of a token may stand: as given now, as given at first."""
    return receipt_key(token), hashlib.sha256(b"cheonman.receipt.1\0" + token).digest()[:16]


def draw_token(secret: bytes, draft: bytes, attempt: int) -> bytes:
    """The token of a draft, 16 bytes: sending the same draft twice gives the same receipt."""
    return hashlib.blake2b(
        draft + attempt.to_bytes(2, "big"), key=secret, digest_size=16, person=b"cheonman.token.1"
    ).digest()


def code_number(receipt: bytes) -> int:
    """The code of a receipt key as a number, which stores look it up by: below `SHORT_CODES` for
    a short code, from there to `SHORT_CODES + CODES` for a long one.
    """
    if receipt.endswith(_LONG):
        return SHORT_CODES + _first(b"cheonman.code.2\0" + receipt) % CODES
    return _first(b"cheonman.code.1\0" + receipt) % SHORT_CODES


def _first(hashed: bytes) -> int:
    first: int = _FIRST_8.unpack_from(hashlib.sha256(hashed).digest())[0]
    return first


def code_of(receipt: bytes) -> str:
    """The spoken code of a receipt key, such as 소나무-48215-진달래-07315."""
    number = code_number(receipt)
    short = number < SHORT_CODES
    rest, flower_class = divmod(number if short else number - SHORT_CODES, _PER_CLASS)
    tree, value = divmod(rest, 10_000 if short else 10_000_000_000)
    digits = f"{value:04d}" if short else f"{value:010d}"
    flower = FLOWERS[flower_class * CHECK + (-_weight(tree, digits)) % CHECK]
    if short:
        return f"{TREES[tree]}-{digits}-{flower}"
    return f"{TREES[tree]}-{digits[:GROUP]}-{flower}-{digits[GROUP:]}"


def token_text(token: bytes) -> str:
    """The token as the QR carries it: 26 letters and digits."""
    number = int.from_bytes(token, "big") << 2
    return "".join([_LETTERS[number >> shift & 31] for shift in range(125, -1, -5)])


def read_token(text: str) -> bytes | None:
    """The 16 bytes of a token, or None when `text` is none."""
    if len(text) > LONGEST_INPUT:
        return None
    plain = text.strip().upper()
    if not re.fullmatch(r"[A-Z2-7]{26}", plain):
        return None
    token = base64.b32decode(plain + "======")
    return token if token_text(token).upper() == plain else None


def read_code(text: str) -> CodeReading:
    """Understands a code as people type it: blanks, other hyphens, full-width or spelt digits,
    its two halves in either order.
    """
    if len(text) > LONGEST_INPUT:
        return CodeReading(fault=CodeFault.SHAPE)
    parts = _parts(_plain(text))
    if parts is None:
        return CodeReading(fault=CodeFault.SHAPE)
    tree, digits, flower, more = parts
    if tree not in _TREE_AT:
        return CodeReading(fault=CodeFault.TREE, nearest=_nearest(tree, TREES))
    if flower not in _FLOWER_AT:
        return CodeReading(fault=CodeFault.FLOWER, nearest=_nearest(flower, FLOWERS))
    value = digits + more
    if (_weight(_TREE_AT[tree], value) + _FLOWER_AT[flower]) % CHECK:
        return CodeReading(fault=CodeFault.CHECK)
    number = _TREE_AT[tree] * 10 ** len(value) + int(value)
    number = number * _PER_CLASS + _FLOWER_AT[flower] // CHECK
    return CodeReading(
        code="-".join(part for part in (tree, digits, flower, more) if part),
        number=number + SHORT_CODES if more else number,
    )


def with_word(text: str, word: str) -> str:
    """The code in `text` with `word` instead of the one that `read_code` did not know."""
    parts = _parts(_plain(text))
    if parts is None:
        return text
    tree, digits, flower, more = parts
    if word in _TREE_AT:
        tree = word
    else:
        flower = word
    return "-".join(part for part in (tree, digits, flower, more) if part)


def _plain(text: str) -> str:
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text))


def _parts(plain: str) -> tuple[str, str, str, str] | None:
    """Tree, digits, flower, digits; the last empty in a code of the first kind."""
    for digit, word in ((r"\d", r"\D{1,12}"), (f"[{_SPELT_DIGITS}]", _ANY_WORD)):
        found = re.fullmatch(
            rf"({word})({digit}{{{GROUP}}})({word})({digit}{{{GROUP}}})", plain
        ) or re.fullmatch(rf"({word})({digit}{{{SHORT_GROUP}}})({word})()", plain)
        if found:
            tree, digits, flower, more = found[1], found[2], found[3], found[4]
            digits, more = _plain_digits(digits), _plain_digits(more)
            if tree in _FLOWER_AT or flower in _TREE_AT:
                # The halves change places; so do the words of a code with one group of digits.
                tree, flower = flower, tree
                digits, more = (more, digits) if more else (digits, more)
            return tree, digits, flower, more
    return None


_ANY_WORD = "|".join((*TREES, *FLOWERS))


def _plain_digits(digits: str) -> str:
    translated = digits.translate(_HANGUL_DIGITS)
    return "".join(str(unicodedata.digit(digit)) for digit in translated)


def _weight(tree: int, digits: str) -> int:
    """What the flower makes up to a multiple of 11."""
    weights = WEIGHTS if len(digits) == len(WEIGHTS) else SHORT_WEIGHTS
    return tree + sum(map(int.__mul__, weights, map(int, digits)))


def _nearest(word: str, words: tuple[str, ...]) -> tuple[str, ...]:
    """Up to three words that look like `word` when both are taken apart into letters."""
    apart = {unicodedata.normalize("NFD", each): each for each in words}
    close = difflib.get_close_matches(unicodedata.normalize("NFD", word), apart, n=3, cutoff=0.6)
    return tuple(apart[each] for each in close)
