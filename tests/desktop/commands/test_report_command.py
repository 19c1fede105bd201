"""`cheonman report` writes one file whole, and says what stands in it."""

from __future__ import annotations

import json
import re
import zlib
from pathlib import Path

import pytest

from db.participation.feedback import NewFeedback, add_feedback
from db.records import About, Kind
from db.store.opening import open_store
from desktop.__main__ import main

BEGINS = {
    "pdf": b"%PDF-",
    "xlsx": b"PK\x03\x04",
    "csv": b"\xef\xbb\xbf",
    "geojson": b'{"type":"FeatureCollection"',
    "hwpx": b"PK\x03\x04",
}


@pytest.fixture
def desk(data_dir: Path) -> Path:
    with open_store(data_dir) as store:
        add_feedback(store, NewFeedback(about=About.TREES, kind=Kind.QUESTION, text="언제 심나요"))
    return data_dir


@pytest.mark.parametrize("format", BEGINS)
def test_every_format_is_written_and_told(
    desk: Path,
    tmp_path: Path,
    format: str,
    capsys: pytest.CaptureFixture[str],
    qapp: object,
) -> None:
    out = tmp_path / f"report.{format}"
    words = ["report", "--data-dir", str(desk), "--format", format, "--out", str(out), "--json"]
    assert main(words) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["whole"]["received"] == 1 and said["file"] == str(out)
    written = out.read_bytes()
    assert written.startswith(BEGINS[format]) and "언제".encode() not in written
    if format == "pdf":
        plain = written + b"".join(_opened(written))
        assert b"/FontFile" in plain and b"Pretendard" in plain
        (box, *_more) = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)", written)
        assert [round(float(each)) for each in box] == [595, 842]


def _opened(pdf: bytes) -> list[bytes]:
    found = []
    for stream in re.findall(rb"stream\r?\n(.*?)endstream", pdf, re.DOTALL):
        try:
            found.append(zlib.decompress(stream))
        except zlib.error:
            continue
    return found


@pytest.mark.parametrize(
    ("span", "named"),
    [
        (("--from", "2026-12-02", "--to", "2026-12-01"), "--to"),
        (("--from", "어제"), "어제"),
    ],
)
def test_a_period_that_is_none_is_refused_and_nothing_is_written(
    desk: Path,
    tmp_path: Path,
    span: tuple[str, ...],
    named: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    out = tmp_path / "report.csv"
    words = ["report", "--data-dir", str(desk), "--format", "csv", "--out", str(out), *span]
    try:
        status = main(words)
    except SystemExit as end:
        status = int(end.code or 0)
    assert status == 2 and named in capsys.readouterr().err
    assert not out.exists()
