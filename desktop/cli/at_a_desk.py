"""What every command does first that decides or answers: it opens the store of a desk."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import TYPE_CHECKING

from db.problems import Problem
from desktop.cli import output
from desktop.settings import SettingsProblem, load_settings

if TYPE_CHECKING:
    from db.store.store import Store


def run_at_a_desk(
    command: str,
    args: argparse.Namespace,
    act: Callable[[Store], int],
    options: dict[str, str] | None = None,
) -> int:
    """The exit status of `act` over a desk's store; `options` names the option behind a field."""
    from db.participation.desk_only import require_desk
    from db.store.opening import open_store

    try:
        data_dir = output.store_dir_of(args)
        with open_store(data_dir) as store:
            require_desk(store, lambda: load_settings(data_dir).role)
            return act(store)
    except SettingsProblem as problem:
        return output.refuse(command, str(problem))
    except Problem as problem:
        return output.refuse_problem(command, problem, options)
