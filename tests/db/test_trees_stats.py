"""The ledger's sums: what may be added is added once, everything else stays apart."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.catalogue import tree_totals
from db.catalogue.loading import load_catalogue
from db.records.programme import Sector
from db.records.trees import (
    CountBasis,
    DatePrecision,
    Planting,
    PlantingStatus,
    TreesFile,
)

LEDGER = load_catalogue().trees
DONGS = (None, "덕진동", "효자4동", "호성동 외 10개 동", "조촌동(도도동)", "우아동/대성동")


def planting(number: int, trees: int | None, **rest: object) -> Planting:
    values: dict[str, object] = {
        "id": f"x{number}",
        "place_ko": "곳",
        "place_en": "place",
        "species": (),
        "date": "2020",
        "date_precision": DatePrecision.YEAR,
        "sector": Sector.PUBLIC,
        "status": PlantingStatus.COMPLETED,
        "category": "공원",
        "source_id": "s",
        "trees": trees,
        "count_basis": CountBasis.WOODY_PLANTS,
    }
    return Planting(**(values | rest))  # type: ignore[arg-type]


@st.composite
def ledgers(draw: st.DrawFn) -> TreesFile:
    records = [
        planting(
            number,
            draw(st.none() | st.integers(0, 50_000)),
            status=draw(st.sampled_from(PlantingStatus)),
            sector=draw(st.sampled_from(Sector)),
            count_basis=draw(st.none() | st.sampled_from(CountBasis)),
            date=draw(st.sampled_from(("2017", "2018-11-13", "2020-05", "2026", "2031-01-01"))),
            category=draw(st.sampled_from(("공원", "가로수", "식목일"))),
            dong=draw(st.sampled_from(DONGS)),
            group=draw(st.sampled_from((None, None, "g1", "g2"))),
        )
        for number in range(draw(st.integers(0, 30)))
    ]
    return msgspec.structs.replace(LEDGER, plantings=tuple(records))


def test_the_press_itemises_61351_woody_plants_in_fourteen_records() -> None:
    assert tree_totals.confirmed_trees(LEDGER) == 61_351
    assert len(tree_totals.confirmed(LEDGER)) == 14


def test_the_lower_bound_agrees_with_the_running_sums_in_the_ledger() -> None:
    derived = [t for t in LEDGER.cumulative if t.derived and t.scope.startswith("LOWER BOUND")]
    running = 0
    by_end_of_year = {}
    for figure in tree_totals.by_year(LEDGER):
        running += figure.confirmed or 0
        by_end_of_year[figure.year] = running
    for total in derived:
        assert by_end_of_year[int(total.date[:4])] == total.trees


def test_the_only_official_total_is_the_statement_of_december_2018() -> None:
    total = tree_totals.official_total(LEDGER)
    assert total is not None
    assert (total.date, total.trees, total.approximate) == ("2018-12-20", 300_000, True)


def test_a_derived_total_is_never_shown_as_the_citys_own_however_late_it_is() -> None:
    total = tree_totals.official_total(LEDGER)
    assert total is not None
    later = msgspec.structs.replace(total, date="2026-10", trees=9_999_999, derived=True)
    ledger = msgspec.structs.replace(LEDGER, cumulative=(*LEDGER.cumulative, later))
    assert tree_totals.official_total(ledger) == total
    of_a_part = msgspec.structs.replace(later, derived=False, programme_total=False)
    ledger = msgspec.structs.replace(LEDGER, cumulative=(*LEDGER.cumulative, of_a_part))
    assert tree_totals.official_total(ledger) == total
    stated = msgspec.structs.replace(later, derived=False)
    ledger = msgspec.structs.replace(LEDGER, cumulative=(stated, *LEDGER.cumulative))
    assert tree_totals.official_total(ledger) == stated


def test_the_plan_is_told_with_its_first_split_and_says_that_another_exists() -> None:
    plan = tree_totals.plan(LEDGER)
    assert plan.split is not None
    assert (plan.trees, plan.split.public, plan.split.private) == (10_000_000, 6_000_000, 4_000_000)
    assert plan.splits == 2


def test_plans_gifts_mixed_counts_and_transplants_stay_apart() -> None:
    assert tree_totals.announced(LEDGER).trees == 30_426
    assert tree_totals.given(LEDGER).trees == 5_520
    assert tree_totals.mixed(LEDGER).trees == 15_800
    assert tree_totals.transplanted(LEDGER).trees == 360
    assert tree_totals.before_programme(LEDGER).trees == 518


def test_a_year_without_a_counted_record_is_unknown_and_not_zero() -> None:
    years = {figure.year: figure for figure in tree_totals.by_year(LEDGER)}
    assert years[2024].confirmed == 336
    assert years[2023].confirmed is None
    assert (years[2022].announced, years[2022].mixed) == (6_187, 4_224)


@pytest.mark.parametrize(
    ("dong", "trees", "whole"),
    [
        ("덕진동1가", 968, True),
        ("진북동", 1_200, False),
        ("효자동2가", 4_060, True),
        ("전미동1가", 2, True),
        ("교동", 0, False),
        ("호성동1가", 0, False),
    ],
)
def test_a_legal_dong_shows_what_reports_place_in_its_area(
    dong: str, trees: int, whole: bool
) -> None:
    figure = tree_totals.confirmed_in_dong(LEDGER, dong)
    assert (figure.trees, figure.whole) == (trees, whole)


def test_species_are_counted_by_records_and_never_by_trees() -> None:
    species = {share.key: share for share in tree_totals.by_species(LEDGER)}
    assert species["느티나무"].plantings == 6
    assert all(share.trees == 0 for share in species.values())


@given(ledgers())
def test_years_kinds_sectors_and_dongs_each_add_up_to_the_same_lower_bound(
    ledger: TreesFile,
) -> None:
    total = tree_totals.confirmed_trees(ledger)
    assert sum(figure.confirmed or 0 for figure in tree_totals.by_year(ledger)) == total
    divided = (tree_totals.by_category, tree_totals.by_sector, tree_totals.by_dong)
    for shares in (by(ledger) for by in divided):
        assert sum(share.trees for share in shares) == total
        assert sum(share.plantings for share in shares) == len(tree_totals.confirmed(ledger))


@given(ledgers())
def test_no_record_is_both_counted_and_kept_apart(ledger: TreesFile) -> None:
    counted = {p.id for p in tree_totals.confirmed(ledger)}
    assert len(counted) == len(tree_totals.confirmed(ledger))
    kept_apart = (
        tree_totals.announced, tree_totals.given, tree_totals.mixed, tree_totals.transplanted,
    )  # fmt: skip
    for apart in kept_apart:
        assert counted.isdisjoint(p.id for p in apart(ledger).records)


@given(ledgers())
def test_a_group_is_counted_once(ledger: TreesFile) -> None:
    groups = [p.group for p in tree_totals.confirmed(ledger) if p.group is not None]
    assert len(groups) == len(set(groups))


@given(ledgers(), st.integers(1, 1_000))
def test_one_more_counted_planting_raises_the_bound_by_exactly_its_trees(
    ledger: TreesFile, trees: int
) -> None:
    more = msgspec.structs.replace(
        ledger, plantings=(*ledger.plantings, planting(999, trees, group=None))
    )
    assert tree_totals.confirmed_trees(more) == tree_totals.confirmed_trees(ledger) + trees
