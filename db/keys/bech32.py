"""bech32, the text of age keys: the kind, the bytes, and six letters against typing errors."""

from __future__ import annotations

from functools import reduce
from operator import xor

_LETTERS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
# What each five bits that fall out at the top change.
_FOLDED = [
    reduce(xor, (factor for bit, factor in enumerate(_GENERATOR) if top >> bit & 1), 0)
    for top in range(32)
]


def encode_bech32(kind: str, data: bytes) -> str:
    words = _regrouped(data, 8, 5, pad=True)
    check = _checksum([*_expanded(kind), *words, *bytes(6)]) ^ 1
    words += [check >> 5 * (5 - at) & 31 for at in range(6)]
    return f"{kind}1{''.join(_LETTERS[word] for word in words)}"


def decode_bech32(text: str) -> tuple[str, bytes]:
    """The kind and the bytes. Raises ValueError."""
    if text not in (text.lower(), text.upper()):
        raise ValueError("capital and small letters mixed")
    kind, one, letters = text.lower().rpartition("1")
    words = [_LETTERS.find(letter) for letter in letters]
    if not (kind and one) or len(words) < 6 or -1 in words or not kind.isascii():
        raise ValueError("not bech32")
    if _checksum([*_expanded(kind), *words]) != 1:
        raise ValueError("a letter is wrong")
    return kind, bytes(_regrouped(words[:-6], 5, 8, pad=False))


def _expanded(kind: str) -> list[int]:
    return [*(ord(letter) >> 5 for letter in kind), 0, *(ord(letter) & 31 for letter in kind)]


def _checksum(words: list[int]) -> int:
    check = 1
    for word in words:
        check = (check & 0x1FFFFFF) << 5 ^ word ^ _FOLDED[check >> 25]
    return check


def _regrouped(words: bytes | list[int], size: int, into: int, *, pad: bool) -> list[int]:
    """The same bits in groups of another size; filled up with zeros, or without the zeros that
    filled them up. Raises ValueError.
    """
    bits = len(words) * size
    value = reduce(lambda held, word: held << size | word, words, 0)
    over = bits % into
    if pad:
        value <<= -bits % into
        bits += -bits % into
    elif over >= size or value & (1 << over) - 1:
        raise ValueError("bits are left over")
    else:
        value, bits = value >> over, bits - over
    return [value >> at & (1 << into) - 1 for at in range(bits - into, -1, -into)]
