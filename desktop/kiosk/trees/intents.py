"""What a resident may mean in the tree ledger."""

from __future__ import annotations

from msgspec import Struct

from desktop.kiosk.shell.intents import MoveMap
from desktop.kiosk.shell.routes import TreesTopic
from desktop.kiosk.trees.state import TopicTab


class OpenTopic(Struct, frozen=True):
    topic: TreesTopic


class Register(Struct, frozen=True):
    """나도 심었어요."""


class ChooseTopicTab(Struct, frozen=True):
    tab: TopicTab


class ShowSite(Struct, frozen=True):
    """A site's panel; None closes it."""

    planting: str | None


TreesIntent = OpenTopic | Register | ChooseTopicTab | ShowSite | MoveMap
