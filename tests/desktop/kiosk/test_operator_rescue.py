"""A rescue that fills one stick goes on with the next one that is pressed."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from db.exchange.carriers import rescue as rescuing
from db.participation.feedback import add_feedback
from desktop import i18n
from desktop.exchange.results import Saved
from desktop.exchange.sticks import place_of
from desktop.exchange.words import saved_lines
from desktop.kiosk.operator.intents import WriteTo
from desktop.kiosk.operator.state import At
from tests.db.exchange.test_refusing_disk import fill, small_disk
from tests.db.exchange.words import long_feedback
from tests.db.in_memory import praise
from tests.desktop.kiosk.exchange_counter import Counter

__all__ = ["small_disk"]


def test_the_screen_says_what_is_missing_and_the_next_stick_takes_only_the_rest(
    tmp_path: Path, qtbot: QtBot, small_disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rescuing, "rescue", partial(rescuing.rescue, largest=100_000))
    counter = Counter(tmp_path, qtbot)
    i18n.use_language("ko")
    try:
        counter.enrol()
        counter.ask(
            lambda store: [add_feedback(store, praise(text)).id for text in long_feedback(1_100)]
        )
        fill(small_disk)
        counter.here = (place_of(small_disk), place_of(counter.stick))
        counter.open(At.RESCUE)
        counter.do(WriteTo(0))
        first = counter.state.result
        assert isinstance(first, Saved) and first.problem is not None
        assert first.files and first.left == 1_100 - first.events > 0
        words = " ".join(saved_lines(first))
        assert f"{first.left:,}건" in words and "다른 USB를 누르면 이어서" in words
        counter.do(WriteTo(1))
        second = counter.state.result
        assert isinstance(second, Saved) and second.problem is None
        assert (second.events, second.left) == (first.left, 0)
        assert {each.parent for each in second.files} == {counter.stick}
    finally:
        counter.pages.wipe()
        counter.tasks.close()
