"""Places of the list and lines of its table answer to each other."""

from __future__ import annotations

import numpy as np
import pytest

from db.inbox.filters import DueIn
from db.inbox.rows import FoundRows, Section
from desktop.desk.inbox.lines import Lines

SECTIONS = (Section(DueIn.OVERDUE, 0, 2), Section(DueIn.LATER, 2, 3), Section(DueIn.CLOSED, 5, 1))


@pytest.mark.parametrize("sections", [SECTIONS, ()])
def test_every_place_has_one_line_and_every_other_line_is_a_head(
    sections: tuple[Section, ...],
) -> None:
    lines = Lines.of(FoundRows(np.arange(6, dtype=np.int32), sections))
    places = [lines.place(line) for line in range(lines.total)]
    assert [place for place in places if place is not None] == list(range(6))
    assert [line for line, place in enumerate(places) if place is None] == list(lines.heads())
    assert [lines.place(lines.line(place)) for place in range(6)] == list(range(6))


def test_a_line_stands_in_the_section_above_it() -> None:
    lines = Lines.of(FoundRows(np.arange(6, dtype=np.int32), SECTIONS))
    assert [lines.section_at(line) for line in range(lines.total)] == [0, 0, 0, 1, 1, 1, 1, 2, 2]
