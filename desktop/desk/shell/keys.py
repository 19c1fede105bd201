"""Every key of the desk in one table, and how a key is read: by where it lies.

A letter is its place on the keyboard, so that J is J while the keyboard writes Hangul. In a text
field, and while a syllable is being composed, letters are letters.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum, auto

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from desktop.desk.shell.layouts import HANGUL
from desktop.i18n import tr


class Command(StrEnum):
    """What a key asks for."""

    FIND = auto()
    UNDO = auto()
    LOCK = auto()
    KEYS = auto()
    PANE = auto()
    PANE_BACK = auto()
    FIRST_SCREEN = auto()
    SECOND_SCREEN = auto()
    THIRD_SCREEN = auto()
    FOURTH_SCREEN = auto()
    EXPORT = auto()
    NEXT = auto()
    PREVIOUS = auto()
    EXTEND_NEXT = auto()
    EXTEND_PREVIOUS = auto()
    FIRST = auto()
    LAST = auto()
    PAGE_DOWN = auto()
    PAGE_UP = auto()
    OPEN = auto()
    BACK = auto()
    CHECK = auto()
    CHECK_ALL = auto()
    FILTER = auto()
    REFRESH = auto()
    REPLY = auto()
    ASSIGN = auto()
    STATE = auto()
    NOTE = auto()
    SAVE = auto()
    RECEIVE = auto()
    SEND_ALL = auto()
    VERIFY = auto()
    LEAD = auto()
    TOGETHER = auto()
    APART = auto()
    UNGROUP = auto()


class KeyPlace(StrEnum):
    """Where a key means something."""

    ANYWHERE = auto()
    LIST = auto()
    ITEM = auto()
    EXCHANGE = auto()
    AUDIT = auto()
    GROUPS = auto()


@dataclass(frozen=True, slots=True)
class Stroke:
    """`key` is a letter's place or a key's name, as `position` gives it."""

    key: str
    ctrl: bool = False
    shift: bool = False

    @property
    def is_letter(self) -> bool:
        """Rests in text fields: by itself it writes something or moves the caret there."""
        return not self.ctrl and self.key not in ("Esc", "F5", "F6")


@dataclass(frozen=True, slots=True)
class Binding:
    """`caps` is how the key is shown; a binding without words is a second way to the same."""

    command: Command
    strokes: tuple[Stroke, ...]
    caps: tuple[str, ...]
    words: Callable[[], str]


def _bind(command: Command, words: Callable[[], str], caps: str, *strokes: Stroke | str) -> Binding:
    made = tuple(Stroke(each) if isinstance(each, str) else each for each in strokes)
    return Binding(command, made, tuple(caps.split()), words)


def _ctrl(key: str) -> Stroke:
    return Stroke(key, ctrl=True)


def _shift(key: str) -> Stroke:
    return Stroke(key, shift=True)


KEYS: dict[KeyPlace, tuple[Binding, ...]] = {
    KeyPlace.ANYWHERE: (
        _bind(Command.FIND, lambda: tr("찾기"), "/", "/"),
        _bind(Command.FIRST_SCREEN, lambda: tr("의견함"), "Ctrl 1", _ctrl("1")),
        _bind(Command.SECOND_SCREEN, lambda: tr("묶음"), "Ctrl 2", _ctrl("2")),
        _bind(Command.THIRD_SCREEN, lambda: tr("교환"), "Ctrl 3", _ctrl("3")),
        _bind(Command.FOURTH_SCREEN, lambda: tr("설정"), "Ctrl 4", _ctrl("4")),
        _bind(Command.PANE, lambda: tr("다음 창"), "F6", "F6"),
        _bind(Command.PANE_BACK, lambda: tr("이전 창"), "Shift F6", _shift("F6")),
        _bind(Command.UNDO, lambda: tr("되돌리기"), "Ctrl Z", _ctrl("Z")),
        _bind(Command.EXPORT, lambda: tr("모두 USB로 내보내기"), "Ctrl E", _ctrl("E")),
        _bind(Command.LOCK, lambda: tr("화면 잠그기"), "Ctrl L", _ctrl("L")),
        _bind(Command.KEYS, lambda: tr("모든 단축키"), "?", _shift("/"), "F1"),
    ),
    KeyPlace.LIST: (
        _bind(Command.NEXT, lambda: tr("다음 의견"), "J ↓", "J", "Down"),
        _bind(Command.PREVIOUS, lambda: tr("이전 의견"), "K ↑", "K", "Up"),
        _bind(Command.OPEN, lambda: tr("열기"), "Enter", "Enter"),
        _bind(Command.BACK, lambda: tr("돌아가기"), "Esc", "Esc"),
        _bind(Command.CHECK, lambda: tr("고르기·풀기"), "X", "X", "Space"),
        _bind(
            Command.EXTEND_NEXT,
            lambda: tr("아래로 넓혀 고르기"),
            "Shift J",
            *map(_shift, ("J", "Down")),
        ),
        _bind(
            Command.EXTEND_PREVIOUS,
            lambda: tr("위로 넓혀 고르기"),
            "Shift K",
            *map(_shift, ("K", "Up")),
        ),
        _bind(Command.CHECK_ALL, lambda: tr("거른 것 모두 고르기"), "Ctrl A", _ctrl("A")),
        _bind(Command.FILTER, lambda: tr("거르기"), "F", "F"),
        _bind(Command.FIRST, lambda: tr("맨 위로"), "Home", "Home"),
        _bind(Command.LAST, lambda: tr("맨 아래로"), "End", "End"),
        _bind(Command.PAGE_DOWN, lambda: tr("한 화면 아래"), "PgDn", "PgDn"),
        _bind(Command.PAGE_UP, lambda: tr("한 화면 위"), "PgUp", "PgUp"),
        _bind(Command.REFRESH, lambda: tr("새로 고치기"), "F5", "F5"),
    ),
    KeyPlace.ITEM: (
        _bind(Command.REPLY, lambda: tr("답변"), "R", "R"),
        _bind(Command.ASSIGN, lambda: tr("배정"), "A", "A"),
        _bind(Command.STATE, lambda: tr("상태"), "S", "S"),
        _bind(Command.NOTE, lambda: tr("메모"), "N", "N"),
        _bind(Command.SAVE, lambda: tr("저장하고 다음"), "Ctrl Enter", _ctrl("Enter")),
    ),
    KeyPlace.AUDIT: (
        _bind(Command.NEXT, lambda: tr("다음 행위"), "J ↓", "J", "Down"),
        _bind(Command.PREVIOUS, lambda: tr("이전 행위"), "K ↑", "K", "Up"),
        _bind(Command.VERIFY, lambda: tr("지금 검증"), "V", "V"),
        _bind(Command.EXPORT, lambda: tr("표로 내보내기"), "Ctrl E", _ctrl("E")),
    ),
    KeyPlace.EXCHANGE: (
        _bind(Command.RECEIVE, lambda: tr("꾸러미 받기"), "I", "I"),
        _bind(Command.SEND_ALL, lambda: tr("모두 USB로 내보내기"), "U", "U"),
    ),
    KeyPlace.GROUPS: (
        _bind(Command.NEXT, lambda: tr("다음 줄"), "J ↓", "J", "Down"),
        _bind(Command.PREVIOUS, lambda: tr("이전 줄"), "K ↑", "K", "Up"),
        _bind(Command.CHECK, lambda: tr("넣기·빼기"), "X", "X", "Space"),
        _bind(Command.LEAD, lambda: tr("대표로"), "O", "O"),
        _bind(Command.TOGETHER, lambda: tr("묶기"), "Enter", "Enter"),
        _bind(Command.APART, lambda: tr("따로 두기"), "-", "-"),
        _bind(Command.UNGROUP, lambda: tr("묶음 풀기"), "U", "U"),
        _bind(Command.REPLY, lambda: tr("묶고 답변"), "R", "R"),
        _bind(Command.SAVE, lambda: tr("답변을 저장"), "Ctrl Enter", _ctrl("Enter")),
        _bind(Command.BACK, lambda: tr("돌아가기"), "Esc", "Esc"),
        _bind(Command.FIRST, lambda: tr("맨 위로"), "Home", "Home"),
        _bind(Command.LAST, lambda: tr("맨 아래로"), "End", "End"),
        _bind(Command.PAGE_DOWN, lambda: tr("한 화면 아래"), "PgDn", "PgDn"),
        _bind(Command.PAGE_UP, lambda: tr("한 화면 위"), "PgUp", "PgUp"),
    ),
}

#: Physical places: X11 counts from 8 behind Linux, Windows as Linux does.
_X11_AFTER = 8
_SCAN: dict[int, str] = {
    **{code: letter for code, letter in enumerate("QWERTYUIOP", 16)},
    **{code: letter for code, letter in enumerate("ASDFGHJKL", 30)},
    **{code: letter for code, letter in enumerate("ZXCVBNM", 44)},
    **{code: digit for code, digit in enumerate("123456789", 2)},
    12: "-",
    53: "/",
}
_NAMED: dict[int, str] = {
    Qt.Key.Key_Return: "Enter",
    Qt.Key.Key_Enter: "Enter",
    Qt.Key.Key_Escape: "Esc",
    Qt.Key.Key_Space: "Space",
    Qt.Key.Key_Up: "Up",
    Qt.Key.Key_Down: "Down",
    Qt.Key.Key_Home: "Home",
    Qt.Key.Key_End: "End",
    Qt.Key.Key_PageUp: "PgUp",
    Qt.Key.Key_PageDown: "PgDn",
    Qt.Key.Key_F1: "F1",
    Qt.Key.Key_F5: "F5",
    Qt.Key.Key_F6: "F6",
    Qt.Key.Key_Slash: "/",
    Qt.Key.Key_Minus: "-",
    Qt.Key.Key_Question: "/",
}


def position(event: QKeyEvent, *, x11: bool) -> str:
    """Where the key lies, by the letter of a Latin keyboard there, or what it is called; empty for
    any other key."""
    named = _NAMED.get(int(event.key()))
    if named is not None:
        return named
    scan = event.nativeScanCode() - (_X11_AFTER if x11 else 0)
    if event.nativeScanCode() and scan in _SCAN:
        return _SCAN[scan]
    key = int(event.key())
    sign = chr(key) if 32 < key <= 0xFFFF else ""
    return HANGUL.get(sign, sign.upper() if sign.isascii() else "")


def stroke_of(event: QKeyEvent, *, x11: bool) -> Stroke | None:
    """The key with what is held beside it; None for keys with Alt or Meta, which are others'."""
    held = event.modifiers()
    others = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
    key = position(event, x11=x11)
    if held & others or not key:
        return None
    # On some keyboards the question mark is a key of its own.
    shift = bool(held & Qt.KeyboardModifier.ShiftModifier) or event.key() == Qt.Key.Key_Question
    return Stroke(key, bool(held & Qt.KeyboardModifier.ControlModifier), shift)


def command_of(stroke: Stroke, places: tuple[KeyPlace, ...]) -> Command | None:
    """What the key means where one is; the nearest place comes first."""
    for place in places:
        for binding in KEYS[place]:
            if stroke in binding.strokes:
                return binding.command
    return None
