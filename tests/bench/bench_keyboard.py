"""From a tap on a key to the letter painted in the field."""

from __future__ import annotations

import os
from time import perf_counter

from tests.bench.figure import Figure, at_95, middle

TYPED = "ㅈㅓㄴㅈㅜㅅㅣ ㄴㅏㅁㅜㄱㅡㄴㅡㄹㅇㅣ ㄷㅓ ㅇㅣㅆㅇㅡㅁㅕㄴ ㅈㅗㅎㄱㅔㅆㅇㅓㅇㅛ "
ROUNDS = 4


def measure() -> dict[str, Figure]:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    # Qt reads its platform at import.
    from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

    from desktop.keyboard.layouts import Act
    from desktop.keyboard.panel import KeyboardPanel
    from desktop.theme.fonts import add_fonts
    from desktop.theme.look import Look
    from desktop.theme.metrics import Metrics
    from desktop.theme.palette import LIGHT
    from desktop.widgets.text_area import TextArea

    app = QApplication.instance() or QApplication([])
    add_fonts()
    look = Look(Metrics.for_panel(1920, 1080, 24.0), LIGHT)
    window = QWidget()
    column = QVBoxLayout(window)
    area = TextArea(look, "글")
    began = perf_counter()
    panel = KeyboardPanel(look)
    built = (perf_counter() - began) * 1000
    column.addWidget(area)
    column.addWidget(panel)
    window.resize(1920, 976)
    window.show()
    window.activateWindow()
    area.setFocus()
    app.processEvents()
    keys = {key.text(): key for key in panel.keys}
    keys[" "] = next(key for key in panel.keys if key.key.act is Act.SPACE)
    shift = next(key for key in panel.keys if key.key.act is Act.SHIFT)
    taken = []
    for _ in range(ROUNDS):
        area.set_value("")
        for letter in TYPED:
            began = perf_counter()
            if letter in keys:
                keys[letter].click()
            else:
                shift.click()
                next(key for key in panel.keys if key.text() == letter).click()
            app.processEvents()
            taken.append((perf_counter() - began) * 1000)
    window.close()
    return {
        "key press to letter painted": at_95(taken[1:], "ms", 16, "95th of all keys"),
        "key press to letter painted, middle": middle(taken[1:], "ms"),
        "building the keyboard": Figure(built, "ms", None, 1, None, "the first time it opens"),
        "first key": Figure(taken[0], "ms", None, 1, None, "loads the Hangul library"),
    }
