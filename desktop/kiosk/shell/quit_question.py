"""그만둘까요?: asked before anything a resident has answered is forgotten."""

from __future__ import annotations

from desktop.i18n import tr
from desktop.kiosk.shell.screen import Leaving
from desktop.theme.look import Look
from desktop.widgets.dialog import Dialog


def quit_question(look: Look) -> Dialog:
    """The main answer keeps everything: who presses without reading loses nothing."""
    return Dialog(
        look,
        tr("그만둘까요?"),
        tr("지금까지 쓴 내용은 모두 지워집니다."),
        [
            (Leaving.QUIT, tr("그만두기"), "grave"),
            (Leaving.STAY, tr("계속하기"), "main"),
        ],
    )
