"""What each role may do: the one table that acts ask, whatever a screen shows or hides."""

from __future__ import annotations

from enum import Enum

from db.records.officers import OfficerRole


class Duty(Enum):
    """What an officer does at a desk, and the least role for it."""

    READ = OfficerRole.VIEWER, "read"
    REPORT = OfficerRole.VIEWER, "report"
    DECIDE = OfficerRole.REVIEWER, "decide"
    GROUP = OfficerRole.REVIEWER, "group"
    ANSWER = OfficerRole.REVIEWER, "answer"
    NOTE = OfficerRole.REVIEWER, "note"
    OPEN_CONTACT = OfficerRole.REVIEWER, "open-contact"
    ANSWER_PUBLICLY = OfficerRole.PUBLISHER, "answer-publicly"
    REDACT = OfficerRole.PUBLISHER, "redact"
    AUDIT = OfficerRole.ADMINISTRATOR, "audit"
    OFFICERS = OfficerRole.ADMINISTRATOR, "officers"

    @property
    def needs(self) -> OfficerRole:
        return self.value[0]


def duties_of(role: OfficerRole) -> tuple[Duty, ...]:
    """All that a role may do."""
    return tuple(duty for duty in Duty if role.may(duty.needs))
