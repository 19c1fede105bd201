"""Papers 서류: what the city key signs about devices, and how a signature is checked.

A certificate says who a device is; the list says which devices were revoked and which contact key
is in force. Both travel with everything else, signed, so whoever carries them changes nothing.
"""

from __future__ import annotations

import hashlib
from enum import StrEnum
from typing import Annotated, TypeVar

import msgspec
from nacl.exceptions import BadSignatureError
from nacl.signing import SigningKey, VerifyKey

from db.refusals import Reason, Refused
from db.store.events import LARGEST_SEQ

CERTIFICATE = b"cheonman.certificate.1\0"
LIST = b"cheonman.trust-list.1\0"
REQUEST = b"cheonman.request.1\0"
ACKNOWLEDGEMENT = b"cheonman.acknowledgement.1\0"

MOST_DEVICES = 5_000
LARGEST_PAPERS = 16 * 1024 * 1024

Hex32 = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{64}$(?!\n)")]
Device = Annotated[str, msgspec.Meta(pattern=r"^[a-z2-7]{26}$(?!\n)")]
Age = Annotated[str, msgspec.Meta(pattern=r"^age1[0-9a-z]{20,100}$(?!\n)")]
LONGEST_NAME = 60
Name = Annotated[
    str, msgspec.Meta(min_length=1, max_length=LONGEST_NAME, pattern=r"^[^\x00-\x1f\x7f]+$(?!\n)")
]
Number = Annotated[int, msgspec.Meta(ge=0, le=LARGEST_SEQ)]
Micros = Annotated[int, msgspec.Meta(ge=-LARGEST_SEQ, le=LARGEST_SEQ)]
_Text = Annotated[str, msgspec.Meta(max_length=LARGEST_PAPERS)]
_Signature = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{128}$(?!\n)")]


class DeviceRole(StrEnum):
    KIOSK = "kiosk"
    DESK = "desk"
    HUB = "hub"


class Signed(msgspec.Struct, frozen=True):
    """A text and the signature over its hash. The text is never written anew, only carried."""

    text: _Text
    signature: _Signature


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """What a device asks of the city; signed by itself, so nobody can ask in its name."""

    public_key: Hex32
    age: Age
    name: Annotated[str, msgspec.Meta(max_length=60)]
    at_us: Micros


class Certificate(msgspec.Struct, frozen=True, kw_only=True):
    """Who a device is: signed by the city. The highest `number` for a device is in force."""

    number: Number
    device: Device
    public_key: Hex32
    age: Age
    role: DeviceRole
    name: Name
    issued_us: Micros
    valid_until_us: Micros


class Revocation(msgspec.Struct, frozen=True, kw_only=True):
    """A device that is trusted no more. With `after` and `link` its events up to that number
    stay valid everywhere; without, every store keeps what it had and takes nothing more.
    """

    device: Device
    at_us: Micros
    after: Number | None = None
    link: Hex32 | None = None


class TrustList(msgspec.Struct, frozen=True, kw_only=True):
    """What holds for the whole city; the highest number is in force."""

    number: Number
    issued_us: Micros
    contact_key: Hex32
    city_age: Age
    revoked: Annotated[tuple[Revocation, ...], msgspec.Meta(max_length=MOST_DEVICES)] = ()


class Papers(msgspec.Struct, frozen=True, kw_only=True):
    """Everything signed that one file or bundle carries. `city` is the root public key.

    `grant`, in the file for one desk or hub alone, holds the city's age identities sealed to it:
    so it opens what kiosks wrote before they knew it.
    """

    version: Annotated[int, msgspec.Meta(ge=1, le=1)]
    city: Hex32
    list: Signed
    certificates: Annotated[tuple[Signed, ...], msgspec.Meta(max_length=MOST_DEVICES)] = ()
    grant: Annotated[bytes, msgspec.Meta(max_length=64 * 1024)] | None = None


_Document = TypeVar("_Document", bound=msgspec.Struct)


def sign(key: SigningKey, domain: bytes, document: msgspec.Struct) -> Signed:
    text = msgspec.json.encode(document).decode()
    return Signed(text, key.sign(_digest(domain, text)).signature.hex())


def holds(public_key: bytes, domain: bytes, signed: Signed) -> bool:
    """True when the owner of `public_key` signed this text for this purpose."""
    try:
        VerifyKey(public_key).verify(_digest(domain, signed.text), bytes.fromhex(signed.signature))
    except (BadSignatureError, ValueError):
        return False
    return True


def opened(
    public_key: bytes, domain: bytes, signed: Signed, kind: type[_Document], place: str
) -> _Document:
    """The document behind a signature. Raises Refused when it does not hold or is malformed."""
    if not holds(public_key, domain, signed):
        raise Refused(Reason.FORGED, place)
    return parsed(signed.text.encode(), kind, place)


def parsed(data: bytes, kind: type[_Document], place: str) -> _Document:
    """A document from JSON. Raises Refused, naming the field that is wrong."""
    if len(data) > LARGEST_PAPERS:
        raise Refused(Reason.TOO_LARGE, place, f"{len(data)} bytes")
    try:
        return msgspec.json.decode(data.removeprefix(b"\xef\xbb\xbf"), type=kind)
    except (msgspec.MsgspecError, RecursionError, UnicodeError) as error:
        raise Refused(Reason.UNREADABLE, place, str(error)[:120]) from error


def _digest(domain: bytes, text: str) -> bytes:
    return domain + hashlib.sha256(text.encode()).digest()
