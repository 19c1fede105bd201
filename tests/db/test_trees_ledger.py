"""The tree ledger that ships with the program says everything in both languages."""

from __future__ import annotations

import re

from db.catalogue.loading import load_catalogue
from db.records.programme import Noted

LEDGER = load_catalogue().trees
HANGUL = re.compile("[가-힣]")


def noted() -> list[Noted]:
    p = LEDGER.programme
    return [
        *p.target_split,
        *p.subtargets,
        *p.budget,
        *p.garden_targets,
        *LEDGER.cumulative,
        *LEDGER.annual,
        *LEDGER.plantings,
        *LEDGER.removals,
        *LEDGER.participation,
        *LEDGER.benefits,
        *LEDGER.conflicts,
    ]


def test_the_ledger_holds_every_record_that_was_gathered() -> None:
    assert len(LEDGER.plantings) == 83
    assert len(LEDGER.removals) == 6
    assert len(LEDGER.sources) == 117
    assert len(LEDGER.benefits) == 17
    assert sum(1 for p in LEDGER.plantings if p.lat is not None) == 61


def test_every_remark_is_said_in_korean_and_in_english() -> None:
    for record in noted():
        korean, english = record.remark("ko"), record.remark("en")
        assert bool(korean) == bool(english), record
        assert not korean or HANGUL.search(korean), korean


def test_no_remark_shown_names_the_ids_of_our_own_records() -> None:
    ids = [*LEDGER.sources, *(p.id for p in LEDGER.plantings)]
    for record in noted():
        for language in ("ko", "en"):
            words = record.remark(language).split()
            assert not set(ids).intersection(word.strip("().,;:") for word in words), record


def test_every_fact_place_kind_and_unit_has_both_languages() -> None:
    p = LEDGER.programme
    facts = [each.fact_ko for each in (*p.organisation, *p.after_2022)]
    for fact in (*facts, *(air.fact_ko for air in p.air_and_heat_context)):
        assert fact and HANGUL.search(fact)
    for planting in LEDGER.plantings:
        assert planting.category_ko and planting.category_en
        assert len(planting.species) == len(planting.species_en)
        assert (planting.dong is None) == (planting.dong_en is None)
        assert (planting.lat is None) == (planting.location_basis_ko is None)
        assert not HANGUL.search(planting.category_en + (planting.dong_en or ""))
    for removal in LEDGER.removals:
        assert removal.action_ko and removal.place_en
        assert len(removal.species) == len(removal.species_en)
    for entry in LEDGER.participation:
        assert entry.kind_en and (entry.unit is None) == (entry.unit_ko is None)
    for benefit in LEDGER.benefits:
        assert benefit.metric_ko and benefit.unit_ko and benefit.basis_ko
        if isinstance(benefit.value, dict):
            assert (
                set(benefit.value) == set(benefit.labels_ko or ()) == set(benefit.labels_en or ())
            )
    assert len(LEDGER.gaps) == len(LEDGER.gaps_ko)


def test_numbers_in_korean_remarks_are_those_of_the_english_ones() -> None:
    """A spot check that a slip of the pen in a translation would fail."""
    for planting in LEDGER.plantings:
        korean = re.sub(r"(?<=\d),(?=\d)", "", planting.remark("ko"))
        for figure in re.findall(r"\d[\d,]*\d", planting.remark("en")):
            plain = figure.replace(",", "")
            if planting.trees is not None and plain == str(planting.trees):
                assert plain in korean, (planting.id, plain)
