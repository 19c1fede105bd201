"""On every panel, in both languages and all sizes, no word is cut and no target too near."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QAbstractButton, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from db.privacy.personal_data import find_personal_data
from db.records.feedback import Kind
from desktop import i18n
from desktop.keyboard.panel import KeyboardPanel
from desktop.kiosk.feedback.state import Draft, FeedbackState, FeedbackStep, StepPart
from desktop.kiosk.feedback.steps.kind import ChoiceCard
from desktop.kiosk.feedback.view import FeedbackView
from desktop.theme.look import Look
from desktop.widgets import typeset
from desktop.widgets.text import Text
from tests.desktop.kiosk.feedback_stage import HandTasks, Stage, a_project, bar_of, look
from tests.desktop.kiosk.services import services

LOOKS = {
    "reference": {},
    "english": {"language": "en"},
    "contrast": {"contrast": True},
    "large": {"large": True},
    "large english": {"large": True, "language": "en"},
    "low": {"low": True},
    "portrait": {"width": 1080, "height": 1920},
    "portrait english": {"width": 1080, "height": 1920, "language": "en"},
    "portrait large": {"width": 1080, "height": 1920, "large": True},
    "small": {"width": 1366, "height": 768},
    "smallest": {"width": 1366, "height": 768, "inches": 15.6},
    "smallest english": {"width": 1366, "height": 768, "inches": 15.6, "language": "en"},
    "smallest large": {"width": 1366, "height": 768, "inches": 15.6, "large": True},
    "smallest large english": {
        "width": 1366, "height": 768, "inches": 15.6, "large": True, "language": "en",
    },
    "4k": {"width": 3840, "height": 2160},
}  # fmt: skip
TEXT = "철거한 자리에 어르신이 쉴 수 있는 나무 그늘과 긴 의자를 꼭 남겨 주세요. " * 3
SCREENS = {
    "about": FeedbackState(),
    "projects": FeedbackState(part=StepPart.PROJECTS),
    "kind": FeedbackState(step=FeedbackStep.KIND),
    "feeling": FeedbackState(step=FeedbackStep.FEELING),
    "text": FeedbackState(step=FeedbackStep.TEXT),
    "findings": FeedbackState(step=FeedbackStep.TEXT, part=StepPart.FINDINGS),
    "contact": FeedbackState(step=FeedbackStep.CONTACT),
    "age": FeedbackState(step=FeedbackStep.CONTACT, part=StepPart.AGE),
    "young": FeedbackState(step=FeedbackStep.CONTACT, part=StepPart.AGE, too_young=True),
    "consent": FeedbackState(step=FeedbackStep.CONTACT, part=StepPart.CONSENT, demonstration=True),
    "consent-periods": FeedbackState(
        step=FeedbackStep.CONTACT, part=StepPart.CONSENT, keep_days=365, keep_days_after_reply=30
    ),
    "entry": FeedbackState(step=FeedbackStep.CONTACT, part=StepPart.ENTRY),
    "review": FeedbackState(step=FeedbackStep.REVIEW, reviewing=True),
    "unavailable": FeedbackState(step=FeedbackStep.REVIEW, unavailable=True, phone="063-222-1000"),
}
TYPED = {"text": "feedback-text", "entry": "contact-field", "projects": "feedback-search"}


@pytest.fixture
def stage(qtbot: QtBot, data_dir: Path) -> Iterator[Stage]:
    yield Stage(services(HandTasks(), data_dir), qtbot)
    i18n.use_language(i18n.KOREAN)


def filled(stage: Stage, screen: str) -> FeedbackState:
    """The screen's state with as many words as a resident may have brought along."""
    subjects = stage.presenter._subjects
    text = TEXT + ("연락은 010-1234-5678로" if screen == "findings" else "")
    draft = Draft(
        subject=subjects.of_project(a_project(stage.services)),
        kind=Kind.SUGGESTION,
        rating=2,
        phrases=("suggestion-shade", "suggestion-everyone"),
        text=text,
        contact="0101234" if screen == "entry" else "",
    )
    hits, more = subjects.projects("")
    wrong = ("전화번호를 다시 확인해 주세요. 예: 010-1234-5678", "Please check the phone number.")
    return replace(
        SCREENS[screen],
        draft=draft,
        hits=hits,
        more=more,
        findings=find_personal_data(text),
        contact_error=wrong if screen == "entry" else None,
    )


