"""What the settings show."""

from __future__ import annotations

from desktop.desk.preferences import Preferences

SettingsState = Preferences
