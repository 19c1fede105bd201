"""The doctor: everything about an installation that can be checked without changing it."""

from __future__ import annotations

import stat
from pathlib import Path

import pysqlite3.dbapi2 as sqlite
from msgspec import UNSET, UnsetType
from msgspec.structs import replace

from db.catalogue.loading import load_catalogue
from db.clock import Clock, system_clock
from db.directory import DataDirectory, calmly
from db.doctor.beside import rotten_rows
from db.doctor.environment import check_clock, check_disk, check_fonts, check_versions
from db.doctor.report import (
    CatalogueFault,
    CatalogueReport,
    ContactKeyReport,
    FaultReport,
    JournalOf,
    JournalReport,
    KeysReport,
    Notes,
    PapersReport,
    Report,
    RottenRow,
    StoreReport,
    Unread,
    UnseenNotice,
)
from db.exchange.status.log import last_exchange
from db.exchange.trust.trust import PAPERS, load_trust
from db.keys.device import RETIRED
from db.problems import Problem
from db.publishing.packs import catalogue_at
from db.refusals import Reason, Refused
from db.store.migrations import COUNT
from db.store.notices import notices
from db.store.opening import open_reader
from db.store.shape import unexpected_shape
from db.store.store import Store
from db.store.verification import verify


def examine(path: Path, clock: Clock = system_clock) -> Report:
    """Examines one data directory, also while its kiosk runs. Changes nothing, raises nothing
    that a person can do something about: that stands in the report.
    """
    notes = Notes()
    directory = DataDirectory(path)
    versions = check_versions(notes)
    store, journal, contact = _store(notes, directory, clock)
    disk = check_disk(notes, path)
    fonts = check_fonts(notes)
    keys = replace(_keys(notes, directory), contact=contact)
    papers = _papers(notes, directory, clock)
    catalogue = _catalogue(notes, path)
    time = check_clock(notes, clock)
    return Report(
        ok=not notes.troubles,
        troubles=tuple(notes.troubles),
        warnings=tuple(notes.warnings),
        versions=versions,
        store=store,
        journal=journal,
        disk=disk,
        fonts=fonts,
        keys=keys,
        papers=papers,
        catalogue=catalogue,
        clock=time,
    )


def _store(
    notes: Notes, directory: DataDirectory, clock: Clock
) -> tuple[StoreReport, JournalReport | Unread, ContactKeyReport | UnsetType]:
    about = StoreReport(file=str(directory.store), exists=False)
    journal: JournalReport | Unread = Unread()
    contact: ContactKeyReport | UnsetType = UNSET
    try:
        with calmly(directory.store):
            about = replace(about, exists=directory.store.exists())
    except Problem as problem:
        notes.problem("store", problem)
        return about, journal, contact
    if not about.exists:
        notes.trouble(
            "store",
            f"저장소가 아직 없습니다: {directory.store}. 프로그램을 처음 시작하면 생깁니다.",
            f"there is no store yet at {directory.store}; the first start makes it.",
        )
        return about, journal, contact
    about = replace(about, bytes=directory.store.stat().st_size)
    try:
        with open_reader(directory.path, clock) as store:
            about = _open_store(notes, about, store)
            contact = _contact(notes, store)
            if about.integrity == "ok":
                journal = _journal(notes, store)
    except Problem as problem:
        notes.problem("store", problem)
    except sqlite.Error as error:
        notes.trouble(
            "store",
            "저장소를 읽을 수 없습니다. 키오스크를 다시 시작하면 되살립니다.",
            f"the store cannot be read ({error}); restarting the kiosk recovers what it can.",
        )
    return about, journal, contact


def _open_store(notes: Notes, about: StoreReport, store: Store) -> StoreReport:
    answer = str(store.rows("PRAGMA integrity_check(1)")[0][0])
    shape = unexpected_shape(store.connection) if answer == "ok" else None
    if answer != "ok" or shape:
        notes.trouble(
            "store",
            "저장소가 손상되었습니다. 키오스크를 다시 시작하면 되살립니다.",
            f"the store is damaged ({shape or answer}); restarting the kiosk recovers what it can.",
        )
    unseen = notices(store, unseen=True)
    rotten = rotten_rows(store) if answer == "ok" and not shape else ()
    for each in rotten:
        notes.trouble(
            "store",
            f"기록장 곁의 표에 상한 줄이 있습니다: {each.place}. {each.ko}.",
            f"a row beside the journal has rotted: {each.place}; {each.en}.",
        )
    for notice in unseen:
        notes.warning("store", notice.ko, notice.en)
    return replace(
        about,
        device=store.device,
        integrity=answer,
        shape=shape or "ok",
        schema=store.rows("PRAGMA user_version")[0][0],
        schema_known=COUNT,
        last_exchange_us=last_exchange(store),
        rotten_rows=tuple(
            RottenRow(where=each.place, can_be_mended=bool(each.statements)) for each in rotten
        ),
        notices=tuple(
            UnseenNotice(number=n.number, at_us=n.at_us, kind=n.kind, ko=n.ko, en=n.en)
            for n in unseen
        ),
    )


