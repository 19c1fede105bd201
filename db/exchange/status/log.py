"""The log of exchanges 교환 기록: every attempt with its outcome, and the cause where it failed."""

from __future__ import annotations

import msgspec

from db.exchange.hub_trouble import HubTrouble
from db.problems import Problem
from db.refusals import Refused
from db.store.store import Store

KEPT = 2_000
"""Rows; older ones make room, but the last that went well."""
LAST_EXCHANGE = "last_exchange_us"
"""Meta key: when replies last came in from outside, in microseconds since 1970."""


class Exchange(msgspec.Struct, frozen=True, kw_only=True):
    """One attempt. `act` is read, write, or sync for both; `cause` is None when it went well."""

    number: int
    at_us: int
    carrier: str
    act: str
    place: str
    new: int
    known: int
    rejected: int
    cause: str | None
    ko: str | None
    en: str | None


_COLUMNS = "at_us, carrier, act, place, new, known, rejected, cause, ko, en"
_FORGET_ALIKE = (
    "DELETE FROM exchange WHERE number = (SELECT max(number) FROM exchange)"
    " AND carrier = ? AND act = ? AND place = ? AND cause IS ? AND new = 0"
)


def note(
    store: Store,
    carrier: str,
    act: str,
    place: str,
    *,
    new: int = 0,
    known: int = 0,
    rejected: int = 0,
    problem: Problem | None = None,
    cause: str | None = None,
    ko: str | None = None,
    en: str | None = None,
    repeats: bool = False,
) -> None:
    """Adds a row; a `problem` brings its own cause and words. Raises StorageUnavailable.

    What `repeats` every few minutes takes the place of an attempt before it that ended alike and
    moved nothing either, so that a quiet week does not drive out what is worth reading.
    """
    if problem is not None:
        cause, ko, en = _cause(problem), problem.ko, problem.en
    with store.change() as connection:
        if repeats and not new:
            connection.execute(_FORGET_ALIKE, (carrier, act, place[:400], cause))
        connection.execute(
            f"INSERT INTO exchange({_COLUMNS}) VALUES(?,?,?,?,?,?,?,?,?,?)",
            (
                store.clock(),
                carrier,
                act,
                place[:400],
                new,
                known,
                rejected,
                cause,
                ko and ko[:600],
                en and en[:600],
            ),
        )
        # The last one that went well stays, however many failed since: it says since when.
        connection.execute(
            "DELETE FROM exchange WHERE number <= (SELECT max(number) FROM exchange) - ?"
            " AND number <> coalesce((SELECT max(number) FROM exchange WHERE cause IS NULL), 0)",
            (KEPT,),
        )


def _cause(problem: Problem) -> str:
    if isinstance(problem, Refused):
        return problem.reason.value
    return problem.trouble.value if isinstance(problem, HubTrouble) else type(problem).__name__


def exchanges(store: Store, *, limit: int = 100, only_failed: bool = False) -> list[Exchange]:
    """The latest attempts, newest first."""
    condition = "WHERE cause IS NOT NULL" if only_failed else ""
    rows = store.rows(
        f"SELECT number, {_COLUMNS} FROM exchange {condition} ORDER BY number DESC LIMIT ?",
        (limit,),
    )
    return [Exchange(**dict(zip(Exchange.__struct_fields__, row, strict=True))) for row in rows]


def last_exchange(store: Store) -> int | None:
    """When replies last came in, microseconds since 1970, or None."""
    return store.meta_number(LAST_EXCHANGE)