def shown(view: FeedbackView, the_look: Look, qtbot: QtBot, screen: str, state: object) -> QWidget:
    """The view in a window, over the keyboard where it writes."""
    window = QWidget()
    qtbot.addWidget(window)
    metrics = the_look.metrics
    bar = bar_of(the_look)
    top = 0
    if the_look.low:
        top = round(metrics.height * (880 / 1920 if the_look.portrait else 216 / 1080))
    window.resize(metrics.width, metrics.height - bar)
    view.setParent(window)
    room = QRect(0, top, window.width(), window.height() - top)
    if screen in TYPED:
        keyboard = KeyboardPanel(the_look)
        keyboard.setParent(window)
        height = keyboard.bed.height
        keyboard.setGeometry(0, window.height() - height, window.width(), height)
        room.setHeight(room.height() - height)
    view.setGeometry(room)
    view.show_state(state)  # type: ignore[arg-type]
    window.show()
    return window


@pytest.mark.parametrize("how", LOOKS)
@pytest.mark.parametrize("screen", SCREENS)
def test_no_word_is_cut_and_no_target_is_too_near(
    stage: Stage, qtbot: QtBot, screen: str, how: str
) -> None:
    the_look = look(**LOOKS[how])  # type: ignore[arg-type]
    view = FeedbackView(the_look, stage.ground)
    window = shown(view, the_look, qtbot, screen, filled(stage, screen))
    qtbot.waitUntil(window.isVisible)

    def good() -> None:
        assert cut(view) == []
        assert near(view, the_look) == []
        assert small(view, the_look) == []

    qtbot.waitUntil(good, timeout=10_000)  # nested layouts settle in a few turns of the loop


@pytest.mark.parametrize("how", LOOKS)
def test_over_the_keyboard_what_was_written_can_be_taken_back(
    stage: Stage, qtbot: QtBot, how: str
) -> None:
    the_look = look(**LOOKS[how])  # type: ignore[arg-type]
    view = FeedbackView(the_look, stage.ground)
    window = shown(view, the_look, qtbot, "text", filled(stage, "text"))
    qtbot.waitUntil(window.isVisible)
    wanted = ["되돌리기", "모두 지움"] if the_look.korean else ["Undo", "Clear"]

    def there() -> None:
        named = [button.accessibleName() for button, _ in _places(view)]
        assert [name for name in named if name in wanted] == wanted

    qtbot.waitUntil(there, timeout=10_000)


def _places(view: QWidget) -> list[tuple[QAbstractButton, QRect]]:
    found = [(b, _place(b, view)) for b in view.findChildren(QAbstractButton) if b.isVisible()]
    return [(button, place) for button, place in found if not place.isEmpty()]


def near(view: QWidget, the_look: Look) -> list[tuple[str, str]]:
    """Targets less than 2.4 mm from another."""
    gap = round(2.4 / the_look.metrics.mm(1))
    return [
        (one.accessibleName(), other.accessibleName())
        for (one, a), (other, b) in itertools.combinations(_places(view), 2)
        if a.adjusted(-gap, -gap, gap, gap).intersects(b)
    ]


def small(view: QWidget, the_look: Look) -> list[str]:
    """Targets with a side under 12 mm that no pager has cut at its fold."""
    mm, areas = the_look.metrics.mm, view.findChildren(QScrollArea)
    return [
        button.accessibleName()
        for button, place in _places(view)
        if min(mm(place.width()), mm(place.height())) < 12
        and not any(area.isAncestorOf(button) for area in areas)
    ]


def cut(view: QWidget) -> list[tuple[str, str, object]]:
    return [
        (type(w).__name__, w.accessibleName(), w.size().toTuple())
        for w in view.findChildren(QWidget)
        if w.isVisible() and hasattr(w, "overflows") and w.overflows()
    ]


def _place(button: QAbstractButton, view: QWidget) -> QRect:
    """What can be touched of a button: a pager may have cut it at its fold."""
    return button.visibleRegion().boundingRect().translated(button.mapTo(view, QPoint(0, 0)))


def test_the_main_action_is_never_far_from_where_the_eye_is(stage: Stage, qtbot: QtBot) -> None:
    the_look = look()
    for screen in ("kind", "feeling", "text"):
        view = FeedbackView(the_look, stage.ground)
        window = shown(view, the_look, qtbot, screen, filled(stage, screen))
        qtbot.waitUntil(window.isVisible)
        button = view.findChild(QAbstractButton, "next")
        assert button is not None and _place(button, view).right() > 1800


def test_no_kind_is_parted_upright_in_large_english_letters(stage: Stage, qtbot: QtBot) -> None:
    the_look = look(1080, 1920, large=True, language="en")
    view = FeedbackView(the_look, stage.ground)
    window = shown(view, the_look, qtbot, "kind", filled(stage, "kind"))
    qtbot.waitUntil(window.isVisible)
    cards = view.findChildren(ChoiceCard)
    assert len(cards) == len(Kind)
    for words in (text for card in cards for text in card.findChildren(Text)):
        widest = typeset.widest_word(the_look, words.text(), words.role, True)
        assert widest <= words.width() + 2, words.text()
