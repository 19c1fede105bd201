"""Groups: what the store's thread found alike, and what an officer says to it.

Opinions are compared in slices between other work; the list is read again whenever one more
thousand was looked at. Nothing is put together but by the officer.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, assert_never

from PySide6.QtCore import Signal

from db.officers.duties import Duty
from db.problems import Problem
from desktop.background.tasks import Changes
from desktop.desk.feedback.presenter import TOUCHED
from desktop.desk.feedback.words import done_words
from desktop.desk.groups.intents import (
    AnswerAll,
    GroupsIntent,
    KeepApart,
    Lead,
    MoveSeat,
    MoveToGroup,
    PutTogether,
    ShowShelf,
    TakeApart,
    Tick,
)
from desktop.desk.groups.state import GroupShelf, GroupsState
from desktop.desk.shell.screen import DeskPresenter, DeskServices

if TYPE_CHECKING:  # the store behind them is heavy
    from db.groups.board import GroupCard, Seat
    from db.inbox.acts import ActDone
    from db.inbox.group_acts import GroupActs
    from db.officers.accounts import Officer
    from db.store.store import Store

MOST_CARDS = 200
#: How long the store's thread compares at a time, and after how many opinions the list is renewed.
SLICE_S, RENEW_AFTER = 0.02, 2_000

_Read = tuple[int, int, "tuple[GroupCard, ...]"]


class GroupsPresenter(DeskPresenter[GroupsState, GroupsIntent]):
    """Signals: `said(words, can be undone)` after an act, `answer_asked(first, ids)` when one
    answer shall go to all of these."""

    said = Signal(str, bool)
    answer_asked = Signal(str, object)

    def __init__(self, services: DeskServices) -> None:
        super().__init__(services)
        self.officer: Officer | None = None
        self._state = GroupsState()
        self._comparing = False
        self._renewed_at = 0
        services.tasks.changed.connect(self._on_changed)

    def sign_in(self, officer: Officer) -> None:
        self.officer = officer
        self._show(replace(self._state, may_act=officer.role.may(Duty.GROUP.needs)))

    def wipe(self) -> None:
        self.officer = None
        self._state = GroupsState()

    def enter(self) -> None:
        self._compare()
        self._read()

    @property
    def is_comparing(self) -> bool:
        return self._comparing

    # -- comparing -------------------------------------------------------------------------------

    def _compare(self) -> None:
        if not self._comparing:
            self._comparing = True
            self._renewed_at = self._state.looked_at
            self._slice()

    def _slice(self) -> None:
        office = self.services.office
        self.services.tasks.query(
            lambda store: office.at(store).board.take_up(SLICE_S), self._on_slice, self._stopped
        )

    def _on_slice(self, done: tuple[int, int]) -> None:
        looked_at, of = done
        finished = looked_at >= of
        self._show(replace(self._state, looked_at=looked_at, of=of))
        if finished or looked_at - self._renewed_at >= RENEW_AFTER:
            self._renewed_at = looked_at
            self._read()
        if finished or self.officer is None:
            self._comparing = False
        else:
            self._slice()

    def _stopped(self, error: Exception) -> None:
        self._comparing = False
        self._failed(error)

    def _on_changed(self, changes: Changes) -> None:
        if self._state.cards is not None and changes & (Changes.FEEDBACK | Changes.REPLIES):
            self._compare()
            self._read()

    # -- reading ---------------------------------------------------------------------------------

    def _read(self) -> None:
        office, shelf = self.services.office, self._state.shelf

        def read(store: Store) -> _Read:
            board = office.at(store).board
            proposed, cards = board.proposed(MOST_CARDS)
            made, made_cards = board.grouped(MOST_CARDS)
            return proposed, made, cards if shelf is GroupShelf.PROPOSED else made_cards

        self.services.tasks.query(read, self._on_read, self._failed, channel="groups")

    def _on_read(self, found: _Read) -> None:
        proposed, made, cards = found
        before = self._state.card
        known = [_name(card) for card in cards]
        current = min(self._state.current, max(0, len(cards) - 1))
        if before is not None and _name(before) in known:
            current = known.index(_name(before))
        self._show(replace(self._state, proposed=proposed, made=made, cards=cards, current=current))
        self._read_seats()

    def _read_seats(self) -> None:
        card, office = self._state.card, self.services.office
        if card is None:
            self._show(replace(self._state, seats=()))
            return
        self.services.tasks.query(
            lambda store: office.at(store).board.seats(card),
            lambda seats: self._on_seats(card, seats),
            self._failed,
            channel="seats",
        )

    def _on_seats(self, card: GroupCard, seats: tuple[Seat, ...]) -> None:
        state = self._state
        ids = {seat.row.id for seat in seats}
        known = {seat.row.id for seat in state.seats or ()}
        same = state.lead in ids and bool(state.seats) and card.lead.id in known
        fresh = frozenset(
            seat.row.id
            for seat in seats
            if not seat.doubtful and not (same and seat.row.id in known)
        )
        ticked = fresh | (state.ticked & ids) if same else fresh
        self._show(
            replace(
                state,
                seats=seats,
                seat=min(state.seat, len(seats) - 1) if same else 0,
                ticked=ticked,
                lead=state.lead if same else card.lead.id,
            )
        )

    # -- what the view tells ---------------------------------------------------------------------

    def do(self, intent: GroupsIntent) -> None:
        state = self._state
        match intent:
            case ShowShelf(shelf=shelf):
                if shelf is not state.shelf:
                    self._show(
                        replace(state, shelf=shelf, cards=None, seats=None, current=0, problem=None)
                    )
                    self._read()
            case MoveToGroup(index=index):
                if state.cards and index != state.current and 0 <= index < len(state.cards):
                    self._show(replace(state, current=index, seats=None, seat=0, problem=None))
                    self._read_seats()
            case MoveSeat(index=index):
                if state.seats and 0 <= index < len(state.seats):
                    self._show(replace(state, seat=index))
            case Tick(index=index):
                self._tick(index)
            case Lead(index=index):
                if state.seats and 0 <= index < len(state.seats):
                    id = state.seats[index].row.id
                    self._show(replace(state, lead=id, ticked=state.ticked | {id}))
            case PutTogether():
                self._put_together(lambda: None)
            case AnswerAll():
                waiting = state.unanswered
                if waiting:
                    self._put_together(lambda: self.answer_asked.emit(waiting[0], waiting))
            case KeepApart():
                if state.shelf is GroupShelf.PROPOSED and state.seats:
                    lead, *others = [seat.row.id for seat in state.seats]
                    self._act(lambda acts: acts.keep_apart(lead, others))
            case TakeApart():
                card = state.card
                if card is not None and (group := card.group) is not None:
                    self._act(lambda acts: acts.ungroup(group))
            case _:
                assert_never(intent)

    def _tick(self, index: int) -> None:
        state = self._state
        if not state.seats or not 0 <= index < len(state.seats):
            return
        id = state.seats[index].row.id
        if id != state.lead:
            self._show(replace(state, ticked=state.ticked ^ {id}, problem=None))

    def _put_together(self, then: Callable[[], None]) -> None:
        """What is ticked; a group that was made already takes only those that are new to it."""
        state, card = self._state, self._state.card
        if card is None or not state.may_act:
            return
        if card.group is not None:
            then()
            return
        lead, *others = state.chosen or ("",)
        if lead:
            self._act(lambda acts: acts.group(lead, others), then)

    def _act(
        self, act: Callable[[GroupActs], ActDone], then: Callable[[], None] = lambda: None
    ) -> None:
        officer, office = self.officer, self.services.office
        if officer is None or self._state.busy or not self._state.may_act:
            return
        self._show(replace(self._state, busy=True, problem=None))

        def on_done(done: ActDone) -> None:
            self._show(replace(self._state, busy=False))
            self.said.emit(done_words(done), True)
            then()

        self.services.tasks.change(
            lambda store: act(office.at(store).group_acts(officer)),
            on_done,
            self._failed,
            changes=TOUCHED,
        )

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, Problem):
            raise error
        self._show(replace(self._state, busy=False, problem=error))


def _name(card: GroupCard) -> str:
    return card.group or card.lead.id
