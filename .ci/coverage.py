"""What tests reach of each folder, and which of the files that were once reached whole fell back.

`.ci/coverage.py REPORT` reads the JSON of coverage.py; `--keep` writes the list anew.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WHOLE = ROOT / "tests" / "whole_files.txt"
_PARTS = ("num_statements", "num_branches", "covered_lines", "covered_branches")


def folder_of(file: str) -> str:
    """`db/exchange/trust/papers.py` counts for db/exchange, a file beside folders for its own."""
    parts = file.split("/")
    return "/".join(parts[: min(2, len(parts) - 1)])


def percent(sums: Counter[str]) -> float:
    every = sums["num_statements"] + sums["num_branches"]
    return 100 * (sums["covered_lines"] + sums["covered_branches"]) / every if every else 100.0


def main(report: Path, keep: bool) -> int:
    files = json.loads(report.read_text(encoding="utf-8"))["files"]
    folders: dict[str, Counter[str]] = {}
    whole = set()
    for file, found in files.items():
        part = Counter({name: found["summary"][name] for name in _PARTS})
        folders.setdefault(folder_of(file), Counter()).update(part)
        if part["num_statements"] and percent(part) == 100:
            whole.add(file)
    for folder, sums in sorted(folders.items()):
        sys.stdout.write(f"{percent(sums):6.1f} %  {folder}\n")
    sys.stdout.write(f"{len(whole)} of {len(files)} files are reached whole\n")
    if keep:
        WHOLE.write_text("".join(f"{file}\n" for file in sorted(whole)), encoding="utf-8")
        return 0
    kept = set(WHOLE.read_text(encoding="utf-8").split())
    fell = sorted(file for file in kept & files.keys() if file not in whole)
    sys.stderr.write("".join(f"{file} was reached whole and is not any more\n" for file in fell))
    return bool(fell)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), "--keep" in sys.argv[2:]))
