"""Visits to a hub for tests, and what may be done to its answers on the way."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, TypeVar

from db.exchange.carriers.hub_client import HubVisit, sync_hub
from db.exchange.carriers.hub_http import Patience
from db.exchange.pages.store_shelf import StoreShelf
from db.exchange.status.log import exchanges
from db.problems import Problem
from db.store.opening import open_store
from tests.db.exchange.between import (
    Between,
    Call,
    Rule,
    on,
)
from tests.db.exchange.machines import Machines

T = TypeVar("T")


def visit(machines: Machines, name: str, url: str, status: int = 0) -> Any:
    words = ("--hub", url, "--data-dir", machines.of(name))
    return machines.run("sync", *words, status=status)


def sync(machines: Machines, name: str, url: str, patience: Patience | None = None) -> HubVisit:
    """A visit without the command round it: what goes wrong is raised."""
    with open_store(machines.of(name)) as store:
        shelf = StoreShelf(store)

        async def here(act: Callable[[StoreShelf], T]) -> T:
            return act(shelf)

        return asyncio.run(sync_hub(here, url, patience=patience))


def ends_well(machines: Machines, name: str, url: str) -> bool:
    try:
        return sync(machines, name, url).reading.refusals == []
    except Problem:
        return False


def last_cause(machines: Machines, name: str) -> str | None:
    with open_store(machines.of(name)) as store:
        return exchanges(store, limit=1)[0].cause


def changing(change: Callable[[bytes], bytes]) -> Rule:
    """The hub's answer with another body."""

    def rule(call: Call) -> bytes:
        answer = call.ask()
        answer.body = change(answer.body)
        return answer.raw()

    return rule


def first(start: str, line: Between, rule: Rule) -> Rule:
    """Only at the first call that begins so."""
    return on(start, lambda call: rule(call) if line.seen.count(line.seen[-1]) == 1 else None)


def raw(head: bytes, kilobytes: int = 0) -> Rule:
    return lambda call: b"HTTP/1.1 200 OK\r\n" + head + b"x" * 1024 * kilobytes
