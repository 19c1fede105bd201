"""My replies and the receipt on every panel: no word cut, no target too near or too small."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import msgspec
import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from db.participation.replies import Reply, Status
from db.receipts.words import FLOWERS, TREES
from db.records.feedback import About, Kind, ReviewState
from desktop import i18n
from desktop.keyboard.panel import KeyboardPanel
from desktop.kiosk.receipt.presenter import qr_modules
from desktop.kiosk.receipt.state import ReceiptState
from desktop.kiosk.receipt.view import ReceiptView
from desktop.kiosk.replies.presenter import initial_of
from desktop.kiosk.replies.state import Ask, Fault, RepliesState
from desktop.kiosk.replies.view import RepliesView
from tests.desktop.kiosk.feedback_stage import bar_of, look
from tests.desktop.kiosk.services import NOW_US
from tests.desktop.kiosk.test_feedback_layout import LOOKS, cut, near, small

WORDS = tuple(sorted(word for word in TREES if initial_of(word) == "ㄱ"))
INITIALS = tuple(sorted({initial_of(word) for word in FLOWERS}))
REPLY = Reply(
    id="1", text="설계에서 나무 그늘과 의자를 먼저 살피겠습니다. " * 3, text_en=None,
    department="산림공원과", public=False, at_us=NOW_US,
)  # fmt: skip
STATUS = Status(
    id="0" * 32, about=About.TREES, project=None, dong=None, kind=Kind.SUGGESTION, text="",
    site="lib-geumam", at_us=NOW_US, clock_suspect=False, erased=True, state=ReviewState.DECLINED,
    reason="같은 자리에 이미 다른 시설이 계획되어 있습니다.", department="산림공원과",
    conflict=False, replies=(REPLY,), last_exchange_us=NOW_US,
)  # fmt: skip
GIVEN = RepliesState(tree="은행나무", digits="48215", initials=INITIALS)
SCREENS = {
    "initials": replace(GIVEN, ask=Ask.FLOWER, fault=Fault.CHECK),
    "words": replace(GIVEN, ask=Ask.TREE, initial="ㄱ", words=WORDS),
    "digits": replace(GIVEN, ask=Ask.DIGITS, digits="48"),
    "typed": replace(
        GIVEN, ask=Ask.TYPED, typed="은행나모 48215", fault=Fault.WORD, nearest=("은행나무",)
    ),
    "found": replace(GIVEN, ask=Ask.FOUND, found=(STATUS,)),
    "repeated": replace(
        GIVEN,
        ask=Ask.FOUND,
        found=(
            msgspec.structs.replace(
                STATUS, state=ReviewState.DUPLICATE, replies=(), original_replies=(REPLY,)
            ),
        ),
    ),
    "not found": replace(GIVEN, ask=Ask.NOT_FOUND, last_exchange_us=NOW_US),
    "wait": replace(GIVEN, ask=Ask.WAIT),
    "which": replace(GIVEN, ask=Ask.WHICH, found=(STATUS, STATUS)),
}


@pytest.fixture(autouse=True)
def korean_again() -> Iterator[None]:
    yield
    i18n.use_language(i18n.KOREAN)


@pytest.mark.parametrize("how", LOOKS)
@pytest.mark.parametrize("screen", [*SCREENS, "receipt"])
def test_no_word_is_cut_and_no_target_is_too_near(qtbot: QtBot, screen: str, how: str) -> None:
    the_look = look(**LOOKS[how])  # type: ignore[arg-type]
    metrics = the_look.metrics
    window = QWidget()
    qtbot.addWidget(window)
    bar = bar_of(the_look)
    band = (880 / 1920 if the_look.portrait else 216 / 1080) if the_look.low else 0
    top, height = round(metrics.height * band), metrics.height - bar
    window.resize(metrics.width, height)
    view: QWidget
    if screen == "receipt":
        state = ReceiptState(
            "은행나무-48215-벌개미취-07315", qr_modules("천만정원 " * 12), True, "금암", "Geumam"
        )
        view = ReceiptView(the_look, state)
    else:
        view = RepliesView(the_look, lambda kind, ident: ident)
    view.setParent(window)
    if screen == "typed":
        keyboard = KeyboardPanel(the_look)
        keyboard.setParent(window)
        height -= keyboard.bed.height
        keyboard.setGeometry(0, height, metrics.width, keyboard.bed.height)
    view.setGeometry(0, top, metrics.width, height - top)
    if isinstance(view, RepliesView):
        view.show_state(SCREENS[screen])
    window.show()

    def good() -> None:
        assert cut(view) == []
        assert near(view, the_look) == []
        assert small(view, the_look) == []

    qtbot.waitUntil(good, timeout=10_000)
