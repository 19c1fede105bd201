"""Groups of opinions that are alike: how well they are told apart, and how long that takes."""

from __future__ import annotations

from random import Random
from time import process_time

from db.catalogue.dong_names import dong_names
from db.catalogue.loading import load_catalogue
from db.demonstration.opinions import Opinions
from db.groups.gist import GistReader, Told
from db.groups.likeness import Rarity
from db.groups.places import PlaceNames
from db.groups.proposals import Grouping
from db.records.feedback import Kind
from tests.bench.figure import Figure, at_95
from tests.db.groups.labelled import score

MANY, SAMPLE = 100_000, 4_000


def measure() -> dict[str, Figure]:
    figures = {}
    for name in ("shown", "kept"):
        found = score(name)
        of = f"{found.pairs} labelled pairs, in percent"
        # A figure is reached from below: what is wanted is at most so much that is wrong.
        figures[f"{name}: proposed wrongly"] = Figure(
            100 * (1 - found.precision), "%", 5, found.pairs, None, of
        )
        figures[f"{name}: not proposed"] = Figure(
            100 * (1 - found.recall), "%", 10, found.pairs, None, of
        )
    places = PlaceNames(load_catalogue())
    reader = GistReader(places.keys, places.of_projects, places.project_names)
    began = process_time()
    tolds = made_up(MANY)
    made = process_time() - began
    began = process_time()
    gists = [reader.gist(told) for told in tolds[:SAMPLE]]
    grouping = Grouping(Rarity(gists))
    each = []
    for number, told in enumerate(tolds):
        one = process_time()
        grouping.add(number, reader.gist(told))
        each.append((process_time() - one) * 1000)
    taken = process_time() - began
    groups = sum(1 for _ in grouping.proposals())
    figures["100,000 opinions"] = Figure(
        taken, "s", 30, 1, None, f"{groups:,} groups; making their words takes {made:.1f} s"
    )
    figures["one more"] = at_95(each[MANY // 2 :], "ms", 20, "beside half and more of them")
    return figures


def made_up(many: int) -> list[Told]:
    """Opinions of a demonstration, one a minute: sentences, near repetitions, floods."""
    catalogue = load_catalogue()
    drawn = Opinions(
        Random(3),
        tuple(project.id for project in catalogue.projects),
        tuple(sorted(dong_names())),
        {kind: () for kind in Kind},
    )
    found = []
    for number in range(many):
        opinion = drawn.draw("site")
        about, _slash, name = opinion.subject.partition("/")
        body = opinion.body
        found.append(
            Told(
                text=body.text,
                kind=body.kind.value,
                project=name if about == "project" else None,
                dong=name if about == "dong" else None,
                lat=body.lat,
                lon=body.lon,
                at_us=number * 60_000_000,
            )
        )
    return found
