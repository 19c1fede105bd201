"""When a panel is so small, or its letters so large, that a page must leave things out."""

from __future__ import annotations

from desktop.theme.look import Look

TIGHT_BELOW = 900


def tight(look: Look) -> bool:
    """True on canvases of less than 900 reference px height that hold large letters."""
    return look.large and look.metrics.ref_height < TIGHT_BELOW
