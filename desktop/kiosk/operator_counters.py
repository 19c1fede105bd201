"""Behind the counters of exchange: their rows, and a page kept apart among them."""

from __future__ import annotations

from dataclasses import replace

from desktop.kiosk.operator_asking import OperatorAsking
from desktop.kiosk.operator_state import At


class OperatorCounters(OperatorAsking):
    """Every intent of its pages is a method `on_<name>`."""

    def on_counter(self, counter: str) -> None:
        """A counter opens."""
        self._state = replace(self._state, rows=None)
        self.page_asked.emit(At.ROWS.value)
        self.on_rows((counter, 0))

    def on_rows(self, asked: tuple[str, int]) -> None:
        from desktop.kiosk.operator_rows import rows_behind  # rarely needed

        counter, first = asked
        self._ask(
            lambda store: rows_behind(store, counter, first),
            lambda found: self._show(rows=found, opened=None),
        )

    def on_apart(self, number: int) -> None:
        """A page kept apart opens, without anybody's words."""
        from db.pages_apart import open_apart  # rarely needed

        self._ask(lambda store: open_apart(store, number), lambda page: self._show(opened=page))