def _contact(notes: Notes, store: Store) -> ContactKeyReport:
    if store.contact.demonstration:
        notes.warning(
            "keys",
            "연락처가 시연용 열쇠로 봉인됩니다. 도시의 city-contact.pub을 keys 폴더에 넣으세요.",
            "contacts are sealed to a demonstration key; put the city's city-contact.pub into "
            "the keys directory.",
        )
    return ContactKeyReport(key_id=store.contact.key_id, demonstration=store.contact.demonstration)


def _journal(notes: Notes, store: Store) -> JournalReport:
    faults = verify(store)
    for fault in faults:
        notes.trouble(
            "journal",
            f"기록장이 맞지 않습니다: {fault.where}: {fault.what}.",
            f"the journal does not hold: {fault.where}: {fault.what}.",
        )
    counted = store.rows("SELECT kind, count(*) FROM event GROUP BY kind ORDER BY kind")
    devices = store.rows(
        "SELECT d.device, d.own, (SELECT coalesce(max(e.seq), 0) FROM event e"
        " WHERE e.device = d.device) FROM device d ORDER BY d.own DESC, d.device"
    )
    erased = store.rows("SELECT count(*) FROM event WHERE body IS NULL")
    return JournalReport(
        events=sum(count for _kind, count in counted),
        kinds=dict(counted),
        devices=tuple(
            JournalOf(device=device, own=bool(own), last_seq=last) for device, own, last in devices
        ),
        erased_bodies=erased[0][0],
        faults=tuple(FaultReport(where=fault.where, what=fault.what) for fault in faults),
    )


def _keys(notes: Notes, directory: DataDirectory) -> KeysReport:
    folder = directory.keys
    open_to_others = []
    try:
        with calmly(folder):
            if not folder.exists():
                return KeysReport(exists=False)
            for path in (folder, *(each for each in folder.rglob("*"))):
                if stat.S_IMODE(path.stat().st_mode) & 0o077:
                    open_to_others.append(str(path.relative_to(directory.path)))
            retired = sorted(each.name for each in (folder / RETIRED).glob("*"))
    except Problem as problem:
        notes.problem("keys", problem)
        return KeysReport(exists=None)
    for name in open_to_others:
        notes.trouble(
            "keys",
            f"{name}을(를) 다른 사용자가 읽을 수 있습니다. 담당자가 파일의 권한을 거두어야 합니다.",
            f"other users may read {name}; staff have to take that right away from them.",
        )
    return KeysReport(
        exists=True, open_to_others=tuple(open_to_others), retired_devices=tuple(retired)
    )


def _papers(notes: Notes, directory: DataDirectory, clock: Clock) -> PapersReport:
    file = directory.keys / PAPERS
    exists = None
    try:
        with calmly(file):
            exists = file.exists()
        trust = load_trust(directory, clock)
    except Problem as problem:
        notes.problem("papers", problem)
        return PapersReport(exists=exists, sound=False)
    return PapersReport(exists=exists, sound=True, devices=len(trust.certificates))


def _catalogue(notes: Notes, path: Path) -> CatalogueReport | Unread:
    try:
        catalogue = catalogue_at(path)
    except Problem as problem:
        if not _is_of_papers(problem):
            notes.problem("catalogue", problem)
            return Unread()
        # Who published a pack cannot be told without papers, which are named by themselves.
        catalogue = load_catalogue(path)
    except sqlite.Error:
        # A damaged store is named where the store is looked at; this is what lies beside it.
        catalogue = load_catalogue(path)
    for refused in catalogue.problems:
        notes.problem("catalogue", refused)
    return CatalogueReport(
        as_of=catalogue.as_of,
        origins=catalogue.origins,
        projects=len(catalogue.projects),
        landmarks=len(catalogue.landmarks),
        libraries=len(catalogue.libraries),
        plantings=len(catalogue.trees.plantings),
        pack=catalogue.pack.title if catalogue.pack else None,
        problems=tuple(
            CatalogueFault(file=each.file, field=each.field, ko=each.ko, en=each.en)
            for each in catalogue.problems
        ),
    )


def _is_of_papers(problem: Problem) -> bool:
    return isinstance(problem, Refused) and problem.reason is Reason.DAMAGED_PAPERS
