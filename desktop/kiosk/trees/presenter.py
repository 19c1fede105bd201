"""The tree ledger's screens: an overview and its topics, all under the route `trees`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from desktop.background.tasks import Changes
from desktop.kiosk.shell.routes import Route, ScreenName
from desktop.kiosk.shell.screen import Presenter, Services
from desktop.kiosk.trees.state import MAP, OVERVIEW, PLANTED, TABS, TOPICS, TreesState, figures_of


class TreesPresenter(Presenter):
    """`enter` takes a topic's name, or ("planting", id) to open one site on the map.

    `warm_up` loads what the charts need; it runs on the worker thread once a screen stands.
    """

    def __init__(self, services: Services, warm_up: Callable[[], object] | None = None) -> None:
        super().__init__(services)
        self._warm_up = warm_up
        ledger = services.catalogue.trees
        site = services.catalogue.landmark_by_id.get(services.settings.site)
        here = (site.lat, site.lon) if site else None
        self._state = TreesState(OVERVIEW, ledger, figures_of(ledger), here=here)
        self._tabs: dict[str, str] = {}
        services.tasks.changed.connect(self.on_changed)

    @property
    def state(self) -> TreesState:
        return self._state

    def enter(self, argument: object) -> None:
        selected = self._state.selected
        topic = argument if isinstance(argument, str) and argument in TOPICS else OVERVIEW
        if isinstance(argument, tuple) and argument[:1] == ("planting",):
            topic, selected = MAP, str(argument[1])
        tab = self._tabs.get(topic, TABS.get(topic, ("",))[0])
        self._show(topic=topic, tab=tab, selected=selected)
        self._count_registered()

    def wipe(self) -> None:
        self._tabs.clear()
        self._state = replace(self._state, topic=OVERVIEW, tab="", selected=None, position=None)

    def listen(self, view: Any) -> None:
        for name in ("topic_chosen", "tab_chosen", "planting_chosen", "map_moved"):
            signal = getattr(view, name, None)
            if signal is not None:
                signal.connect(getattr(self, f"on_{name}"))
        super().listen(view)

    def on_topic_chosen(self, topic: str) -> None:
        self.go.emit(
            Route(ScreenName.PLANTED) if topic == PLANTED else Route(ScreenName.TREES, topic)
        )

    def on_tab_chosen(self, tab: str) -> None:
        self._tabs[self._state.topic] = tab
        self._show(tab=tab, selected=None)

    def on_planting_chosen(self, ident: str) -> None:
        """Show a site's panel; the empty id closes it."""
        known = any(p.id == ident for p in self._state.ledger.plantings)
        self._show(selected=ident if known else None)

    def on_map_moved(self, position: object) -> None:
        # Remembered for the next view; the map that moved already shows it.
        self._state = replace(self._state, position=position)

    def on_changed(self, changes: Changes) -> None:
        if changes & Changes.PLANTINGS:
            self._count_registered()

    def _show(self, **fields: Any) -> None:
        self._state = replace(self._state, **fields)
        self.changed.emit(self._state)

    def _count_registered(self) -> None:
        self.services.tasks.query(
            _count_planted, self._on_registered, self._on_no_store, channel="registered"
        )

    def _load_ahead(self) -> None:
        """Only once the first answer is there: importing beside the first paint slows both."""
        warm_up, self._warm_up = self._warm_up, None
        if warm_up is not None:
            self.services.tasks.load(warm_up, lambda loaded: None)

    def _on_registered(self, trees: int) -> None:
        self._load_ahead()
        if trees != self._state.registered:
            self._show(registered=trees)

    def _on_no_store(self, error: Exception) -> None:
        """A store that cannot be read hides the registered count; the ledger stays readable."""
        self._load_ahead()


def _count_planted(store: Any) -> int:
    # On the store's thread: the journal it brings along takes its time.
    from db.participation.plantings import count_planted

    return count_planted(store)
