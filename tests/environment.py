"""The process environment of a test run: off screen, bundled fonts only, a home of its own."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

FONTS_CONF = Path(__file__).resolve().parent.parent / "resources" / "fonts" / "fonts.conf"

_HOMES = ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_RUNTIME_DIR")
_keep: list[tempfile.TemporaryDirectory[str]] = []


def prepare() -> None:
    """Set it up. Call before the first QApplication: Qt reads these names once."""
    os.environ["QT_QPA_PLATFORM"] = os.environ.get("CHEONMAN_TEST_PLATFORM", "offscreen")
    os.environ["FONTCONFIG_FILE"] = str(FONTS_CONF)
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        os.environ.pop(name, None)
    # Programs that tests start keep what they compiled: it takes each of them a second.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    # A test that forgets its data directory must not find, or fill, the real one.
    home = tempfile.TemporaryDirectory(prefix="cheonman-tests-", ignore_cleanup_errors=True)
    _keep.append(home)
    for name in _HOMES:
        os.environ[name] = home.name
