"""The on-screen keyboard: a bed of keys docked at the foot of the screen."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QSizePolicy, QWidget

from desktop.i18n import tr
from desktop.keyboard import layouts
from desktop.keyboard.bed import Bed
from desktop.keyboard.cheonjiin import Cheonjiin
from desktop.keyboard.composer import Dubeolsik, assembler
from desktop.keyboard.key import KeyButton
from desktop.keyboard.layouts import Act, Key, KeyLayout, Row
from desktop.keyboard.touches import Touches
from desktop.keyboard.typist import Typist, is_text_field
from desktop.theme.look import Look

_HANGUL = (KeyLayout.DUBEOLSIK, KeyLayout.CHEONJIIN)


class KeyboardPanel(QWidget):
    """Writes into whichever text field has the focus. As wide as its parent, as high as `bed`.

    Signals: `put_away()` when the resident closes it or its field has gone; `way_chosen(way)`
    when the resident writes Hangul another way: give it back as `way` to the next panel of the
    same visit.
    """

    put_away = Signal()
    way_chosen = Signal(str)

    def __init__(self, look: Look, *, way: str = KeyLayout.DUBEOLSIK.value) -> None:
        super().__init__()
        self._touches = Touches(self)
        self.look = look
        self.bed = Bed.for_look(look)
        self.typist = Typist(self)
        self._way = KeyLayout(way)
        self._page = self._way if look.korean else KeyLayout.ENGLISH
        self._shift = self._locked = False
        self._multi_line = self._email = False
        self._rows: list[list[KeyButton]] = []
        self.typist.target_gone.connect(self.put_away)
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setObjectName("keyboard")
        self.setAccessibleName(tr("화면 자판"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(self.bed.height)
        self._build()
        QTimer.singleShot(0, self, lambda: assembler())
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._focus_moved)
        self._focus_moved(None, QApplication.focusWidget())

    @property
    def page(self) -> KeyLayout:
        return self._page

    @property
    def keys(self) -> list[KeyButton]:
        """Every key of the page, row by row."""
        return [key for row in self._rows for key in row]

    def sizeHint(self) -> QSize:
        return QSize(self.look.metrics.width, self.bed.height)

    # -- the field ---------------------------------------------------------------------------

    def _focus_moved(self, old: QWidget | None, new: QWidget | None) -> None:
        if new is None or not is_text_field(new):
            return
        self.typist.set_target(new)
        hints = new.inputMethodHints()
        self._multi_line = not isinstance(new, QLineEdit)
        self._email = bool(hints & Qt.InputMethodHint.ImhEmailCharactersOnly)
        if hints & (
            Qt.InputMethodHint.ImhDialableCharactersOnly | Qt.InputMethodHint.ImhDigitsOnly
        ):
            self.show_page(KeyLayout.DIGITS)
        elif self._email:
            self.show_page(KeyLayout.ENGLISH)
        elif self._page is KeyLayout.DIGITS:
            self.show_page(self._way if self.look.korean else KeyLayout.ENGLISH)
        else:
            self._build()

    # -- pages -------------------------------------------------------------------------------

    def show_page(self, page: KeyLayout) -> None:
        """Show another page; 두벌식 and 천지인 become the way of writing Hangul."""
        self._page, self._shift, self._locked = page, False, False
        if page in _HANGUL:
            self._way = page
            self.typist.use(Cheonjiin() if page is KeyLayout.CHEONJIIN else Dubeolsik())
            self.way_chosen.emit(page.value)
        else:
            self.typist.settle()
        self._build()

    def _page_rows(self) -> list[Row]:
        if self._page is KeyLayout.CHEONJIIN:
            return list(layouts.cheonjiin_rows(multi_line=self._multi_line))
        if self._page is KeyLayout.DIGITS:
            return list(layouts.digit_rows())
        return list(
            layouts.typing_rows(
                self._page,
                multi_line=self._multi_line,
                email=self._email,
                narrow=self.bed.narrow,
            )
        )

    def _build(self) -> None:
        self._touches.let_go()
        for key in self.keys:
            key.hide()
            key.deleteLater()
        self._rows = [[self._make(key) for key in row] for row in self._page_rows()]
        self._place()
        for key in self.keys:
            key.show()

    def _make(self, key: Key) -> KeyButton:
        button = KeyButton(self.look, key, self._words(key), self)
        button.clicked.connect(lambda: self._pressed(button))
        return button

    def _words(self, key: Key) -> str:
        if key.act is Act.LETTER:
            return self._shifted(key.label or key.text)
        return {
            Act.SHIFT: tr("쌍자음") if self._page is KeyLayout.DUBEOLSIK else tr("대문자"),
            Act.DELETE: tr("지우기"),
            Act.SPACE: tr("띄어쓰기"),
            Act.ENTER: tr("줄바꿈") if self._multi_line else tr("입력"),
            Act.LANGUAGE: self._other_language(),
            Act.NUMBERS: self._numbers_or_letters(),
            Act.WAY: "두벌식" if self._page is KeyLayout.CHEONJIIN else "천지인",
            Act.NEXT_LETTER: tr("다음 글자"),
            Act.PUT_AWAY: tr("내리기"),
        }[key.act]  # fmt: skip

    def _other_language(self) -> str:
        """Koreans know the key by both names; who reads English is told where it leads."""
        if self.look.korean:
            return "한/영"
        return tr("영어") if self._page in _HANGUL else tr("한글")

    def _numbers_or_letters(self) -> str:
        if self._page is not KeyLayout.SYMBOLS:
            return "123"
        return "ABC" if self._back() is KeyLayout.ENGLISH else "한글"

    def _back(self) -> KeyLayout:
        """The page that 123 came from."""
        return KeyLayout.ENGLISH if self._email or not self.look.korean else self._way

    def _shifted(self, text: str) -> str:
        if not self._shift:
            return text
        return text.upper() if self._page is KeyLayout.ENGLISH else layouts.SHIFTED.get(text, text)

    # -- keys --------------------------------------------------------------------------------

    def _pressed(self, button: KeyButton) -> None:
        key, typist = button.key, self.typist
        match key.act:
            case Act.LETTER:
                self._letter(key)
            case Act.SHIFT:
                self._turn_shift()
            case Act.DELETE:
                typist.backspace()
            case Act.SPACE:
                typist.write(" ")
            case Act.ENTER:
                self._enter()
            case Act.NEXT_LETTER:
                typist.next_letter()
            case Act.LANGUAGE:
                self.show_page(KeyLayout.ENGLISH if self._page in _HANGUL else self._way)
            case Act.NUMBERS:
                away = self._page is not KeyLayout.SYMBOLS
                self.show_page(KeyLayout.SYMBOLS if away else self._back())
            case Act.WAY:
                self.show_page(
                    KeyLayout.DUBEOLSIK
                    if self._page is KeyLayout.CHEONJIIN
                    else KeyLayout.CHEONJIIN
                )
            case Act.PUT_AWAY:
                self._close()

    def _enter(self) -> None:
        """A line is written on; a one-line field is done, and what it found wants to be seen."""
        field, done = self.typist.target, not self._multi_line
        self.typist.enter()
        if done and field is not None and self.typist.target is field:
            self._close()

    def _close(self) -> None:
        """The field lets go of the focus, so that touching it again brings the keyboard back."""
        target = self.typist.target
        if target is not None:
            target.clearFocus()
        self.put_away.emit()

    def _letter(self, key: Key) -> None:
        text = self._shifted(key.text)
        if self._page in _HANGUL and (key.label or text in layouts.NAMES):
            self.typist.jamo(text)
        else:
            self.typist.write(text)
        if self._shift and not self._locked:
            self._set_shift(False)

    def _turn_shift(self) -> None:
        """Once for one letter, twice to hold, a third time to let go."""
        if self._shift and not self._locked and self._page is KeyLayout.ENGLISH:
            self._locked = True
            return
        self._locked = False
        self._set_shift(not self._shift)

    def _set_shift(self, on: bool) -> None:
        self._shift = on
        for button in self.keys:
            if button.key.act is Act.SHIFT:
                button.setChecked(on)
            elif button.key.act is Act.LETTER:
                button.set_words(self._shifted(button.key.text))

    # -- coming and going --------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        self._focus_moved(None, QApplication.focusWidget())

    def hideEvent(self, event: QHideEvent) -> None:
        """Whoever writes next begins with an empty hand and no finger down."""
        self._touches.let_go()
        self.typist.set_target(None)

    # -- drawing -----------------------------------------------------------------------------

    def _place(self) -> None:
        for button, rect in self.bed.places(self._rows, self.width()):
            button.setGeometry(rect)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.look.palette.sand)
        line = QRectF(0, 0, self.width(), self.look.line(2))
        painter.fillRect(line, self.look.palette.straw2)

    def event(self, event: QEvent) -> bool:
        return self._touches.take(event) or super().event(event)
