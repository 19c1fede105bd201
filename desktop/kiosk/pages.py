"""All screens of the kiosk. Imported after the first frame, because together they are heavy."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from db.catalogue import load_catalogue
from db.records.catalogue import Catalogue
from db.records.landmarks import Landmark
from db.search import ProjectIndex
from desktop import i18n
from desktop.kiosk.announcements_presenter import AnnouncementsPresenter
from desktop.kiosk.announcements_view import AnnouncementsView
from desktop.kiosk.code_guard import CodeGuard
from desktop.kiosk.exchange_standing import ExchangeStanding
from desktop.kiosk.feedback_presenter import FeedbackPresenter
from desktop.kiosk.feedback_view import FeedbackView, Ground
from desktop.kiosk.help_presenter import HelpPresenter
from desktop.kiosk.help_view import HelpView
from desktop.kiosk.home_presenter import HomePresenter
from desktop.kiosk.home_view import HomeView
from desktop.kiosk.map_presenter import MapPresenter
from desktop.kiosk.map_view import MapView
from desktop.kiosk.operator_exchange import OperatorExchange
from desktop.kiosk.operator_places import sticks
from desktop.kiosk.operator_presenter import OperatorPresenter
from desktop.kiosk.operator_view import OperatorView
from desktop.kiosk.page import Services
from desktop.kiosk.pictures import Band, home_picture, site_map
from desktop.kiosk.planted_presenter import PlantedPresenter
from desktop.kiosk.planted_view import PlantedView
from desktop.kiosk.project_presenter import ProjectPresenter
from desktop.kiosk.project_view import ProjectView
from desktop.kiosk.ready_phrases import load_phrases
from desktop.kiosk.receipt_presenter import ReceiptPresenter
from desktop.kiosk.receipt_view import ReceiptView
from desktop.kiosk.replies_presenter import RepliesPresenter
from desktop.kiosk.replies_view import RepliesView
from desktop.kiosk.trees_presenter import TreesPresenter
from desktop.kiosk.trees_views import load_charts, make_trees_view
from desktop.map.city import City, load_city
from desktop.settings import Settings
from desktop.site import site_of
from desktop.theme.look import Look

if TYPE_CHECKING:
    from desktop.app import Kiosk


@dataclass(frozen=True)
class Lasting:
    """What new content leaves as it is: how exchange stands, who guesses receipt numbers, and work
    on a stick that goes on behind the locked screen."""

    standing: ExchangeStanding
    guard: CodeGuard
    sticks: OperatorExchange


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
            site = self.catalogue.landmark_by_id[ident]
            return site.name_en if language == i18n.ENGLISH else site.name_ko
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


def add_pages(kiosk: Kiosk) -> None:
    """Make every presenter and tell the director how its views are made."""
    content = kiosk.content
    assert content is not None
    catalogue, city, site = content.catalogue, content.city, kiosk.settings.site
    standing = kiosk.lasting.standing if kiosk.lasting else ExchangeStanding(kiosk.tasks)
    services = Services(
        catalogue,
        kiosk.tasks,
        kiosk.visit,
        kiosk.settings,
        kiosk.data_dir,
        kiosk.clock,
        standing,
    )
    if kiosk.lasting is None:
        work = OperatorExchange(services, standing, sticks)
        kiosk.lasting = Lasting(standing, CodeGuard(parent=kiosk), work)
    add = kiosk.director.add
    kiosk.director.make_band = partial(Band, content=content)

    home = HomePresenter(services)
    picture = partial(home_picture, content=content, site=site)
    add("home", home, lambda look: HomeView(look, picture, home.state))

    library = catalogue.landmark_by_id.get(site)
    projects = MapPresenter(services, city, content.index.find)
    add(
        "map",
        projects,
        lambda look: MapView(look, city, catalogue.landmarks, projects.state, _name(look, library)),
    )

    project = ProjectPresenter(services, content.dong_en)
    crop = partial(site_map, content=content)
    add("project", project, lambda look: ProjectView(look, crop, project.state))

    trees = TreesPresenter(services, load_charts)
    add("trees", trees, lambda look: make_trees_view(look, trees.state, city))
    here = (library.lat, library.lon) if library else None
    add("planted", PlantedPresenter(services), lambda look: PlantedView(look, city, here))

    add("announcements", AnnouncementsPresenter(services), AnnouncementsView)
    add("help", HelpPresenter(services), HelpView)
    feedback = FeedbackPresenter(services, city)
    ground = Ground(
        load_phrases(kiosk.data_dir), city, catalogue.landmarks, here, feedback.picked_name
    )
    add("feedback", feedback, lambda look: FeedbackView(look, ground))
    receipt = ReceiptPresenter(services)
    add("receipt", receipt, lambda look: ReceiptView(look, receipt.state))
    replies = RepliesPresenter(services, kiosk.lasting.guard)
    add("replies", replies, lambda look: RepliesView(look, content.name_of))

    operator = OperatorPresenter(services, kiosk.assistance.voice, exchange=kiosk.lasting.sticks)
    operator.leave_asked.connect(kiosk.leave)
    add("operator", operator, OperatorView)


def _name(look: Look, library: Landmark | None) -> str | None:
    if library is None:
        return None
    return library.name_ko if look.korean else library.name_en
