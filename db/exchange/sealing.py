"""Sealing 봉하기: bundles are age files, so that the standard `age` tool opens them as well."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pyrage

from db.directory import DataDirectory, read_at_most, write_durably
from db.exchange.refusals import Reason, Refused
from db.keys import AGE, RETIRED
from db.problems import BrokenKey, StorageUnavailable

CITY_AGE = "city.age"
_LARGEST_KEY = 64 * 1024
# The first line of every age file, and how much of it a header of many recipients may take.
_MAGIC = b"age-encryption.org/v1\n"


def identities(directory: DataDirectory) -> list[pyrage.x25519.Identity]:
    """What this device can open: files sealed to it, also under the names it had before, and on
    a desk or hub those sealed to the city.
    """
    keys = directory.keys
    files = [keys / AGE, keys / CITY_AGE, *sorted((keys / RETIRED).glob(f"*/{AGE}"))]
    return [each for file in files if file.exists() for each in read_identities(file)]


def read_identities(file: Path) -> list[pyrage.x25519.Identity]:
    """The identities in an age key file, one at least. Raises BrokenKey."""
    try:
        return _identities(read_at_most(file, _LARGEST_KEY))
    except (OSError, ValueError, pyrage.IdentityError) as error:
        raise BrokenKey(
            str(file),
            "age 열쇠가 아닙니다. 백업한 열쇠를 되돌려 놓으세요.",
            "not an age identity; put the saved key back.",
        ) from error


def _identities(text: bytes) -> list[pyrage.x25519.Identity]:
    lines = text.decode("ascii", "replace").splitlines()
    found = [
        pyrage.x25519.Identity.from_str(line.strip())
        for line in lines
        if line.startswith("AGE-SECRET-KEY-")
    ]
    if not found:
        raise ValueError("no identity")
    return found


def take_grant(directory: DataDirectory, grant: bytes, city_age: str, place: str) -> None:
    """Keeps the city's identities that were granted to this desk or hub.

    Raises Refused when the grant is another device's or not the city's, StorageUnavailable.
    """
    opened = unseal(grant, identities(directory), f"{place}: grant")
    try:
        granted = [str(each.to_public()) for each in _identities(opened)]
    except (ValueError, pyrage.IdentityError) as error:
        raise Refused(Reason.UNREADABLE, f"{place}: grant") from error
    if city_age not in granted:
        raise Refused(Reason.FORGED, f"{place}: grant")
    try:
        write_durably(directory.keys / CITY_AGE, opened)
    except OSError as error:
        raise StorageUnavailable.from_os(error, str(directory.keys)) from error


def seal(plain: bytes, recipients: Sequence[str]) -> bytes:
    """An age file for these recipients (age1...)."""
    keys = [pyrage.x25519.Recipient.from_str(each) for each in recipients]
    return bytes(pyrage.encrypt(plain, keys))


def unseal(data: bytes, keys: Sequence[pyrage.x25519.Identity], place: str) -> bytes:
    """What is in an age file, whole or not at all. Raises Refused."""
    if not data.startswith(_MAGIC):
        raise Refused(Reason.UNREADABLE, place, "not an age file")
    try:
        return bytes(pyrage.decrypt(data, list(keys)))
    except pyrage.DecryptError as error:
        reason = Reason.NOT_FOR_US if "No matching keys" in str(error) else Reason.UNREADABLE
        raise Refused(reason, place, str(error)[:120]) from error
