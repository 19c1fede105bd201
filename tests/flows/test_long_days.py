"""A kiosk stays open for weeks: visit after visit, its memory stands still."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from tests.flows.program import ROOT, surroundings

VISITS = """
import json, tempfile
from pathlib import Path
from desktop.kiosk.app import Kiosk
from desktop.access.bar import BarKey
from desktop.kiosk.shell.routes import ToHelp, ToHome, ToMap, ToProject, ToTrees
from desktop.process.memory import tidy_up
from desktop.kiosk.event_loop import make_application
from desktop.settings import Settings
from desktop.tour.guide import Guide
from desktop.tour.run import SITE, SilentVoice, start
from tests.bench.bench_memory import in_megabytes

make_application()
sizes = []
with tempfile.TemporaryDirectory() as scratch:
    settings = Settings(site=SITE, reduced_motion=True)
    kiosk = Kiosk(settings, Path(scratch) / "data", voice=SilentVoice(), locked=False)
    guide = Guide(kiosk, Path(scratch) / "pictures")
    start(kiosk, guide, (1920, 1080))
    project = kiosk.content.catalogue.projects[0].id
    way = (ToHome(), ToMap(), ToTrees(), ToHelp(), ToProject(project))
    for visit in range(COUNT):
        for route in way:
            kiosk.navigator.open(route)
            guide.settle()
            kiosk.shell.grab()
        kiosk.navigator.on_bar_pressed(BarKey.LARGE if visit % 2 else BarKey.CONTRAST)
        kiosk.navigator.end_visit()
        tidy_up()
        sizes.append(in_megabytes("VmRSS"))
    kiosk.stop()
print(json.dumps(sizes))
"""


@pytest.mark.soak
@pytest.mark.timeout(1800)
def test_two_hundred_visits_leave_the_memory_as_it_was() -> None:
    command = [sys.executable, "-P", "-c", f"COUNT = 200\n{VISITS}"]
    answer = subprocess.run(
        command, cwd=ROOT, env=surroundings(), capture_output=True, text=True, check=True
    )
    sizes = json.loads(answer.stdout)
    # The first visits fill caches that have a bound.
    assert max(sizes[-20:]) - max(sizes[20:40]) < 10, sizes[::20]
