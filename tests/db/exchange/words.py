"""Feedback as long as people write it, in words this city uses."""

from __future__ import annotations

import random
import re
from pathlib import Path

_CATALOGUE = Path(__file__).parents[3] / "resources" / "catalogue" / "projects.json"
CHARACTERS = 220


def long_feedback(count: int, seed: int = 1) -> list[str]:
    """`count` texts of 220 characters; the n-th most common word stands as often as 1/n says."""
    words = sorted(set(re.findall("[가-힣]+", _CATALOGUE.read_text(encoding="utf-8"))))
    chance = random.Random(seed)
    chance.shuffle(words)
    weights = [1 / rank for rank in range(1, len(words) + 1)]
    return [" ".join(chance.choices(words, weights, k=120))[:CHARACTERS] for _ in range(count)]
