"""Large pictures go back to the system when they are thrown away.

glibc raises its threshold for memory of its own with every large block that is freed, so after a
few 8 MB pictures all of them come from the heap and leave holes in it: 25 MB of a visit.
"""

from __future__ import annotations

import ctypes

M_MMAP_THRESHOLD = -3
LARGE_BYTES = 1 << 20


def give_back_large_blocks() -> bool:
    """Pin that threshold for this process; False where the C library has no such setting."""
    try:
        return bool(ctypes.CDLL(None).mallopt(M_MMAP_THRESHOLD, LARGE_BYTES))
    except (AttributeError, OSError, TypeError):
        return False
