"""Who may decide and answer: a desk."""

from __future__ import annotations

from collections.abc import Callable

from db.exchange.trust.papers import DeviceRole
from db.exchange.trust.trust import load_trust
from db.problems import InputRefused
from db.store.store import Store


def require_desk(store: Store, role_in_settings: Callable[[], str]) -> None:
    """Raises InputRefused where others would refuse what is signed here: a kiosk's or a hub's
    decisions count nowhere. The settings are asked only where no certificate says the role.
    """
    own = load_trust(store.directory, store.clock).certificates.get(store.device)
    role = own.role.value if own else role_in_settings()
    if role != DeviceRole.DESK:
        place = store.directory.path
        raise InputRefused(
            "data-dir",
            f"{place}은(는) 검토대가 아닙니다({role}). 'cheonman init --role desk'로 만든 "
            "저장소에서 하세요.",
            f"{place} is a {role}, not a desk; use a store made with 'cheonman init --role desk'.",
        )
