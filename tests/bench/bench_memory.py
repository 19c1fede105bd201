"""What the kiosk keeps of a library computer's memory once every screen was opened."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.bench.figure import Figure

ROOT = Path(__file__).resolve().parents[2]


def measure() -> dict[str, Figure]:
    with tempfile.TemporaryDirectory(prefix="cheonman-bench-") as out:
        command = [sys.executable, "-P", "-m", "desktop", "tour", out, "--json"]
        process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        pictures = len(list(Path(out).rglob("*.png")))
    if process.returncode or not pictures:
        raise RuntimeError(f"the tour ended with {process.returncode} after {pictures} pictures")
    return {
        "most memory during a tour of every screen": Figure(
            usage.ru_maxrss / 1024, "MB", 200, 1, None, f"{pictures} pictures taken on the way"
        )
    }
