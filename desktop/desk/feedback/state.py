"""What is shown of one feedback, and what an officer is about to do with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from db.inbox.thread import Thread
from db.problems import Problem
from db.records.feedback import ReviewState


class Doing(StrEnum):
    """What the composer is open for."""

    NOTHING = "nothing"
    REPLY = "reply"
    ASSIGN = "assign"
    STATE = "state"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class ThreadDraft:
    """What was begun for one feedback; it waits while another one is looked at."""

    reply: str = ""
    public: bool = False
    note: str = ""
    department: str = ""
    state: ReviewState | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ThreadState:
    """`ticked` is how many feedback an act is done to instead of this one; 0 where nothing is
    ticked. A note is always this one's.
    """

    feedback: str = ""
    thread: Thread | None = None
    doing: Doing = Doing.NOTHING
    draft: ThreadDraft = field(default_factory=ThreadDraft)
    ticked: int = 0
    may_act: bool = False
    may_publish: bool = False
    departments: tuple[str, ...] = ()
    phrases: Mapping[str, tuple[str, str]] = field(default_factory=dict)  #: in both languages
    busy: bool = False
    problem: Problem | None = None
