"""`cheonman init`: prepare a data directory for a device, or change what it is."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

from db.problems import Problem, StorageUnavailable
from desktop.commands import saying
from desktop.settings import FILE, Settings, SettingsProblem, load_settings, to_toml


def add_arguments(parser: argparse.ArgumentParser) -> None:
    saying.add_data_dir(parser)
    parser.add_argument("--role", required=True, choices=("kiosk", "desk", "hub"))
    parser.add_argument("--name", required=True, metavar="N", help="shown to officers")
    parser.add_argument("--site", metavar="ID", help="landmark id of the library (lib-...)")
    parser.add_argument("--panel-inches", type=float, metavar="INCHES", help="diagonal, measured")
    saying.add_json(parser)


def run(args: argparse.Namespace) -> int:
    data_dir = saying.data_dir_of(args)
    try:
        settings = load_settings(
            data_dir,
            {
                "role": args.role,
                "name": args.name,
                "site": args.site,
                "panel_inches": args.panel_inches,
            },
        )
        trouble = _site_trouble(data_dir, settings)
        if trouble:
            return saying.refuse("init", trouble)
        return _prepare(args, data_dir, settings)
    except SettingsProblem as problem:
        return saying.refuse("init", str(problem))
    except Problem as problem:
        return saying.refuse_problem("init", problem)


def _site_trouble(data_dir: Path, settings: Settings) -> str | None:
    from db.catalogue import load_catalogue

    if settings.role != "kiosk":
        return None
    sites = [library.id for library in load_catalogue(data_dir).libraries]
    if settings.site in sites:
        return None
    given = f"'{settings.site}' is not a library" if settings.site else "a kiosk needs its library"
    return f"--site: {given}; choose one of {', '.join(sites)}"


def _prepare(args: argparse.Namespace, data_dir: Path, settings: Settings) -> int:
    from db.directory import write_durably
    from db.store import open_store

    with open_store(data_dir) as store:
        file = data_dir / FILE
        try:
            # Written again it keeps the choices of the operator's screen.
            write_durably(file, to_toml(replace(settings)).encode())
        except OSError as error:
            raise StorageUnavailable.from_os(error, str(file)) from error
        contact = store.contact
        document = {
            "data_dir": str(data_dir),
            "settings": str(file),
            "role": settings.role,
            "name": settings.name,
            "site": settings.site,
            "panel_inches": settings.panel_inches,
            "device": store.device,
            "contact_key": {"key_id": contact.key_id, "demonstration": contact.demonstration},
        }
    words = "a DEMONSTRATION key" if contact.demonstration else "the city's key"
    saying.say(
        args,
        document,
        f"{data_dir} is ready: {settings.role} {settings.name!r}, device {document['device']}.",
        f"Contacts are sealed to {words} ({contact.key_id}).",
    )
    return 0
