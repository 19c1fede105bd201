"""A hub whose address nobody reads, or cannot be written: it goes on answering."""

from __future__ import annotations

import socket
import subprocess
from pathlib import Path
from typing import IO

import httpx
import pytest

from tests.db.hub_web.hub_program import ENDS_WITHIN, wait_until
from tests.flows.program import command, surroundings


def free_address() -> str:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return f"127.0.0.1:{free.getsockname()[1]}"


def is_well(address: str) -> bool:
    try:
        return httpx.get(f"http://{address}/health", trust_env=False, timeout=5).status_code == 200
    except httpx.TransportError:
        return False


@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_hub_goes_on_where_its_address_cannot_be_written(
    hub_dir: Path, database: str, workers: str
) -> None:
    address = free_address()
    with Path("/dev/full").open("wb") as full:
        assert ended_well(hub_dir, database, address, full, workers)


def test_a_hub_goes_on_where_nobody_reads_its_address(hub_dir: Path, database: str) -> None:
    answer, unread = socket.socketpair()
    answer.close()
    with unread, unread.makefile("wb") as nobody:
        assert ended_well(hub_dir, database, free_address(), nobody, "1")


def ended_well(hub_dir: Path, database: str, address: str, out: IO[bytes], workers: str) -> bool:
    """Starts a hub, waits until it answers, and ends it; True when all of it went well."""
    words = ("hub", "--data-dir", hub_dir, "--database", database, "--listen", address)
    hub = subprocess.Popen(
        command(*words, "--workers", workers),
        env=surroundings(),
        stdin=subprocess.DEVNULL,
        stdout=out,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_until(lambda: is_well(address) or hub.poll() is not None)
        return hub.poll() is None
    finally:
        hub.terminate()
        try:
            assert hub.wait(ENDS_WITHIN) == 0
        finally:
            hub.kill()
            hub.wait()
