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
