"""Attract: real facts, one project at a time, and control over what moves."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from db.catalogue.loading import load_catalogue
from desktop.kiosk.attract.intents import AttractIntent
from desktop.kiosk.attract.presenter import AttractPresenter
from desktop.kiosk.shell.routes import ToAttract

CATALOGUE = load_catalogue(None)


@pytest.fixture
def attract(qtbot: QtBot) -> AttractPresenter:
    presenter = AttractPresenter()
    presenter.show_catalogue(CATALOGUE, "lib-geumam", str.upper)
    return presenter


def test_before_the_catalogue_is_read_nothing_is_invented(qtbot: QtBot) -> None:
    state = AttractPresenter().state
    assert (state.plan, state.project, state.site_ko) == (None, None, "")


def test_the_figure_is_the_official_plan_with_its_split(attract: AttractPresenter) -> None:
    state = attract.state
    assert (state.plan, state.public, state.private) == (10_000_000, 6_000_000, 4_000_000)
    assert state.period == ("2018-07", "2026-06")


def test_a_garden_comes_first_and_every_theme_before_a_second_of_one(
    attract: AttractPresenter,
) -> None:
    themes = []
    placed = {str(p.theme) for p in CATALOGUE.projects if p.lat is not None}
    for _ in placed:
        assert attract.state.project is not None
        themes.append(attract.state.project.theme)
        attract.do(AttractIntent.NEXT)
    assert themes[0] == "garden"
    assert set(themes) == placed


def test_next_and_previous_lead_back_to_the_same_project(attract: AttractPresenter) -> None:
    first = attract.state.project
    attract.do(AttractIntent.NEXT)
    assert attract.state.project != first
    attract.do(AttractIntent.PREVIOUS)
    assert attract.state.project == first


def test_pause_stops_what_changes_by_itself_and_leaving_does_too(
    attract: AttractPresenter,
) -> None:
    attract.enter(ToAttract())
    assert attract._timer.isActive()
    attract.do(AttractIntent.PAUSE)
    assert not attract._timer.isActive()
    attract.do(AttractIntent.PAUSE)
    assert attract._timer.isActive()
    attract.leave()
    assert not attract._timer.isActive()


def test_with_reduced_motion_nothing_moves_by_itself(qtbot: QtBot) -> None:
    still = AttractPresenter(still=True)
    still.enter(ToAttract())
    assert not still._timer.isActive()
