"""The audit: reads the acts, narrows them, proves the chain and writes a table."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, assert_never

from db.problems import Problem, StorageUnavailable
from desktop.background.tasks import Changes
from desktop.desk.audit.intents import (
    AuditIntent,
    ExportActs,
    FindActs,
    NarrowActs,
    NarrowOfficer,
    Verify,
)
from desktop.desk.audit.state import AuditState
from desktop.desk.shell.screen import DeskPresenter, DeskServices

if TYPE_CHECKING:  # the store behind them is heavy
    from db.officers.accounts import Officer
    from db.officers.audit import Audit, AuditLine
    from db.officers.proof import Proof
    from db.store.store import Store


class AuditPresenter(DeskPresenter[AuditState, AuditIntent]):
    def __init__(self, services: DeskServices) -> None:
        super().__init__(services)
        self.officer: Officer | None = None
        self._state = AuditState()

    def sign_in(self, officer: Officer) -> None:
        self.officer = officer

    def wipe(self) -> None:
        self._state = AuditState()

    def enter(self) -> None:
        self._show(replace(self._state, written=None, problem=None))
        self._read()

    def do(self, intent: AuditIntent) -> None:
        match intent:
            case NarrowActs(act=act):
                self._show(replace(self._state, act=act))
            case NarrowOfficer(name=name):
                self._show(replace(self._state, officer=name))
            case FindActs(words=words):
                self._show(replace(self._state, words=words))
            case Verify():
                self._prove()
            case ExportActs(file=file):
                self._export(file)
            case _:
                assert_never(intent)

    def _audit(self, store: Store) -> Audit:
        # behind the records
        from db.officers.audit import Audit

        assert self.officer is not None
        return Audit(self.services.office.at(store).officers, self.officer)

    def _read(self) -> None:
        self.services.tasks.query(
            lambda store: self._audit(store).lines(),
            self._on_lines,
            self._on_refused,
            channel="audit",
        )

    def _on_lines(self, lines: tuple[AuditLine, ...]) -> None:
        self._show(replace(self._state, lines=lines))

    def _prove(self) -> None:
        if self._state.proving:
            return
        self._show(replace(self._state, proving=True, written=None, problem=None))
        self.services.tasks.change(
            lambda store: self._audit(store).prove(),
            self._on_proof,
            self._on_refused,
            changes=Changes.NOTHING,
        )

    def _on_proof(self, proof: Proof) -> None:
        self._show(replace(self._state, proof=proof, proving=False))
        self._read()

    def _export(self, file: Path) -> None:
        def write(store: Store) -> Path:
            # only who writes a table waits for it
            from db.directory import require_outside, write_durably

            require_outside(file.absolute().parent, "file")
            try:
                write_durably(file, self._audit(store).csv_bytes())
            except OSError as error:
                raise StorageUnavailable.from_os(error, str(file)) from error
            return file

        self._show(replace(self._state, written=None, problem=None))
        self.services.tasks.change(
            write, self._on_written, self._on_refused, changes=Changes.NOTHING
        )

    def _on_written(self, file: Path) -> None:
        self._show(replace(self._state, written=file))
        self._read()

    def _on_refused(self, error: Exception) -> None:
        if not isinstance(error, Problem):
            raise error
        self._show(replace(self._state, proving=False, problem=error))
