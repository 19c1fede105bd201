"""What the doctor says of the place a kiosk stands at, which the store does not know."""

from __future__ import annotations

from pathlib import Path

import msgspec

from db.doctor import Finding, Report
from db.packs import catalogue_at
from db.problems import Problem
from desktop.settings import Settings
from desktop.site import site_fault


def with_site(report: Report, settings: Settings, data_dir: Path) -> Report:
    """The report with what is wrong with the site: a trouble where a wrong one was chosen, a
    warning where none was.
    """
    try:
        fault = site_fault(settings, catalogue_at(data_dir))
    except Problem:
        # The doctor has named what keeps the catalogue from being read.
        return report
    if fault is None:
        return report
    found = Finding(part="settings", ko=fault.ko, en=fault.en)
    if fault.empty:
        return msgspec.structs.replace(report, warnings=(*report.warnings, found))
    return msgspec.structs.replace(report, ok=False, troubles=(*report.troubles, found))
