"""Signing in, and the first administrator of a city."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, assert_never

from PySide6.QtCore import Signal

from db.problems import InputRefused, Problem
from db.records.officers import OfficerRole
from db.store.demonstration import DEMONSTRATOR
from desktop.background.tasks import Changes
from desktop.desk.shell.screen import DeskPresenter, DeskServices
from desktop.desk.sign_in.intents import LookAround, MakeFirst, SignIn, SignInIntent
from desktop.desk.sign_in.state import SignInState, Stage

if TYPE_CHECKING:  # the store behind them is heavy
    from db.officers.accounts import Officer
    from db.store.store import Store


class SignInPresenter(DeskPresenter[SignInState, SignInIntent]):
    """Signals: `signed_in(Officer)`, `unavailable(Problem)` when the store cannot be opened."""

    signed_in = Signal(object)
    unavailable = Signal(object)

    def __init__(self, services: DeskServices) -> None:
        super().__init__(services)
        self._state = SignInState()

    def begin(self) -> None:
        """Open the store and find out who is known."""
        self._show(SignInState(name=self._state.name))
        office = self.services.office

        def stage_of(store: Store) -> Stage:
            room = office.at(store)
            if room.demonstration:
                return Stage.DEMONSTRATION
            return Stage.SIGN_IN if room.officers.all() else Stage.FIRST

        self.services.tasks.query(stage_of, self._on_stage, self._on_closed)

    def _on_stage(self, stage: Stage) -> None:
        self._show(replace(self._state, stage=stage))

    def _on_closed(self, error: Exception) -> None:
        if not isinstance(error, Problem):
            raise error
        self._show(replace(self._state, stage=Stage.CLOSED, problem=error))
        self.unavailable.emit(error)

    def locked(self, name: str) -> None:
        """The desk was locked; whoever was here is asked for first."""
        self._state = replace(self._state, name=name, problem=None, busy=False)
        self.begin()

    def do(self, intent: SignInIntent) -> None:
        if self._state.busy:
            return
        match intent:
            case SignIn(name=name, password=password):
                self._try(name, lambda store: self._sign_in(store, name, password))
            case MakeFirst(name=name, password=password, again=again):
                if password != again:
                    self._refuse(
                        InputRefused(
                            "again",
                            "두 비밀번호가 다릅니다. 다시 적으세요.",
                            "The two passwords differ. Write them again.",
                        ),
                        name,
                    )
                    return
                self._try(name, lambda store: self._make_first(store, name, password))
            case LookAround():
                self._try("", self._look_around)
            case _:
                assert_never(intent)

    def _try(self, name: str, op: Callable[[Store], Officer]) -> None:
        self._show(replace(self._state, name=name, busy=True, problem=None))
        self.services.tasks.change(
            op, self._on_signed_in, lambda error: self._on_refused(error), changes=Changes.NOTHING
        )

    def _sign_in(self, store: Store, name: str, password: str) -> Officer:
        # behind the store
        from db.officers.sign_in import sign_in

        return sign_in(self.services.office.at(store).officers, name, password)

    def _make_first(self, store: Store, name: str, password: str) -> Officer:
        officers = self.services.office.at(store).officers
        return officers.add(name, password, OfficerRole.ADMINISTRATOR, by=None)

    def _look_around(self, store: Store) -> Officer:
        """Made-up data has a made-up officer, whose password nobody knows."""
        officers = self.services.office.at(store).officers
        for each in officers.all():
            if each.name == DEMONSTRATOR:
                return each
        secret = secrets.token_urlsafe(24)
        return officers.add(DEMONSTRATOR, secret, OfficerRole.ADMINISTRATOR, by=None)

    def _on_signed_in(self, officer: Officer) -> None:
        self._show(replace(self._state, busy=False, problem=None))
        self.signed_in.emit(officer)

    def _on_refused(self, error: Exception) -> None:
        if not isinstance(error, Problem):
            raise error
        self._refuse(error, self._state.name)

    def _refuse(self, problem: Problem, name: str) -> None:
        tries = self._state.tries + 1
        self._show(replace(self._state, name=name, busy=False, problem=problem, tries=tries))
