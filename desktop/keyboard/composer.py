"""두벌식: jamo keys in, syllables out.

A composer remembers the strokes of the syllable being written. Everything before it is committed
at once, so the text field holds real letters and only one syllable is ever provisional.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Typed:
    """What one key did: `commit` enters the text for good, `preedit` is still being composed."""

    commit: str
    preedit: str


class Composer(Protocol):
    """What the keyboard asks of a way of writing Hangul."""

    @property
    def preedit(self) -> str: ...

    def press(self, key: str) -> Typed:
        """One letter key of this way of writing."""

    def backspace(self) -> Typed | None:
        """Take back the last jamo; None when nothing is being composed."""

    def finish(self) -> Typed:
        """Commit whatever is being composed."""

    def may_join(self) -> bool:
        """Whether more taps on the last key can make fewer letters of what is being composed."""


@cache
def assembler() -> Callable[[list[str]], str]:
    """What joins jamo. Loaded when a keyboard has opened: 50 ms that a visit without typing never
    pays, and that no key press waits for."""
    from hangulpy import assemble

    found: Callable[[list[str]], str] = assemble
    return found


def assemble(jamo: Sequence[str]) -> str:
    """Syllables of a row of compatibility jamo; what does not combine stays as it is."""
    return assembler()(list(jamo)) if jamo else ""


class Dubeolsik:
    """The standard two-set automaton: double vowels, double finals and finals that move on."""

    def __init__(self) -> None:
        self._strokes: list[str] = []

    @property
    def preedit(self) -> str:
        return assemble(self._strokes)

    def press(self, key: str) -> Typed:
        self._strokes.append(key)
        text = assemble(self._strokes)
        if len(text) > 1:
            self._strokes = self._strokes_of_last(text)
        return Typed(text[:-1], text[-1:])

    def _strokes_of_last(self, text: str) -> list[str]:
        for count in range(1, len(self._strokes) + 1):
            head, tail = self._strokes[:-count], self._strokes[-count:]
            if assemble(tail) == text[-1] and assemble(head) == text[:-1]:
                return tail
        return self._strokes[-1:]

    def backspace(self) -> Typed | None:
        if not self._strokes:
            return None
        self._strokes.pop()
        return Typed("", self.preedit)

    def finish(self) -> Typed:
        text, self._strokes = self.preedit, []
        return Typed(text, "")

    def may_join(self) -> bool:
        return False
