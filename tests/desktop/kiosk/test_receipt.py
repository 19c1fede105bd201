"""The receipt shows what proves the feedback, readable by people and telephones, and forgets it."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QAbstractButton, QApplication, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from db.participation.issue_receipt import Receipt
from db.records.feedback import About, Kind
from desktop import i18n
from desktop.kiosk.feedback.state import Draft, FeedbackState, FeedbackStep, Subject
from desktop.kiosk.feedback.steps.review import ReviewStep
from desktop.kiosk.planted.state import OTHER, PlantedState, PlantedStep
from desktop.kiosk.planted.view import PlantedView
from desktop.kiosk.receipt.drawings import QUIET, CodeLabel, QrCode
from desktop.kiosk.receipt.intents import Another, Done
from desktop.kiosk.receipt.presenter import ReceiptPresenter, qr_modules, qr_text
from desktop.kiosk.receipt.view import ReceiptView
from desktop.kiosk.shell.routes import ToFeedback, ToReceipt, ToTrees
from desktop.theme.type import Role
from desktop.widgets.text import Text
from tests.desktop.kiosk.feedback_stage import HandTasks, bar_of, look
from tests.desktop.kiosk.services import services
from tests.desktop.kiosk.tree_stage import CITY

RECEIPT = Receipt(
    code="은행나무-48215-벌개미취-07315", token="abcdefghijklmnopqrstuvwxyz", id="0" * 32,
    device="d", seq=1, at_us=1, clock_suspect=False,
)  # fmt: skip
#: Of all words of numbers these are the widest, and of all digits 4.
WIDEST = "석류나무-44444-닭의장풀-44444"


@pytest.fixture
def presenter(data_dir: Path) -> Iterator[ReceiptPresenter]:
    yield ReceiptPresenter(services(HandTasks(), data_dir))
    i18n.use_language(i18n.KOREAN)


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_widest_number_is_shown_whole_in_every_size_and_position(
    presenter: ReceiptPresenter, qtbot: QtBot, language: str
) -> None:
    presenter.enter(ToReceipt(msgspec.structs.replace(RECEIPT, code=WIDEST)))
    for width, height, inches in (
        (1920, 1080, 24), (1080, 1920, 24), (1366, 768, 24), (1366, 768, 15.6), (3840, 2160, 24),
    ):  # fmt: skip
        for large in (False, True):
            the_look = look(width, height, large=large, inches=inches, language=language)
            view = ReceiptView(the_look, presenter.state)
            qtbot.addWidget(view)
            view.resize(width, height - the_look.px(239))
            view.show()
            label = view.findChild(CodeLabel)
            assert label is not None and label.text() == WIDEST
            assert not label.overflows(), (width, inches, large)
            for page in view.findChildren(QScrollArea):
                content = page.widget()
                assert content is not None
                assert content.width() <= page.viewport().width(), (width, inches, large)


def test_the_number_is_larger_than_the_words_round_it_and_whole_on_the_first_page(
    presenter: ReceiptPresenter, qtbot: QtBot
) -> None:
    """Large letters are for whoever has to copy the number."""
    presenter.enter(ToReceipt(msgspec.structs.replace(RECEIPT, code=WIDEST)))
    for width, height, inches, low in (
        (1920, 1080, 24, False), (1920, 1080, 24, True), (1080, 1920, 24, False),
        (1366, 768, 15.6, False),
    ):  # fmt: skip
        the_look = look(width, height, large=True, inches=inches, low=low)
        view = ReceiptView(the_look, presenter.state)
        qtbot.addWidget(view)
        view.resize(width, height - the_look.metrics.band - bar_of(the_look))
        view.show()
        label = view.findChild(CodeLabel)
        assert label is not None
        where = (width, inches, low)
        words = the_look.size(Role.LEAD)
        assert label.letter_size > words, (where, label.letter_size, words)
        for page in view.findChildren(QScrollArea):
            if page.isAncestorOf(label):
                foot = label.mapTo(page.viewport(), label.rect().bottomLeft()).y()
                assert foot <= page.viewport().height(), (where, foot, page.viewport().height())


@pytest.mark.parametrize("language", ["ko", "en"])
def test_what_takes_the_receipt_away_never_stands_where_it_was_sent_from(
    presenter: ReceiptPresenter, qtbot: QtBot, language: str
) -> None:
    """A second tap on 보내기 or 등록하기 finds no button, however late it comes."""
    draft = Draft(Subject(About.TREES, name_ko="나무", name_en="Trees"), Kind.PRAISE)
    feedback = FeedbackState(step=FeedbackStep.REVIEW, draft=draft, reviewing=True)
    planted = PlantedState((), 2026, 12, 2018, step=PlantedStep.REVIEW, species=OTHER, year=2025)
    for width, height, inches, bar in (
        (1920, 1080, 24, 104), (1080, 1920, 24, 191), (1366, 768, 15.6, 184), (3840, 2160, 24, 208),
    ):  # fmt: skip
        for large in (False, True):
            the_look = look(width, height, large=large, inches=inches, language=language)
            sends = ReviewStep(the_look, feedback, ()), PlantedView(the_look, CITY)
            sends[1].show_state(planted)
            for trees in (0, 5):
                presenter.enter(ToReceipt(RECEIPT, trees))
                receipt = ReceiptView(the_look, presenter.state)
                for view in (*sends, receipt):
                    qtbot.addWidget(view)
                    view.resize(width, height - bar)
                    view.show()
                QApplication.processEvents()
                for send in sends:
                    (sent,) = places_of(send, "send")
                    taking = places_of(receipt, "done", "another")
                    assert len(taking) == 2
                    close = [p for p in taking if p.intersects(sent)]
                    assert not close, (width, inches, large, trees)


def turns(area: QWidget) -> bool:
    """Whether there is more in it than it shows."""
    return isinstance(area, QScrollArea) and area.verticalScrollBar().maximum() > 0


def places_of(view: QWidget, *names: str) -> list[QRect]:
    """Where the buttons of these names can stand in the view: on a page anywhere in its height."""
    found = []
    for button in (b for name in names for b in view.findChildren(QAbstractButton, name)):
        place, area = QRect(button.mapTo(view, QPoint(0, 0)), button.size()), button.parentWidget()
        while area is not None and not turns(area):
            area = area.parentWidget()
        if area is not None:
            page = QRect(area.mapTo(view, QPoint(0, 0)), area.size())
            place = QRect(place.x(), page.y(), place.width(), page.height())
        found.append(place)
    return found


def test_the_way_to_read_the_reply_never_stands_in_the_sapling(
    presenter: ReceiptPresenter, qtbot: QtBot
) -> None:
    """With a hub there is more to say, in the same two lines."""
    presenter.enter(ToReceipt(RECEIPT))
    the_look = look()
    for opens_page in (False, True):
        state = replace(presenter.state, opens_page=opens_page)
        view = ReceiptView(the_look, state)
        qtbot.addWidget(view)
        view.resize(1920, 976)
        view.show()
        texts = view.bed.findChildren(Text)
        lowest = max(text.geometry().bottom() for text in texts if text.x() < the_look.px(600))
        assert lowest < view.bed.height() - the_look.px(150)
        assert any("인터넷" in text.text() for text in texts) is opens_page


def test_a_voice_reads_the_parts_of_the_number_apart(
    presenter: ReceiptPresenter, qtbot: QtBot
) -> None:
    label = CodeLabel(look(), RECEIPT.code)
    qtbot.addWidget(label)
    assert label.accessibleName() == "은행나무, 4 8 2 1 5, 벌개미취, 0 7 3 1 5"


def test_with_a_hub_the_qr_leads_to_the_page_of_the_token_alone() -> None:
    text = qr_text(RECEIPT, "https://hub.example.org/")
    assert text == f"https://hub.example.org/r/{RECEIPT.token}"
    assert RECEIPT.code not in text


def test_without_a_hub_the_qr_holds_the_number_in_words() -> None:
    text = qr_text(RECEIPT, "")
    assert "천만정원" in text and RECEIPT.code in text and RECEIPT.token in text


@pytest.mark.parametrize("contrast", [False, True])
def test_the_qr_is_black_on_white_with_four_modules_of_quiet_in_every_mode(
    qtbot: QtBot, contrast: bool
) -> None:
    modules = qr_modules(qr_text(RECEIPT, ""))
    assert len({len(row) for row in modules} | {len(modules)}) == 1
    widget = QrCode(look(contrast=contrast), modules, 464, "QR")
    qtbot.addWidget(widget)
    image = widget.grab().toImage()
    size = image.width() // (len(modules) + 2 * QUIET)
    start = (image.width() - size * len(modules)) // 2
    assert start >= QUIET * size and size >= 6
    for y, row in enumerate(modules):
        for x, dark in enumerate(row):
            seen = image.pixelColor(start + x * size + size // 2, start + y * size + size // 2)
            assert seen == QColor("black" if dark else "white")
    for at in range(start - 1):
        assert image.pixelColor(at, image.height() // 2) == QColor("white")


def test_done_ends_the_visit_and_another_goes_to_a_fresh_form(
    presenter: ReceiptPresenter, qtbot: QtBot
) -> None:
    presenter.enter(ToReceipt(RECEIPT))
    view = ReceiptView(look(), presenter.state)
    qtbot.addWidget(view)
    presenter.attach(view)
    with qtbot.waitSignal(presenter.visit_over):
        view.act(Done())
    for trees, leads_to in ((0, ToFeedback()), (5, ToTrees())):
        presenter.enter(ToReceipt(RECEIPT, trees))
        with qtbot.waitSignal(presenter.go) as went:
            view.act(Another())
        assert went.args == [leads_to]
        assert presenter.state.code == ""


def test_the_receipt_of_a_planting_says_what_was_registered_and_that_it_is_not_confirmed(
    presenter: ReceiptPresenter, qtbot: QtBot
) -> None:
    presenter.enter(ToReceipt(RECEIPT, 1000))
    view = ReceiptView(look(), presenter.state)
    qtbot.addWidget(view)
    view.show()
    words = " ".join(text.text() for text in view.findChildren(Text))
    for said in ("1,000그루", "시민 등록(확인 전)", "등록한 나무", "QR", "적거나"):
        assert said in words
    assert "답변" not in words
    label = view.findChild(CodeLabel)
    assert label is not None and label.text() == RECEIPT.code
    assert view.findChild(QrCode) is not None


def test_the_end_of_the_visit_forgets_the_number(presenter: ReceiptPresenter) -> None:
    presenter.enter(ToReceipt(RECEIPT))
    presenter.wipe()
    assert (presenter.state.code, presenter.state.qr) == ("", ())


def test_the_number_is_never_logged_or_printed(
    presenter: ReceiptPresenter, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        presenter.enter(ToReceipt(RECEIPT))
    assert RECEIPT.code not in caplog.text and RECEIPT.token not in caplog.text
    assert RECEIPT.code not in repr(presenter.state)
