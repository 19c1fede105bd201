"""Traces 흔적: where erased words and sealed contacts lie beside the journal, and how they go.

Quarantined pages lose what a redaction names. A store that was moved aside is erased from like the
living one; one too damaged for that goes whole once it was salvaged, for all that could be read
of it was brought over. What a person must do is said in a notice.
"""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path

import pysqlite3.dbapi2 as sqlite

from db.directory import STORE
from db.store.migrations import APPLICATION_ID
from db.store.notices import add_notice
from db.store.quarantine import strip_named
from db.store.salvage import SALVAGED
from db.store.store import Places, Store, connect


def remove_traces(store: Store, erased: Places) -> None:
    """Takes contents that were just erased in `store` out of everything else it keeps."""
    strip_named(store, erased)
    folder = store.directory.damaged
    try:
        aside = sorted(folder.iterdir()) if folder.is_dir() else []
    except OSError:
        aside = []
    for each in aside:
        if not _erase_in(each / STORE, erased):
            _destroy(store, each)


def _erase_in(file: Path, erased: Places) -> bool:
    """Erases in a store that lies aside; False where it is too damaged for that."""
    if not file.exists():
        return not any(file.parent.glob(f"{STORE}*"))
    try:
        with closing(connect(file)) as connection:
            if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
                return False
            if connection.execute("PRAGMA integrity_check(1)").fetchone()[0] != "ok":
                return False
            connection.execute("BEGIN IMMEDIATE")
            for (device, seq), columns in erased.items():
                connection.execute(
                    f"UPDATE event SET {columns} WHERE device = ? AND seq = ?", (device, seq)
                )
                for table, column in _COPIES:
                    connection.execute(
                        f"UPDATE {table} SET {column} WHERE device = ? AND seq = ?", (device, seq)
                    )
            connection.execute("COMMIT")
            ((busy, *_rest),) = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            return not busy
    except (sqlite.Error, OSError):
        return False


_COPIES = (
    ("reply", "text = '', text_en = NULL, department = NULL"),
    ("review", "reason = NULL, department = NULL"),
    ("planting", "species = '', dong = NULL, lat = NULL, lon = NULL, site = NULL"),
    ("feedback", "lat = NULL, lon = NULL, site = NULL"),
)
"""Where tables repeat what a body says."""


def _destroy(store: Store, aside: Path) -> None:
    """What cannot be erased from goes whole, if nothing is left in it that anybody needs."""
    where = f"damaged/{aside.name}"
    if (aside / SALVAGED).exists():
        shutil.rmtree(aside, ignore_errors=True)
    if aside.exists():
        kind = "traces"
        ko = (
            f"지운 내용이 {where}에 남아 있을 수 있습니다. 더 볼 것이 없으면 그 폴더를 지우세요: "
            f"'cheonman purge --damaged {aside.name}'."
        )
        en = (
            f"What was erased may still lie in {where}; once nobody needs it, destroy that "
            f"directory with 'cheonman purge --damaged {aside.name}'."
        )
    else:
        kind = "traces-gone"
        ko = f"지운 내용이 있던 손상된 저장소 {where}을(를) 없앴습니다. 읽힌 것은 다 옮겼습니다."
        en = (
            f"The damaged store {where} was destroyed, since it held what was erased; all that "
            "could be read of it had been brought over."
        )
    if store.row("SELECT 1 FROM notice WHERE kind = ? AND en = ? AND seen = 0", (kind, en)):
        return
    with store.change() as connection:
        add_notice(connection, store.clock(), kind, ko, en)
