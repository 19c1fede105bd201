"""Behind the counters of exchange: their rows, and a quarantined page among them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, assert_never

from desktop.background.tasks import Changes
from desktop.exchange.results import Discard, Rows
from desktop.exchange.words import why_word
from desktop.i18n import in_both
from desktop.kiosk.operator.exchange.asking import OperatorAsking
from desktop.kiosk.operator.intents import (
    AskDiscard,
    ChooseWhy,
    CounterIntent,
    DiscardQuarantined,
    OpenCounter,
    OpenQuarantined,
    ShowRows,
)
from desktop.kiosk.operator.state import At

if TYPE_CHECKING:
    from db.store.quarantine import OpenedPage
    from db.store.store import Store


class OperatorCounters(OperatorAsking):
    def do_counters(self, intent: CounterIntent) -> None:
        match intent:
            case OpenCounter(counter):
                self._state = replace(self._state, rows=None)
                self.page_asked.emit(At.ROWS)
                self._ask_rows(counter, 0)
            case ShowRows(counter, first):
                self._ask_rows(counter, first)
            case OpenQuarantined(number):
                self._open_quarantined(number)
            case AskDiscard(ask):
                self._show(replace(self._state, discard=Discard() if ask else None, problem=None))
            case ChooseWhy(why):
                self._show(replace(self._state, discard=Discard(why)))
            case DiscardQuarantined():
                self._discard()
            case _:
                assert_never(intent)

    def _ask_rows(self, counter: str, first: int) -> None:
        from desktop.exchange.counter_rows import rows_behind  # rarely needed

        self._ask(lambda store: rows_behind(store, counter, first), self._show_rows)

    def _show_rows(self, rows: Rows, discarded: OpenedPage | None = None) -> None:
        self._show(replace(self._state, rows=rows, opened=None, discard=None, discarded=discarded))

    def _open_quarantined(self, number: int) -> None:
        from db.store.quarantine import open_quarantined  # rarely needed

        self._ask(
            lambda store: open_quarantined(store, number),
            lambda page: self._show(replace(self._state, opened=page, discarded=None)),
        )

    def _discard(self) -> None:
        from db.store.quarantine import discard_quarantined  # rarely needed
        from desktop.exchange.counter_rows import rows_behind

        rows, page, discard = self._state.rows, self._state.opened, self._state.discard
        if self._state.looking or not rows or not page or not discard or discard.why is None:
            return
        number, chosen = page.number, discard.why
        ko, en = in_both(lambda: why_word(chosen))

        def lose(store: Store) -> Rows:
            discard_quarantined(store, number, ko, en)
            return rows_behind(store, rows.counter, rows.first)

        self._ask(
            lose, lambda left: self._show_rows(left, discarded=page), changes=Changes.EXCHANGE
        )
