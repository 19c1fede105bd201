"""What the kiosk shows: the catalogue, the city's geometry and the index, read once and checked."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from db.catalogue.loading import load_catalogue
from db.catalogue.search import ProjectIndex
from db.records.catalogue import Catalogue
from desktop import i18n
from desktop.map.city import City, load_city
from desktop.settings import Settings
from desktop.site import site_of


@dataclass(frozen=True)
class Content:
    """What is shown: facts and geometry, read once and checked."""

    catalogue: Catalogue
    city: City
    index: ProjectIndex

    def standing_at(self, settings: Settings) -> Content:
        """The same, with the kiosk's own place among the landmarks where it is none of them."""
        site = site_of(settings, self.catalogue)
        if site is None or site.id in self.catalogue.landmark_by_id:
            return self
        return Content(self.catalogue.with_landmark(site), self.city, self.index)

    def dong_en(self, name_ko: str) -> str:
        """The English name of a dong the catalogue names in Korean; unknown ones stay Korean."""
        dong = self.city.dong_named(name_ko)
        return dong.name("en") if dong else name_ko

    def name_of(self, kind: str, ident: str) -> str:
        """What a resident calls a project, a dong or a site, in the language of the visit."""
        language = i18n.language()
        if kind == "project" and ident in self.catalogue.project_by_id:
            return self.catalogue.project_by_id[ident].name(language)
        if kind == "site" and ident in self.catalogue.landmark_by_id:
            return self.catalogue.landmark_by_id[ident].name(language)
        if kind == "site":
            # A place of another kiosk's own: its name stands in that kiosk's settings alone.
            return i18n.tr("다른 곳")
        if kind == "dong" and language == i18n.ENGLISH:
            return self.dong_en(ident)
        return ident


def load_content(data_dir: Path) -> Content:
    """Read and check all content; runs on the worker thread."""
    catalogue = load_catalogue(data_dir)
    return Content(catalogue, load_city(data_dir), ProjectIndex(catalogue.projects))
