"""The states a tour shows, in the order a resident could meet them."""

from __future__ import annotations

from db.bilingual import Bilingual
from desktop.kiosk.shell.routes import Route, ScreenName
from desktop.tour.announced import SAMPLES, walk_announcements
from desktop.tour.guide import Guide
from desktop.tour.operator import walk_operator
from desktop.tour.replied import walk_receipt_of_a_hub, walk_replies

#: What the tour writes, marked as an example wherever it is kept.
SAMPLE_KO = "시연 의견입니다. 그늘이 될 나무와 긴 의자를 남겨 주세요."
WITH_PHONE = "시연 의견입니다. 전화는 010-1234-5678입니다."
SAMPLE_EN = "This is a sample opinion. Please keep trees for shade and a long bench."
PROJECT, CHANGED = "baekje-wind-path-forest", "stadium-mice-complex"
TREE_TOPICS = (
    "map", "years", "kinds", "dongs", "benefits", "more", "removals", "conflicts", "apart",
    "people", "sources",
)  # fmt: skip


def walk(guide: Guide) -> None:
    """Show every screen and its main states."""
    for part in (_start, _map, _project, _trees, _planted, _feedback, _replies, _rest):
        part(guide)


def _open(guide: Guide, name: str, argument: object = None) -> None:
    guide.kiosk.navigator.open(Route(ScreenName(name), argument))
    guide.settle()


def _start(guide: Guide) -> None:
    guide.photograph("attract")
    guide.tap("start")
    guide.photograph("home")


def _map(guide: Guide) -> None:
    guide.tap("door-map")
    guide.photograph("map")
    projects = guide.kiosk.navigator.presenter(ScreenName.MAP)
    projects.on_theme_chosen("culture-library")
    guide.photograph("map-theme")
    projects.on_theme_chosen("")
    projects.on_status_pressed()
    guide.photograph("map-status-filter")
    projects.on_status_pressed()
    projects.on_arrows_toggled(True)
    guide.photograph("map-arrows")
    projects.on_arrows_toggled(False)
    projects.on_city_wide_pressed()
    guide.photograph("map-city-wide")
    projects.on_list_pressed()
    _open(guide, "map")
    guide.focus("search")
    guide.photograph("map-search-keyboard")
    projects.on_query_edited("ㄷㅈㄱㅇ")
    guide.photograph("map-search-found")
    projects.on_query_edited("없는사업")
    guide.photograph("map-nothing-found")
    projects.on_filters_cleared()
    guide.unfocus()
    city = guide.kiosk.content.city if guide.kiosk.content else None
    dong = city.dong_named("덕진동1가") if city else None
    if dong is not None:
        projects.on_dong_chosen(dong.code)
        guide.photograph("map-dong")
        guide.kiosk.navigator.back()


def _project(guide: Guide) -> None:
    _open(guide, "project", CHANGED)
    guide.photograph("project-changed")
    _open(guide, "project", PROJECT)
    guide.photograph("project")
    project = guide.kiosk.navigator.presenter(ScreenName.PROJECT)
    project.on_panel_chosen("sources")
    guide.photograph("project-sources")
    project.on_panel_chosen("sources")


def _trees(guide: Guide) -> None:
    _open(guide, "home")
    guide.tap("door-trees")
    guide.photograph("trees")
    for topic in TREE_TOPICS:
        _open(guide, "trees", topic)
        guide.photograph(f"trees-{topic}")


def _planted(guide: Guide) -> None:
    _open(guide, "planted")
    guide.photograph("planted-kind")
    planted = guide.kiosk.navigator.presenter(ScreenName.PLANTED)
    planted.on_kind_chosen(planted.state.choices[0].species)
    for name in ("planted-count", "planted-place", "planted-when"):
        guide.photograph(name)
        if name == "planted-place":
            planted.on_dong_chosen("송천동1가")
        if name == "planted-when":
            planted.on_year_chosen(planted.state.this_year)
            guide.photograph("planted-month")
            planted.on_month_chosen(3)
        planted.on_next_pressed()
    guide.photograph("planted-review")
    planted.wipe()


def _feedback(guide: Guide) -> None:
    _open(guide, "feedback")
    guide.photograph("feedback-about")
    _open(guide, "home")
    guide.kiosk.navigator.presenter(ScreenName.FEEDBACK).wipe()
    _open(guide, "feedback", ("project", PROJECT))
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
    feedback = guide.kiosk.navigator.presenter(ScreenName.FEEDBACK)
    feedback.on_remove_findings()
    sample = Bilingual(SAMPLE_KO, SAMPLE_EN).in_(guide.kiosk.visit.language)
    feedback.on_text(sample)
    while feedback.state.step < 5:
        feedback.on_next()
        guide.settle()
    guide.photograph("feedback-contact")
    guide.tap("contact-yes")
    guide.photograph("feedback-age")
    guide.tap("older")
    guide.photograph("feedback-consent")
    guide.tap("refuse")
    while feedback.state.step < 6:
        feedback.on_next()
        guide.settle()
    guide.photograph("feedback-review")
    guide.tap("send")
    guide.wait_for(lambda: guide.at("receipt"), "the receipt")
    guide.photograph("receipt")


def _replies(guide: Guide) -> None:
    walk_receipt_of_a_hub(guide)
    walk_replies(guide)


def _rest(guide: Guide) -> None:
    _open(guide, "help")
    guide.photograph("help")
    for topic in ("feedback", "reply", "privacy"):
        guide.kiosk.navigator.presenter(ScreenName.HELP).on_topic(topic)
        guide.photograph(f"help-{topic}")
    walk_announcements(guide)
    walk_operator(guide)
    _open(guide, "home")
    guide.kiosk.accessibility.idle.warning.emit(27)
    guide.photograph("idle-warning")
    guide.kiosk.accessibility.idle.resumed.emit()
    guide.kiosk.visit.low = True
    guide.kiosk.navigator.refresh_look()
    guide.photograph("home-low")
    home = guide.kiosk.navigator.presenter(ScreenName.HOME)
    home.on_announcements(SAMPLES)
    guide.photograph("home-low-announcements")
    home.on_announcements(())
    guide.kiosk.visit.low = False
    guide.kiosk.navigator.end_visit()
