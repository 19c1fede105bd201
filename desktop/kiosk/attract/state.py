"""What the attract screen shows."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ShownProject:
    name_ko: str
    name_en: str
    theme: str
    status: str
    status_date: str
    dong_ko: str
    dong_en: str
    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class AttractState:
    """Before the catalogue is read there is no figure and no project: nothing is invented."""

    site_ko: str = ""
    site_en: str = ""
    plan: int | None = None
    public: int | None = None
    private: int | None = None
    period: tuple[str, str] = ("", "")
    project: ShownProject | None = None
    playing: bool = True
