"""age files: another program of the same format opens ours, ours open others', and a strange one
costs little.
"""

from __future__ import annotations

import os
from io import BytesIO

import pyrage
import pytest
from nacl.bindings import crypto_scalarmult

from db.keys.age_files import (
    LARGEST_HEADER,
    Identity,
    NoMatchingKey,
    NotAgeFile,
    seal,
    unseal,
    unseal_from,
)

CHUNK = 64 * 1024
SIZES = (0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 3 * CHUNK + 5)
VERSION = b"age-encryption.org/v1\n"


def test_keys_are_those_of_the_age_tool() -> None:
    ours, theirs = Identity.generate(), pyrage.x25519.Identity.generate()
    assert str(pyrage.x25519.Identity.from_str(ours.text).to_public()) == ours.recipient
    read = Identity.from_text(str(theirs))
    assert (read.text, read.recipient) == (str(theirs), str(theirs.to_public()))


def test_no_other_text_of_a_key_shows_its_secret() -> None:
    key = Identity(bytes([65]) * 32)
    for shown in (str(key), repr(key), f"{[key]}", repr({"key": key})):
        assert key.text not in shown and "AAA" not in shown


@pytest.mark.parametrize("spoil", ["letter", "case", "short", "recipient", "empty", "letterless"])
def test_a_mistyped_key_is_refused(spoil: str) -> None:
    text = Identity.generate().text
    spoilt = {
        "letter": text[:20] + ("Q" if text[20] != "Q" else "P") + text[21:],
        "case": text[:-1] + text[-1].lower() if text[-1].isalpha() else text[:-2] + "q" + text[-1],
        "short": text[:-1],
        "recipient": Identity.generate().recipient,
        "empty": "",
        "letterless": "AGE-SECRET-KEY-1",
    }[spoil]
    with pytest.raises(ValueError):
        Identity.from_text(spoilt)


@pytest.mark.parametrize("size", SIZES)
def test_another_program_of_the_format_opens_what_is_sealed_here_and_the_other_way(
    size: int,
) -> None:
    plain = os.urandom(size)
    ours, theirs = Identity.generate(), pyrage.x25519.Identity.generate()
    sealed = seal(plain, [ours.recipient, str(theirs.to_public())])
    assert pyrage.decrypt(sealed, [theirs]) == plain == unseal(sealed, [ours])
    there = pyrage.x25519.Recipient.from_str(ours.recipient)
    sealed = pyrage.encrypt(plain, [theirs.to_public(), there])
    assert unseal(sealed, [Identity.generate(), ours]) == plain


@pytest.mark.parametrize("size", [10, 2 * CHUNK])
def test_a_file_altered_cut_short_or_made_longer_is_refused_whole(size: int) -> None:
    key = Identity.generate()
    sealed = seal(os.urandom(size), [key.recipient])
    step = 1 if size < 1000 else 997
    for at in range(0, len(sealed), step):
        for spoilt in (
            sealed[:at] + bytes((sealed[at] ^ 1,)) + sealed[at + 1 :],
            sealed[:at],
        ):
            with pytest.raises((NotAgeFile, NoMatchingKey)):
                unseal(spoilt, [key])
    for more in (b"x", bytes(16), sealed[-(CHUNK + 16) :]):
        with pytest.raises(NotAgeFile):
            unseal(sealed + more, [key])


def test_chunks_that_change_their_places_are_refused() -> None:
    key, whole = Identity.generate(), CHUNK + 16
    sealed = seal(os.urandom(3 * CHUNK), [key.recipient])
    begin = len(sealed) - 3 * whole
    one, two, three = (sealed[begin + at * whole : begin + (at + 1) * whole] for at in range(3))
    for chunks in ((two, one, three), (one, three), (one, two), (one, one, three)):
        with pytest.raises(NotAgeFile):
            unseal(sealed[:begin] + b"".join(chunks), [key])


