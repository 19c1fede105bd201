"""`cheonman authority`: keep the city's own keys: certify and revoke devices."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from db.problems import InputRefused, Problem, StorageUnavailable
from desktop.cli import output
from desktop.cli.comparing import Whose, add_fingerprint, require_compared
from desktop.cli.data_dir import typed_path
from desktop.cli.numbers import LARGEST, whole

if TYPE_CHECKING:
    from db.exchange.trust.papers import Papers


def add_arguments(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(
        dest="action", required=True, metavar="init|sign|revoke|contact-key|list"
    )
    sign = _action(actions, "sign", "certify a device that asked")
    sign.add_argument("request", type=typed_path, metavar="REQ", help="file of 'enroll request'")
    sign.add_argument("--role", required=True, choices=("kiosk", "desk", "hub"))
    sign.add_argument("--name", required=True, metavar="N", help="name officers know it by")
    sign.add_argument("--years", type=whole(1, 20), default=3, metavar="Y", help="valid for (3)")
    add_fingerprint(sign, "the device's, as it was told to you")
    _out(sign, "CERT")
    revoke = _action(actions, "revoke", "trust a device no more")
    revoke.add_argument("device", metavar="DEVICE")
    revoke.add_argument(
        "--data-dir", type=typed_path, metavar="D", help="keep what this store knows of the device"
    )
    revoke.add_argument(
        "--after", type=whole(0, LARGEST), metavar="SEQ", help="keep its events up to here"
    )
    _out(revoke, "LIST")
    contact = _action(actions, "contact-key", "put another contact key in force")
    _out(contact, "LIST")
    _action(actions, "init", "make the city's keys in a directory")
    _action(actions, "list", "show devices, revocations and the contact key")


def _action(
    actions: argparse._SubParsersAction[argparse.ArgumentParser], name: str, what: str
) -> argparse.ArgumentParser:
    action = actions.add_parser(name, help=what, allow_abbrev=False)
    action.add_argument(
        "--dir", type=typed_path, required=True, metavar="A", help="the city's keys"
    )
    output.add_json(action)
    return action


def _out(action: argparse.ArgumentParser, metavar: str) -> None:
    action.add_argument(
        "--out",
        type=typed_path,
        required=True,
        metavar=metavar,
        help="file for the devices; may be older papers of this city",
    )


def run(args: argparse.Namespace) -> int:
    acts = {"init": _init, "sign": _sign, "revoke": _revoke, "contact-key": _contact, "list": _list}
    try:
        with _alone(args):
            return acts[args.action](args)
    except Problem as problem:
        options = {"device": "DEVICE", "request": "REQ"}
        return output.refuse_problem(f"authority {args.action}", problem, options)


@contextmanager
def _alone(args: argparse.Namespace) -> Iterator[None]:
    """One act at a time changes the register, or the later one would forget the earlier."""
    from db.directory import DataDirectory, DirectoryLock, calmly

    with calmly(args.dir):
        if args.action == "init":
            args.dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        has_place = args.dir.is_dir() and args.action != "list"
    with DirectoryLock(DataDirectory(args.dir)) if has_place else nullcontext():
        yield


def _init(args: argparse.Namespace) -> int:
    from db.exchange.enrolment.authority import make_authority
    from db.exchange.trust.fingerprint import fingerprint

    authority = make_authority(args.dir)
    words = fingerprint(authority.public)
    output.say(
        args,
        {"dir": str(args.dir), "city": authority.public.hex(), "fingerprint": words},
        f"{args.dir} holds the city's keys now; keep it and a copy of it in a safe.",
        f"city fingerprint  {words}",
    )
    return 0


def _sign(args: argparse.Namespace) -> int:
    from db.clock import is_suspect
    from db.exchange.enrolment.authority import open_authority, read_request
    from db.exchange.trust.fingerprint import fingerprint
    from db.exchange.trust.papers import DeviceRole
    from db.keys.device import device_name

    authority = open_authority(args.dir)
    request = read_request(args.request)
    _require_place(args.out, authority.public)
    key = bytes.fromhex(request.public_key)
    # A device that is certified was compared once: its name is the hash of its key.
    if args.fingerprint is not None or device_name(key) not in authority.trust.certificates:
        require_compared(args, key, Whose.DEVICE)
    certificate = authority.sign(request, DeviceRole(args.role), args.name, args.years)
    _write(args.out, authority.papers_for(certificate))
    words = fingerprint(key)
    city = fingerprint(authority.public)
    output.say(
        args,
        {
            "file": str(args.out),
            "device": certificate.device,
            "role": certificate.role,
            "name": certificate.name,
            "valid_until_us": certificate.valid_until_us,
            "clock_suspect": is_suspect(certificate.issued_us),
            "fingerprint": words,
            "city_fingerprint": city,
        },
        *(
            [
                "This machine's clock cannot be right, and the certificate ends by it: set the "
                "clock and sign again."
            ]
            if is_suspect(certificate.issued_us)
            else []
        ),
        f"{certificate.name} ({certificate.role}) is certified: {args.out}",
        f"device fingerprint  {words}",
        f"city fingerprint    {city}",
        "Read the city's words to the person at the device, who compares them.",
    )
    return 0


def _revoke(args: argparse.Namespace) -> int:
    from db.exchange.enrolment.authority import open_authority

    authority = open_authority(args.dir)
    if args.device not in authority.trust.certificates:
        raise InputRefused(
            "device",
            f"'{args.device[:64]}'(이)라는 기기가 없습니다. 'cheonman authority list'로 "
            "확인하세요.",
            f"the city has certified no device '{args.device[:64]}'; see 'cheonman authority "
            "list'.",
        )
    after, link = _last_trusted(args)
    _require_place(args.out, authority.public)
    authority.revoke(args.device, after, link)
    _write(args.out, authority.papers)
    if after is None:
        kept = "every store keeps what it has"
    else:
        kept = f"events up to {after} stay" if after else "none of its events stay"
    output.say(
        args,
        {"file": str(args.out), "device": args.device, "after": after},
        f"{args.device} is revoked, {kept}: {args.out}",
        "Carry this file to every desk ('cheonman enroll accept'); bundles carry it on.",
    )
    return 0


def _last_trusted(args: argparse.Namespace) -> tuple[int | None, bytes | None]:
    """The last number that stays valid and its link, as a store that knows the device has them."""
    from db.store.events import LARGEST_SEQ
    from db.store.opening import open_reader

    if args.data_dir is None:
        if args.after is not None:
            raise InputRefused(
                "after",
                "그 번호의 기록을 아는 저장소를 --data-dir로 알려 주세요.",
                "needs --data-dir with a store that holds the event of this number.",
            )
        return None, None
    if args.after == 0:
        # Nothing of it is believed: both went on from the very first event.
        return 0, None
    with open_reader(output.data_dir_of(args)) as store:
        row = store.row(
            "SELECT seq, chain FROM event WHERE device = ?1 AND (?2 IS NULL OR seq = ?2)"
            " ORDER BY seq DESC LIMIT 1",
            (args.device, args.after if args.after is None else min(args.after, LARGEST_SEQ)),
        )
    if row is None and args.after is not None:
        raise InputRefused(
            "after",
            f"그 저장소에 {args.device}의 {args.after}번 기록이 없습니다.",
            f"that store holds no event {args.after} of {args.device}.",
        )
    return (int(row[0]), bytes(row[1])) if row else (None, None)


def _contact(args: argparse.Namespace) -> int:
    from db.exchange.enrolment.authority import open_authority

    authority = open_authority(args.dir)
    _require_place(args.out, authority.public)
    key_id = authority.new_contact_key()
    _write(args.out, authority.papers)
    output.say(
        args,
        {"file": str(args.out), "key_id": key_id},
        f"contacts will be sealed to {key_id}: {args.out}",
        "The old private key stays in the directory: it opens what was sealed to it.",
    )
    return 0


def _list(args: argparse.Namespace) -> int:
    from db.exchange.enrolment.authority import open_authority
    from db.exchange.trust.fingerprint import fingerprint
    from db.keys.contact_key import ContactKey

    authority = open_authority(args.dir)
    trust = authority.trust
    assert trust.list is not None
    devices = []
    for device, certificate in sorted(trust.certificates.items()):
        revocation = trust.revocation(device)
        devices.append(
            {
                "device": device,
                "name": certificate.name,
                "role": certificate.role,
                "valid_until_us": certificate.valid_until_us,
                "expired": trust.is_expired(certificate),
                "revoked": revocation is not None,
                "revoked_after": revocation.after if revocation else None,
                "fingerprint": fingerprint(bytes.fromhex(certificate.public_key)),
            }
        )
    key = ContactKey(bytes.fromhex(trust.list.contact_key), demonstration=False)
    words = fingerprint(authority.public)
    output.say(
        args,
        {"fingerprint": words, "contact_key_id": key.key_id, "devices": devices},
        f"city fingerprint  {words}",
        f"contact key       {key.key_id}",
        *(
            f"{each['device']}  {each['role']:<5}  {each['name']}"
            f"{'  REVOKED' if each['revoked'] else '  expired' if each['expired'] else ''}"
            for each in devices
        ),
    )
    return 0


def _require_place(out: Path, city: bytes) -> None:
    """Before the city's register changes: what could not be written must not have been done."""
    from db.exchange.enrolment.overwriting import require_place_for_papers
    from db.written_aside import aside_of

    require_place_for_papers(out, city)
    try:
        with aside_of(out):
            pass
    except OSError as error:
        raise StorageUnavailable.from_os(error, str(out)) from error


def _write(out: Path, papers: Papers) -> None:
    import msgspec  # with the act: the command's help needs none of it

    from db.directory import write_durably

    try:
        write_durably(out, msgspec.json.encode(papers), 0o644)
    except OSError as error:
        raise StorageUnavailable.from_os(error, str(out)) from error
