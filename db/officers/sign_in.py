"""Signing in: a name and a password, and a wait that grows with every wrong one.

A try is counted on the disk before its password is looked at: pulling the plug gives no free one.
"""

from __future__ import annotations

import msgspec

from db.officers.accounts import Officer, Officers
from db.officers.act_log import log_act
from db.problems import InputRefused, Problem
from db.records.officers import ActKind, ActRecord
from db.store.store import put_meta

FREE_TRIES = 3
FIRST_WAIT_US, LONGEST_WAIT_US = 30_000_000, 3_600_000_000
_KEY = "sign-in/"


class LockedOut(Problem):
    """Too many wrong passwords; `wait_us` microseconds are left."""

    def __init__(self, wait_us: int) -> None:
        self.wait_us = wait_us
        seconds = -(-wait_us // 1_000_000)
        minutes = -(-seconds // 60)
        ko = f"{seconds}초" if seconds < 60 else f"{minutes}분"
        en = f"{seconds} seconds" if seconds < 60 else f"{minutes} min"
        super().__init__(
            f"비밀번호가 여러 번 틀렸습니다. {ko} 뒤에 다시 하세요.",
            f"The password was wrong several times. Try again in {en}.",
        )


class _Tries(msgspec.Struct, frozen=True):
    failed: int = 0
    at_us: int = 0
    wait_us: int = 0


def sign_in(officers: Officers, name: str, password: str) -> Officer:
    """The officer who may go in. Raises InputRefused for a wrong name or password alike, LockedOut
    after too many, StorageUnavailable.
    """
    store = officers.records.store
    # Names that nobody has share one count, so that they fill no disk.
    key = _KEY + (officers.id_of(name) or "nobody")
    now = store.clock()
    tries = _read(store.meta(key))
    if tries.wait_us:
        since = now - tries.at_us
        left = tries.wait_us - since
        if since < 0:
            # The clock was set back: the wait begins anew by the clock there is.
            left = tries.wait_us
            store.set_meta(key, _text(msgspec.structs.replace(tries, at_us=now)))
        if left > 0:
            raise LockedOut(left)
    failed = tries.failed + 1
    store.set_meta(key, _text(_Tries(failed, now, _wait(failed))))
    officer = officers.who_knows(name, password)
    act = ActKind.SIGN_IN_FAILED if officer is None else ActKind.SIGNED_IN
    with store.change() as connection:
        if officer is not None:
            put_meta(connection, key, _text(_Tries()))
        record = ActRecord(act=act, officer=officer.id if officer else None)
        log_act(officers.records, connection, record)
    if officer is None:
        raise InputRefused(
            "password",
            "이름이나 비밀번호가 맞지 않습니다.",
            "the name or the password is not right.",
        )
    return officer


def sign_out(officers: Officers, officer: Officer) -> None:
    """The desk is locked. Raises StorageUnavailable."""
    with officers.records.store.change() as connection:
        log_act(officers.records, connection, ActRecord(act=ActKind.LOCKED, officer=officer.id))


def forget_tries(officers: Officers, officer: Officer) -> None:
    """A new password was given: nobody waits for the wrong ones before it. Raises
    StorageUnavailable.
    """
    officers.records.store.set_meta(_KEY + officer.id, _text(_Tries()))


def _wait(failed: int) -> int:
    over = failed - FREE_TRIES
    return 0 if over < 0 else int(min(FIRST_WAIT_US << min(over, 20), LONGEST_WAIT_US))


def _read(text: str | None) -> _Tries:
    try:
        return msgspec.json.decode(text or "{}", type=_Tries)
    except msgspec.MsgspecError:
        # It rotted, or somebody changed it: as if the last try had just been wrong.
        return _Tries(FREE_TRIES)


def _text(tries: _Tries) -> str:
    return msgspec.json.encode(tries).decode()
