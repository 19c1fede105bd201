"""What a resident may mean on a project's page."""

from __future__ import annotations

from msgspec import Struct

from desktop.kiosk.project.state import Side


class ChooseSide(Struct, frozen=True):
    """Open a side panel whole; the same one again closes it."""

    side: Side


class OpenRelated(Struct, frozen=True):
    project: str  #: its id


class SendFeedback(Struct, frozen=True):
    """이 사업에 의견 보내기."""


ProjectIntent = ChooseSide | OpenRelated | SendFeedback
