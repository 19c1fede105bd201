"""Contact details 연락처: sealed to the city's key the moment they are entered.

What is sealed here can be opened only with the city's private key, which no kiosk holds. Until the
operator puts the city's public key in place a demonstration pair stands in, and every place that
shows it says that it is one.
"""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property

import msgspec
from nacl.bindings import crypto_box_seal
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, SealedBox

from db.directory import DataDirectory, make_private, write_durably
from db.problems import BrokenKey, InputRefused, StorageUnavailable
from db.records.feedback import Contact, ContactKind

CITY_KEY = "city-contact.pub"
DEMO_KEY, DEMO_PRIVATE = "demo-contact.pub", "demo-contact.key"

_LONGEST = 200
_EMAIL = re.compile(r"^[A-Za-z0-9._%+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,24}$")
_PHONE = re.compile(r"^0(?:1[016789]\d{7,8}|2\d{7,8}|[3-8]\d{8,10})$")


@dataclass(frozen=True)
class ContactKey:
    """The public key contacts are sealed to, 32 bytes, and its name of 16 hexadecimal digits."""

    public: bytes
    demonstration: bool

    @cached_property
    def key_id(self) -> str:
        return hashlib.sha256(b"cheonman.contact-key.1\0" + self.public).hexdigest()[:16]


def clean_contact(contact: Contact) -> Contact:
    """The contact in its plain form. Raises InputRefused when it is none or consent is missing."""
    if not contact.consent.is_complete:
        raise InputRefused(
            "consent",
            "만 14세 이상 확인과 네 가지 동의가 모두 있어야 연락처를 받을 수 있습니다.",
            "A contact is taken only with the age confirmation and all four points of consent.",
        )
    # Never cut: what is left of one address might be another's.
    typed = contact.value if len(contact.value) <= _LONGEST else ""
    value = unicodedata.normalize("NFKC", typed).strip()
    if contact.kind is ContactKind.PHONE:
        digits = re.sub(r"[\s().·\-‐-―]", "", value)
        digits = re.sub(r"^\+?82\(?0?", "0", digits)
        if not _PHONE.match(digits):
            raise InputRefused(
                "contact",
                "전화번호를 다시 확인해 주세요. 예: 010-1234-5678",
                "Please check the phone number, for example 010-1234-5678.",
            )
        return msgspec.structs.replace(contact, value=digits)
    if not _EMAIL.match(value):
        raise InputRefused(
            "contact",
            "전자우편 주소를 다시 확인해 주세요. 예: name@example.com",
            "Please check the e-mail address, for example name@example.com.",
        )
    return msgspec.structs.replace(contact, value=value)


def seal(contact: Contact, key: ContactKey) -> bytes:
    """The sealed contact; nobody without the city's private key can open it, this kiosk included.

    Padded, so that its length does not tell a phone number from an address.
    """
    plain = msgspec.json.encode({"kind": contact.kind, "value": contact.value})
    return crypto_box_seal(plain.ljust(96), key.public)


def open_sealed(sealed: bytes, private: bytes) -> tuple[ContactKind, str]:
    """Kind and value of a sealed contact. `private` is 32 bytes. Raises InputRefused."""
    try:
        plain = SealedBox(PrivateKey(private)).decrypt(sealed)
        opened = msgspec.json.decode(plain, type=dict[str, str])
        return ContactKind(opened["kind"]), opened["value"]
    except (CryptoError, ValueError, KeyError, msgspec.MsgspecError) as error:
        raise InputRefused(
            "key",
            "이 열쇠로는 연락처를 열 수 없습니다. 도시의 비밀 열쇠를 확인하세요.",
            "This key does not open the contact; check the city's private key.",
        ) from error


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
