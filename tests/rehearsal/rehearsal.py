"""The rehearsal: kiosks write through the one address while machines die; nothing may be lost."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import ExitStack, suppress
from typing import Literal, get_args

import msgspec

from tests.rehearsal.accounts import duplicates, lost, read_back
from tests.rehearsal.cluster import Cluster
from tests.rehearsal.front import HUBS, Front
from tests.rehearsal.kiosks import Kiosks
from tests.rehearsal.places import NODES, Places
from tests.rehearsal.processes import NotInTime, wait_until

Happening = Literal["kill-hub", "kill-leader", "switchover", "lose-machine"]
HAPPENINGS: tuple[Happening, ...] = get_args(Happening)
#: Pages of every kiosk before something happens, and after it, before the next thing does.
_PAGES_BETWEEN = 10
_PATIENCE = 90


class Act(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that happened while the kiosks wrote."""

    happening: str
    to: str
    outage_seconds: float
    """The longest time without any acknowledged page."""


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """What a rehearsal found. `lost` and `duplicates` count events and must be 0."""

    acts: tuple[Act, ...]
    acknowledged_pages: int
    acknowledged_events: int
    lost: int
    duplicates: int
    copies_differ: int
    """Machines whose PostgreSQL does not hold what the leader's holds, at the end."""
    bytes_an_event: int
    """What one event takes of one machine's disk, indexes included, feedback of 220 letters."""
    writing_seconds: float
    not_acknowledged: dict[str, int]
    """Attempts that got no acknowledgement and were made again, by answer or failure."""

    @property
    def is_good(self) -> bool:
        wrong = self.lost or self.duplicates or self.copies_differ
        return self.acknowledged_events > 0 and not wrong


class Rehearsal:
    """Owns everything it starts; `end` cleans up whatever there is, at any moment."""

    def __init__(self, say: Callable[[str], None] = lambda _: None, kiosks: int = 2) -> None:
        self._say = say
        self._places = Places()
        self._cluster = Cluster(self._places)
        self._front = Front(self._places)
        self._kiosks = Kiosks(kiosks, self._front.authority)

    def __enter__(self) -> Rehearsal:
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    def run(self, happenings: tuple[Happening, ...] = HAPPENINGS) -> Report:
        self._start()
        began = time.monotonic()
        self._kiosks.start(self._front.public, self._front.trusts())
        self._kiosks.wait_for_pages(_PAGES_BETWEEN, _PATIENCE)
        acts = tuple(self._play(happening) for happening in happenings)
        self._kiosks.stop()
        writing = time.monotonic() - began
        self._say("reading everything back")
        self._cluster.wait_until_whole()
        return self._report(acts, writing)

    def end(self) -> None:
        # From the last to the first, each one also when another fails.
        with ExitStack() as last:
            last.callback(self._places.remove)
            last.callback(self._cluster.end)
            last.callback(self._front.end)
            last.callback(self._kiosks.stop)

    def last_words(self) -> str:
        """The ends of all logs, for a rehearsal that failed."""
        return f"{self._cluster.last_words()}\n{self._front.last_words()}"

    def _start(self) -> None:
        self._say("starting three etcd and three PostgreSQL under Patroni")
        self._front.make_certificate()
        self._cluster.start()
        self._say("starting two hubs and the one address")
        self._front.enrol()
        self._front.start()

    def _play(self, happening: Happening) -> Act:
        play = {
            "kill-leader": self._kill_leader,
            "kill-hub": self._kill_hub,
            "switchover": self._switch_over,
            "lose-machine": self._cluster.lose_machine,
        }[happening]
        since = time.monotonic()
        whom = play()
        self._kiosks.wait_for_pages(_PAGES_BETWEEN, _PATIENCE)
        outage = round(self._kiosks.longest_silence(since), 1)
        self._say(f"{happening} {whom}: {outage} s without an acknowledgement")
        self._mend(happening, whom)
        return Act(happening=happening, to=whom, outage_seconds=outage)

    def _kill_leader(self) -> str:
        node = self._cluster.kill_leader()
        wait_until("a new leader", lambda: self._cluster.leader() not in (None, node), _PATIENCE)
        return node

    def _kill_hub(self) -> str:
        self._front.kill_hub(HUBS[0])
        return HUBS[0]

    def _switch_over(self) -> str:
        node = self._cluster.switch_over()
        wait_until("a new leader", lambda: self._cluster.leader() not in (None, node), _PATIENCE)
        return node

    def _mend(self, happening: Happening, whom: str) -> None:
        """What died comes back, as a machine does that is switched on again."""
        if happening == "kill-leader":
            self._cluster.start_patroni(whom)
        if happening == "lose-machine":
            self._cluster.replace_machine(whom)
        if happening == "kill-hub":
            self._front.start_hub(whom)
            self._front.wait_for_hub(whom)
        self._cluster.wait_until_whole()

    def _report(self, acts: tuple[Act, ...], writing: float) -> Report:
        gone = twice = 0
        for node in HUBS:
            address, trusts = self._front.address(node), self._front.trusts()
            self._front.wait_for_hub(node)
            for kiosk in self._kiosks.each:
                found = read_back(kiosk, address, trusts)
                gone += lost(kiosk, found)
                twice += duplicates(found)
        return Report(
            acts=acts,
            acknowledged_pages=self._kiosks.pages,
            acknowledged_events=self._kiosks.events,
            lost=gone,
            duplicates=twice,
            copies_differ=self._copies_that_differ(),
            bytes_an_event=self._bytes_an_event(),
            writing_seconds=round(writing, 1),
            not_acknowledged=self._kiosks.refusals(),
        )

    def _copies_that_differ(self) -> int:
        """Copies follow a moment behind the leader; nobody writes any more."""
        wanted = self._held(self._cluster.leader() or NODES[0])

        def differing() -> int:
            return sum(self._held(node) != wanted for node in NODES)

        with suppress(NotInTime):
            wait_until("the copies", lambda: differing() == 0, 30)
        return differing()

    def _bytes_an_event(self) -> int:
        with self._cluster.connect(self._cluster.leader() or NODES[0]) as connection:
            ((size,),) = connection.execute(
                "SELECT pg_total_relation_size('event') / greatest(count(*), 1) FROM event"
            ).fetchall()
        return int(size)

    def _held(self, node: str) -> list[tuple[str, int, int]]:
        """How many events of each device one machine's PostgreSQL holds, and up to which number."""
        with self._cluster.connect(node) as connection:
            return connection.execute(
                "SELECT device, count(*), max(seq) FROM event GROUP BY device ORDER BY device"
            ).fetchall()
