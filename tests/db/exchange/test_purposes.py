"""What somebody signed for one purpose is worth nothing for any other."""

from __future__ import annotations

import hashlib
import re
from itertools import permutations
from pathlib import Path

import pytest
from nacl.signing import SigningKey

import db
from db.exchange.trust.call_signature import CHALLENGE, Challenge
from db.exchange.trust.papers import (
    ACKNOWLEDGEMENT,
    CERTIFICATE,
    LIST,
    REQUEST,
    Signed,
    holds,
    opened,
    sign,
)
from db.refusals import Reason, Refused

PURPOSES = (CERTIFICATE, LIST, REQUEST, ACKNOWLEDGEMENT, CHALLENGE)
KEY = SigningKey(bytes(range(32)))
PUBLIC = bytes(KEY.verify_key)
DOCUMENT = Challenge(hub="a" * 26, at_us=1, nonce="0" * 32)


@pytest.mark.parametrize(("signed_for", "shown_as"), list(permutations(PURPOSES, 2)))
def test_a_signature_for_one_purpose_is_forged_for_every_other(
    signed_for: bytes, shown_as: bytes
) -> None:
    signed = sign(KEY, signed_for, DOCUMENT)
    assert holds(PUBLIC, signed_for, signed) and not holds(PUBLIC, shown_as, signed)
    assert opened(PUBLIC, signed_for, signed, Challenge, "x") == DOCUMENT
    with pytest.raises(Refused) as refused:
        opened(PUBLIC, shown_as, signed, Challenge, "x")
    assert refused.value.reason is Reason.FORGED


@pytest.mark.parametrize("purpose", PURPOSES)
def test_purpose_and_text_are_signed_and_nothing_less(purpose: bytes) -> None:
    signed = sign(KEY, purpose, DOCUMENT)
    digest = hashlib.sha256(signed.text.encode()).digest()
    assert KEY.sign(purpose + digest).signature.hex() == signed.signature
    bare = Signed(signed.text, KEY.sign(digest).signature.hex())
    other = Signed(signed.text.replace('"at_us":1', '"at_us":2'), signed.signature)
    for wrong in (bare, other, Signed(signed.text, "0" * 128)):
        assert not holds(PUBLIC, purpose, wrong)


def test_no_purpose_of_the_program_is_another_or_begins_like_it() -> None:
    folder = Path(db.__file__).parent
    sources = [file.read_text(encoding="utf-8") for file in folder.rglob("*.py")]
    found = [each for text in sources for each in re.findall(r'\bb"(cheonman\.[^"]*)"', text)]
    assert len(found) >= len(PURPOSES) + 1
    assert len(set(found)) == len(found)
    # A name of fixed length or one that ends in its zero byte: none can be read as a longer one.
    assert not [pair for pair in permutations(found, 2) if pair[1].startswith(pair[0])]
