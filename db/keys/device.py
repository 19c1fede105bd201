"""The keys of one device: who signs, and who can be written to.

Made at first run, readable by the owner alone (files 0600, directory 0700). A device's name is the
hash of its public key, so a name cannot be claimed without the key.
"""

from __future__ import annotations

import base64
import hashlib
import os
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from nacl.bindings import crypto_sign
from nacl.signing import SigningKey

from db.directory import (
    SEED as SEED,
)
from db.directory import (
    DataDirectory,
    calmly,
    make_private,
    read_at_most,
    sync_directory,
    write_durably,
)
from db.keys.age_files import Identity
from db.keys.undumpable import leave_no_dump
from db.problems import BrokenKey, StorageUnavailable

AGE = "device.age"
RETIRED = "retired"


def device_name(public_key: bytes) -> str:
    """26 letters and digits that stand for a public key of 32 bytes."""
    digest = hashlib.sha256(b"cheonman.device.1\0" + public_key).digest()[:16]
    return base64.b32encode(digest).decode().rstrip("=").lower()


@lru_cache(maxsize=1024)
@lru_cache(maxsize=256)
def device_bytes(device: str) -> bytes:
    """The 16 bytes behind a device name. Raises ValueError for anything else."""
    raw = base64.b32decode(device.upper() + "======")
    if len(raw) != 16 or device_name_of(raw) != device:
        raise ValueError(f"not a device name: {device!r}")
    return raw


def device_name_of(raw: bytes) -> str:
    return base64.b32encode(raw).decode().rstrip("=").lower()


@dataclass(frozen=True)
class DeviceKeys:
    """What one device holds. `age_recipient` is public; the rest never leaves the directory."""

    signing: SigningKey
    age_recipient: str

    def __post_init__(self) -> None:
        leave_no_dump()

    @cached_property
    def public(self) -> bytes:
        return bytes(self.signing.verify_key)

    @cached_property
    def device(self) -> str:
        return device_name(self.public)

    def sign(self, message: bytes) -> bytes:
        """An Ed25519 signature of 64 bytes."""
        return crypto_sign(message, self._secret)[:64]

    @cached_property
    def _secret(self) -> bytes:
        return bytes(self.signing) + self.public


def load_keys(directory: DataDirectory) -> DeviceKeys | None:
    """The keys of this directory, or None where none were made yet. Raises BrokenKey,
    StorageUnavailable.
    """
    folder = directory.keys
    with calmly(folder / SEED):
        if not (folder / SEED).exists():
            return None
    seed = _exactly_32(folder / SEED)
    recipient = ""
    text = _read(folder / AGE).removeprefix(b"\xef\xbb\xbf").decode("ascii", "replace")
    for line in text.splitlines():
        if line.startswith("# public key: "):
            recipient = line.removeprefix("# public key: ").strip()
    if not recipient.startswith("age1"):
        raise _broken(folder / AGE)
    return DeviceKeys(SigningKey(seed), recipient)


def make_keys(directory: DataDirectory) -> DeviceKeys:
    """Makes a new device. Keys that were there are kept aside under `retired/`.

    Raises StorageUnavailable.
    """
    folder = directory.keys
    try:
        make_private(folder)
        os.chmod(folder, 0o700)
        _retire(folder)
        identity = Identity.generate()
        recipient = identity.recipient
        write_durably(folder / AGE, f"# public key: {recipient}\n{identity.text}\n".encode())
        # Last, because its presence says that the other is there.
        signing = SigningKey.generate()
        write_durably(folder / SEED, bytes(signing))
    except OSError as error:
        raise StorageUnavailable.from_os(error, str(folder)) from error
    return DeviceKeys(signing, recipient)


def _retire(folder: Path) -> None:
    if not (folder / SEED).exists():
        return
    device = device_name(bytes(SigningKey(_exactly_32(folder / SEED)).verify_key))
    aside = folder / RETIRED / device
    make_private(aside)
    for name in (AGE, SEED):
        if (folder / name).exists():
            os.replace(folder / name, aside / name)
    sync_directory(folder)


def _exactly_32(path: Path) -> bytes:
    content = _read(path)
    if len(content) != 32:
        raise _broken(path)
    return content


def _read(path: Path) -> bytes:
    try:
        return read_at_most(path, 4096)
    except OSError as error:
        raise _broken(path) from error


def _broken(path: Path) -> BrokenKey:
    return BrokenKey(
        str(path),
        "읽을 수 없거나 손상되었습니다. 백업한 키를 되돌려 놓거나, keys 폴더를 다른 곳으로 옮기고 "
        "다시 시작하세요(새 기기가 됩니다).",
        "unreadable or damaged; put the saved key back, or move the keys directory away and "
        "start again (this becomes a new device).",
    )
