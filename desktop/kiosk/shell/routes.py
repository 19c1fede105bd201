"""Where a visit can go: one frozen record a destination, which holds what it takes along.

Dataclasses, because they are made before the library of records is loaded; intents, made later and
ten times as many, are msgspec's, which cost a thirtieth.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:  # what these bring along, the first screen does not need
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


class TreesTopic(StrEnum):
    """What the tree ledger can be asked about."""

    OVERVIEW = "overview"
    MAP = "map"
    YEARS = "years"
    KINDS = "kinds"
    DONGS = "dongs"
    BENEFITS = "benefits"
    MORE = "more"
    REMOVALS = "removals"
    CONFLICTS = "conflicts"
    APART = "apart"
    PEOPLE = "people"
    SOURCES = "sources"
    PROGRAMME = "programme"


@dataclass(frozen=True)
class ToAttract:
    name: ClassVar = ScreenName.ATTRACT


@dataclass(frozen=True)
class ToHome:
    name: ClassVar = ScreenName.HOME


@dataclass(frozen=True)
class ToMap:
    """As it was left."""

    name: ClassVar = ScreenName.MAP


@dataclass(frozen=True)
class ToProject:
    name: ClassVar = ScreenName.PROJECT
    project: str  #: its id


@dataclass(frozen=True)
class ToTrees:
    name: ClassVar = ScreenName.TREES
    topic: TreesTopic = TreesTopic.OVERVIEW


@dataclass(frozen=True)
class ToPlanted:
    """Where the resident left off."""

    name: ClassVar = ScreenName.PLANTED


@dataclass(frozen=True)
class ToAnnouncements:
    name: ClassVar = ScreenName.ANNOUNCEMENTS


@dataclass(frozen=True)
class ToHelp:
    """Opens at what answers the screen one comes from."""

    name: ClassVar = ScreenName.HELP
    about: ScreenName | None = None


@dataclass(frozen=True)
class ToFeedback:
    """About a project (its id) or a dong (its Korean name); without either the subject is asked."""

    name: ClassVar = ScreenName.FEEDBACK
    project: str | None = None
    dong: str | None = None


@dataclass(frozen=True)
class ToReceipt:
    """The receipt that the store gave after its commit, and how many trees it is for."""

    name: ClassVar = ScreenName.RECEIPT
    receipt: Receipt
    trees: int = 0  #: 0 for an opinion


@dataclass(frozen=True)
class ToReplies:
    name: ClassVar = ScreenName.REPLIES


@dataclass(frozen=True)
class ToOperator:
    name: ClassVar = ScreenName.OPERATOR


Route = (
    ToAttract
    | ToHome
    | ToMap
    | ToProject
    | ToTrees
    | ToPlanted
    | ToAnnouncements
    | ToHelp
    | ToFeedback
    | ToReceipt
    | ToReplies
    | ToOperator
)
