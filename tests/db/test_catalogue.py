"""The built-in catalogue is whole; a site's own is checked whole or left aside by name."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.catalogue.loading import LANDMARKS, LARGEST_FILE, PROJECTS, TREES, load_catalogue, parse
from db.records import (
    CatalogueProblem,
    LandmarksFile,
    LocationBasis,
    ProjectsFile,
    Theme,
    TreesFile,
)

KINDS = {PROJECTS: ProjectsFile, LANDMARKS: LandmarksFile, TREES: TreesFile}


def built_in(name: str) -> Any:
    return json.loads((files("resources") / "catalogue" / name).read_text(encoding="utf-8"))


def put(data_dir: Path, name: str, content: Any) -> Path:
    file = data_dir / "catalogue" / name
    file.parent.mkdir(exist_ok=True)
    raw = content if isinstance(content, bytes) else json.dumps(content).encode()
    file.write_bytes(raw)
    return file


def test_every_project_source_landmark_and_planting_is_there() -> None:
    catalogue = load_catalogue()
    assert len(catalogue.projects) == 82
    assert len(catalogue.sources) == 237
    assert len(catalogue.landmarks) == 91
    assert len(catalogue.libraries) == 25
    assert len(catalogue.trees.plantings) == 83
    assert len(catalogue.trees.removals) == 6
    assert {project.theme for project in catalogue.projects} == set(Theme)
    assert len([p for p in catalogue.projects if p.is_city_wide]) == 17
    assert len([p for p in catalogue.projects if p.is_area_hint]) == 22
    assert set(catalogue.origins.values()) == {"built-in"}
    assert catalogue.problems == ()


def test_no_field_of_the_projects_is_lost() -> None:
    raw = built_in(PROJECTS)["projects"]
    for project, source in zip(load_catalogue().projects, raw, strict=True):
        for field in ("name_ko", "summary_en", "notes_ko", "budget_krw", "area_m2", "status"):
            assert getattr(project, field) == source[field]
        assert [step.event_ko for step in project.timeline] == [
            step["event_ko"] for step in source["timeline"]
        ]
        assert project.is_area_hint == (project.location_basis is LocationBasis.DONG_CENTRE)


@pytest.mark.parametrize("name", KINDS)
def test_a_sites_file_replaces_the_built_in_one_whole(data_dir: Path, name: str) -> None:
    content = built_in(name)
    if name == PROJECTS:
        content["projects"] = [p for p in content["projects"] if not p["related"]][:3]
    put(data_dir, name, content)
    catalogue = load_catalogue(data_dir)
    assert catalogue.origins[name] == "site"
    assert sorted(catalogue.origins.values()) == ["built-in", "built-in", "site"]
    if name == PROJECTS:
        assert len(catalogue.projects) == 3


def first(content: Any) -> Any:
    return content["projects"][0]


SPOILED: dict[str, tuple[Callable[[Any], Any], str]] = {
    "a latitude outside the city": (lambda c: first(c).update(lat=37.5, lon=127.0), "lat"),
    "a longitude without a latitude": (lambda c: c["projects"][1].update(lat=None), "lat/lon"),
    "a point for a city-wide project": (
        lambda c: first(c).update(lat=35.8, lon=127.1),
        "location_basis",
    ),
    "an unknown theme": (lambda c: first(c).update(theme="sport"), "theme"),
    "an unknown status": (lambda c: first(c).update(status="great"), "status"),
    "an unknown source": (lambda c: first(c)["sources"].append("nobody"), "sources"),
    "an unknown source in a timeline": (
        lambda c: first(c)["timeline"][0].update(source_id="nobody"),
        "timeline",
    ),
    "an unknown related project": (lambda c: first(c)["related"].append("nobody"), "related"),
    "a project related to itself": (
        lambda c: first(c)["related"].append(first(c)["id"]),
        "related",
    ),
    "an id twice": (lambda c: c["projects"].append(first(c)), "garden-city-10m-trees"),
    "an unknown field": (lambda c: first(c).update(colour="green"), "colour"),
    "a missing field": (lambda c: first(c).pop("name_ko"), "name_ko"),
    "a name without end": (lambda c: first(c).update(name_ko="가" * 121), "name_ko"),
    "an empty name": (lambda c: first(c).update(name_ko=""), "name_ko"),
    "a name read backwards": (lambda c: first(c).update(name_ko="\u202e이름"), "name_ko"),
    "a number as a word": (lambda c: first(c).update(budget_krw="많음"), "budget_krw"),
    "a negative area": (lambda c: first(c).update(area_m2=-1), "area_m2"),
    "a date that is none": (lambda c: first(c).update(status_date="2026-13"), "status_date"),
    "no sources at all": (lambda c: first(c).update(sources=[]), "sources"),
}


@pytest.mark.parametrize("how", SPOILED)
def test_a_malformed_file_is_named_with_its_field_and_the_built_in_one_stands_in(
    data_dir: Path, how: str
) -> None:
    spoil, field = SPOILED[how]
    content = built_in(PROJECTS)
    spoil(content)
    file = put(data_dir, PROJECTS, content)
    catalogue = load_catalogue(data_dir)
    assert len(catalogue.projects) == 82
    assert catalogue.origins[PROJECTS] == "built-in"
    (problem,) = catalogue.problems
    for language in ("ko", "en"):
        assert str(file) in problem.sentence(language)
        assert field in problem.sentence(language)
        assert "\n" not in problem.sentence(language)


@pytest.mark.parametrize(
    "name",
    [
        *("cumulative", "annual", "plantings", "removals", "participation", "benefits"),
        *("programme.target_split", "programme.target_phases", "programme.budget"),
    ],
)
def test_an_unknown_source_is_refused_in_every_list_of_the_ledger(
    data_dir: Path, name: str
) -> None:
    content = built_in(TREES)
    holder: Any = content
    *way, last = name.split(".")
    for step in way:
        holder = holder[step]
    # Not the first one alone.
    holder[last][-1]["source_id"] = "nobody"
    put(data_dir, TREES, content)
    (problem,) = load_catalogue(data_dir).problems
    assert f"{name}[{len(holder[last]) - 1}].source_id" in problem.sentence("en")


@pytest.mark.parametrize(
    "raw",
    [b"", b"{", b"[]", b"null", b"\xff\xfe\x00", b'"text"', b"[" * 100_000, b'{"as_of": 1e999}'],
)
@pytest.mark.parametrize("name", KINDS)
def test_what_is_not_even_the_right_shape_is_named(data_dir: Path, name: str, raw: bytes) -> None:
    file = put(data_dir, name, raw)
    (problem,) = load_catalogue(data_dir).problems
    assert str(file) in problem.sentence("ko")


def test_a_file_too_large_is_refused_before_it_is_read_whole(data_dir: Path) -> None:
    file = data_dir / "catalogue" / PROJECTS
    file.parent.mkdir()
    with file.open("wb") as stream:
        stream.truncate(LARGEST_FILE * 40)
    (problem,) = load_catalogue(data_dir).problems
    assert "32 MB" in problem.sentence("en")


def test_a_file_that_is_a_directory_or_unreadable_is_named(data_dir: Path) -> None:
    (data_dir / "catalogue" / TREES).mkdir(parents=True)
    (problem,) = load_catalogue(data_dir).problems
    assert TREES in problem.sentence("ko")


def test_several_broken_files_are_all_named(data_dir: Path) -> None:
    for name in KINDS:
        put(data_dir, name, b"{}")
    problems = load_catalogue(data_dir).problems
    assert [Path(problem.file).name for problem in problems] == [PROJECTS, LANDMARKS, TREES]


def test_a_mark_of_windows_editors_is_no_trouble(data_dir: Path) -> None:
    raw = (files("resources") / "catalogue" / LANDMARKS).read_bytes()
    put(data_dir, LANDMARKS, b"\xef\xbb\xbf" + raw)
    assert load_catalogue(data_dir).problems == ()


PROJECTS_NOW = built_in(PROJECTS)


@given(st.data())
def test_any_value_in_any_place_is_accepted_or_refused_but_never_breaks(
    data: st.DataObject,
) -> None:
    content = copy.deepcopy({**PROJECTS_NOW, "projects": PROJECTS_NOW["projects"][:2]})
    place: Any = content
    while True:
        keys = list(place) if isinstance(place, dict) else range(len(place))
        key = data.draw(st.sampled_from(list(keys)))
        if isinstance(place[key], dict | list) and place[key] and data.draw(st.booleans()):
            place = place[key]
            continue
        break
    place[key] = data.draw(
        st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False),
                  st.text(max_size=30), st.just([]), st.just({}))
    )  # fmt: skip
    try:
        parse(json.dumps(content).encode(), "projects.json", ProjectsFile)
    except CatalogueProblem as problem:
        assert problem.sentence("ko").startswith("projects.json")
