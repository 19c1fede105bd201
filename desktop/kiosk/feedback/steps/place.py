"""Step 1, on the map: touch a place, then say that it is the one."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from db.records.landmarks import Landmark
from desktop.i18n import tr
from desktop.kiosk.feedback.intents import ConfirmPlace, TouchPlace
from desktop.kiosk.feedback.state import FeedbackState, FeedbackStep, Subject
from desktop.kiosk.feedback.step_screen import StepScreen
from desktop.map.city import City
from desktop.map.from_records import here_of, places_of
from desktop.map.stage import MapStage
from desktop.theme.look import Look
from desktop.widgets.text import Text

#: Reference px beside the map where it has no height to give away.
SIDE = 540


class PlaceStep(StepScreen):
    """`name_of` names the touched place. The map keeps its own position while it is open."""

    def __init__(
        self,
        look: Look,
        state: FeedbackState,
        city: City,
        landmarks: tuple[Landmark, ...],
        here: tuple[float, float] | None,
        name_of: Callable[[], Subject | None],
    ) -> None:
        question = tr("지도에서 한 곳을 눌러 주세요")
        super().__init__(look, FeedbackStep.ABOUT, question, state=state, chip=False)
        self._name_of, self._landmarks = name_of, landmarks
        self.stage = MapStage(look, city, pick=True, legend=False)
        self.canvas = self.stage.canvas
        self.canvas.show_here(here_of(here))
        self.canvas.place_chosen.connect(self._touched)
        self.canvas.viewport_changed.connect(self._show_places)
        self._show_places()
        self._said = Text(look, "", bold=True)
        self.next_button(tr("여기로 할게요"), icon="check", intent=ConfirmPlace())
        if self.lying:
            # Every line of height goes to the map: the question stands beside it.
            whole, beside = QHBoxLayout(), QWidget()
            beside.setMaximumWidth(look.px(SIDE))
            side = QVBoxLayout(beside)
            side.setContentsMargins(0, 0, 0, 0)
            whole.setSpacing(look.px(28))
            whole.addWidget(self.stage, 1)
            side.addWidget(Text(look, question, bold=True))
            side.addWidget(self._said)
            side.addStretch(1)
            assert self.next is not None
            side.addWidget(self.next)
            whole.addWidget(beside)
            self.question_row.hide()
            self.body.addLayout(whole, 1)
        else:
            self.body.addWidget(self.question_row)
            self.body.addWidget(self.stage, 1)
            self.add_foot(stop=False).insertWidget(0, self._said, 1)
        self.show_state(state)

    def _touched(self, lat: float, lon: float) -> None:
        self.act(TouchPlace(lat, lon))

    def _show_places(self) -> None:
        zoom = self.canvas.position.zoom
        self.canvas.show_places(places_of(self.look, self._landmarks, zoom))

    def show_state(self, state: FeedbackState) -> None:
        self.canvas.show_picked(state.picked)
        subject = self._name_of()
        language = self.look.language
        words = subject.name(language) if subject else tr("아직 고르지 않았습니다")
        self._said.set_text(words)
        assert self.next is not None
        self.next.allow(subject is not None, tr("한 곳을 눌러 주세요"))
