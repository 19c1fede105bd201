from __future__ import annotations

import random
from math import hypot
from statistics import fmean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.map.clusters import Group, Spacing, Spot, group

SPACING = Spacing(merge=90, apart=112, from_here=80, from_pin=84, pin_lift=36)
COORDINATES = st.floats(0, 1500)
SPOTS = st.lists(st.tuples(COORDINATES, COORDINATES), max_size=60).map(
    lambda points: [Spot(f"p{i}", x, y) for i, (x, y) in enumerate(points)]
)


def flowers(groups: tuple[Group, ...]) -> list[Group]:
    return [g for g in groups if not g.alone]


@given(SPOTS)
def test_every_pin_is_in_exactly_one_mark(spots: list[Spot]) -> None:
    members = [ident for g in group(spots, SPACING) for ident in g.members]
    assert sorted(members) == sorted(spot.ident for spot in spots)


@given(SPOTS, st.randoms(use_true_random=False))
def test_the_order_of_pins_does_not_matter(spots: list[Spot], order: random.Random) -> None:
    shuffled = list(spots)
    order.shuffle(shuffled)
    assert group(shuffled, SPACING) == group(spots, SPACING)


@given(SPOTS)
def test_no_two_flowers_stand_nearer_than_they_should(spots: list[Spot]) -> None:
    found = flowers(group(spots, SPACING))
    for i, one in enumerate(found):
        for other in found[i + 1 :]:
            assert hypot(one.x - other.x, one.y - other.y) >= SPACING.apart - 1


@given(SPOTS)
def test_a_pin_that_stands_alone_stands_on_its_ground(spots: list[Spot]) -> None:
    where = {spot.ident: (spot.x, spot.y) for spot in spots}
    for g in group(spots, SPACING):
        if g.alone:
            assert (g.x, g.y) == where[g.members[0]]


@given(SPOTS)
def test_pins_closer_than_the_merging_distance_share_a_flower(spots: list[Spot]) -> None:
    alone = [g for g in group(spots, SPACING) if g.alone]
    for i, one in enumerate(alone):
        for other in alone[i + 1 :]:
            assert hypot(one.x - other.x, one.y - other.y) >= SPACING.merge - 0.001


@given(SPOTS)
def test_a_flower_stands_in_the_middle_of_its_pins(spots: list[Spot]) -> None:
    assert_in_the_middle(spots)


def test_a_flower_of_flowers_stands_in_the_middle_of_all_their_pins() -> None:
    chance = random.Random(7)
    crowd = [
        Spot(f"p{i}", chance.uniform(0, 600), chance.uniform(0, 600) ** 2 / 600) for i in range(150)
    ]
    assert_in_the_middle(crowd)


def assert_in_the_middle(spots: list[Spot]) -> None:
    where = {spot.ident: (spot.x, spot.y) for spot in spots}
    untouched = Spacing(merge=90, apart=0, from_here=0, from_pin=0, pin_lift=0)
    for g in group(spots, untouched):
        xs, ys = zip(*(where[ident] for ident in g.members), strict=True)
        assert (g.x, g.y) == pytest.approx((fmean(xs), fmean(ys)), abs=0.01)


def test_pins_at_one_place_become_one_flower() -> None:
    (only,) = group([Spot(str(i), 10, 10) for i in range(3)], SPACING)
    assert only.members == ("0", "1", "2")


def test_a_flower_makes_room_for_here() -> None:
    spots = [Spot("a", 100, 100), Spot("b", 120, 100)]
    (flower,) = group(spots, SPACING, here=[(110, 100)])
    assert hypot(flower.x - 110, flower.y - 100) >= SPACING.from_here - 0.5


def test_no_pins_are_no_marks() -> None:
    assert group([], SPACING) == ()
