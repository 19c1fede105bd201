"""The states a tour shows, in the order a resident could meet them."""

from __future__ import annotations

from db.bilingual import Bilingual
from desktop.kiosk.feedback import intents as feedback_intents
from desktop.kiosk.feedback.presenter import FeedbackPresenter
from desktop.kiosk.feedback.state import FeedbackStep
from desktop.kiosk.help.intents import ChooseTopic
from desktop.kiosk.help.presenter import HelpPresenter
from desktop.kiosk.help.state import Topic
from desktop.kiosk.home.presenter import HomePresenter
from desktop.kiosk.map import intents as map_intents
from desktop.kiosk.map.presenter import MapPresenter
from desktop.kiosk.planted import intents as planted_intents
from desktop.kiosk.planted.presenter import PlantedPresenter
from desktop.kiosk.project.intents import ChooseSide
from desktop.kiosk.project.presenter import ProjectPresenter
from desktop.kiosk.project.state import Side
from desktop.kiosk.shell.intents import Next, TypeQuery
from desktop.kiosk.shell.routes import (
    Route,
    ToFeedback,
    ToHelp,
    ToHome,
    ToMap,
    ToPlanted,
    ToProject,
    ToTrees,
    TreesTopic,
)
from desktop.tour.announced import SAMPLES, walk_announcements
from desktop.tour.guide import Guide
from desktop.tour.operator import walk_operator
from desktop.tour.replied import walk_receipt_of_a_hub, walk_replies

#: What the tour writes, marked as an example wherever it is kept.
SAMPLE_KO = "시연 의견입니다. 그늘이 될 나무와 긴 의자를 남겨 주세요."
WITH_PHONE = "시연 의견입니다. 전화는 010-1234-5678입니다."
SAMPLE_EN = "This is a sample opinion. Please keep trees for shade and a long bench."
PROJECT, CHANGED = "baekje-wind-path-forest", "stadium-mice-complex"
TREE_TOPICS = [t for t in TreesTopic if t not in (TreesTopic.OVERVIEW, TreesTopic.PROGRAMME)]


def walk(guide: Guide) -> None:
    """Show every screen and its main states."""
    for part in (_start, _map, _project, _trees, _planted, _feedback, _replies, _rest):
        part(guide)


def _open(guide: Guide, route: Route) -> None:
    guide.kiosk.navigator.open(route)
    guide.settle()


def _start(guide: Guide) -> None:
    guide.photograph("attract")
    guide.tap("start")
    guide.photograph("home")


def _map(guide: Guide) -> None:
    guide.tap("door-map")
    guide.photograph("map")
    projects = guide.kiosk.navigator.presenter(MapPresenter)
    projects.do(map_intents.ChooseTheme("culture-library"))
    guide.photograph("map-theme")
    projects.do(map_intents.ChooseTheme(None))
    projects.do(map_intents.TurnStatuses())
    guide.photograph("map-status-filter")
    projects.do(map_intents.TurnStatuses())
    projects.do(map_intents.TurnArrows(True))
    guide.photograph("map-arrows")
    projects.do(map_intents.TurnArrows(False))
    projects.do(map_intents.ListCityWide())
    guide.photograph("map-city-wide")
    projects.do(map_intents.ListAll())
    _open(guide, ToMap())
    guide.focus("search")
    guide.photograph("map-search-keyboard")
    projects.do(TypeQuery("ㄷㅈㄱㅇ"))
    guide.photograph("map-search-found")
    projects.do(TypeQuery("없는사업"))
    guide.photograph("map-nothing-found")
    projects.do(map_intents.ClearFilters())
    guide.unfocus()
    city = guide.kiosk.content.city if guide.kiosk.content else None
    dong = city.dong_named("덕진동1가") if city else None
    if dong is not None:
        projects.do(map_intents.OpenDong(dong.code))
        guide.photograph("map-dong")
        guide.kiosk.navigator.back()


