"""What a hub and a device say to each other in JSON, beside papers and outcomes of pages."""

from __future__ import annotations

from typing import Annotated

import msgspec

from db.exchange.trust.papers import MOST_DEVICES, Device, Hex32, Name, Signed

LARGEST_CERTIFICATE = 8 * 1024
LARGEST_WORDS = 8 * 1024 * 1024
"""Bytes of one body of certificates and words; a sender cuts its words into bodies below that."""


class Greeting(msgspec.Struct, frozen=True, kw_only=True):
    """Who a hub is. A device that does not know it checks `certificate` against its own city."""

    version: Annotated[int, msgspec.Meta(ge=1, le=1)]
    device: Device
    name: Name
    city: Hex32
    certificate: Signed
    challenge: Signed


class Words(msgspec.Struct, frozen=True, kw_only=True):
    """Acknowledgements in the order of their devices' names. `more`: others come behind `last`."""

    words: Annotated[tuple[Signed, ...], msgspec.Meta(max_length=MOST_DEVICES)]
    more: bool = False
    last: Device | None = None


class Taken(msgspec.Struct, frozen=True, kw_only=True):
    """How many of the things sent were news, and how many were refused."""

    new: int
    known: int = 0
    refused: int = 0


class Error(msgspec.Struct, frozen=True, kw_only=True):
    """Why a call was not answered as asked."""

    reason: str
    ko: str
    en: str
