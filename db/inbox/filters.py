"""What an officer narrows the inbox by, and how it is sorted."""

from __future__ import annotations

from enum import StrEnum

import msgspec


class Facet(StrEnum):
    """What rows are counted and narrowed by; several values of each may be chosen."""

    STATE = "state"
    KIND = "kind"
    THEME = "theme"
    PROJECT = "project"
    DONG = "dong"
    SITE = "site"
    CONTACT = "contact"
    DUE = "due"
    DEPARTMENT = "department"


class DueIn(StrEnum):
    """Sections of the inbox by due date, in their order."""

    OVERDUE = "overdue"
    TODAY = "today"
    THIS_WEEK = "this-week"
    LATER = "later"
    NO_DATE = "no-date"
    CLOSED = "closed"


class Sort(StrEnum):
    DUE = "due"
    NEWEST = "newest"
    OLDEST = "oldest"


NONE = ""
"""The value of a facet for rows that have none: about no project, at no known dong."""


class Filter(msgspec.Struct, frozen=True, kw_only=True):
    """Rows must be of one of the chosen values of every facet that has any, and contain every word
    of `text` in the resident's own words.
    """

    chosen: dict[Facet, frozenset[str]] = {}
    text: str = ""

    def only(self, facet: Facet, *values: str) -> Filter:
        """The same with other values of one facet; none of them takes the facet out."""
        others = {each: kept for each, kept in self.chosen.items() if each is not facet}
        return Filter(
            chosen=others | ({facet: frozenset(values)} if values else {}), text=self.text
        )

    def without(self, facet: Facet) -> Filter:
        """The same as if nothing were chosen of one facet."""
        return self.only(facet)
