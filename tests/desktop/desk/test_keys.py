"""Keys of the desk are read by where they lie, whatever the keyboard writes."""

from __future__ import annotations

from collections import Counter

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent

from desktop.desk.shell.keys import KEYS, Command, KeyPlace, Stroke, command_of, stroke_of

NOTHING, SHIFT, CTRL = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
)
HERE = (KeyPlace.LIST, KeyPlace.ITEM, KeyPlace.ANYWHERE)


def event(key: int, held: Qt.KeyboardModifier = NOTHING, scan: int = 0) -> QKeyEvent:
    return QKeyEvent(QEvent.Type.KeyPress, key, held, scan, 0, 0)


@pytest.mark.parametrize(
    ("key", "scan", "x11"),
    [
        (Qt.Key.Key_J, 0, False),  # a Latin keyboard that tells no place
        (ord("ㅓ"), 0, False),  # 두벌식 that tells none
        (ord("ㅓ"), 44, True),  # X11
        (ord("ㅓ"), 36, False),  # Windows
        (Qt.Key.Key_H, 44, True),  # another Latin keyboard: the place counts, not the letter
    ],
)
def test_a_letter_is_its_place_on_the_keyboard(key: int, scan: int, x11: bool) -> None:
    stroke = stroke_of(event(key, scan=scan), x11=x11)
    assert stroke == Stroke("J")
    assert command_of(Stroke("J"), HERE) is Command.NEXT


@pytest.mark.parametrize(
    ("key", "held", "command"),
    [
        (Qt.Key.Key_Slash, NOTHING, Command.FIND),
        (Qt.Key.Key_Question, SHIFT, Command.KEYS),
        (Qt.Key.Key_Question, NOTHING, Command.KEYS),
        (Qt.Key.Key_Enter, CTRL, Command.SAVE),
        (Qt.Key.Key_Z, CTRL, Command.UNDO),
        (ord("ㅋ"), CTRL, Command.UNDO),
        (Qt.Key.Key_J, SHIFT, Command.EXTEND_NEXT),
    ],
)
def test_what_is_held_beside_a_key_belongs_to_it(
    key: int, held: Qt.KeyboardModifier, command: Command
) -> None:
    stroke = stroke_of(event(key, held), x11=False)
    assert stroke is not None and command_of(stroke, HERE) is command


def test_keys_with_alt_are_left_to_the_system() -> None:
    assert stroke_of(event(Qt.Key.Key_J, Qt.KeyboardModifier.AltModifier), x11=False) is None


def test_no_key_means_two_things_where_both_hold() -> None:
    for places in (HERE, (KeyPlace.EXCHANGE, KeyPlace.ANYWHERE)):
        strokes = Counter(
            stroke for place in places for each in KEYS[place] for stroke in each.strokes
        )
        assert not [stroke for stroke, count in strokes.items() if count > 1]


def test_every_command_has_a_key_and_says_what_it_does() -> None:
    bound = [each for bindings in KEYS.values() for each in bindings]
    assert {each.command for each in bound} == set(Command)
    assert all(each.words() and each.caps for each in bound)
