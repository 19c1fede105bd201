"""What an officer may mean in the exchange."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct


class Receive(Struct, frozen=True):
    """Read these bundles, and those in these folders."""

    paths: tuple[Path, ...]


class OfferSticks(Struct, frozen=True):
    """모두 USB로 내보내기: which sticks are there?"""


class SendTo(Struct, frozen=True):
    """Write all that others lack into this folder or onto this stick."""

    folder: Path


class StopExchange(Struct, frozen=True):
    """Stop at the next place where nothing is lost."""


ExchangeIntent = Receive | OfferSticks | SendTo | StopExchange
