"""Officers 담당자, their private notes 메모 and their acts: what only desks of the city can read.

All of it travels in the journal like everything else, so that no desk loses it, but sealed to the
desks: a kiosk carries it and cannot open it.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import msgspec

from db.records.base import Name
from db.records.feedback import Body, Department, Hex16, Ref, Written

LARGEST_BOX = 46_000
"""Bytes of what is sealed: as text in a body it takes a third more."""
LONGEST_OFFICER = 40
Number = Annotated[int, msgspec.Meta(ge=0, le=2**62)]


class SealedBody(Body, frozen=True, kw_only=True):
    """The body of every kind that only desks read: an age file."""

    box: Annotated[bytes, msgspec.Meta(min_length=1, max_length=LARGEST_BOX)]


class OfficerRole(StrEnum):
    """What an officer may do; each may all that those before it may."""

    VIEWER = "viewer"
    REVIEWER = "reviewer"
    PUBLISHER = "publisher"
    ADMINISTRATOR = "administrator"

    def may(self, needed: OfficerRole) -> bool:
        """True for a role that is `needed` or stands above it."""
        order = tuple(OfficerRole)
        return order.index(self) >= order.index(needed)


class OfficerRecord(msgspec.Struct, frozen=True, kw_only=True):
    """One officer as set last. The highest `number` is in force: no clock decides that."""

    officer: Hex16
    number: Number
    name: Name
    role: OfficerRole
    department: Department | None = None
    active: bool = True
    verifier: Annotated[str, msgspec.Meta(max_length=200)]
    by: Hex16 | None = None

    def __repr__(self) -> str:
        return f"OfficerRecord({self.officer}, {self.number}, {self.role.value})"


class NoteRecord(msgspec.Struct, frozen=True, kw_only=True):
    """What officers tell each other about one feedback. No resident ever reads it."""

    officer: Hex16
    text: Annotated[Written, msgspec.Meta(min_length=1)]


MOST_IN_RECORD = 1_000
"""Members one record of a group names; a larger group is written in several."""


class GroupRecord(msgspec.Struct, frozen=True, kw_only=True):
    """Officers say which opinions are one matter. Of what the records say about one opinion the
    highest `number` is in force, and so of a group's `name` and `lead`: no clock decides that.

    `apart` are not to be proposed as one matter with `lead` again.
    """

    group: Hex16
    number: Number
    officer: Hex16
    lead: Hex16
    name: Annotated[str, msgspec.Meta(max_length=120)] = ""
    joins: Annotated[tuple[Hex16, ...], msgspec.Meta(max_length=MOST_IN_RECORD)] = ()
    leaves: Annotated[tuple[Hex16, ...], msgspec.Meta(max_length=MOST_IN_RECORD)] = ()
    apart: Annotated[tuple[Hex16, ...], msgspec.Meta(max_length=MOST_IN_RECORD)] = ()


class ActKind(StrEnum):
    SIGNED_IN = "signed-in"
    SIGN_IN_FAILED = "sign-in-failed"
    LOCKED = "locked"
    OPENED = "opened"
    REVIEWED = "reviewed"
    REPLIED = "replied"
    NOTED = "noted"
    GROUPED = "grouped"
    UNGROUPED = "ungrouped"
    KEPT_APART = "kept-apart"
    UNDONE = "undone"
    EXPORTED = "exported"
    IMPORTED = "imported"
    OFFICER_SET = "officer-set"
    PASSWORD_SET = "password-set"
    CONTACT_OPENED = "contact-opened"
    REDACTED = "redacted"
    REPORTED = "reported"
    VERIFIED = "verified"


class ActRecord(msgspec.Struct, frozen=True, kw_only=True):
    """Who did what to whose words, and which events of its own desk that wrote: those numbered
    `first` to `last`, none where `first` is 0.
    """

    act: ActKind
    officer: Hex16 | None = None
    feedback: Hex16 | None = None
    of: Number = 1  #: how many feedback it was done to
    first: Number = 0
    last: Number = 0
    undoes: Ref | None = None
    words: Annotated[str, msgspec.Meta(max_length=400)] = ""
