"""What the doctor says of the settings, which the store does not know: the site and the PIN."""

from __future__ import annotations

from pathlib import Path

import msgspec

from db.doctor.report import Finding, Report
from db.problems import Problem
from db.publishing.packs import catalogue_at
from desktop.settings import Settings
from desktop.site import NO_PIN, site_fault


def with_settings(report: Report, settings: Settings, data_dir: Path) -> Report:
    """The report with what is wrong with the site, a trouble where a wrong one was chosen and a
    warning where none was, and with a kiosk's missing PIN.
    """
    found = list(report.warnings)
    troubles = list(report.troubles)
    try:
        fault = site_fault(settings, catalogue_at(data_dir))
    except Problem:
        # The doctor has named what keeps the catalogue from being read.
        fault = None
    if fault is not None:
        part = Finding(part="settings", ko=fault.ko, en=fault.en)
        (found if fault.empty else troubles).append(part)
    if settings.role == "kiosk" and not settings.operator_pin_hash:
        found.append(Finding(part="settings", ko=NO_PIN[0], en=NO_PIN[1]))
    return msgspec.structs.replace(
        report, ok=not troubles, warnings=tuple(found), troubles=tuple(troubles)
    )