@pytest.mark.parametrize(
    "header",
    [
        b"",
        b"age-encryption.org/v2\n---",
        VERSION,
        VERSION + b"--- \n",
        VERSION + b"---\n" + bytes(60),
        VERSION + b"stanza\n\n--- " + b"A" * 43 + b"\n",
        VERSION + b"-> X25519 AAAA\nAAAA\n--- " + b"A" * 43 + b"\n",
        VERSION + b"-> X25519 " + b"A" * 43 + b"\n" + b"A" * 64 + b"\n\n--- " + b"A" * 43 + b"\n",
        VERSION + b"-> X25519 " + b"A" * 43 + b"\n--- " + b"A" * 43 + b"\n",
        VERSION + b"-> other\n" + b"A" * 65 + b"\n--- " + b"A" * 43 + b"\n",
        VERSION + b"-> X25519 " + b"A" * 43 + b"\n" + b"A" * 42 + b"B\n--- " + b"A" * 43 + b"\n",
    ],
)
def test_a_header_that_is_none_is_refused(header: bytes) -> None:
    with pytest.raises(NotAgeFile):
        unseal(header + bytes(100), [Identity.generate()])


def test_stanzas_of_other_kinds_and_shares_that_suit_everybody_are_passed_over() -> None:
    """A share of zeros gives every reader the same key; other kinds are scrypt, ssh or grease."""
    key = Identity.generate()
    sealed = seal(b"plain", [key.recipient])
    head = sealed.index(b"-> ")
    odd = b"-> X25519 " + b"A" * 43 + b"\n" + b"A" * 43 + b"\n-> grease x\n" + b"A" * 64 + b"\n\n"
    # The key is found, and only then the MAC says that a header was altered.
    with pytest.raises(NotAgeFile, match="altered"):
        unseal(sealed[:head] + odd + sealed[head:], [key])
    with pytest.raises(NoMatchingKey):
        unseal(sealed[:head] + odd + sealed[head:], [Identity.generate()])


class _Counted(BytesIO):
    """A file that counts what is read of it."""

    def __init__(self, data: bytes) -> None:
        super().__init__(data)
        self.taken = 0

    def read(self, size: int | None = -1, /) -> bytes:
        found = super().read(size)
        self.taken += len(found)
        return found


@pytest.mark.parametrize("kind", ["no end", "for others"])
def test_of_a_file_that_cannot_be_opened_nothing_is_read_behind_its_header(kind: str) -> None:
    if kind == "no end":
        data = VERSION + b"-> X25519 AAAA\n" * 200_000
    else:
        data = seal(bytes(4 * LARGEST_HEADER), [Identity.generate().recipient])
    file = _Counted(data)
    with pytest.raises((NotAgeFile, NoMatchingKey)):
        unseal_from(file, [Identity.generate()], len(data))
    assert file.taken <= LARGEST_HEADER < len(data)


def test_a_reader_among_many_tries_few_stanzas(monkeypatch: pytest.MonkeyPatch) -> None:
    """A thousand readers stand in the order of their keys, so each begins near its own; where
    another program put them in any order it finds its own all the same.
    """
    readers = [Identity.generate() for _ in range(1000)]
    sealed = seal(b"plain", [each.recipient for each in readers])
    lines = sealed[: sealed.index(b"\n---")].split(b"\n")[1:]
    tried: list[int] = []
    real = crypto_scalarmult

    def counted(secret: bytes, share: bytes) -> bytes:
        tried[-1] += 1
        return real(secret, share)

    monkeypatch.setattr("db.keys.age_files.crypto_scalarmult", counted)
    for reader in readers[::50]:
        tried.append(0)
        assert unseal(sealed, [reader]) == b"plain"
    assert max(tried) < 400
    # The stanzas backwards: the MAC no longer holds, but each key is found first.
    pairs = [b"\n".join(lines[at : at + 2]) for at in range(0, len(lines), 2)]
    backwards = VERSION + b"\n".join(reversed(pairs)) + sealed[sealed.index(b"\n---") :]
    for reader in (*readers[:3], max(readers, key=lambda each: each.public)):
        tried.append(0)
        with pytest.raises(NotAgeFile, match="altered"):
            unseal(backwards, [reader])
        assert tried[-1] <= len(readers)


def test_nothing_is_sealed_for_nobody() -> None:
    with pytest.raises(ValueError):
        seal(b"", [])
