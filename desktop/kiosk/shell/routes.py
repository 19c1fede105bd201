"""Where a visit can go, and what it takes along."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # what these bring along, the first frame does not need
    from db.participation.issue_receipt import Receipt


class ScreenName(StrEnum):
    """The screens of the kiosk, by name."""

    ATTRACT = "attract"
    HOME = "home"
    MAP = "map"
    PROJECT = "project"
    TREES = "trees"
    PLANTED = "planted"
    ANNOUNCEMENTS = "announcements"
    HELP = "help"
    FEEDBACK = "feedback"
    RECEIPT = "receipt"
    REPLIES = "replies"
    OPERATOR = "operator"


@dataclass(frozen=True, slots=True)
class Route:
    """A place to go: a screen's name and what it is about."""

    name: ScreenName
    argument: object = None


@dataclass(frozen=True, slots=True)
class Registered:
    """The receipt of trees that a resident registered, and how many they are."""

    receipt: Receipt
    trees: int
