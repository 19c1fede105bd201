"""What a project's page shows."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from db.records.projects import Project


class Side(StrEnum):
    """What stands beside the project."""

    TIMELINE = "timeline"
    SOURCES = "sources"
    RELATED = "related"
    OPINIONS = "opinions"


@dataclass(frozen=True, slots=True)
class ShownSource:
    title: str
    publisher: str
    date: str


@dataclass(frozen=True, slots=True)
class ShownOpinion:
    """One published opinion and the city's answer to it."""

    kind: str
    text: str
    reply: str
    replied: int


@dataclass(frozen=True, slots=True)
class ProjectState:
    project: Project | None = None
    sources: tuple[ShownSource, ...] = ()
    related: tuple[Project, ...] = ()
    opinions: tuple[ShownOpinion, ...] = ()
    opinions_in_all: int = 0  #: of which `opinions` are the newest
    dong_en: str = ""
    panel: Side = Side.TIMELINE
    whole_panel: bool = False  #: the side panel takes the place of the site map
