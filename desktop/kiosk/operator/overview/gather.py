"""Gathers the state of the installation for the operator; runs as a task."""

from __future__ import annotations

import platform
from pathlib import Path

from msgspec import UnsetType

from db.clock import Clock, in_seoul
from db.doctor.checks import examine
from db.doctor.environment import about_sound
from db.doctor.report import CatalogueReport, ContactKeyReport, JournalReport, Report, Unread
from desktop.examined_settings import with_settings
from desktop.kiosk.operator.constants import CLOCK, DEMONSTRATION, FAULTS, SOUND
from desktop.kiosk.operator.state import Overview, Remark
from desktop.process.crash_log import last_errors
from desktop.settings import Settings

ERRORS, NOTICES = 5, 30


def overview(data_dir: Path, settings: Settings, site: str, clock: Clock) -> Overview:
    """Examine `data_dir` and say what an operator needs; `site` is the library's name."""
    report = with_settings(examine(data_dir, clock), settings, data_dir)
    noticed = report.store.notices or ()
    unseen = tuple(Remark(each.ko, each.en) for each in noticed)
    told = {remark.ko for remark in unseen}
    remarks = tuple(Remark(f.ko, f.en, trouble=True) for f in report.troubles) + tuple(
        Remark(f.ko, f.en) for f in report.warnings if f.ko not in told
    )
    remarks += tuple(Remark(f.ko, f.en) for f in about_sound())
    errors = tuple((e.at, e.what) for e in last_errors(data_dir, ERRORS))
    return Overview(
        _rows(report, settings, site),
        remarks,
        unseen[:NOTICES],
        errors,
        tuple(each.number for each in noticed[:NOTICES]),
        max(0, len(unseen) - NOTICES),
    )


def _rows(report: Report, settings: Settings, site: str) -> tuple[tuple[str, str], ...]:
    free = report.disk.free_bytes / 1e9
    total = report.disk.total_bytes / 1e9
    store = report.store
    events, feedback, state = _counted(report.journal)
    as_of, origins = _of_catalogue(report.catalogue)
    return (
        ("program", f"{report.versions.program} (Python {platform.python_version()})"),
        ("sqlite", report.versions.sqlite),
        ("data", as_of),
        ("origins", origins),
        ("site", site),
        ("name", settings.name),
        ("role", settings.role),
        ("device", store.device or ""),
        ("panel", f"{settings.panel_inches:g}″"),
        ("disk", f"{free:,.1f} / {total:,.1f} GB"),
        ("integrity", store.integrity or ""),
        ("journal", state),
        ("events", f"{events:,}"),
        ("feedback", f"{feedback:,}"),
        ("exchange", _when(store.last_exchange_us)),
        ("key", _key(report.keys.contact)),
    )


def _counted(journal: JournalReport | Unread) -> tuple[int, int, str]:
    """Events, feedback among them, and how sound they are."""
    if isinstance(journal, Unread):
        return 0, 0, ""
    feedback = journal.kinds.get("feedback.submitted", 0)
    return journal.events, feedback, FAULTS if journal.faults else SOUND


def _of_catalogue(catalogue: CatalogueReport | Unread) -> tuple[str, str]:
    """The day of what is shown, and the site's own files in it."""
    if isinstance(catalogue, Unread):
        return "", ""
    own = sorted(file for file, origin in catalogue.origins.items() if origin == "site")
    return catalogue.as_of, ", ".join(own)


def _key(contact: ContactKeyReport | UnsetType) -> str:
    if not contact:
        return ""
    return DEMONSTRATION if contact.demonstration else contact.key_id


def _when(microseconds: int | UnsetType | None) -> str:
    if microseconds is None or isinstance(microseconds, UnsetType):
        return ""
    at = in_seoul(microseconds)
    return at.strftime("%Y-%m-%d %H:%M") if at else CLOCK
