"""New content makes every screen anew, and takes nothing along that has to stay."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from db.receipts.words import FLOWERS
from db.store.store import Store
from desktop.background.tasks import Changes
from desktop.exchange.results import Job, Work, Written
from desktop.exchange.standing import ExchangeStanding
from desktop.kiosk.operator.intents import ConfirmPin, PressDigit
from desktop.kiosk.operator.pin.guard import FREE_TRIES, PinGuard
from desktop.kiosk.operator.presenter import OperatorPresenter
from desktop.kiosk.replies.guess_limit import TRIES
from desktop.kiosk.replies.intents import Find, TypeNumber
from desktop.kiosk.replies.presenter import RepliesPresenter
from desktop.kiosk.replies.state import Ask
from desktop.kiosk.shell.screen import StagePresenter
from tests.flows.kiosk_in_hand import KioskInHand


@pytest.fixture
def hand(data_dir: Path, qtbot: QtBot) -> Iterator[KioskInHand]:
    made = KioskInHand(data_dir, qtbot)
    yield made
    made.close()


def renew(hand: KioskInHand) -> None:
    content = hand.kiosk.content
    assert content is not None
    hand.kiosk._renew(replace(content))
    hand.settle()


def guess(hand: KioskInHand) -> Any:
    """One receipt number that nobody has; the replies screen's state then."""
    replies = hand.kiosk.navigator.presenter(RepliesPresenter)
    flower = FLOWERS[0]
    replies.do(TypeNumber(f"소나무-4821-{flower}"))
    replies.do(Find())
    hand.settle()
    return replies.state


def test_guessing_receipt_numbers_pays_no_more_after_new_content(hand: KioskInHand) -> None:
    for _ in range(TRIES - 1):
        hand.open("replies")
        assert guess(hand).ask is not Ask.WAIT
        hand.kiosk.navigator.end_visit()
        renew(hand)
    hand.open("replies")
    assert guess(hand).ask is Ask.WAIT
    hand.kiosk.navigator.end_visit()
    renew(hand)
    hand.open("replies")
    assert hand.kiosk.navigator.presenter(RepliesPresenter).state.ask is Ask.WAIT
    assert guess(hand).ask is Ask.WAIT


def test_guessing_the_operators_pin_waits_on_after_new_content(
    hand: KioskInHand, data_dir: Path
) -> None:
    PinGuard(data_dir, lambda: hand.kiosk.clock() / 1e6).set_pin("739164")
    hand.open("operator")
    operator = hand.kiosk.navigator.presenter(OperatorPresenter)
    for _ in range(FREE_TRIES):
        for digit in "111112":
            operator.do(PressDigit(digit))
        operator.do(ConfirmPin())
        hand.settle()
    assert operator.state.wait > 0
    hand.kiosk.navigator.end_visit()
    renew(hand)
    hand.open("operator")
    assert hand.kiosk.navigator.presenter(OperatorPresenter) is not operator
    assert hand.kiosk.navigator.presenter(OperatorPresenter).state.wait > 0
    hand.kiosk.navigator.end_visit()


def test_work_on_a_stick_is_seen_to_go_on_after_new_content(hand: KioskInHand) -> None:
    go_on = Event()

    def write_slowly(store: Store) -> Written:
        assert go_on.wait(20)
        return Written(Path("usb"), files=1, events=1)

    exchange = hand.kiosk.navigator.presenter(OperatorPresenter).exchange
    exchange._begin(Work.WRITE, write_slowly, Changes.EXCHANGE)
    assert hand.kiosk.content is not None
    hand.kiosk._renew(replace(hand.kiosk.content))
    renewed = hand.kiosk.navigator.presenter(OperatorPresenter).exchange
    assert renewed._job == Job(Work.WRITE)
    go_on.set()
    hand.settle()
    assert renewed._job is None


def test_what_was_made_for_older_content_is_gone(hand: KioskInHand) -> None:
    def alive() -> tuple[int, int]:
        gc.collect()
        found = [each for each in gc.get_objects() if isinstance(each, StagePresenter)]
        standing = [each for each in gc.get_objects() if type(each) is ExchangeStanding]
        return len(found), len(standing)

    renew(hand)
    before = alive()
    for _ in range(3):
        renew(hand)
    assert alive() == before
