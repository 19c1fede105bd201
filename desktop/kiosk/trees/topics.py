"""Which view shows a topic of the tree ledger."""

from __future__ import annotations

from collections.abc import Callable

from desktop.kiosk.shell.routes import TreesTopic
from desktop.kiosk.trees.benefits import TreesBenefitsView
from desktop.kiosk.trees.intents import TreesIntent
from desktop.kiosk.trees.overview import TreesOverviewView
from desktop.kiosk.trees.people import TreesPeopleView, TreesSourcesView
from desktop.kiosk.trees.programme import TreesProgrammeView
from desktop.kiosk.trees.records import (
    TreesApartView,
    TreesConflictsView,
    TreesMoreView,
    TreesRemovalsView,
)
from desktop.kiosk.trees.site_map import TreesMapView
from desktop.kiosk.trees.state import TreesState
from desktop.map.city import City
from desktop.theme.look import Look
from desktop.widgets.screen import Screen

TreesView = Screen[TreesState, TreesIntent]
PLAIN: dict[TreesTopic, Callable[[Look], TreesView]] = {
    TreesTopic.OVERVIEW: TreesOverviewView,
    TreesTopic.MORE: TreesMoreView,
    TreesTopic.REMOVALS: TreesRemovalsView,
    TreesTopic.CONFLICTS: TreesConflictsView,
    TreesTopic.APART: TreesApartView,
    TreesTopic.PEOPLE: TreesPeopleView,
    TreesTopic.PROGRAMME: TreesProgrammeView,
    TreesTopic.SOURCES: TreesSourcesView,
    TreesTopic.BENEFITS: TreesBenefitsView,
}


def load_charts() -> None:
    """Import the charting library ahead of the first chart; safe on any thread."""
    # A fifth of a second that nobody should wait for on the way to the first frame.
    from desktop.charts.options import use_quiet_options

    use_quiet_options()


def make_trees_view(look: Look, state: TreesState, city: City) -> TreesView:
    """A new view for the topic of `state`, which does not show it yet."""
    if state.topic in (TreesTopic.YEARS, TreesTopic.KINDS, TreesTopic.DONGS):
        # The charting library takes a fifth of a second: only who asks for a chart waits for it.
        from desktop.kiosk.trees.charts import TreesDongsView, TreesKindsView, TreesYearsView

        charts: dict[TreesTopic, Callable[[Look], TreesView]] = {
            TreesTopic.YEARS: TreesYearsView,
            TreesTopic.KINDS: TreesKindsView,
            TreesTopic.DONGS: TreesDongsView,
        }
        return charts[state.topic](look)
    if state.topic is TreesTopic.MAP:
        return TreesMapView(look, state, city)
    return PLAIN[state.topic](look)
