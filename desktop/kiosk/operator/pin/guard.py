"""The operator's PIN: hashed, rate-limited, and the limit survives a restart.

The hash lies in the settings file, so a city can put one there when it sets up many kiosks. Wrong
tries are counted before they are checked: pulling the plug gives no free ones.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

from db.directory import write_durably
from db.problems import StorageUnavailable
from desktop.kiosk.operator.state import PinFault
from desktop.settings import load_settings
from desktop.settings_file import change_settings

SHORTEST, LONGEST = 6, 12
FREE_TRIES = 5
LOCKS = (60, 300, 900)  #: seconds after the fifth wrong PIN, then after each further one
TRIES_FILE = "operator.json"


def fault_of(pin: str) -> PinFault | None:
    """What is wrong with a new PIN: too short, one digit only, or counting up or down."""
    if not SHORTEST <= len(pin) <= LONGEST or not (pin.isascii() and pin.isdigit()):
        return PinFault.SHORT
    steps = {(int(b) - int(a)) % 10 for a, b in pairwise(pin)}
    return PinFault.SIMPLE if steps in ({0}, {1}, {9}) else None


def hash_of(pin: str) -> str:
    """What is kept of a PIN. Raises ValueError where it has a fault."""
    if fault_of(pin) is not None:
        raise ValueError("the PIN is too short or too simple")
    from nacl import pwhash  # slow to load, and only an operator needs it

    hashed: bytes = pwhash.argon2id.str(
        pin.encode(),
        opslimit=pwhash.argon2id.OPSLIMIT_INTERACTIVE,
        memlimit=pwhash.argon2id.MEMLIMIT_INTERACTIVE,
    )
    return hashed.decode()


class PinGuard:
    """`clock` answers seconds since 1970. All methods but `is_set` are slow: run them as tasks."""

    def __init__(self, data_dir: Path, clock: Callable[[], float]) -> None:
        self._dir, self._clock = data_dir, clock

    def is_set(self) -> bool:
        return bool(load_settings(self._dir).operator_pin_hash)

    def set_pin(self, pin: str) -> None:
        """Store the hash of a PIN without fault. Raises ValueError, StorageUnavailable."""
        change_settings(self._dir, operator_pin_hash=hash_of(pin))
        self._note(0, 0.0)

    def wait(self) -> int:
        """Seconds until the next try is allowed; 0 when it is allowed now."""
        left = self._tries()[1] - self._clock()
        # A clock that was set back must not lock the operator out for years.
        return max(0, round(min(left, LOCKS[-1])))

    def check(self, pin: str) -> bool:
        """Whether `pin` opens; False also while waiting. Counts a wrong one."""
        if self.wait() > 0:
            return False
        tries = self._tries()[0] + 1
        over = tries - FREE_TRIES
        lock = LOCKS[min(over, len(LOCKS) - 1)] if over >= 0 else 0
        self._note(tries, self._clock() + lock if lock else 0.0)
        from nacl import exceptions, pwhash  # slow to load, and only an operator needs it

        try:
            pwhash.verify(load_settings(self._dir).operator_pin_hash.encode(), pin.encode())
        except (exceptions.InvalidkeyError, exceptions.CryptPrefixError):
            return False
        self._note(0, 0.0)
        return True

    def _tries(self) -> tuple[int, float]:
        """(wrong tries in a row, locked until)."""
        try:
            noted = json.loads((self._dir / TRIES_FILE).read_bytes()[:1000])
            return int(noted["tries"]), float(noted["until"])
        except (OSError, ValueError, KeyError, TypeError):
            return 0, 0.0

    def _note(self, tries: int, until: float) -> None:
        content = json.dumps({"tries": tries, "until": until}).encode()
        try:
            write_durably(self._dir / TRIES_FILE, content)
        except OSError as error:
            raise StorageUnavailable.from_os(error, str(self._dir)) from error
