"""What the help screen shows."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from desktop.kiosk.help.credits import Credit, Publisher
from desktop.kiosk.shell.routes import ScreenName


class Topic(StrEnum):
    MAP = "map"
    FEEDBACK = "feedback"
    REPLY = "reply"
    PRIVACY = "privacy"
    PEOPLE = "people"
    SOURCES = "sources"


#: The topic that answers the screen one comes from.
ABOUT_SCREEN = {
    ScreenName.MAP: Topic.MAP,
    ScreenName.PROJECT: Topic.MAP,
    ScreenName.FEEDBACK: Topic.FEEDBACK,
    ScreenName.PLANTED: Topic.FEEDBACK,
    ScreenName.RECEIPT: Topic.REPLY,
    ScreenName.REPLIES: Topic.REPLY,
    ScreenName.TREES: Topic.SOURCES,
}


@dataclass(frozen=True, slots=True)
class HelpState:
    topic: Topic = Topic.MAP
    listing: bool = False  #: the list of topics is open; matters where it has no place beside
    phone: str = ""
    as_of: str = ""
    pack: str = ""  #: title of the published pack that is shown, empty without one
    pack_day: str = ""  #: when it was published, empty when unknown
    source_count: int = 0
    publishers: tuple[Publisher, ...] = ()
    credits: tuple[Credit, ...] = ()
    speech: bool = True
    keep_days: int = 0  #: days the words of a feedback are kept, 0 for good
