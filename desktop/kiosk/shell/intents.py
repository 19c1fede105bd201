"""What is meant alike on several screens."""

from __future__ import annotations

from msgspec import Struct

from desktop.kiosk.shell.screen import Leaving
from desktop.map.viewport import MapPosition


class Next(Struct, frozen=True):
    """다음, of a form in steps. From a step reached out of the review, back to the review."""


class Send(Struct, frozen=True):
    """보내기, 등록하기. A second press while the first is on its way does nothing."""


class Quit(Struct, frozen=True):
    """그만두기 asks once, when there is something to lose."""


class AnswerQuit(Struct, frozen=True):
    answer: Leaving


class TypeQuery(Struct, frozen=True):
    query: str


class OpenProject(Struct, frozen=True):
    project: str  #: its id


class MoveMap(Struct, frozen=True):
    """The map was moved, and shows it already: remembered for the next view."""

    position: MapPosition
