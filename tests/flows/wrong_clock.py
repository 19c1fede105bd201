"""Processes that believe another time: libfaketime stands between them and the system's clock."""

from __future__ import annotations

from pathlib import Path
from typing import Any

_PLACES = ("/usr/lib", "/usr/lib64", "/usr/local/lib")


def _library() -> str:
    """The form of the library that knows threads. Setting up for tests installs it."""
    found = [
        file for place in _PLACES for file in Path(place).glob("**/faketime/libfaketimeMT.so.1")
    ]
    assert found, "libfaketime is missing: run `make setup`"
    return str(found[0])


def at(moment: str) -> dict[str, Any]:
    """The environment of a process for which it is `moment` (UTC, YYYY-MM-DD hh:mm:ss) when it
    begins.
    """
    return _environment() | {"FAKETIME": f"@{moment}"}


def as_told_by(file: Path) -> dict[str, str]:
    """The environment of a process whose clock jumps whenever `file` names another offset, such
    as "+0" or "-3d".
    """
    return _environment() | {
        "FAKETIME_TIMESTAMP_FILE": str(file),
        "FAKETIME_NO_CACHE": "1",
    }


def _environment() -> dict[str, str]:
    # A wrong clock on the wall; what measures waiting goes on as it should.
    monotonic = {"FAKETIME_DONT_FAKE_MONOTONIC": "1", "DONT_FAKE_MONOTONIC": "1"}
    return {"LD_PRELOAD": _library(), "TZ": "UTC"} | monotonic
