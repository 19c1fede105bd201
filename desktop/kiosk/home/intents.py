"""What a resident may mean at Home."""

from __future__ import annotations

from msgspec import Struct

from desktop.kiosk.shell.routes import ToAnnouncements, ToFeedback, ToMap, ToReplies, ToTrees


class OpenDoor(Struct, frozen=True):
    to: ToMap | ToTrees | ToFeedback | ToReplies | ToAnnouncements


HomeIntent = OpenDoor
