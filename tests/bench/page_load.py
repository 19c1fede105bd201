"""Phones that open receipts at a steady pace, in a process of its own, whatever the hub does.

`python -m tests.bench.page_load PORT PLAN` prints milliseconds from the moment each page was due
to its last byte, as JSON. PLAN is JSON: {"targets": [...], "a_second": N}.
"""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path
from time import perf_counter

CONNECTIONS = 64


async def _open(port: int, target: str, due: float, free: asyncio.Queue[_Line]) -> float:
    line = await free.get()
    try:
        await line.get(port, target)
    finally:
        free.put_nowait(line)
    return (perf_counter() - due) * 1e3


class _Line:
    """One connection, opened when it is first needed and kept."""

    def __init__(self) -> None:
        self._ends: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def get(self, port: int, target: str) -> None:
        if self._ends is None:
            self._ends = await asyncio.open_connection("127.0.0.1", port)
        reader, writer = self._ends
        writer.write(f"GET {target} HTTP/1.1\r\nHost: hub\r\n\r\n".encode())
        head = await reader.readuntil(b"\r\n\r\n")
        length = head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0]
        await reader.readexactly(int(length))
        if not head.startswith(b"HTTP/1.1 200"):
            raise SystemExit(f"refused: {head[:80]!r}")


async def _all(port: int, targets: list[str], a_second: float) -> list[float]:
    free: asyncio.Queue[_Line] = asyncio.Queue()
    for _ in range(CONNECTIONS):
        free.put_nowait(_Line())
    began = perf_counter() + 0.1
    opened = []
    for number, target in enumerate(targets):
        due = began + number / a_second
        await asyncio.sleep(max(0.0, due - perf_counter()))
        opened.append(asyncio.create_task(_open(port, target, due, free)))
    return await asyncio.gather(*opened)


if __name__ == "__main__":
    plan = json.loads(Path(sys.argv[2]).read_text(encoding="utf-8"))
    took = asyncio.run(_all(int(sys.argv[1]), plan["targets"], plan["a_second"]))
    sys.stdout.write(json.dumps(took))
