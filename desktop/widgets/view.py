"""What every view is: it shows a state, and tells what was meant by it as one typed intent."""

from __future__ import annotations

from typing import Generic, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.widgets.card import Card

#: What is shown, and what may be meant: a union of frozen records.
S = TypeVar("S")
A = TypeVar("A")


class Back:
    """이전, which every view may say. Not a record like other intents: the first screen stands
    before the library of records is loaded."""


BACK = Back()


class ViewPart(QWidget, Generic[A]):
    """A part of a view. Signal: `did(intent)`, the only way up from it. No part holds its view by
    a reference: the collector would take both in the middle of anything, and Qt falls over it."""

    did = Signal(object)

    def act(self, intent: A) -> None:
        """Tell whoever this is part of, at last the presenter."""
        self.did.emit(intent)


class CardPart(Card, Generic[A]):
    """The same on a card."""

    did = Signal(object)

    def act(self, intent: A) -> None:
        self.did.emit(intent)


class View(ViewPart[A], Generic[S, A]):
    """Signals besides `did`: `stepped()` when something else stands where the resident has pressed,
    so that a second tap there is not meant for it; `turned(screen)` when another screen of a view
    has come on stage (announced like any screen)."""

    stepped = Signal()
    turned = Signal(object)

    def pass_on(self, part: ViewPart[A] | CardPart[A]) -> None:
        """What `part` tells, the view tells."""
        part.did.connect(self.did)

    def go_back(self) -> None:
        self.did.emit(BACK)

    def show_state(self, state: S) -> None:
        """Show `state`; what is built from it alone needs nothing here."""
