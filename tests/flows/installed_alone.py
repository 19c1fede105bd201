"""Runs the program as it is where only a kiosk's packages are installed: every other one is hidden.

`python -m tests.flows.installed_alone LIST WORDS...`, LIST being run or hub.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.metadata import packages_distributions
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).resolve().parents[2]


def listed(kind: str) -> set[str]:
    """The packages of one list of pinned ones, by their plain names."""
    text = (ROOT / "requirements" / f"{kind}.txt").read_text(encoding="utf-8")
    return {plain(name) for name in re.findall(r"^([\w.-]+)(?:\[[^]]*\])?==", text, re.MULTILINE)}


def plain(name: str) -> str:
    return re.sub("[-_.]+", "-", name).lower()


class Hidden(MetaPathFinder):
    """Finds nothing of what is not installed there."""

    def __init__(self, kind: str) -> None:
        there = listed(kind)
        self.modules = {
            module
            for module, packages in packages_distributions().items()
            if not any(plain(each) in there for each in packages)
        }

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if name.partition(".")[0] in self.modules:
            raise ModuleNotFoundError(f"{name} is not installed here", name=name)
        return None


if __name__ == "__main__":
    hidden = Hidden(sys.argv[1])
    assert {"pytest", "mypy", "hypothesis"} <= hidden.modules
    assert not {"PySide6", "msgspec", "nacl", "regex", "desktop"} & hidden.modules
    for module in hidden.modules & sys.modules.keys():
        del sys.modules[module]
    sys.meta_path.insert(0, hidden)
    from desktop.__main__ import main

    sys.exit(main(sys.argv[2:]))
