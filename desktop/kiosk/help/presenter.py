"""Help: opens at the topic that answers the screen one comes from."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from desktop.kiosk.help.credits import credits, publishers
from desktop.kiosk.help.state import ABOUT_SCREEN, HelpState, Topic
from desktop.kiosk.shell.routes import Route
from desktop.kiosk.shell.screen import Presenter, Services


class HelpPresenter(Presenter):
    """`enter` takes the route of the screen that was open, or None."""

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

    @property
    def state(self) -> HelpState:
        return self._state

    def enter(self, argument: object) -> None:
        if isinstance(argument, Route):
            topic = ABOUT_SCREEN.get(argument.name)
            # From a screen without a topic of its own one chooses.
            self._state = replace(self._state, topic=topic or Topic.MAP, listing=topic is None)

    def wipe(self) -> None:
        self._state = replace(self._state, topic=Topic.MAP, listing=False)

    def listen(self, view: Any) -> None:
        view.topic_chosen.connect(self.on_topic)
        view.topics_asked.connect(self.on_topics)
        super().listen(view)

    def on_topic(self, name: str) -> None:
        self._state = replace(self._state, topic=Topic(name), listing=False)
        self.changed.emit(self._state)

    def on_topics(self) -> None:
        self._state = replace(self._state, listing=True)
        self.changed.emit(self._state)
