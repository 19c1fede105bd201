"""What the sign-in shows."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from db.problems import Problem


class Stage(StrEnum):
    OPENING = "opening"  #: the store is being opened
    FIRST = "first"  #: nobody is known yet: the first administrator is made
    SIGN_IN = "sign-in"
    DEMONSTRATION = "demonstration"  #: made-up data: no password
    CLOSED = "closed"  #: the store cannot be opened


@dataclass(frozen=True, slots=True)
class SignInState:
    """`name` stands in its field; a password is never part of a state."""

    stage: Stage = Stage.OPENING
    name: str = ""
    busy: bool = False
    problem: Problem | None = None
    tries: int = 0  #: counts refusals, so that fields empty at each
