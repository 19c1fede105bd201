"""Passwords of officers: what one may be, and what is kept of it."""

from __future__ import annotations

import unicodedata

from nacl import pwhash
from nacl.exceptions import InvalidkeyError

from db.problems import InputRefused
from db.text import composed

SHORTEST_PASSWORD, LONGEST_PASSWORD = 10, 128


def folded(name: str) -> str:
    """What two spellings of one name have in common."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def folded_password(password: str) -> bytes:
    """What is hashed: whoever types it on a Mac types the same."""
    return composed(password[: 4 * LONGEST_PASSWORD]).encode("utf-8", "replace")


def verifier_of(password: str, name: str) -> str:
    """An Argon2id hash with its salt and its costs. Raises InputRefused."""
    letters = len(composed(password))
    if not SHORTEST_PASSWORD <= letters <= LONGEST_PASSWORD:
        raise InputRefused(
            "password",
            f"비밀번호는 {SHORTEST_PASSWORD}자에서 {LONGEST_PASSWORD}자까지입니다.",
            f"a password has {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters.",
        )
    if len(set(password)) < 4 or folded(name) == folded(password):
        raise InputRefused(
            "password",
            "너무 쉬운 비밀번호입니다. 이름이나 같은 글자만으로는 안 됩니다.",
            "this password is too easy; neither the name nor the same few characters.",
        )
    hashed: bytes = pwhash.argon2id.str(
        folded_password(password),
        opslimit=pwhash.argon2id.OPSLIMIT_INTERACTIVE,
        memlimit=pwhash.argon2id.MEMLIMIT_INTERACTIVE,
    )
    return hashed.rstrip(b"\0").decode()


NOBODYS = (
    "$argon2id$v=19$m=65536,t=2,p=1$Czp0Pab2sQgXbolvCQW"
    "+Yw$ZqiL2t+f6zN4jBLBW/FYoGX3p6vanaSLlfXq2nccIq8"
)
"""Nobody's password has it: a name that is not there takes as long to refuse."""


def is_password(verifier: str, given: bytes) -> bool:
    """True where `given` is what `verifier` was made of."""
    try:
        return bool(pwhash.argon2id.verify(verifier.encode(), given))
    except (InvalidkeyError, ValueError):
        return False
