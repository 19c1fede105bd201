"""What a hub says about itself to those who keep it running; what devices read stands in
db/exchange/hub_messages.py.
"""

from __future__ import annotations

import msgspec

from db.problems import Cause


class Health(msgspec.Struct, frozen=True, kw_only=True):
    """Whether a hub can do its work. `enrolled` is why not, where it is not believed any more;
    `database` where it cannot read or write, and `cause` what the database or its disk says.
    """

    well: bool
    database: bool
    cause: Cause | None = None
    enrolled: bool
    expired: bool
