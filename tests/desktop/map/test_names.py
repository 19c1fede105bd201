from __future__ import annotations

from math import dist, hypot

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRectF
from PySide6.QtGui import QFontMetricsF

from desktop.map.city import City
from desktop.map.name_candidates import name_candidates
from desktop.map.names import DONG, LANDMARK, WATER, Candidate, PlacedName, place_names
from desktop.map.projection import to_world
from desktop.map.viewport import MapPosition, Viewport
from desktop.theme.look import Look
from desktop.theme.type import Role
from tests.desktop.map.conftest import HERE

AREA = QRectF(0, 0, 1000, 700)
FURTHEST, GAP = 60, 7
CANDIDATES = st.lists(
    st.builds(
        lambda x, y, width, kind: (x, y, width, kind),
        st.floats(-50, 1050),
        st.floats(-50, 750),
        st.floats(40, 260),
        st.sampled_from([WATER, LANDMARK, DONG]),
    ),
    max_size=40,
).map(
    lambda found: [
        Candidate(str(i), f"이름{i}", kind, ((x, y),), width, 40, dot=kind == LANDMARK)
        for i, (x, y, width, kind) in enumerate(found)
    ]
)
BLOCKS = st.lists(
    st.builds(QRectF, st.floats(0, 900), st.floats(0, 600), st.floats(20, 200), st.floats(20, 100)),
    max_size=6,
)


def placed(candidates: list[Candidate], blocked: list[QRectF]) -> list[PlacedName]:
    return place_names(candidates, blocked, AREA, FURTHEST, GAP)


@given(CANDIDATES, BLOCKS)
def test_names_never_overlap_each_other_a_mark_or_the_edge(
    candidates: list[Candidate], blocked: list[QRectF]
) -> None:
    names = placed(candidates, blocked)
    for i, name in enumerate(names):
        assert AREA.contains(name.rect)
        assert not any(name.rect.intersects(block) for block in blocked)
        assert not any(name.rect.intersects(other.rect) for other in names[i + 1 :])


@given(CANDIDATES, BLOCKS)
def test_the_dot_beside_a_name_lies_under_nothing(
    candidates: list[Candidate], blocked: list[QRectF]
) -> None:
    names = placed(candidates, blocked)
    for dotted in (name for name in names if name.dot):
        others = [name.rect for name in names if name is not dotted]
        assert not any(rect.contains(*dotted.anchor) for rect in (*blocked, *others))


def test_a_landmark_whose_dot_would_lie_under_a_button_is_not_named() -> None:
    beside = Candidate("a", "도서관", LANDMARK, ((500, 300),), 100, 40, dot=True)
    # Left of it there would be room for the name.
    button = QRectF(497, 290, 200, 20)
    assert placed([beside], [button]) == []
    earlier = Candidate("w", "물", WATER, ((500, 300),), 60, 10)
    assert [name.key for name in placed([beside, earlier], [])] == ["w"]


def test_a_later_name_leaves_the_dot_in_sight() -> None:
    landmark = Candidate("a", "도서관", LANDMARK, ((500, 300),), 100, 40, dot=True)
    dong = Candidate("d", "동", DONG, ((500, 308),), 30, 16)
    both = placed([landmark, dong], [])
    assert [name.key for name in both] == ["a", "d"]
    assert not both[1].rect.contains(*both[0].anchor)


@given(CANDIDATES)
def test_a_name_stays_near_its_point(candidates: list[Candidate]) -> None:
    for name in placed(candidates, []):
        centre = name.rect.center()
        away = hypot(centre.x() - name.anchor[0], centre.y() - name.anchor[1])
        beside = name.rect.width() / 2 if name.dot else 0
        assert away <= FURTHEST + beside + GAP * 2


def test_water_is_named_before_a_dong() -> None:
    both = [
        Candidate("d", "동", DONG, ((500, 300),), 900, 600),
        Candidate("w", "물", WATER, ((500, 300),), 900, 600),
    ]
    assert [name.key for name in placed(both, [])] == ["w"]


def test_a_name_moves_aside_rather_than_vanish() -> None:
    name = Candidate("a", "동", DONG, ((500, 300),), 100, 40)
    (found,) = placed([name], [QRectF(450, 280, 100, 40)])
    assert found.rect.center().y() != 300


def test_a_name_that_may_not_roam_is_dropped() -> None:
    name = Candidate("a", "동", DONG, ((500, 300),), 100, 40, roam=5)
    assert placed([name], [QRectF(450, 280, 100, 40)]) == []


def test_the_name_of_a_stream_stands_where_no_other_stream_is_near(look: Look, city: City) -> None:
    """Where the two rivers meet a name could mean either."""
    view = Viewport.at(MapPosition(*to_world(*HERE)), 1100, 650, 1.0)
    metrics = {bold: QFontMetricsF(look.font(Role.BODY, bold)) for bold in (False, True)}
    found = {
        each.text: each.points[0]
        for each in name_candidates(look, city, view, (), metrics)
        if each.kind == WATER and each.points
    }
    assert {"전주천", "삼천"} <= set(found)
    assert dist(found["전주천"], found["삼천"]) > 150
