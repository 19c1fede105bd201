"""Help is short, in pictures and plain words, and opens at what one was just doing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from db.catalogue.loading import load_catalogue
from db.store.opening import open_store
from desktop import i18n
from desktop.background.tasks import Tasks
from desktop.kiosk.help.credits import credits, publishers
from desktop.kiosk.help.intents import ChooseTopic, HelpIntent
from desktop.kiosk.help.presenter import HelpPresenter
from desktop.kiosk.help.state import HelpState, Topic
from desktop.kiosk.help.texts import page_of, topic_word
from desktop.kiosk.help.view import HelpView
from desktop.kiosk.shell.routes import ScreenName, ToHelp
from desktop.theme.fonts import add_fonts
from desktop.theme.look import Look
from desktop.theme.metrics import Metrics
from desktop.theme.palette import CONTRAST, LIGHT
from desktop.widgets.button import PressButton
from desktop.widgets.text import Text
from tests.desktop.kiosk.services import services

PANELS = {
    "24 inch": (1920, 1080, 24.0, 104, 239),
    "portrait": (1080, 1920, 24.0, 191, 239),
    "15.6 inch": (1366, 768, 15.6, 202, 168),
    "43 inch 4K": (3840, 2160, 43.0, 104, 239),
}


@pytest.fixture
def presenter(data_dir: Path, qapp: object) -> Iterator[HelpPresenter]:
    tasks = Tasks(lambda: open_store(data_dir))
    made = HelpPresenter(services(tasks, data_dir, lambda: 0, phone="063-000-0000"))
    yield made
    tasks.close()


@pytest.fixture
def stage(qtbot: QtBot) -> Iterator[QWidget]:
    add_fonts()
    window = QWidget()
    qtbot.addWidget(window)
    yield window
    i18n.use_language("ko")


def shown(stage: QWidget, look: Look, state: HelpState, height: int) -> HelpView:
    stage.resize(look.metrics.width, height)
    view = HelpView(look)
    view.setParent(stage)
    view.setGeometry(stage.rect())
    view.show_state(state)
    stage.show()
    view.show()
    return view


@pytest.mark.parametrize(
    ("screen", "topic"),
    [
        (ScreenName.MAP, Topic.MAP),
        (ScreenName.FEEDBACK, Topic.FEEDBACK),
        (ScreenName.RECEIPT, Topic.REPLY),
        (ScreenName.REPLIES, Topic.REPLY),
        (ScreenName.TREES, Topic.SOURCES),
        (ScreenName.HOME, Topic.MAP),
    ],
)
def test_help_opens_at_what_one_was_doing(
    presenter: HelpPresenter, screen: ScreenName, topic: Topic
) -> None:
    presenter.enter(ToHelp(screen))
    assert presenter.state.topic is topic
    assert presenter.state.listing is (screen is ScreenName.HOME)


def test_the_next_visitor_finds_help_at_its_beginning(presenter: HelpPresenter) -> None:
    presenter.enter(ToHelp(ScreenName.FEEDBACK))
    presenter.wipe()
    assert presenter.state.topic is Topic.MAP
    assert not presenter.state.listing


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("topic", Topic)
def test_every_page_is_short_and_plain(
    presenter: HelpPresenter, topic: Topic, language: str
) -> None:
    i18n.use_language(language)
    presenter.do(ChooseTopic(topic))
    page = page_of(presenter.state)
    i18n.use_language("ko")
    assert len(page.steps) <= 5
    assert len(page.lines) + len(page.boxed) <= 7
    assert max(len(line) for line in page.lines) <= (60 if language == "ko" else 110)


def test_the_difference_to_a_petition_is_told_with_its_address(presenter: HelpPresenter) -> None:
    presenter.do(ChooseTopic(Topic.PRIVACY))
    page = page_of(presenter.state)
    assert len(page.lines) == 4
    assert "민원이 아닙니다" in page.boxed[0]
    assert "epeople.go.kr" in page.boxed[1]


def test_the_phone_number_appears_where_the_site_has_one(presenter: HelpPresenter) -> None:
    presenter.do(ChooseTopic(Topic.PEOPLE))
    assert any("063-000-0000" in line for line in page_of(presenter.state).lines)
    assert not any("{" in line for line in page_of(HelpState(topic=Topic.PEOPLE)).lines)


def test_how_long_words_are_kept_is_told_where_the_city_has_set_it() -> None:
    kept = HelpState(topic=Topic.PRIVACY, keep_days=730)
    assert any("730일" in line for line in page_of(kept).lines)
    assert not any("동안 두고" in line for line in page_of(HelpState(topic=Topic.PRIVACY)).lines)


def test_every_work_used_is_credited_and_every_source_counted() -> None:
    text = " ".join(f"{c.by('ko')} {c.by('en')}" for c in credits())
    for name in (
        "국토지리정보원",
        "2023-09-15",
        "Pretendard",
        "OFL-1.1",
        "Lucide",
        "ISC",
        "LGPL-3.0",
    ):
        assert name in text
    catalogue = load_catalogue(None)
    told = publishers(catalogue)
    pages = {s.url or i for g in (catalogue.sources, catalogue.trees.sources) for i, s in g.items()}
    assert 0 < sum(each.count for each in told) <= len(pages)
    assert [each.count for each in told] == sorted((each.count for each in told), reverse=True)


@pytest.mark.parametrize("mode", ["default", "large", "contrast"])
@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("panel", PANELS)
def test_every_topic_is_whole_in_every_size(
    stage: QWidget, presenter: HelpPresenter, panel: str, language: str, mode: str
) -> None:
    i18n.use_language(language)
    width, height, inches, bar, large_bar = PANELS[panel]
    metrics = Metrics.for_panel(width, height, inches, large=mode == "large")
    look = Look(metrics, CONTRAST if mode == "contrast" else LIGHT, language)
    view = shown(
        stage, look, presenter.state, height - look.px(large_bar if mode == "large" else bar)
    )
    for topic in Topic:
        presenter.do(ChooseTopic(topic))
        view.show_state(presenter.state)
        stage.grab()
        page = view._page.itemAt(0)
        assert view.header is not None and page is not None
        shown_page = page.widget()
        assert isinstance(shown_page, QWidget)
        for text in view.header.findChildren(Text) + shown_page.findChildren(Text):
            assert not text.isVisible() or not text.overflows(), text.text()
        for button in view.findChildren(PressButton):
            assert not button.isVisible() or not button.overflows(), button.text()


def test_a_touch_on_a_topic_asks_for_it(stage: QWidget, qtbot: QtBot) -> None:
    look = Look(Metrics.for_panel(1920, 1080, 24.0), LIGHT)
    view = shown(stage, look, HelpState(), 976)
    asked: list[HelpIntent] = []
    view.did.connect(asked.append)
    for topic in view._topics.values():
        qtbot.mouseClick(topic, Qt.MouseButton.LeftButton)
    assert asked == [ChooseTopic(topic) for topic in Topic]


def test_topics_have_words_in_both_languages() -> None:
    korean = {topic_word(topic) for topic in Topic}
    i18n.use_language("en")
    english = {topic_word(topic) for topic in Topic}
    i18n.use_language("ko")
    assert len(korean) == len(english) == len(Topic)
    assert not korean & english
