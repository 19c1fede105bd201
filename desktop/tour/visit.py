"""One whole visit where there is no display: the same program, the real data, the real store."""

from __future__ import annotations

import sys
from pathlib import Path

from desktop.kiosk.app import Kiosk
from desktop.kiosk.event_loop import make_application
from desktop.kiosk.receipt.presenter import ReceiptPresenter
from desktop.kiosk.shell.routes import ToFeedback, ToProject, ToReplies, ToTrees
from desktop.settings import Settings
from desktop.tour.guide import Guide
from desktop.tour.run import SilentVoice, start
from desktop.tour.states import PROJECT, SAMPLE_KO

OUT = Path("build/tour")
SIZE = (1920, 1080)


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")


def visit(settings: Settings, data_dir: Path, out: Path = OUT) -> int:
    """Look at projects and trees, send one opinion marked as a sample, keep the receipt, find it
    again. Leaves pictures in `out` and the opinion in the store of `data_dir`; returns 0."""
    make_application()
    kiosk = Kiosk(settings, data_dir, voice=SilentVoice(), locked=False)
    guide = Guide(kiosk, out)
    troubles: list[Exception] = []
    kiosk.store_unavailable.connect(troubles.append)
    try:
        start(kiosk, guide, SIZE)
        if troubles:
            _say(f"The store cannot be opened: {troubles[0]}")
            return 1
        _walk(guide)
    finally:
        kiosk.stop()
    guide.write_album()
    _say(f"{len(guide.album)} pictures and tour.json: {out}")
    _say(f"The opinion is in the store: {data_dir}")
    _say("On a machine with a display the same command opens the kiosk.")
    return 0


def _walk(guide: Guide) -> None:
    navigator = guide.kiosk.navigator
    content = guide.kiosk.content
    assert content is not None
    guide.photograph("attract")
    guide.tap("start")
    guide.photograph("home")
    _say("A resident touches the screen: Home.")
    guide.tap("door-map")
    guide.photograph("map")
    projects, dongs = len(content.catalogue.projects), len(content.city.dongs)
    _say(f"The map shows {projects} projects and {dongs} dongs.")
    navigator.open(ToProject(PROJECT))
    guide.photograph("project")
    _say(f"A project: {content.catalogue.project_by_id[PROJECT].name_en}.")
    navigator.open(ToTrees())
    guide.photograph("trees")
    _say(f"The tree ledger: plan {content.catalogue.trees.programme.target_total:,}.")
    navigator.open(ToFeedback(project=PROJECT))
    guide.tap("kind-suggestion")
    guide.photograph("feedback-kind")
    guide.tap("next")
    guide.tap("rating-2")
    guide.tap("next")
    guide.focus("feedback-text")
    guide.write("feedback-text", SAMPLE_KO)
    guide.photograph("feedback-text")
    guide.tap("next")
    guide.tap("contact-no")
    guide.photograph("feedback-review")
    guide.tap("send")
    guide.wait_for(lambda: guide.at("receipt"), "the receipt")
    guide.photograph("receipt")
    code = navigator.presenter(ReceiptPresenter).state.code
    _say(f"The opinion is on disk; its receipt: {code}.")
    navigator.open(ToReplies())
    guide.photograph("replies")
    navigator.end_visit()
    _say("The visit is over and wiped: Home is back in its defaults.")
