"""All screens of the kiosk. Imported after the first frame, because together they are heavy."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from db.catalogue.phrases import load_phrases
from db.records.landmarks import Landmark
from desktop.background.tasks import Tasks
from desktop.exchange.standing import ExchangeStanding
from desktop.exchange.sticks import sticks
from desktop.kiosk.announcements.presenter import AnnouncementsPresenter
from desktop.kiosk.announcements.view import AnnouncementsView
from desktop.kiosk.content import Content
from desktop.kiosk.feedback.presenter import FeedbackPresenter
from desktop.kiosk.feedback.view import FeedbackView, StepContent
from desktop.kiosk.help.presenter import HelpPresenter
from desktop.kiosk.help.view import HelpView
from desktop.kiosk.home.picture import home_picture
from desktop.kiosk.home.presenter import HomePresenter
from desktop.kiosk.home.view import HomeView
from desktop.kiosk.map.presenter import MapPresenter
from desktop.kiosk.map.view import MapView
from desktop.kiosk.operator.exchange.presenter import OperatorExchange
from desktop.kiosk.operator.presenter import OperatorPresenter
from desktop.kiosk.operator.view import OperatorView
from desktop.kiosk.planted.presenter import PlantedPresenter
from desktop.kiosk.planted.view import PlantedView
from desktop.kiosk.project.presenter import ProjectPresenter
from desktop.kiosk.project.site_map import site_map
from desktop.kiosk.project.view import ProjectView
from desktop.kiosk.receipt.presenter import ReceiptPresenter
from desktop.kiosk.receipt.view import ReceiptView
from desktop.kiosk.replies.guess_limit import GuessLimit
from desktop.kiosk.replies.presenter import RepliesPresenter
from desktop.kiosk.replies.view import RepliesView
from desktop.kiosk.shell.low_band import Band
from desktop.kiosk.shell.navigator import Navigator
from desktop.kiosk.shell.routes import (
    ToAnnouncements,
    ToFeedback,
    ToHelp,
    ToHome,
    ToMap,
    ToOperator,
    ToPlanted,
    ToProject,
    ToReceipt,
    ToReplies,
    ToTrees,
)
from desktop.kiosk.shell.screen import Services
from desktop.kiosk.shell.visit import Visit
from desktop.kiosk.trees.presenter import TreesPresenter
from desktop.kiosk.trees.topics import load_charts, make_trees_view
from desktop.settings import Settings
from desktop.theme.look import Look

if TYPE_CHECKING:
    from desktop.access.voice import Voice


@dataclass(frozen=True)
class Parts:
    """What every content is shown with: who opens screens, who does work, whose visit it is."""

    navigator: Navigator
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
    guard: GuessLimit
    sticks: OperatorExchange


def add_pages(parts: Parts, content: Content, lasting: Lasting | None) -> Lasting:
    """Make every presenter and tell the navigator how its views are made; what lasts is handed back
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
        lasting = Lasting(standing, GuessLimit(parent=parts.navigator), work)
    add = parts.navigator.add
    parts.navigator.make_band = partial(Band, content=content)

    home = HomePresenter(services)
    picture = partial(home_picture, content=content, site=site)
    add(ToHome, home, lambda look: HomeView(look, picture, home.state))

    library = catalogue.landmark_by_id.get(site)
    projects = MapPresenter(services, city, content.index.find)
    add(
        ToMap,
        projects,
        lambda look: MapView(look, city, catalogue.landmarks, projects.state, _name(look, library)),
    )

    project = ProjectPresenter(services, content.dong_en)
    crop = partial(site_map, content=content)
    add(ToProject, project, lambda look: ProjectView(look, crop, project.state))

    trees = TreesPresenter(services, load_charts)
    add(ToTrees, trees, lambda look: make_trees_view(look, trees.state, city))
    here = (library.lat, library.lon) if library else None
    add(ToPlanted, PlantedPresenter(services), lambda look: PlantedView(look, city, here))

    add(ToAnnouncements, AnnouncementsPresenter(services), AnnouncementsView)
    add(ToHelp, HelpPresenter(services), HelpView)
    feedback = FeedbackPresenter(services, city)
    ground = StepContent(
        load_phrases(parts.data_dir), city, catalogue.landmarks, here, feedback.picked_name
    )
    add(ToFeedback, feedback, lambda look: FeedbackView(look, ground))
    receipt = ReceiptPresenter(services)
    add(ToReceipt, receipt, lambda look: ReceiptView(look, receipt.state))
    replies = RepliesPresenter(services, lasting.guard)
    add(ToReplies, replies, lambda look: RepliesView(look, content.name_of))

    operator = OperatorPresenter(services, parts.voice, exchange=lasting.sticks)
    operator.leave_asked.connect(parts.leave)
    add(ToOperator, operator, OperatorView)
    return lasting


def _name(look: Look, library: Landmark | None) -> str | None:
    if library is None:
        return None
    return library.name_ko if look.korean else library.name_en
