from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop import i18n
from desktop.kiosk.map.intents import (
    ChooseStatus,
    ChooseTheme,
    ClearFilters,
    ListDong,
    ListGroup,
    OpenDong,
    SendDongFeedback,
    TurnArrows,
)
from desktop.kiosk.map.presenter import MapPresenter
from desktop.kiosk.map.state import MapState, Panel
from desktop.kiosk.shell.intents import MoveMap, OpenProject, TypeQuery
from desktop.kiosk.shell.routes import Route, ToFeedback, ToProject
from desktop.map.from_records import pins_of
from desktop.map.viewport import MapPosition
from desktop.theme.shapes import STATUS_ICONS, THEME_ICONS
from tests.desktop.kiosk.map_stage_kit import facts, map_look, presenter, the_city

THEMES = st.sampled_from(["", *THEME_ICONS])
STATUSES = st.sampled_from(["", *STATUS_ICONS])
QUERIES = st.sampled_from(
    ["", "ㄷㅈㄱㅇ", "전주", "도서관", "library", "덕진동1가", "없는 이름", "ㅈ"]
)


@pytest.fixture
def made(qapp: object) -> Iterator[MapPresenter]:
    yield presenter()
    i18n.use_language("ko")


def ids(projects: tuple[object, ...]) -> list[str]:
    return [p.id for p in projects]  # type: ignore[attr-defined]


def dong_code(name: str) -> str:
    dong = the_city().dong_named(name)
    assert dong is not None
    return dong.code


def test_every_project_is_on_the_map_or_on_the_shelf(made: MapPresenter) -> None:
    state = made.state
    assert len(state.listing) == 65 and len(state.city_wide) == 17
    assert sorted(ids(state.listing) + ids(state.city_wide)) == sorted(ids(facts().projects))


@given(THEMES, STATUSES, QUERIES)
def test_list_and_map_show_the_same_projects_in_the_same_order(
    theme: str, status: str, query: str
) -> None:
    made = presenter()
    made.do(ChooseTheme(theme or None))
    made.do(ChooseStatus(status or None))
    made.do(TypeQuery(query))
    state = made.state
    assert [pin.ident for pin in pins_of(map_look(), state.listing)] == ids(state.rows)
    for project in (*state.listing, *state.city_wide):
        assert not theme or project.theme == theme
        assert not status or project.status == status


@given(THEMES, STATUSES)
def test_filters_take_away_and_never_add(theme: str, status: str) -> None:
    made = presenter()
    before = set(ids(made.state.listing) + ids(made.state.city_wide))
    made.do(ChooseTheme(theme or None))
    made.do(ChooseStatus(status or None))
    assert set(ids(made.state.listing) + ids(made.state.city_wide)) <= before
    made.do(ClearFilters())
    assert set(ids(made.state.listing) + ids(made.state.city_wide)) == before
    assert not made.state.filtered


def test_chosung_finds_deokjin_park(made: MapPresenter) -> None:
    made.do(TypeQuery("ㄷㅈㄱㅇ"))
    assert made.state.listing[0].name_ko.startswith("덕진공원")
    assert len(made.state.listing) < 20


def test_the_nearest_project_comes_first(made: MapPresenter) -> None:
    metres = [made.state.metres[p.id] for p in made.state.listing]
    assert metres == sorted(metres)
    assert made.state.listing[0].name_ko.startswith("금암도서관")


def test_without_a_site_the_list_goes_by_name() -> None:
    made = presenter(site="")
    names = [p.name_ko for p in made.state.listing]
    assert names == sorted(names) and made.state.here is None


def test_a_chosen_project_stays_marked_and_is_opened(made: MapPresenter) -> None:
    went: list[Route] = []
    made.go.connect(went.append)
    ident = made.state.listing[3].id
    made.do(OpenProject(ident))
    assert went == [ToProject(ident)]
    assert made.state.selected == ident


def test_a_dong_tells_its_projects_and_its_confirmed_plantings(made: MapPresenter) -> None:
    made.do(OpenDong(dong_code("덕진동1가")))
    dong = made.state.dong
    assert dong is not None and made.state.panel is Panel.DONG
    assert (len(dong.projects), dong.sites, dong.trees) == (10, 3, 968)
    assert made.state.rows == dong.projects


def test_a_dong_no_report_names_says_so_instead_of_zero(made: MapPresenter) -> None:
    made.do(OpenDong(dong_code("석구동")))
    assert made.state.dong is not None and made.state.dong.trees is None


def test_a_planting_in_several_dongs_is_claimed_by_none(made: MapPresenter) -> None:
    made.do(OpenDong(dong_code("호성동2가")))
    assert made.state.dong is not None and made.state.dong.sites == 0


def test_feedback_on_a_dong_carries_its_name(made: MapPresenter) -> None:
    went: list[Route] = []
    made.go.connect(went.append)
    made.do(OpenDong(dong_code("교동")))
    made.do(SendDongFeedback())
    assert went == [ToFeedback(dong="교동")]


def test_back_closes_what_was_opened_before_it_leaves(made: MapPresenter) -> None:
    left: list[bool] = []
    made.back.connect(lambda: left.append(True))
    made.do(OpenDong(dong_code("덕진동1가")))
    made.do(ListDong())
    made.on_back()
    assert (made.state.panel, left) == (Panel.DONG, [])
    made.on_back()
    assert made.state.panel is Panel.LIST and made.state.dong is None and not left
    made.on_back()
    assert left == [True]


def test_the_map_goes_back_to_where_it_was_before_a_dong(made: MapPresenter) -> None:
    before = MapPosition(100, 200, 0.1)
    made.do(MoveMap(before))
    made.do(OpenDong(dong_code("교동")))
    made.do(MoveMap(MapPosition(5, 5, 0.5)))
    made.do(OpenDong(dong_code("전동")))
    assert made.state.return_to == before


def test_pins_at_one_place_are_listed_by_themselves(made: MapPresenter) -> None:
    two = tuple(ids(made.state.listing)[4:6])
    made.do(ListGroup(two))
    assert made.state.panel is Panel.GROUP and ids(made.state.rows) == list(two)


@pytest.mark.parametrize("letter", ["가", "👨‍👩‍👧", "🇰🇷", "ᄒᆞᆫ"])
def test_a_long_query_ends_with_a_whole_letter(made: MapPresenter, letter: str) -> None:
    made.do(TypeQuery(letter * 61))
    assert made.state.query == letter * 60


def test_the_end_of_a_visit_leaves_nothing_of_it(made: MapPresenter) -> None:
    fresh = made.state
    made.do(TypeQuery("비밀"))
    made.do(ChooseTheme("garden"))
    made.do(TurnArrows(True))
    made.do(MoveMap(MapPosition(1, 2, 0.3)))
    made.do(OpenProject(facts().projects[1].id))
    made.wipe()
    assert made.state == fresh


def test_a_paste_of_megabytes_is_cut_to_a_name(made: MapPresenter) -> None:
    made.do(TypeQuery("덕" * 10_000_000))
    assert len(made.state.query) == 60 and isinstance(made.state, MapState)
