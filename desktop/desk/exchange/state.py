"""What the exchange shows: what goes on, what came of it, and how exchange stands."""

from __future__ import annotations

from dataclasses import dataclass, field

from db.problems import Problem
from desktop.exchange.results import Job, StickRead, Written
from desktop.exchange.standing import StandingState
from desktop.exchange.sticks import Place


@dataclass(frozen=True, slots=True)
class DeskExchangeState:
    """`sticks` is None until somebody wants to send: then they are offered. `nothing` means that
    what was dropped held no bundle."""

    standing: StandingState = field(default_factory=StandingState)
    sticks: tuple[Place, ...] | None = None
    job: Job | None = None
    result: StickRead | Written | None = None
    problem: Problem | None = None
    nothing: bool = False
