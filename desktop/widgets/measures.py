"""Margins and heads that all screens share, reference px."""

from __future__ import annotations

from desktop.theme.look import Look

OUTER = 48  #: outer margin
HEAD = 104  #: height of the header
FOOT = 16  #: room between the body and the accessibility bar
#: The same three where large letters leave little height.
OUTER_TIGHT, HEAD_TIGHT, FOOT_TIGHT = 24, 112, 8
TOP_TIGHT = 8


def outer(look: Look) -> float:
    """Reference px of the outer margin."""
    return OUTER_TIGHT if look.tight else OUTER


#: Reference px that the page buttons take at the side, the gap to the words included.
SIDE_ROOM, SIDE_ROOM_LARGE = 250, 320


def reading_width(look: Look) -> int:
    """Device px of a line; on a shallow panel page buttons always stand beside it."""
    side = 0 if not look.shallow else SIDE_ROOM_LARGE if look.large else SIDE_ROOM
    return look.metrics.width - look.px(2 * outer(look) + side)


def narrow(look: Look) -> bool:
    """Whether that line is too short for two choices beside each other."""
    return look.tight or (look.shallow and not look.korean)
