"""Takes in what a desk published while the kiosk runs: between two visits, never under a finger."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from db.catalogue.search import ProjectIndex
from db.problems import Problem
from db.publishing.packs import catalogue_of, is_current, tell_operator
from desktop.background.tasks import Changes, Tasks
from desktop.kiosk.content import Content
from desktop.kiosk.shell.navigator import Navigator

if TYPE_CHECKING:
    from pathlib import Path

    from db.store.store import Store

log = logging.getLogger("cheonman.renewal")

#: What may have brought a pack along.
BRINGING = Changes.CATALOGUE | Changes.REPLIES | Changes.EXCHANGE


def renewed(store: Store, data_dir: Path, shown: Content) -> Content | None:
    """What should be shown now, None where it is shown already. Runs on the store's thread.

    Raises CatalogueProblem, Refused, StorageUnavailable."""
    if is_current(store, shown.catalogue):
        return None
    catalogue = catalogue_of(store, data_dir)
    tell_operator(store, catalogue)
    return Content(catalogue, shown.city, ProjectIndex(catalogue.projects))


class ContentRenewal(QObject):
    """Looks when the kiosk has opened, after each visit and when something arrived. `show` is given
    new content; a visit that began meanwhile puts that off until it has ended."""

    def __init__(
        self,
        navigator: Navigator,
        tasks: Tasks,
        data_dir: Path,
        content: Content,
        show: Callable[[Content], None],
    ) -> None:
        super().__init__(navigator)
        self._navigator, self._tasks, self._data_dir = navigator, tasks, data_dir
        self._content, self._show = content, show
        navigator.visit_ended.connect(self.look)
        tasks.changed.connect(self.on_changed)
        self.look()

    def look(self) -> None:
        """Ask the store whether something newer stands there."""
        self._tasks.change(
            partial(renewed, data_dir=self._data_dir, shown=self._content),
            self._on_content,
            self._on_trouble,
            changes=Changes.NOTHING,
        )

    def on_changed(self, changes: Changes) -> None:
        if changes & BRINGING and not self._navigator.visiting:
            self.look()

    def _on_content(self, content: Content | None) -> None:
        if content is None or self._navigator.visiting:
            return
        self._content = content
        self._show(content)

    def _on_trouble(self, error: Exception) -> None:
        """What is shown stays; the store's own troubles are told elsewhere."""
        if not isinstance(error, Problem):
            raise error
        log.info("no newer catalogue: %s", type(error).__name__)
