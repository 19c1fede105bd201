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
    parser.add_argument("--site", metavar="ID", help="id of a landmark, for example lib-geumam")
    parser.add_argument("--site-name", metavar="N", help="of a place that is no landmark")
    parser.add_argument("--site-name-en", metavar="N", help="the same in English")
    parser.add_argument("--site-at", metavar="LAT,LON", help="where that place is")
    parser.add_argument("--panel-inches", type=float, metavar="INCHES", help="diagonal, measured")
    saying.add_json(parser)


def run(args: argparse.Namespace) -> int:
    from db.packs import catalogue_at
    from desktop.site import site_fault

    data_dir = saying.data_dir_of(args)
    try:
        settings = load_settings(
            data_dir,
            {
                "role": args.role,
                "name": args.name,
                "site": args.site,
                "site_ko": args.site_name,
                "site_en": args.site_name_en,
                **_place(args.site_at),
                "panel_inches": args.panel_inches,
            },
        )
        fault = site_fault(settings, catalogue_at(data_dir))
        if fault is not None:
            return saying.refuse("init", f"--site: {fault.en}")
        return _prepare(args, data_dir, settings)
    except SettingsProblem as problem:
        return saying.refuse("init", str(problem))
    except Problem as problem:
        return saying.refuse_problem("init", problem)


def _place(text: str | None) -> dict[str, float]:
    if text is None:
        return {}
    try:
        lat, lon = (float(part) for part in text[:60].split(","))
    except ValueError:
        raise SettingsProblem("--site-at", text[:60], "is no LAT,LON in degrees") from None
    return {"site_lat": lat, "site_lon": lon}


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
