"""Makes the pictures of README from a tour: `python -m desktop.tour.readme_pictures TOUR OUT`."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

#: State of the tour -> name of the picture.
CHOSEN = {
    "attract": "attract",
    "home": "home",
    "map": "map",
    "map-dong": "dong",
    "project-changed": "project",
    "trees": "trees",
    "trees-years": "trees-by-year",
    "feedback-kind": "feedback-kind",
    "feedback-text": "feedback-text",
    "feedback-review": "feedback-review",
    "receipt": "receipt",
    "replies-ask": "replies",
    "help": "help",
    "operator-pin": "operator",
}
WIDTH = 800


def main(tour: Path, out: Path) -> int:
    """Shrink the chosen pictures of `tour` into `out`; returns how many are missing."""
    out.mkdir(parents=True, exist_ok=True)
    # A tour numbers its pictures: 007-map.png.
    taken = {file.stem.partition("-")[2]: file for file in tour.glob("*.png")}
    missing = CHOSEN.keys() - taken.keys()
    if missing:
        sys.stderr.write(f"not in {tour}: {', '.join(sorted(missing))}\n")
    for state in CHOSEN.keys() - missing:
        name = CHOSEN[state]
        picture = QImage(str(taken[state])).scaledToWidth(
            WIDTH, Qt.TransformationMode.SmoothTransformation
        )
        # 0 is the smallest file in Qt's words.
        picture.convertToFormat(QImage.Format.Format_RGB888).save(str(out / f"{name}.png"), None, 0)
    return len(missing)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
