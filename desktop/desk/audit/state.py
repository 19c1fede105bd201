"""What the audit shows."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from db.officers.audit import AuditLine
from db.officers.proof import Proof
from db.problems import Problem
from db.records.officers import ActKind
from desktop.desk.audit.words import act_word


@dataclass(frozen=True)
class AuditState:
    """`lines` is None until they were read. `proof` is None before anybody looked."""

    lines: tuple[AuditLine, ...] | None = None
    act: ActKind | None = None
    officer: str | None = None
    words: str = ""
    proof: Proof | None = None
    proving: bool = False
    written: Path | None = None
    problem: Problem | None = None

    def shown(self) -> tuple[AuditLine, ...]:
        """The lines that match what they are narrowed by."""
        return tuple(
            each
            for each in self.lines or ()
            if self.act in (None, each.act)
            and self.officer in (None, each.officer)
            and all(word in _text(each) for word in self.words.casefold().split())
        )


def _text(line: AuditLine) -> str:
    parts = (line.officer or "", line.place, act_word(line.act), line.whose, line.words)
    return " ".join(parts).casefold()
