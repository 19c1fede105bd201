"""What a resident may mean in the help."""

from __future__ import annotations

from msgspec import Struct

from desktop.kiosk.help.state import Topic


class ChooseTopic(Struct, frozen=True):
    topic: Topic


class ListTopics(Struct, frozen=True):
    """다른 도움말."""


HelpIntent = ChooseTopic | ListTopics
