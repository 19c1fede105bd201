"""Clients of a hub in a process of their own: calls that were signed before, over connections that
stay open. `python -m tests.bench.hub_load PORT PLAN` prints the seconds until the last answer.

PLAN is a MessagePack file: for each client the bytes of its calls, in their order.
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from time import perf_counter

import msgspec


async def _client(port: int, calls: list[bytes]) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for call in calls:
        writer.write(call)
        head = await reader.readuntil(b"\r\n\r\n")
        length = head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0]
        body = await reader.readexactly(int(length))
        if not head.startswith(b"HTTP/1.1 200") or b'"reason":null' not in body.replace(b" ", b""):
            raise SystemExit(f"refused: {head[:60]!r} {body[:200]!r}")
    writer.close()


async def _all(port: int, clients: list[list[bytes]]) -> float:
    began = perf_counter()
    await asyncio.gather(*(_client(port, calls) for calls in clients))
    return perf_counter() - began


if __name__ == "__main__":
    plan = msgspec.msgpack.decode(Path(sys.argv[2]).read_bytes(), type=list[list[bytes]])
    sys.stdout.write(f"{asyncio.run(_all(int(sys.argv[1]), plan))}\n")
