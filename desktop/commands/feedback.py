"""`cheonman feedback add|list`: add or list feedback, by the same road as the screen."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

import msgspec

from db.directory import DataDirectory, calmly
from db.problems import InputRefused, Problem
from db.records import EAST, NORTH, SOUTH, WEST, About, Kind, Origin
from db.text import composed
from desktop.cli import output
from desktop.cli.numbers import point, whole

if TYPE_CHECKING:
    from db.records.feedback import FeedbackRow

_OPTIONS = {"at": "--at", "about": "--general", "text": "--text", "rating": "--rating"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True, metavar="add|list")
    add = actions.add_parser("add", help="store one feedback", allow_abbrev=False)
    output.add_data_dir(add)
    about = add.add_mutually_exclusive_group(required=True)
    about.add_argument("--project", metavar="ID", help="about this project")
    about.add_argument("--dong", metavar="NAME", help="about this legal dong")
    about.add_argument("--at", metavar="LAT,LON", help="about this point")
    about.add_argument("--trees", action="store_true", help="about the ten million trees")
    about.add_argument("--general", action="store_true", help="about anything else")
    add.add_argument("--kind", required=True, choices=[kind.value for kind in Kind])
    add.add_argument("--rating", type=whole(1, 3), metavar="1..3")
    output.add_words(add, "--text", "at most 300 characters")
    add.add_argument("--language", default="ko", choices=("ko", "en"), help="it is written in")
    output.add_json(add)
    listing = actions.add_parser("list", help="list what is stored", allow_abbrev=False)
    output.add_data_dir(listing)
    output.add_json(listing)


def run(args: argparse.Namespace) -> int:
    try:
        return _add(args) if args.action == "add" else _list(args)
    except Problem as problem:
        return output.refuse_problem(f"feedback {args.action}", problem, _OPTIONS)


def _add(args: argparse.Namespace) -> int:
    from db.participation.feedback import NewFeedback, add_feedback, check_feedback
    from db.privacy.personal_data import find_personal_data
    from db.publishing.packs import catalogue_at
    from db.store.opening import open_store
    from desktop.settings import SettingsProblem, load_settings
    from desktop.site import site_fault

    data_dir = output.data_dir_of(args)
    directory = DataDirectory(data_dir)
    with calmly(data_dir):
        new_device = not (directory.store.exists() or directory.keys.exists())
    try:
        settings = load_settings(data_dir)
    except SettingsProblem as problem:
        return output.refuse("feedback add", str(problem))
    fault = site_fault(settings, catalogue_at(data_dir))
    site = settings.site if settings.site and fault is None else None
    about, where = _about(args, data_dir)
    new = NewFeedback(
        about=about,
        kind=Kind(args.kind),
        rating=args.rating,
        text=args.text or "",
        language=args.language,
        site=site,
        origin=Origin.PAPER,
        **where,
    )
    # Before the store is touched: what is refused leaves no trace.
    check_feedback(new)
    with open_store(data_dir) as store:
        receipt = add_feedback(store, new)
    if new_device:
        # The form is stored; that nobody else may ever read it there is worth a look.
        where_to = f"{data_dir.absolute()} became a new device; check the path."
        output.remark("feedback add", where_to)
    if fault is not None and not fault.empty:
        output.remark("feedback add", f"stored without a site: {fault.en}")
    findings = find_personal_data(new.text)
    document = msgspec.structs.asdict(receipt) | {
        "personal_data": [msgspec.structs.asdict(finding) for finding in findings]
    }
    lines = [f"stored, receipt {receipt.code}"]
    if findings:
        lines.append("the text seems to hold a phone number or an e-mail address")
    output.say(args, document, *lines)
    return 0


class _Where(TypedDict, total=False):
    """What of a new feedback says where it is about."""

    project: str
    dong: str
    lat: float
    lon: float


def _about(args: argparse.Namespace, data_dir: Path) -> tuple[About, _Where]:
    if args.project is not None:
        _require_project(args.project, data_dir)
        return About.PROJECT, {"project": args.project}
    if args.dong is not None:
        dong = composed(args.dong.strip())
        _require_dong(dong)
        return About.DONG, {"dong": dong}
    if args.at is not None:
        lat, lon = _point(args.at)
        return About.POINT, {"lat": lat, "lon": lon}
    return (About.TREES if args.trees else About.GENERAL), {}


def _require_project(project: str, data_dir: Path) -> None:
    from db.publishing.packs import catalogue_at

    if project not in catalogue_at(data_dir).project_by_id:
        raise InputRefused(
            "project",
            f"'{project[:64]}'(이)라는 사업이 없습니다. 아이디를 확인하세요.",
            f"there is no project '{project[:64]}' in the catalogue; check the id.",
        )


def _require_dong(dong: str) -> None:
    from db.catalogue.dong_names import dong_names

    if dong not in dong_names():
        raise InputRefused(
            "dong",
            f"'{dong[:40]}'은(는) 전주의 법정동이 아닙니다. 예: 덕진동1가",
            f"'{dong[:40]}' is not a legal dong of Jeonju; for example 덕진동1가.",
        )


def _point(text: str) -> tuple[float, float]:
    try:
        return point(text)
    except ValueError as error:
        raise InputRefused(
            "at",
            f"'{text[:60]}'은(는) 좌표가 아닙니다. 위도,경도로 쓰세요. 예: 35.8242,127.1480",
            f"'{text[:60]}' is not a point; write LAT,LON within {SOUTH} to {NORTH} and {WEST} to "
            f"{EAST}, for example 35.8242,127.1480.",
        ) from error


def _list(args: argparse.Namespace) -> int:
    from db.participation.feedback import list_feedback
    from db.store.opening import open_reader

    data_dir = output.data_dir_of(args)
    with calmly(data_dir):
        if not data_dir.is_dir():
            raise InputRefused(
                "data-dir",
                f"{data_dir}은(는) 폴더가 아닙니다. 경로를 확인하세요.",
                f"{data_dir} is not a directory; check the path.",
            )
    rows: list[FeedbackRow] = []
    doubts: list[tuple[str, int]] = []
    if DataDirectory(data_dir).store.exists():
        with open_reader(data_dir) as store:
            after = 0
            while (batch := list_feedback(store, after=after))[1] > after:
                rows += batch[0]
                after = batch[1]
            doubts = sorted(store.doubts)
    document = {"count": len(rows), "feedback": [msgspec.structs.asdict(row) for row in rows]}
    output.say(
        args,
        document,
        *(f"{row.id}  {row.kind or '-':<10}  {' '.join(row.text.split())}" for row in rows),
    )
    if doubts:
        _heal(data_dir, doubts)
    return 0


def _heal(data_dir: Path, doubts: list[tuple[str, int]]) -> None:
    """Puts right what was found rotten on the way, and says which rows that were."""
    from db.doctor.healing import heal
    from db.problems import DirectoryInUse
    from db.store.opening import open_store

    named = ", ".join(f"{device}/{seq}" for device, seq in doubts[:5])
    more = f" and {len(doubts) - 5} more" if len(doubts) > 5 else ""
    try:
        with open_store(data_dir) as store:
            heal(store)
        done = "they were written anew from what is sound; the notices say what was lost"
    except DirectoryInUse:
        done = "the kiosk that has the store open puts them right within a day"
    output.remark("feedback list", f"rotten rows were passed over: {named}{more}; {done}.")
