"""What a file of the catalogue holds together: ids once, sources that are named, whole points."""

from __future__ import annotations

from collections.abc import Iterable

from db.records.catalogue import CatalogueProblem
from db.records.landmarks import LandmarksFile
from db.records.projects import Project, ProjectsFile
from db.records.trees import Planting, TreesFile


def check(file: str, document: ProjectsFile | LandmarksFile | TreesFile) -> None:
    """Raises CatalogueProblem naming `file` and the field."""
    if isinstance(document, ProjectsFile):
        _check_projects(file, document)
    elif isinstance(document, LandmarksFile):
        _unique(file, "landmarks", (landmark.id for landmark in document.landmarks))
        for landmark in document.landmarks:
            _known_source(file, f"landmarks ({landmark.id}).basis", landmark.basis, document)
    else:
        _check_trees(file, document)


def _check_projects(file: str, document: ProjectsFile) -> None:
    _unique(file, "projects", (project.id for project in document.projects))
    known = {project.id for project in document.projects}
    for number, entry in enumerate(document.context):
        _known_source(file, f"context[{number}].source_id", entry.source_id, document)
    for project in document.projects:
        here = f"projects ({project.id})"
        for source_id in project.sources:
            _known_source(file, f"{here}.sources", source_id, document)
        for step in project.timeline:
            _known_source(file, f"{here}.timeline.source_id", step.source_id, document)
        _known_source(file, f"{here}.location_source", project.location_source, document)
        for other in project.related:
            if other not in known or other == project.id:
                raise CatalogueProblem(
                    file,
                    f"{here}.related",
                    f"'{other}'(이)라는 다른 사업이 없습니다. 아이디를 고치거나 빼세요.",
                    f"there is no other project '{other}'; correct the id or remove it.",
                )
        _check_place(file, here, project)


def _check_place(file: str, here: str, project: Project) -> None:
    _whole_point(file, here, project)
    if project.is_city_wide != (project.lat is None):
        raise CatalogueProblem(
            file,
            f"{here}.location_basis",
            "'city-wide' 사업에는 좌표가 없고, 다른 사업에는 좌표가 있어야 합니다.",
            "a 'city-wide' project has no coordinates and every other project has them.",
        )


def _check_trees(file: str, ledger: TreesFile) -> None:
    _unique(file, "plantings", (planting.id for planting in ledger.plantings))
    _unique(file, "benefits", (benefit.id for benefit in ledger.benefits))
    _unique(file, "conflicts", (conflict.id for conflict in ledger.conflicts))
    programme = ledger.programme
    lists: tuple[tuple[str, Iterable[object]], ...] = (
        ("programme.target_split", programme.target_split),
        ("programme.target_phases", programme.target_phases),
        ("programme.subtargets", programme.subtargets),
        ("programme.budget", programme.budget),
        ("programme.garden_targets", programme.garden_targets),
        ("programme.organisation", programme.organisation),
        ("programme.after_2022", programme.after_2022),
        ("programme.air_and_heat_context", programme.air_and_heat_context),
        ("cumulative", ledger.cumulative),
        ("annual", ledger.annual),
        ("plantings", ledger.plantings),
        ("removals", ledger.removals),
        ("participation", ledger.participation),
        ("benefits", ledger.benefits),
    )
    for name, items in lists:
        for number, item in enumerate(items):
            here = f"{name}[{number}]"
            _known_source(file, f"{here}.source_id", getattr(item, "source_id", None), ledger)
            for source_id in getattr(item, "also", ()):
                _known_source(file, f"{here}.also", source_id, ledger)
    for conflict in ledger.conflicts:
        for version in conflict.versions:
            here = f"conflicts ({conflict.id}).versions.source_id"
            _known_source(file, here, version.source_id, ledger)
    for planting in ledger.plantings:
        _whole_point(file, f"plantings ({planting.id})", planting)


def _known_source(
    file: str,
    field: str,
    source_id: str | None,
    document: ProjectsFile | LandmarksFile | TreesFile,
) -> None:
    if source_id is not None and source_id not in document.sources:
        raise CatalogueProblem(
            file,
            field,
            f"출처 '{source_id}'이(가) sources에 없습니다. 출처를 더하거나 아이디를 고치세요.",
            f"source '{source_id}' is not in sources; add it or correct the id.",
        )


def _unique(file: str, field: str, ids: Iterable[str]) -> None:
    seen: set[str] = set()
    for each in ids:
        if each in seen:
            raise CatalogueProblem(
                file,
                f"{field} ({each})",
                f"아이디 '{each}'이(가) 두 번 나옵니다. 하나를 바꾸세요.",
                f"the id '{each}' appears twice; change one of them.",
            )
        seen.add(each)


def _whole_point(file: str, here: str, item: Project | Planting) -> None:
    if (item.lat is None) != (item.lon is None):
        raise CatalogueProblem(
            file,
            f"{here}.lat/lon",
            "위도와 경도는 둘 다 있거나 둘 다 없어야 합니다.",
            "give both latitude and longitude or neither.",
        )
