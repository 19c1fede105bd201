"""My replies: a receipt number is given word by word and looked up here, a few times only."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from db.exchange.status.log import last_exchange
from db.participation.issue_receipt import Found
from db.participation.replies import Status, look_up_all, look_up_token_all
from db.receipts.code import GROUP, SHORT_GROUP, CodeFault, read_code, read_token, with_word
from db.receipts.words import FLOWERS, TREES
from db.store.store import Store
from desktop.kiosk.replies.guess_limit import GuessLimit
from desktop.kiosk.replies.state import Ask, Fault, RepliesState
from desktop.kiosk.shell.screen import Presenter, Services

_INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_PLAIN = dict(zip("ㄲㄸㅃㅆㅉ", "ㄱㄷㅂㅅㅈ", strict=True))
_BEFORE = {
    Ask.DIGITS: Ask.TREE,
    Ask.FLOWER: Ask.DIGITS,
    Ask.MORE: Ask.FLOWER,
    Ask.TYPED: Ask.TREE,
}


def initial_of(word: str) -> str:
    """The consonant a word is looked up under; ㄲ stands with ㄱ."""
    found = _INITIALS[ord(unicodedata.normalize("NFD", word)[0]) - 0x1100]
    return _PLAIN.get(found, found)


class RepliesPresenter(Presenter):
    """Takes `did(name, value)` from the view: every intent is a method `on_<name>`.

    Too many wrong numbers and the screen rests, also for the next resident: `guard` outlives it.
    """

    def __init__(self, services: Services, guard: GuessLimit) -> None:
        super().__init__(services)
        self._state = RepliesState()
        self._asked = 0
        self._guard = guard
        guard.rested.connect(self._rested)
        self._begin()

    @property
    def state(self) -> RepliesState:
        return self._state

    def _show(self, **changes: Any) -> None:
        self._state = replace(self._state, **changes)
        self.changed.emit(self._state)

    def listen(self, view: Any) -> None:
        view.did.connect(self.on_did)

    def on_did(self, name: str, value: object) -> None:
        """One intent of the resident."""
        act: Callable[..., None] = getattr(self, f"on_{name}")
        act() if value is None else act(value)

    def leave(self) -> None:
        """A number and its answer are forgotten when the screen is left."""
        self._begin()

    def wipe(self) -> None:
        self._begin()

    def _begin(self) -> None:
        self._asked += 1
        ask = Ask.WAIT if self._guard.resting else Ask.TREE
        opens_page = bool(self.services.settings.hub_url)
        self._state = RepliesState(ask=ask, opens_page=opens_page, **_words(TREES, ""))

    # -- the number ----------------------------------------------------------------------------

    def on_back(self) -> None:
        """이전: the part before, at last out of the screen."""
        state = self._state
        if state.initial and state.ask in (Ask.TREE, Ask.FLOWER):
            self.on_initial("")
        elif state.ask in _BEFORE:
            self._ask(_BEFORE[state.ask])
        elif state.ask is Ask.FOUND and len(state.found) > 1:
            self._show(ask=Ask.WHICH)
        elif state.ask in (Ask.TREE, Ask.WAIT):
            self.back.emit()
        else:
            self.on_again()

    def on_again(self) -> None:
        """Another number, from the start."""
        self._begin()
        self.changed.emit(self._state)

    def on_part(self, ask: str) -> None:
        """One part of the number was touched: correct it."""
        self._ask(Ask(ask))

    def _ask(self, ask: Ask) -> None:
        words = TREES if ask is Ask.TREE else FLOWERS if ask is Ask.FLOWER else ()
        self._show(ask=ask, fault=Fault.NONE, nearest=(), **_words(words, ""))

    def on_initial(self, initial: str) -> None:
        words = TREES if self._state.ask is Ask.TREE else FLOWERS
        self._show(**_words(words, initial))

    def on_word(self, word: str) -> None:
        if self._state.ask is Ask.TREE:
            self._state = replace(self._state, tree=word)
            self._go_on()
        elif self._state.ask is Ask.FLOWER:
            self._state = replace(self._state, flower=word)
            self._go_on()

    def on_digit(self, digit: str) -> None:
        """One digit; the fifth leads on."""
        if self._state.ask is Ask.MORE:
            more = (self._state.more + digit)[:GROUP]
            self._show(more=more)
            if len(more) == GROUP:
                self._go_on()
            return
        digits = (self._state.digits + digit)[:GROUP]
        self._show(digits=digits, short=False)
        if len(digits) == GROUP:
            self._go_on()

    def on_delete(self) -> None:
        if self._state.ask is Ask.MORE:
            self._show(more=self._state.more[:-1])
        else:
            self._show(digits=self._state.digits[:-1], short=False)

    def on_short(self) -> None:
        """네 자리뿐이에요: a number of the first kind ends with its flower."""
        if len(self._state.digits) == SHORT_GROUP:
            self._state = replace(self._state, short=True, more="")
            self._go_on()

    def _go_on(self) -> None:
        """To the first part that is still missing, else look."""
        missing = self._state.missing
        if missing is None:
            self._look(self._state.code)
        else:
            self._ask(missing)

    # -- typed -------------------------------------------------------------------------------

    def on_type(self) -> None:
        self._show(ask=Ask.TYPED, initial="", words=(), initials=(), fault=Fault.NONE)

    def on_typed(self, text: str) -> None:
        self._show(typed=text, fault=Fault.NONE, nearest=())

    def on_find(self) -> None:
        """찾기: what was typed, understood as far as possible."""
        self._look(self._state.typed)

    def on_nearest(self, word: str) -> None:
        """A word offered for a mistyped one takes its place."""
        self._state = replace(self._state, typed=with_word(self._state.typed, word))
        self._look(self._state.typed)

    # -- looking up ----------------------------------------------------------------------------

    def _look(self, text: str) -> None:
        if self._state.searching:
            return
        if self._guard.resting:
            self._show(ask=Ask.WAIT)
            return
        if read_token(text) is not None:
            self._search(lambda store: look_up_token_all(store, text))
            return
        reading = read_code(text)
        if reading.code is None:
            fault = {CodeFault.SHAPE: Fault.SHAPE, CodeFault.CHECK: Fault.CHECK}
            self._show(fault=fault.get(reading.fault, Fault.WORD), nearest=reading.nearest)  # type: ignore[arg-type]
            if reading.fault is CodeFault.CHECK:
                self._count_wrong()
            return
        code = reading.code
        self._search(lambda store: look_up_all(store, code))

    def _search(self, found: Callable[[Store], Found[Status]]) -> None:
        asked = self._asked
        self._show(searching=True, fault=Fault.NONE, nearest=(), unavailable=False)
        self.services.tasks.query(
            lambda store: (found(store), last_exchange(store)),
            lambda answer: self._on_answer(asked, *answer),
            lambda error: self._on_trouble(asked),
        )

    def _on_answer(self, asked: int, found: Found[Status], exchange: int | None) -> None:
        if asked != self._asked:
            return
        if not found.these:
            self._show(searching=False, ask=Ask.NOT_FOUND, last_exchange_us=exchange)
            self._count_wrong()
            return
        ask = Ask.FOUND if len(found.these) == 1 else Ask.WHICH
        self._show(
            searching=False,
            ask=ask,
            found=found.these,
            left_out=found.more,
            chosen=0,
            last_exchange_us=exchange,
        )

    def _on_trouble(self, asked: int) -> None:
        if asked == self._asked:
            self._show(searching=False, unavailable=True)

    def on_which(self, chosen: int) -> None:
        self._show(ask=Ask.FOUND, chosen=chosen)

    def _count_wrong(self) -> None:
        self._guard.count_wrong()
        if self._guard.resting:
            self._show(ask=Ask.WAIT)

    def _rested(self) -> None:
        if self._state.ask is Ask.WAIT:
            self.on_again()


def _words(words: tuple[str, ...], initial: str) -> dict[str, Any]:
    """The part of the state that offers `words` under `initial`; none yet while it is empty."""
    initials = tuple(sorted({initial_of(word) for word in words}))
    chosen = tuple(sorted(word for word in words if initial and initial_of(word) == initial))
    return {"initial": initial, "initials": initials, "words": chosen}
