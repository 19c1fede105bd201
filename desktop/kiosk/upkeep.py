"""What keeps a kiosk in a library running: bugs are survived, signs of life are given, staff can
see how it is. Only the real program has this; tours and measurements do without.
"""

from __future__ import annotations

import json
import logging
import shutil
import time
from collections import deque
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from desktop.access.lockdown import hide_pointer
from desktop.background.hub_sync import HubSync
from desktop.background.purge import purge_store
from desktop.background.tasks import Changes
from desktop.background.throttle import Throttle
from desktop.kiosk.app import Kiosk
from desktop.kiosk.home.presenter import HomePresenter
from desktop.kiosk.shell.routes import ScreenName
from desktop.process.crash_log import Failures
from desktop.process.signals import Termination
from desktop.process.watchdog import STATUS_FILE, Facts, Watchdog
from resources import VERSION

if TYPE_CHECKING:
    from db.retention.purge import Purged

log = logging.getLogger("cheonman.upkeep")

#: So many bugs within a minute and the program starts anew: something is badly wrong.
TOO_MANY, WITHIN_S = 5, 60.0
LONGEST_STATUS = 64 * 1024
DAY_MS = 24 * 3600 * 1000


class Upkeep(QObject):
    """Begins after the first frame. `clock` answers monotonic seconds."""

    def __init__(self, kiosk: Kiosk, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(kiosk)
        self._kiosk, self._clock = kiosk, clock
        self._bugs: deque[float] = deque(maxlen=TOO_MANY)
        self._recovering = False
        self._purge_waits = False
        self._started = datetime.now(UTC)
        self._interrupted = self._was_interrupted()
        self.failures = Failures(kiosk.data_dir, self)
        self.failures.bug.connect(self._on_bug)
        self.heartbeat = Watchdog(
            kiosk.data_dir, self._facts, run=self._off_the_screen, parent=self
        )
        kiosk.navigator.visit_began.connect(self.heartbeat.write_status)
        kiosk.navigator.visit_ended.connect(self.heartbeat.write_status)
        kiosk.navigator.visit_ended.connect(self._purge_what_waited)
        kiosk.ready.connect(self._on_ready)
        self.termination = Termination(self)
        self.termination.asked.connect(kiosk.leave)
        if kiosk.settings.hide_cursor:
            hide_pointer()
        self._daily = QTimer(self)
        self._daily.setInterval(DAY_MS)
        self._daily.timeout.connect(self.look_after_the_store)
        self._daily.timeout.connect(self.purge)
        self._daily.start()
        self.pace = Throttle()
        self.syncing: HubSync | None = None
        self.failures.install()
        self.heartbeat.start()
        log.info("started %s", VERSION)

    def close(self) -> None:
        """The kiosk is about to stop in order; while its worker still takes tasks."""
        if self.syncing is not None:
            self.syncing.close()
        self.heartbeat.stop()
        self._daily.stop()
        self._purge_waits = False
        self._kiosk.navigator.visiting = False
        self.heartbeat.write_status()
        log.info("stopped")
        self.failures.remove()
        self.termination.remove()

    def look_after_the_store(self) -> None:
        """Once a day: what screens read must follow from the journal; else it is written anew. It
        waits a day more when somebody is there, because it reads the whole journal."""
        if not self._kiosk.navigator.visiting:
            from db.doctor.healing import heal  # brings sqlite along; once a day is early enough

            self._kiosk.tasks.change(heal, self._looked_after, changes=Changes.FEEDBACK)

    def purge(self) -> None:
        """On starting and once a day: what is past its retention period is destroyed, in pieces
        between which everything else gets its turn; a resident ends it until they have gone."""
        kiosk = self._kiosk
        self._purge_waits = kiosk.navigator.visiting
        if self._purge_waits:
            return

        def go_on() -> bool:
            kiosk.tasks.give_way()
            if kiosk.navigator.visiting:
                self._purge_waits = True
            return not (kiosk.navigator.visiting or kiosk.tasks.closing)

        kiosk.tasks.change(
            lambda store: purge_store(store, kiosk.settings, go_on),
            self._purged,
            lambda error: log.warning("purge failed: %s", type(error).__name__),
            changes=Changes.FEEDBACK | Changes.PLANTINGS,
        )

    def _purge_what_waited(self) -> None:
        if self._purge_waits and not self._kiosk.navigator.visiting:
            self.purge()

    def _purged(self, done: Purged) -> None:
        # A short visit may have ended before the purge that made room for it.
        self._purge_what_waited()
        if done.waits is not None:
            log.warning("no purge: the clock stands wrong")
        elif done.total:
            log.info(
                "purged %d contacts, %d feedback, %d plantings, %d pages apart, %d damaged stores",
                done.contacts,
                done.feedback,
                done.plantings,
                done.pages_apart,
                done.damaged_stores,
            )

    def _looked_after(self, healed: bool) -> None:
        if healed:
            log.warning("projections were written anew from the journal")

    def _off_the_screen(self, work: Callable[[], None]) -> None:
        self._kiosk.tasks.load(work, lambda nothing: None)

    def _facts(self) -> Facts:
        kiosk = self._kiosk
        route = kiosk.navigator.current
        try:
            free: int | None = shutil.disk_usage(kiosk.data_dir).free
        except OSError:
            free = None
        return {
            "version": VERSION,
            "name": kiosk.settings.name,
            "site": kiosk.settings.site,
            "at": datetime.now(UTC).isoformat(timespec="seconds"),
            "started": self._started.isoformat(timespec="seconds"),
            "visiting": kiosk.navigator.visiting,
            "screen": route.name if route is not None else None,
            "disk_free_bytes": free,
            "bugs": len(self._bugs),
        }

    def _was_interrupted(self) -> bool:
        """Whether the program ended in the middle of a visit the last time."""
        try:
            with (self._kiosk.data_dir / STATUS_FILE).open("rb") as file:
                return json.loads(file.read(LONGEST_STATUS)).get("visiting") is True
        except (OSError, ValueError, AttributeError):
            return False

    def _on_ready(self) -> None:
        self.purge()
        if self._kiosk.settings.hub_url and self.syncing is None:
            self._begin_syncing()
        if self._interrupted and not self._kiosk.navigator.visiting:
            self._interrupted = False
            log.warning("the last visit was cut off")
            self._home_with_notice()

    def _begin_syncing(self) -> None:
        kiosk = self._kiosk
        self.syncing = HubSync(
            kiosk.tasks, kiosk.data_dir, kiosk.settings.hub_url, self.pace, parent=self
        )
        kiosk.accessibility.add_handler(self.pace)
        self.syncing.start()

    def _on_bug(self) -> None:
        """Wipe the visit and show Home; a resident never sees what went wrong inside."""
        now = self._clock()
        self._bugs.append(now)
        often = len(self._bugs) == TOO_MANY and now - self._bugs[0] < WITHIN_S
        if often or self._recovering:
            log.error("too many bugs: starting anew")
            self._kiosk.leave(1)
            return
        self._recovering = True
        self._home_with_notice()
        self._recovering = False

    def _home_with_notice(self) -> None:
        navigator = self._kiosk.navigator
        if not navigator.knows(ScreenName.HOME):
            return
        navigator.end_visit()
        home = navigator.presenter(HomePresenter)
        assert isinstance(home, HomePresenter)
        home.tell_of_loss()
