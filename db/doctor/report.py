"""What the doctor reports. Other tools read it as JSON: a field is added, never renamed or dropped.

What could not be looked at is UNSET, and then no line of the JSON at all.
"""

from __future__ import annotations

import msgspec
from msgspec import UNSET, UnsetType

from db.problems import Problem


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """One thing to know: which part, and what to do about it, in both languages."""

    part: str
    ko: str
    en: str


class Notes:
    """Collects what the parts of an examination found."""

    def __init__(self) -> None:
        self.troubles: list[Finding] = []
        self.warnings: list[Finding] = []

    def trouble(self, part: str, ko: str, en: str) -> None:
        self.troubles.append(Finding(part=part, ko=ko, en=en))

    def warning(self, part: str, ko: str, en: str) -> None:
        self.warnings.append(Finding(part=part, ko=ko, en=en))

    def problem(self, part: str, problem: Problem) -> None:
        self.trouble(part, problem.ko, problem.en)


class Unread(msgspec.Struct, frozen=True):
    """In the place of what could not be read: an empty object."""


class Versions(msgspec.Struct, frozen=True, kw_only=True):
    """The program and what it stands on; a package that is not installed has none."""

    program: str
    python: str
    system: str
    sqlite: str
    sqlite_needed: str
    packages: dict[str, str | None]


class UnseenNotice(msgspec.Struct, frozen=True, kw_only=True):
    """A notice that nobody at the operator's screen has seen yet."""

    number: int
    at_us: int
    kind: str
    ko: str
    en: str


class RottenRow(msgspec.Struct, frozen=True, kw_only=True):
    """A row beside the journal that rotted; one that cannot be mended is left to a person."""

    where: str
    can_be_mended: bool


class StoreReport(msgspec.Struct, frozen=True, kw_only=True):
    """The file, and what it holds where it could be opened."""

    file: str
    exists: bool
    bytes: int | UnsetType = UNSET
    device: str | UnsetType = UNSET
    integrity: str | UnsetType = UNSET
    shape: str | UnsetType = UNSET
    schema: int | UnsetType = UNSET
    schema_known: int | UnsetType = UNSET
    last_exchange_us: int | UnsetType | None = UNSET
    notices: tuple[UnseenNotice, ...] | UnsetType = UNSET
    rotten_rows: tuple[RottenRow, ...] | UnsetType = UNSET


class JournalOf(msgspec.Struct, frozen=True, kw_only=True):
    """How far one device's journal is known here."""

    device: str
    own: bool
    last_seq: int


class FaultReport(msgspec.Struct, frozen=True, kw_only=True):
    """A place that does not hold against its hashes, or does not follow from the journal."""

    where: str
    what: str


class JournalReport(msgspec.Struct, frozen=True, kw_only=True):
    """What was written down, by kind and by device."""

    events: int
    kinds: dict[str, int]
    devices: tuple[JournalOf, ...]
    erased_bodies: int
    faults: tuple[FaultReport, ...]


class Disk(msgspec.Struct, frozen=True, kw_only=True):
    """Room on the disk of the data directory."""

    path: str
    free_bytes: int
    total_bytes: int


class ContactKeyReport(msgspec.Struct, frozen=True, kw_only=True):
    """To whom contacts are sealed."""

    key_id: str
    demonstration: bool


class KeysReport(msgspec.Struct, frozen=True, kw_only=True):
    """The keys' folder; None where it could not be looked into."""

    exists: bool | None
    open_to_others: tuple[str, ...] | UnsetType = UNSET
    retired_devices: tuple[str, ...] | UnsetType = UNSET
    contact: ContactKeyReport | UnsetType = UNSET


class PapersReport(msgspec.Struct, frozen=True, kw_only=True):
    """What the city has signed about devices, as it lies beside the keys."""

    exists: bool | None
    sound: bool
    devices: int | UnsetType = UNSET


class CatalogueFault(msgspec.Struct, frozen=True, kw_only=True):
    """A file of the catalogue that was left aside."""

    file: str
    field: str
    ko: str
    en: str


class CatalogueReport(msgspec.Struct, frozen=True, kw_only=True):
    """What is shown about the city, and which file each part came from."""

    as_of: str
    origins: dict[str, str]
    projects: int
    landmarks: int
    libraries: int
    plantings: int
    pack: str | None
    problems: tuple[CatalogueFault, ...]


class ClockReport(msgspec.Struct, frozen=True, kw_only=True):
    """The device's time in microseconds since 1970, and whether it cannot be right."""

    now_us: int
    suspect: bool


class PanelReport(msgspec.Struct, frozen=True, kw_only=True):
    """How large text comes out on the configured panel."""

    inches: float
    body_text_mm: float
    needed_mm: float
    note: str


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """What the doctor found. `ok` is False exactly when there are troubles."""

    ok: bool
    troubles: tuple[Finding, ...]
    warnings: tuple[Finding, ...]
    versions: Versions
    store: StoreReport
    journal: JournalReport | Unread
    disk: Disk
    fonts: dict[str, bool]
    keys: KeysReport
    papers: PapersReport
    catalogue: CatalogueReport | Unread
    clock: ClockReport
    panel: PanelReport | None = None
