"""`cheonman officer add|list|reset`: say who may sign in at the city's desks."""

from __future__ import annotations

import argparse
from functools import partial
from typing import TYPE_CHECKING

import msgspec

from db.problems import InputRefused
from db.records.officers import OfficerRole
from desktop.cli import output
from desktop.cli.at_a_desk import run_at_a_desk
from desktop.cli.data_dir import typed_path

if TYPE_CHECKING:
    from db.officers.accounts import Officer, Officers
    from db.store.store import Store

_OPTIONS = {
    "name": "NAME",
    "officer": "NAME",
    "password": "--password-file",
    "by": "--by",
    "authority": "--authority",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True, metavar="add|list|reset")
    add = actions.add_parser("add", help="make another officer", allow_abbrev=False)
    add.add_argument("name", metavar="NAME")
    add.add_argument(
        "--role",
        choices=[role.value for role in OfficerRole],
        default=OfficerRole.VIEWER.value,
        help="what they may do (viewer); the first of all is an administrator",
    )
    add.add_argument("--department", metavar="N", help="the department they work for")
    _passwords(add)
    listing = actions.add_parser("list", help="list officers and their roles", allow_abbrev=False)
    reset = actions.add_parser("reset", help="give a forgotten password anew", allow_abbrev=False)
    reset.add_argument("name", metavar="NAME")
    _passwords(reset)
    reset.add_argument(
        "--authority",
        type=typed_path,
        metavar="A",
        help="the city's keys, where no administrator is left who could",
    )
    for action in (add, listing, reset):
        output.add_data_dir(action)
        output.add_json(action)


def _passwords(action: argparse.ArgumentParser) -> None:
    action.add_argument("--by", metavar="NAME", help="the administrator who does it")
    output.add_secret(action, "--by-password-file", "their password")
    output.add_secret(action, "--password-file", "the new password")


def run(args: argparse.Namespace) -> int:
    if args.action == "list":
        return run_at_a_desk("officer list", args, partial(_list, args))
    act = {"add": _add, "reset": _reset}[args.action]
    if args.password_file is None:
        return output.refuse(f"officer {args.action}", "--password-file is needed.")
    return run_at_a_desk(f"officer {args.action}", args, partial(act, args), _OPTIONS)


def _officers(store: Store) -> Officers:
    from db.officers.accounts import Officers
    from db.officers.desk_records import DeskRecords

    return Officers(DeskRecords(store))


def _administrator(args: argparse.Namespace, officers: Officers) -> Officer | None:
    """Who does it, with the password that proves it; a wrong one is counted as at the desk."""
    from db.officers.sign_in import sign_in

    if args.by is None:
        return None
    if args.by_password_file is None:
        raise InputRefused(
            "by",
            "그 관리자의 비밀번호를 --by-password-file로 주세요.",
            "needs --by-password-file with that administrator's password.",
        )
    return sign_in(officers, args.by, args.by_password_file)


def _add(args: argparse.Namespace, store: Store) -> int:
    officers = _officers(store)
    made = officers.add(
        args.name,
        args.password_file,
        OfficerRole(args.role),
        department=args.department,
        by=_administrator(args, officers),
    )
    output.say(args, msgspec.structs.asdict(made), f"{made.name} may sign in as {made.role}.")
    return 0


def _list(args: argparse.Namespace, store: Store) -> int:
    found = _officers(store).all()
    output.say(
        args,
        {"count": len(found), "officers": [msgspec.structs.asdict(each) for each in found]},
        *(
            f"{each.role if each.active else 'ended':<13}  {each.name}"
            f"{f'  ({each.department})' if each.department else ''}"
            for each in found
        ),
    )
    return 0


def _reset(args: argparse.Namespace, store: Store) -> int:
    from db.officers.sign_in import forget_tries

    officers = _officers(store)
    id = officers.id_of(args.name)
    if id is None:
        raise InputRefused(
            "officer",
            f"'{args.name[:40]}'(이)라는 담당자가 없습니다.",
            f"there is no officer '{args.name[:40]}'; see 'cheonman officer list'.",
        )
    if (args.by is None) == (args.authority is None):
        raise InputRefused(
            "by",
            "--by(관리자)와 --authority(도시의 열쇠) 가운데 하나를 주세요.",
            "give either --by, an administrator, or --authority, the city's keys.",
        )
    if args.authority is not None:
        from db.exchange.enrolment.authority import open_authority

        done = officers.reset_by_city(id, args.password_file, open_authority(args.authority).public)
    else:
        by = _administrator(args, officers)
        assert by is not None
        done = officers.set_password(id, args.password_file, by=by)
    forget_tries(officers, done)
    output.say(args, msgspec.structs.asdict(done), f"{done.name} has a new password.")
    return 0
