"""What a hub says about itself to those who keep it running; what devices read stands in
db/exchange/messages.py.
"""

from __future__ import annotations

import msgspec


class Health(msgspec.Struct, frozen=True, kw_only=True):
    """Whether a hub can do its work. `enrolled` is why not, where it is not believed any more."""

    well: bool
    database: bool
    enrolled: bool
    expired: bool
