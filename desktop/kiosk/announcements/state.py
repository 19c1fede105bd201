"""What the announcements screen shows."""

from __future__ import annotations

from dataclasses import dataclass

from db.publishing.announcements import Announcement


@dataclass(frozen=True, slots=True)
class AnnouncementsState:
    """`known` is False until the store has answered, `failed` where it could not; `projects` are
    the ids one can open. `older` ones are counted and not shown.
    """

    told: tuple[Announcement, ...] = ()
    known: bool = False
    failed: bool = False
    projects: frozenset[str] = frozenset()
    older: int = 0
