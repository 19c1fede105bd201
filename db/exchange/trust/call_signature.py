"""How a device shows a hub who it is: it signs every call over a challenge the hub gave.

    challenge = {hub, at, nonce} signed by the hub      good for ten minutes of the hub's clock
    call      = Ed25519(call | H(challenge) | H(METHOD target) | H(body))

H(body) travels beside the signature, so a hub knows who calls, and for what, before it reads a byte
of the body; what comes is then held against it. Nothing secret travels, no clock of a kiosk is
asked, and any hub of the city can check a challenge that another one gave, so hubs need no memory
of calls. A call that is repeated does what it did before, which is nothing new.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
import secrets
from collections.abc import Mapping
from functools import lru_cache
from typing import Annotated, NamedTuple

import msgspec
from nacl.exceptions import BadSignatureError
from nacl.signing import VerifyKey

from db.exchange.trust.papers import Device, DeviceRole, Micros, Signed, holds, parsed, sign
from db.exchange.trust.trust import Trust
from db.keys.device import DeviceKeys
from db.refusals import Reason, Refused

CHALLENGE = b"cheonman.challenge.1\0"
CALL = b"cheonman.call.1\0"
DEVICE_HEADER, CHALLENGE_HEADER, BODY_HEADER, SIGNATURE_HEADER = HEADERS = (
    "Cheonman-Device",
    "Cheonman-Challenge",
    "Cheonman-Body",
    "Cheonman-Signature",
)
LONGEST_HEADER = 2_000
LIFE_US = 10 * 60 * 1_000_000
EARLY_US = 60 * 1_000_000
"""How long a challenge is good, and how far two hubs' clocks may stand apart."""


_HASH = re.compile(r"[0-9a-fA-F]{64}")
_SIGNATURE = re.compile(r"[0-9a-fA-F]{128}")


class Proven(NamedTuple):
    """Who made a call, and the SHA-256 of the body that belongs to it."""

    device: str
    body_hash: bytes


class Challenge(msgspec.Struct, frozen=True, kw_only=True):
    """What a hub gives out to be signed over."""

    hub: Device
    at_us: Micros
    nonce: Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{32}$(?!\n)")]


def give_challenge(keys: DeviceKeys, now_us: int) -> Signed:
    """A fresh challenge of this hub."""
    made = Challenge(hub=keys.device, at_us=now_us, nonce=secrets.token_hex(16))
    return sign(keys.signing, CHALLENGE, made)


def check_challenge(trust: Trust, challenge: Signed, place: str) -> Challenge:
    """The challenge, given by a hub of this city. Raises Refused."""
    claimed = parsed(challenge.text.encode(), Challenge, place)
    certificate = trust.certificate(claimed.hub, place)
    if certificate.role is not DeviceRole.HUB or not trust.is_live(claimed.hub):
        raise Refused(Reason.ROLE, place, claimed.hub)
    if not _given(bytes.fromhex(certificate.public_key), challenge):
        raise Refused(Reason.FORGED, place)
    return claimed


@lru_cache(maxsize=1024)
def _given(public_key: bytes, challenge: Signed) -> bool:
    """Kept, because a device signs over one challenge for ten minutes."""
    return holds(public_key, CHALLENGE, challenge)


def sign_call(
    keys: DeviceKeys, challenge: Signed, method: str, target: str, body: bytes
) -> dict[str, str]:
    """The headers of one call; `target` is path and query as they are sent."""
    body_hash = hashlib.sha256(body).digest()
    signature = keys.sign(_called(challenge, method, target, body_hash))
    return {
        DEVICE_HEADER: keys.device,
        CHALLENGE_HEADER: base64.b64encode(msgspec.json.encode(challenge)).decode(),
        BODY_HEADER: body_hash.hex(),
        SIGNATURE_HEADER: signature.hex(),
    }


def check_call(
    trust: Trust, headers: Mapping[str, str], method: str, target: str, now_us: int
) -> Proven:
    """Who made this call, asked before its body is read. `headers` are the four, by the names
    above.

    Raises Refused: the device is unknown, expired or revoked, the challenge too old, its program
    older than the hub's, or the signature does not hold.
    """
    device, place = headers.get(DEVICE_HEADER, ""), "call"
    certificate = trust.certificate(device, place)
    if trust.revocation(device) is not None:
        raise Refused(Reason.REVOKED, place, device)
    if trust.is_expired(certificate):
        raise Refused(Reason.EXPIRED, place, certificate.name)
    challenge = _read_challenge(headers.get(CHALLENGE_HEADER, ""), place)
    given = check_challenge(trust, challenge, place)
    if not -EARLY_US <= now_us - given.at_us <= LIFE_US:
        raise Refused(Reason.STALE_CHALLENGE, place)
    body_hash, signature = headers.get(BODY_HEADER, ""), headers.get(SIGNATURE_HEADER, "")
    if not body_hash and signature:
        raise Refused(Reason.OLDER_PROGRAM, place, device)
    if not (_HASH.fullmatch(body_hash) and _SIGNATURE.fullmatch(signature)):
        raise Refused(Reason.FORGED, place, device)
    proven = Proven(device, bytes.fromhex(body_hash))
    called = _called(challenge, method, target, proven.body_hash)
    try:
        VerifyKey(bytes.fromhex(certificate.public_key)).verify(called, bytes.fromhex(signature))
    except (BadSignatureError, ValueError) as error:
        raise Refused(Reason.FORGED, place, device) from error
    return proven


def _read_challenge(text: str, place: str) -> Signed:
    try:
        packed = base64.b64decode(text[:LONGEST_HEADER].encode("ascii", "replace"), validate=True)
    except (binascii.Error, ValueError) as error:
        raise Refused(Reason.UNREADABLE, place, "challenge") from error
    return parsed(packed, Signed, place)


def _called(challenge: Signed, method: str, target: str, body_hash: bytes) -> bytes:
    parts = (challenge.text.encode(), f"{method} {target}".encode())
    return CALL + b"".join(hashlib.sha256(part).digest() for part in parts) + body_hash
