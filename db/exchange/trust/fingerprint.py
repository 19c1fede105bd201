"""Fingerprints 지문: a key as words two people can read to each other over the telephone."""

from __future__ import annotations

import hashlib
import re
import unicodedata

from db.receipts.words import FLOWERS, TREES

PAIRS = 6


def fingerprint(public_key: bytes) -> str:
    """Twelve words, tree and flower in turn; about 85 bits of the key's hash.

    With four pairs, 57 bits, somebody with a rented machine could have found a key of their own
    for all the words, and on a laptop within minutes one for the first and the last pair.
    """
    number = int.from_bytes(hashlib.sha256(b"cheonman.fingerprint.1\0" + public_key).digest())
    words: list[str] = []
    for _ in range(PAIRS):
        number, tree = divmod(number, len(TREES))
        number, flower = divmod(number, len(FLOWERS))
        words += (TREES[tree], FLOWERS[flower])
    return "-".join(words)


def agrees(words: str, public_key: bytes) -> bool:
    """Whether all of the words somebody heard are those of this key, whatever stands between."""
    heard = re.findall(r"[가-힣]+", unicodedata.normalize("NFC", words))
    return heard == fingerprint(public_key).split("-")
