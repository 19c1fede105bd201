"""`cheonman report`: write how the city answers as a file for an office."""

from __future__ import annotations

import argparse
import os
import sys
from datetime import date
from typing import TYPE_CHECKING

import msgspec

from db.problems import InputRefused, Problem
from desktop.cli import output
from desktop.cli.data_dir import typed_path

if TYPE_CHECKING:
    from db.reports.figures import AnswerReport
    from db.reports.tables import Document

FORMATS = ("pdf", "xlsx", "csv", "geojson", "hwpx")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--format", required=True, choices=FORMATS)
    parser.add_argument("--out", required=True, type=typed_path, metavar="F", help="the file")
    parser.add_argument(
        "--from", dest="first", type=_day, metavar="D", help="of what came from this day on"
    )
    parser.add_argument("--to", dest="last", type=_day, metavar="D", help="to this day, with it")
    output.add_data_dir(parser)
    output.add_json(parser)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"'{text[:40]}' is no day; write it as 2026-12-31"
        ) from None


def run(args: argparse.Namespace) -> int:
    from db.directory import require_outside, write_durably
    from db.problems import StorageUnavailable

    try:
        if args.first and args.last and args.last < args.first:
            raise InputRefused("to", "처음 날보다 앞입니다.", "it is before --from.")
        require_outside(args.out.absolute().parent, "out")
        report, made, demonstration = _made(args)
        try:
            write_durably(args.out, _written(args.format, report, made, demonstration), 0o644)
        except OSError as error:
            raise StorageUnavailable.from_os(error, str(args.out)) from error
    except Problem as problem:
        return output.refuse_problem("report", problem)
    whole = report.whole
    output.say(
        args,
        {"file": str(args.out), "format": args.format, "demonstration": demonstration}
        | msgspec.structs.asdict(report),
        f"{args.out}: {whole.received} received from {report.first} to {report.last}, "
        f"{whole.answered} of {whole.to_answer} answered, {whole.overdue} overdue",
    )
    return 0


def _made(args: argparse.Namespace) -> tuple[AnswerReport, Document, bool]:
    from db.publishing.packs import catalogue_at
    from db.reports.figures import make_report, today_of
    from db.reports.grown import grown_words
    from db.reports.rows import ReportRows
    from db.reports.tables import document
    from db.store.demonstration import is_demonstration
    from db.store.opening import open_reader
    from desktop.words.project import theme_words

    data_dir = output.store_dir_of(args)
    themes = {each.id: each.theme.value for each in catalogue_at(data_dir).projects}
    # Beside a desk that is at work.
    with open_reader(data_dir) as store:
        demonstration = is_demonstration(store)
        rows = ReportRows(store, themes)
        report = make_report(rows, today_of(store), args.first, args.last)
        grown = grown_words(store, rows, report)
    return (
        report,
        document(report, grown, theme_words(), demonstration=demonstration),
        demonstration,
    )


def _written(format: str, report: AnswerReport, made: Document, demonstration: bool) -> bytes:
    from db.reports import files, hwpx

    match format:
        case "csv":
            return files.csv_bytes(made)
        case "xlsx":
            return files.xlsx_bytes(made)
        case "geojson":
            return files.geojson_bytes(report, demonstration=demonstration)
        case "hwpx":
            return hwpx.hwpx_bytes(made)
        case _:
            return _pdf(made)


def _pdf(made: Document) -> bytes:
    # No window is opened; a machine without a display writes it as well.
    if sys.platform != "win32":
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtGui import QGuiApplication

    from desktop.reports.pdf import pdf_bytes
    from desktop.theme.fonts import add_fonts

    application = QGuiApplication.instance() or QGuiApplication(["cheonman"])
    add_fonts()
    written = pdf_bytes(made)
    del application
    return written
