"""Sealing 봉하기: bundles are age files, so that the standard `age` tool opens them as well."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path

from db.directory import DataDirectory, open_plain, read_at_most, write_durably
from db.exchange.trust.papers import Papers, TrustList, parsed
from db.keys.age_files import Identity, NoMatchingKey, NotAgeFile, unseal_from
from db.keys.age_files import unseal as open_age_file
from db.keys.device import AGE, RETIRED
from db.problems import BrokenKey, StorageUnavailable
from db.refusals import Reason, Refused

CITY_AGE = "city.age"
MOST_GRANTED = 64
"""Identities of the city one desk keeps: one comes with every desk or hub that is revoked."""
_LARGEST_KEY = 64 * 1024


def identities(directory: DataDirectory) -> list[Identity]:
    """What this device can open: files sealed to it, also under the names it had before, and on
    a desk or hub those sealed to the city.
    """
    keys = directory.keys
    files = [keys / AGE, keys / CITY_AGE, *sorted((keys / RETIRED).glob(f"*/{AGE}"))]
    return [each for file in files if file.exists() for each in read_identities(file)]


def read_identities(file: Path) -> list[Identity]:
    """The identities in an age key file, one at least. Raises BrokenKey."""
    try:
        return _identities(read_at_most(file, _LARGEST_KEY))
    except (OSError, ValueError) as error:
        raise BrokenKey(
            str(file),
            "age 열쇠가 아닙니다. 백업한 열쇠를 되돌려 놓으세요.",
            "not an age identity; put the saved key back.",
        ) from error


def _identities(text: bytes) -> list[Identity]:
    lines = text.removeprefix(b"\xef\xbb\xbf").decode("ascii", "replace").splitlines()
    found = [
        Identity.from_text(line.strip()) for line in lines if line.startswith("AGE-SECRET-KEY-")
    ]
    if not found:
        raise ValueError("no identity")
    return found


def open_grant(directory: DataDirectory, papers: Papers, place: str) -> list[Identity]:
    """The city's identities that these papers grant to this very desk or hub. Raises Refused when
    the grant is another device's, or not the city's.
    """
    assert papers.grant is not None
    where = f"{place}: grant"
    # These papers may be older than the list in force, and so is the identity they grant.
    city_age = parsed(papers.list.text.encode(), TrustList, place).city_age
    try:
        granted = _identities(unseal(papers.grant, identities(directory), where))
    except Refused as refused:
        if refused.reason is not Reason.NOT_FOR_US:
            raise
        raise Refused(Reason.OTHERS_PAPERS, where) from refused
    except ValueError as error:
        raise Refused(Reason.UNREADABLE, where) from error
    if city_age not in [each.recipient for each in granted]:
        raise Refused(Reason.FORGED, where)
    return granted


def keep_granted(directory: DataDirectory, granted: Sequence[Identity], place: str) -> None:
    """Adds identities of the city to those that are here. None is ever replaced: what was sealed
    to it would be shut for good. Raises Refused, StorageUnavailable.
    """
    file = directory.keys / CITY_AGE
    held = read_identities(file) if file.exists() else []
    kept = list(dict.fromkeys([*held, *granted]))
    if len(kept) > MOST_GRANTED:
        raise Refused(Reason.TOO_LARGE, f"{place}: grant", f"{len(kept)} identities")
    if kept == held:
        return
    try:
        write_durably(file, "".join(f"{each.text}\n" for each in kept).encode())
    except OSError as error:
        raise StorageUnavailable.from_os(error, str(directory.keys)) from error


def unseal(data: bytes, keys: Sequence[Identity], place: str) -> bytes:
    """What is in an age file, whole or not at all. Raises Refused."""
    return _opened(lambda: open_age_file(data, keys), place)


def unseal_file(file: Path, keys: Sequence[Identity], largest: int) -> bytes:
    """The same of a file of at most `largest` bytes; of one that is sealed to others nothing but
    its header is read. Raises Refused.
    """
    place = str(file)
    try:
        with open_plain(file) as stream:
            if os.fstat(stream.fileno()).st_size > largest:
                raise Refused(Reason.TOO_LARGE, place)
            return _opened(lambda: unseal_from(stream, keys, largest), place)
    except OSError as error:
        raise Refused.from_os(error, place) from error


def _opened(act: Callable[[], bytes], place: str) -> bytes:
    try:
        return act()
    except NoMatchingKey as error:
        raise Refused(Reason.NOT_FOR_US, place) from error
    except NotAgeFile as error:
        raise Refused(Reason.UNREADABLE, place, str(error)) from error
