"""What a resident may mean at the map."""

from __future__ import annotations

from msgspec import Struct

from desktop.kiosk.map.state import MapTab
from desktop.kiosk.shell.intents import MoveMap, OpenProject, TypeQuery

# -- filters -----------------------------------------------------------------------------------


class ChooseTheme(Struct, frozen=True):
    """Show one theme only; None shows all."""

    theme: str | None


class ChooseStatus(Struct, frozen=True):
    """Show one status only; None shows all."""

    status: str | None


class TurnStatuses(Struct, frozen=True):
    """Open or close the choice of statuses."""


class ClearFilters(Struct, frozen=True):
    """필터 지우기."""


# -- choices -----------------------------------------------------------------------------------


class OpenDong(Struct, frozen=True):
    code: str


class ListGroup(Struct, frozen=True):
    """Pins at one place that no zoom parts: list just them."""

    projects: tuple[str, ...]


class ListCityWide(Struct, frozen=True):
    """The projects without a point."""


class ListAll(Struct, frozen=True):
    """Back to the list of what stands on the map."""


class ListDong(Struct, frozen=True):
    """사업 n건 모두."""


class SendDongFeedback(Struct, frozen=True):
    """이 동에 의견."""


class ChooseTab(Struct, frozen=True):
    """In one column: the map, the list, or the projects without a point."""

    tab: MapTab


# -- the map -----------------------------------------------------------------------------------


class TurnArrows(Struct, frozen=True):
    shown: bool


MapIntent = (
    ChooseTheme
    | ChooseStatus
    | TurnStatuses
    | TypeQuery
    | ClearFilters
    | OpenProject
    | OpenDong
    | ListGroup
    | ListCityWide
    | ListAll
    | ListDong
    | SendDongFeedback
    | ChooseTab
    | MoveMap
    | TurnArrows
)
