"""What a resident may mean among the announcements."""

from __future__ import annotations

from desktop.kiosk.shell.intents import OpenProject

AnnouncementsIntent = OpenProject
