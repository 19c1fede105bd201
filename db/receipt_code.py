"""Receipt numbers 접수번호: a code to say aloud and a token for the QR, both leading to one key.

    token (128 random bits, only on the receipt) -> receipt key (in the event) -> code (spoken)

The event carries the receipt key, a hash of the token, so any kiosk that has the event can answer
either. The code has 16.8 million values and a check: it is for a rate-limited kiosk only. Every
single wrong digit and every two neighbouring digits exchanged is noticed, and so is a wrong word
outside the lists; of the words in the lists ten in eleven exchanges are.
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

from db.receipt_words import FLOWERS, TREES

CHECK = 11
_PER_CLASS = len(FLOWERS) // CHECK
CODES = len(TREES) * 10_000 * _PER_CLASS
"""How many codes there are: 16,800,000."""

_FIRST_8 = struct.Struct(">Q")
_LETTERS = "abcdefghijklmnopqrstuvwxyz234567"
_TREE_AT = {word: index for index, word in enumerate(TREES)}
_FLOWER_AT = {word: index for index, word in enumerate(FLOWERS)}
_HANGUL_DIGITS = str.maketrans("영공일이삼사오육륙칠팔구", "001234566789")
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
    """The 16 bytes an event carries for a token of 16 bytes."""
    return hashlib.sha256(b"cheonman.receipt.1\0" + token).digest()[:16]


def draw_token(secret: bytes, draft: bytes, attempt: int) -> bytes:
    """The token of a draft, 16 bytes: sending the same draft twice gives the same receipt."""
    return hashlib.blake2b(
        draft + attempt.to_bytes(2, "big"), key=secret, digest_size=16, person=b"cheonman.token.1"
    ).digest()


def code_number(receipt: bytes) -> int:
    """The code of a receipt key as a number below `CODES`, which stores look it up by."""
    first: int = _FIRST_8.unpack_from(hashlib.sha256(b"cheonman.code.1\0" + receipt).digest())[0]
    return first % CODES


def code_of(receipt: bytes) -> str:
    """The spoken code of a receipt key, such as 소나무-4821-진달래."""
    tree, rest = divmod(code_number(receipt), 10_000 * _PER_CLASS)
    digits, flower_class = divmod(rest, _PER_CLASS)
    spoken = f"{digits:04d}"
    flower = flower_class * CHECK + (-_weight(tree, spoken)) % CHECK
    return f"{TREES[tree]}-{spoken}-{FLOWERS[flower]}"


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
    """Understands a code as people type it: blanks, other hyphens, full-width or spelt digits."""
    if len(text) > LONGEST_INPUT:
        return CodeReading(fault=CodeFault.SHAPE)
    plain = re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text))
    parts = re.fullmatch(r"(\D{1,12})(\d{4})(\D{1,12})", plain) or _spelt(plain)
    if not parts:
        return CodeReading(fault=CodeFault.SHAPE)
    tree, digits, flower = parts[1], parts[2].translate(_HANGUL_DIGITS), parts[3]
    digits = "".join(str(unicodedata.digit(digit)) for digit in digits)
    if tree not in _TREE_AT and flower in _TREE_AT and tree in _FLOWER_AT:
        tree, flower = flower, tree
    if tree not in _TREE_AT:
        return CodeReading(fault=CodeFault.TREE, nearest=_nearest(tree, TREES))
    if flower not in _FLOWER_AT:
        return CodeReading(fault=CodeFault.FLOWER, nearest=_nearest(flower, FLOWERS))
    if (_weight(_TREE_AT[tree], digits) + _FLOWER_AT[flower]) % CHECK:
        return CodeReading(fault=CodeFault.CHECK)
    flower_class = _FLOWER_AT[flower] // CHECK
    number = (_TREE_AT[tree] * 10_000 + int(digits)) * _PER_CLASS + flower_class
    return CodeReading(code=f"{tree}-{digits}-{flower}", number=number)


def _spelt(plain: str) -> re.Match[str] | None:
    """Four spelt digits between two words of the lists, such as 소나무사팔이일진달래."""
    return re.fullmatch(
        rf"({'|'.join(TREES)})([영공일이삼사오육륙칠팔구]{{4}})({'|'.join(FLOWERS)})", plain
    )


def _weight(tree: int, digits: str) -> int:
    """What the flower makes up to a multiple of 11. No two weights are alike, so that exchanged
    neighbours show.
    """
    first, second, third, fourth = map(int, digits)
    return tree + 2 * first + 3 * second + 5 * third + 7 * fourth


def _nearest(word: str, words: tuple[str, ...]) -> tuple[str, ...]:
    """Up to three words that look like `word` when both are taken apart into letters."""
    apart = {unicodedata.normalize("NFD", each): each for each in words}
    close = difflib.get_close_matches(unicodedata.normalize("NFD", word), apart, n=3, cutoff=0.6)
    return tuple(apart[each] for each in close)
