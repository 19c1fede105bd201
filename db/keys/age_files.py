"""age files 봉한 파일, made and opened with libsodium: the standard `age` tool opens what is sealed
here, and what it seals opens here.

    file    = header | nonce 16 | chunks of 64 KiB          (age-encryption.org/v1)
    header  = the version, one stanza for each reader, "---" and a MAC under the file's key

A header names no reader: each tries its key on one stanza after the other, at some fifty
microseconds each. Those made here stand in the order of the readers' keys, which tells nobody
anything, for stanzas are random; but a reader begins where its own would stand, and of five
thousand tries a few dozen. In any other order it finds its own all the same, after trying more.

Nothing here holds the interpreter for longer than one chunk or stanza takes.
"""

from __future__ import annotations

import base64
import binascii
import hmac
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from io import BytesIO
from typing import BinaryIO

from nacl.bindings import (
    crypto_aead_chacha20poly1305_ietf_decrypt as _open_box,
)
from nacl.bindings import (
    crypto_aead_chacha20poly1305_ietf_encrypt as _make_box,
)
from nacl.bindings import crypto_scalarmult, crypto_scalarmult_base
from nacl.exceptions import CryptoError

from db.keys.bech32 import decode_bech32, encode_bech32

LARGEST_HEADER = 512 * 1024
"""Bytes: the stanzas of five thousand readers and some more."""

_VERSION = b"age-encryption.org/v1\n"
_X25519 = b"age-encryption.org/v1/X25519"
_STANZA, _OURS, _END = b"-> ", b"-> X25519 ", b"---"
_LINE = 64
_CHUNK, _TAG = 64 * 1024, 16
_PUBLIC, _SECRET = "age", "age-secret-key-"


class NotAgeFile(ValueError):
    """It is no age file, or an altered or damaged one."""


class NoMatchingKey(ValueError):
    """It is sealed to others."""


@dataclass(frozen=True)
class Identity:
    """What opens files: 32 bytes of X25519, which no text of it shows but `text`."""

    secret: bytes = field(repr=False)

    @classmethod
    def generate(cls) -> Identity:
        return cls(secrets.token_bytes(32))

    @classmethod
    def from_text(cls, text: str) -> Identity:
        """Raises ValueError."""
        return cls(_key_in(text, _SECRET))

    @cached_property
    def public(self) -> bytes:
        return crypto_scalarmult_base(self.secret)

    @property
    def recipient(self) -> str:
        """age1..., by which others seal to it."""
        return encode_bech32(_PUBLIC, self.public)

    @property
    def text(self) -> str:
        """AGE-SECRET-KEY-1..., as the `age` tool keeps it in a file."""
        return encode_bech32(_SECRET, self.secret).upper()


def _key_in(text: str, kind: str) -> bytes:
    found, key = decode_bech32(text)
    if found != kind or len(key) != 32:
        raise ValueError(f"not an {kind} key")
    return key


# -- sealing -----------------------------------------------------------------------------------


def seal(plain: bytes, recipients: Sequence[str]) -> bytes:
    """An age file for these recipients (age1...). Raises ValueError for anything else, or none."""
    if not recipients:
        raise ValueError("a file for nobody")
    file_key, nonce = secrets.token_bytes(16), secrets.token_bytes(16)
    parts = [_VERSION]
    parts += [_stanza(file_key, key) for key in sorted(_key_in(r, _PUBLIC) for r in recipients)]
    parts.append(_END)
    parts.append(b" " + _encoded(_header_mac(file_key, b"".join(parts))) + b"\n" + nonce)
    key, view = _derived(file_key, nonce, b"payload"), memoryview(plain)
    last = max(0, len(plain) - 1) // _CHUNK
    parts += [
        _make_box(bytes(view[n * _CHUNK : (n + 1) * _CHUNK]), None, _chunk_nonce(n, n == last), key)
        for n in range(last + 1)
    ]
    return b"".join(parts)


def _stanza(file_key: bytes, recipient: bytes) -> bytes:
    secret = secrets.token_bytes(32)
    share = crypto_scalarmult_base(secret)
    wrap = _derived(crypto_scalarmult(secret, recipient), share + recipient, _X25519)
    body = _make_box(file_key, None, bytes(12), wrap)
    return b"".join((_OURS, _encoded(share), b"\n", _encoded(body), b"\n"))


# -- opening -----------------------------------------------------------------------------------


def unseal(data: bytes, identities: Sequence[Identity]) -> bytes:
    """What is in an age file, whole or not at all. Raises NotAgeFile, NoMatchingKey."""
    return unseal_from(BytesIO(data), identities, len(data))


