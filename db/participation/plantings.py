"""Plantings residents register themselves 나도 심었어요: pending until the city confirms them."""

from __future__ import annotations

import msgspec

from db.participation.issue_receipt import Receipt, draw_receipt, new_draft, receipt_for
from db.privacy.personal_data import refuse_registration_numbers
from db.problems import InputRefused
from db.receipts.code import code_number
from db.records.event_kinds import PLANTING
from db.records.feedback import PlantingBody
from db.store.events import Contents, Event
from db.store.journal import append, read
from db.store.projections import NOT_SUPERSEDED, decode
from db.store.sound import READ
from db.store.store import Store
from db.text import clean_text


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
    code: int | None = None
    """The number of its receipt's code."""


def register_planting(store: Store, new: NewPlanting) -> Receipt:
    """Registers trees a resident planted. Raises InputRefused, StorageUnavailable."""
    species = clean_text(new.species, "species")
    if not species:
        raise InputRefused(
            "species",
            "무슨 나무인지 보이는 글자로 적어야 합니다.",
            "a planting needs the name of its tree, in letters that are seen.",
        )
    refuse_registration_numbers(species, "species")
    plain = msgspec.structs.asdict(new) | {"species": species}
    try:
        body = msgspec.convert(plain, PlantingBody)
    except msgspec.ValidationError as error:
        raise InputRefused(
            str(error).rpartition("$.")[2].rstrip("`") or "planting",
            "식재의 값이 정해진 꼴이 아닙니다.",
            f"a value of the planting has the wrong form ({error}).",
        ) from error
    draft = new_draft(store)
    with store.change() as connection:
        drawn = draw_receipt(store, draft)
        event = append(store, connection, PLANTING, "planting", body, id=draft, receipt=drawn.key)
    return receipt_for(drawn, event)


def list_plantings(store: Store, *, limit: int = 1000) -> tuple[PlantingRow, ...]:
    """Registered plantings whose contents were not erased, newest first."""
    found = find_plantings(store, "f.erased = 0", limit=limit)
    return tuple(planting for planting in found if not planting.erased)


def find_plantings(
    store: Store, condition: str, *values: int | bytes, limit: int
) -> tuple[PlantingRow, ...]:
    """Plantings that meet an SQL condition on their table, newest first."""
    rows = store.rows(
        f"SELECT {READ} FROM planting f JOIN event e ON e.device = f.device AND e.seq = f.seq"
        f" WHERE {condition} AND {NOT_SUPERSEDED} ORDER BY f.rowid DESC LIMIT ?",
        (*values, limit),
    )
    pairs = [read(store.connection, row) for row in rows]
    return tuple(_row(*pair) for pair in pairs if pair is not None and pair[0].kind == PLANTING)


def _row(event: Event, contents: Contents) -> PlantingRow:
    body = decode(contents.body, PlantingBody)
    return PlantingRow(
        device=event.device,
        seq=event.seq,
        id=event.id.hex(),
        species=body.species if body else "",
        trees=body.trees if body else 0,
        planted_on=body.planted_on if body else None,
        dong=body.dong if body else None,
        lat=body.lat if body else None,
        lon=body.lon if body else None,
        site=body.site if body else None,
        at_us=event.at_us,
        erased=body is None,
        code=code_number(event.receipt) if event.receipt else None,
    )


def count_planted(store: Store) -> int:
    """Trees residents registered here, none of them confirmed by the city yet."""
    return sum(each.trees for each in list_plantings(store, limit=-1))
