"""Several processes answer at one address: each may die, none outlives the one that keeps them."""

from __future__ import annotations

import os
import signal
import socket
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from db.hub.serve import METRICS, workers_metrics
from tests.db.hub_web.hub_program import HubProgram, is_alive, running_hub, wait_until
from tests.left_out import leave_out

WORKERS, PAGES = 2, 12


@pytest.fixture
def hub_program(hub_dir: Path, database: str) -> Iterator[HubProgram]:
    if sys.platform != "linux":
        leave_out("the workers of a hub are found through /proc")
    with running_hub(hub_dir, database, "--workers", str(WORKERS)) as hub:
        yield hub


def is_healthy(address: str) -> bool:
    # A connection of its own each time: it may reach any of the workers.
    try:
        return httpx.get(f"{address}/health", trust_env=False, timeout=5).status_code == 200
    except httpx.TransportError:
        return False


def is_listening(address: str) -> bool:
    host, port = address.removeprefix("http://").split(":")
    try:
        socket.create_connection((host, int(port)), timeout=5).close()
    except OSError:
        return False
    return True


def test_a_worker_that_is_killed_is_started_anew(hub_program: HubProgram) -> None:
    first = hub_program.workers
    assert len(first) == WORKERS
    killed = min(first)
    os.kill(killed, signal.SIGKILL)
    wait_until(lambda: len(hub_program.workers - {killed}) == WORKERS)
    wait_until(lambda: all(is_healthy(hub_program.address) for _ in range(5 * WORKERS)))
    assert hub_program.process.poll() is None


def test_all_workers_end_with_the_sign_to_end(hub_program: HubProgram) -> None:
    workers = hub_program.workers
    assert hub_program.end() == 0
    assert not any(is_alive(worker) for worker in workers)
    assert not is_listening(hub_program.address)


def test_no_worker_outlives_a_parent_that_was_killed(
    hub_program: HubProgram, hub_dir: Path
) -> None:
    workers = hub_program.workers
    assert len(workers) == WORKERS
    hub_program.process.kill()
    wait_until(lambda: not any(is_alive(worker) for worker in workers))
    assert not is_listening(hub_program.address)
    # The next one clears away what it left, and nothing of its own stays.
    assert list((hub_dir / METRICS).iterdir())
    with workers_metrics(hub_dir) as folder:
        assert folder == hub_dir / METRICS and list(folder.iterdir()) == []
    assert not folder.exists()
