"""A real hub on a loopback port, in this process, over a database of its own."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn

from db.hub.plan import HubPlan
from db.hub.serve import configuration


@contextmanager
def live_hub(data_dir: Path, database: Path | None = None) -> Iterator[str]:
    """Runs the hub of a data directory that was enrolled as one; its address."""
    listening = socket.create_server(("127.0.0.1", 0))
    host, port = listening.getsockname()[:2]
    file = database or data_dir / "hub.db"
    plan = HubPlan(data_dir=data_dir, database=f"sqlite:///{file}", host=host, port=port)
    server = uvicorn.Server(configuration(plan))
    thread = threading.Thread(target=server.run, args=([listening],), name="live hub")
    thread.start()
    try:
        # The port listens already: a call that comes early waits for the hub.
        yield f"http://{host}:{port}"
    finally:
        server.should_exit = True
        thread.join()
        listening.close()
