"""A page kept apart opens from its row on the operator's screen, and nobody's words with it."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from desktop import i18n
from desktop.kiosk.operator_rows_view import RowsPanel
from desktop.kiosk.operator_state import At, OperatorState
from desktop.theme.look import Look
from desktop.theme.metrics import Metrics
from desktop.theme.palette import LIGHT
from desktop.widgets.button import PressButton
from desktop.widgets.text import Text
from tests.db.in_memory import praise
from tests.desktop.kiosk.exchange_counter import Counter
from tests.desktop.kiosk.test_operator_counters import in_trouble


def test_a_page_kept_apart_opens_from_its_row_to_what_it_holds_and_back(
    counter: Counter, qtbot: QtBot
) -> None:
    counter.enrol()
    counter.ask(in_trouble)
    counter.open(At.SYNC)
    counter.do("counter", "kept-apart")
    i18n.use_language("ko")
    panel = RowsPanel(Look(Metrics.for_panel(1920, 1080, 24.0), LIGHT))
    qtbot.addWidget(panel)
    panel.did.connect(lambda name, value: counter.do(name, value))

    def press(name: str) -> str:
        panel.show_state(OperatorState(at=At.ROWS, exchange=counter.state))
        panel.findChild(PressButton, name).click()
        panel.show_state(OperatorState(at=At.ROWS, exchange=counter.state))
        return " ".join(text.text() for text in panel.findChildren(Text) if text.isVisibleTo(panel))

    said = press("open-1")
    assert counter.state.opened.first == 1
    for words in ("1~3번", "꾸러미.age", "의견 1", "검토 결과 2", "--discard 1"):
        assert words in said
    assert praise().text not in said
    assert "금암도서관 · 1~3번" in press("rows-again") and counter.state.opened is None
