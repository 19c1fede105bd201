"""The accessibility bar: what it takes of a panel, and what its buttons say."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from desktop import i18n
from desktop.access.bar import BUTTONS, AccessBar, BarKey
from desktop.theme.look import Look
from desktop.theme.metrics import Metrics
from desktop.theme.palette import LIGHT
from tests.desktop.access.conftest import Window

SMALLEST = (1366, 768, 15.6)


@pytest.fixture(params=["ko", "en"])
def bar(request: pytest.FixtureRequest, window: Window, qtbot: QtBot) -> Iterator[AccessBar]:
    """The bar of large letters on the smallest panel."""
    i18n.use_language(request.param)
    look = Look(Metrics.for_panel(*SMALLEST, large=True), LIGHT, request.param)
    bar = AccessBar(look, on=frozenset({BarKey.LARGE}))
    bar.setParent(window)
    window.resize(*SMALLEST[:2])
    bar.setGeometry(0, 0, SMALLEST[0], bar.sizeHint().height())
    window.present()
    yield bar
    i18n.use_language("ko")


def test_on_the_smallest_panel_large_letters_leave_three_quarters_to_the_screen(
    bar: AccessBar,
) -> None:
    assert bar.sizeHint().height() <= SMALLEST[1] / 4
    assert len({button.y() for button in bar.buttons.values()}) == 1


def test_every_word_is_whole_and_every_target_apart(bar: AccessBar) -> None:
    mm = bar.look.metrics.mm
    buttons = list(bar.buttons.values())
    assert list(bar.buttons) == [key for key, _icon, _setting in BUTTONS]
    for button, following in zip(buttons, [*buttons[1:], None], strict=True):
        assert not button.overflows(), button.text()
        assert bar.rect().contains(button.geometry()), button.text()
        assert min(mm(button.width()), mm(button.height())) >= 12
        if following is not None:
            assert mm(following.x() - button.geometry().right() - 1) >= 2.5


def test_a_name_holds_the_word_that_is_seen_and_says_what_is_meant(bar: AccessBar) -> None:
    names = {key: button.accessibleName() for key, button in bar.buttons.items()}
    for key, button in bar.buttons.items():
        assert button.text().lower() in names[key].lower()
    meant = {"ko": ("선명한 화면", "낮은 화면"), "en": ("High contrast", "Lower")}
    assert (names[BarKey.CONTRAST], names[BarKey.LOW]) != ("", "")
    for key, words in zip((BarKey.CONTRAST, BarKey.LOW), meant[i18n.language()], strict=True):
        assert words in names[key]


def test_a_tap_says_which_button_it_was(bar: AccessBar, qtbot: QtBot) -> None:
    with qtbot.waitSignal(bar.pressed) as said:
        bar.buttons[BarKey.SPEECH].click()
    assert said.args == [BarKey.SPEECH]
