"""A page kept apart opens from its row on the operator's screen, and nobody's words with it. It is
discarded there too, once somebody has read what is lost and chosen why.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from db.exchange.pages.exporting import export_pages
from db.exchange.pages.store_shelf import StoreShelf
from db.participation.feedback import add_feedback
from db.refusals import Reason, Refused
from db.store.notices import notices
from db.store.page import read_page
from db.store.quarantine import discard_quarantined
from db.store.store import Store
from desktop import i18n
from desktop.background.tasks import Changes
from desktop.exchange.results import ROWS, Discard, Job, Why, Work
from desktop.exchange.words import why_word
from desktop.kiosk.operator.exchange.rows_panel import RowsPanel
from desktop.kiosk.operator.intents import (
    AskDiscard,
    ChooseWhy,
    DiscardQuarantined,
    OpenCounter,
    OpenQuarantined,
    ShowRows,
)
from desktop.kiosk.operator.state import At, OperatorState
from desktop.theme.look import Look
from desktop.theme.metrics import Metrics
from desktop.theme.palette import LIGHT
from desktop.tour.operator_states import states
from desktop.widgets.button import PressButton
from desktop.widgets.text import Text
from tests.db.in_memory import NOON, PHONE, praise
from tests.desktop.kiosk.exchange_counter import Counter
from tests.desktop.kiosk.test_operator_counters import in_trouble

Press = Callable[[str], str]
HANGUL = re.compile("[가-힣]")


@pytest.fixture
def press(counter: Counter, qtbot: QtBot) -> Press:
    """Presses a button among the pages kept apart; what stands there then."""
    counter.enrol()
    counter.ask(in_trouble)
    counter.open(At.SYNC)
    counter.do(OpenCounter("kept-apart"))
    i18n.use_language("ko")
    panel = RowsPanel(Look(Metrics.for_panel(1920, 1080, 24.0), LIGHT))
    panel.did.connect(counter.do)
    qtbot.addWidget(panel)

    def pressed(name: str) -> str:
        panel.show_state(OperatorState(at=At.ROWS, exchange=counter.state))
        panel.findChildren(PressButton, name)[0].click()
        panel.show_state(OperatorState(at=At.ROWS, exchange=counter.state))
        return " ".join(text.text() for text in panel.findChildren(Text) if text.isVisibleTo(panel))

    return pressed


def told(counter: Counter) -> list[str]:
    return [each.ko for each in counter.ask(notices) if each.kind == "page-discarded"]


def test_a_page_kept_apart_opens_from_its_row_to_what_it_holds_and_back(
    counter: Counter, press: Press
) -> None:
    said = press("open-1")
    assert counter.state.opened.first == 1
    for words in ("1~3번", "꾸러미.age", "의견 1", "검토 결과 2"):
        assert words in said
    assert praise().text not in said
    assert "금암도서관 · 1~3번" in press("rows-again") and counter.state.opened is None


def test_a_page_is_discarded_once_its_loss_was_read_and_a_reason_chosen(
    counter: Counter, press: Press
) -> None:
    changed: list[Changes] = []
    counter.tasks.changed.connect(changed.append)
    press("open-1")
    said = press("discard")
    for words in ("기록 3건이 이 기기에서 사라지고", "내용 3건과 연락처 0건", "되돌릴 수 없습니다"):
        assert words in said
    press("lose")
    assert counter.state.discard is not None and told(counter) == [], "no reason was chosen"
    press("why-held")
    press("why-cloned")
    assert counter.state.discard.why is Why.CLONED
    said = press("lose")
    assert "1~3번을 버렸습니다" in said and "지금은 없습니다" in said
    assert (counter.state.status.kept_apart, counter.state.status.forks) == (0, 0)
    (notice,) = told(counter)
    assert "복제하거나 되돌린 기기가 쓴 기록" in notice
    assert changed == [Changes.EXCHANGE]
    said_in_english = [each.en for each in counter.ask(notices) if each.kind == "page-discarded"]
    assert not any(map(HANGUL.search, said_in_english))


@pytest.mark.parametrize("language", [i18n.KOREAN, "en"])
def test_every_reason_is_kept_in_both_languages_whatever_the_visit_speaks(language: str) -> None:
    i18n.use_language(language)
    try:
        for why in Why:
            ko, en = i18n.in_both(partial(why_word, why))
            assert HANGUL.search(ko) and en and not HANGUL.search(en)
    finally:
        i18n.use_language(i18n.KOREAN)


def test_a_choice_leaves_the_page_where_it_was_turned_to(qtbot: QtBot) -> None:
    (asked,) = (state for name, _, state in states(NOON) if name == "discard")
    panel = RowsPanel(Look(Metrics.for_panel(1080, 1920, 24.0), LIGHT))
    qtbot.addWidget(panel)

    def answer(**changes: Any) -> PressButton | None:
        shown = replace(asked, **changes)
        panel.show_state(OperatorState(at=At.ROWS, exchange=shown))
        return panel.findChild(PressButton, "lose")

    before = answer()
    assert before is not None and not before.isEnabled()
    after = answer(discard=Discard(Why.TRIAL))
    assert after is before and before.isEnabled()
    # Reading a stick may come between, and be over again.
    assert answer(job=Job(Work.READ)) is None
    again = answer()
    assert again is not None and not again.isEnabled()


def test_whoever_thinks_better_of_it_loses_nothing(counter: Counter, press: Press) -> None:
    press("open-1")
    press("discard")
    press("why-told")
    assert "꾸러미.age" in press("keep")
    thought_better = counter.state
    assert thought_better.discard is None and thought_better.opened is not None
    press("discard")
    assert counter.state.discard.why is None
    assert (counter.state.status.kept_apart, told(counter)) == (1, [])


def test_a_page_that_somebody_else_discarded_meanwhile_is_said_to_be_gone(
    counter: Counter, press: Press
) -> None:
    press("open-1")
    press("discard")
    press("why-held")
    counter.ask(lambda store: discard_quarantined(store, 1, "먼저"))
    assert "목록을 다시 보세요" in press("lose")
    assert len(told(counter)) == 1


def test_a_locked_screen_forgets_the_page_and_the_reason(counter: Counter, press: Press) -> None:
    press("open-1")
    press("discard")
    counter.pages.wipe()
    assert counter.state.discard is None and counter.state.opened is None


def test_the_last_page_of_rows_may_be_gone_once_its_only_row_is_discarded(
    counter: Counter,
) -> None:
    def many(store: Store) -> None:
        shelf = StoreShelf(store)
        for _ in range(ROWS + 1):
            add_feedback(store, praise(contact=PHONE))
            (page,) = export_pages(store)
            with store.change():
                shelf.put_in_quarantine(
                    read_page(page.data), page.data, Refused(Reason.ROLE, "USB")
                )

    counter.enrol()
    counter.ask(many)
    counter.open(At.SYNC)
    counter.do(OpenCounter("kept-apart"))
    counter.do(ShowRows("kept-apart", ROWS))
    (last,) = counter.state.rows.rows
    counter.do(OpenQuarantined(last.number))
    counter.do(AskDiscard(True))
    counter.do(ChooseWhy(Why.TRIAL))
    counter.do(DiscardQuarantined())
    assert (counter.state.rows.first, len(counter.state.rows.rows)) == (0, ROWS)
