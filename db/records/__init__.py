"""Every record of the product in one import: `from db.records import Project`."""

from db.records.base import (
    EAST,
    NORTH,
    SOUTH,
    WEST,
    LocationBasis,
    ProjectStatus,
    Record,
    Source,
    Theme,
)
from db.records.catalogue import Catalogue, CatalogueProblem
from db.records.landmarks import BridgeOrder, Landmark, LandmarkKind, LandmarksFile
from db.records.programme import DatedFact, Noted, Programme, Sector
from db.records.projects import ContextEntry, Project, ProjectsFile, TimelineEntry
from db.records.trees import (
    AnnualFigure,
    Benefit,
    Conflict,
    CountBasis,
    DatePrecision,
    Participation,
    Planting,
    PlantingStatus,
    Removal,
    RunningTotal,
    TreesFile,
    Version,
)

__all__ = [
    "EAST",
    "NORTH",
    "SOUTH",
    "WEST",
    "AnnualFigure",
    "Benefit",
    "BridgeOrder",
    "Catalogue",
    "CatalogueProblem",
    "Conflict",
    "ContextEntry",
    "CountBasis",
    "DatePrecision",
    "DatedFact",
    "Landmark",
    "LandmarkKind",
    "LandmarksFile",
    "LocationBasis",
    "Noted",
    "Participation",
    "Planting",
    "PlantingStatus",
    "Programme",
    "Project",
    "ProjectStatus",
    "ProjectsFile",
    "Record",
    "Removal",
    "RunningTotal",
    "Sector",
    "Source",
    "Theme",
    "TimelineEntry",
    "TreesFile",
    "Version",
]
