"""What an administrator may mean on the audit."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from db.records.officers import ActKind


class Verify(Struct, frozen=True):
    pass


class NarrowActs(Struct, frozen=True):
    """None: all of them."""

    act: ActKind | None


class NarrowOfficer(Struct, frozen=True):
    name: str | None


class FindActs(Struct, frozen=True):
    words: str


class ExportActs(Struct, frozen=True):
    file: Path


AuditIntent = Verify | NarrowActs | NarrowOfficer | FindActs | ExportActs
