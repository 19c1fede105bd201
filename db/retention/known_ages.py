"""Ages 나이: how old what is stored surely is, whatever any clock of this device says.

A clock that stands wrong must not destroy anybody's words, so no time that a device wrote on its
own events is believed. At each look the store marks how far it knows each journal; an event is as
old as the first mark that covers it. Between two marks passed at least

- the time this machine was running, by the counter the kernel keeps since it started, and
- what lies between two dates that others signed, once one of them had signed that it holds the
  event: others' dates bound the event's time from above and the present from below.

Both can only be too small, so what is destroyed may go late, never early. A date that was never
reached bounds nothing: where all others speak against whoever signed it, what counts meanwhile is
the time of this machine's own clock at that look; once the date has come it counts after all. The
marks lie beside the store, so that a damaged or restored store does not make anything young again.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Container, Mapping
from functools import cache
from pathlib import Path
from typing import Annotated

import msgspec

from db.clock import DAY_US
from db.directory import DataDirectory, write_durably
from db.problems import StorageUnavailable

FILE = "ages.json"
MOST_MARKS = 800
"""Of one journal; then every other one goes, and what it covered counts from the next. The oldest
stays: nothing else tells that something is ten years old."""
_LARGEST = 256 * 1024 * 1024

Passing = Callable[[], tuple[str, int]]
"""Which run of the machine this is, and the microseconds it has lasted."""


@cache
def _boot() -> str:
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    except OSError:
        # Elsewhere the counter holds for this process alone.
        return f"process {os.getpid()} {time.time_ns()}"


_STARTED_NS = time.monotonic_ns()


def machine_running() -> tuple[str, int]:
    """The kernel's own counter, which nobody can set."""
    boot = _boot()
    if boot.startswith("process"):
        return boot, (time.monotonic_ns() - _STARTED_NS) // 1000
    return boot, time.clock_gettime_ns(time.CLOCK_BOOTTIME) // 1000


class AgeMark(msgspec.Struct, array_like=True):
    """At a look when `ran` had passed, the journal was known up to `seq`, and up to `held` others
    had signed for it, no later than `said` by their dates (None without any); `ours` is the same
    by this machine's clock, where the others outvoted the latest of them.
    """

    ran: int
    seq: int
    held: int
    said: int | None
    ours: int | None = None

    def age(self, now: int | None) -> int:
        """How old by dates what others hold surely is at this date; less than nothing without."""
        said = self.said
        if said is not None and now is not None and said > now:
            said = self.ours
        return -1 if now is None or said is None else now - said


class TrustedTime(msgspec.Struct, frozen=True, kw_only=True):
    """What others signed: `not_after` bounds from above when they signed for what they hold,
    `by_own_clock` without those that were outvoted; `now` bounds the present from below. `later`
    are the signers that speak of a time far beyond this machine's clock.
    """

    not_after: int
    by_own_clock: int
    now: int
    later: tuple[str, ...] = ()


class Ages(msgspec.Struct):
    """`ran` is what surely passed while this was looked at; `boot` and `at` say where it stopped.
    `newest` is the latest date others signed, first heard of when `newest_ran` had passed.
    """

    ran: Annotated[int, msgspec.Meta(ge=0)] = 0
    boot: str = ""
    at: int = 0
    newest: int | None = None
    newest_ran: int = 0
    marks: dict[str, list[AgeMark]] = {}

    def pass_time(self, passing: Passing) -> None:
        """Counts what passed since the last look. Over a restart of the machine, or a move to
        another one, nobody knows how long it stood still: that counts as nothing.
        """
        boot, at = passing()
        if boot == self.boot:
            self.ran += max(0, at - self.at)
        self.boot, self.at = boot, at

    def hear(self, newest: int | None, latest: int | None = None) -> int | None:
        """Takes the latest date others signed; answers the date it must be at least by now. What
        was heard before and lies beyond `latest` is forgotten.
        """
        if self.newest is not None and latest is not None and self.present() > latest:
            self.newest = None
        if newest is not None and (self.newest is None or newest > self.present()):
            self.newest, self.newest_ran = newest, self.ran
        return None if self.newest is None else self.present()

    def present(self) -> int:
        assert self.newest is not None
        return self.newest + self.ran - self.newest_ran

    def mark(
        self,
        tails: Mapping[str, int],
        held: Mapping[str, int],
        said: int | None,
        own: Container[str] = (),
        ours: int | None = None,
    ) -> None:
        """Remembers how far each journal is known now; at most once a day where nothing new is
        held by others. `own` are this device's names: what salvage lost or wrote again of them
        stays as old as it was, because no number of theirs is given twice.
        """
        for gone in self.marks.keys() - tails.keys():
            if gone not in own:
                del self.marks[gone]
        for name, seq in tails.items():
            marks = self.marks.setdefault(name, [])
            # A journal that became shorter lost a wrong branch; what follows will be younger.
            while marks and marks[-1].seq > seq and name not in own:
                marks.pop()
            covered = min(seq, held.get(name, 0)) if said is not None else 0
            last = marks[-1] if marks else None
            if last is not None and last.seq >= seq and last.held >= covered:
                continue
            if last is not None and self.ran - last.ran < DAY_US and last.held >= covered:
                continue
            marks.append(
                AgeMark(self.ran, seq, covered, said, ours)
                if covered
                else AgeMark(self.ran, seq, 0, None)
            )
            if len(marks) > MOST_MARKS:
                del marks[1:-1:2]

    def old_enough(self, name: str, period_us: int, now: int | None, *, only_held: bool) -> int:
        """The number up to which a journal is surely older than a period. `only_held` counts what
        others signed for alone.
        """
        found = 0
        for mark in self.marks.get(name, ()):
            if self.ran - mark.ran >= period_us:
                found = max(found, mark.held if only_held else mark.seq)
            elif mark.age(now) >= period_us:
                found = max(found, mark.held)
        return found

    def forget(self, before_us: int) -> None:
        """Drops marks that an older one of the same journal makes needless: older than any period
        in force, they all mean the same.
        """
        for marks in self.marks.values():
            while len(marks) > 1 and self.ran - marks[1].ran > before_us:
                del marks[0]


def load_ages(directory: DataDirectory) -> Ages:
    """The marks of a data directory; none where the file is missing or no longer understood,
    which makes everything young again.
    """
    try:
        with (directory.path / FILE).open("rb") as file:
            return msgspec.json.decode(file.read(_LARGEST), type=Ages)
    except (OSError, msgspec.MsgspecError, RecursionError):
        return Ages()


def save_ages(directory: DataDirectory, ages: Ages) -> None:
    """Raises StorageUnavailable."""
    try:
        write_durably(directory.path / FILE, msgspec.json.encode(ages))
    except OSError as error:
        raise StorageUnavailable.from_os(error, str(directory.path / FILE)) from error
