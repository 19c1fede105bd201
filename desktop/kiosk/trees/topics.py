"""Which view shows a topic of the tree ledger."""

from __future__ import annotations

from collections.abc import Callable

from desktop.kiosk.trees.benefits import TreesBenefitsView
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
from desktop.kiosk.trees.state import (
    APART,
    BENEFITS,
    CONFLICTS,
    DONGS,
    KINDS,
    MAP,
    MORE,
    OVERVIEW,
    PEOPLE,
    PROGRAMME,
    REMOVALS,
    SOURCES,
    YEARS,
    TreesState,
)
from desktop.kiosk.trees.topic_view import TopicView
from desktop.map.city import City
from desktop.theme.look import Look

TreesView = TopicView | TreesOverviewView | TreesMapView
PLAIN: dict[str, Callable[[Look], TopicView | TreesOverviewView]] = {
    OVERVIEW: TreesOverviewView,
    MORE: TreesMoreView,
    REMOVALS: TreesRemovalsView,
    CONFLICTS: TreesConflictsView,
    APART: TreesApartView,
    PEOPLE: TreesPeopleView,
    PROGRAMME: TreesProgrammeView,
    SOURCES: TreesSourcesView,
    BENEFITS: TreesBenefitsView,
}


def load_charts() -> None:
    """Import the charting library ahead of the first chart; safe on any thread."""
    # A fifth of a second that nobody should wait for on the way to the first frame.
    from desktop.charts.options import use_quiet_options

    use_quiet_options()


def make_trees_view(look: Look, state: TreesState, city: City) -> TreesView:
    """A new view for the topic of `state`, which does not show it yet."""
    if state.topic in (YEARS, KINDS, DONGS):
        # The charting library takes a fifth of a second: only who asks for a chart waits for it.
        from desktop.kiosk.trees.charts import TreesDongsView, TreesKindsView, TreesYearsView

        charts: dict[str, Callable[[Look], TopicView]] = {
            YEARS: TreesYearsView,
            KINDS: TreesKindsView,
            DONGS: TreesDongsView,
        }
        return charts[state.topic](look)
    if state.topic == MAP:
        return TreesMapView(look, state, city)
    return PLAIN[state.topic](look)
