"""What a hub says in JSON: what devices read too (db/exchange/messages.py), and its health."""

from __future__ import annotations

import msgspec

from db.exchange.messages import (
    LARGEST_CERTIFICATE,
    LARGEST_WORDS,
    Error,
    Greeting,
    Taken,
    Words,
)

__all__ = [
    "LARGEST_CERTIFICATE",
    "LARGEST_WORDS",
    "Error",
    "Greeting",
    "Health",
    "Taken",
    "Words",
]


class Health(msgspec.Struct, frozen=True, kw_only=True):
    """Whether a hub can do its work. `enrolled` is why not, where it is not believed any more."""

    well: bool
    database: bool
    enrolled: bool
    expired: bool
