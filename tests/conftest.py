"""What every test stands on: off screen, bundled fonts only, its own home, nothing left running."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from pytestqt.qtbot import QtBot
from pytestqt.wait_signal import SignalBlocker

from desktop import i18n
from tests import environment
from tests.frozen_clock import FrozenClock
from tests.leaks import Leaks, let_go
from tests.postgresql import postgresql  # noqa: F401

environment.prepare()
HANGS_AFTER_MS = 60_000
# A suite that was started in the background ignores Ctrl-C, and so would whatever it starts.
signal.signal(signal.SIGINT, signal.default_int_handler)

hypothesis.settings.register_profile(
    "ci",
    max_examples=60,
    deadline=None,  # two shared cores: time says nothing about the code
    print_blob=True,
    database=None,
)
hypothesis.settings.register_profile(
    "soak", max_examples=5_000, deadline=None, print_blob=True, database=None
)
hypothesis.settings.load_profile(os.environ.get("CHEONMAN_HYPOTHESIS", "ci"))


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, exitstatus: int, config: pytest.Config
) -> None:
    """Name the seed of a failing run: the short report leaves the header out."""
    if exitstatus:
        seed = config.getoption("randomly_seed", default=None)
        terminalreporter.write_line(f'same order again: make test ARGS="--randomly-seed={seed}"')


class PatientBot(QtBot):
    """Waits so long that only a hang is noticed: how fast a busy machine is, is no finding."""

    def waitUntil(  # noqa: N802  # pytest-qt's own
        self, callback: Callable[[], bool | None], *, timeout: int = HANGS_AFTER_MS
    ) -> None:
        super().waitUntil(callback, timeout=timeout)

    def waitSignal(  # noqa: N802  # pytest-qt's own
        self,
        signal: Any,
        *,
        timeout: int = HANGS_AFTER_MS,
        raising: bool | None = None,
        check_params_cb: Callable[..., bool] | None = None,
    ) -> SignalBlocker:
        return super().waitSignal(
            signal, timeout=timeout, raising=raising, check_params_cb=check_params_cb
        )


@pytest.fixture
def qtbot(qapp: object, request: pytest.FixtureRequest) -> PatientBot:
    return PatientBot(request)


@pytest.fixture(autouse=True)
def nothing_left_running(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail the test that leaves a thread, a top-level widget or a running timer behind."""
    leaks = Leaks.before(with_timers="qapp" in request.fixturenames)
    yield
    left = leaks.after()
    let_go()
    if left:
        pytest.fail("left behind: " + "; ".join(left), pytrace=False)


@pytest.fixture(autouse=True)
def korean_first() -> Iterator[None]:
    """Every test begins and ends in Korean, whatever language it spoke between."""
    yield
    i18n.use_language(i18n.KOREAN)


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    """A fresh, empty data directory with the rights the store asks for."""
    path = tmp_path / "data"
    path.mkdir(mode=0o700)
    return path


@pytest.fixture
def frozen_clock() -> FrozenClock:
    """A clock that stands still at noon in Jeonju on 2026-12-01 until the test moves it."""
    return FrozenClock(datetime(2026, 12, 1, 3, 0, tzinfo=UTC))
