"""A screen that is put away takes its last words with it: none reaches the next resident."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from typing import Any, TypeVar

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

import desktop.kiosk
from db.records.feedback import ContactKind
from desktop.keyboard.panel import KeyboardPanel
from desktop.kiosk.feedback.presenter import FeedbackPresenter
from desktop.kiosk.feedback.state import Draft, FeedbackStep, StepPart
from desktop.kiosk.home.presenter import HomePresenter
from desktop.kiosk.map.presenter import MapPresenter
from desktop.kiosk.operator.intents import OpenPage
from desktop.kiosk.operator.presenter import OperatorPresenter
from desktop.kiosk.operator.state import At
from desktop.kiosk.replies.intents import UseKeyboard
from desktop.kiosk.replies.presenter import RepliesPresenter
from desktop.kiosk.shell.intents import AnswerQuit, Quit
from desktop.kiosk.shell.routes import ToFeedback
from desktop.kiosk.shell.screen import Leaving
from desktop.kiosk.upkeep import Upkeep
from desktop.widgets.writing import Writing
from tests.flows.kiosk_in_hand import KioskInHand

KIOSK = Path(desktop.kiosk.__file__).parent
PROJECT = "baekje-wind-path-forest"


P = TypeVar("P", bound=QObject)


class Visit(KioskInHand):
    def __init__(self, data_dir: Path, qtbot: QtBot) -> None:
        super().__init__(data_dir, qtbot)
        self.kiosk.leave = lambda status=0: None  # type: ignore[method-assign]
        self.upkeep = Upkeep(self.kiosk, clock=count(0, 100).__next__)
        self.left = False
        self.open("home")

    def leave_program(self) -> None:
        """As the loop that runs the kiosk does it."""
        if not self.left:
            self.left = True
            self.upkeep.close()
            self.kiosk.stop()

    def close(self) -> None:
        self.leave_program()
        self.kiosk.shell.deleteLater()
        self.kiosk.deleteLater()

    def presenter(self, kind: type[P]) -> P:
        return self.kiosk.navigator.presenter(kind)

    def child(self, name: str) -> Any:
        return next(w for w in self.shell.findChildren(QWidget, name) if w.isVisible())

    def compose(self, field: str, letters: str) -> Any:
        """Write on the keyboard of the screen, the last syllable still open."""
        self.child(field).setFocus()
        self.wait(lambda: isinstance(self.kiosk.shell.keyboard, KeyboardPanel))
        panel = self.kiosk.shell.keyboard
        assert isinstance(panel, KeyboardPanel)
        for letter in letters:
            panel.typist.jamo(letter)
        assert panel.typist.composing and self.child(field)._preedit
        return self.child(field)


def to_the_step(**state: object) -> Callable[[Visit], None]:
    def go(visit: Visit) -> None:
        visit.open(ToFeedback(project=PROJECT))
        presenter = visit.presenter(FeedbackPresenter)
        presenter._show(replace(presenter.state, **state))  # type: ignore[arg-type]
        visit.settle()

    return go


def to_the_number(visit: Visit) -> None:
    visit.open("replies")
    visit.presenter(RepliesPresenter).do(UseKeyboard())
    visit.settle()


def to_the_map(visit: Visit) -> None:
    visit.open("map")


def to_the_page(at: At) -> Callable[[Visit], None]:
    def go(visit: Visit) -> None:
        visit.open("operator")
        presenter = visit.presenter(OperatorPresenter)
        presenter._open = True
        presenter.do(OpenPage(at))
        visit.settle()

    return go


@dataclass(frozen=True)
class Place:
    """A field, the way to it, and where its presenter keeps what is written."""

    field: str
    presenter: type[Any]
    go: Callable[[Visit], None]
    kept: Callable[[Any], str]
    #: What is typed stays while the visit goes on, and is there when one comes back.
    stays: bool = False


BY_MAIL = Draft(contact_kind=ContactKind.EMAIL, over_14=True, consent=True)
TO_THE_TEXT = to_the_step(step=FeedbackStep.TEXT)
TO_THE_SEARCH = to_the_step(step=FeedbackStep.ABOUT, part=StepPart.PROJECTS)
TO_THE_CONTACT = to_the_step(step=FeedbackStep.CONTACT, part=StepPart.ENTRY, draft=BY_MAIL)
TO_EXPORT, TO_WRITE = to_the_page(At.EXPORT), to_the_page(At.WRITE)
PLACES = {
    "text": Place(
        "feedback-text", FeedbackPresenter, TO_THE_TEXT, lambda p: p.state.draft.text, True
    ),
    "subject": Place(
        "feedback-search", FeedbackPresenter, TO_THE_SEARCH, lambda p: p.state.query, True
    ),
    "contact": Place(
        "contact-field", FeedbackPresenter, TO_THE_CONTACT, lambda p: p.state.draft.contact, True
    ),
    "number": Place("receipt-number", RepliesPresenter, to_the_number, lambda p: p.state.typed),
    "search": Place("search", MapPresenter, to_the_map, lambda p: p.state.query, True),
    "export": Place("folder", OperatorPresenter, TO_EXPORT, lambda p: p.state.folder),
    "stick": Place("folder", OperatorPresenter, TO_WRITE, lambda p: p.exchange._state.folder),
}
LETTERS, WORDS = "ㅎㅏㄴㄱㅡㄹ", "한글"


@pytest.fixture
def visit(data_dir: Path, qtbot: QtBot) -> Iterator[Visit]:
    visit = Visit(data_dir, qtbot)
    yield visit
    visit.close()


def test_every_field_of_the_kiosk_has_its_place_in_this_table(visit: Visit) -> None:
    """A field that is not tried here would be the next one to talk after its end."""
    found = set()
    for place in PLACES.values():
        visit.presenter(place.presenter).wipe()
        place.go(visit)
        found |= {w.objectName() for w in visit.view.findChildren(QWidget) if is_written_in(w)}
    assert found == {place.field for place in PLACES.values()}
    sources = "".join(p.read_text(encoding="utf-8") for p in KIOSK.rglob("*.py"))
    made = (
        sources.count("TextField(\n")
        + sources.count("TextField(look")
        + sources.count("TextArea(\n")
    )
    assert made == len(found)


@pytest.mark.parametrize("road", ["end of visit", "fault"])
def test_what_was_being_composed_ends_with_the_visit(visit: Visit, road: str) -> None:
    for place in PLACES.values():
        presenter = visit.presenter(place.presenter)
        presenter.wipe()
        fresh = presenter.state
        place.go(visit)
        field = visit.compose(place.field, LETTERS)
        assert (field.value, place.kept(presenter)) == (WORDS, WORDS)
        if road == "fault":
            visit.upkeep.failures.bug.emit()
        else:
            visit.kiosk.navigator.end_visit()
        visit.settle()
        assert presenter.state == fresh and not place.kept(presenter), place
        place.go(visit)
        assert visit.child(place.field).value == "", place
        if isinstance(presenter, FeedbackPresenter):
            assert not presenter._history.can_undo


def test_home_keeps_what_is_kept_whole_and_drops_what_is_left_with_its_screen(
    visit: Visit,
) -> None:
    for place in PLACES.values():
        presenter = visit.presenter(place.presenter)
        presenter.wipe()
        fresh = presenter.state
        place.go(visit)
        visit.compose(place.field, LETTERS)
        before = presenter.state
        visit.touch(visit.bar("home"))
        assert visit.screen == "home"
        if place.stays:
            assert presenter.state == before and place.kept(presenter) == WORDS, place
        else:
            assert presenter.state == fresh and not place.kept(presenter), place


def test_giving_up_a_feedback_leaves_nothing_of_it(visit: Visit) -> None:
    presenter = visit.presenter(FeedbackPresenter)
    fresh = presenter.state
    TO_THE_TEXT(visit)
    visit.compose("feedback-text", LETTERS)
    presenter.do(Quit())
    presenter.do(AnswerQuit(Leaving.QUIT))
    visit.settle()
    assert (presenter.state, presenter._history.can_undo) == (fresh, False)


@pytest.mark.parametrize("name", ["text", "number", "search", "stick"])
def test_what_was_being_composed_ends_with_the_program(visit: Visit, name: str) -> None:
    place = PLACES[name]
    presenter = visit.presenter(place.presenter)
    presenter.wipe()
    fresh = presenter.state
    place.go(visit)
    visit.compose(place.field, LETTERS)
    visit.leave_program()
    assert presenter.state == fresh


def test_one_presenter_with_a_fault_keeps_none_of_the_others_from_forgetting(
    visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails() -> None:
        raise ZeroDivisionError

    for kind in (HomePresenter, OperatorPresenter):
        monkeypatch.setattr(visit.presenter(kind), "wipe", fails)
    TO_THE_TEXT(visit)
    visit.compose("feedback-text", LETTERS)
    with pytest.raises(ZeroDivisionError):
        visit.kiosk.navigator.end_visit()
    assert not visit.presenter(FeedbackPresenter).state.draft.begun
    monkeypatch.undo()


def is_written_in(widget: QWidget) -> bool:
    return isinstance(widget, Writing)
