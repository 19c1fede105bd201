"""Runs hubs in children that a test kills: everything is loaded once, so a hub starts in a moment.

Each line on standard input is JSON: {"data_dir", "database"}. The answer is the child's number and
its address when it listens; the next line may come when that child has ended.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from pathlib import Path

from db.hub.plan import HubPlan
from db.hub.serve import serve


def _serve(order: dict[str, str]) -> int:
    plan = HubPlan(
        data_dir=Path(order["data_dir"]), database=order["database"], host="127.0.0.1", port=0
    )

    def ready(address: str) -> None:
        sys.stdout.write(f"{os.getpid()} {address}\n")
        sys.stdout.flush()

    return serve(plan, ready)


for line in sys.stdin:
    child = os.fork()
    if not child:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        os._exit(_serve(json.loads(line)))
    _pid, status = os.waitpid(child, 0)
    sys.stdout.write(f"ended {os.waitstatus_to_exitcode(status)}\n")
    sys.stdout.flush()
