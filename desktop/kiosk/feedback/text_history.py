"""Undo for a text field, word by word. Kept by the presenter, so it outlives a change of look."""

from __future__ import annotations

DEEPEST = 100


class TextHistory:
    """Remembers texts to go back to; letters typed one after the other make one step a word."""

    def __init__(self) -> None:
        self._past: list[str] = []
        self._growing = False

    def record(self, before: str, after: str) -> None:
        """The text changed from `before` to `after`."""
        if before == after:
            return
        # Typing changes one syllable again and again; a word is worth one step, not each jamo.
        grows = len(after) - len(before) in (0, 1) and after[: len(before) - 1] == before[:-1]
        if not (grows and self._growing and after[-1:] not in (" ", "\n")):
            self._past = [*self._past, before][-DEEPEST:]
        self._growing = grows

    def undo(self) -> str | None:
        """The text before the last step, or None."""
        self._growing = False
        return self._past.pop() if self._past else None

    @property
    def can_undo(self) -> bool:
        return bool(self._past)

    def clear(self) -> None:
        self._past, self._growing = [], False
