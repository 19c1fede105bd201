"""My replies: a receipt number is given word by word and looked up here, a few times only."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import replace
from typing import assert_never

from db.exchange.status.log import last_exchange
from db.participation.issue_receipt import Found
from db.participation.replies import Status, look_up_all, look_up_token_all
from db.receipts.code import GROUP, SHORT_GROUP, CodeFault, read_code, read_token, with_word
from db.receipts.words import FLOWERS, TREES
from db.store.store import Store
from desktop.background.turn import Turn
from desktop.kiosk.replies.guess_limit import GuessLimit
from desktop.kiosk.replies.intents import (
    AddDigit,
    Again,
    ChooseFound,
    ChooseInitial,
    ChooseWord,
    CorrectPart,
    DeleteDigit,
    EndShort,
    Find,
    RepliesIntent,
    TakeNearest,
    TypeNumber,
    UseKeyboard,
)
from desktop.kiosk.replies.state import Ask, Fault, RepliesState
from desktop.kiosk.shell.routes import ToReplies
from desktop.kiosk.shell.screen import Presenter, Services

_INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_PLAIN = dict(zip("ㄲㄸㅃㅆㅉ", "ㄱㄷㅂㅅㅈ", strict=True))
FAULTS = {
    CodeFault.SHAPE: Fault.SHAPE,
    CodeFault.TREE: Fault.WORD,
    CodeFault.FLOWER: Fault.WORD,
    CodeFault.CHECK: Fault.CHECK,
}
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


class RepliesPresenter(Presenter[RepliesState, RepliesIntent, ToReplies]):
    """Too many wrong numbers and the screen rests, also for who comes next: `guard` outlives it."""

    def __init__(self, services: Services, guard: GuessLimit) -> None:
        super().__init__(services)
        self._state = RepliesState()
        self._turn = Turn()
        self._guard = guard
        guard.rested.connect(self._rested)
        self._begin()

    def do(self, intent: RepliesIntent) -> None:
        match intent:
            case CorrectPart(part):
                self._ask(part)
            case ChooseInitial(initial):
                self._choose_initial(initial)
            case ChooseWord(word):
                self._choose_word(word)
            case AddDigit(digit):
                self._add(digit)
            case DeleteDigit():
                self._delete()
            case EndShort():
                self._end_short()
            case UseKeyboard():
                self._show(
                    replace(
                        self._state,
                        ask=Ask.TYPED,
                        initial="",
                        words=(),
                        initials=(),
                        fault=Fault.NONE,
                    )
                )
            case TypeNumber(text):
                self._show(replace(self._state, typed=text, fault=Fault.NONE, nearest=()))
            case Find():
                self._look(self._state.typed)
            case TakeNearest(word):
                self._state = replace(self._state, typed=with_word(self._state.typed, word))
                self._look(self._state.typed)
            case ChooseFound(index):
                self._show(replace(self._state, ask=Ask.FOUND, chosen=index))
            case Again():
                self._again()
            case _:
                assert_never(intent)

    def leave(self) -> None:
        """A number and its answer are forgotten when the screen is left."""
        self._begin()

    def wipe(self) -> None:
        self._begin()

    def _begin(self) -> None:
        self._turn.end()
        ask = Ask.WAIT if self._guard.resting else Ask.TREE
        opens_page = bool(self.services.settings.hub_url)
        self._state = _offering(RepliesState(ask=ask, opens_page=opens_page), TREES, "")

    # -- the number ----------------------------------------------------------------------------

    def on_back(self) -> None:
        """이전: the part before, at last out of the screen."""
        state = self._state
        if state.initial and state.ask in (Ask.TREE, Ask.FLOWER):
            self._choose_initial("")
        elif state.ask in _BEFORE:
            self._ask(_BEFORE[state.ask])
        elif state.ask is Ask.FOUND and len(state.found) > 1:
            self._show(replace(self._state, ask=Ask.WHICH))
        elif state.ask in (Ask.TREE, Ask.WAIT):
            self.back.emit()
        else:
            self._again()

    def _again(self) -> None:
        self._begin()
        self.changed.emit(self._state)

    def _ask(self, ask: Ask) -> None:
        words = TREES if ask is Ask.TREE else FLOWERS if ask is Ask.FLOWER else ()
        asking = replace(self._state, ask=ask, fault=Fault.NONE, nearest=())
        self._show(_offering(asking, words, ""))

    def _choose_initial(self, initial: str) -> None:
        words = TREES if self._state.ask is Ask.TREE else FLOWERS
        self._show(_offering(self._state, words, initial))

    def _choose_word(self, word: str) -> None:
        if self._state.ask is Ask.TREE:
            self._state = replace(self._state, tree=word)
            self._go_on()
        elif self._state.ask is Ask.FLOWER:
            self._state = replace(self._state, flower=word)
            self._go_on()

    def _add(self, digit: str) -> None:
        if self._state.ask is Ask.MORE:
            more = (self._state.more + digit)[:GROUP]
            self._show(replace(self._state, more=more))
            if len(more) == GROUP:
                self._go_on()
            return
        digits = (self._state.digits + digit)[:GROUP]
        self._show(replace(self._state, digits=digits, short=False))
        if len(digits) == GROUP:
            self._go_on()

    def _delete(self) -> None:
        if self._state.ask is Ask.MORE:
            self._show(replace(self._state, more=self._state.more[:-1]))
        else:
            self._show(replace(self._state, digits=self._state.digits[:-1], short=False))

    def _end_short(self) -> None:
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

    # -- looking up ----------------------------------------------------------------------------

    def _look(self, text: str) -> None:
        if self._state.searching:
            return
        if self._guard.resting:
            self._show(replace(self._state, ask=Ask.WAIT))
            return
        if read_token(text) is not None:
            self._search(lambda store: look_up_token_all(store, text))
            return
        reading = read_code(text)
        if reading.code is None:
            fault = FAULTS[reading.fault] if reading.fault else Fault.WORD
            self._show(replace(self._state, fault=fault, nearest=reading.nearest))
            if reading.fault is CodeFault.CHECK:
                self._count_wrong()
            return
        code = reading.code
        self._search(lambda store: look_up_all(store, code))

    def _search(self, found: Callable[[Store], Found[Status]]) -> None:
        self._show(
            replace(self._state, searching=True, fault=Fault.NONE, nearest=(), unavailable=False)
        )
        self.services.tasks.query(
            lambda store: (found(store), last_exchange(store)),
            self._turn.hears(lambda answer: self._on_answer(*answer)),
            self._turn.hears(self._on_trouble),
        )

    def _on_answer(self, found: Found[Status], exchange: int | None) -> None:
        if not found.these:
            self._show(
                replace(self._state, searching=False, ask=Ask.NOT_FOUND, last_exchange_us=exchange)
            )
            self._count_wrong()
            return
        ask = Ask.FOUND if len(found.these) == 1 else Ask.WHICH
        self._show(
            replace(
                self._state,
                searching=False,
                ask=ask,
                found=found.these,
                left_out=found.more,
                chosen=0,
                last_exchange_us=exchange,
            )
        )

    def _on_trouble(self, error: Exception) -> None:
        self._show(replace(self._state, searching=False, unavailable=True))

    def _count_wrong(self) -> None:
        self._guard.count_wrong()
        if self._guard.resting:
            self._show(replace(self._state, ask=Ask.WAIT))

    def _rested(self) -> None:
        if self._state.ask is Ask.WAIT:
            self._again()


def _offering(state: RepliesState, words: tuple[str, ...], initial: str) -> RepliesState:
    """`state` that offers `words` under `initial`; none yet while it is empty."""
    initials = tuple(sorted({initial_of(word) for word in words}))
    chosen = tuple(sorted(word for word in words if initial and initial_of(word) == initial))
    return replace(state, initial=initial, initials=initials, words=chosen)
