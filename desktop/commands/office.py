"""Who may decide and answer: a desk. Not a command of its own."""

from __future__ import annotations

from pathlib import Path

from db.exchange.papers import Role
from db.exchange.trust import load_trust
from db.problems import InputRefused
from db.store import Store
from desktop.settings import load_settings


def require_desk(store: Store, data_dir: Path) -> None:
    """Raises InputRefused where others would refuse what is signed here: a kiosk's or a hub's
    decisions count nowhere. Raises SettingsProblem.
    """
    own = load_trust(store.directory, store.clock).certificates.get(store.device)
    role = own.role.value if own else load_settings(data_dir).role
    if role != Role.DESK:
        raise InputRefused(
            "data-dir",
            f"{data_dir}은(는) 검토대가 아닙니다({role}). 'cheonman init --role desk'로 만든 "
            "저장소에서 하세요.",
            f"{data_dir} is a {role}, not a desk; use a store made with 'cheonman init --role "
            "desk'.",
        )
