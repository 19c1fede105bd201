"""The tree ledger's screens: an overview and its topics, all under the route `trees`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, assert_never

from desktop.background.tasks import Changes
from desktop.kiosk.shell.intents import MoveMap
from desktop.kiosk.shell.routes import ToPlanted, ToTrees, TreesTopic
from desktop.kiosk.shell.screen import Presenter, Services
from desktop.kiosk.trees.intents import ChooseTopicTab, OpenTopic, Register, ShowSite, TreesIntent
from desktop.kiosk.trees.state import TopicTab, TreesState, figures_of, first_tab

if TYPE_CHECKING:
    from db.store.store import Store


class TreesPresenter(Presenter[TreesState, TreesIntent, ToTrees]):
    """`warm_up` loads what the charts need; it runs on the worker thread once a screen stands."""

    def __init__(self, services: Services, warm_up: Callable[[], object] | None = None) -> None:
        super().__init__(services)
        self._warm_up = warm_up
        ledger = services.catalogue.trees
        site = services.catalogue.landmark_by_id.get(services.settings.site)
        here = (site.lat, site.lon) if site else None
        self._state = TreesState(TreesTopic.OVERVIEW, ledger, figures_of(ledger), here=here)
        self._tabs: dict[TreesTopic, TopicTab | None] = {}
        services.tasks.changed.connect(self.on_changed)

    def enter(self, route: ToTrees) -> None:
        tab = self._tabs.get(route.topic, first_tab(route.topic))
        self._show(replace(self._state, topic=route.topic, tab=tab))
        self._count_registered()

    def wipe(self) -> None:
        self._tabs.clear()
        self._state = replace(
            self._state, topic=TreesTopic.OVERVIEW, tab=None, selected=None, position=None
        )

    def do(self, intent: TreesIntent) -> None:
        match intent:
            case OpenTopic(topic):
                self.go.emit(ToTrees(topic))
            case Register():
                self.go.emit(ToPlanted())
            case ChooseTopicTab(tab):
                self._tabs[self._state.topic] = tab
                self._show(replace(self._state, tab=tab, selected=None))
            case ShowSite(planting):
                known = any(p.id == planting for p in self._state.ledger.plantings)
                self._show(replace(self._state, selected=planting if known else None))
            case MoveMap(position):
                self._state = replace(self._state, position=position)
            case _:
                assert_never(intent)

    def on_changed(self, changes: Changes) -> None:
        if changes & Changes.PLANTINGS:
            self._count_registered()

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
            self._show(replace(self._state, registered=trees))

    def _on_no_store(self, error: Exception) -> None:
        """A store that cannot be read hides the registered count; the ledger stays readable."""
        self._load_ahead()


def _count_planted(store: Store) -> int:
    # On the store's thread: the journal it brings along takes its time.
    from db.participation.plantings import count_planted

    return count_planted(store)
