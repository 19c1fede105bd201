"""`cheonman enroll request|accept`: ask the city for this device's certificate, and take it."""

from __future__ import annotations

import argparse

from db.problems import Problem, StorageUnavailable
from desktop.cli import output
from desktop.cli.comparing import Whose, add_fingerprint, require_compared
from desktop.cli.data_dir import typed_path
from desktop.settings import SettingsProblem, load_settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True, metavar="request|accept")
    request = actions.add_parser("request", help="write a request", allow_abbrev=False)
    request.add_argument("--out", type=typed_path, required=True, metavar="REQ")
    accept = actions.add_parser("accept", help="take certificates or a list", allow_abbrev=False)
    accept.add_argument("papers", type=typed_path, metavar="CERT")
    add_fingerprint(accept, "the city's, as it was told to you")
    for action in (request, accept):
        output.add_data_dir(action)
        output.add_json(action)


def run(args: argparse.Namespace) -> int:
    try:
        return _request(args) if args.action == "request" else _accept(args)
    except SettingsProblem as problem:
        return output.refuse(f"enroll {args.action}", str(problem))
    except Problem as problem:
        return output.refuse_problem(f"enroll {args.action}", problem)


def _request(args: argparse.Namespace) -> int:
    from db.directory import write_durably
    from db.exchange.enrolment.authority import make_request
    from db.exchange.enrolment.overwriting import require_place_for_request
    from db.exchange.trust.fingerprint import fingerprint
    from db.store.opening import open_store

    data_dir = output.store_dir_of(args)
    name = load_settings(data_dir).name
    with open_store(data_dir) as store:
        require_place_for_request(args.out, store)
        keys = store.keys
        data = make_request(keys.signing, keys.age_recipient, name, store.clock())
    try:
        write_durably(args.out, data, 0o644)
    except OSError as error:
        raise StorageUnavailable.from_os(error, str(args.out)) from error
    words = fingerprint(keys.public)
    output.say(
        args,
        {"file": str(args.out), "device": keys.device, "name": name, "fingerprint": words},
        f"{args.out} asks for a certificate for {name or keys.device}.",
        f"device fingerprint  {words}",
    )
    return 0


def _accept(args: argparse.Namespace) -> int:
    from db.exchange.enrolment.accepting import accept_enrolment
    from db.exchange.enrolment.first_papers import require_own, shelf_for_papers
    from db.exchange.trust.fingerprint import fingerprint
    from db.exchange.trust.trust import read_papers
    from db.store.opening import open_store

    papers = read_papers(args.papers)
    city_key = bytes.fromhex(papers.city)
    if args.fingerprint is not None:
        require_compared(args, city_key, Whose.CITY)
    with open_store(output.store_dir_of(args)) as store:
        shelf = shelf_for_papers(store)
        if shelf.trust.city is None:
            require_own(papers, store.keys.public, str(args.papers))
            require_compared(args, city_key, Whose.CITY)
        changed = accept_enrolment(shelf, papers, str(args.papers))
        own = shelf.trust.certificates.get(store.device)
        document: dict[str, object] = {
            "changed": changed,
            "device": store.device,
            "enrolled": own is not None,
            "role": own.role if own else None,
            "name": own.name if own else None,
            "valid_until_us": own.valid_until_us if own else None,
            "fingerprint": fingerprint(store.keys.public),
            "city_fingerprint": fingerprint(city_key),
            "contact_key_id": store.contact.key_id,
        }
    known = f"{own.name} ({own.role})" if own else "still without a certificate of its own"
    output.say(
        args,
        document,
        f"this device is {known}",
        f"device fingerprint  {document['fingerprint']}",
        f"city fingerprint    {document['city_fingerprint']}",
    )
    return 0
