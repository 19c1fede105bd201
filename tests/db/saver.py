"""Saves feedback as fast as it can and prints each receipt; killed by the test that starts it."""

from __future__ import annotations

import sys
from pathlib import Path

from db.participation.feedback import add_feedback
from db.store.opening import open_store
from tests.db.in_memory import PHONE, praise

with open_store(Path(sys.argv[1])) as store:
    for number in range(100_000):
        receipt = add_feedback(
            store, praise(f"의견 {number}", contact=PHONE if number % 2 else None)
        )
        sys.stdout.write(f"{receipt.code} {receipt.id}\n")
        sys.stdout.flush()
