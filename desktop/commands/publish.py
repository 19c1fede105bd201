"""`cheonman publish pack|announcement|list|withdraw`: tell every kiosk (on a desk)."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from db.problems import InputRefused
from db.text import composed_bytes
from desktop.cli import output
from desktop.cli.at_a_desk import run_at_a_desk
from desktop.cli.data_dir import typed_path

if TYPE_CHECKING:
    from db.publishing.packs import PackRow
    from db.store.store import Store

_OPTIONS = {"dir": "DIR", "id": "ID"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(
        dest="action", required=True, metavar="pack|announcement|list|withdraw"
    )
    pack = actions.add_parser("pack", help="publish a catalogue", allow_abbrev=False)
    pack.add_argument("dir", type=typed_path, metavar="DIR", help="projects.json and its like")
    output.add_words(pack, "--title", "shown beside the sources", required=True)
    pack.add_argument("--check", action="store_true", help="only say whether it could be published")
    told = actions.add_parser("announcement", help="tell residents something", allow_abbrev=False)
    output.add_words(told, "--ko", "at most 500 characters", required=True)
    output.add_words(told, "--en", "the same in English")
    told.add_argument("--until", metavar="YYYY-MM-DD", help="the last day it is shown")
    told.add_argument("--project", metavar="ID", help="the project it is about")
    actions.add_parser("list", help="list all that was published", allow_abbrev=False)
    back = actions.add_parser(
        "withdraw", help="take a pack or an announcement back", allow_abbrev=False
    )
    back.add_argument("id", metavar="ID", help="see 'cheonman publish list'")
    for action in actions.choices.values():
        if action in (pack, told):
            action.add_argument("--department", metavar="N", help="who says it")
        output.add_data_dir(action)
        output.add_json(action)


def run(args: argparse.Namespace) -> int:
    acts = {"pack": _pack, "announcement": _announcement, "list": _list, "withdraw": _withdraw}

    def act(store: Store) -> int:
        from db.publishing.publications import desks_of

        # A desk may prepare what it says before the city has certified it.
        return acts[args.action](args, store, desks_of(store) | {store.device})

    return run_at_a_desk(f"publish {args.action}", args, act, _OPTIONS)


def _pack(args: argparse.Namespace, store: Store, desks: frozenset[str]) -> int:
    from db.publishing.packs import check_files, checked_title, publish_pack

    checked_title(args.title)
    files, left_out = _files(args.dir)
    check_files(files, str(args.dir))
    document: dict[str, object] = {"files": sorted(files), "left_out": left_out}
    aside = [f"left out: {', '.join(left_out)}"] if left_out else []
    if args.check:
        output.say(args, document | {"id": None}, f"{args.dir} can be published", *aside)
        return 0
    id = publish_pack(store, files, args.title, desks, _department(args, store))
    output.say(args, document | {"id": id}, f"published: {id}", *aside)
    return 0


def _files(folder: Path) -> tuple[dict[str, bytes], list[str]]:
    """What a pack is made of, and the names of what it does not carry. Raises InputRefused."""
    from db.catalogue.loading import LARGEST_FILE, NAMES
    from db.directory import read_at_most

    files: dict[str, bytes] = {}
    left_out: list[str] = []
    try:
        for file in sorted(folder.iterdir()):
            if file.name in NAMES:
                files[file.name] = composed_bytes(read_at_most(file, LARGEST_FILE + 1))
            else:
                left_out.append(file.name)
    except OSError as error:
        raise InputRefused(
            "dir",
            f"{error.filename or folder}을(를) 읽을 수 없습니다.",
            f"{error.filename or folder} cannot be read ({error.strerror}).",
        ) from error
    return files, left_out


def _department(args: argparse.Namespace, store: Store) -> str | None:
    """Who says it: what was given, else the name the city certified this desk by."""
    from db.exchange.trust.trust import load_trust

    own = load_trust(store.directory, store.clock).certificates.get(store.device)
    given: str | None = args.department
    return given if given is not None else own.name if own else None


def _announcement(args: argparse.Namespace, store: Store, desks: frozenset[str]) -> int:
    from db.catalogue.loading import load_catalogue
    from db.publishing.announcements import announce
    from db.publishing.packs import offers

    known = load_catalogue(output.data_dir_of(args), offers(store, desks)).project_by_id
    if args.project and args.project not in known:
        raise InputRefused(
            "project",
            f"'{args.project[:64]}'(이)라는 사업이 없습니다. 아이디를 확인하세요.",
            f"there is no project '{args.project[:64]}' in the catalogue; check the id.",
        )
    id = announce(
        store,
        args.ko,
        en=args.en,
        until=args.until,
        project=args.project,
        department=_department(args, store),
    )
    output.say(args, {"id": id}, f"published: {id}")
    return 0


def _list(args: argparse.Namespace, store: Store, desks: frozenset[str]) -> int:
    from db.clock import CLOCK_FAULT
    from db.publishing.announcements import announcements
    from db.publishing.packs import packs

    found, told = packs(store, desks), announcements(store, desks)
    lines = [f"pack {row.id} {row.version} {row.title}{_marks(row)}" for row in found]
    lines += [f"announcement {each.id} {each.day or CLOCK_FAULT[1]} {each.ko}" for each in told]
    document = {
        "packs": [msgspec.structs.asdict(row) for row in found],
        "announcements": [msgspec.structs.asdict(each) for each in told],
    }
    output.say(args, document, *(lines or ["nothing was published"]))
    return 0


def _marks(row: PackRow) -> str:
    marks = {"withdrawn": row.withdrawn, "not whole": not row.whole, "in conflict": row.conflict}
    said = ", ".join(word for word, holds in marks.items() if holds)
    return f" ({said})" if said else ""


def _withdraw(args: argparse.Namespace, store: Store, desks: frozenset[str]) -> int:
    from db.publishing.publications import withdraw

    withdraw(store, args.id, desks)
    output.say(args, {"id": args.id}, f"taken back: {args.id}")
    return 0
