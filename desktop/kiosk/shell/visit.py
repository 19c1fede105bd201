"""One resident's visit, from the first touch to the reset."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.i18n import KOREAN


@dataclass
class Visit:
    """What the resident chose for this visit; nothing of it outlives `reset()`.

    What was typed lives in the presenters of its screens, which are wiped together with this.
    """

    language: str = KOREAN
    large: bool = False
    contrast: bool = False
    low: bool = False
    speech: bool = False
    speech_rate: int = 1  #: 0 slow, 1 normal, 2 fast
    volume: int = 50  #: percent; starts below 65 dBA by installation

    def reset(self) -> None:
        """Back to the defaults of a fresh start."""
        vars(self).update(vars(Visit()))
