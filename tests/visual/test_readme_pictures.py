"""The README shows what a tour has seen."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from desktop.tour import readme_pictures
from desktop.tour.readme_pictures import CHOSEN, WIDTH


def test_every_picture_of_the_readme_is_made_from_a_tour(tmp_path: Path) -> None:
    seen = QImage(2 * WIDTH, WIDTH, QImage.Format.Format_RGB888)
    seen.fill(0xFFFFFF)
    (tmp_path / "tour").mkdir()
    for number, state in enumerate(("map-arrows", *CHOSEN), start=98):
        assert seen.save(str(tmp_path / "tour" / f"{number:03}-{state}.png"))
    assert readme_pictures.main(tmp_path / "tour", tmp_path / "out") == 0
    made = {file.stem: QImage(str(file)).width() for file in (tmp_path / "out").iterdir()}
    assert made == dict.fromkeys(CHOSEN.values(), WIDTH)


def test_a_picture_that_a_tour_lacks_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "tour").mkdir()
    assert readme_pictures.main(tmp_path / "tour", tmp_path / "out") == len(CHOSEN)
    assert "trees-years" in capsys.readouterr().err
