"""Proposals 묶음 제안: opinions that may be one matter, found without comparing each with each.

The first opinion of a matter leads; a later one joins the leader it is most like. So every member
was compared with the one whose answer it would get, and no chain of small steps ties together what
is not alike.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

import msgspec
from rensa import RMinHash, RMinHashLSH

from db.groups.gist import Gist
from db.groups.likeness import ENOUGH, Likeness, Rarity, likeness_from

FLOOD_OF = 20
"""So many in so short a time are called a flood 몰림."""
FLOOD_US = 3_600 * 1_000_000
_HASHES, _BANDS = 64, 16
_LOOKED_AT = 24
"""Leaders an opinion is compared with at most, the likeliest first."""
_THE_SAME = 0.98
"""No need to look further."""
_LATEST = 60
"""Leaders of one matter at one place that are remembered as candidates."""
_DOUBTFUL = 0.8
"""A member so near to the limit, or kept off by one reason, is shown unticked."""


class Member(msgspec.Struct, frozen=True, kw_only=True):
    """One opinion of a proposal, by its number, and how like it is to the one that leads."""

    number: int
    likeness: Likeness


class Proposal(msgspec.Struct, frozen=True, kw_only=True):
    """`leader` and `members` are one matter, as it seems; `doubtful` have a reason against it.
    `times` are those of the leader and the members, in microseconds since 1970.
    """

    leader: int
    members: tuple[Member, ...]
    times: tuple[int, ...]
    doubtful: tuple[Member, ...] = ()
    flood: bool = False

    @property
    def size(self) -> int:
        return 1 + len(self.members)


class Grouping:
    """Opinions one after the other, each put to the leader it belongs to, or leading itself.

    The numbers are the caller's. A pair in `apart` is not put together again.
    """

    def __init__(self, rarity: Rarity, apart: Iterable[tuple[int, int]] = ()) -> None:
        self._rarity = rarity
        self._apart = {frozenset(pair) for pair in apart}
        self._leaders: dict[int, Gist] = {}
        self._members: dict[int, list[Member]] = {}
        self._doubtful: dict[int, list[Member]] = {}
        self._times: dict[int, list[int]] = {}
        self._by_matter: dict[tuple[str, str], list[int]] = defaultdict(list)
        self._lsh = RMinHashLSH(threshold=0.4, num_perm=_HASHES, num_bands=_BANDS)

    def add(self, number: int, gist: Gist) -> int:
        """Takes up one opinion; the number of the one that leads it, its own if none does."""
        signature = RMinHash(num_perm=_HASHES, seed=1)
        signature.update(sorted(gist.grams) or [""])
        best: tuple[float, int, Likeness] | None = None
        doubt: tuple[float, int, Likeness] | None = None
        for leader in self._candidates(gist, signature):
            if frozenset((leader, number)) in self._apart:
                continue
            alike = likeness_from(ENOUGH * _DOUBTFUL, self._leaders[leader], gist, self._rarity)
            if alike is None:
                continue
            found = (alike.score, leader, alike)
            if alike.together:
                best = max(best, found, key=_score) if best else found
                if alike.score >= _THE_SAME:
                    break
            elif len(alike.against) <= 1:
                doubt = max(doubt, found, key=_score) if doubt else found
        if best is not None:
            _, leader, alike = best
            self._members[leader].append(Member(number=number, likeness=alike))
            self._times[leader].append(gist.told.at_us)
            return leader
        if doubt is not None:
            self._doubtful[doubt[1]].append(Member(number=number, likeness=doubt[2]))
        self._lead(number, gist, signature)
        return number

    def _lead(self, number: int, gist: Gist, signature: RMinHash) -> None:
        self._leaders[number] = gist
        self._members[number], self._doubtful[number] = [], []
        self._times[number] = [gist.told.at_us]
        self._lsh.insert(number, signature)
        for key in _keys(gist):
            latest = self._by_matter[key]
            latest.append(number)
            if len(latest) > _LATEST:
                del latest[0]

    def _candidates(self, gist: Gist, signature: RMinHash) -> list[int]:
        votes: dict[int, int] = defaultdict(int)
        for key in _keys(gist):
            for leader in self._by_matter.get(key, ()):
                votes[leader] += 2
        for leader in self._lsh.query(signature):
            votes[leader] += 3
        return sorted(votes, key=lambda leader: (-votes[leader], -leader))[:_LOOKED_AT]

    def proposals(self) -> Iterator[Proposal]:
        """Those with at least two opinions, the largest first."""
        for leader in sorted(self._members, key=lambda each: -len(self._members[each])):
            if self._members[leader]:
                yield Proposal(
                    leader=leader,
                    members=tuple(self._members[leader]),
                    times=tuple(self._times[leader]),
                    doubtful=tuple(self._doubtful[leader]),
                    flood=_is_flood(self._times[leader]),
                )


def _score(found: tuple[float, int, Likeness]) -> float:
    return found[0]


def _keys(gist: Gist) -> Iterator[tuple[str, str]]:
    places = gist.places | {gist.told.project or gist.told.dong or ""}
    for matter in gist.matters:
        for place in places:
            yield place, matter


def _is_flood(times: list[int]) -> bool:
    ordered = sorted(times)
    return any(
        later - earlier <= FLOOD_US
        for earlier, later in zip(ordered, ordered[FLOOD_OF - 1 :], strict=False)
    )
