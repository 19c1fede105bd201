"""Feedback: shows the screen of the step that the state names, and the question before leaving."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from db.catalogue.phrases import Phrase
from db.records.landmarks import Landmark
from desktop.access.targets import targets
from desktop.kiosk.feedback.intents import FeedbackIntent
from desktop.kiosk.feedback.state import FeedbackState, FeedbackStep, StepPart, Subject
from desktop.kiosk.feedback.step_screen import StepScreen
from desktop.kiosk.feedback.steps.about import AboutStep, SearchStep
from desktop.kiosk.feedback.steps.contact import AgeStep, ConsentStep, WantedStep
from desktop.kiosk.feedback.steps.contact_entry import EntryStep
from desktop.kiosk.feedback.steps.feeling import FeelingStep
from desktop.kiosk.feedback.steps.kind import KindStep
from desktop.kiosk.feedback.steps.place import PlaceStep
from desktop.kiosk.feedback.steps.review import ReviewStep
from desktop.kiosk.feedback.steps.text import FindingsStep, TextStep
from desktop.kiosk.shell.intents import AnswerQuit
from desktop.kiosk.shell.quit_question import QuitQuestion
from desktop.kiosk.shell.screen import Leaving
from desktop.kiosk.shell.steps_view import StepsView
from desktop.map.city import City
from desktop.theme.look import Look


@dataclass(frozen=True)
class StepContent:
    """What the steps show besides their state: phrases, and the map of step 1."""

    phrases: tuple[Phrase, ...]
    city: City
    landmarks: tuple[Landmark, ...]
    here: tuple[float, float] | None
    picked_name: Callable[[], Subject | None]


class FeedbackView(StepsView[FeedbackState, FeedbackIntent]):
    """The steps of feedback, and the question over them before leaving."""

    def __init__(self, look: Look, ground: StepContent) -> None:
        super().__init__(look)
        self._ground = ground
        self._key: object = None
        self._quit = QuitQuestion(look, self)
        self._quit.answered.connect(self._answered)

    def show_state(self, state: FeedbackState) -> None:
        """Show `state`; a change of step puts another screen on stage."""
        key = (state.screen, state.reviewing, _built_of(state))
        if key != self._key or self.screen_on is None:
            self._key = key
            self.put_on(lambda: self._make(state))
        else:
            self.screen_on.show_state(state)
        self._quit.ask(state.asking_quit)

    def _make(self, state: FeedbackState) -> StepScreen:
        look, ground = self.look, self._ground
        phrases = tuple(p for p in ground.phrases if p.kind is state.draft.kind)
        match state.screen:
            case (FeedbackStep.ABOUT, StepPart.WHOLE):
                return AboutStep(look, state)
            case (FeedbackStep.ABOUT, StepPart.MAP):
                return PlaceStep(
                    look, state, ground.city, ground.landmarks, ground.here, ground.picked_name
                )
            case (FeedbackStep.ABOUT, _):
                return SearchStep(look, state)
            case (FeedbackStep.KIND, _):
                return KindStep(look, state)
            case (FeedbackStep.FEELING, _):
                return FeelingStep(look, state, phrases)
            case (FeedbackStep.TEXT, StepPart.FINDINGS):
                return FindingsStep(look, state)
            case (FeedbackStep.TEXT, _):
                return TextStep(look, state)
            case (FeedbackStep.CONTACT, StepPart.AGE):
                return AgeStep(look, state)
            case (FeedbackStep.CONTACT, StepPart.CONSENT):
                return ConsentStep(look, state)
            case (FeedbackStep.CONTACT, StepPart.ENTRY):
                return EntryStep(look, state)
            case (FeedbackStep.CONTACT, _):
                return WantedStep(look, state)
        return ReviewStep(look, state, phrases)

    def _answered(self, answer: Leaving) -> None:
        self.act(AnswerQuit(answer))

    def focus_order(self) -> list[QWidget]:
        """What keys can reach: the question's answers while it is asked, else the screen."""
        stage = self._quit.dialog or self.screen_on
        return targets(stage) if stage is not None else []

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._quit.fit()


def _built_of(state: FeedbackState) -> object:
    """What a screen is built of and cannot change by rendering."""
    draft = replace(state.draft, text="", contact="")
    match state.screen:
        case (FeedbackStep.ABOUT, StepPart.WHOLE):
            return draft.subject
        case (FeedbackStep.CONTACT, StepPart.AGE):
            return state.too_young
        case (FeedbackStep.CONTACT, StepPart.ENTRY):
            return draft.contact_kind
        case (FeedbackStep.TEXT, StepPart.FINDINGS):
            return state.findings
    return None
