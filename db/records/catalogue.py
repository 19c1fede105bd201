"""The catalogue as screens read it: every file accepted, and what was wrong with the others."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from types import MappingProxyType

import msgspec

from db.problems import Problem
from db.records.base import PartialDate, Source
from db.records.landmarks import BridgeOrder, Landmark, LandmarksFile
from db.records.projects import ContextEntry, Project, ProjectsFile
from db.records.trees import TreesFile


class CatalogueProblem(Problem):
    """One file refused: which, where in it, and what to do, in both languages."""

    def __init__(self, file: str, field: str, cure_ko: str, cure_en: str) -> None:
        where = f"{file} · {field}" if field else file
        super().__init__(f"{where}: {cure_ko}", f"{where}: {cure_en}")
        self.file = file
        self.field = field
        self.cure_ko = cure_ko
        self.cure_en = cure_en


class AppliedPack(msgspec.Struct, frozen=True):
    """The pack 자료집 that stands. `day` is when it was published, "" where that is not known."""

    id: str
    title: str
    day: str


class Catalogue:
    """Projects, landmarks and the tree ledger, plus where each file came from.

    `origins` maps a file name to "built-in", "pack" or "site". `problems` names every site file
    and pack that was refused, `pack_problems` the packs alone by their ids; what is next in line
    stands in its place.
    """

    def __init__(
        self,
        projects: ProjectsFile,
        landmarks: LandmarksFile,
        trees: TreesFile,
        origins: dict[str, str],
        problems: tuple[CatalogueProblem, ...] = (),
        *,
        pack: AppliedPack | None = None,
        pack_problems: Mapping[str, CatalogueProblem] = MappingProxyType({}),
    ) -> None:
        self.projects_file = projects
        self.landmarks_file = landmarks
        self.trees = trees
        self.origins = origins
        self.problems = problems
        self.pack = pack
        self.pack_problems = pack_problems

    @property
    def as_of(self) -> PartialDate:
        """The date of the project data, shown wherever it is shown."""
        return self.projects_file.as_of

    @property
    def projects(self) -> tuple[Project, ...]:
        return self.projects_file.projects

    @property
    def context(self) -> tuple[ContextEntry, ...]:
        return self.projects_file.context

    @property
    def sources(self) -> dict[str, Source]:
        """Sources of the projects; the ledger and the landmarks carry their own."""
        return self.projects_file.sources

    @property
    def landmarks(self) -> tuple[Landmark, ...]:
        return self.landmarks_file.landmarks

    @property
    def bridge_order(self) -> tuple[BridgeOrder, ...]:
        return self.landmarks_file.bridge_order

    def with_landmark(self, landmark: Landmark) -> Catalogue:
        """The same with one more place, which stands in no file."""
        more = (*self.landmarks, landmark)
        return Catalogue(
            self.projects_file,
            msgspec.structs.replace(self.landmarks_file, landmarks=more),
            self.trees,
            self.origins,
            self.problems,
            pack=self.pack,
            pack_problems=self.pack_problems,
        )

    @cached_property
    def project_by_id(self) -> dict[str, Project]:
        return {project.id: project for project in self.projects}

    @cached_property
    def landmark_by_id(self) -> dict[str, Landmark]:
        return {landmark.id: landmark for landmark in self.landmarks}

    @cached_property
    def libraries(self) -> tuple[Landmark, ...]:
        """The sites where a kiosk can stand, in the file's order."""
        return tuple(landmark for landmark in self.landmarks if landmark.is_library)

    def dong_names(self) -> frozenset[str]:
        """Legal dongs that any project, landmark or planting names."""
        names = {project.legal_dong for project in self.projects}
        names |= {landmark.legal_dong for landmark in self.landmarks}
        return frozenset(name for name in names if name)
