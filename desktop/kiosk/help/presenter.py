"""Help: opens at the topic that answers the screen one comes from."""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from desktop.kiosk.help.credits import credits, publishers
from desktop.kiosk.help.intents import ChooseTopic, HelpIntent, ListTopics
from desktop.kiosk.help.state import ABOUT_SCREEN, HelpState, Topic
from desktop.kiosk.shell.routes import ToHelp
from desktop.kiosk.shell.screen import Presenter, Services


class HelpPresenter(Presenter[HelpState, HelpIntent, ToHelp]):
    def __init__(self, services: Services) -> None:
        super().__init__(services)
        catalogue = services.catalogue
        told = publishers(catalogue)
        pack = catalogue.pack if "pack" in catalogue.origins.values() else None
        self._state = HelpState(
            phone=services.settings.phone,
            as_of=str(catalogue.as_of),
            pack=pack.title if pack else "",
            pack_day=pack.day if pack else "",
            source_count=sum(each.count for each in told),
            publishers=told,
            credits=credits(),
            keep_days=services.settings.keep_feedback_days,
        )

    def enter(self, route: ToHelp) -> None:
        if route.about is not None:
            topic = ABOUT_SCREEN.get(route.about)
            # From a screen without a topic of its own one chooses.
            self._state = replace(self._state, topic=topic or Topic.MAP, listing=topic is None)

    def wipe(self) -> None:
        self._state = replace(self._state, topic=Topic.MAP, listing=False)

    def do(self, intent: HelpIntent) -> None:
        match intent:
            case ChooseTopic(topic):
                self._show(replace(self._state, topic=topic, listing=False))
            case ListTopics():
                self._show(replace(self._state, listing=True))
            case _:
                assert_never(intent)
