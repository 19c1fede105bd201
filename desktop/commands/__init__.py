"""The sub-commands of `cheonman`, one module each with `add_arguments(parser)` and `run(args)`.

A command is known by its module alone; the first line of it is what `cheonman --help` says.
"""

from __future__ import annotations

import os

_FOLDER = os.path.dirname(__file__)
_FILES = ".py"


def names() -> list[str]:
    return sorted(
        file.removesuffix(_FILES).replace("_", "-")
        for file in os.listdir(_FOLDER)
        if file.endswith(_FILES) and not file.startswith("_")
    )


def summary(name: str) -> str:
    """What a command does; its module is not imported for it."""
    with open(os.path.join(_FOLDER, module(name) + _FILES), encoding="utf-8") as file:
        return file.readline().strip().strip('"').partition(": ")[2]


def module(name: str) -> str:
    return name.replace("-", "_")
