"""Publications 발행: what a desk says to every kiosk, as it travels in the bodies of events."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import msgspec

from db.records.base import Id, Line, Name
from db.records.feedback import Body, Hex16

LARGEST_PART = 45 * 1024
"""Bytes. In Base64 they fill 60 KiB, and a body may have 64."""
MOST_PARTS = 256
LARGEST_CONTENT = 64 * 1024 * 1024
"""Bytes of all files of one pack before compression."""
MOST_DESKS = 256

Device = Annotated[str, msgspec.Meta(pattern=r"^[a-z2-7]{26}$(?!\n)")]
Seq = Annotated[int, msgspec.Meta(ge=1, lt=10**18)]
Version = Annotated[int, msgspec.Meta(ge=1, le=10**6)]
Sha256 = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{64}$(?!\n)")]
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2099, 12, 31)
"""The bounds of a day as it is stored and travels."""
Day = Annotated[
    str, msgspec.Meta(pattern=r"^20[0-9][0-9]-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$(?!\n)")
]


class PartBody(Body, frozen=True, kw_only=True):
    """A piece of a packed catalogue; the pieces of one pack stand right before it."""

    data: Annotated[bytes, msgspec.Meta(min_length=1, max_length=LARGEST_PART)]


class PackBody(Body, frozen=True, kw_only=True):
    """A whole pack 자료집, named by the hashes of its parts in their order.

    `saw` says for each desk up to which number its author knew that desk's packs: those are
    replaced, whatever any clock says. `version` counts the packs its author knew.
    """

    title: Name
    version: Version
    parts: Annotated[tuple[Sha256, ...], msgspec.Meta(min_length=1, max_length=MOST_PARTS)]
    department: Name | None = None
    saw: Annotated[dict[Device, Seq], msgspec.Meta(max_length=MOST_DESKS)] = msgspec.field(
        default_factory=dict
    )


class AnnouncementBody(Body, frozen=True, kw_only=True):
    """A notice to residents 공지: plain words, shown through the day `until` where it names one."""

    ko: Annotated[Line, msgspec.Meta(min_length=1)]
    en: Line | None = None
    until: Day | None = None
    project: Id | None = None
    department: Name | None = None


class WithdrawalBody(Body, frozen=True, kw_only=True):
    """Takes back the pack or announcement with this id."""

    target: Hex16
