"""However badly exchange goes, in the end every store is the same and every receipt holds."""

from __future__ import annotations

import random
from contextlib import ExitStack

import pysqlite3.dbapi2 as sqlite
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)

from db.exchange.pages.exporting import export_pages
from db.exchange.pages.importing import import_page
from db.participation.feedback import add_feedback
from db.participation.replies import add_reply
from db.participation.reviews import set_review
from db.records import Erased, ReviewState
from db.store.journal import redact
from tests.db.exchange.network import DESKS, KIOSKS, Network, copy_of
from tests.db.in_memory import PHONE, praise

#: The thousands are for the long run: what these find, they find among the first.
SCHEDULES = 60
PARTS = 2
SOAK = 100_000
STEPS = 30

kiosk = st.integers(0, KIOSKS - 1)
desk = st.integers(0, DESKS - 1)
anyone = st.integers(0, KIOSKS + DESKS - 1)
number = st.integers(0, 10_000)
carrier = st.sampled_from(("stick", "folder", "hub"))


class Exchange(RuleBasedStateMachine):
    """One schedule: people write, sticks travel, and everything that can go wrong does."""

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        self.network = Network(self.stack)
        self.sticks: list[bytes] = []
        self.by = "stick"
        self.backups: dict[int, sqlite.Connection] = {}
        self.hub_backup: sqlite.Connection | None = None

    @initialize(by=carrier, first=kiosk, second=kiosk, reader=desk)
    def a_city_at_work(self, by: str, first: int, second: int, reader: int) -> None:
        """Nobody begins with nothing: there are words, in the folder too, and a desk that has some
        of them.
        """
        self.by = by
        for at in (first, second):
            self.residents_write(at, 2, True)
            self.network.visit_folder(at)
        self.sticks.append(self.network.stick(first))
        self.network.put_in(KIOSKS + reader, self.sticks[-1])

    @rule(at=kiosk, count=st.integers(1, 3), contact=st.booleans())
    def residents_write(self, at: int, count: int, contact: bool) -> None:
        store = self.network.kiosks[at].store
        for each in range(count):
            text = f"의견 {each}"
            receipt = add_feedback(store, praise(text, contact=PHONE if contact else None))
            self.network.note(receipt.id)

    def _known(self, at: int, pick: int) -> tuple[str, str, int] | None:
        rows = self.network.desks[at].store.rows("SELECT id, device, seq FROM feedback ORDER BY id")
        if not rows:
            return None
        id, device, seq = rows[pick % len(rows)]
        return id.hex(), device, seq

    @rule(at=desk, pick=number, state=st.sampled_from((ReviewState.ADOPTED, ReviewState.ASSIGNED)))
    def an_officer_decides(self, at: int, pick: int, state: ReviewState) -> None:
        found = self._known(at, pick)
        if found:
            store = self.network.desks[at].store
            set_review(store, found[0], state, department="녹지정원과")

    @rule(at=desk, pick=number)
    def an_officer_answers(self, at: int, pick: int) -> None:
        found = self._known(at, pick)
        if found:
            add_reply(self.network.desks[at].store, found[0], "답변", public=True)

    @rule(at=desk, pick=number, what=st.sampled_from(Erased))
    def an_officer_erases(self, at: int, pick: int, what: Erased) -> None:
        found = self._known(at, pick)
        if found:
            redact(self.network.desks[at].store, found[1], found[2], what, "요청")

    @rule(at=anyone)
    def a_stick_is_written(self, at: int) -> None:
        self.sticks = [*self.sticks[-7:], self.network.stick(at)]

    @precondition(lambda self: self.sticks)
    @rule(at=anyone, pick=number)
    def a_stick_is_read(self, at: int, pick: int) -> None:
        self.network.put_in(at, self.sticks[pick % len(self.sticks)])

    @precondition(lambda self: self.sticks)
    @rule(pick=number)
    def a_stick_is_lost(self, pick: int) -> None:
        del self.sticks[pick % len(self.sticks)]

    @precondition(lambda self: self.sticks)
    @rule(at=anyone, pick=number, where=number, cut=st.booleans())
    def a_damaged_stick_is_read(self, at: int, pick: int, where: int, cut: bool) -> None:
        stick = bytearray(self.sticks[pick % len(self.sticks)])
        where = where * 7919 % len(stick)
        if cut:
            del stick[where:]
        else:
            stick[where] ^= 1 << where % 8
        self.network.put_in(at, bytes(stick))

    @rule(giver=anyone, taker=anyone, seed=number)
    def pages_arrive_in_any_order(self, giver: int, taker: int, seed: int) -> None:
        chance = random.Random(seed)
        pages = [page.data for page in export_pages(self.network.members[giver].store)]
        for page in chance.choices(pages, k=len(pages)) if pages else []:
            import_page(self.network.members[taker], page)

    @precondition(lambda self: self.sticks)
    @rule(at=anyone, pick=number, after=st.integers(0, 3))
    def the_power_goes_while_a_stick_is_read(self, at: int, pick: int, after: int) -> None:
        member = self.network.members[at]
        member.dies_after = after
        self.network.put_in(at, self.sticks[pick % len(self.sticks)])
        member.dies_after = None

    @rule(at=anyone)
    def somebody_visits_the_folder(self, at: int) -> None:
        self.network.visit_folder(at)

    @rule(at=anyone, after=st.integers(0, 3))
    def the_power_goes_during_a_visit_to_the_folder(self, at: int, after: int) -> None:
        self.network.visit_folder(at, dies_after=after)

    @rule(pick=number)
    def a_file_is_taken_out_of_the_folder(self, pick: int) -> None:
        self.network.share.lose(pick)

    @rule()
    def old_files_are_put_back_into_the_folder(self) -> None:
        self.network.share.bring_back()

    @rule(pick=number, where=number, cut=st.booleans())
    def a_file_in_the_folder_is_damaged(self, pick: int, where: int, cut: bool) -> None:
        self.network.share.spoil(pick, where * 7919, cut)

    @rule(at=anyone)
    def somebody_visits_the_hub(self, at: int) -> None:
        self.network.visit(at)

    @rule(at=anyone, seed=number)
    def somebody_visits_the_hub_over_a_bad_line(self, at: int, seed: int) -> None:
        self.network.visit(at, seed)

    @rule(at=anyone, after=st.integers(0, 3))
    def the_hub_dies_during_a_visit(self, at: int, after: int) -> None:
        self.network.visit(at, dies_after=after)

    @rule()
    def a_backup_of_the_hub_is_made(self) -> None:
        self.hub_backup = copy_of(self.network.hub.connection)
        self.stack.callback(self.hub_backup.close)

    @precondition(lambda self: self.hub_backup)
    @rule()
    def the_hub_is_restored(self) -> None:
        assert self.hub_backup is not None
        self.network.restore_hub(self.hub_backup)
        self.hub_backup = None

    @rule(at=anyone)
    def a_backup_is_made(self, at: int) -> None:
        self.backups[at] = copy_of(self.network.members[at].store.connection)
        self.stack.callback(self.backups[at].close)

    @precondition(lambda self: self.backups and self.network.has_spare_names)
    @rule(pick=number)
    def a_disk_dies_and_is_restored(self, pick: int) -> None:
        at = sorted(self.backups)[pick % len(self.backups)]
        self.network.restore(at, self.backups.pop(at))

    def teardown(self) -> None:
        try:
            # Every schedule ends over one carrier, whatever was carried by which before.
            if self.by == "hub":
                self.network.settle_at_the_hub()
            else:
                # What a device brought to the hub before its disk died, the hub alone may hold.
                self.network.visit(0)
                if self.by == "folder":
                    self.network.settle_in_the_folder()
                else:
                    self.network.settle()
            self.network.check()
        finally:
            self.stack.close()


def _run(schedules: int, part: int) -> None:
    # Each part its own schedules: the order of tests sets the same seed before every test.
    random.seed(f"{part}/{random.getrandbits(64)}")
    run_state_machine_as_test(
        Exchange,
        settings=settings(
            max_examples=schedules,
            stateful_step_count=STEPS,
            deadline=None,
            database=None,
            print_blob=True,
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.mark.timeout(300)
@pytest.mark.parametrize("part", range(PARTS))
def test_every_store_is_the_same_in_the_end_and_every_receipt_holds(part: int) -> None:
    _run(SCHEDULES // PARTS, part)


@pytest.mark.soak
@pytest.mark.parametrize("part", range(PARTS))
def test_a_hundred_thousand_schedules_end_the_same_way(part: int) -> None:
    _run(SOAK // PARTS, part)
