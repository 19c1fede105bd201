"""All screens of the kiosk. Imported after the first frame, because together they are heavy."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from db.records.landmarks import Landmark
from desktop.kiosk.announcements_presenter import AnnouncementsPresenter
from desktop.kiosk.announcements_view import AnnouncementsView
from desktop.kiosk.code_guard import CodeGuard
from desktop.kiosk.content import Content
from desktop.kiosk.director import Director
from desktop.kiosk.exchange_standing import ExchangeStanding
from desktop.kiosk.feedback_presenter import FeedbackPresenter
from desktop.kiosk.feedback_view import FeedbackView, Ground
from desktop.kiosk.help_presenter import HelpPresenter
from desktop.kiosk.help_view import HelpView
from desktop.kiosk.home_picture import home_picture
from desktop.kiosk.home_presenter import HomePresenter
from desktop.kiosk.home_view import HomeView
from desktop.kiosk.low_band import Band
from desktop.kiosk.map_presenter import MapPresenter
from desktop.kiosk.map_view import MapView
from desktop.kiosk.operator_exchange import OperatorExchange
from desktop.kiosk.operator_places import sticks
from desktop.kiosk.operator_presenter import OperatorPresenter
from desktop.kiosk.operator_view import OperatorView
from desktop.kiosk.page import Services
from desktop.kiosk.planted_presenter import PlantedPresenter
from desktop.kiosk.planted_view import PlantedView
from desktop.kiosk.project_presenter import ProjectPresenter
from desktop.kiosk.project_view import ProjectView
from desktop.kiosk.ready_phrases import load_phrases
from desktop.kiosk.receipt_presenter import ReceiptPresenter
from desktop.kiosk.receipt_view import ReceiptView
from desktop.kiosk.replies_presenter import RepliesPresenter
from desktop.kiosk.replies_view import RepliesView
from desktop.kiosk.routes import ScreenName
from desktop.kiosk.site_map import site_map
from desktop.kiosk.trees_presenter import TreesPresenter
from desktop.kiosk.trees_views import load_charts, make_trees_view
from desktop.settings import Settings
from desktop.tasks import Tasks
from desktop.theme.look import Look
from desktop.visit import Visit

if TYPE_CHECKING:
    from desktop.access.voice import Voice


@dataclass(frozen=True)
class Parts:
    """What every content is shown with: who opens screens, who does work, whose visit it is."""

    director: Director
    tasks: Tasks
    visit: Visit
    settings: Settings
    data_dir: Path
    clock: Callable[[], int]  #: microseconds since 1970, as the device believes them
    voice: Voice
    leave: Callable[[], None]  #: staff close the program


@dataclass(frozen=True)
class Lasting:
    """What new content leaves as it is: how exchange stands, who guesses receipt numbers, and work
    on a stick that goes on behind the locked screen."""

    standing: ExchangeStanding
    guard: CodeGuard
    sticks: OperatorExchange


def add_pages(parts: Parts, content: Content, lasting: Lasting | None) -> Lasting:
    """Make every presenter and tell the director how its views are made; what lasts is handed back
    to the next content."""
    catalogue, city, site = content.catalogue, content.city, parts.settings.site
    standing = lasting.standing if lasting else ExchangeStanding(parts.tasks)
    services = Services(
        catalogue,
        parts.tasks,
        parts.visit,
        parts.settings,
        parts.data_dir,
        parts.clock,
        standing,
    )
    if lasting is None:
        work = OperatorExchange(services, standing, sticks)
        lasting = Lasting(standing, CodeGuard(parent=parts.director), work)
    add = parts.director.add
    parts.director.make_band = partial(Band, content=content)

    home = HomePresenter(services)
    picture = partial(home_picture, content=content, site=site)
    add(ScreenName.HOME, home, lambda look: HomeView(look, picture, home.state))

    library = catalogue.landmark_by_id.get(site)
    projects = MapPresenter(services, city, content.index.find)
    add(
        ScreenName.MAP,
        projects,
        lambda look: MapView(look, city, catalogue.landmarks, projects.state, _name(look, library)),
    )

    project = ProjectPresenter(services, content.dong_en)
    crop = partial(site_map, content=content)
    add(ScreenName.PROJECT, project, lambda look: ProjectView(look, crop, project.state))

    trees = TreesPresenter(services, load_charts)
    add(ScreenName.TREES, trees, lambda look: make_trees_view(look, trees.state, city))
    here = (library.lat, library.lon) if library else None
    add(ScreenName.PLANTED, PlantedPresenter(services), lambda look: PlantedView(look, city, here))

    add(ScreenName.ANNOUNCEMENTS, AnnouncementsPresenter(services), AnnouncementsView)
    add(ScreenName.HELP, HelpPresenter(services), HelpView)
    feedback = FeedbackPresenter(services, city)
    ground = Ground(
        load_phrases(parts.data_dir), city, catalogue.landmarks, here, feedback.picked_name
    )
    add(ScreenName.FEEDBACK, feedback, lambda look: FeedbackView(look, ground))
    receipt = ReceiptPresenter(services)
    add(ScreenName.RECEIPT, receipt, lambda look: ReceiptView(look, receipt.state))
    replies = RepliesPresenter(services, lasting.guard)
    add(ScreenName.REPLIES, replies, lambda look: RepliesView(look, content.name_of))

    operator = OperatorPresenter(services, parts.voice, exchange=lasting.sticks)
    operator.leave_asked.connect(parts.leave)
    add(ScreenName.OPERATOR, operator, OperatorView)
    return lasting


def _name(look: Look, library: Landmark | None) -> str | None:
    if library is None:
        return None
    return library.name_ko if look.korean else library.name_en
