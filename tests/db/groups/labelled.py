"""Pairs of opinions that were labelled by hand, and how well they are told apart."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import msgspec

from db.catalogue.loading import load_catalogue
from db.clock import SEOUL
from db.groups.gist import Gist, GistReader, Told
from db.groups.likeness import Rarity, likeness
from db.groups.places import PlaceNames

PAIRS = Path(__file__).resolve().parents[2] / "groups"


class Score(msgspec.Struct, frozen=True):
    """Of all that is proposed as one matter so much is (`precision`), and of all that is one so
    much is proposed (`recall`).
    """

    pairs: int
    precision: float
    recall: float


def score(name: str) -> Score:
    """The pairs of `shown` or `kept`."""
    places = PlaceNames(load_catalogue())
    reader = GistReader(places.keys, places.of_projects, places.project_names)
    pairs = json.loads((PAIRS / f"{name}.json").read_text(encoding="utf-8"))
    gists = {
        one["text"]: reader.gist(_told(one)) for pair in pairs for one in (pair["a"], pair["b"])
    }
    rarity = Rarity(gists.values())
    right = proposed = same = 0
    for pair in pairs:
        together = likeness(_gist(reader, pair["a"]), _gist(reader, pair["b"]), rarity).together
        proposed += together
        same += pair["same"]
        right += together and pair["same"]
    return Score(len(pairs), right / proposed, right / same)


def _gist(reader: GistReader, one: dict[str, str]) -> Gist:
    return reader.gist(_told(one))


def _told(one: dict[str, str]) -> Told:
    at = datetime.fromisoformat(one["at"]).replace(tzinfo=SEOUL)
    return Told(
        text=one["text"],
        kind=one["kind"],
        project=one["project"],
        dong=one["dong"],
        at_us=int(at.timestamp() * 1_000_000),
    )
