"""How long a resident looks at nothing: process start to the first frame, and to a ready map."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter

from tests.bench.figure import Figure, middle, spread_of

ROUNDS = 9
ROOT = Path(__file__).resolve().parents[2]
BARE = [sys.executable, str(ROOT / "tests" / "bench" / "bare_window.py")]


def until(command: list[str]) -> float:
    """Milliseconds from starting `command` to the first line it prints."""
    began = perf_counter()
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        first = process.stdout.readline()
        took = (perf_counter() - began) * 1_000
        process.stdout.read()
    if not first or process.returncode:
        raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}: {first!r}")
    return took


def kiosk(moment: str, data_dir: str) -> list[str]:
    command = [sys.executable, "-P", "-m", "desktop", "kiosk", "--until", moment]
    return [*command, "--data-dir", data_dir]


def measure() -> dict[str, Figure]:
    with tempfile.TemporaryDirectory(prefix="cheonman-bench-") as data_dir:
        runs = {
            "bare": BARE,
            "first": kiosk("first-frame", data_dir),
            "ready": kiosk("ready", data_dir),
        }
        # The first round makes the store and warms the file cache: it does not count.
        for command in runs.values():
            until(command)
        rounds = [{name: until(command) for name, command in runs.items()} for _ in range(ROUNDS)]
    bare, first, ready = ([each[name] for each in rounds] for name in runs)
    ratios = [one / other for one, other in zip(first, bare, strict=True)]
    return {
        "first frame / bare PySide6 window": Figure(
            median(first) / median(bare),
            "x",
            1.5,
            ROUNDS,
            spread_of(ratios),
            f"{median(first):.0f} ms against {median(bare):.0f} ms",
        ),
        "map with all layers interactive": middle(ready, "ms", 1_000, "since process start, warm"),
    }
