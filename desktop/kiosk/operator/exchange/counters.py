"""Behind the counters of exchange: their rows, and a quarantined page among them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from desktop.background.tasks import Changes
from desktop.exchange.results import Discard, Rows, Why
from desktop.exchange.words import why_word
from desktop.i18n import in_both
from desktop.kiosk.operator.exchange.asking import OperatorAsking
from desktop.kiosk.operator.state import At


class OperatorCounters(OperatorAsking):
    """Every intent of its pages is a method `on_<name>`."""

    def on_counter(self, counter: str) -> None:
        """A counter opens."""
        self._state = replace(self._state, rows=None)
        self.page_asked.emit(At.ROWS.value)
        self.on_rows((counter, 0))

    def on_rows(self, asked: tuple[str, int]) -> None:
        from desktop.exchange.counter_rows import rows_behind  # rarely needed

        counter, first = asked
        self._ask(lambda store: rows_behind(store, counter, first), self._show_rows)

    def _show_rows(self, rows: Rows, **more: Any) -> None:
        self._show(**{"rows": rows, "opened": None, "discard": None, "discarded": None, **more})

    def on_apart(self, number: int) -> None:
        """A quarantined page opens, without anybody's words."""
        from db.store.quarantine import open_quarantined  # rarely needed

        self._ask(
            lambda store: open_quarantined(store, number),
            lambda page: self._show(opened=page, discarded=None),
        )

    def on_discard(self, ask: bool) -> None:
        """Ask before the opened page is discarded, or think better of it."""
        self._show(discard=Discard() if ask else None, problem=None)

    def on_why(self, why: Why) -> None:
        self._show(discard=Discard(why))

    def on_lose(self) -> None:
        """Discard the opened page, for the reason that was chosen; the rows come back."""
        from db.store.quarantine import discard_quarantined  # rarely needed
        from desktop.exchange.counter_rows import rows_behind

        rows, page, discard = self._state.rows, self._state.opened, self._state.discard
        if self._state.looking or not rows or not page or not discard or discard.why is None:
            return
        number, chosen = page.number, discard.why
        ko, en = in_both(lambda: why_word(chosen))

        def lose(store: Any) -> Rows:
            discard_quarantined(store, number, ko, en)
            return rows_behind(store, rows.counter, rows.first)

        self._ask(
            lose, lambda left: self._show_rows(left, discarded=page), changes=Changes.EXCHANGE
        )
