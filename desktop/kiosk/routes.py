"""Where a visit can go, and what it takes along."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # what these bring along, the first frame does not need
    from db.receipts import Receipt


@dataclass(frozen=True, slots=True)
class Route:
    """A place to go: a screen's name and what it is about."""

    name: str
    argument: object = None


@dataclass(frozen=True, slots=True)
class Registered:
    """The receipt of trees that a resident registered, and how many they are."""

    receipt: Receipt
    trees: int
