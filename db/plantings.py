"""Plantings residents register themselves 나도 심었어요: pending until the city confirms them."""

from __future__ import annotations

from typing import Any

import msgspec

from db.journal import append
from db.personal_data import refuse_registration_numbers
from db.problems import InputRefused
from db.projections import NOT_SUPERSEDED, PLANTING
from db.receipts import Receipt, draw_receipt, new_draft, receipt_for
from db.records.feedback import PlantingBody
from db.store import Store
from db.writing import clean_text


class NewPlanting(msgspec.Struct, frozen=True, kw_only=True):
    """Trees somebody planted: what, how many (1 to 1,000), when (YYYY[-MM[-DD]]) and where."""

    species: str
    trees: int
    planted_on: str | None = None
    dong: str | None = None
    lat: float | None = None
    lon: float | None = None
    site: str | None = None
    language: str = "ko"


class PlantingRow(msgspec.Struct, frozen=True, kw_only=True):
    device: str
    seq: int
    id: str
    species: str
    trees: int
    planted_on: str | None
    dong: str | None
    lat: float | None
    lon: float | None
    site: str | None
    at_us: int
    erased: bool


def register_planting(store: Store, new: NewPlanting) -> Receipt:
    """Registers trees a resident planted. Raises InputRefused, StorageUnavailable."""
    species = clean_text(new.species, "species")
    refuse_registration_numbers(species, "species")
    plain: dict[str, Any] = msgspec.structs.asdict(new) | {"species": species}
    try:
        body = msgspec.convert(plain, PlantingBody)
    except msgspec.ValidationError as error:
        raise InputRefused(
            str(error).rpartition("$.")[2].rstrip("`") or "planting",
            f"식재의 값이 정해진 꼴이 아닙니다({error}).",
            f"a value of the planting has the wrong form ({error}).",
        ) from error
    draft = new_draft(store)
    with store.change() as connection:
        drawn = draw_receipt(store, draft)
        event = append(store, connection, PLANTING, "planting", body, id=draft, receipt=drawn.key)
    return receipt_for(drawn, event)


def list_plantings(store: Store, *, limit: int = 1000) -> tuple[PlantingRow, ...]:
    """Registered plantings whose contents were not erased, newest first."""
    return find_plantings(store, "erased = 0", limit=limit)


def find_plantings(
    store: Store, condition: str, *values: int | bytes, limit: int = 8
) -> tuple[PlantingRow, ...]:
    """Plantings that meet an SQL condition on their table, newest first."""
    rows = store.rows(
        "SELECT device, seq, id, species, trees, planted_on, dong, lat, lon, site, at_us, erased"
        f" FROM planting f WHERE {condition} AND {NOT_SUPERSEDED} ORDER BY rowid DESC LIMIT ?",
        (*values, limit),
    )
    return tuple(
        PlantingRow(
            device=row[0],
            seq=row[1],
            id=row[2].hex(),
            species=row[3],
            trees=row[4],
            planted_on=row[5],
            dong=row[6],
            lat=row[7],
            lon=row[8],
            site=row[9],
            at_us=row[10],
            erased=bool(row[11]),
        )
        for row in rows
    )


def count_planted(store: Store) -> int:
    """Trees residents registered here, none of them confirmed by the city yet."""
    found = store.row(
        f"SELECT coalesce(sum(trees), 0) FROM planting f WHERE erased = 0 AND {NOT_SUPERSEDED}"
    )
    return int(found[0]) if found else 0
