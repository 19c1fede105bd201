"""The key contacts are sealed to: the city's own, or a demonstration pair until the operator puts
that in place. Every place that shows a demonstration key says that it is one.
"""

from __future__ import annotations

import hashlib
import os
import re
from dataclasses import dataclass
from functools import cached_property

from nacl.public import PrivateKey

from db.directory import DataDirectory, make_private, write_durably
from db.problems import BrokenKey, StorageUnavailable

CITY_KEY = "city-contact.pub"
DEMO_KEY, DEMO_PRIVATE = "demo-contact.pub", "demo-contact.key"


@dataclass(frozen=True)
class ContactKey:
    """The public key contacts are sealed to, 32 bytes, and its name of 16 hexadecimal digits."""

    public: bytes
    demonstration: bool

    @cached_property
    def key_id(self) -> str:
        return hashlib.sha256(b"cheonman.contact-key.1\0" + self.public).hexdigest()[:16]


def contact_key(directory: DataDirectory) -> ContactKey:
    """The key in force: the city's where the operator put it, else the demonstration key.

    Raises BrokenKey when the operator's file is malformed, StorageUnavailable when a first key
    cannot be written.
    """
    city = directory.keys / CITY_KEY
    if city.exists():
        return ContactKey(_public_key(directory, CITY_KEY), demonstration=False)
    if not (directory.keys / DEMO_KEY).exists():
        _make_demonstration(directory)
    return ContactKey(_public_key(directory, DEMO_KEY), demonstration=True)


def public_key_text(public: bytes, words: str) -> bytes:
    """The content of a contact key file: a comment line, then 64 hexadecimal digits."""
    return f"# {words}\n{public.hex()}\n".encode()


def _make_demonstration(directory: DataDirectory) -> None:
    private = PrivateKey.generate()
    words = "DEMONSTRATION contact key: replace it by the city's own as city-contact.pub"
    try:
        make_private(directory.keys)
        os.chmod(directory.keys, 0o700)
        write_durably(directory.keys / DEMO_PRIVATE, public_key_text(bytes(private), words))
        public = bytes(private.public_key)
        write_durably(directory.keys / DEMO_KEY, public_key_text(public, words))
    except OSError as error:
        raise StorageUnavailable.from_os(error, str(directory.keys)) from error


def _public_key(directory: DataDirectory, name: str) -> bytes:
    return read_key_file(directory.keys / name)


def read_key_file(path: os.PathLike[str]) -> bytes:
    """The 32 bytes of a contact key file, public or private. Raises BrokenKey."""
    try:
        with open(path, "rb") as stream:
            # Copied with an editor of Windows it begins with a mark and has other line ends.
            text = stream.read(4096).removeprefix(b"\xef\xbb\xbf").decode("ascii", "replace")
    except OSError as error:
        raise BrokenKey(
            str(path), "읽을 수 없습니다. 권한을 확인하세요.", "unreadable; check its permissions."
        ) from error
    lines = [line.strip() for line in text.splitlines() if not line.startswith("#")]
    digits = "".join(lines)
    if not re.fullmatch(r"[0-9a-fA-F]{64}", digits):
        raise BrokenKey(
            str(path),
            "64자리 16진수 열쇠가 들어 있어야 합니다. 도시가 준 파일을 다시 복사하세요.",
            "must hold a key of 64 hexadecimal digits; copy the city's file again.",
        )
    return bytes.fromhex(digits)
