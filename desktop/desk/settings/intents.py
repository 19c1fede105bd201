"""What an officer may mean in the settings."""

from __future__ import annotations

from msgspec import Struct

from desktop.desk.preferences import Preferences


class Prefer(Struct, frozen=True):
    chosen: Preferences


SettingsIntent = Prefer
