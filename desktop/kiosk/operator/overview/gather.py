"""Gathers the state of the installation for the operator; runs as a task."""

from __future__ import annotations

import platform
from pathlib import Path
from typing import Any

from db.clock import in_seoul
from db.doctor.checks import Report, examine
from db.doctor.environment import about_sound
from desktop.examined_settings import with_settings
from desktop.kiosk.operator.constants import CLOCK, DEMONSTRATION, FAULTS, SOUND
from desktop.kiosk.operator.state import Overview, Remark
from desktop.process.crash_log import last_errors
from desktop.settings import Settings

ERRORS, NOTICES = 5, 30


def overview(data_dir: Path, settings: Settings, site: str, clock: Any) -> Overview:
    """Examine `data_dir` and say what an operator needs; `site` is the library's name."""
    report = with_settings(examine(data_dir, clock), settings, data_dir)
    noticed = report.store.get("notices", ())
    unseen = tuple(Remark(each["ko"], each["en"]) for each in noticed)
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
        tuple(each["number"] for each in noticed[:NOTICES]),
        max(0, len(unseen) - NOTICES),
    )


def _rows(report: Report, settings: Settings, site: str) -> tuple[tuple[str, str], ...]:
    free = report.disk["free_bytes"] / 1e9
    total = report.disk["total_bytes"] / 1e9
    journal, store = report.journal, report.store
    contact = report.keys.get("contact", {})
    return (
        ("program", f"{report.versions['program']} (Python {platform.python_version()})"),
        ("sqlite", str(report.versions["sqlite"])),
        ("data", str(report.catalogue.get("as_of", ""))),
        ("origins", _origins(report.catalogue.get("origins", {}))),
        ("site", site),
        ("name", settings.name),
        ("role", settings.role),
        ("device", str(store.get("device", ""))),
        ("panel", f"{settings.panel_inches:g}″"),
        ("disk", f"{free:,.1f} / {total:,.1f} GB"),
        ("integrity", str(store.get("integrity", ""))),
        ("journal", "" if not journal else SOUND if not journal["faults"] else FAULTS),
        ("events", f"{journal.get('events', 0):,}"),
        ("feedback", f"{journal.get('kinds', {}).get('feedback.submitted', 0):,}"),
        ("exchange", _when(store.get("last_exchange_us"))),
        ("key", _key(contact)),
    )


def _origins(origins: dict[str, str]) -> str:
    return ", ".join(sorted(file for file, origin in origins.items() if origin == "site"))


def _key(contact: dict[str, Any]) -> str:
    return DEMONSTRATION if contact.get("demonstration") else str(contact.get("key_id", ""))


def _when(microseconds: int | None) -> str:
    if microseconds is None:
        return ""
    at = in_seoul(microseconds)
    return at.strftime("%Y-%m-%d %H:%M") if at else CLOCK
