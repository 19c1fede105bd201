"""Numbers that are typed: each option says between which it takes one, and the sentence for another
says so.
"""

from __future__ import annotations

import argparse
import re
import unicodedata
from collections.abc import Callable

LARGEST = 2**63 - 1
"""Of what counts rows: SQLite takes none above it."""
_WHOLE = re.compile(r"-?[0-9]{1,19}", re.ASCII)
_ANY = re.compile(r"-?[0-9]{1,9}(\.[0-9]{1,9})?", re.ASCII)
_SHOWN = 40


def whole(low: int, high: int) -> Callable[[str], int]:
    """The type of an option that takes a whole number."""

    def typed(text: str) -> int:
        plain = _plain(text)
        if not _WHOLE.fullmatch(plain) or not low <= int(plain) <= high:
            raise _refused(text, f"a whole number from {low} to {high}")
        return int(plain)

    return typed


def number(low: float, high: float) -> Callable[[str], float]:
    """The same where it may be broken: 15.6."""

    def typed(text: str) -> float:
        plain = _plain(text)
        if not _ANY.fullmatch(plain) or not low <= float(plain) <= high:
            raise _refused(text, f"a number from {low:g} to {high:g}")
        return float(plain)

    return typed


def point(text: str) -> tuple[float, float]:
    """Latitude and longitude in degrees. Raises ValueError for what is no two numbers."""
    parts = _plain(text).split(",")
    if len(parts) != 2 or not all(_ANY.fullmatch(part.strip()) for part in parts):
        raise ValueError("no LAT,LON")
    return float(parts[0]), float(parts[1])


def _plain(text: str) -> str:
    """What an input method widened is the same number."""
    return unicodedata.normalize("NFKC", text[:60]).strip()


def _refused(text: str, takes: str) -> argparse.ArgumentTypeError:
    return argparse.ArgumentTypeError(f"takes {takes}, not '{text[:_SHOWN]}'")
