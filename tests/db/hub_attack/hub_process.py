"""A hub in a process of its own, so that its memory can be measured and its log read.

Its one argument is JSON: {"data_dir", "database", "limits"}. It says its address when it listens.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import msgspec

from db.hub.limits import Limits
from db.hub.plan import HubPlan
from db.hub.serve import serve


def _ready(address: str) -> None:
    sys.stdout.write(f"{address}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    order = json.loads(sys.argv[1])
    plan = HubPlan(
        data_dir=Path(order["data_dir"]),
        database=order["database"],
        host="127.0.0.1",
        port=0,
        limits=msgspec.convert(order["limits"], Limits),
    )
    sys.exit(serve(plan, _ready))
