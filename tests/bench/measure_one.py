"""Run one bench in this process and write its figures as JSON: `measure_one NAME FILE`."""

from __future__ import annotations

import json
import sys
from importlib import import_module
from pathlib import Path

from tests import environment


def main(name: str, into: Path) -> None:
    environment.prepare()
    figures = import_module(f"tests.bench.bench_{name}").measure()
    answer = {key: figure.as_json() for key, figure in figures.items()}
    into.write_text(json.dumps(answer, ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
