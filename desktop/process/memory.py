"""What a visit no longer needs goes back to the system.

glibc raises its threshold for memory of its own with every large block that is freed, so after a
few 8 MB pictures all of them come from the heap and leave holes in it: 25 MB of a visit.
Another 30 MB of small pieces are free inside the heap by then, and only go back when asked for.
"""

from __future__ import annotations

import ctypes
import gc

M_MMAP_THRESHOLD = -3
LARGE_BYTES = 1 << 20


def give_back_large_blocks() -> bool:
    """Pin that threshold for this process; False where the C library has no such setting."""
    try:
        return bool(ctypes.CDLL(None).mallopt(M_MMAP_THRESHOLD, LARGE_BYTES))
    except (AttributeError, OSError, TypeError):
        return False


def tidy_up() -> bool:
    """Collect thrown-away screens and return the heap's free pages (about 50 ms in all).

    False where the C library cannot be asked for that.
    """
    gc.collect()
    try:
        return bool(ctypes.CDLL(None).malloc_trim(0))
    except (AttributeError, OSError, TypeError):
        return False
