"""`make bench`: run every bench in a fresh process, print a table, write build/bench.json.

Exit status 1 when a figure misses its limit or a bench breaks. Words after the command name the
benches to run: `python -m tests.bench.run start map`.
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
#: A load average above this means that others worked meanwhile.
BUSY = 0.7
OUT = ROOT / "build" / "bench.json"


def benches(wanted: list[str]) -> list[str]:
    """Names of the benches there are, `start` for bench_start.py; unknown ones are refused."""
    there = sorted(path.stem.removeprefix("bench_") for path in HERE.glob("bench_*.py"))
    unknown = sorted(set(wanted) - set(there))
    if unknown:
        sys.exit(f"no such bench: {', '.join(unknown)}; there are: {', '.join(there)}")
    return [name for name in there if not wanted or name in wanted]


def measured(name: str) -> dict[str, dict[str, Any]] | None:
    """The bench's figures, or None when it broke (its own words went to stderr)."""
    with tempfile.TemporaryDirectory(prefix="cheonman-bench-") as scratch:
        answer = Path(scratch) / "figures.json"
        command = [sys.executable, "-m", "tests.bench.measure_one", name, str(answer)]
        finished = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        if finished.returncode or not answer.is_file():
            sys.stderr.write(finished.stdout + finished.stderr)
            return None
        figures: dict[str, dict[str, Any]] = json.loads(answer.read_text(encoding="utf-8"))
        return figures


def line(name: str, figure: dict[str, Any]) -> str:
    limit = "-" if figure["limit"] is None else f"{figure['limit']:g}"
    spread = figure["spread"]
    between = f"{spread[0]:.3g} to {spread[1]:.3g}" if spread else "-"
    verdict = "-" if figure["limit"] is None else "yes" if figure["reached"] else "MISSED"
    value = f"{figure['value']:.3g} {figure['unit']}"
    columns = f"{name:<44} {value:>12} {limit:>7} {verdict:>7} {figure['n']:>6}"
    return f"{columns}  {between:<18} {figure['against']}"


def machine() -> dict[str, Any]:
    return {
        "cores": os.cpu_count(),
        "load": [round(part, 2) for part in os.getloadavg()],
        "system": platform.platform(),
        "python": platform.python_version(),
    }


def main(wanted: list[str]) -> int:
    before, figures, broken = machine(), {}, []
    head = ("figure", "value", "limit", "reached", "n", "5 to 95 %", "beside")
    print("{:<44} {:>12} {:>7} {:>7} {:>6}  {:<18} {}".format(*head), flush=True)
    for name in benches(wanted):
        answer = measured(name)
        if answer is None:
            broken.append(name)
            print(f"{name}: broke", flush=True)
            continue
        for key, figure in answer.items():
            figures[f"{name}: {key}"] = figure
            print(line(f"{name}: {key}", figure), flush=True)
    missed = [name for name, figure in figures.items() if not figure["reached"]]
    OUT.parent.mkdir(exist_ok=True)
    report = {
        "measured_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": before | {"load_after": machine()["load"]},
        "figures": figures,
        "missed": missed,
        "broken": broken,
    }
    OUT.write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(f"\nload {before['load'][0]} before, written to {OUT.relative_to(ROOT)}")
    if before["load"][0] > BUSY:
        print(
            "the machine was busy: figures in milliseconds say little, measure again when it rests"
        )
    print(f"missed: {', '.join(missed) or 'none'}; broke: {', '.join(broken) or 'none'}")
    return 1 if missed or broken else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
