"""How the places of the list and the lines of its table answer to each other: sections have a line
of their own before their rows."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from db.inbox.rows import FoundRows, Section


@dataclass(frozen=True, slots=True)
class Lines:
    count: int
    sections: tuple[Section, ...]

    @classmethod
    def of(cls, found: FoundRows | None) -> Lines:
        return cls(0, ()) if found is None else cls(len(found.positions), found.sections)

    @property
    def total(self) -> int:
        return self.count + len(self.sections)

    def heads(self) -> tuple[int, ...]:
        """The lines that are heads of sections."""
        return tuple(section.start + number for number, section in enumerate(self.sections))

    def section_at(self, line: int) -> int:
        """The number of the section that this line stands in; -1 where there are none."""
        return bisect_right(self.heads(), line) - 1

    def place(self, line: int) -> int | None:
        """The place of the list on this line; None for a head."""
        section = self.section_at(line)
        if section >= 0 and self.heads()[section] == line:
            return None
        return line - (section + 1)

    def line(self, place: int) -> int:
        starts = [section.start for section in self.sections]
        return place + bisect_right(starts, place)
