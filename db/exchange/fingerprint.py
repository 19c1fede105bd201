"""Fingerprints 지문: a key as words two people can read to each other over the telephone."""

from __future__ import annotations

import hashlib

from db.receipt_words import FLOWERS, TREES

PAIRS = 4


def fingerprint(public_key: bytes) -> str:
    """Eight words, tree and flower in turn; about 57 bits of the key's hash.

    Enough to notice a key that was exchanged on the way, because the file is signed as well.
    """
    number = int.from_bytes(hashlib.sha256(b"cheonman.fingerprint.1\0" + public_key).digest())
    words: list[str] = []
    for _ in range(PAIRS):
        number, tree = divmod(number, len(TREES))
        number, flower = divmod(number, len(FLOWERS))
        words += (TREES[tree], FLOWERS[flower])
    return "-".join(words)
