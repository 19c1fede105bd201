"""A report as a file for an office: CSV, a workbook, GeoJSON. None holds a resident's words."""

from __future__ import annotations

import csv
import io
from importlib.resources import files
from itertools import pairwise

import msgspec

from db.participation.csv_export import harmless
from db.reports.figures import AnswerReport
from db.reports.rows import By
from db.reports.tables import HEADS, Cell, Document, cells

BOM = b"\xef\xbb\xbf"
"""Without it Excel reads UTF-8 as something else."""
_KEYS = (
    "received",
    "to_answer",
    "answered",
    "answer_rate",
    "in_time_rate",
    "median",
    "p90",
    "overdue",
)
# As the map is drawn: metres east and south of its origin.
_METRES_PER_LAT, _METRES_PER_LON = 110_950.0, 90_265.6


def csv_bytes(report: Document) -> bytes:
    """All tables below each other, with a line between them."""
    text = io.StringIO(newline="")
    out = csv.writer(text)
    out.writerow([report.title])
    out.writerows([harmless(each)] for each in report.remarks)
    for table in report.tables:
        out.writerow([])
        out.writerow([table.title])
        out.writerow(table.heads)
        out.writerows([_plain(each) for each in row] for row in table.rows)
    return BOM + text.getvalue().encode()


def _plain(cell: Cell) -> object:
    return "" if cell is None else harmless(cell)


def xlsx_bytes(report: Document) -> bytes:
    """A sheet a table; numbers are numbers, and no text is a formula."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font, PatternFill

    book = Workbook()
    book.properties.title = report.title
    sheet = book.active
    sheet.title = "보고"
    sheet.append([report.title])
    sheet["A1"].font = Font(bold=True, size=14)
    for remark in report.remarks:
        sheet.append([remark])
    sheet.column_dimensions["A"].width = 100
    for table in report.tables:
        sheet = book.create_sheet(table.title)
        sheet.append(table.heads)
        for head in sheet[1]:
            head.font = Font(bold=True)
            head.fill = PatternFill("solid", fgColor="E6E8EA")
            head.alignment = Alignment(horizontal="center")
        for number, row in enumerate(table.rows, 2):
            for at, value in enumerate(row, 1):
                cell = sheet.cell(number, at)
                cell.value = value
                if isinstance(value, str):
                    # Whatever it begins with, it is a text.
                    cell.data_type = "s"
                elif isinstance(value, int):
                    cell.number_format = "#,##0"
        sheet.freeze_panes = "B2"
        sheet.column_dimensions["A"].width = 26
        for at in range(1, len(table.heads)):
            sheet.column_dimensions["BCDEFGHIJ"[at - 1]].width = 14
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


class _Dong(msgspec.Struct):
    name: str
    rings: list[list[int]]


class _City(msgspec.Struct):
    origin: tuple[float, float]
    dongs: list[_Dong]


def geojson_bytes(report: AnswerReport, *, demonstration: bool) -> bytes:
    """The 83 legal dongs with their figures; None where nothing was received."""
    raw = (files("resources") / "map" / "city.json").read_bytes()
    city = msgspec.json.decode(raw, type=_City)
    known = {part.value: part.figures for part in report.parts[By.DONG]}
    features = []
    for dong in city.dongs:
        figures = known.get(dong.name)
        values = cells(figures) if figures else (0, *[None] * (len(HEADS) - 1))
        features.append(
            {
                "type": "Feature",
                "properties": {"dong": dong.name} | dict(zip(_KEYS, values, strict=True)),
                "geometry": {
                    "type": "MultiPolygon",
                    "coordinates": [[_ring(ring, city.origin)] for ring in dong.rings],
                },
            }
        )
    return msgspec.json.encode(
        {
            "type": "FeatureCollection",
            "from": report.first,
            "to": report.last,
            "demonstration": demonstration,
            "features": features,
        }
    )


def _ring(flat: list[int], origin: tuple[float, float]) -> list[tuple[float, float]]:
    points = [
        (
            round(origin[1] + x / _METRES_PER_LON, 6),
            round(origin[0] - y / _METRES_PER_LAT, 6),
        )
        for x, y in zip(flat[::2], flat[1::2], strict=True)
    ]
    # GeoJSON closes a ring by saying its first point again, and goes round against the clock.
    if points[0] != points[-1]:
        points.append(points[0])
    turned = sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(points))
    return points if turned > 0 else points[::-1]
