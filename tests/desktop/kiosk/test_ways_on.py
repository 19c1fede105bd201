"""A way on that cannot be taken says why: on its face, by its description and aloud."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop import i18n
from desktop.access.spoken import describe, greeting
from desktop.kiosk.feedback.state import Draft, FeedbackState, FeedbackStep, StepPart
from desktop.kiosk.feedback.view import FeedbackView
from desktop.kiosk.operator.exchange.rows_panel import RowsPanel
from desktop.kiosk.operator.state import At, OperatorState
from desktop.kiosk.planted.presenter import PlantedPresenter
from desktop.kiosk.planted.state import PlantedStep
from desktop.kiosk.planted.view import PlantedView
from desktop.theme.look import Look
from desktop.tour.operator_states import states
from desktop.widgets.button import PressButton
from tests.db.in_memory import NOON
from tests.desktop.kiosk.feedback_stage import HandTasks, Stage, city, look
from tests.desktop.kiosk.services import services

Build = Callable[[Stage, Look], QWidget]


def feedback(**state: object) -> Build:
    def build(stage: Stage, the_look: Look) -> QWidget:
        view = FeedbackView(the_look, stage.ground)
        view.show_state(FeedbackState(**state))  # type: ignore[arg-type]
        return view

    return build


def planted(**state: object) -> Build:
    def build(stage: Stage, the_look: Look) -> QWidget:
        view = PlantedView(the_look, city())
        asked = PlantedPresenter(stage.services).state
        view.show_state(replace(asked, species="소나무", **state))  # type: ignore[arg-type]
        return view

    return build


def discarding(stage: Stage, the_look: Look) -> QWidget:
    panel = RowsPanel(the_look)
    (asked,) = (state for name, _, state in states(NOON) if name == "discard")
    panel.show_state(OperatorState(at=At.ROWS, exchange=asked))
    return panel


#: What is shut, where, and why (Korean).
SHUT: dict[str, tuple[str, Build, str]] = {
    "about": ("next", feedback(), "대상을 골라 주세요"),
    "place": ("next", feedback(part=StepPart.MAP), "한 곳을 눌러 주세요"),
    "kind": ("next", feedback(step=FeedbackStep.KIND), "종류를 골라 주세요"),
    "consent": (
        "next",
        feedback(step=FeedbackStep.CONTACT, part=StepPart.CONSENT, draft=Draft(over_14=True)),
        "동의하면 다음으로",
    ),
    "sending": ("send", feedback(step=FeedbackStep.REVIEW, saving=True), "저장하고 있습니다"),
    "planted year": ("next", planted(step=PlantedStep.WHEN), "해를 골라 주세요"),
    "registering": ("send", planted(step=PlantedStep.REVIEW, saving=True), "저장하고 있습니다"),
    "discarding": ("lose", discarding, "까닭을 골라 주세요"),
}
LOOKS: dict[str, dict[str, object]] = {
    "reference": {},
    "large english": {"large": True, "language": "en"},
    "portrait large": {"width": 1080, "height": 1920, "large": True},
}


@pytest.fixture
def stage(qtbot: QtBot, data_dir: Path) -> Iterator[Stage]:
    yield Stage(services(HandTasks(), data_dir), qtbot)
    i18n.use_language(i18n.KOREAN)


@pytest.mark.parametrize("how", LOOKS)
@pytest.mark.parametrize("where", SHUT)
def test_a_way_on_that_is_shut_says_why_to_everybody(
    stage: Stage, qtbot: QtBot, where: str, how: str
) -> None:
    name, build, why = SHUT[where]
    the_look = look(**LOOKS[how])  # type: ignore[arg-type]
    view = build(stage, the_look)
    qtbot.addWidget(view)
    view.resize(the_look.metrics.width, the_look.metrics.height - 200)
    view.show()
    on = view.findChild(PressButton, name)
    assert on is not None and not on.isEnabled()
    words = i18n.tr(why)
    assert (on.face_words, on.accessibleDescription()) == (words, words)
    assert describe(on).endswith(words) and on.accessibleName() != words
    # A face as wide as its place can be, on the narrowest of them.
    on.resize(on.minimumSizeHint().width(), on.heightForWidth(on.minimumSizeHint().width()))
    assert not on.overflows()
    if on.isVisible():
        assert words in greeting(view)
    shut = on.sizeHint()
    on.allow(True, why=words)
    assert (on.face_words, on.accessibleDescription()) == (on.text(), "")
    assert on.sizeHint() == shut, "nothing may move when it opens"


def test_a_form_is_sent_empty_to_be_told_what_is_missing(stage: Stage) -> None:
    stage.presenter._show(
        replace(
            stage.presenter.state,
            step=FeedbackStep.CONTACT,
            part=StepPart.ENTRY,
            draft=Draft(over_14=True, consent=True),
        )
    )
    stage.tap("next")
    assert stage.state.part is StepPart.ENTRY and stage.state.contact_error is not None
