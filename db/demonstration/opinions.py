"""Draws what made-up residents say: mostly a sentence or two, some with no words, few very long;
some say nearly what somebody said shortly before, and now and then many say the same at once.
"""

from __future__ import annotations

from collections import deque
from random import Random

import msgspec

from db.demonstration.sentences import (
    CAMPAIGNS,
    ENGLISH,
    PLACES,
    RARE,
    REPLIES,
    SAYS,
    THINGS,
    WHEN,
    WHY,
    WISHES,
    with_particles,
)
from db.records.base import EAST, NORTH, SOUTH, WEST
from db.records.feedback import FeedbackBody, Kind

_PLACES = tuple(with_particles("place", each) for each in PLACES)
_THINGS = tuple(with_particles("thing", each) for each in THINGS)
_KINDS = (Kind.SUGGESTION, Kind.PROBLEM, Kind.PRAISE, Kind.QUESTION)
_SHARES = (38, 34, 16, 12)
_REMEMBERED = 400
"""Opinions of whom somebody may nearly repeat one."""


class Opinion(msgspec.Struct, frozen=True):
    subject: str
    body: FeedbackBody


class _Flood(msgspec.Struct):
    subject: str
    text: str
    left: int


class Opinions:
    """`projects` and `dongs` are those of the catalogue, `phrases` the ready ones of each kind."""

    def __init__(
        self,
        random: Random,
        projects: tuple[str, ...],
        dongs: tuple[str, ...],
        phrases: dict[Kind, tuple[str, ...]],
    ) -> None:
        self._random = random
        self._projects, self._dongs, self._phrases = projects, dongs, phrases
        # A few are spoken of by many, and most by some.
        self._project_shares = [1 / (place + 3) for place in range(len(projects))]
        self._dong_shares = [1 / (place + 6) for place in range(len(dongs))]
        self._lately: deque[Opinion] = deque(maxlen=_REMEMBERED)
        self._flood: _Flood | None = None

    def draw(self, site: str) -> Opinion:
        chance = self._random.random()
        if self._flood is None and chance < 0.0002:
            self._flood = self._begin_flood()
        if self._flood is not None and chance < 0.7:
            return self._join(self._flood, site)
        if self._lately and chance > 0.94:
            return self._nearly(self._random.choice(self._lately), site)
        opinion = self._fresh(site)
        self._lately.append(opinion)
        return opinion

    def reply(self) -> str:
        return self._fill(self._random.choice(REPLIES))

    def _begin_flood(self) -> _Flood:
        many = int(self._random.paretovariate(1.1) * 30)
        text = self._fill(self._random.choice(CAMPAIGNS))
        return _Flood(self._subject(), text, min(many, 3_000))

    def _join(self, flood: _Flood, site: str) -> Opinion:
        flood.left -= 1
        if flood.left <= 0:
            self._flood = None
        text = flood.text
        if self._random.random() < 0.35:
            text = f"{text} {self._random.choice(WISHES)}."
        body = FeedbackBody(kind=Kind.SUGGESTION, text=text, rating=1, site=site)
        return Opinion(flood.subject, body)

    def _nearly(self, other: Opinion, site: str) -> Opinion:
        """What somebody says who was there as well."""
        sentences = other.body.text.split(". ")
        way = self._random.random()
        if way < 0.4:
            sentences[-1] = self._random.choice(WISHES) + "."
        elif way < 0.7 and len(sentences) > 1:
            sentences.pop()
        else:
            sentences.insert(0, self._random.choice(WHY))
        text = ". ".join(sentences)
        return Opinion(other.subject, msgspec.structs.replace(other.body, text=text, site=site))

    def _fresh(self, site: str) -> Opinion:
        random = self._random
        (kind,) = random.choices(_KINDS, _SHARES)
        subject = self._subject()
        rating = {Kind.PRAISE: 3, Kind.PROBLEM: 1}.get(kind, 1 + int(random.random() * 3))
        phrases = self._phrases.get(kind, ())
        chosen = tuple(random.sample(phrases, 1 + (random.random() < 0.3))) if phrases else ()
        lat = lon = None
        if subject == "point":
            lat = round(random.gauss((SOUTH + NORTH) / 2, (NORTH - SOUTH) / 10), 6)
            lon = round(random.gauss((WEST + EAST) / 2, (EAST - WEST) / 10), 6)
            lat, lon = min(max(lat, SOUTH), NORTH), min(max(lon, WEST), EAST)
        said = random.choice(ENGLISH) if random.random() < 0.02 else None
        return Opinion(
            subject,
            FeedbackBody(
                kind=kind,
                lat=lat,
                lon=lon,
                rating=rating if random.random() < 0.7 else None,
                phrases=chosen if random.random() < 0.5 else (),
                text=self._text(kind) if said is None else said,
                language="ko" if said is None else "en",
                site=site,
            ),
        )

    def _text(self, kind: Kind) -> str:
        """Nothing, a sentence, or as many as somebody has to say."""
        random = self._random
        length = int(random.paretovariate(1.25))
        if random.random() < 0.08:
            return ""
        said = []
        for _ in range(min(length, 24)):
            said.append(self._fill(random.choice(SAYS[kind])))
            if random.random() < 0.6:
                said.append(random.choice(WHY))
        if random.random() < 0.7:
            said.append(random.choice(WISHES))
        if random.random() < 0.05:
            said.append(f"{random.choice(RARE)}도 함께 보아 주세요")
        if random.random() < 0.03:
            said.append(f"{random.randrange(1, 13)}월 {random.randrange(1, 29)}일에 보았습니다")
        return ". ".join(said) + "."

    def _fill(self, words: str) -> str:
        random = self._random
        place, thing = random.choice(_PLACES), random.choice(_THINGS)
        return words.format(**place, **thing, when=random.choice(WHEN))

    def _subject(self) -> str:
        random = self._random
        about = random.random()
        if about < 0.55:
            return f"project/{random.choices(self._projects, self._project_shares)[0]}"
        if about < 0.8:
            return f"dong/{random.choices(self._dongs, self._dong_shares)[0]}"
        return "point" if about < 0.9 else "trees" if about < 0.94 else "general"
