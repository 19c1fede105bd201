"""A thrown-away picture leaves the process, however many came before it."""

from __future__ import annotations

import subprocess
import sys

from tests.flows.program import ROOT, surroundings

SHOW_AND_FORGET = """
from pathlib import Path
from PySide6.QtGui import QImage
from desktop.memory import give_back_large_blocks

def resident():
    line = next(l for l in Path("/proc/self/status").read_text().splitlines() if "VmRSS" in l)
    return int(line.split()[1]) / 1024

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


def test_forgotten_pictures_do_not_stay_in_memory() -> None:
    command = [sys.executable, "-P", "-c", SHOW_AND_FORGET]
    answer = subprocess.run(
        command, cwd=ROOT, env=surroundings(), capture_output=True, text=True, check=True
    )
    assert float(answer.stdout) < 10
