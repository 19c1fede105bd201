"""The only place that knows where data files lie; an unknown name raises with the known ones."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable


class UnknownAsset(LookupError):
    """A name that no file of that folder has: a bug, never a resident's problem."""


@cache
def _folder(name: str) -> Traversable:
    return files("resources") / name


def _known(folder: str) -> str:
    return ", ".join(sorted(entry.name for entry in _folder(folder).iterdir()))


def read(folder: str, name: str) -> bytes:
    """Bytes of `resources/<folder>/<name>`."""
    try:
        return (_folder(folder) / name).read_bytes()
    except FileNotFoundError:
        raise UnknownAsset(f"resources/{folder} has no {name}; it has: {_known(folder)}") from None


def names(folder: str, suffix: str = "") -> list[str]:
    """File names in `resources/<folder>` that end in `suffix`, sorted."""
    return sorted(e.name for e in _folder(folder).iterdir() if e.name.endswith(suffix))
