"""`cheonman doctor`: check versions, store, journal, disk, fonts, keys, papers and catalogue."""

from __future__ import annotations

import argparse
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from desktop.cli import output
from desktop.settings import Settings, SettingsProblem, load_settings

if TYPE_CHECKING:
    from db.doctor.report import Finding, PanelReport, Report

SMALLEST_TEXT_MM = 7.25
"""Least height of text a standing reader must be able to read."""

INK_OF_FONT_SIZE = 0.705
"""Height of the bundled font's letters as a share of its size."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    output.add_data_dir(parser)
    output.add_json(parser)


def run(args: argparse.Namespace) -> int:
    from db.doctor.checks import examine
    from db.doctor.environment import about_sound
    from db.doctor.report import Finding
    from desktop.examined_settings import with_settings

    data_dir = output.data_dir_of(args)
    report = examine(data_dir)
    try:
        settings = load_settings(data_dir)
        report = msgspec.structs.replace(report, panel=_panel(settings))
        report = with_settings(report, settings, data_dir)
        if settings.role == "kiosk":
            warnings = (*report.warnings, *about_sound(), *_about_reach(settings))
            report = msgspec.structs.replace(report, warnings=warnings)
    except SettingsProblem as problem:
        trouble = Finding(part="settings", ko=problem.ko, en=problem.en)
        report = msgspec.structs.replace(report, ok=False, troubles=(*report.troubles, trouble))
    lines = [f"{'well' if report.ok else 'TROUBLE'}: {data_dir}"]
    lines += [f"trouble  {each.part}: {each.en}" for each in report.troubles]
    lines += [f"warning  {each.part}: {each.en}" for each in report.warnings]
    lines += [f"to do    {command}" for command in _commands(report, data_dir)]
    output.say(args, report, *lines)
    return 0 if report.ok else output.TROUBLE


def _commands(report: Report, data_dir: Path) -> Iterator[str]:
    """What to type against troubles that a command mends."""
    from db.doctor.report import JournalReport

    if not report.store.exists:
        yield "cheonman init"
    rotten = report.store.rotten_rows or ()
    journal = report.journal
    altered = bool(journal.faults) if isinstance(journal, JournalReport) else False
    if altered or any(row.can_be_mended for row in rotten):
        yield "cheonman rebuild"
    for row in rotten:
        if not row.can_be_mended:
            yield f"cheonman sync --discard {row.where.partition('/')[2]} --reason WHY"
    for name in report.keys.open_to_others or ():
        yield f"chmod go-rwx {shlex.quote(str(data_dir / name))}"
    if not report.papers.sound:
        yield "cheonman enroll accept CERT"


def _about_reach(settings: Settings) -> tuple[Finding, ...]:
    from db.doctor.report import Finding
    from desktop.theme.reach import beyond_reach_unseen

    said = beyond_reach_unseen(settings.panel_inches, settings.floor_to_panel_mm)
    return (Finding(part="panel", ko=said[0], en=said[1]),) if said else ()


def _panel(settings: Settings) -> PanelReport:
    """How large text comes out on the configured panel at its usual resolution."""
    from db.doctor.report import PanelReport
    from desktop.theme.metrics import Metrics
    from desktop.theme.type import Role

    metrics = Metrics.for_panel(1920, 1080, settings.panel_inches)
    body = metrics.mm(metrics.font_px(Role.BODY.size())) * INK_OF_FONT_SIZE
    return PanelReport(
        inches=settings.panel_inches,
        body_text_mm=round(body, 2),
        needed_mm=SMALLEST_TEXT_MM,
        note="measured on a 1920x1080 panel of this diagonal; check it with the ruler on the "
        "operator's screen",
    )
