"""`cheonman` in this process, on one data directory."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from desktop.__main__ import main


class Command:
    """Runs `cheonman` in this process on one data directory."""

    def __init__(self, data_dir: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.data_dir = data_dir
        self._capsys = capsys

    def run(self, *words: str | Path) -> tuple[int, str, str]:
        try:
            status = main([*map(str, words), "--data-dir", str(self.data_dir)])
        except SystemExit as end:
            status = int(end.code or 0)
        said = self._capsys.readouterr()
        return status, said.out, said.err

    def document(self, *words: str | Path) -> Any:
        status, out, err = self.run(*words, "--json")
        assert (status, err) == (0, "")
        return json.loads(out)