def _project(guide: Guide) -> None:
    _open(guide, ToProject(CHANGED))
    guide.photograph("project-changed")
    _open(guide, ToProject(PROJECT))
    guide.photograph("project")
    project = guide.kiosk.navigator.presenter(ProjectPresenter)
    project.do(ChooseSide(Side.SOURCES))
    guide.photograph("project-sources")
    project.do(ChooseSide(Side.SOURCES))


def _trees(guide: Guide) -> None:
    _open(guide, ToHome())
    guide.tap("door-trees")
    guide.photograph("trees")
    for topic in TREE_TOPICS:
        _open(guide, ToTrees(topic))
        guide.photograph(f"trees-{topic}")


def _planted(guide: Guide) -> None:
    _open(guide, ToPlanted())
    guide.photograph("planted-kind")
    planted = guide.kiosk.navigator.presenter(PlantedPresenter)
    planted.do(planted_intents.ChooseSpecies(planted.state.choices[0].species))
    for name in ("planted-count", "planted-place", "planted-when"):
        guide.photograph(name)
        if name == "planted-place":
            planted.do(planted_intents.ChooseDong("송천동1가"))
        if name == "planted-when":
            planted.do(planted_intents.ChooseYear(planted.state.this_year))
            guide.photograph("planted-month")
            planted.do(planted_intents.ChooseMonth(3))
        planted.do(Next())
    guide.photograph("planted-review")
    planted.wipe()


def _feedback(guide: Guide) -> None:
    _open(guide, ToFeedback())
    guide.photograph("feedback-about")
    _open(guide, ToHome())
    guide.kiosk.navigator.presenter(FeedbackPresenter).wipe()
    _open(guide, ToFeedback(project=PROJECT))
    guide.tap("kind-suggestion")
    guide.photograph("feedback-kind")
    guide.tap("next")
    guide.tap("rating-2")
    guide.photograph("feedback-feeling")
    guide.tap("next")
    guide.focus("feedback-text")
    guide.photograph("feedback-text-empty")
    guide.write("feedback-text", WITH_PHONE)
    guide.photograph("feedback-text")
    guide.tap("next")
    guide.photograph("feedback-personal-data")
    feedback = guide.kiosk.navigator.presenter(FeedbackPresenter)
    feedback.do(feedback_intents.RemoveFindings())
    sample = Bilingual(SAMPLE_KO, SAMPLE_EN).in_(guide.kiosk.visit.language)
    feedback.do(feedback_intents.TypeText(sample))
    while feedback.state.step < FeedbackStep.CONTACT:
        feedback.do(Next())
        guide.settle()
    guide.photograph("feedback-contact")
    guide.tap("contact-yes")
    guide.photograph("feedback-age")
    guide.tap("older")
    guide.photograph("feedback-consent")
    guide.tap("refuse")
    while feedback.state.step < FeedbackStep.REVIEW:
        feedback.do(Next())
        guide.settle()
    guide.photograph("feedback-review")
    guide.tap("send")
    guide.wait_for(lambda: guide.at("receipt"), "the receipt")
    guide.photograph("receipt")


def _replies(guide: Guide) -> None:
    walk_receipt_of_a_hub(guide)
    walk_replies(guide)


def _rest(guide: Guide) -> None:
    _open(guide, ToHelp())
    guide.photograph("help")
    for topic in (Topic.FEEDBACK, Topic.REPLY, Topic.PRIVACY):
        guide.kiosk.navigator.presenter(HelpPresenter).do(ChooseTopic(topic))
        guide.photograph(f"help-{topic}")
    walk_announcements(guide)
    walk_operator(guide)
    _open(guide, ToHome())
    guide.kiosk.accessibility.idle.warning.emit(27)
    guide.photograph("idle-warning")
    guide.kiosk.accessibility.idle.resumed.emit()
    guide.kiosk.visit.low = True
    guide.kiosk.navigator.refresh_look()
    guide.photograph("home-low")
    home = guide.kiosk.navigator.presenter(HomePresenter)
    home.on_announcements(SAMPLES)
    guide.photograph("home-low-announcements")
    home.on_announcements(())
    guide.kiosk.visit.low = False
    guide.kiosk.navigator.end_visit()