def unseal_from(stream: BinaryIO, identities: Sequence[Identity], largest: int) -> bytes:
    """The same of an open file of at most `largest` bytes: nothing behind its header is read
    where no key fits. Raises OSError as well.
    """
    start = stream.read(LARGEST_HEADER)
    header, mac, behind = _split(start)
    file_key = _found(_stanzas(header), identities)
    if not hmac.compare_digest(_header_mac(file_key, header), mac):
        raise NotAgeFile("the header was altered")
    payload = start[behind:] + stream.read(max(0, largest - len(start)))
    if len(payload) < 16 + _TAG:
        raise NotAgeFile("cut short")
    key = _derived(file_key, payload[:16], b"payload")
    return b"".join(_chunks(memoryview(payload)[16:], key))


def _split(start: bytes) -> tuple[bytes, bytes, int]:
    """The header as its MAC covers it, the MAC, and where the payload begins."""
    if not start.startswith(_VERSION):
        raise NotAgeFile("not an age file")
    at = start.find(b"\n---")
    end = start.find(b"\n", at + 1)
    if at < 0 or end < 0:
        raise NotAgeFile("its header has no end")
    header, line = start[: at + 4], start[at + 4 : end]
    if not line.startswith(b" "):
        raise NotAgeFile("its header ends in another way")
    return header, _decoded(line[1:], 32), end + 1


def _stanzas(header: bytes) -> list[tuple[bytes, bytes]]:
    """(share, sealed file key) of each X25519 stanza, as they are written; others are for other
    kinds of keys. What nobody tries is covered by the MAC and need not be read.
    """
    lines = header.split(b"\n")[1:-1]
    found: list[tuple[bytes, bytes]] = []
    at = 0
    while at < len(lines):
        head, body = lines[at], at + 1
        at = body
        while at < len(lines) and len(lines[at]) == _LINE:
            at += 1
        if not head.startswith(_STANZA) or at == len(lines) or len(lines[at]) > _LINE:
            raise NotAgeFile("its header is malformed")
        if head.startswith(_OURS):
            if at != body:
                raise NotAgeFile("its header is malformed")
            found.append((head[len(_OURS) :], lines[body]))
        at += 1
    return found


def _found(stanzas: Sequence[tuple[bytes, bytes]], identities: Sequence[Identity]) -> bytes:
    for index, identity in _tries(len(stanzas), identities):
        share, body = (_decoded(part, 32) for part in stanzas[index])
        try:
            wrap = _derived(
                crypto_scalarmult(identity.secret, share), share + identity.public, _X25519
            )
            return _open_box(body, None, bytes(12), wrap)
        except (CryptoError, RuntimeError):
            continue  # another reader's, or a share that gives everybody the same key
    raise NoMatchingKey


def _tries(count: int, identities: Sequence[Identity]) -> Iterator[tuple[int, Identity]]:
    """Each stanza for each identity, beginning where its own stands in the order of the keys."""
    begins = [(int.from_bytes(each.public[:8], "big") * count >> 64, each) for each in identities]
    for away in range(count):
        for begin, identity in begins:
            for index in {begin - away, begin + away}:
                if 0 <= index < count:
                    yield index, identity


def _chunks(sealed: memoryview, key: bytes) -> Iterator[bytes]:
    whole = _CHUNK + _TAG
    last = (len(sealed) - 1) // whole
    for number in range(last + 1):
        chunk = bytes(sealed[number * whole : (number + 1) * whole])
        # Only an empty file ends in an empty chunk.
        if number and len(chunk) <= _TAG:
            raise NotAgeFile("cut short")
        try:
            yield _open_box(chunk, None, _chunk_nonce(number, number == last), key)
        except (CryptoError, ValueError) as error:
            raise NotAgeFile("altered or cut short") from error


# -- what both ways share ----------------------------------------------------------------------


def _derived(secret: bytes, salt: bytes, purpose: bytes) -> bytes:
    """HKDF-SHA-256, 32 bytes."""
    return hmac.digest(hmac.digest(salt, secret, "sha256"), purpose + b"\1", "sha256")


def _header_mac(file_key: bytes, header: bytes) -> bytes:
    return hmac.digest(_derived(file_key, b"", b"header"), header, "sha256")


def _chunk_nonce(number: int, is_last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes((is_last,))


def _encoded(raw: bytes) -> bytes:
    return base64.b64encode(raw).rstrip(b"=")


def _decoded(text: bytes, size: int) -> bytes:
    try:
        raw = base64.b64decode(text + b"=" * (-len(text) % 4), validate=True)
    except binascii.Error as error:
        raise NotAgeFile("its header is malformed") from error
    if len(raw) != size or _encoded(raw) != text:
        raise NotAgeFile("its header is malformed")
    return raw
