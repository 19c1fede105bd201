"""Where a kiosk stands: a landmark of the catalogue, or a place of its own in the settings.

One check for everybody who asks: `init`, the start of a kiosk, the doctor, paper forms and the
operator's screen.
"""

from __future__ import annotations

from typing import NamedTuple

from db.records import EAST, NORTH, SOUTH, WEST
from db.records.catalogue import Catalogue
from db.records.landmarks import Landmark, LandmarkKind
from desktop.settings import Settings

#: Where kiosks stand first; a bridge or a hill is nobody's site, but an id of one is taken.
_OFFERED = (
    LandmarkKind.LIBRARY,
    LandmarkKind.CIVIC,
    LandmarkKind.CULTURE,
    LandmarkKind.STATION,
    LandmarkKind.UNIVERSITY,
    LandmarkKind.PARK,
)


NO_PIN = (
    "운영자 PIN이 아직 없습니다. 운영자 화면을 처음 여는 사람이 정하게 되니 먼저 정하세요.",
    "no operator PIN is set: whoever opens the operator's screen first chooses it; set one there, "
    "or with 'cheonman init --pin-file FILE'.",
)


class SiteFault(NamedTuple):
    """What is wrong with a site and how it is mended; `empty` where none was chosen yet."""

    ko: str
    en: str
    empty: bool = False


def site_of(settings: Settings, catalogue: Catalogue) -> Landmark | None:
    """The place a kiosk stands at, None where its settings name none that is known."""
    known = catalogue.landmark_by_id.get(settings.site)
    if known is not None or not _is_own(settings):
        return known
    return Landmark(
        id=settings.site,
        name_ko=settings.site_ko,
        name_en=settings.site_en or settings.site_ko,
        kind=LandmarkKind.CIVIC,
        lat=settings.site_lat,
        lon=settings.site_lon,
        basis="settings",
    )


def site_fault(settings: Settings, catalogue: Catalogue) -> SiteFault | None:
    """What is wrong with the site in these settings, None where a kiosk can stand there."""
    if settings.role != "kiosk" or site_of(settings, catalogue) is not None:
        return None
    if settings.site_ko:
        return SiteFault(
            "장소를 직접 적으려면 site(영문 아이디), site_ko, site_lat, site_lon이 모두 맞아야 "
            "합니다. 위도와 경도는 전주 안이어야 합니다.",
            "a place of its own takes site (an id of letters, digits and -), site_ko, and "
            f"site_lat and site_lon within {SOUTH} to {NORTH} and {WEST} to {EAST}.",
        )
    cure_ko = "지도의 장소(landmarks)의 아이디를 적거나, site_ko와 함께 새 장소를 적으세요."
    examples = ", ".join(landmark.id for landmark in catalogue.libraries[:3])
    cure_en = (
        f"give the id of any landmark (for example {examples}), or describe a place of its own "
        "with site_ko, site_lat and site_lon in cheonman.toml."
    )
    if not settings.site:
        ko, en = "키오스크가 서 있는 곳(site)이 없습니다.", "a kiosk needs its site;"
        return SiteFault(f"{ko} {cure_ko}", f"{en} {cure_en}", empty=True)
    return SiteFault(
        f"'{settings.site}'(이)라는 장소가 없습니다. {cure_ko}",
        f"'{settings.site}' is no landmark; {cure_en}",
    )


def offered_sites(settings: Settings, catalogue: Catalogue) -> tuple[Landmark, ...]:
    """What the operator chooses from: the place that stands now, libraries, then public places."""
    found = [each for kind in _OFFERED for each in catalogue.landmarks if each.kind is kind]
    here = site_of(settings, catalogue)
    if here is not None and here.id not in {each.id for each in found}:
        found.insert(0, here)
    return tuple(found)


def _is_own(settings: Settings) -> bool:
    named = bool(settings.site_ko.strip() and settings.site)
    return named and SOUTH <= settings.site_lat <= NORTH and WEST <= settings.site_lon <= EAST
