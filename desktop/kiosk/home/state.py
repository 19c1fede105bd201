"""What Home shows."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class HomeState:
    site_ko: str
    site_en: str
    projects: int
    plan: int | None  #: the official plan's number of trees
    plan_until: str  #: YYYY-MM, empty when unknown
    notice: bool = False  #: something typed was lost to a fault; say so once
    closed: bool = False  #: feedback cannot be stored here now
    phone: str = ""
    announcements: int = 0  #: how many stand
    announced: str = ""  #: YYYY-MM-DD of the newest, empty when unknown
