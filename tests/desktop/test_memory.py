"""What was thrown away leaves the process, large and small."""

from __future__ import annotations

import subprocess
import sys

from tests.flows.program import ROOT, surroundings

RESIDENT = """
from pathlib import Path
from PySide6.QtCore import QByteArray
from PySide6.QtGui import QImage
from desktop.process.memory import give_back_large_blocks, tidy_up

def resident():
    line = next(l for l in Path("/proc/self/status").read_text().splitlines() if "VmRSS" in l)
    return int(line.split()[1]) / 1024
"""

PICTURES = """
assert give_back_large_blocks()
before = resident()
pins = []
for _ in range(4):
    pictures = [QImage(1920, 1080, QImage.Format.Format_ARGB32_Premultiplied) for _ in range(6)]
    for picture in pictures:
        picture.fill(0xFF00FF00)
    pins.append(QImage(200, 200, QImage.Format.Format_ARGB32_Premultiplied))
    pins[-1].fill(0)
    del picture, pictures
print(resident() - before)
"""

SMALL_PIECES = """
before = resident()
pieces = [QByteArray(bytes(20_000)) for _ in range(2_000)]
pin = QByteArray(bytes(20_000))
assert resident() - before > 30
del pieces
assert tidy_up()
print(resident() - before)
"""


def growth(code: str) -> float:
    """Megabytes that a process has grown by at the end of `code`."""
    command = [sys.executable, "-P", "-c", RESIDENT + code]
    answer = subprocess.run(
        command, cwd=ROOT, env=surroundings(), capture_output=True, text=True, check=True
    )
    return float(answer.stdout)


def test_forgotten_pictures_do_not_stay_in_memory() -> None:
    assert growth(PICTURES) < 10


def test_small_pieces_go_back_when_asked_for_though_one_above_them_stays() -> None:
    assert growth(SMALL_PIECES) < 10
